/*
 * Searching and ranking. The engine only says which documents hold which stems,
 * the first few hundred by place; all that ranks is done here, so that both
 * engines show the same in the same order.
 */
#include "answers/search.h"

#include <inttypes.h>
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
	ENOUGH = 40,         /* others would rank behind them */
	LOOK_BUT_ONE = 80,   /* with all words but one */
	LOOK_ONE = 60,       /* with one word in the title */
	FEW = 5,             /* documents are too few: ask for less */
	MANY = 450,          /* have the words: do not read all of them */
	IN_TITLES = 4,       /* one in so many has a word there, or fewer */
	SEEN_MOST = 1200,
	SNIPPET_TEXT = 12000, /* characters of a body that a snippet reads */
};

struct search {
	struct cx *cx;
	struct db *db;
	struct asked asked;
	unsigned all;        /* bits of the words that the index has at all */
	struct seen *v;
	size_t n;
	size_t told;         /* documents by the last look */
};

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
seen_take(struct search *s, const struct q_match_row *r, unsigned words,
    bool partly)
{
	struct seen *d = s->v;

	while (d < s->v + s->n && d->id != r->document_id)
		d++;
	if (d == s->v + SEEN_MOST)
		return;
	if (d == s->v + s->n) {
		*d = (struct seen){.id = r->document_id, .title = r->title,
		    .head = r->head, .often = r->often, .worth = r->worth,
		    .words = r->words};
		s->n++;
	}
	*(partly ? &d->partly : &d->by) |= words;
}

/* Roughly how many documents have the word, whole or in its parts. */
static int64_t
have(const struct meant *m)
{
	int64_t parts = 0;

	if (m->loose)
		parts = m->head->documents + m->tail->documents;
	else if (m->head)
		parts = m->head->documents < m->tail->documents
		    ? m->head->documents
		    : m->tail->documents;
	return m->documents + parts;
}

/* How many documents can be expected to have them all, as if words met by
 * chance. */
static double
expected(const struct search *s, unsigned words)
{
	double all = fmax(1, (double)s->asked.documents), n = all;

	for (size_t i = 0; i < s->asked.n; i++)
		if (words & 1u << i)
			n *= fmin(1, (double)have(&s->asked.v[i]) / all);
	return n;
}

/* Documents that hold these words, in titles and headings alone if marked. */
static enum err
look(struct search *s, unsigned words, const char *mark, int64_t most)
{
	bool partly = s->asked.v[__builtin_ctz(words)].loose;
	struct str match = match_text(s, words, mark);
	struct q_match_row_rows rows;
	enum err e;

	e = expected(s, words) < (*mark ? MANY * IN_TITLES : MANY)
	    ? q_answer_match_few(s->db, s->cx->mem, match, most, &rows)
	    : q_answer_match(s->db, s->cx->mem, match, most, &rows);
	if (e != OK)
		return e;
	for (size_t i = 0; i < rows.n; i++)
		seen_take(s, &rows.v[i], words, partly);
	s->told = rows.n;
	return OK;
}

/* A word that no document has asks for nothing. Where few have all words, one look
 * sees them all. Where enough have them in titles and headings, those that have
 * them elsewhere would rank behind. */
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
	if (expected(s, s->all) < LOOK_ALL &&
	    ((e = look(s, s->all, "", LOOK_ALL)) != OK || s->told < LOOK_ALL))
		return e;
	if ((e = look(s, s->all, MARK, LOOK_TITLES)) != OK || s->n >= ENOUGH)
		return e;
	return look(s, s->all, "", LOOK_ALL);
}

/* Whether few have the word, so that one look sees them all. */
static bool
is_rare(const struct search *s, unsigned bit)
{
	return s->asked.v[__builtin_ctz(bit)].documents <= LOOK_ALL;
}

/* Either part of a compound that no document has. */
static enum err
look_for_parts(struct search *s)
{
	enum err e = OK;

	for (size_t i = 0; i < s->asked.n && e == OK; i++) {
		struct meant *m = &s->asked.v[i];

		m->loose = m->unknown;
		if (m->loose)
			e = look(s, 1u << i, "", LOOK_ONE);
		m->loose = false;
	}
	return e;
}

/* Too few have all words: all but one, then each alone, which of two is the
 * same; a common one in titles only. The rare ones show who has two of them. */
static enum err
look_for_less(struct search *s)
{
	bool two = __builtin_popcount(s->all) == 2;
	enum err e = OK;

	for (unsigned bit = 1u << (WORDS_MOST - 1); bit && e == OK; bit >>= 1)
		if (s->all & bit && s->all & ~bit)
			e = look(s, s->all & ~bit, "", LOOK_BUT_ONE);
	for (unsigned bit = 1; bit <= s->all && e == OK && !two; bit <<= 1)
		if (s->all & bit && s->n < (is_rare(s, bit) ? ENOUGH : FEW))
			e = look(s, bit, is_rare(s, bit) ? "" : MARK,
			    LOOK_ONE);
	return e == OK ? look_for_parts(s) : e;
}

