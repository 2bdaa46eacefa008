/*
 * Writing the index: a document's row, its place, what the ranking reads of it,
 * and, batch by batch, its stems and the vocabulary. How it is searched is in
 * search.c.
 *
 * A batch, because FTS5 writes what it gathered in memory to its tables with
 * every statement that could fail half-way, and whenever the row numbers do not
 * rise. Done for each document, that alone costs more than all the rest; so a
 * batch's stems go there at its end, one after another, in the order of place.
 *
 * What has documents laid again is in index_again.c.
 */
#include "answers/index.h"

#include <math.h>
#include <stdlib.h>

#include "answers/parts.h"
#include "base/mem.h"
#include "base/text.h"
#include "store/queries.h"

enum {
	TIERS = 7,
	WORTH_LIFTS = 25,       /* by a tier */
	WORTH_FIRST = 100,      /* in the first tier, whatever comes */
	WORTH_TOP = 255,        /* static and earned worth together, at most */
	EARNED_MOST = 120,
};

/* ---- Places ---- */

int
index_worth(int given, int64_t served)
{
	int earned = (int)(24 * log2(1 + (double)served));

	return given + (earned < EARNED_MOST ? earned : EARNED_MOST);
}

/* By chance three in four documents are in the last tier, three in four of the
 * others in the one before, and so on; from there worth lifts them. */
static int
tier_of(int worth, int64_t id)
{
	uint64_t h = (uint64_t)id * 0x9e3779b97f4a7c15u;
	int tier = TIERS - 1 - __builtin_clzll(h | 1) / 2 - worth / WORTH_LIFTS;

	return worth >= WORTH_FIRST || tier < 0 ? 0 : tier;
}

enum { TIER_SHIFT = 56, WORTH_SHIFT = 48 };

static int64_t
place_of(int worth, int64_t id)
{
	return (int64_t)tier_of(worth, id) << TIER_SHIFT |
	    (int64_t)(WORTH_TOP - worth) << WORTH_SHIFT | id;
}

/* ---- The batch ---- */

/* Stems that come to a place, or leave it. */
struct laying {
	int64_t place;
	size_t turn;       /* the order in which it was asked for */
	struct str stems;  /* empty: they leave */
};

struct index_batch {
	struct cx *cx;
	struct db_tx *tx;
	struct laying *laying;
	size_t n, cap;
	struct bag words;
};

struct index_batch *
index_begin(struct cx *cx, struct db_tx *tx)
{
	struct index_batch *b = mem_new(cx->mem, struct index_batch);

	*b = (struct index_batch){.cx = cx, .tx = tx};
	return b;
}

void *
index_memory(const struct index_batch *b)
{
	return b->cx->mem;
}

static void
laying_add(struct index_batch *b, int64_t place, struct str stems)
{
	if (b->n == b->cap) {
		b->cap = b->cap ? 2 * b->cap : 32;
		b->laying = mem_sure(talloc_realloc(b->cx->mem, b->laying,
		    struct laying, (unsigned)b->cap));
	}
	b->laying[b->n] = (struct laying){place, b->n, stems};
	b->n++;
}

/* The batch takes the words; they are freed. */
static void
words_add(struct index_batch *b, struct bag *words, bool lost)
{
	for (size_t i = 0; i < words->n; i++) {
		struct word w = words->v[i];

		w.lost = lost;
		bag_put(b->cx->mem, &b->words, &w);
	}
	talloc_free(words->v);
	words->v = NULL;
}

static int
laying_order(const void *a, const void *b)
{
	const struct laying *x = a, *y = b;

	if (x->place != y->place)
		return x->place < y->place ? -1 : 1;
	return (x->turn > y->turn) - (x->turn < y->turn);
}

enum err
index_end(struct index_batch *b)
{
	enum err e = vocabulary_change(b->cx, b->tx, &b->words);

	if (b->n)
		qsort(b->laying, b->n, sizeof *b->laying, laying_order);
	for (size_t i = 0; i < b->n && e == OK; i++) {
		const struct laying *l = &b->laying[i];

		e = l->stems.n ? q_answer_find_add(b->tx, l->place, l->stems)
			       : q_answer_find_drop(b->tx, l->place);
	}
	return e == OK && b->n ? q_answer_index_changed(b->tx) : e;
}

/* ---- Documents ---- */

/* The vocabulary does not know the words that an older tokenizer made. */
enum err
document_lift(struct index_batch *b, const struct answer_document *doc,
    int64_t place, int64_t version)
{
	struct made made;

	if (version == TERMS_VERSION) {
		document_make(b->cx->mem, doc, &made);
		words_add(b, &made.words, true);
	}
	laying_add(b, place, STR(""));
	return q_answer_rank_drop(b->tx, place);
}

