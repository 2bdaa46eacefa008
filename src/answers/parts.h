#pragma once
/*
 * Shared by the files of the index and the search over it alone.
 */
#include "answers/terms.h"
#include "base/buf.h"
#include "base/cx.h"
#include "store/db.h"

/* Stands before the stems of titles, headings and clicks, and before the tier's
 * number: they are lexemes of their own. Never part of a word. */
#define MARK "§"

enum { WORDS_MOST = 6, MEANT_MOST = 24 };

/* Words as the queries take them: [["word","drow"],...]. */
struct str words_json(void *mem, const struct word *v, size_t n);
struct str word_reversed(void *mem, struct str word);

/* What a typed word may mean: stems, any of which will do. */
struct meant {
	struct word typed;
	struct word stem[MEANT_MOST];
	size_t own;        /* the first ones are the typed word's own */
	size_t n;
	int64_t documents; /* roughly how many have one of them */
};

/* The words of a search, the rarest first. */
struct asked {
	struct meant v[WORDS_MOST];
	size_t n;
	int64_t documents; /* of the index */
};

/* What is meant by what was typed; `typing`: its last word may go on. */
MUST_CHECK enum err expand(struct cx *cx, struct db *db, struct str typed,
    bool typing, struct asked *out);

/* The same with the compounds taken apart that the index's words can explain;
 * *changed tells whether there was any. */
MUST_CHECK enum err expand_apart(struct cx *cx, struct db *db,
    const struct asked *asked, struct asked *out, bool *changed);

/* Whether the stem is among those meant: 2 for the typed word's own, 1 for
 * another, 0 if not. */
int meant_has(const struct meant *m, struct str stem);

/* Words or stems being gathered. */
struct bag {
	struct word *v;
	size_t n, cap;
};

/* A document as the index holds it. */
struct made {
	struct bag words;  /* sorted, each once */
	struct str stems;  /* for the full-text index */
	struct str title, head, often;
};

/* Stands in the vocabulary for a word of each document, so that it tells how
 * many there are. */
extern const struct word every_document;

void bag_put(void *mem, struct bag *b, const struct word *w);
void bag_sort(struct bag *b);

struct answer_document;
void document_make(void *mem, const struct answer_document *doc, int tier,
    struct made *out);

/* Documents have these words more, or, where `lost`, no longer. */
MUST_CHECK enum err vocabulary_change(struct cx *cx, struct db_tx *tx,
    struct bag *words);
