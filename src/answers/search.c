/*
 * Searching and ranking. The engine only says which documents hold which stems,
 * the first few hundred by place; all that ranks is done here, so that both
 * engines show the same in the same order.
 */
#include "answers/search.h"

#include <math.h>
#include <stdlib.h>

#include "answers/parts.h"
#include "answers/snippet.h"
#include "base/mem.h"
#include "base/text.h"
#include "store/queries.h"

enum {
	LOOK_TITLES = 80,    /* documents looked at with all words in titles */
	LOOK_ALL = 160,      /* with all words anywhere */
	LOOK_BUT_ONE = 80,   /* with all words but one */
	LOOK_ONE = 60,       /* with one word in the title */
	FEW = 5,             /* documents are too few: ask for less */
	SEEN_MOST = 1200,
	SNIPPET_TEXT = 12000, /* characters of a body that a snippet reads */
};

/* A document that was found, and by which words at least. */
struct seen {
	int64_t id;
	struct str title, head, often;
	int64_t worth;
	unsigned by;         /* bits of words */
	double score;
};

struct search {
	struct cx *cx;
	struct db *db;
	struct asked asked;
	unsigned all;        /* bits of the words that the index has at all */
	struct seen *v;
	size_t n;
};

/* The stems of one word, any of which will do. */
static void
match_word(struct buf *b, const struct meant *m, const char *mark)
{
	buf_char(b, '(');
	for (size_t i = 0; i < m->n; i++)
		buf_printf(b, "%s\"%s%s\"", i ? " OR " : "", mark,
		    m->stem[i].p);
	buf_char(b, ')');
}

static struct str
match_text(struct search *s, unsigned words, const char *mark)
{
	struct buf b;

	buf_init(&b, s->cx->mem, 1 << 20);
	for (size_t i = 0; i < s->asked.n; i++) {
		if (!(words & 1u << i))
			continue;
		if (b.n)
			buf_puts(&b, " AND ");
		match_word(&b, &s->asked.v[i], mark);
	}
	return buf_get(&b);
}

static void
seen_take(struct search *s, const struct q_answer_match *r, unsigned words)
{
	for (size_t i = 0; i < s->n; i++)
		if (s->v[i].id == r->document_id) {
			s->v[i].by |= words;
			return;
		}
	if (s->n < SEEN_MOST)
		s->v[s->n++] = (struct seen){r->document_id, r->title, r->head,
		    r->often, r->worth, words, 0};
}

/* Documents that hold these words, in titles and headings alone if marked. */
static enum err
look(struct search *s, unsigned words, const char *mark, int64_t most)
{
	struct q_answer_match_rows rows;
	enum err e;

	if ((e = q_answer_match(s->db, s->cx->mem, match_text(s, words, mark),
		 most, &rows)) != OK)
		return e;
	for (size_t i = 0; i < rows.n; i++)
		seen_take(s, &rows.v[i], words);
	return OK;
}

/* A word that no document has asks for nothing. Where enough have all words in
 * titles and headings, those that have them elsewhere would rank behind. */
static enum err
look_for_all(struct search *s)
{
	enum err e;

	s->all = 0;
	for (size_t i = 0; i < s->asked.n; i++)
		if (s->asked.v[i].documents)
			s->all |= 1u << i;
	if (!s->all)
		return OK;
	if ((e = look(s, s->all, MARK, LOOK_TITLES)) != OK ||
	    s->n >= LOOK_TITLES)
		return e;
	return look(s, s->all, "", LOOK_ALL);
}

/* Too few have all words: all but one, then each alone in a title. */
static enum err
look_for_less(struct search *s)
{
	enum err e = OK;

	for (unsigned bit = 1u << (WORDS_MOST - 1); bit && e == OK; bit >>= 1)
		if (s->all & bit && s->all & ~bit)
			e = look(s, s->all & ~bit, "", LOOK_BUT_ONE);
	for (unsigned bit = 1; bit <= s->all && s->n < FEW && e == OK;
	     bit <<= 1)
		if (s->all & bit)
			e = look(s, bit, MARK, LOOK_ONE);
	return e;
}

static enum err
look_apart(struct search *s)
{
	struct asked apart;
	bool changed;
	enum err e;

	if ((e = expand_apart(s->cx, s->db, &s->asked, &apart, &changed)) !=
		OK ||
	    !changed)
		return e;
	s->asked = apart;
	for (size_t i = 0; i < s->n; i++)
		s->v[i].by = (1u << apart.n) - 1;
	return look_for_all(s);
}

/* ---- Ranking ---- */

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

