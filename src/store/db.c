/*
 * The store's outside: choosing the engine by URL, connections, and the
 * bookkeeping of transactions that both engines share (a transaction whose
 * statement failed cannot be committed; leaving the scope undoes it). What an
 * engine does is in sqlite.c and postgres.c, queries are in query.c, the schema
 * in migrate.c.
 */
#include "store/db.h"

#include <stdio.h>

#include "base/log.h"
#include "base/mem.h"
#include "store/engine.h"
#include "store/recall.h"

static const struct engine *const engines[] = {&engine_sqlite,
    &engine_postgres};

static const struct engine *
engine_of(const char *url)
{
	for (size_t i = 0; i < sizeof engines / sizeof *engines; i++)
		for (const char *const *s = engines[i]->schemes; *s; s++)
			if (str_starts(str_of(url), str_of(*s)))
				return engines[i];
	return NULL;
}

enum err
store_open(const char *url, const struct store_options *options,
    struct store **out, struct str *why, void *why_mem)
{
	const struct engine *engine = engine_of(url);
	char words[WHY_BYTES] = "";
	struct store *s;
	enum err e;

	if (!engine) {
		*why = str_dup(why_mem,
		    STR("a database is given as sqlite:PATH or postgresql://"));
		return ERR_STORE;
	}
	s = mem_new(NULL, struct store);
	s->engine = engine;
	s->options = *options;
	e = engine->open(s, url, words);
	if (e != OK) {
		*why = str_copy(why_mem, words, strlen(words));
		talloc_free(s);
		return e;
	}
	s->recall = recall_new();
	*out = s;
	return OK;
}

void
store_close(struct store *s)
{
	if (!s)
		return;
	s->engine->close(s);
	recall_free(s->recall);
	talloc_free(s);
}

const char *
store_engine(const struct store *s)
{
	return s->engine->name;
}

struct db *
store_connect(struct store *s)
{
	struct db *db = mem_new(NULL, struct db);

	db->store = s;
	s->engine->connect(db);
	return db;
}

void
store_disconnect(struct db *db)
{
	if (!db)
		return;
	if (db->in_tx)
		db->store->engine->rollback(db);
	db->store->engine->disconnect(db);
	talloc_free(db);
}

enum err
db_begin(struct db *db, struct db_tx *tx)
{
	enum err e;

	if (db->in_tx)
		return db_fail(db, ERR_STORE, "begin",
		    "a transaction within a transaction");
	e = db->store->engine->begin(db);
	if (e != OK)
		return e;
	db->in_tx = true;
	db->failed = OK;
	*tx = (struct db_tx){.db = db, .open = true};
	return OK;
}

enum err
db_commit(struct db_tx *tx)
{
	struct db *db = tx->db;
	enum err e;

	if (!tx->open) {
		log_error("store: commit without a transaction");
		return ERR_STORE;
	}
	if ((e = db->failed) != OK) {
		db_rollback(tx);
		return e;
	}
	tx->open = false;
	e = db->store->engine->commit(db);
	db->in_tx = false;
	return e;
}

void
db_rollback(struct db_tx *tx)
{
	if (!tx->open)
		return;
	tx->open = false;
	tx->db->store->engine->rollback(tx->db);
	tx->db->in_tx = false;
}

static enum err
unit_run(struct db *db, struct db_unit *u)
{
	DB_TX tx = {0};
	enum err e;

	if ((e = db_begin(db, &tx)) != OK || (e = u->work(&tx, u->arg)) != OK)
		return e;
	return db_commit(&tx);
}

enum err
db_later(struct db *db, struct db_unit *u)
{
	enum err e;

	if (db->store->engine->later)
		return db->store->engine->later(db, u);
	if ((e = unit_run(db, u)) == OK)
		u->done(u->arg, OK);
	return e;
}

void
db_recall(struct db *db, int64_t state)
{
	db->state_named = state;
}

const char *
db_why(struct db *db)
{
	return db->why;
}

enum err
db_fail(struct db *db, enum err e, const char *what, const char *words)
{
	snprintf(db->why, sizeof db->why, "%s: %s", what, words);
	log_debug("store: %s: %s", err_name(e), db->why);
	return e;
}
