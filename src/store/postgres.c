/*
 * The PostgreSQL engine, through libpq: one connection for each thread, values
 * in binary format, statements prepared where they are first used. Transactions
 * are SERIALIZABLE, so that both engines keep the same promise; what PostgreSQL
 * undoes for that comes back as ERR_BUSY and is worth running again, alone then
 * (store/alone.h). What it locks to find out, and what that means for queries,
 * is told in docs/decisions/0004.
 *
 * A connection that is lost costs the unit that was hit ERR_STORE; the next
 * unit connects anew. The URL may hold a password and is never logged.
 */
#include <endian.h>
#include <stdio.h>

#include <libpq-fe.h>

#include "base/mem.h"
#include "store/alone.h"
#include "store/engine.h"

/* PostgreSQL's numbers of the types we read (its catalogue pg_type). */
enum {
	OID_BOOL = 16,
	OID_BYTEA = 17,
	OID_NAME = 19,
	OID_INT8 = 20,
	OID_INT2 = 21,
	OID_INT4 = 23,
	OID_TEXT = 25,
	OID_VARCHAR = 1043,
};

enum { PARAMS_MAX = 64, MIGRATION_LOCK = 0x44574d47 };

/* Each query has an index to go by. The planner takes a small table in full all
 * the same, and holds reading a long text for free: a search among 300 answers
 * took four times as long as among 10,000; and it locks all of it for reading. */
static const char *const SETTINGS =
    "SET statement_timeout = '10s';"
    "SET jit = off; SET plan_cache_mode = force_generic_plan;"
    "SET enable_seqscan = off;"
    "SET client_min_messages = warning;"
    "SET standard_conforming_strings = on;"
    "SET bytea_output = 'hex'";

/* The store's state. */
struct cluster {
	const char *url;
	struct alone *alone;
};

/* A connection's state. */
struct link {
	PGconn *conn;
	bool undone;                   /* its last transaction was in the way */
	const struct query **prepared; /* by number: what is prepared there */
	size_t prepared_n;
};

/* Errors. */

/* An error of the server by its SQLSTATE. */
static enum err
err_of(const PGresult *r)
{
	const char *state = r ? PQresultErrorField(r, PG_DIAG_SQLSTATE) : NULL;

	if (!state)
		return ERR_STORE;
	if (strcmp(state, "40001") == 0 || strcmp(state, "40P01") == 0)
		return ERR_BUSY;
	if (strncmp(state, "23", 2) == 0)
		return ERR_CONFLICT;
	return ERR_STORE;
}

/* Notes what the server (or the lost connection) said; frees the result. */
static enum err
give_up(struct db *db, const char *what, PGresult *r)
{
	struct link *l = db->state;
	enum err e = err_of(r);
	const char *words = r ? PQresultErrorMessage(r) : "";
	char line[WHY_BYTES];

	if (!*words)
		words = PQerrorMessage(l->conn);
	snprintf(line, sizeof line, "%.*s", (int)strcspn(words, "\n"), words);
	PQclear(r);
	l->undone = l->undone || e == ERR_BUSY;
	return db_fail(db, e, what, line);
}

/* A statement without arguments or rows. */
static enum err
command(struct db *db, const char *what, const char *sql)
{
	struct link *l = db->state;
	PGresult *r = PQexec(l->conn, sql);
	ExecStatusType status = PQresultStatus(r);

	if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK)
		return give_up(db, what, r);
	PQclear(r);
	return OK;
}

/* The connection. */

static const struct cluster *
cluster_of(const struct db *db)
{
	return db->store->state;
}

static void
link_close(struct link *l)
{
	PQfinish(l->conn);
	l->conn = NULL;
	talloc_free(l->prepared);
	l->prepared = NULL;
	l->prepared_n = 0;
}

static PGconn *
dial(const char *url)
{
	static const char *const keys[] = {"connect_timeout", "dbname",
	    "application_name", "client_encoding", NULL};
	const char *values[] = {"5", url, "dienstweg", "UTF8", NULL};

	return PQconnectdbParams(keys, values, 1);
}

/* Connects where there is no connection, or anew where it broke. */
static enum err
link_open(struct db *db)
{
	struct link *l = db->state;
	enum err e;

	if (l->conn && PQstatus(l->conn) == CONNECTION_OK)
		return OK;
	link_close(l);
	l->conn = dial(cluster_of(db)->url);
	if (PQstatus(l->conn) != CONNECTION_OK)
		return give_up(db, "connect", NULL);
	e = command(db, "connect", SETTINGS);
	if (e != OK)
		link_close(l);
	return e;
}

/* Preparing. */

static Oid
param_oid(enum query_type t)
{
	switch (t) {
	case QUERY_I64:
		return OID_INT8;
	case QUERY_BOOL:
		return OID_BOOL;
	case QUERY_BLOB:
		return OID_BYTEA;
	default:
		return OID_TEXT;
	}
}

