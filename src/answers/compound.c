/*
 * Compounds, taken apart into words that the index has.
 */
#include "answers/parts.h"
#include "base/mem.h"
#include "store/queries.h"

enum { PART_LEAST = 4 };       /* letters of a compound's part */

/* A way to take a word apart: the tail begins at `at`, the head ends there or
 * before the letters that link the two. */
struct cut {
	struct word head, tail;
};

enum { CUTS_MOST = 4 * TERM_BYTES, CUTS_TRIED = 3, LINKS = 5 };

static size_t
cuts_list(const struct word *w, struct cut *out)
{
	static const char *const link[LINKS] = {"", "s", "n", "es", "en"};
	size_t n = 0;

	for (size_t at = PART_LEAST; at + PART_LEAST <= w->n; at++)
		for (size_t i = 0; i < LINKS && n < CUTS_MOST; i++) {
			size_t k = strlen(link[i]);

			if (at < PART_LEAST + k ||
			    memcmp(w->p + at - k, link[i], k) != 0)
				continue;
			out[n++] = (struct cut){
			    word_of((struct str){w->p, at - k}),
			    word_of((struct str){w->p + at, w->n - at})};
		}
	return n;
}

/* Those of the cuts' parts that stand in the index as they are. */
static enum err
parts_known(struct cx *cx, struct db *db, const struct cut *cut, size_t n,
    struct q_answer_words_known_rows *out)
{
	struct word *part = mem_array(cx->mem, struct word, 2 * n);

	for (size_t i = 0; i < n; i++) {
		part[2 * i] = cut[i].head;
		part[2 * i + 1] = cut[i].tail;
	}
	return q_answer_words_known(db, cx->mem,
	    words_json(cx->mem, part, 2 * n), out);
}

static int64_t
longest_known(const struct q_answer_words_known_rows *known, struct word *out)
{
	int64_t documents = 0;

	*out = (struct word){.n = 0};
	for (size_t i = 0; i < known->n; i++)
		if (known->v[i].word.n > out->n) {
			*out = word_of(known->v[i].word);
			documents = known->v[i].documents;
		}
	return documents;
}

/* A part that stands in the index means itself and what says the same. */
static enum err
part_expand(struct cx *cx, struct db *db, const struct kin *kin,
    const struct word *w, int64_t documents, struct meant *out)
{
	enum err e = OK;

	if (documents) {
		*out = meant_begin(w);
		out->documents = documents;
	} else {
		e = meant_expand(cx, db, w, false, out);
	}
	return e == OK && !out->documents ? meant_take_kin(cx, db, kin, out) : e;
}

/* Takes a compound apart into words that the index has: both as they are, or
 * one so and the other in some form. Of these the longest head first, so that
 * what links the two is not the tail's. *longest: the longest part that the
 * index has, in so many documents. */
enum err
compound_take_apart(struct cx *cx, struct db *db, const struct kin *kin,
    struct meant *m, bool *found, struct word *longest, int64_t *documents)
{
	struct cut *cut = mem_array(cx->mem, struct cut, CUTS_MOST);
	size_t n = word_is_plain(&m->typed) ? cuts_list(&m->typed, cut) : 0;
	struct meant *part = mem_array(cx->mem, struct meant, 2);
	struct q_answer_words_known_rows known;
	size_t tries = 0;
	enum err e;

	*found = false;
	*documents = 0;
	if (n == 0 || (e = parts_known(cx, db, cut, n, &known)) != OK)
		return n ? e : OK;
	*documents = longest_known(&known, longest);
	for (int both = 1; both >= 0; both--)
		for (size_t i = n; i-- > 0 && tries < CUTS_TRIED;) {
			int64_t heads = words_known_in(&known, &cut[i].head);
			int64_t tails = words_known_in(&known, &cut[i].tail);

			if ((heads > 0) + (tails > 0) != 1 + both)
				continue;
			tries++;
			if ((e = part_expand(cx, db, kin, &cut[i].head, heads,
				 &part[0])) != OK ||
			    (e = part_expand(cx, db, kin, &cut[i].tail, tails,
				 &part[1])) != OK)
				return e;
			*found = part[0].documents && part[1].documents;
			if (*found) {
				m->head = &part[0];
				m->tail = &part[1];
				return OK;
			}
		}
	return OK;
}
