/*
 * What a mistyped word should have been: the nearest words of the index among
 * those that share its first part or its last.
 */
#include "answers/parts.h"
#include "store/queries.h"

enum {
	TYPO_LEAST = 4,        /* letters of a word that may be mistyped */
	TYPO_TWICE = 8,        /* of one that may be mistyped twice */
	RANGE_MOST = 1500,     /* words looked at, in the vocabulary's order, */
	TYPO_LOOKED_AT = 600,  /* and compared */
	TYPO_MOST = 4,
};

struct near {
	struct word word;
	int64_t documents;
	int distance;
};

struct nears {
	struct near v[TYPO_MOST];
	size_t n;
};

static void
near_take(struct nears *found, const struct word *typed, struct str word,
    int64_t documents)
{
	struct near c = {.word = word_of(word), .documents = documents};
	size_t at;

	c.distance = terms_distance(typed, &c.word,
	    typed->n < TYPO_TWICE ? 1 : 2);
	if (c.distance > (typed->n < TYPO_TWICE ? 1 : 2) ||
	    terms_is_stop(&c.word))
		return;
	for (size_t i = 0; i < found->n; i++)
		if (str_eq(word_str(&found->v[i].word), word))
			return;
	at = found->n < TYPO_MOST ? found->n++ : TYPO_MOST;
	for (; at > 0 && found->v[at - 1].distance > c.distance; at--)
		if (at < TYPO_MOST)
			found->v[at] = found->v[at - 1];
	if (at < TYPO_MOST)
		found->v[at] = c;
}

/* One error leaves the word's first part or its last as it was. */
static enum err
nears_find(struct cx *cx, struct db *db, const struct word *typed,
    struct nears *found)
{
	size_t half = ((size_t)typed->n - 1) / 2;
	struct str head = {typed->p, half}, tail;
	struct q_answer_words_near_rows begin;
	struct q_answer_words_near_ending_rows end;
	enum err e;

	head = str_copy(cx->mem, head.p, head.n);
	tail = word_tail(cx->mem, typed);
	tail = str_copy(cx->mem, tail.p, half < tail.n ? half : tail.n);
	if ((e = q_answer_words_near(db, cx->mem, head, words_past(cx->mem, head),
		 typed->n - 2, typed->n + 2, RANGE_MOST, TYPO_LOOKED_AT,
		 &begin)) != OK ||
	    (e = q_answer_words_near_ending(db, cx->mem, tail,
		 words_past(cx->mem, tail), typed->n - 2, typed->n + 2,
		 RANGE_MOST, TYPO_LOOKED_AT, &end)) != OK)
		return e;
	for (size_t i = 0; i < begin.n; i++)
		near_take(found, typed, begin.v[i].word, begin.v[i].documents);
	for (size_t i = 0; i < end.n; i++)
		near_take(found, typed, end.v[i].word, end.v[i].documents);
	return OK;
}

/* The nearest words, all of the same distance. */
enum err
typo_correct(struct cx *cx, struct db *db, struct meant *m)
{
	struct nears found = {0};
	enum err e;

	if (m->typed.n < TYPO_LEAST || !word_is_plain(&m->typed))
		return OK;
	if ((e = nears_find(cx, db, &m->typed, &found)) != OK)
		return e;
	for (size_t i = 0; i < found.n; i++)
		if (found.v[i].distance == found.v[0].distance)
			meant_add(m, word_str(&found.v[i].word),
			    found.v[i].documents);
	return OK;
}
