/*
 * The SQLite engine: one file in WAL mode, one connection that writes, and one
 * that only reads for each thread. Here are the connections, the prepared
 * queries and their running; transactions, which many threads share, are in
 * sqlite_group.c, and who may write when is decided in turn.c.
 */
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <limits.h>
#include <pthread.h>
#include <stdio.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include <sqlite3.h>

#include "base/log.h"
#include "base/mem.h"
#include "store/engine.h"
#include "store/sqlite.h"

enum {
	BUSY_MS = 5000,
	/* with a larger one each commit takes longer: after a page was split, SQLite
	 * looks through all of it for pages behind the file's end */
	WRITER_CACHE_KIB = 16 << 10,
	READER_CACHE_KIB = 8 << 10,
	ASKS_FOR_PAGES = 1, /* any size lets SQLite ask; sqlite_map.c answers */
	CHECKPOINT_PAGES = 4000,
	WAL_BYTES_KEPT = 64 << 20,
	PATH_BYTES = 4096,
	COPIES_A_SECOND = 100,
};

static const char *const control_sql[CONTROL__MAX] = {
    [BEGIN] = "BEGIN IMMEDIATE",
    [COMMIT] = "COMMIT",
    [ROLLBACK] = "ROLLBACK",
    [SAVEPOINT] = "SAVEPOINT member",
    [RELEASE] = "RELEASE member",
    [UNDO] = "ROLLBACK TO member",
};

/* A prepared query; at[i] is SQLite's number of parameter i. */
struct slot {
	const struct query *q;
	sqlite3_stmt *st;
	int *at;
	bool gives_id;
};

static enum err
err_of(int rc)
{
	switch (rc & 0xff) {
	case SQLITE_OK:
	case SQLITE_ROW:
	case SQLITE_DONE:
		return OK;
	case SQLITE_NOMEM:
		die("out of memory");
	case SQLITE_CONSTRAINT:
		return ERR_CONFLICT;
	case SQLITE_BUSY:
	case SQLITE_LOCKED:
		return ERR_BUSY;
	default:
		return ERR_STORE;
	}
}

/* Sessions. */

static int
session_pragmas(struct session *s, const struct file *f, bool writes)
{
	char sql[512];

	snprintf(sql, sizeof sql,
	    "PRAGMA synchronous=FULL;"
	    "PRAGMA foreign_keys=ON;"
	    "PRAGMA trusted_schema=OFF;"
	    "PRAGMA temp_store=MEMORY;"
	    "PRAGMA mmap_size=%d;"
	    "PRAGMA cache_size=-%d;"
	    "PRAGMA wal_autocheckpoint=%d;"
	    "PRAGMA journal_size_limit=%d;"
	    "PRAGMA query_only=%d",
	    writes ? 0 : ASKS_FOR_PAGES,
	    writes ? WRITER_CACHE_KIB : READER_CACHE_KIB,
	    CHECKPOINT_PAGES, WAL_BYTES_KEPT, !writes);
	return sqlite3_exec(s->handle, sql, NULL, NULL, NULL);
}

