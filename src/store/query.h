#pragma once
/*
 * What stands between the functions that tools/queries makes of sql/queries/
 * and the two engines. The desk uses only `struct opt_i64` of this; the rest is
 * for generated code and for the engines.
 *
 * A read with `one` that finds no row gives ERR_NOT_FOUND; one that finds two,
 * a `many` past QUERY_ROWS_MAX, a NULL where none was declared and a value of
 * another type than declared give ERR_STORE. On any error nothing is written
 * to the out parameter.
 */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/str.h"
#include "store/db.h"

/* A whole number that may be missing: SQL's NULL. */
struct opt_i64 {
	bool has;
	int64_t v;
};

/* One that is there. */
static inline struct opt_i64
opt(int64_t v)
{
	return (struct opt_i64){true, v};
}

/* An id, where 0 stands for none. */
static inline struct opt_i64
opt_id(int64_t id)
{
	return (struct opt_i64){id != 0, id};
}

enum { QUERY_ROWS_MAX = 10000 };

enum query_type { QUERY_I64, QUERY_TEXT, QUERY_BOOL, QUERY_BLOB };
enum query_result { QUERY_NONE, QUERY_ROWS, QUERY_ONE, QUERY_MANY };

/* A parameter, or a column and where it stands in the row's struct. */
struct query_field {
	const char *name;
	enum query_type type;
	bool nullable;
	size_t offset;
};

/* A statement of sql/queries with its declared signature. */
struct query {
	unsigned number;      /* its place in its set */
	const char *name;
	const char *sqlite;   /* the statement for each engine */
	const char *postgres;
	enum query_result result;
	bool write;
	unsigned params_n, columns_n;
	const struct query_field *params, *columns;
	size_t row_bytes;
};

/* An argument; `i` for I64 and BOOL, `s` for TEXT and BLOB. */
struct query_value {
	bool null;
	int64_t i;
	struct str s;
};

static inline struct query_value
query_i64(int64_t v)
{
	return (struct query_value){.i = v};
}

static inline struct query_value
query_opt(struct opt_i64 v)
{
	return (struct query_value){.null = !v.has, .i = v.v};
}

static inline struct query_value
query_str(struct str s)
{
	return (struct query_value){.null = !s.p, .s = s};
}

/* Run a query with its arguments; `mem` owns rows and texts that come back.
 * ERR_STORE, ERR_BUSY, ERR_CONFLICT; query_one also ERR_NOT_FOUND. */
MUST_CHECK enum err query_none(struct db *db, const struct query *q,
    const struct query_value *v);
MUST_CHECK enum err query_rows(struct db *db, const struct query *q,
    const struct query_value *v, int64_t *changed);
MUST_CHECK enum err query_one(struct db *db, void *mem, const struct query *q,
    const struct query_value *v, void *row);
MUST_CHECK enum err query_many(struct db *db, void *mem, const struct query *q,
    const struct query_value *v, void **rows, size_t *n);
