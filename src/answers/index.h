#pragma once
/*
 * The index of answers. Whoever has an answer hands it over as a document: the
 * crawler its pages, the desk the answers that employees wrote. Before the
 * search all are equal; kind and source only say whose they are.
 *
 * Common words must not cost. So documents have a place, and a search looks
 * at the first few hundred that match, by place, and ranks those alone. A place
 * is made of the tier (a sample of all documents, in which those of high worth
 * are more often, so that each tier is two to four times as large as the one
 * before), worth, and id. SQLite reads its full-text index in the order of place;
 * PostgreSQL searches one tier after the other.
 */
#include "base/cx.h"
#include "base/str.h"
#include "store/db.h"

/* Stored: never renumber. */
enum answer_kind {
	ANSWER_PAGE = 1, /* of the company's website */
	ANSWER_OWN = 2,  /* written by an employee */
};

enum {
	ANSWER_TITLE_MOST = 200,      /* characters */
	ANSWER_URL_MOST = 2000,       /* bytes */
	ANSWER_CLICKS_MOST = 1000,    /* bytes */
	ANSWER_HEADINGS_MOST = 4000,  /* bytes */
	ANSWER_BODY_MOST = 200000,    /* bytes */
	ANSWER_WORTH_MOST = 100,
	ANSWER_SAID_MOST = 40,        /* searches that a document is taught; */
	ANSWER_SAID_BYTES = 200,      /* of one */
};

struct answer_document {
	enum answer_kind kind;
	int64_t source_id;   /* whoever hands it over knows it by this */
	struct str title;    /* one line */
	struct str url;      /* "" if there is none */
	struct str clicks;   /* one a line: "Start\nHilfe\nE-Mail" */
	struct str headings; /* one a line */
	struct str body;     /* plain text, paragraphs a line each */
	int worth;           /* 0 to 100: near the start page, linked often */
	struct str said;     /* what it was taught; the index's own */
};

/* Documents that go into the index together, in one transaction: that costs far
 * less than one by one. The batch belongs to cx->mem. */
struct index_batch *index_begin(struct cx *cx, struct db_tx *tx);
void *index_memory(const struct index_batch *b);

/* Puts a document into the index, or the new state of one that is there (same
 * kind and source). Texts must be valid UTF-8 (base/text.h), the title within
 * its limit; of the others what is longer is left off. Nothing is written if
 * nothing changed. *out_id: the document's id, which stays. */
MUST_CHECK enum err index_batch_put(struct index_batch *b,
    const struct answer_document *doc, int64_t *out_id);

/* A document that is there, its texts as they were, is reached by other clicks
 * and is worth something else. Nothing happens if it is not there. */
MUST_CHECK enum err index_batch_place(struct index_batch *b,
    enum answer_kind kind, int64_t source_id, struct str clicks, int worth);

/* Offers it no more. Its row stays, for the calls that it was shown in. Nothing
 * happens if it is not there. */
MUST_CHECK enum err index_batch_drop(struct index_batch *b,
    enum answer_kind kind, int64_t source_id);

/* Nothing of the batch can be found before this. */
MUST_CHECK enum err index_end(struct index_batch *b);

/* A batch of one. */
MUST_CHECK enum err index_put(struct cx *cx, struct db_tx *tx,
    const struct answer_document *doc, int64_t *out_id);
MUST_CHECK enum err index_drop(struct cx *cx, struct db_tx *tx,
    enum answer_kind kind, int64_t source_id);

/* Makes the next step of what the index owes itself, in a short transaction, so
 * that nobody waits for it: documents that another version of the tokenizer laid
 * are laid again (until then they are found by chance), and on SQLite the parts
 * of the full-text index are joined. *more: there is more to do. */
MUST_CHECK enum err index_renew(struct cx *cx, struct db *db, bool *more);
MUST_CHECK enum err index_join(struct cx *cx, struct db *db, bool *more);

/* These words should have found it: from now on they do, among the first, though
 * the document lacks them, whatever becomes of its texts. Of ANSWER_SAID_MOST
 * searches the newest are kept. Without `says` they are forgotten again. Nothing
 * happens if the document is not offered. */
MUST_CHECK enum err index_teach(struct cx *cx, struct db_tx *tx, int64_t id,
    struct str words, bool says);

/* A matter was ended well with it: it is worth more from now on. */
MUST_CHECK enum err index_served(struct cx *cx, struct db_tx *tx, int64_t id);
