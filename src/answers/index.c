/*
 * Writing the index: a document's row, its place, what the ranking reads of
 * it, its stems and the index's vocabulary. How it is searched is in search.c.
 */
#include "answers/index.h"

#include <math.h>
#include <stdlib.h>

#include "answers/parts.h"
#include "base/mem.h"
#include "base/text.h"
#include "store/queries.h"

enum {
	TIERS = 5,
	WORTH_TOP = 255,        /* static and earned worth together, at most */
	EARNED_MOST = 120,
	INDEXED_WORDS = 30000,  /* of a document; further ones are not found */
	OFTEN_LEAST = 3,        /* times in the body */
	OFTEN_MOST = 16,        /* stems */
	RANK_BYTES = 600,       /* of the stems of a title, of headings */
};

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

static void
bag_put(void *mem, struct bag *b, const struct word *w)
{
	if (b->n == b->cap) {
		b->cap = b->cap ? 2 * b->cap : 256;
		b->v = mem_sure(talloc_realloc(mem, b->v, struct word,
		    (unsigned)b->cap));
	}
	b->v[b->n++] = *w;
}

static int
word_order(const void *a, const void *b)
{
	const struct word *x = a, *y = b;

	return strcmp(x->p, y->p);
}

static void
bag_sort(struct bag *b)
{
	if (b->n)
		qsort(b->v, b->n, sizeof *b->v, word_order);
}

static void
bag_unique(struct bag *b)
{
	size_t kept = 0;

	bag_sort(b);
	for (size_t i = 0; i < b->n; i++)
		if (i == 0 || strcmp(b->v[i].p, b->v[kept - 1].p) != 0)
			b->v[kept++] = b->v[i];
	b->n = kept;
}

/* Puts a text's words into the one bag and their stems into the other. */
static void
text_gather(void *mem, struct str text, struct bag *words, struct bag *stems)
{
	struct terms t;
	struct term term;

	terms_begin(&t, mem, text);
	while (words->n < INDEXED_WORDS && terms_next(&t, &term)) {
		struct word stem[STEMS_MOST];
		size_t n = terms_stems(&term.word, stem);

		bag_put(mem, words, &term.word);
		for (size_t i = 0; i < n; i++)
			bag_put(mem, stems, &stem[i]);
	}
}

/* The stems with a mark before each, blanks between. */
static struct str
stems_text(void *mem, const struct bag *b, const char *mark, size_t most)
{
	struct buf out;

	buf_init(&out, mem, most);
	for (size_t i = 0; i < b->n && !out.full; i++) {
		if (out.n + b->v[i].n + strlen(mark) + 1 > most)
			break;
		if (out.n)
			buf_char(&out, ' ');
		buf_puts(&out, mark);
		buf_str(&out, word_str(&b->v[i]));
	}
	return buf_get(&out);
}

struct count {
	const struct word *stem;
	size_t n;
};

static int
count_order(const void *a, const void *b)
{
	const struct count *x = a, *y = b;

	if (x->n != y->n)
		return x->n < y->n ? 1 : -1;
	return strcmp(x->stem->p, y->stem->p);
}

/* What the body says most often, stop words apart. */
static struct str
often_text(void *mem, struct bag *stems)
{
	struct count *c = mem_array(mem, struct count, stems->n + 1);
	struct bag often = {0};
	size_t n = 0;

	bag_sort(stems);
	for (size_t i = 0; i < stems->n; i++) {
		if (n && strcmp(c[n - 1].stem->p, stems->v[i].p) == 0)
			c[n - 1].n++;
		else
			c[n++] = (struct count){&stems->v[i], 1};
	}
	qsort(c, n, sizeof *c, count_order);
	for (size_t i = 0; i < n && often.n < OFTEN_MOST; i++)
		if (c[i].n >= OFTEN_LEAST && !terms_is_stop(c[i].stem))
			bag_put(mem, &often, c[i].stem);
	return stems_text(mem, &often, "", RANK_BYTES);
}

/* The whole characters among the first `most` bytes. */
static struct str
clip(void *mem, struct str s, size_t most)
{
	if (s.n <= most)
		return s;
	while (most && ((unsigned char)s.p[most] & 0xc0) == 0x80)
		most--;
	return str_copy(mem, s.p, most);
}

static void
document_make(void *mem, const struct answer_document *doc, int tier,
    struct made *out)
{
	struct bag title = {0}, head = {0}, body = {0};
	struct buf stems;