enum err
document_lay(struct index_batch *b, int64_t id,
    const struct answer_document *doc, int64_t served)
{
	int worth = index_worth(doc->worth, served);
	int64_t place = place_of(worth, id);
	struct made made;
	enum err e;

	document_make(b->cx->mem, doc, &made);
	words_add(b, &made.words, false);
	laying_add(b, place, made.stems);
	if ((e = q_answer_document_place(b->tx, id, opt(place),
		 TERMS_VERSION)) != OK)
		return e;
	return q_answer_rank_add(b->tx, place, id, made.title, made.head,
	    made.often, worth, (int64_t)made.words.n);
}

static struct answer_document
document_clip(const struct answer_document *doc)
{
	struct answer_document d = *doc;

	d.headings = text_head(d.headings, ANSWER_HEADINGS_MOST);
	d.body = text_head(d.body, ANSWER_BODY_MOST);
	d.url = text_head(d.url, ANSWER_URL_MOST);
	d.clicks = text_head(d.clicks, ANSWER_CLICKS_MOST);
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
document_add(struct index_batch *b, const struct answer_document *doc,
    int64_t *out_id)
{
	enum err e;

	if ((e = q_answer_document_add(b->tx, b->cx->mem, doc->kind,
		 doc->source_id, doc->title, doc->url, doc->clicks,
		 doc->headings, doc->body, doc->worth, out_id)) != OK)
		return e;
	return document_lay(b, *out_id, doc, 0);
}

/* What the index has of a document. */
static enum err
document_old(struct index_batch *b, enum answer_kind kind, int64_t source_id,
    struct q_answer_document_of *row, struct answer_document *out)
{
	enum err e = q_answer_document_of(b->tx->db, b->cx->mem, kind,
	    source_id, row);

	if (e == OK)
		*out = (struct answer_document){kind, source_id, row->title,
		    row->url, row->clicks, row->headings, row->body,
		    (int)row->worth, row->said};
	return e;
}

static enum err
document_change(struct index_batch *b, const struct q_answer_document_of *row,
    const struct answer_document *old, const struct answer_document *now)
{
	enum err e = OK;

	if (row->place.has && is_same(old, now))
		return OK;
	if (row->place.has)
		e = document_lift(b, old, row->place.v, row->made);
	if (e != OK ||
	    (e = q_answer_document_save(b->tx, row->id, now->title, now->url,
		 now->clicks, now->headings, now->body, now->worth)) != OK)
		return e;
	return document_lay(b, row->id, now, row->served);
}

enum err
index_batch_put(struct index_batch *b, const struct answer_document *doc,
    int64_t *out_id)
{
	struct answer_document now = document_clip(doc), old;
	struct q_answer_document_of row;
	enum err e = document_old(b, doc->kind, doc->source_id, &row, &old);

	now.said = e == OK ? old.said : STR("");
	if (e == ERR_NOT_FOUND)
		return document_add(b, &now, out_id);
	if (e != OK)
		return e;
	*out_id = row.id;
	return document_change(b, &row, &old, &now);
}

enum err
index_batch_place(struct index_batch *b, enum answer_kind kind,
    int64_t source_id, struct str clicks, int worth)
{
	struct q_answer_document_of row;
	struct answer_document old, now;
	enum err e = document_old(b, kind, source_id, &row, &old);

	if (e != OK)
		return e == ERR_NOT_FOUND ? OK : e;
	now = old;
	now.clicks = clicks;
	now.worth = worth;
	now = document_clip(&now);
	return document_change(b, &row, &old, &now);
}

enum err
index_batch_drop(struct index_batch *b, enum answer_kind kind,
    int64_t source_id)
{
	struct q_answer_document_of row;
	struct answer_document old;
	enum err e = document_old(b, kind, source_id, &row, &old);

	if (e == ERR_NOT_FOUND || (e == OK && !row.place.has))
		return OK;
	if (e != OK || (e = document_lift(b, &old, row.place.v,
			 row.made)) != OK)
		return e;
	return q_answer_document_place(b->tx, row.id, (struct opt_i64){0},
	    TERMS_VERSION);
}

enum err
index_put(struct cx *cx, struct db_tx *tx, const struct answer_document *doc,
    int64_t *out_id)
{
	struct index_batch *b = index_begin(cx, tx);
	enum err e = index_batch_put(b, doc, out_id);

	return e == OK ? index_end(b) : e;
}

enum err
index_drop(struct cx *cx, struct db_tx *tx, enum answer_kind kind,
    int64_t source_id)
{
	struct index_batch *b = index_begin(cx, tx);
	enum err e = index_batch_drop(b, kind, source_id);

	return e == OK ? index_end(b) : e;
}
