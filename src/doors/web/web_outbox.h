#pragma once
/*
 * The outbox: what has not reached anybody yet. Other pages show a subject's
 * letters by letters_fill and a text that was held back by places_fill.
 */
#include "desk/outbox.h"
#include "doors/web/outbox_view.h"
#include "http/http.h"
#include "instruction/screen.h"

struct outbox_form {
	struct str back;
};

/* The letters of one subject; their buttons lead back to `back`. */
MUST_CHECK enum err letters_fill(struct http_request *rq,
    enum outbox_kind kind, int64_t subject_id, struct str back,
    struct letters_view *out);

/* The text in pieces; nothing where there are no hits. */
void places_fill(struct http_request *rq, struct str text,
    const struct screen_hits *hits, struct places_view *out);

/* How many have not reached anybody, and how many answers a supervisor could
 * release (0 for others). */
MUST_CHECK enum err untold_fill(struct http_request *rq, int64_t *untold,
    int64_t *held);

enum err web_outbox(struct http_request *rq);
enum err web_outbox_told(struct http_request *rq);
enum err web_outbox_again(struct http_request *rq);
