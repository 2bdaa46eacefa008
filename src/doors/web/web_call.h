#pragma once
/*
 * Handlers of the call page.
 */
#include "desk/call.h"
#include "desk/lookup.h"
#include "doors/web/call_view.h"
#include "http/http.h"

/* What a step's form may send: the button ("answer:given", "anytime:internal",
 * "back:") and whatever the step lets type. */
struct step_form {
	int64_t seq;
	struct str step, move;
	struct str question, search, reason, confirmed, text, price, words,
	    order;
	int64_t person;
	struct str name;
};

struct choose_form {
	int64_t customer;
	struct str typed;
};

/* call_page.c: fills the view of a call from the desk's. */
MUST_CHECK enum err call_view_fill(struct http_request *rq,
    const struct call *c, struct call_view *v);

/* The hits of a search for a customer; `call` 0 outside a call. */
MUST_CHECK enum err lookup_fill(struct http_request *rq, struct str typed,
    int64_t call, int64_t chosen, struct lookup_view *out);

/* What the judge says of a question, in the request's language. */
void verdict_fill(struct http_request *rq, struct str question,
    const struct wording_verdict *judged, struct verdict_view *v);

/* How long the call has lasted. */
void clock_fill(struct http_request *rq, const struct call *c,
    struct clock_view *v);

/* How a customer was identified, in the reader's words. */
struct str identified_text(const struct http_request *rq, enum identified by);

/* Calls as lines of a card. */
struct line_view *call_lines(struct http_request *rq,
    const struct q_call_row_rows *rows);

enum err web_call_new(struct http_request *rq);
enum err web_call(struct http_request *rq);
enum err web_call_step(struct http_request *rq);
enum err web_call_choose(struct http_request *rq);
enum err web_call_lookup(struct http_request *rq);
enum err web_call_type(struct http_request *rq);
enum err web_call_stop(struct http_request *rq);
