/*
 * A table of chains for each generation. An answer is one block: the rows, behind
 * them their texts; kept, a text's pointer is its place in that block, so that a
 * copy is made at once.
 */
#include "store/recall.h"

#include <pthread.h>
#include <stdlib.h>

#include "base/buf.h"
#include "base/mem.h"

enum {
	SLOTS = 4096,
	GENERATION_BYTES = 8 << 20,
	ANSWER_BYTES = 256 << 10, /* a larger one is not kept */
};

struct entry {
	struct entry *next;
	struct str key;
	char *rows;
	size_t n, bytes; /* rows; bytes of them with their texts */
	size_t held;     /* bytes of all that there is of it */
};

struct generation {
	struct entry *slot[SLOTS];
	size_t bytes;
};

struct recall {
	pthread_mutex_t lock;
	struct generation *young, *old;
};

struct recall *
recall_new(void)
{
	struct recall *r = mem_new(NULL, struct recall);

	pthread_mutex_init(&r->lock, NULL);
	r->young = mem_new(r, struct generation);
	r->old = mem_new(r, struct generation);
	return r;
}

void
recall_free(struct recall *r)
{
	pthread_mutex_destroy(&r->lock);
	talloc_free(r);
}

static struct str
key_of(void *mem, int64_t state, const struct query *q,
    const struct query_value *v)
{
	struct buf b;

	buf_init(&b, mem, SIZE_MAX);
	buf_put(&b, (const char *)&state, sizeof state);
	buf_put(&b, (const char *)&q, sizeof q);
	for (unsigned i = 0; i < q->params_n; i++) {
		buf_char(&b, v[i].null ? '0' : '1');
		buf_put(&b, (const char *)&v[i].i, sizeof v[i].i);
		buf_put(&b, (const char *)&v[i].s.n, sizeof v[i].s.n);
		buf_str(&b, v[i].s);
	}
	return buf_get(&b);
}

/* The text in a row's column; NULL where it holds none. */
static struct str *
text_in(const struct query *q, char *row, unsigned i)
{
	const struct query_field *f = &q->columns[i];
	struct str *s = (struct str *)(void *)(row + f->offset);

	return (f->type == QUERY_TEXT || f->type == QUERY_BLOB) && s->p ? s
									: NULL;
}

static size_t
answer_bytes(const struct query *q, char *rows, size_t n)
{
	size_t bytes = n * q->row_bytes;

	for (size_t k = 0; k < n; k++)
		for (unsigned i = 0; i < q->columns_n; i++) {
			const struct str *s =
			    text_in(q, rows + k * q->row_bytes, i);

			bytes += s ? s->n + 1 : 0;
		}
	return bytes;
}

/* Copies the rows and their texts into the entry. */
static void
entry_fill(struct entry *e, const struct query *q, const void *rows, size_t n)
{
	size_t at = n * q->row_bytes;

	e->n = n;
	e->rows = mem_sure(talloc_size(e, e->bytes));
	if (n)
		memcpy(e->rows, rows, at);
	for (size_t k = 0; k < n; k++)
		for (unsigned i = 0; i < q->columns_n; i++) {
			struct str *s = text_in(q, e->rows + k * q->row_bytes, i);

			if (!s)
				continue;
			memcpy(e->rows + at, s->p, s->n);
			e->rows[at + s->n] = '\0';
			s->p = (const char *)at;
			at += s->n + 1;
		}
}

static void *
entry_copy(const struct entry *e, const struct query *q, void *mem)
{
	char *rows = mem_sure(talloc_memdup(mem, e->rows, e->bytes));

	for (size_t k = 0; k < e->n; k++)
		for (unsigned i = 0; i < q->columns_n; i++) {
			struct str *s = text_in(q, rows + k * q->row_bytes, i);

			if (s)
				s->p = rows + (size_t)s->p;
		}
	return rows;
}

static uint32_t
slot_of(struct str key)
{
	return str_hash(STR_HASH, key.p, key.n) % SLOTS;
}

/* Where the entry hangs in its chain; at the end of that if there is none. */
static struct entry **
entry_find(struct generation *g, struct str key)
{
	struct entry **at = &g->slot[slot_of(key)];

	while (*at && !str_eq((*at)->key, key))
		at = &(*at)->next;
	return at;
}

static void
entry_give(struct entry *e, const void *to)
{
	(void)talloc_reparent(talloc_parent(e), to, e);
}

/* Puts an entry that the young generation does not have into it; it may be the
 * old one's, which goes where there is no room. */
static void
entry_put(struct recall *r, struct entry *e)
{
	struct entry **slot;

	entry_give(e, r);
	if (r->young->bytes + e->held > GENERATION_BYTES) {
		talloc_free(r->old);
		r->old = r->young;
		r->young = mem_new(r, struct generation);
	}
	slot = &r->young->slot[slot_of(e->key)];
	e->next = *slot;
	*slot = e;
	entry_give(e, r->young);
	r->young->bytes += e->held;
}

/* What is asked for again is young again. */
static const struct entry *
entry_get(struct recall *r, struct str key)
{
	struct entry **at = entry_find(r->young, key), *e = *at;

	if (e)
		return e;
	at = entry_find(r->old, key);
	e = *at;
	if (e) {
		*at = e->next;
		r->old->bytes -= e->held;
		entry_put(r, e);
	}
	return e;
}

bool
recall_take(struct recall *r, int64_t state, const struct query *q,
    const struct query_value *v, void *mem, void **rows, size_t *n)
{
	struct str key = key_of(mem, state, q, v);
	const struct entry *e;

	pthread_mutex_lock(&r->lock);
	e = entry_get(r, key);
	if (e) {
		*n = e->n;
		*rows = e->n ? entry_copy(e, q, mem) : NULL;
	}
	pthread_mutex_unlock(&r->lock);
	return e != NULL;
}

void
recall_keep(struct recall *r, int64_t state, const struct query *q,
    const struct query_value *v, void *rows, size_t n)
{
	size_t bytes = answer_bytes(q, rows, n);
	struct entry *e;

	if (bytes > ANSWER_BYTES)
		return;
	e = mem_new(NULL, struct entry);
	e->key = key_of(e, state, q, v);
	e->bytes = bytes;
	entry_fill(e, q, rows, n);
	e->held = talloc_total_size(e);
	pthread_mutex_lock(&r->lock);
	if (*entry_find(r->young, e->key))
		talloc_free(e);
	else
		entry_put(r, e);
	pthread_mutex_unlock(&r->lock);
}