static bool
column_fits(enum query_type t, Oid oid)
{
	switch (t) {
	case QUERY_I64:
		return oid == OID_INT8 || oid == OID_INT4 || oid == OID_INT2;
	case QUERY_BOOL:
		return oid == OID_BOOL;
	case QUERY_BLOB:
		return oid == OID_BYTEA;
	default:
		return oid == OID_TEXT || oid == OID_VARCHAR || oid == OID_NAME;
	}
}

/* Room to remember that the query is prepared. */
static void
prepared_grow(struct link *l, const struct query *q)
{
	size_t n = q->number + 32;

	if (q->number < l->prepared_n)
		return;
	l->prepared = mem_sure(talloc_realloc(l, l->prepared,
	    const struct query *, (unsigned)n));
	for (size_t i = l->prepared_n; i < n; i++)
		l->prepared[i] = NULL;
	l->prepared_n = n;
}

static enum err
prepare(struct db *db, const struct query *q)
{
	struct link *l = db->state;
	Oid oids[PARAMS_MAX];
	PGresult *r;

	prepared_grow(l, q);
	if (l->prepared[q->number] == q)
		return OK;
	for (unsigned i = 0; i < q->params_n; i++)
		oids[i] = param_oid(q->params[i].type);
	r = PQprepare(l->conn, q->name, q->postgres, (int)q->params_n, oids);
	if (PQresultStatus(r) != PGRES_COMMAND_OK)
		return give_up(db, q->name, r);
	PQclear(r);
	l->prepared[q->number] = q;
	return OK;
}

/* Running a query. */

/* The arguments as libpq wants them. */
struct arguments {
	const char *p[PARAMS_MAX];
	int n[PARAMS_MAX], binary[PARAMS_MAX];
	uint64_t number[PARAMS_MAX];
	char truth[PARAMS_MAX];
};

static void
argument_fill(struct arguments *a, unsigned i, enum query_type type,
    const struct query_value *v)
{
	a->binary[i] = 1;
	a->number[i] = htobe64((uint64_t)v->i);
	a->truth[i] = v->i != 0;
	if (v->null) {
		a->p[i] = NULL;
		a->n[i] = 0;
	} else if (type == QUERY_I64) {
		a->p[i] = (const char *)&a->number[i];
		a->n[i] = sizeof a->number[i];
	} else if (type == QUERY_BOOL) {
		a->p[i] = &a->truth[i];
		a->n[i] = sizeof a->truth[i];
	} else {
		a->p[i] = v->s.p;
		a->n[i] = (int)v->s.n;
	}
}

/* A whole number of 2, 4 or 8 bytes, or a truth of one, in network order. */
static int64_t
number_of(const char *p, int n)
{
	uint64_t v = (signed char)*p < 0 && n > 1 ? UINT64_MAX : 0;

	for (int i = 0; i < n; i++)
		v = v << 8 | (unsigned char)p[i];
	return (int64_t)v;
}

static bool
read_column(const PGresult *r, int row_i, struct query_sink *sink, char *row,
    unsigned i)
{
	enum query_type type = sink->q->columns[i].type;
	int c = (int)i, n = PQgetlength(r, row_i, c);
	const char *p = PQgetvalue(r, row_i, c);

	if (PQgetisnull(r, row_i, c))
		return query_put_null(sink, row, i);
	if (type == QUERY_I64 || type == QUERY_BOOL)
		return query_put_i64(sink, row, i, number_of(p, n));
	return query_put_bytes(sink, row, i, type, p, (size_t)n);
}

static enum err
read_rows(const PGresult *r, struct query_sink *sink)
{
	const struct query *q = sink->q;

	if ((unsigned)PQnfields(r) != q->columns_n)
		return query_misfit(sink, q->columns_n);
	for (unsigned i = 0; i < q->columns_n; i++)
		if (!column_fits(q->columns[i].type, PQftype(r, (int)i)))
			return query_misfit(sink, i);
	for (int n = 0; n < PQntuples(r); n++) {
		char *row = query_row_add(sink);

		if (!row)
			return db_fail(sink->db, ERR_STORE, q->name,
			    "more rows than it may give");
		for (unsigned i = 0; i < q->columns_n; i++)
			if (!read_column(r, n, sink, row, i))
				return query_misfit(sink, i);
	}
	return OK;
}

static enum err
postgres_run(struct db *db, const struct query *q, const struct query_value *v,
    struct query_sink *sink)
{
	struct link *l = db->state;
	struct arguments a;
	ExecStatusType status;
	PGresult *r;
	int64_t changed;
	enum err e;

	if (q->params_n > PARAMS_MAX)
		return db_fail(db, ERR_STORE, q->name, "too many parameters");
	if (!db->in_tx && (e = link_open(db)) != OK)
		return e;
	if ((e = prepare(db, q)) != OK)
		return e;
	for (unsigned i = 0; i < q->params_n; i++) {
		if (v[i].s.n > INT32_MAX)
			return db_fail(db, ERR_STORE, q->name, "too large");
		argument_fill(&a, i, q->params[i].type, &v[i]);
	}
	r = PQexecPrepared(l->conn, q->name, (int)q->params_n, a.p, a.n,
	    a.binary, 1);
	status = PQresultStatus(r);
	if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK)
		return give_up(db, q->name, r);
	e = read_rows(r, sink);
	if (str_to_i64(str_of(PQcmdTuples(r)), &changed))
		sink->changed = changed;
	PQclear(r);
	return e;
}

