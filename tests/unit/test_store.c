/*
 * The store on both engines: values there and back, the promises about rows,
 * errors and transactions, and what opening refuses.
 */
#include <pthread.h>
#include <stdatomic.h>
#include <unistd.h>

#include "check.h"
#include "notes.h"
#include "store/engine.h"
#include "store/recall.h"

static const struct str NONE = {0};

static enum err
add(struct db *db, void *mem, const char *body, int64_t *id)
{
	DB_TX tx = {0};
	enum err e;

	if ((e = db_begin(db, &tx)) != OK ||
	    (e = q_note_add(&tx, mem, opt(1), str_of(body), NONE, false, NONE,
	        id)) != OK)
		return e;
	return db_commit(&tx);
}

static void
values_come_back(void **state)
{
	static char long_text[200001];
	struct scratch *s = *state;
	const struct q_note_row rows[] = {
	    {0, opt(INT64_MAX), STR("Grüße, ß und 𝄞"), STR("t"), true,
		{"a\0b\xff", 4}},
	    {0, opt(INT64_MIN), STR(""), STR(""), false, STR("")},
	    {0, opt(-1), {long_text, sizeof long_text - 1}, NONE, true, NONE},
	    {0, {0}, STR("'; DROP TABLE note; --"), NONE, false, NONE},
	    {0, opt(-32769), STR("$1\n\t\\"), NONE, false, NONE},
	};
	struct q_note_row_rows all;

	memset(long_text, 'x', sizeof long_text - 1);
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		const struct q_note_row *r = &rows[i];
		struct q_note_row got;
		DB_TX tx = {0};
		int64_t id = 0;

		assert_int_equal(db_begin(s->db, &tx), OK);
		assert_int_equal(q_note_add(&tx, s->mem, r->amount, r->body,
		    r->title, r->done, r->bytes, &id), OK);
		assert_int_equal(db_commit(&tx), OK);
		assert_int_equal(q_note(s->db, s->mem, id, &got), OK);
		assert_int_equal(got.id, id);
		assert_int_equal(got.amount.has, r->amount.has);
		assert_int_equal(got.amount.v, r->amount.v);
		assert_true(str_eq(got.body, r->body));
		assert_int_equal(got.body.p[got.body.n], '\0');
		assert_true(str_eq(got.title, r->title));
		assert_int_equal(!got.title.p, !r->title.p);
		assert_int_equal(got.done, r->done);
		assert_true(str_eq(got.bytes, r->bytes));
		assert_int_equal(!got.bytes.p, !r->bytes.p);
	}
	assert_int_equal(q_note_list(s->db, s->mem, &all), OK);
	assert_int_equal(all.n, sizeof rows / sizeof *rows);
	for (size_t i = 0; i < all.n; i++)
		assert_true(str_eq(all.v[i].body, rows[i].body));
}

static void
row_counts_are_kept(void **state)
{
	struct scratch *s = *state;
	struct q_note_titles_rows titles;
	struct q_note_many_rows many;
	struct q_note_row row = {.id = 77};
	int64_t n = 77;

	assert_int_equal(q_note_titles(s->db, s->mem, &titles), OK);
	assert_int_equal(titles.n, 0);
	assert_int_equal(q_note(s->db, s->mem, 1, &row), ERR_NOT_FOUND);
	assert_int_equal(row.id, 77);
	assert_int_equal(q_note_by_body(s->db, s->mem, STR("x"), &n),
	    ERR_NOT_FOUND);
	assert_int_equal(n, 77);
	assert_int_equal(q_note_many(s->db, s->mem, QUERY_ROWS_MAX, &many), OK);
	assert_int_equal(many.n, QUERY_ROWS_MAX);
	assert_int_equal(many.v[QUERY_ROWS_MAX - 1].n, QUERY_ROWS_MAX);
	assert_int_equal(q_note_many(s->db, s->mem, QUERY_ROWS_MAX + 1, &many),
	    ERR_STORE);
	/* the connection is good for more */
	assert_int_equal(q_note_many(s->db, s->mem, 3, &many), OK);
	assert_int_equal(many.n, 3);
}

