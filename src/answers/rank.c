/*
 * Ranking what was found, the same on both engines: by where the words stand,
 * how rare they are, and what the document is worth. Pure.
 */
#include <math.h>
#include <stdlib.h>

#include "answers/parts.h"

static const double PARTLY = 0.4; /* of a compound */
static const double TAUGHT = 5;   /* a search of just these words */

/* The nearest of what the word may mean that is in the text. */
static enum nearness
stands_in(const struct meant *m, struct str stems)
{
	enum nearness best = NEAR_NOT;

	while (stems.n && best < NEAR_OWN) {
		const char *blank = memchr(stems.p, ' ', stems.n);
		size_t n = blank ? (size_t)(blank - stems.p) : stems.n;
		enum nearness has = meant_has(m, (struct str){stems.p, n});

		if (has > best)
			best = has;
		n += blank != NULL;
		stems.p += n;
		stems.n -= n;
	}
	return best;
}

/* Stems that begin alike, as they stand in order, are one word's. */
static size_t
words_in(struct str stems)
{
	struct str before = {NULL, 0};
	size_t words = 0;

	while (stems.n) {
		struct str stem = stems;
		const char *blank = memchr(stems.p, ' ', stems.n);

		if (blank)
			stem.n = (size_t)(blank - stems.p);
		words += !before.n || !str_starts(stem, before);
		before = stem;
		stems.p += stem.n + (blank != NULL);
		stems.n -= stem.n + (blank != NULL);
	}
	return words;
}

static double
rarity_of(const struct asked *a, int64_t documents)
{
	return log2(2 + (double)a->documents / (1 + (double)documents));
}

/* How much a word counts: the rarer among all documents the more, without what
 * only says the same; half if it had to be guessed. */
static double
rarity(const struct asked *a, const struct meant *m)
{
	double r = rarity_of(a, m->itself ? m->itself : m->documents);

	return m->guessed ? r / 2 : r;
}

/* What a word's being in the texts says, by where it is; more if it is itself. */
static double
stems_weight(const struct seen *d, const struct meant *m, bool *in_title)
{
	static const double by_match[] = {[NEAR_KIN] = 0.7, [NEAR_FORM] = 0.7,
	    [NEAR_OWN] = 1};
	enum nearness title = stands_in(m, d->title), head, often;

	if (title) {
		*in_title = true;
		return 5 * by_match[title];
	}
	head = stands_in(m, d->head);
	if (head)
		return 2.2 * by_match[head];
	often = stands_in(m, d->often);
	return 1.2 * by_match[often];
}

/* The same of a compound in two words: as much as the less of both, and, where
 * no document has the compound itself, less of what the one says that is there. */
static double
parts_weight(const struct seen *d, const struct meant *m, bool *in_title)
{
	bool head_in = false, tail_in = false;
	double head, tail;

	if (!m->head)
		return 0;
	head = stems_weight(d, m->head, &head_in);
	tail = stems_weight(d, m->tail, &tail_in);
	*in_title |= head_in && tail_in;
	return fmax(0.9 * fmin(head, tail),
	    m->unknown ? PARTLY * fmax(0.7 * head, tail) : 0);
}

/* The more words a document has, the less one of them says of it. */
static double
in_passing(int64_t words)
{
	enum { FEW_WORDS = 250 };

	return words > FEW_WORDS
	    ? 1 / (1 + log2((double)words / FEW_WORDS) / 2)
	    : 1;
}

/* Which of the words asked for is the stem, by its own or another form; -1 if
 * none. */
static int
asked_by(const struct asked *a, struct str stem)
{
	for (size_t i = 0; i < a->n; i++)
		if (meant_has(&a->v[i], stem) >= NEAR_FORM)
			return (int)i;
	return -1;
}

/* The words asked for that are one of the searches which the document was taught,
 * if they have all of it; 0 if not. */
static unsigned
taught_by(const struct asked *a, struct str taught)
{
	unsigned words = 0;
	struct str stem;

	while (str_take(&taught, '+', &stem)) {
		int i = asked_by(a, stem);

		if (i < 0)
			return 0;
		words |= 1u << i;
	}
	return words;
}

/* Takes what the document was taught off what its headings say; the largest
 * part of the words asked for that it was taught at once. */
static unsigned
taught_take(const struct asked *a, struct seen *d)
{
	unsigned best = 0;

	while (str_starts(d->head, STR(MARK))) {
		struct str one;
		unsigned words;

		(void)str_take(&d->head, ' ', &one);
		one.p += sizeof MARK - 1;
		one.n -= sizeof MARK - 1;
		words = taught_by(a, one);
		if (__builtin_popcount(words) > __builtin_popcount(best))
			best = words;
	}
	return best;
}

/* Of the `i`-th word asked for. */
static double
place_weight(const struct asked *a, size_t i, const struct seen *d,
    size_t *in_title)
{
	const struct meant *m = &a->v[i];
	bool in = false;
	double w = fmax(stems_weight(d, m, &in), parts_weight(d, m, &in));

	*in_title += in;
	if (d->by & 1u << i)
		return fmax(w, in_passing(d->words));
	return d->partly & 1u << i ? fmax(w, PARTLY * in_passing(d->words)) : w;
}

/* How much of a word a document has: in a long one it stands in passing, and yet
 * it is there. */
static double
matched_by(const struct seen *d, size_t i, double weight)
{
	if (weight <= 0)
		return 0;
	return fmin(1, fmax(weight, d->partly & 1u << i ? PARTLY : 0.8));
}

/* What the index does not have at all says nothing. d->share: how much of the
 * rest the document has, by the words' rarity. */
static void
score(const struct asked *a, struct seen *d)
{
	double sum = 0, best = 0, has = 0, matched = 0, rare, w;
	size_t in_title = 0, title = words_in(d->title), n = 0, by = 0;
	unsigned taught = taught_take(a, d);
	double telling = TAUGHT * __builtin_popcount(taught) / (double)a->n;

	for (size_t i = 0; i < a->n; i++) {
		if (!a->v[i].documents)
			continue;
		n++;
		rare = rarity(a, &a->v[i]);
		w = place_weight(a, i, d, &in_title);
		if (taught & 1u << i)
			w = fmax(w, telling);
		matched += matched_by(d, i, w);
		has += w > 0 ? rare : 0;
		by += w > 0;
		sum += w * rare;
		best += rare;
	}
	d->share = has / best;
	d->score = sum / best + (double)d->worth / 150;
	if (title)
		d->score += (double)in_title / (double)title;
	d->score *= matched / (double)n;
	if (2 * by >= n)
		d->share = 1;
}

static int
best_order(const void *a, const void *b)
{
	const struct seen *x = a, *y = b;

	if (x->score < y->score || x->score > y->score)
		return x->score < y->score ? 1 : -1;
	return (x->id > y->id) - (x->id < y->id);
}

/* Those that have half of what was asked for; where they are few, also those that
 * have a fifth of it. */
static double
least_share(const struct seen *v, size_t n)
{
	enum { FEW = 3 };
	size_t enough = 0;

	for (size_t i = 0; i < n; i++)
		enough += v[i].share >= 1;
	return enough < FEW ? 0.2 : 1;
}

size_t
rank(const struct asked *asked, struct seen *v, size_t n)
{
	size_t kept = 0;
	double least;

	for (size_t i = 0; i < n; i++)
		score(asked, &v[i]);
	least = least_share(v, n);
	for (size_t i = 0; i < n; i++)
		if (v[i].share >= least)
			v[kept++] = v[i];
	qsort(v, kept, sizeof *v, best_order);
	return kept;
}
