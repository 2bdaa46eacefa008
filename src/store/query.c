/*
 * Running a query for the generated functions: checking the arguments,
 * gathering the rows into talloc memory with the types that were declared, and
 * judging the result. How a statement is prepared and stepped is the engines'
 * business (sqlite.c, postgres.c); what the functions look like is
 * tools/queries'.
 */
#include "store/query.h"

#include "base/mem.h"
#include "store/engine.h"
#include "store/recall.h"

enum { ROWS_FIRST = 32, TEXT_FIRST = 512, TEXT_BLOCK_MAX = 16 << 10 };

char *
query_row_add(struct query_sink *sink)
{
	size_t bytes = sink->q->row_bytes;
	char *row;

	if (sink->n == (sink->q->result == QUERY_ONE ? 1 : QUERY_ROWS_MAX))
		return NULL;
	if (sink->n == sink->cap) {
		sink->cap = !sink->cap ? sink->q->result == QUERY_ONE ? 1
		                                                      : ROWS_FIRST
		                       : sink->cap * 2;
		sink->rows = mem_sure(talloc_realloc_size(sink->mem, sink->rows,
		    sink->cap * bytes));
	}
	row = sink->rows + sink->n++ * bytes;
	memset(row, 0, bytes);
	return row;
}

/* Bytes with a NUL behind them. Small ones share blocks, which are `mem`'s. */
static struct str
text_keep(struct query_sink *sink, const void *p, size_t n)
{
	char *text;

	if (n >= TEXT_BLOCK_MAX / 2)
		return str_copy(sink->mem, p, n);
	if (sink->text_left < n + 1) {
		size_t block = sink->text_block ? sink->text_block * 2
		                                : TEXT_FIRST;

		while (block < n + 1)
			block *= 2;
		if (block > TEXT_BLOCK_MAX)
			block = TEXT_BLOCK_MAX;
		sink->text = mem_sure(talloc_size(sink->mem, block));
		sink->text_left = sink->text_block = block;
	}
	text = sink->text;
	if (n)
		memcpy(text, p, n);
	text[n] = '\0';
	sink->text += n + 1;
	sink->text_left -= n + 1;
	return (struct str){text, n};
}

bool
query_put_null(struct query_sink *sink, char *row, unsigned i)
{
	/* the row is zeroed: no text, or an opt_i64 that has nothing */
	return sink->q->columns[i].nullable;
}

bool
query_put_i64(struct query_sink *sink, char *row, unsigned i, int64_t v)
{
	const struct query_field *f = &sink->q->columns[i];
	struct opt_i64 o = {true, v};
	bool yes = v != 0;

	if (f->type == QUERY_BOOL)
		memcpy(row + f->offset, &yes, sizeof yes);
	else if (f->type == QUERY_I64 && f->nullable)
		memcpy(row + f->offset, &o, sizeof o);
	else if (f->type == QUERY_I64)
		memcpy(row + f->offset, &v, sizeof v);
	else
		return false;
	return true;
}

bool
query_put_bytes(struct query_sink *sink, char *row, unsigned i,
    enum query_type type, const void *p, size_t n)
{
	const struct query_field *f = &sink->q->columns[i];
	struct str s;

	if (f->type != type)
		return false;
	s = text_keep(sink, p, n);
	memcpy(row + f->offset, &s, sizeof s);
	return true;
}

enum err
query_misfit(struct query_sink *sink, unsigned i)
{
	return db_fail(sink->db, ERR_STORE, sink->q->name,
	    i < sink->q->columns_n ? sink->q->columns[i].name
	                           : "another number of columns than declared");
}

static bool
is_text(enum query_type type)
{
	return type == QUERY_TEXT || type == QUERY_BLOB;
}

/* An argument that is NULL where the signature has no `?` is a mistake of the
 * caller that only one engine might notice. */
static enum err
check_arguments(struct db *db, const struct query *q,
    const struct query_value *v)
{
	for (unsigned i = 0; i < q->params_n; i++)
		if (v[i].null && !q->params[i].nullable)
			return db_fail(db, ERR_STORE, q->name,
			    is_text(q->params[i].type)
			        ? "a text is NULL that must not be"
			        : "a number is NULL that must not be");
	return OK;
}

/* Once a statement of a transaction failed, PostgreSQL refuses the rest of it;
 * SQLite would go on. Both do the former here. */
static enum err
run(struct query_sink *sink, const struct query_value *v)
{
	struct db *db = sink->db;
	enum err e;

	if (db->in_tx && db->failed != OK)
		return db->failed;
	if (sink->q->write && !db->in_tx)
		return db_fail(db, ERR_STORE, sink->q->name,
		    "a write outside of a transaction");
	e = check_arguments(db, sink->q, v);
	if (e == OK)
		e = db->store->engine->run(db, sink->q, v, sink);
	if (db->in_tx)
		db->failed = e;
	return e;
}

enum err
query_none(struct db *db, const struct query *q, const struct query_value *v)
{
	struct query_sink sink = {.db = db, .q = q};

	return run(&sink, v);
}

enum err
query_rows(struct db *db, const struct query *q, const struct query_value *v,
    int64_t *changed)
{
	struct query_sink sink = {.db = db, .q = q};
	enum err e = run(&sink, v);

	if (e == OK)
		*changed = sink.changed;
	return e;
}

enum err
query_one(struct db *db, void *mem, const struct query *q,
    const struct query_value *v, void *row)
{
	struct query_sink sink = {.db = db, .q = q, .mem = mem};
	enum err e = run(&sink, v);

	if (e == OK && sink.n == 0)
		return ERR_NOT_FOUND;
	if (e == OK)
		memcpy(row, sink.rows, q->row_bytes);
	talloc_free(sink.rows);
	return e;
}

enum err
query_many(struct db *db, void *mem, const struct query *q,
    const struct query_value *v, void **rows, size_t *n)
{
	struct query_sink sink = {.db = db, .q = q, .mem = mem};
	struct recall *recall = db->in_tx ? NULL : db->store->recall;
	enum err e;

	if (recall && db->state_named &&
	    recall_take(recall, db->state_named, q, v, mem, rows, n))
		return OK;
	e = run(&sink, v);
	if (e != OK)
		return e;
	*rows = sink.rows;
	*n = sink.n;
	if (recall && db->state_named)
		recall_keep(recall, db->state_named, q, v, sink.rows, sink.n);
	return OK;
}