static void
two_rows_are_not_one(void **state)
{
	struct scratch *s = *state;
	int64_t id = 0;

	scratch_script(s, strcmp(s->engine, "sqlite") == 0
	    ? "DROP TABLE reply; DROP TABLE note; CREATE TABLE note"
	      " (id INTEGER, body TEXT) STRICT"
	    : "DROP TABLE reply; DROP TABLE note; CREATE TABLE note"
	      " (id BIGINT, body TEXT)");
	scratch_script(s, "INSERT INTO note VALUES (1, 'a'), (2, 'a')");
	assert_int_equal(q_note_by_body(s->db, s->mem, STR("a"), &id),
	    ERR_STORE);
	assert_int_equal(id, 0);
}

static void
changed_rows_are_counted(void **state)
{
	struct scratch *s = *state;
	DB_TX tx = {0};
	int64_t id, n = -1;

	assert_int_equal(add(s->db, s->mem, "old", &id), OK);
	assert_int_equal(db_begin(s->db, &tx), OK);
	assert_int_equal(q_note_rename(&tx, STR("none"), STR("new"), &n), OK);
	assert_int_equal(n, 0);
	assert_int_equal(q_note_rename(&tx, STR("old"), STR("new"), &n), OK);
	assert_int_equal(n, 1);
	assert_int_equal(db_commit(&tx), OK);
	assert_int_equal(q_note_by_body(s->db, s->mem, STR("new"), &n), OK);
	assert_int_equal(n, id);
}

/* What was declared otherwise than the database has it. */
static void
misfits_are_refused(void **state)
{
	struct scratch *s = *state;
	struct q_note_fewer fewer;
	struct str text = STR("kept");
	int64_t id, n = 77;

	assert_int_equal(add(s->db, s->mem, "a", &id), OK);
	assert_int_equal(q_note_misfit(s->db, s->mem, id, &n), ERR_STORE);
	assert_int_equal(n, 77);
	assert_int_equal(q_note_missing(s->db, s->mem, id, &text), ERR_STORE);
	check_str(text, "kept");
	for (int again = 0; again < 2; again++)
		assert_int_equal(q_note_fewer(s->db, s->mem, &fewer),
		    ERR_STORE);
	assert_int_equal(q_note_no_table(s->db, s->mem, &n), ERR_STORE);
	assert_non_null(strstr(db_why(s->db), "no_such_table"));
	assert_int_equal(q_note_by_body(s->db, s->mem, NONE, &n), ERR_STORE);
	assert_int_equal(note_count(s), 1);
}

/* Each is refused, ends its transaction, and leaves nothing behind. */
static void
conflicts_end_a_transaction(void **state)
{
	static const struct {
		const char *what, *body;
		int64_t id;
	} rows[] = {
	    {"unique", "taken", 50},
	    {"primary key", "another", 1},
	    {"check", "refused", 51},
	};
	struct scratch *s = *state;
	int64_t n;

	assert_int_equal(add(s->db, s->mem, "taken", &n), OK);
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		DB_TX tx = {0};

		assert_int_equal(db_begin(s->db, &tx), OK);
		assert_int_equal(q_note_add(&tx, s->mem, opt(1), STR("good"),
		    NONE, false, NONE, &n), OK);
		check_row(q_note_add_as(&tx, rows[i].id,
		              str_of(rows[i].body)) == ERR_CONFLICT,
		    rows[i].what);
		check_row(q_note_count(tx.db, s->mem, &n) == ERR_CONFLICT,
		    rows[i].what);
		check_row(q_note_delete(&tx, 1) == ERR_CONFLICT, rows[i].what);
		check_row(db_commit(&tx) == ERR_CONFLICT, rows[i].what);
		check_row(db_commit(&tx) == ERR_STORE, rows[i].what);
		check_row(note_count(s) == 1, rows[i].what);
	}
}

