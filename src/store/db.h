#pragma once
/*
 * The database, one interface over two engines: SQLite in the process, or
 * PostgreSQL for more than one machine. Statements are not written in C: they
 * live in sql/queries/ and tools/queries makes typed functions of them
 * ("store/queries.h"). Reads take a `struct db *`, writes a `struct db_tx *`, so
 * a write outside a transaction does not compile.
 *
 * Errors of this floor: ERR_NOT_FOUND (a `one` read found no row), ERR_CONFLICT
 * (a unique, check or foreign key refused), ERR_BUSY (serialisation failure:
 * run the unit again), ERR_STORE (disk full, connection lost, corrupt; logged
 * at debug with the engine's words, which db_why returns).
 */
#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "base/str.h"

struct store; /* an opened database, shared by all threads */
struct db;    /* one thread's connection */

struct db_tx {
	struct db *db;   /* for reads inside the transaction */
	bool open;
};

struct store_options {
	int64_t busy_ms;      /* how long SQLite waits for another process */
	bool may_create;      /* make the SQLite file if it is missing */
};

/* Opens by URL: "sqlite:PATH", or "postgresql://…" and "postgres://…" (libpq's).
 * Does not migrate. ERR_STORE, with *why in English for the operator. The caller
 * closes it. */
MUST_CHECK enum err store_open(const char *url,
    const struct store_options *options, struct store **out, struct str *why,
    void *why_mem);
void store_close(struct store *s);

/* "sqlite" or "postgresql". */
const char *store_engine(const struct store *s);

/* Brings the schema up to date (sql/migrations/, forward only, each in a
 * transaction, recorded with its hash). Refuses a schema that is newer than the
 * program or was edited. On SQLite a file that holds data is copied beside
 * itself first. *applied counts what was done. */
MUST_CHECK enum err store_migrate(struct store *s, int *applied,
    struct str *why, void *why_mem);

/* A connection for the calling thread, opened when first used; reads on it see
 * committed data. On SQLite it is read-only: writes go through the turn. */
struct db *store_connect(struct store *s);
void store_disconnect(struct db *db);

/* Begins a transaction. On SQLite this takes the turn on the one write
 * connection; keep it short, and do nothing slow in it. `tx` must be zeroed
 * (DB_TX does it). */
MUST_CHECK enum err db_begin(struct db *db, struct db_tx *tx);

/* Makes it durable: returns OK only when it is on disk. On SQLite it hands the
 * turn on and waits for the group's shared COMMIT; if that fails every member
 * is told. */
MUST_CHECK enum err db_commit(struct db_tx *tx);

/* Undoes it; nothing happens if it was committed or never begun. */
void db_rollback(struct db_tx *tx);

/* Rolls back when it leaves its scope, unless committed. */
#define DB_TX __attribute__((cleanup(db_rollback))) struct db_tx

/* A unit of work that no thread waits for; must live until it is done. */
struct db_unit {
	/* May be called again, after all that it wrote was undone. */
	enum err (*work)(struct db_tx *tx, void *arg);
	/* What came of it: OK means it is on disk. Here no database may be
	 * used. */
	void (*done)(void *arg, enum err e);
	void *arg;
	/* the store's own */
	struct db_unit *next;
	enum err result;
};

/* Has the unit run in a transaction. OK: it will be told by done(), once. On
 * SQLite it is run and told by the store's own thread (sqlite_clerk.c), on
 * PostgreSQL at once by the caller. Any other error is what came of it, and
 * done() is not called: ERR_BUSY if too many wait already. */
MUST_CHECK enum err db_later(struct db *db, struct db_unit *u);

/* From now on reads of many rows give what they gave before, by whichever thread,
 * under this number, which names the state of all that they read; 0: no longer.
 * Not within transactions. Of late ones some 16 MiB are known. */
void db_recall(struct db *db, int64_t state);

/* What the engine said of the last error on this connection, for the log. */
const char *db_why(struct db *db);