	*out = (struct made){0};
	text_gather(mem, doc->title, &out->words, &title);
	text_gather(mem, doc->headings, &out->words, &head);
	text_gather(mem, doc->clicks, &out->words, &head);
	text_gather(mem, doc->body, &out->words, &body);
	bag_unique(&out->words);
	out->often = often_text(mem, &body);
	bag_unique(&title);
	bag_unique(&head);
	out->title = stems_text(mem, &title, "", RANK_BYTES);
	out->head = stems_text(mem, &head, "", RANK_BYTES);
	for (size_t i = 0; i < title.n; i++)
		bag_put(mem, &head, &title.v[i]);
	for (size_t i = 0; i < head.n; i++)
		bag_put(mem, &body, &head.v[i]);
	bag_unique(&head);
	bag_unique(&body);
	buf_init(&stems, mem, (size_t)INDEXED_WORDS * TERM_BYTES * 4);
	buf_printf(&stems, MARK "%d ", tier);
	buf_str(&stems, stems_text(mem, &head, MARK, SIZE_MAX));
	buf_char(&stems, ' ');
	buf_str(&stems, stems_text(mem, &body, "", SIZE_MAX));
	out->stems = buf_get(&stems);
}

/* ---- Places ---- */

static int
worth_of(int given, int64_t served)
{
	int earned = (int)(24 * log2(1 + (double)served));

	return given + (earned < EARNED_MOST ? earned : EARNED_MOST);
}

/* Of the documents of little worth the tiers take a sample: one of 256, three
 * more, twelve more, 48 more, the rest. */
static int
tier_of(int worth, int64_t id)
{
	static const int sample[TIERS - 1] = {1, 4, 16, 64};
	static const int enough[TIERS - 1] = {100, 80, 60, 40};
	uint64_t h = (uint64_t)id * 0x9e3779b97f4a7c15u >> 56;
	int tier = 0;

	while (tier < TIERS - 1 && worth < enough[tier] &&
	    (int)h >= sample[tier])
		tier++;
	return tier;
}

enum { TIER_SHIFT = 56, WORTH_SHIFT = 48 };

static int64_t
place_of(int worth, int64_t id)
{
	return (int64_t)tier_of(worth, id) << TIER_SHIFT |
	    (int64_t)(WORTH_TOP - worth) << WORTH_SHIFT | id;
}

/* ---- The vocabulary ---- */

struct str
word_reversed(void *mem, struct str word)
{
	struct buf b;
	size_t end = word.n;

	buf_init(&b, mem, word.n + 1);
	while (end) {
		size_t from = end - 1;

		while (from && ((unsigned char)word.p[from] & 0xc0) == 0x80)
			from--;
		buf_put(&b, word.p + from, end - from);
		end = from;
	}
	return buf_get(&b);
}

struct str
words_json(void *mem, const struct word *v, size_t n)
{
	struct buf b;

	/* letters and digits alone: nothing needs escaping */
	buf_init(&b, mem, SIZE_MAX);
	buf_char(&b, '[');
	for (size_t i = 0; i < n; i++) {
		struct str w = word_str(&v[i]), r = word_reversed(mem, w);

		buf_printf(&b, "%s[\"%.*s\",\"%.*s\"]", i ? "," : "",
		    STR_FMT(w), STR_FMT(r));
	}
	buf_char(&b, ']');
	return buf_get(&b);
}

/* The words of `a` that `b` has not; both sorted. */
static struct bag
words_less(void *mem, const struct bag *a, const struct bag *b)
{
	struct bag out = {0};
	size_t j = 0;

	for (size_t i = 0; i < a->n; i++) {
		int order = 1;

		while (j < b->n &&
		    (order = strcmp(a->v[i].p, b->v[j].p)) > 0)
			j++;
		if (j == b->n || order != 0)
			bag_put(mem, &out, &a->v[i]);
	}
	return out;
}

static enum err
vocabulary_change(struct cx *cx, struct db_tx *tx, const struct bag *before,
    const struct bag *after)
{
	struct bag more = words_less(cx->mem, after, before);
	struct bag fewer = words_less(cx->mem, before, after);
	struct str json;
	enum err e;

	if (more.n &&
	    (e = q_answer_words_more(tx, words_json(cx->mem, more.v,
		 more.n))) != OK)
		return e;
	if (fewer.n == 0)
		return OK;
	json = words_json(cx->mem, fewer.v, fewer.n);
	if ((e = q_answer_words_fewer(tx, json)) != OK)
		return e;
	return q_answer_words_gone(tx, json);
}

/* ---- Documents ---- */

static enum err
find_drop(struct db_tx *tx, int64_t place)
{
	enum err e;

	if ((e = q_answer_find_drop(tx, place)) != OK)
		return e;
	return q_answer_rank_drop(tx, place);
}

/* Lays the document at the place that its worth gives it. `old`: what the
 * index has of it, NULL if nothing; `at`: its place there. */