static void
orphans_conflict_at_commit(void **state)
{
	struct scratch *s = *state;
	int64_t id, n;

	assert_int_equal(add(s->db, s->mem, "parent", &id), OK);
	{
		DB_TX tx = {0};

		assert_int_equal(db_begin(s->db, &tx), OK);
		assert_int_equal(q_note_reply(&tx, id + 1, STR("x")), OK);
		assert_int_equal(db_commit(&tx), ERR_CONFLICT);
	}
	assert_int_equal(q_note_replies(s->db, s->mem, &n), OK);
	assert_int_equal(n, 0);
	assert_int_equal(add(s->db, s->mem, "next", &id), OK);
}

static void
leaving_the_scope_undoes(void **state)
{
	struct scratch *s = *state;
	int64_t id;

	{
		DB_TX tx = {0};

		assert_int_equal(db_begin(s->db, &tx), OK);
		assert_int_equal(q_note_add(&tx, s->mem, opt(1), STR("gone"),
		    NONE, false, NONE, &id), OK);
		assert_int_equal(note_count(s), 1); /* it sees its own work */
	}
	assert_int_equal(note_count(s), 0);
}

static void
misuse_is_refused(void **state)
{
	struct scratch *s = *state;
	struct db_tx outside = {.db = s->db};
	struct db_tx inner = {0}, never = {0};
	int64_t id;

	{
		DB_TX tx = {0};

		assert_int_equal(db_begin(s->db, &tx), OK);
		assert_int_equal(db_begin(s->db, &inner), ERR_STORE);
		assert_int_equal(q_note_add(&tx, s->mem, opt(1), STR("a"), NONE,
		    false, NONE, &id), OK);
		assert_int_equal(db_commit(&tx), OK);
		assert_int_equal(db_commit(&tx), ERR_STORE);
	}
	assert_int_equal(db_commit(&never), ERR_STORE);
	assert_int_equal(q_note_delete(&outside, id), ERR_STORE);
	db_rollback(&outside);
	assert_int_equal(note_count(s), 1);
}

static void
others_see_it_after_commit(void **state)
{
	struct scratch *s = *state;
	struct db *other = store_connect(s->store);
	int64_t id, n;
	DB_TX tx = {0};

	assert_int_equal(q_note_count(other, s->mem, &n), OK);
	assert_int_equal(db_begin(s->db, &tx), OK);
	assert_int_equal(q_note_add(&tx, s->mem, opt(1), STR("a"), NONE, false,
	    NONE, &id), OK);
	assert_int_equal(q_note_count(other, s->mem, &n), OK);
	assert_int_equal(n, 0);
	assert_int_equal(db_commit(&tx), OK);
	assert_int_equal(q_note_count(other, s->mem, &n), OK);
	assert_int_equal(n, 1);
	assert_int_equal(note_count(s), 1);
	store_disconnect(other);
}

static void
disconnecting_undoes(void **state)
{
	struct scratch *s = *state;
	struct db *other = store_connect(s->store);
	struct db_tx tx = {0};
	int64_t id;

	assert_int_equal(db_begin(other, &tx), OK);
	assert_int_equal(q_note_add(&tx, s->mem, opt(1), STR("a"), NONE, false,
	    NONE, &id), OK);
	store_disconnect(other);
	assert_int_equal(note_count(s), 0);
	assert_int_equal(add(s->db, s->mem, "b", &id), OK);
}

static void
engines_have_their_twins(void **state)
{
	struct scratch *s = *state;
	struct str name;

	assert_string_equal(store_engine(s->store), s->engine);
	assert_int_equal(q_engine_name(s->db, s->mem, &name), OK);
	check_str(name, strcmp(s->engine, "sqlite") == 0
	    ? "sqlite text" : "dienstweg on postgresql");
}

