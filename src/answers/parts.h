#pragma once
/*
 * Shared by the files of the index and the search over it alone.
 */
#include "answers/kin.h"
#include "answers/terms.h"
#include "base/buf.h"
#include "base/cx.h"
#include "store/db.h"

/* MARK (terms.h) stands before the stems of titles, headings and clicks, and
 * before the tier's number: they are lexemes of their own. */

enum { WORDS_MOST = 6, MEANT_MOST = 24 };

/* Words as the queries take them: ["word",...]. */
struct str words_json(void *mem, const struct word *v, size_t n);

/* What a word ends with when it is looked for by its end: its stem, without
 * MARK, or the word itself where that is short; reversed. */
struct str word_tail(void *mem, const struct word *w);

/* Words that say the same (kin.h): a group of the file. */
struct kin_group {
	struct word *v;
	size_t n;
};

enum { KIN_WORDS = 12 }; /* other words for one; further ones are not used */

/* Other words that may be meant by one with these stems, folded, each once;
 * returns how many. `kin` may be NULL: none. */
size_t kin_of(const struct kin *kin, const struct word *stem, size_t n,
    struct word out[KIN_WORDS]);

/* The group of the next saying after `*at` (0 at first) whose words are all among
 * the first SAID_MOST typed ones, given by their stems; *which: bits of those. NULL
 * if there is none. */
enum { SAID_MOST = 24 };
const struct kin_group *kin_said(const struct kin *kin, size_t *at,
    const struct word *typed, size_t n, uint32_t *which);

/* What a typed word may mean: stems, any of which will do. A compound may also
 * be told in its two parts. */
struct meant {
	struct word typed;
	struct word stem[MEANT_MOST];
	size_t own;        /* the first ones are the typed word's own, */
	size_t forms;      /* those before this its other forms, the rest kin */
	size_t n;
	int64_t documents; /* roughly how many have one of them; */
	int64_t itself;    /* and of those that are no kin */
	bool guessed;      /* a part of it is all that the index knows */
	const struct meant *head, *tail; /* both or none */
	const struct kin_group *said; /* it is part of a saying, or NULL */
	bool unknown;      /* no document has the word itself; */
	bool loose;        /* either part will do */
};

/* The words of a search, the rarest first. */
struct asked {
	const struct kin *kin;
	struct meant v[WORDS_MOST];
	size_t n;
	int64_t documents; /* of the index */
	struct word particle; /* at the end: "an" of "halte ... an"; or none */
};

/* What is meant by what was typed; `typing`: its last word may go on. */
MUST_CHECK enum err expand(struct cx *cx, struct db *db,
    const struct kin *kin, struct str typed, bool typing, struct asked *out);

/* Takes those compounds apart that the index's words can explain; *changed tells
 * whether there was any. */
MUST_CHECK enum err expand_apart(struct cx *cx, struct db *db,
    struct asked *asked, bool *changed);

/* Puts what the full-text index is asked for: the word's stems, any of which will
 * do, or both of its parts. */
void match_word(struct buf *b, const struct meant *m, const char *mark);

/* Either part of a compound will do. */
void expand_loosen(struct asked *asked, bool *changed);

/* Whether the stem is among those meant, and how near to what was typed. */
enum nearness { NEAR_NOT, NEAR_KIN, NEAR_FORM, NEAR_OWN };
enum nearness meant_has(const struct meant *m, struct str stem);

/* In the files of the expansion: expand.c, others.c, compound.c, typo.c. */

/* Whether it has letters and digits of one byte alone. */
bool word_is_plain(const struct word *w);
/* Behind the last word that begins so. */
struct str words_past(void *mem, struct str head);

struct meant meant_begin(const struct word *typed);
/* A word of the vocabulary is meant too: a form, or what says the same. */
void meant_add(struct meant *m, struct str word, int64_t documents);
void meant_add_kin(struct meant *m, struct str word, int64_t documents);
/* A word with its inflections and the compounds it is part of. */
MUST_CHECK enum err meant_expand(struct cx *cx, struct db *db,
    const struct word *w, bool typing, struct meant *out);

/* What several words mean together, "geht nicht": words that are asked for get it,
 * or it is asked for as a word. */
MUST_CHECK enum err sayings_take(struct cx *cx, struct db *db, struct str typed,
    struct asked *a);

/* What the index has of the words that say the same. */
MUST_CHECK enum err meant_take_kin(struct cx *cx, struct db *db,
    const struct kin *kin, struct meant *m);
/* And of all others that the words stand for; and how many documents it has. */
MUST_CHECK enum err others_take(struct cx *cx, struct db *db, struct asked *a);

struct q_answer_words_known_rows;
/* In how many documents the word stands as it is. */
int64_t words_known_in(const struct q_answer_words_known_rows *known,
    const struct word *w);

/* Takes a compound apart into words that the index has: both as they are, or
 * one so and the other in some form. *longest: the longest part that the index
 * has, in so many documents. */
MUST_CHECK enum err compound_take_apart(struct cx *cx, struct db *db,
    const struct kin *kin, struct meant *m, bool *found, struct word *longest,
    int64_t *documents);

/* Adds the nearest words, all of the same distance. */
MUST_CHECK enum err typo_correct(struct cx *cx, struct db *db, struct meant *m);

/* A document that was found, and by which words at least. */
struct seen {
	int64_t id;
	struct str title, head, often;
	int64_t worth, words;
	unsigned by;         /* bits of words; */
	unsigned partly;     /* of compounds of which a part is there */
	double score, share; /* share: of what was asked for; 1 is enough */
};

/* Sorts the best to the front; returns how many serve. Less than half of what was
 * asked for is too little, unless few have more, and then a fifth. */
size_t rank(const struct asked *asked, struct seen *v, size_t n);

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
struct index_batch;
void document_make(void *mem, const struct answer_document *doc,
    struct made *out);

/* In the files of the index: index.c, index_again.c. */

/* What a document is worth that served so often. */
int index_worth(int given, int64_t served);
/* Takes a document from the place where that version of the tokenizer laid it. */
MUST_CHECK enum err document_lift(struct index_batch *b,
    const struct answer_document *doc, int64_t place, int64_t version);
/* Lays a document at the place that its worth gives it. */
MUST_CHECK enum err document_lay(struct index_batch *b, int64_t id,
    const struct answer_document *doc, int64_t served);

/* Documents have these words more, or, where `lost`, no longer. */
MUST_CHECK enum err vocabulary_change(struct cx *cx, struct db_tx *tx,
    struct bag *words);
