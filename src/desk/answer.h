#pragma once
/*
 * Answers that employees write: short, ready to be read out, with an address
 * and the clicks that lead there. They stand in the same index as the pages of
 * the website; the search here is the one search over everything.
 *
 * A ticket's answer that is good for all becomes such an answer, linked to its
 * ticket; nothing about the customer may stand in it.
 */
#include "answers/search.h"
#include "desk/desk.h"
#include "store/queries_rows.h"

enum {
	ANSWER_TEXT_MOST = 5000, /* characters of an own answer */
	ANSWER_LIST_PAGE = 50,
	ANSWERS_SHOWN = 8,       /* hits of a search */
	ANSWER_WORDS_MOST = 200, /* characters of what is searched for */
};

struct answer_form {
	struct str title;
	struct str body;
	struct str url;      /* http:// or https://, or nothing */
	struct str clicks;   /* "Start > Hilfe > E-Mail", or nothing */
	int64_t ticket_id;   /* whose answer it was; 0: nobody's */
};

/* Adds one, once per request (d->nonce). ERR_INVALID (title, body, url,
 * clicks); ERR_NOT_FOUND (no such ticket), ERR_CONFLICT (the ticket still waits
 * for an answer, or has become an answer already). */
MUST_CHECK enum err answer_add(struct desk *d, const struct answer_form *form,
    int64_t *out_id);

/* Changes one, from the version that was seen: ERR_STALE otherwise. The ticket
 * it came of stays. ERR_NOT_FOUND, ERR_INVALID as above. */
MUST_CHECK enum err answer_edit(struct desk *d, int64_t id, int64_t version,
    const struct answer_form *form);

/* Offers it no more, or again. ERR_NOT_FOUND, ERR_STALE. */
MUST_CHECK enum err answer_retire(struct desk *d, int64_t id, int64_t version,
    bool retired);

/* ERR_NOT_FOUND. */
MUST_CHECK enum err answer_get(struct desk *d, int64_t id, struct q_own *out);

/* The answer that a ticket became; 0 if none. */
MUST_CHECK enum err answer_of_ticket(struct desk *d, int64_t ticket_id,
    int64_t *out_id);

/* Newest first, ANSWER_LIST_PAGE at a time, after a row of the page before
 * (0, 0: from the beginning). */
MUST_CHECK enum err answer_list(struct desk *d, bool retired,
    int64_t before_ms, int64_t before_id, struct q_own_list_rows *out,
    bool *more);

/* The one search over everything; nothing of it is kept. ERR_INVALID (q): too
 * long. */
MUST_CHECK enum err answer_find(struct desk *d, struct str words, bool typing,
    struct answer_hits *out);

/* A document as it is read out. ERR_NOT_FOUND. */
MUST_CHECK enum err answer_document(struct desk *d, int64_t id,
    struct q_answer_document *out);

/* What was searched for in a call, at most its first hundred. */
MUST_CHECK enum err answer_searches(struct desk *d, int64_t call_id,
    struct q_searched_row_rows *out);

/* The ids of what was shown, best first, with blanks between: as it is kept. */
struct str answer_ids(void *mem, const struct answer_hits *hits);

/* "Start > Hilfe" of the lines in which clicks are kept. */
struct str answer_clicks_text(void *mem, struct str lines);