/* SQLite: another process holds the write lock. */
static void
busy_when_another_process_writes(void **state)
{
	struct scratch *s = *state;
	const struct store_options options = {.busy_ms = 50};
	struct store *store;
	struct db *db;
	struct str why;
	int64_t id;
	struct db_tx tx = {0};

	assert_int_equal(store_open(s->url, &options, &store, &why, s->mem),
	    OK);
	db = store_connect(store);
	assert_int_equal(db_begin(s->db, &tx), OK);
	assert_int_equal(add(db, s->mem, "b", &id), ERR_BUSY);
	assert_int_equal(db_commit(&tx), OK);
	assert_int_equal(add(db, s->mem, "b", &id), OK);
	store_disconnect(db);
	store_close(store);
}

/* The second of two that do not go together is undone. */
static void
get_undone(struct scratch *s, struct db *db)
{
	struct db_tx a = {0}, b = {0};
	enum err e;
	int64_t n;

	assert_int_equal(db_begin(s->db, &a), OK);
	assert_int_equal(db_begin(db, &b), OK);
	assert_int_equal(q_note_count(a.db, s->mem, &n), OK);
	assert_int_equal(q_note_count(b.db, s->mem, &n), OK);
	assert_int_equal(q_note_add(&a, s->mem, opt(n), STR("a"), NONE, false,
	    NONE, &n), OK);
	assert_int_equal(db_commit(&a), OK);
	e = q_note_add(&b, s->mem, opt(n), STR("b"), NONE, false, NONE, &n);
	if (e == OK)
		e = db_commit(&b);
	db_rollback(&b);
	assert_int_equal(e, ERR_BUSY);
}

/* PostgreSQL: two transactions, each of which overlooks the other's row. */
static void
busy_when_not_serialisable(void **state)
{
	struct scratch *s = *state;
	struct db *other = store_connect(s->store);

	get_undone(s, other);
	assert_true(err_retryable(ERR_BUSY));
	assert_int_equal(note_count(s), 1);
	store_disconnect(other);
}

static atomic_bool begun;

static void *
begin_and_end(void *arg)
{
	struct db *db = arg;
	DB_TX tx = {0};

	if (db_begin(db, &tx) == OK)
		atomic_store(&begun, true);
	return NULL;
}

/* PostgreSQL: what was undone goes alone the next time, and only then. */
static void
the_undone_go_alone(void **state)
{
	struct scratch *s = *state;
	struct db *undone = store_connect(s->store);
	struct db *third = store_connect(s->store);
	pthread_t thread;
	struct db_tx tx = {0};

	get_undone(s, undone);
	atomic_store(&begun, false);
	assert_int_equal(db_begin(undone, &tx), OK);
	pthread_create(&thread, NULL, begin_and_end, third);
	usleep(50000);
	assert_false(atomic_load(&begun));
	assert_int_equal(db_commit(&tx), OK);
	pthread_join(thread, NULL);
	assert_true(atomic_load(&begun));

	assert_int_equal(db_begin(undone, &tx), OK);
	pthread_create(&thread, NULL, begin_and_end, third);
	pthread_join(thread, NULL); /* nobody waits for it any more */
	db_rollback(&tx);
	store_disconnect(third);
	store_disconnect(undone);
}

/* PostgreSQL: somebody who does not come to an end keeps nobody for ever. */
static void
being_alone_has_its_limit(void **state)
{
	struct scratch *s = *state;
	struct db *undone = store_connect(s->store);
	struct db_tx slow = {0}, tx = {0};

	get_undone(s, undone);
	assert_int_equal(db_begin(s->db, &slow), OK);
	assert_int_equal(db_begin(undone, &tx), OK);
	assert_int_equal(db_commit(&tx), OK);
	assert_int_equal(db_commit(&slow), OK);
	store_disconnect(undone);
}

static void
cut(struct scratch *s, struct db *db)
{
	char sql[64];
	int64_t id;

	assert_int_equal(q_engine_session(db, s->mem, &id), OK);
	snprintf(sql, sizeof sql, "SELECT pg_terminate_backend(%d, 5000)",
	    (int)id);
	scratch_script(s, sql);
}