static enum err
document_lay(struct cx *cx, struct db_tx *tx, int64_t id,
    const struct answer_document *doc, int64_t served,
    const struct answer_document *old, struct opt_i64 at)
{
	int worth = worth_of(doc->worth, served);
	int64_t place = place_of(worth, id);
	struct made now, before = {0};
	enum err e;

	document_make(cx->mem, doc, tier_of(worth, id), &now);
	if (old)
		document_make(cx->mem, old, 0, &before);
	if (at.has && (e = find_drop(tx, at.v)) != OK)
		return e;
	if ((e = vocabulary_change(cx, tx, &before.words, &now.words)) != OK ||
	    (e = q_answer_document_place(tx, id, opt(place))) != OK ||
	    (e = q_answer_rank_add(tx, place, id, now.title, now.head,
		 now.often, worth)) != OK)
		return e;
	return q_answer_find_add(tx, place, now.stems);
}

static struct answer_document
document_clip(void *mem, const struct answer_document *doc)
{
	struct answer_document d = *doc;

	d.headings = clip(mem, d.headings, ANSWER_HEADINGS_MOST);
	d.body = clip(mem, d.body, ANSWER_BODY_MOST);
	d.url = clip(mem, d.url, ANSWER_URL_MOST);
	d.clicks = clip(mem, d.clicks, ANSWER_CLICKS_MOST);
	if (d.worth < 0)
		d.worth = 0;
	if (d.worth > ANSWER_WORTH_MOST)
		d.worth = ANSWER_WORTH_MOST;
	return d;
}

static bool
is_same(const struct answer_document *a, const struct answer_document *b)
{
	return str_eq(a->title, b->title) && str_eq(a->url, b->url) &&
	    str_eq(a->clicks, b->clicks) &&
	    str_eq(a->headings, b->headings) && str_eq(a->body, b->body) &&
	    a->worth == b->worth;
}

static enum err
document_add(struct cx *cx, struct db_tx *tx,
    const struct answer_document *doc, int64_t *out_id)
{
	enum err e;

	if ((e = q_answer_document_add(tx, cx->mem, doc->kind, doc->source_id,
		 doc->title, doc->url, doc->clicks, doc->headings, doc->body,
		 doc->worth, out_id)) != OK)
		return e;
	return document_lay(cx, tx, *out_id, doc, 0, NULL,
	    (struct opt_i64){0});
}

enum err
index_put(struct cx *cx, struct db_tx *tx, const struct answer_document *doc,
    int64_t *out_id)
{
	struct answer_document now = document_clip(cx->mem, doc), old;
	struct q_answer_document_of row;
	enum err e;

	e = q_answer_document_of(tx->db, cx->mem, doc->kind, doc->source_id,
	    &row);
	if (e == ERR_NOT_FOUND)
		return document_add(cx, tx, &now, out_id);
	if (e != OK)
		return e;
	*out_id = row.id;
	old = (struct answer_document){doc->kind, doc->source_id, row.title,
	    row.url, row.clicks, row.headings, row.body, (int)row.worth};
	if (row.place.has && is_same(&old, &now))
		return OK;
	if ((e = q_answer_document_save(tx, row.id, now.title, now.url,
		 now.clicks, now.headings, now.body, now.worth)) != OK)
		return e;
	return document_lay(cx, tx, row.id, &now, row.served,
	    row.place.has ? &old : NULL, row.place);
}

enum err
index_drop(struct cx *cx, struct db_tx *tx, enum answer_kind kind,
    int64_t source_id)
{
	struct q_answer_document_of row;
	struct answer_document old;
	struct made made, none = {0};
	enum err e;

	e = q_answer_document_of(tx->db, cx->mem, kind, source_id, &row);
	if (e == ERR_NOT_FOUND || (e == OK && !row.place.has))
		return OK;
	if (e != OK)
		return e;
	old = (struct answer_document){kind, source_id, row.title, row.url,
	    row.clicks, row.headings, row.body, (int)row.worth};
	document_make(cx->mem, &old, 0, &made);
	if ((e = find_drop(tx, row.place.v)) != OK ||
	    (e = vocabulary_change(cx, tx, &made.words, &none.words)) != OK)
		return e;
	return q_answer_document_place(tx, row.id, (struct opt_i64){0});
}

enum err
index_served(struct cx *cx, struct db_tx *tx, int64_t id)
{
	struct q_answer_document row;
	struct answer_document doc;
	enum err e;

	if ((e = q_answer_document(tx->db, cx->mem, id, &row)) != OK ||
	    (e = q_answer_document_served(tx, id)) != OK || !row.place.has ||
	    worth_of((int)row.worth, row.served) ==
		worth_of((int)row.worth, row.served + 1))
		return e;
	doc = (struct answer_document){(enum answer_kind)row.kind,
	    row.source_id, row.title, row.url, row.clicks, row.headings,
	    row.body, (int)row.worth};
	return document_lay(cx, tx, id, &doc, row.served + 1, &doc, row.place);
}
