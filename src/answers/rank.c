/*
 * Ranking what was found, the same on both engines: by where the words stand,
 * how rare they are, and what the document is worth. Pure.
 */
#include <math.h>
#include <stdlib.h>

#include "answers/parts.h"

/* 2 if one of the word's own stems is in the text, 1 if another that it may
 * mean, 0 if none. */
static int
stands_in(const struct meant *m, struct str stems)
{
	int best = 0;

	while (stems.n && best < 2) {
		const char *blank = memchr(stems.p, ' ', stems.n);
		size_t n = blank ? (size_t)(blank - stems.p) : stems.n;
		int has = meant_has(m, (struct str){stems.p, n});

		if (has > best)
			best = has;
		n += blank != NULL;
		stems.p += n;
		stems.n -= n;
	}
	return best;
}

static size_t
words_in(struct str stems)
{
	size_t n = stems.n > 0;

	for (size_t i = 0; i < stems.n; i++)
		n += stems.p[i] == ' ';
	return n;
}

/* How much a word counts: the rarer among all documents the more. */
static double
rarity(const struct asked *a, const struct meant *m)
{
	return log2(2 + (double)a->documents / (1 + (double)m->documents));
}

/* What a word's being in the texts says, by where it is; more if it is itself. */
static double
stems_weight(const struct seen *d, const struct meant *m, bool *in_title)
{
	static const double by_match[] = {0, 0.7, 1};
	int title = stands_in(m, d->title), head, often;

	if (title) {
		*in_title = true;
		return 4 * by_match[title];
	}
	head = stands_in(m, d->head);
	if (head)
		return 2.2 * by_match[head];
	often = stands_in(m, d->often);
	return 1.5 * by_match[often];
}

/* The same of a compound in two words: as much as the less of both. */
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
	return 0.9 * (head < tail ? head : tail);
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

static double
place_weight(const struct seen *d, const struct meant *m, bool anywhere,
    size_t *in_title)
{
	bool in = false;
	double w = fmax(stems_weight(d, m, &in), parts_weight(d, m, &in));

	*in_title += in;
	return anywhere ? fmax(w, in_passing(d->words)) : w;
}

/* What the index does not have at all says nothing. d->share: how much of the
 * rest the document has, by the words' rarity. */
static void
score(const struct asked *a, struct seen *d)
{
	double sum = 0, best = 0, has = 0, matched = 0, rare, w;
	size_t in_title = 0, title = words_in(d->title), n = 0, by = 0;

	for (size_t i = 0; i < a->n; i++) {
		if (!a->v[i].documents)
			continue;
		n++;
		rare = rarity(a, &a->v[i]);
		w = place_weight(d, &a->v[i], d->by & 1u << i, &in_title);
		matched += fmin(w, 1);
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

static size_t
keep(struct seen *v, size_t n, double least)
{
	size_t kept = 0;

	for (size_t i = 0; i < n; i++)
		if (v[i].share >= least)
			v[kept++] = v[i];
	return kept;
}

size_t
rank(const struct asked *asked, struct seen *v, size_t n)
{
	static const double least[] = {1, 0.3};
	size_t kept = 0;

	for (size_t i = 0; i < n; i++)
		score(asked, &v[i]);
	for (size_t i = 0; i < 2 && !kept; i++)
		kept = keep(v, n, least[i]);
	qsort(v, kept, sizeof *v, best_order);
	return kept;
}