static void
lost_connections_come_back(void **state)
{
	struct scratch *s = *state;
	struct db *db = store_connect(s->store);
	int64_t n;

	cut(s, db);
	assert_int_equal(q_note_count(db, s->mem, &n), ERR_STORE);
	assert_int_equal(q_note_count(db, s->mem, &n), OK);
	cut(s, db);
	assert_int_equal(add(db, s->mem, "a", &n), ERR_STORE);
	assert_int_equal(add(db, s->mem, "a", &n), OK);
	{
		DB_TX tx = {0};

		assert_int_equal(db_begin(db, &tx), OK);
		cut(s, db);
		assert_int_equal(q_note_add(&tx, s->mem, opt(1), STR("b"), NONE,
		    false, NONE, &n), ERR_STORE);
		assert_int_equal(q_note_count(tx.db, s->mem, &n), ERR_STORE);
		assert_int_equal(db_commit(&tx), ERR_STORE);
	}
	assert_int_equal(add(db, s->mem, "c", &n), OK);
	assert_int_equal(note_count(s), 2);
	store_disconnect(db);
}

static void
opening_says_why_not(void **state)
{
	static const struct {
		const char *url, *word;
	} rows[] = {
	    {"mysql://x", "sqlite:"},
	    {"", "sqlite:"},
	    {"sqlite:", "file name"},
	    {"sqlite::memory:", "file name"},
	    {"sqlite:/nowhere/x.db", "No such file"},
	    {"sqlite:/tmp", "/tmp"},
	    {"sqlite:/proc/self/exe", "/proc/self/exe"},
	    {"postgresql://u:geheim@/x?host=/nowhere", "/nowhere"},
	    {"postgres://u:geheim@/x?host=/nowhere", "/nowhere"},
	    {"postgresql://u:geheim@/x?host=/nowhere&nonsense=1", "nonsense"},
	};
	void *mem = talloc_new(NULL);

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		const struct store_options options = {0};
		struct store *store = NULL;
		struct str why = {0};

		check_row(store_open(rows[i].url, &options, &store, &why,
		              mem) == ERR_STORE, rows[i].url);
		check_row(store == NULL, rows[i].url);
		check_row(why.p && strstr(why.p, rows[i].word), rows[i].url);
		check_row(!strstr(why.p, "geheim"), rows[i].url);
	}
	talloc_free(mem);
}

static void
a_missing_file_is_made_only_if_wanted(void **state)
{
	struct store_options options = {0};
	void *mem = talloc_new(NULL);
	char folder[] = "/tmp/scratch-XXXXXX", url[128], path[64];
	struct store *store;
	struct str why;

	assert_non_null(mkdtemp(folder));
	snprintf(path, sizeof path, "%s/a.db", folder);
	snprintf(url, sizeof url, "sqlite:%s", path);
	assert_int_equal(store_open(url, &options, &store, &why, mem),
	    ERR_STORE);
	assert_int_equal(access(path, F_OK), -1);
	options.may_create = true;
	assert_int_equal(store_open(url, &options, &store, &why, mem), OK);
	store_close(store);
	assert_int_equal(unlink(path), 0);
	assert_int_equal(rmdir(folder), 0);
	talloc_free(mem);
}

static void
bodies_are(struct scratch *s, struct db *db, int64_t state, const char *bodies)
{
	struct q_note_row_rows rows;
	char all[64] = "";
	int n = 0;

	db_recall(db, state);
	assert_int_equal(q_note_list(db, s->mem, &rows), OK);
	for (size_t i = 0; i < rows.n; i++)
		n += snprintf(all + n, sizeof all - (size_t)n, "%s%s",
		    rows.v[i].body.p, rows.v[i].title.p ? rows.v[i].title.p
							: "-");
	assert_string_equal(all, bodies);
}

/* The same under the same number, for everybody, whatever was written since; not
 * within a transaction. */
