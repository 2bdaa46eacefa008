#pragma once
/*
 * Inside the store: what an engine must be able to do, and the structures that
 * db.c, query.c and the engines share. Nobody outside src/store includes this
 * (tests do).
 *
 * An engine knows nothing of transactions that failed half-way, of declared
 * types or of row limits: db.c and query.c see to those, so that both engines
 * keep the same promises.
 */
#include "store/db.h"
#include "store/query.h"

enum { WHY_BYTES = 512 };

struct query_sink;

struct engine {
	const char *name;
	const char *const *schemes; /* of its URLs, with the colon; NULL ends */

	/* Fills store->state, or says why not in `why` (WHY_BYTES). */
	enum err (*open)(struct store *s, const char *url, char *why);
	void (*close)(struct store *s);

	/* db->state: made with the connection, the session opened when first
	 * used. */
	void (*connect)(struct db *db);
	void (*disconnect)(struct db *db);

	enum err (*begin)(struct db *db);
	enum err (*commit)(struct db *db);
	void (*rollback)(struct db *db);
	/* db_later; NULL: the caller does it at once. */
	enum err (*later)(struct db *db, struct db_unit *u);

	/* Runs a query and hands every row to the sink. */
	enum err (*run)(struct db *db, const struct query *q,
	    const struct query_value *v, struct query_sink *sink);

	/* Prepares a query without running it: ERR_STORE where the statement
	 * is wrong or has other parameters or columns than declared. */
	enum err (*check)(struct db *db, const struct query *q);

	/* Runs statements separated by ';' within the open transaction. */
	enum err (*script)(struct db *db, const char *sql);

	/* Keeps other nodes from migrating until the connection ends. */
	enum err (*migrate_lock)(struct db *db);
	/* Copies the database beside itself, or does nothing where that is the
	 * operator's own business. */
	enum err (*migrate_copy)(struct db *db, int64_t number);
};

extern const struct engine engine_sqlite;
extern const struct engine engine_postgres;

struct store {
	const struct engine *engine;
	struct store_options options;
	struct recall *recall;
	void *state;
};

struct db {
	struct store *store;
	void *state;
	bool in_tx;
	int64_t state_named;  /* what reads may be recalled by, or 0 */
	enum err failed;      /* what ended the open transaction early, or OK */
	char why[WHY_BYTES];
};

/* Keeps the engine's words for db_why, logs them at debug, returns `e`. */
enum err db_fail(struct db *db, enum err e, const char *what,
    const char *words);

/* Where rows go as an engine reads them. */
struct query_sink {
	struct db *db;
	const struct query *q;
	void *mem;
	char *rows;      /* n of q->row_bytes */
	size_t n, cap;
	int64_t changed; /* the engine sets it */
	char *text;      /* room for texts, carved from larger blocks */
	size_t text_left, text_block;
};

/* The next row to fill, zeroed; NULL if there must be no more. */
char *query_row_add(struct query_sink *sink);

/* Puts a value into the row's column `i`; false if it was declared
 * differently. */
bool query_put_null(struct query_sink *sink, char *row, unsigned i);
bool query_put_i64(struct query_sink *sink, char *row, unsigned i, int64_t v);
bool query_put_bytes(struct query_sink *sink, char *row, unsigned i,
    enum query_type type, const void *p, size_t n);

/* ERR_STORE: the column is not what was declared. */
enum err query_misfit(struct query_sink *sink, unsigned i);