/* A reader is opened for writing too, since WAL needs to write its index. */
static int
session_open(struct session *s, const struct file *f, bool writes)
{
	int64_t busy_ms = f->options->busy_ms ? f->options->busy_ms : BUSY_MS;
	int rc = sqlite3_open_v2(f->path, &s->handle,
	    SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE,
	    writes ? sqlite_log_gathered() : NULL);

	if (rc != SQLITE_OK)
		return rc;
	sqlite_map_use(f->map, s->handle);
	sqlite3_busy_timeout(s->handle, (int)busy_ms);
	sqlite3_db_config(s->handle, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
	sqlite3_db_config(s->handle, SQLITE_DBCONFIG_DQS_DDL, 0, NULL);
	sqlite3_db_config(s->handle, SQLITE_DBCONFIG_DQS_DML, 0, NULL);
	if (writes)
		rc = sqlite3_exec(s->handle, "PRAGMA journal_mode=WAL", NULL,
		    NULL, NULL);
	if (rc == SQLITE_OK)
		rc = session_pragmas(s, f, writes);
	return rc;
}

static void
session_close(struct session *s)
{
	for (size_t i = 0; i < s->slots_n; i++)
		sqlite3_finalize(s->slots[i].st);
	sqlite3_close(s->handle);
	talloc_free(s->slots);
	*s = (struct session){0};
}

/* "INSERT … RETURNING id": SQLite would gather the row in a table made for it,
 * which costs more than the insert; the connection knows the id anyway. Gives
 * the bytes of the statement without the clause, or 0. */
static size_t
without_returning(const struct query *q)
{
	static const char clause[] = " RETURNING id";
	const char *at = strstr(q->sqlite, clause);

	return at && at[sizeof clause - 1] == '\0' &&
	        strncmp(q->sqlite, "INSERT ", 7) == 0
	    ? (size_t)(at - q->sqlite) : 0;
}

static int
slot_prepare(struct slot *slot, sqlite3 *handle, struct query_sink *sink)
{
	const struct query *q = sink->q;
	size_t bytes = without_returning(q);
	char name[16];
	int rc = sqlite3_prepare_v3(handle, q->sqlite, bytes ? (int)bytes : -1,
	    SQLITE_PREPARE_PERSISTENT, &slot->st, NULL);

	slot->gives_id = bytes != 0;
	if (rc != SQLITE_OK)
		return rc;
	for (unsigned i = 0; i < q->params_n; i++) {
		snprintf(name, sizeof name, "$%u", i + 1);
		slot->at[i] = sqlite3_bind_parameter_index(slot->st, name);
	}
	return SQLITE_OK;
}

/* The query's statement on this session, prepared when first asked for. */
static enum err
session_statement(struct session *s, void *mem, struct query_sink *sink,
    struct slot **out)
{
	const struct query *q = sink->q;
	struct slot *slot;
	int rc;

	if (q->number >= s->slots_n) {
		size_t n = q->number + 32;

		s->slots = mem_sure(talloc_realloc_size(mem, s->slots,
		    n * sizeof *s->slots));
		memset(s->slots + s->slots_n, 0,
		    (n - s->slots_n) * sizeof *s->slots);
		s->slots_n = n;
	}
	slot = &s->slots[q->number];
	if (slot->q != q) {
		sqlite3_finalize(slot->st);
		talloc_free(slot->at);
		*slot = (struct slot){.at = mem_array(s->slots, int,
		    q->params_n)};
		rc = slot_prepare(slot, s->handle, sink);
		if (rc != SQLITE_OK)
			return db_fail(sink->db, err_of(rc), q->name,
			    sqlite3_errmsg(s->handle));
		if (!slot->gives_id && sqlite3_column_count(slot->st) !=
				(int)q->columns_n)
			return query_misfit(sink, q->columns_n);
		slot->q = q;
	}
	*out = slot;
	return OK;
}

/* Running a query. */

static void
bind(const struct slot *slot, const struct query_value *v)
{
	for (unsigned i = 0; i < slot->q->params_n; i++) {
		int at = slot->at[i];

		if (v[i].null)
			sqlite3_bind_null(slot->st, at);
		else if (slot->q->params[i].type == QUERY_TEXT)
			sqlite3_bind_text64(slot->st, at, v[i].s.p, v[i].s.n,
			    SQLITE_STATIC, SQLITE_UTF8);
		else if (slot->q->params[i].type == QUERY_BLOB)
			sqlite3_bind_blob64(slot->st, at, v[i].s.p, v[i].s.n,
			    SQLITE_STATIC);
		else
			sqlite3_bind_int64(slot->st, at, v[i].i);
	}
}

static bool
read_column(sqlite3_stmt *st, struct query_sink *sink, char *row, unsigned i)
{
	int c = (int)i;
	const void *p;

	switch (sqlite3_column_type(st, c)) {
	case SQLITE_NULL:
		return query_put_null(sink, row, i);
	case SQLITE_INTEGER:
		return query_put_i64(sink, row, i, sqlite3_column_int64(st, c));
	case SQLITE_TEXT:
		p = sqlite3_column_text(st, c);
		return query_put_bytes(sink, row, i, QUERY_TEXT, p,
		    (size_t)sqlite3_column_bytes(st, c));
	case SQLITE_BLOB:
		p = sqlite3_column_blob(st, c);
		return query_put_bytes(sink, row, i, QUERY_BLOB, p,
		    (size_t)sqlite3_column_bytes(st, c));
	default:
		return false;
	}
}

static enum err
read_row(sqlite3_stmt *st, struct query_sink *sink)
{
	char *row = query_row_add(sink);

	if (!row)
		return db_fail(sink->db, ERR_STORE, sink->q->name,
		    "more rows than it may give");
	for (unsigned i = 0; i < sink->q->columns_n; i++)
		if (!read_column(st, sink, row, i))
			return query_misfit(sink, i);
	return OK;
}

static enum err
read_id(struct session *s, struct query_sink *sink)
{
	return query_put_i64(sink, query_row_add(sink), 0,
	           sqlite3_last_insert_rowid(s->handle)) ? OK
	                                                 : query_misfit(sink, 0);
}

static enum err
step_all(struct session *s, const struct slot *slot, struct query_sink *sink)
{
	sqlite3_stmt *st = slot->st;
	enum err e = OK;
	int rc = SQLITE_OK;

	while (e == OK && (rc = sqlite3_step(st)) == SQLITE_ROW)
		e = read_row(st, sink);
	if (rc == SQLITE_DONE && sink->q->result == QUERY_ROWS)
		sink->changed = sqlite3_changes64(s->handle);
	if (rc == SQLITE_DONE && slot->gives_id)
		e = read_id(s, sink);
	if (e == OK && rc != SQLITE_DONE)
		e = db_fail(sink->db, err_of(rc), sink->q->name,
		    sqlite3_errmsg(s->handle));
	sqlite3_reset(st);
	sqlite3_clear_bindings(st);
	return e;
}

/* The session to run on: the writer within a transaction, else the thread's own
 * reader. */
static enum err
choose_session(struct db *db, struct session **out, void **mem)
{
	struct reader *r = db->state;
	struct file *f = sqlite_file(db);
	int rc;

	*out = db->in_tx ? &f->writer : &r->session;
	*mem = db->in_tx ? (void *)f : (void *)r;
	if (db->in_tx && sqlite_undone(f))
		return db_fail(db, ERR_STORE, "transaction",
		    "the engine undid it");
	if (r->session.handle || db->in_tx)
		return OK;
	rc = session_open(&r->session, f, false);
	if (rc == SQLITE_OK)
		return OK;
	db_fail(db, err_of(rc), "open", sqlite3_errmsg(r->session.handle));
	session_close(&r->session);
	return err_of(rc);
}

static enum err
sqlite_run(struct db *db, const struct query *q, const struct query_value *v,
    struct query_sink *sink)
{
	struct session *s;
	struct slot *slot;
	void *mem;
	enum err e;

	if ((e = choose_session(db, &s, &mem)) != OK ||
	    (e = session_statement(s, mem, sink, &slot)) != OK)
		return e;
	bind(slot, v);
	return step_all(s, slot, sink);
}

/* Whether a column that comes straight from a table is declared as there. */
static bool
column_fits(enum query_type t, const char *declared)
{
	if (!declared)
		return true; /* an expression: its values are looked at */
	return strcmp(declared, t == QUERY_TEXT ? "TEXT"
	                      : t == QUERY_BLOB ? "BLOB"
	                                        : "INTEGER") == 0;
}

static enum err
sqlite_check(struct db *db, const struct query *q)
{
	struct query_sink sink = {.db = db, .q = q};
	struct session *s;
	struct slot *slot;
	void *mem;
	enum err e;

	if ((e = choose_session(db, &s, &mem)) != OK ||
	    (e = session_statement(s, mem, &sink, &slot)) != OK)
		return e;
	if (sqlite3_bind_parameter_count(slot->st) != (int)q->params_n)
		return db_fail(db, ERR_STORE, q->name, "parameters");
	for (unsigned i = 0; i < q->params_n; i++)
		if (slot->at[i] == 0)
			return db_fail(db, ERR_STORE, q->name, "parameters");
	for (unsigned i = 0; i < q->columns_n; i++)
		if (!column_fits(q->columns[i].type,
		        sqlite3_column_decltype(slot->st, (int)i)))
			return query_misfit(&sink, i);
	return OK;
}

static enum err
sqlite_script(struct db *db, const char *sql)
{
	struct session *s;
	void *mem;
	enum err e;
	int rc;

	if ((e = choose_session(db, &s, &mem)) != OK)
		return e;
	rc = sqlite3_exec(s->handle, sql, NULL, NULL, NULL);
	return rc == SQLITE_OK ? OK
	                       : db_fail(db, err_of(rc), "script",
	                             sqlite3_errmsg(s->handle));
}

/* For sqlite_group.c. */

enum err
sqlite_control(struct file *f, enum control what)
{
	int rc = sqlite3_step(f->control[what]);

	sqlite3_reset(f->control[what]);
	return err_of(rc);
}

bool
sqlite_undone(const struct file *f)
{
	return sqlite3_get_autocommit(f->writer.handle);
}

int64_t
sqlite_changes(const struct file *f)
{
	return sqlite3_total_changes64(f->writer.handle);
}

bool
sqlite_owes_parents(const struct file *f)
{
	int owed = 0, most;

	sqlite3_db_status(f->writer.handle, SQLITE_DBSTATUS_DEFERRED_FKS, &owed,
	    &most, 0);
	return owed != 0;
}

const char *
sqlite_words(const struct file *f)
{
	return sqlite3_errmsg(f->writer.handle);
}

/* Opening and closing. */

static void
configure(void)
{
	sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
	sqlite_log_init();
}

/* Makes the folder that the file lies in (one level), if it is missing. */
static void
folder_create(const char *path)
{
	const char *slash = strrchr(path, '/');
	char folder[PATH_MAX];

	if (!slash || slash == path || slash - path >= PATH_MAX)
		return;
	memcpy(folder, path, (size_t)(slash - path));
	folder[slash - path] = '\0';
	(void)mkdir(folder, 0700); /* open() says what is wrong with it */
}

/* Makes the file if it is missing, for its owner alone. */
static enum err
file_create(struct file *f, char *why)
{
	bool create = f->options->may_create;
	int fd;

	if (create)
		folder_create(f->path);
	fd = open(f->path, O_RDWR | O_CLOEXEC | (create ? O_CREAT : 0), 0600);

	if (fd < 0) {
		snprintf(why, WHY_BYTES, "%s: %s", f->path, strerror(errno));
		return ERR_STORE;
	}
	f->map = sqlite_map_new(f, fd);
	close(fd);
	return OK;
}

static int
prepare_control(struct file *f)
{
	int rc = SQLITE_OK;

	for (int i = 0; i < CONTROL__MAX && rc == SQLITE_OK; i++)
		rc = sqlite3_prepare_v3(f->writer.handle, control_sql[i], -1,
		    SQLITE_PREPARE_PERSISTENT, &f->control[i], NULL);
	return rc;
}

static void
sqlite_close(struct store *s)
{
	struct file *f = s->state;

	sqlite_clerk_free(f->clerk);
	for (int i = 0; i < CONTROL__MAX; i++)
		sqlite3_finalize(f->control[i]);
	session_close(&f->writer);
	turn_free(f->turn);
	talloc_free(f);
}

static enum err
sqlite_open(struct store *s, const char *url, char *why)
{
	static pthread_once_t once = PTHREAD_ONCE_INIT;
	const char *path = url + strlen(engine_sqlite.schemes[0]);
	struct file *f;
	int rc;

	if (!*path || *path == ':') {
		snprintf(why, WHY_BYTES, "the database needs a file name");
		return ERR_STORE;
	}
	pthread_once(&once, configure);
	f = mem_new(NULL, struct file);
	f->path = mem_sure(talloc_strdup(f, path));
	f->options = &s->options;
	f->turn = sqlite_turn_new(f);
	f->clerk = sqlite_clerk_new(s);
	s->state = f;
	if (file_create(f, why) != OK) {
		sqlite_close(s);
		return ERR_STORE;
	}
	rc = session_open(&f->writer, f, true);
	if (rc == SQLITE_OK)
		rc = prepare_control(f);
	if (rc == SQLITE_OK)
		return OK;
	snprintf(why, WHY_BYTES, "%s: %s", f->path,
	    sqlite3_errmsg(f->writer.handle));
	sqlite_close(s);
	return ERR_STORE;
}

static void
sqlite_connect(struct db *db)
{
	db->state = mem_new(NULL, struct reader);
}

static void
sqlite_disconnect(struct db *db)
{
	struct reader *r = db->state;

	session_close(&r->session);
	talloc_free(r);
}

/* Migration. */

/* BEGIN IMMEDIATE lets only one process migrate at a time. */
static enum err
sqlite_migrate_lock(struct db *db)
{
	return OK;
}

/* Makes an empty file "PATH.before-NNNN-TIME-N" for the owner alone. */
static int
copy_create(struct db *db, int64_t number, char *path, size_t n)
{
	time_t now = time(NULL);
	struct tm tm;
	char when[32];
	int fd = -1;

	strftime(when, sizeof when, "%Y%m%dT%H%M%SZ", gmtime_r(&now, &tm));
	/* two processes may come to this within a second */
	for (int i = 0; fd < 0 && i < COPIES_A_SECOND; i++) {
		snprintf(path, n, "%s.before-%04" PRId64 "-%s-%d",
		    sqlite_file(db)->path, number, when, i);
		fd = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
		if (fd < 0 && errno != EEXIST)
			break;
	}
	return fd;
}

static int
vacuum_into(struct session *s, const char *path)
{
	sqlite3_stmt *st = NULL;
	int rc = sqlite3_prepare_v2(s->handle, "VACUUM INTO $1", -1, &st, NULL);

	if (rc == SQLITE_OK)
		rc = sqlite3_bind_text(st, 1, path, -1, SQLITE_STATIC);
	if (rc == SQLITE_OK)
		rc = sqlite3_step(st);
	sqlite3_finalize(st);
	return rc;
}

static enum err
sqlite_migrate_copy(struct db *db, int64_t number)
{
	struct session s = {0};
	char path[PATH_BYTES];
	int fd = copy_create(db, number, path, sizeof path), rc;
	enum err e;

	if (fd < 0)
		return db_fail(db, ERR_STORE, path, strerror(errno));
	rc = session_open(&s, sqlite_file(db), true);
	if (rc == SQLITE_OK)
		rc = vacuum_into(&s, path);
	e = err_of(rc);
	if (e != OK)
		db_fail(db, e, path, sqlite3_errmsg(s.handle));
	else if (fsync(fd) != 0)
		e = db_fail(db, ERR_STORE, path, strerror(errno));
	session_close(&s);
	close(fd);
	if (e != OK)
		unlink(path);
	return e;
}

const struct engine engine_sqlite = {
    .name = "sqlite",
    .schemes = (const char *const[]){"sqlite:", NULL},
    .open = sqlite_open,
    .close = sqlite_close,
    .connect = sqlite_connect,
    .disconnect = sqlite_disconnect,
    .begin = sqlite_begin,
    .commit = sqlite_commit,
    .rollback = sqlite_rollback,
    .later = sqlite_later,
    .run = sqlite_run,
    .check = sqlite_check,
    .script = sqlite_script,
    .migrate_lock = sqlite_migrate_lock,
    .migrate_copy = sqlite_migrate_copy,
};
