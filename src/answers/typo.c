/*
 * What a mistyped word should have been: the nearest words of the index. A short
 * word has one error, and all that one error makes of it is looked up; a long one
 * may have two, and its neighbours are those that share its first part or its last.
 */
#include "answers/parts.h"
#include "base/mem.h"
#include "store/queries.h"

enum {
	TYPO_LEAST = 4,        /* letters of a word that may be mistyped */
	TYPO_TWICE = 8,        /* of one that may be mistyped twice */
	ONE_ERROR_MOST = 54 * TYPO_TWICE, /* words that one error makes of a short one */
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

/* Whether the one comes before the other. */
static bool
is_nearer(const struct near *a, const struct near *b)
{
	return a->distance != b->distance ? a->distance < b->distance
					  : a->documents > b->documents;
}

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
	for (; at > 0 && is_nearer(&c, &found->v[at - 1]); at--)
		if (at < TYPO_MOST)
			found->v[at] = found->v[at - 1];
	if (at < TYPO_MOST)
		found->v[at] = c;
}

/* The word's beginning, the letter, and the word from another place on. */
static struct word
with_letter(const struct word *w, size_t to, char letter, size_t from)
{
	struct word out = *w;

	out.p[to] = letter;
	memcpy(out.p + to + 1, w->p + from, w->n - from + 1);
	out.n = (unsigned char)(to + 1 + w->n - from);
	return out;
}

/* A letter left out, put in, changed, or swapped with the one behind it. */
static size_t
one_error(const struct word *w, struct word *out)
{
	size_t n = 0;

	for (size_t i = 0; i <= w->n; i++) {
		for (char c = 'a'; c <= 'z'; c++) {
			out[n++] = with_letter(w, i, c, i);
			if (i < w->n)
				out[n++] = with_letter(w, i, c, i + 1);
		}
		if (i + 1 < w->n) {
			out[n++] = with_letter(w, i, w->p[i + 1], i + 2);
			out[n] = with_letter(w, i, w->p[i + 1], i + 1);
			out[n++].p[i + 1] = w->p[i];
		}
	}
	out[n] = *w; /* the last letter left out */
	out[n].p[--out[n].n] = '\0';
	return n + 1;
}

static enum err
nears_of_short(struct cx *cx, struct db *db, const struct word *typed,
    struct nears *found)
{
	struct word *v = mem_array(cx->mem, struct word, ONE_ERROR_MOST);
	struct q_answer_words_known_rows known;
	enum err e = q_answer_words_known(db, cx->mem,
	    words_json(cx->mem, v, one_error(typed, v)), &known);

	for (size_t i = 0; e == OK && i < known.n; i++)
		near_take(found, typed, known.v[i].word, known.v[i].documents);
	return e;
}

/* One error leaves the word's first part or its last as it was. */
static enum err
nears_of_long(struct cx *cx, struct db *db, const struct word *typed,
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
	e = m->typed.n < TYPO_TWICE ? nears_of_short(cx, db, &m->typed, &found)
				    : nears_of_long(cx, db, &m->typed, &found);
	if (e != OK)
		return e;
	for (size_t i = 0; i < found.n; i++)
		if (found.v[i].distance == found.v[0].distance)
			meant_add(m, word_str(&found.v[i].word),
			    found.v[i].documents);
	return OK;
}