static void
reads_are_recalled(void **state)
{
	struct scratch *s = *state;
	struct db *other = store_connect(s->store);
	DB_TX tx = {0};

	bodies_are(s, s->db, 1, "");
	scratch_script(s, "INSERT INTO note(body, title, done)"
	    " VALUES ('a', NULL, FALSE), ('b', 'x', TRUE)");
	bodies_are(s, s->db, 1, "");
	bodies_are(s, s->db, 2, "a-bx");
	scratch_script(s, "UPDATE note SET body = 'c' WHERE body = 'b'");
	bodies_are(s, s->db, 2, "a-bx");
	bodies_are(s, other, 2, "a-bx");
	bodies_are(s, other, 3, "a-cx");
	bodies_are(s, s->db, 0, "a-cx");
	assert_int_equal(db_begin(s->db, &tx), OK);
	bodies_are(s, s->db, 2, "a-cx");
	db_rollback(&tx);
	store_disconnect(other);
}

static size_t
body_bytes(struct scratch *s, int64_t state)
{
	struct q_note_row_rows rows;
	void *mem = talloc_new(NULL);
	size_t n;

	db_recall(s->db, state);
	assert_int_equal(q_note_list(s->db, mem, &rows), OK);
	n = rows.v[0].body.n;
	talloc_free(mem);
	return n;
}

/* What is asked for again stays, what is not goes. */
static void
recalled_is_bounded(void **state)
{
	enum { LEAST = 60000, STATES = 300 };
	struct scratch *s = *state;

	scratch_script(s, "INSERT INTO note(id, body, done) VALUES (1, 'old',"
	    " FALSE)");
	assert_int_equal(body_bytes(s, 1), 3);
	assert_int_equal(body_bytes(s, 2), 3);
	scratch_script(s, "UPDATE note SET body = '0123456789'");
	for (int i = 0; i < 4; i++)
		scratch_script(s, "UPDATE note SET body = replace('0123456789',"
		    " '5', body) || replace('0123456789', '5', body) ||"
		    " body || body || body || body || body || body || body");
	assert_in_range(body_bytes(s, 0), LEAST, 256 << 10);
	for (int i = 0; i < STATES; i++) {
		(void)body_bytes(s, 100 + i);
		assert_int_equal(body_bytes(s, 1), 3);
	}
	assert_true(body_bytes(s, 2) > LEAST);
	assert_true(talloc_total_size(s->store->recall) < 17 << 20);
}

/* An answer without rows takes room too. */
static void
nothing_is_recalled_within_bounds(void **state)
{
	enum { ANSWERS = 100000 };
	static const struct query q = {.name = "nothing"};
	struct recall *r = recall_new();
	void *rows = NULL;
	size_t n = 1;

	for (int64_t i = 1; i <= ANSWERS; i++)
		recall_keep(r, i, &q, NULL, NULL, 0);
	assert_true(recall_take(r, ANSWERS, &q, NULL, r, &rows, &n));
	assert_int_equal(n, 0);
	assert_false(recall_take(r, 1, &q, NULL, r, &rows, &n));
	assert_true(talloc_total_size(r) < 17 << 20);
	recall_free(r);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    ON_BOTH(values_come_back),
	    ON_BOTH(row_counts_are_kept),
	    ON_BOTH(reads_are_recalled),
	    ON_BOTH(recalled_is_bounded),
	    cmocka_unit_test(nothing_is_recalled_within_bounds),
	    ON_BOTH(two_rows_are_not_one),
	    ON_BOTH(changed_rows_are_counted),
	    ON_BOTH(misfits_are_refused),
	    ON_BOTH(conflicts_end_a_transaction),
	    ON_BOTH(orphans_conflict_at_commit),
	    ON_BOTH(leaving_the_scope_undoes),
	    ON_BOTH(misuse_is_refused),
	    ON_BOTH(others_see_it_after_commit),
	    ON_BOTH(disconnecting_undoes),
	    ON_BOTH(engines_have_their_twins),
	    ON_SQLITE(busy_when_another_process_writes),
	    ON_POSTGRES(busy_when_not_serialisable),
	    ON_POSTGRES(the_undone_go_alone),
	    ON_POSTGRES(being_alone_has_its_limit),
	    ON_POSTGRES(lost_connections_come_back),
	    cmocka_unit_test(opening_says_why_not),
	    cmocka_unit_test(a_missing_file_is_made_only_if_wanted),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