/* What a word's being there says, by where it is; more if it is itself. */
static double
place_weight(const struct seen *d, const struct meant *m, bool anywhere,
    size_t *in_title)
{
	static const double by_match[] = {0, 0.7, 1};
	int title = stands_in(m, d->title), head, often;

	*in_title += title > 0;
	if (title)
		return 4 * by_match[title];
	head = stands_in(m, d->head);
	often = stands_in(m, d->often);
	if (head)
		return 2.2 * by_match[head];
	if (often)
		return 1.5 * by_match[often];
	return anywhere ? 1 : 0;
}

static void
score(const struct asked *a, struct seen *d)
{
	double sum = 0, best = 0;
	size_t in_title = 0, title = words_in(d->title), matched = 0;

	for (size_t i = 0; i < a->n; i++) {
		double w = place_weight(d, &a->v[i], d->by & 1u << i,
		    &in_title);

		matched += w > 0;
		sum += w * rarity(a, &a->v[i]);
		best += rarity(a, &a->v[i]);
	}
	d->score = sum / best + (double)d->worth / 150;
	if (title)
		d->score += (double)in_title / (double)title;
	d->score *= (double)matched / (double)a->n;
}

static int
best_order(const void *a, const void *b)
{
	const struct seen *x = a, *y = b;

	if (x->score < y->score || x->score > y->score)
		return x->score < y->score ? 1 : -1;
	return (x->id > y->id) - (x->id < y->id);
}

/* Half of what was asked for is too little. */
static void
rank(struct search *s)
{
	size_t kept = 0;

	for (size_t i = 0; i < s->n; i++) {
		unsigned by = 0;

		score(&s->asked, &s->v[i]);
		for (size_t k = 0; k < s->asked.n; k++) {
			const struct meant *m = &s->asked.v[k];

			by += (s->v[i].by & 1u << k) ||
			    stands_in(m, s->v[i].title) ||
			    stands_in(m, s->v[i].head);
		}
		if (2UL * by >= s->asked.n)
			s->v[kept++] = s->v[i];
	}
	s->n = kept;
	qsort(s->v, s->n, sizeof *s->v, best_order);
}

/* ---- What is shown ---- */

static enum err
hits_show(struct search *s, size_t most, struct answer_hits *out)
{
	struct q_answer_shown row;
	enum err e;

	out->found = s->n;
	for (size_t i = 0; i < s->n && out->n < most; i++) {
		struct answer_hit *hit = &out->v[out->n];

		if ((e = q_answer_shown(s->db, s->cx->mem, s->v[i].id,
			 SNIPPET_TEXT, &row)) != OK)
			return e;
		*hit = (struct answer_hit){row.id, (enum answer_kind)row.kind,
		    row.source_id, row.title, row.url, row.clicks, {.n = 0}};
		snippet_make(s->cx->mem, row.body, &s->asked, &hit->snippet);
		out->n++;
	}
	return OK;
}

enum err
answers_search(struct cx *cx, struct db *db, struct str typed, bool typing,
    size_t most, struct answer_hits *out)
{
	struct search *s = mem_new(cx->mem, struct search);
	enum err e;

	*s = (struct search){.cx = cx, .db = db};
	*out = (struct answer_hits){.n = 0};
	s->v = mem_array(cx->mem, struct seen, SEEN_MOST);
	if (!text_valid(typed))
		return OK;
	if ((e = expand(cx, db, typed, typing, &s->asked)) != OK ||
	    s->asked.n == 0)
		return e;
	if ((e = look_for_all(s)) != OK ||
	    (s->n < FEW && (e = look_apart(s)) != OK) ||
	    (s->n < FEW && s->asked.n > 1 && (e = look_for_less(s)) != OK))
		return e;
	rank(s);
	return hits_show(s, most < ANSWERS_MOST ? most : ANSWERS_MOST, out);
}

static int
text_order(const void *a, const void *b)
{
	const struct word *x = a, *y = b;

	return strcmp(x->p, y->p);
}

struct str
answers_stems(void *mem, struct str typed)
{
	enum { STEMS = 12, STEMS_BYTES = 200 };
	struct word v[STEMS], stem[STEMS_MOST];
	struct terms t;
	struct term term;
	struct buf b;
	size_t n = 0;

	terms_begin(&t, mem, typed);
	while (n < STEMS && terms_next(&t, &term)) {
		if (term.part || terms_is_stop(&term.word))
			continue;
		(void)terms_stems(&term.word, stem);
		v[n++] = stem[0];
	}
	qsort(v, n, sizeof *v, text_order);
	buf_init(&b, mem, STEMS_BYTES + 1);
	for (size_t i = 0; i < n; i++) {
		if (i && str_eq(word_str(&v[i]), word_str(&v[i - 1])))
			continue;
		if (b.n + v[i].n + 1 > STEMS_BYTES)
			break;
		buf_printf(&b, "%s%s", b.n ? " " : "", v[i].p);
	}
	return buf_get(&b);
}
