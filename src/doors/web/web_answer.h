#pragma once
/*
 * Handlers of the pages of answers and gaps, and the parts that the call page
 * shows of them.
 */
#include "desk/answer.h"
#include "doors/web/answer_view.h"
#include "http/http.h"

struct own_post {
	struct str once, title, url, clicks, body;
	int64_t version, ticket;
	int64_t gap; /* the page to go back to; 0: none */
};

struct gap_post {
	int64_t document;
};

/* What a search found; `taken`: the document that was, 0: none. */
void found_fill(struct http_request *rq, const struct answer_hits *hits,
    struct str words, int64_t taken, struct found_view *v);

/* A document, ready to be read out. */
void taken_fill(struct http_request *rq, const struct q_answer_document *doc,
    struct taken_view *v);

/* The kinds of reasons in words. */
struct str reason_kind_text(const struct http_request *rq, int64_t kind);

enum err web_answers(struct http_request *rq);
enum err web_answer_new(struct http_request *rq);
enum err web_answer_add(struct http_request *rq);
enum err web_answer(struct http_request *rq);
enum err web_answer_save(struct http_request *rq);
enum err web_answer_retire(struct http_request *rq);
enum err web_answer_restore(struct http_request *rq);
enum err web_gaps(struct http_request *rq);
enum err web_gap(struct http_request *rq);
enum err web_gap_close(struct http_request *rq);