static enum err
postgres_check(struct db *db, const struct query *q)
{
	struct query_sink sink = {.db = db, .q = q};
	struct link *l = db->state;
	PGresult *r;
	enum err e;

	if ((e = link_open(db)) != OK || (e = prepare(db, q)) != OK)
		return e;
	r = PQdescribePrepared(l->conn, q->name);
	if (PQresultStatus(r) != PGRES_COMMAND_OK)
		return give_up(db, q->name, r);
	if (PQnparams(r) != (int)q->params_n)
		e = db_fail(db, ERR_STORE, q->name, "parameters");
	for (unsigned i = 0; e == OK && i < q->params_n; i++)
		if (PQparamtype(r, (int)i) != param_oid(q->params[i].type))
			e = db_fail(db, ERR_STORE, q->name, q->params[i].name);
	if (e == OK)
		e = read_rows(r, &sink); /* there are none, only columns */
	PQclear(r);
	return e;
}

static enum err
postgres_script(struct db *db, const char *sql)
{
	return command(db, "script", sql);
}

/* Transactions. */

static enum err
postgres_begin(struct db *db)
{
	struct link *l = db->state;
	enum err e = link_open(db);

	if (e != OK)
		return e;
	alone_enter(cluster_of(db)->alone, l->undone);
	l->undone = false;
	e = command(db, "begin", "BEGIN ISOLATION LEVEL SERIALIZABLE");
	if (e != OK)
		alone_leave(cluster_of(db)->alone);
	return e;
}

static enum err
commit(struct db *db)
{
	struct link *l = db->state;
	PGresult *r = PQexec(l->conn, "COMMIT");

	if (PQresultStatus(r) != PGRES_COMMAND_OK)
		return give_up(db, "commit", r);
	/* a transaction that failed answers COMMIT with the word ROLLBACK */
	if (strcmp(PQcmdStatus(r), "COMMIT") != 0) {
		PQclear(r);
		return db_fail(db, ERR_STORE, "commit", "the server undid it");
	}
	PQclear(r);
	return OK;
}

static enum err
postgres_commit(struct db *db)
{
	enum err e = commit(db);

	alone_leave(cluster_of(db)->alone);
	return e;
}

static void
postgres_rollback(struct db *db)
{
	struct link *l = db->state;

	/* where the connection is lost, the server undoes it by itself */
	if (PQstatus(l->conn) == CONNECTION_OK &&
	    command(db, "rollback", "ROLLBACK") != OK)
		link_close(l); /* whatever state it is in, not a usable one */
	alone_leave(cluster_of(db)->alone);
}

/* Opening and closing. */

/* Connects once, so that a wrong URL is told at the start. */
static enum err
postgres_open(struct store *s, const char *url, char *why)
{
	PGconn *conn = dial(url);
	const char *words = PQerrorMessage(conn);
	bool good = PQstatus(conn) == CONNECTION_OK;
	struct cluster *cluster;

	if (!good)
		snprintf(why, WHY_BYTES, "%.*s", (int)strcspn(words, "\n"),
		    words);
	PQfinish(conn);
	if (!good)
		return ERR_STORE;
	cluster = mem_new(NULL, struct cluster);
	cluster->url = mem_sure(talloc_strdup(cluster, url));
	cluster->alone = alone_new();
	s->state = cluster;
	return OK;
}

static void
postgres_close(struct store *s)
{
	struct cluster *cluster = s->state;

	alone_free(cluster->alone);
	talloc_free(cluster);
}

static void
postgres_connect(struct db *db)
{
	db->state = mem_new(NULL, struct link);
}

static void
postgres_disconnect(struct db *db)
{
	link_close(db->state);
	talloc_free(db->state);
}

/* Migration. */

/* Waits while another node migrates; the lock ends with the connection. */
static enum err
postgres_migrate_lock(struct db *db)
{
	char sql[128];
	enum err e = link_open(db);

	snprintf(sql, sizeof sql, "SET statement_timeout = 0;"
	    "SELECT pg_advisory_lock(%d)", MIGRATION_LOCK);
	return e != OK ? e : command(db, "migrate", sql);
}

/* Copies of a PostgreSQL are its operator's: it runs elsewhere. */
static enum err
postgres_migrate_copy(struct db *db, int64_t number)
{
	return OK;
}

const struct engine engine_postgres = {
    .name = "postgresql",
    .schemes = (const char *const[]){"postgresql:", "postgres:", NULL},
    .open = postgres_open,
    .close = postgres_close,
    .connect = postgres_connect,
    .disconnect = postgres_disconnect,
    .begin = postgres_begin,
    .commit = postgres_commit,
    .rollback = postgres_rollback,
    .run = postgres_run,
    .check = postgres_check,
    .script = postgres_script,
    .migrate_lock = postgres_migrate_lock,
    .migrate_copy = postgres_migrate_copy,
};