static bool
is_divisible(const struct search *s)
{
	return s->asked.n > 1 || s->asked.v[0].unknown;
}

static enum err
look_apart(struct search *s)
{
	bool changed;
	enum err e = expand_apart(s->cx, s->db, &s->asked, &changed);

	return e == OK && changed ? look_for_all(s) : e;
}

/* ---- What is shown ---- */

static struct str
ids_json(void *mem, const struct seen *v, size_t n)
{
	struct buf b;

	buf_init(&b, mem, SIZE_MAX);
	for (size_t i = 0; i < n; i++)
		buf_printf(&b, "%c%" PRId64, i ? ',' : '[', v[i].id);
	buf_char(&b, ']');
	return buf_get(&b);
}

static void
hit_make(struct search *s, const struct q_answer_shown *row,
    struct answer_hit *out)
{
	*out = (struct answer_hit){row->id, (enum answer_kind)row->kind,
	    row->source_id, row->title, row->url, row->clicks, {.n = 0}};
	snippet_make(s->cx->mem, row->body, &s->asked, &out->snippet);
}

/* The rows come in an order of their own. */
static enum err
hits_show(struct search *s, size_t most, struct answer_hits *out)
{
	size_t n = s->n < most ? s->n : most;
	struct q_answer_shown_rows rows;
	enum err e;

	out->found = s->n;
	if (n == 0)
		return OK;
	if ((e = q_answer_shown(s->db, s->cx->mem, ids_json(s->cx->mem, s->v, n),
		 SNIPPET_TEXT, &rows)) != OK)
		return e;
	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < rows.n; k++)
			if (rows.v[k].id == s->v[i].id)
				hit_make(s, &rows.v[k], &out->v[out->n++]);
	return OK;
}

/* From the strict to the lenient, as far as it is needed. */
static enum err
look_everywhere(struct search *s)
{
	bool loosened;
	enum err e;

	if ((e = look_for_all(s)) != OK ||
	    (s->n < FEW && (e = look_apart(s)) != OK) ||
	    (s->n < FEW && is_divisible(s) && (e = look_for_less(s)) != OK) ||
	    s->n)
		return e;
	expand_loosen(&s->asked, &loosened);
	if (!loosened || (e = look_for_all(s)) != OK || s->n)
		return e;
	return look_for_less(s);
}

static enum err
search(struct search *s, const struct kin *kin, struct str typed, bool typing,
    size_t most, struct answer_hits *out)
{
	enum err e;

	if ((e = expand(s->cx, s->db, kin, typed, typing, &s->asked)) != OK ||
	    s->asked.n == 0 || (e = look_everywhere(s)) != OK)
		return e;
	s->n = rank(&s->asked, s->v, s->n);
	return hits_show(s, most < ANSWERS_MOST ? most : ANSWERS_MOST, out);
}

/* Each key asks again for what the words before it mean, and who has them. */
enum err
answers_search(struct cx *cx, struct db *db, const struct kin *kin,
    struct str typed, bool typing, size_t most, struct answer_hits *out)
{
	struct search *s = mem_new(cx->mem, struct search);
	int64_t state;
	enum err e;

	*s = (struct search){.cx = cx, .db = db};
	*out = (struct answer_hits){.n = 0};
	if (!text_valid(typed))
		return OK;
	s->v = mem_sure(talloc_array(cx->mem, struct seen, SEEN_MOST));
	if ((e = q_answer_index_state(db, cx->mem, &state)) != OK)
		return e;
	db_recall(db, state);
	e = search(s, kin, typed, typing, most, out);
	db_recall(db, 0);
	return e;
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
	struct word v[STEMS];
	struct terms t;
	struct term term;
	struct buf b;
	size_t n = 0;

	terms_begin(&t, mem, typed);
	while (n < STEMS && terms_next(&t, &term)) {
		if (term.part || terms_is_stop(&term.word))
			continue;
		terms_stem(&term.word, &v[n++]);
	}
	qsort(v, n, sizeof *v, text_order);
	buf_init(&b, mem, STEMS_BYTES + 1);
	for (size_t i = 0; i < n; i++) {
		if (i && str_eq(word_str(&v[i]), word_str(&v[i - 1])))
			continue;
		if (b.n + v[i].n + 1 > STEMS_BYTES)
			break;
		if (b.n)
			buf_char(&b, ' ');
		buf_str(&b, word_str(&v[i]));
	}
	return buf_get(&b);
}
