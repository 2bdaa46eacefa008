#pragma once
/*
 * Searching the index while someone is typing. Every word must be found, in
 * any inflection, as part of a compound, or as what it should have been; where
 * that finds too little, all but one will do, then single ones. Ranked by where
 * the words stand (title, heading, often, body), how rare they are, and what
 * the document is worth.
 */
#include "answers/index.h"
#include "answers/kin.h"

enum {
	ANSWERS_MOST = 20,
	SNIPPET_PARTS = 24,
};

/* A piece of a snippet; pieces that match are to be marked. */
struct snippet_part {
	struct str text;
	bool match;
};

struct snippet {
	struct snippet_part v[SNIPPET_PARTS];
	size_t n;
};

struct answer_hit {
	int64_t id;            /* of the document */
	enum answer_kind kind;
	int64_t source_id;
	struct str title, url, clicks;
	struct snippet snippet;
};

struct answer_hits {
	struct answer_hit v[ANSWERS_MOST];
	size_t n;
	size_t found;          /* that were looked at and serve; v has the best */
};

/* Finds the best `most` answers for what was typed; `typing`: its last word may
 * not be complete yet. What holds no word finds nothing. `kin` may be NULL. */
MUST_CHECK enum err answers_search(struct cx *cx, struct db *db,
    const struct kin *kin, struct str typed, bool typing, size_t most,
    struct answer_hits *out);

/* The stems of what was searched for, sorted, each once, stop words apart:
 * searches for the same thing have the same. At most 200 bytes. */
struct str answers_stems(void *mem, struct str typed);

/* The snippet as plain text. */
struct str snippet_text(void *mem, const struct snippet *s);
