/*
 * Units of work that nobody waits for: db_later on both engines, and SQLite's
 * clerk (src/store/sqlite_clerk.c) when the engine undoes what it did.
 */
#include <semaphore.h>
#include <unistd.h>

#include "check.h"
#include "scratch.h"
#include "store/engine.h"
#include "storetest.h"

enum { UNITS = 300, WAITING_MOST = 4096 };

/* A note and a reply, or one that breaks a rule, or one that is given up. */
struct job {
	struct db_unit unit;
	const char *body;
	size_t bytes;        /* of a large one instead */
	bool refused, give_up;
	unsigned told;
	enum err came;       /* of it */
	sem_t *done;
};

static enum err
job_work(struct db_tx *tx, void *arg)
{
	struct job *j = arg;
	void *mem = talloc_new(NULL);
	struct str body = str_printf(mem, "%s %p", j->body, arg);
	int64_t id;
	enum err e;

	if (j->refused)
		body = STR("refused"); /* by a rule of the schema */
	if (j->bytes) {
		body = (struct str){talloc_zero_size(mem, j->bytes), j->bytes};
		memset((char *)(uintptr_t)body.p, 'x', j->bytes);
	}
	e = q_note_add(tx, mem, opt(1), body, (struct str){0}, false,
	    (struct str){0}, &id);
	if (e == OK)
		e = q_note_reply(tx, id, STR("first"));
	talloc_free(mem);
	return e == OK && j->give_up ? ERR_EVIDENCE : e;
}

static void
job_done(void *arg, enum err e)
{
	struct job *j = arg;

	j->told++;
	j->came = e;
	sem_post(j->done);
}

/* What came of it, without waiting where that is known at once. */
static void
job_begin(struct db *db, struct job *j, sem_t *done)
{
	enum err e;

	j->unit = (struct db_unit){.work = job_work, .done = job_done, .arg = j};
	j->done = done;
	if ((e = db_later(db, &j->unit)) != OK)
		job_done(j, e);
}

static int64_t
notes(struct scratch *s)
{
	int64_t n, replies;

	assert_int_equal(q_note_count(s->db, s->mem, &n), OK);
	assert_int_equal(q_note_replies(s->db, s->mem, &replies), OK);
	assert_int_equal(replies, n);
	return n;
}

/* Each by itself: what is refused takes nothing of its neighbours with it. */
static void
each_is_told_once(void **state)
{
	static struct job job[UNITS];
	struct scratch *s = *state;
	int64_t kept = 0;
	sem_t done;

	memset(job, 0, sizeof job);
	sem_init(&done, 0, 0);
	for (unsigned i = 0; i < UNITS; i++) {
		job[i].body = "taken";
		job[i].refused = i % 7 == 3;
		job[i].give_up = i % 5 == 4;
		job_begin(s->db, &job[i], &done);
	}
	for (unsigned i = 0; i < UNITS; i++)
		sem_wait(&done);
	for (unsigned i = 0; i < UNITS; i++) {
		enum err e = i % 7 == 3 ? ERR_CONFLICT
		    : job[i].give_up    ? ERR_EVIDENCE
		                        : OK;

		assert_int_equal(job[i].told, 1);
		assert_int_equal(job[i].came, e);
		kept += e == OK;
	}
	assert_int_equal(notes(s), kept);
	sem_destroy(&done);
}

/* While somebody else has the turn they gather, up to a bound, and are refused
 * beyond it; what was taken is done when the store is closed at the latest. */
static void
too_many_are_refused(void **state)
{
	static struct job job[WAITING_MOST + 200];
	struct scratch *s = *state;
	unsigned refused = 0, taken = 0;
	DB_TX tx = {0};
	sem_t done;

	memset(job, 0, sizeof job);
	sem_init(&done, 0, 0);
	assert_int_equal(db_begin(s->db, &tx), OK);
	for (unsigned i = 0; i < WAITING_MOST + 200; i++) {
		job[i].body = "taken";
		job_begin(s->db, &job[i], &done);
	}
	for (unsigned i = 0; i < WAITING_MOST + 200; i++)
		refused += job[i].told && job[i].came == ERR_BUSY;
	/* the clerk may hold a first batch in hand */
	assert_true(refused >= 100 && refused <= 200);
	assert_int_equal(db_commit(&tx), OK);
	for (unsigned i = 0; i < WAITING_MOST + 200; i++)
		sem_wait(&done);
	for (unsigned i = 0; i < WAITING_MOST + 200; i++)
		taken += job[i].came == OK;
	assert_int_equal(taken, WAITING_MOST + 200 - refused);
	assert_int_equal(notes(s), taken);
	sem_destroy(&done);
}

/* The database may grow no more, so SQLite undoes the whole transaction: those
 * who were in it are told, those behind begin anew. */
static void
an_undone_batch_is_told(void **state)
{
	struct job job[4] = {{.body = "before"}, {.bytes = 1 << 20},
	    {.body = "behind"}, {.body = "last"}};
	struct scratch *s = *state;
	DB_TX tx = {0};
	sem_t done;

	sem_init(&done, 0, 0);
	assert_int_equal(db_begin(s->db, &tx), OK);
	assert_int_equal(s->store->engine->script(s->db,
	    "PRAGMA max_page_count = 20"), OK);
	/* the first alone may be in the clerk's hand already */
	for (unsigned i = 0; i < 4; i++)
		job_begin(s->db, &job[i], &done);
	assert_int_equal(db_commit(&tx), OK);
	for (unsigned i = 0; i < 4; i++)
		sem_wait(&done);
	assert_true(job[0].came == OK || job[0].came == ERR_STORE);
	assert_int_equal(job[1].came, ERR_STORE);
	assert_int_equal(job[2].came, OK);
	assert_int_equal(job[3].came, OK);
	assert_int_equal(notes(s), 2 + (job[0].came == OK));
	sem_destroy(&done);
}

/* Another process writes: nobody gets the turn in time. */
static void
a_locked_file_is_told(void **state)
{
	struct scratch *s = *state;
	const struct store_options hasty = {.busy_ms = 50};
	struct job job[2] = {{.body = "one"}, {.body = "two"}};
	struct store *other;
	struct str why;
	struct db *db;
	DB_TX tx = {0};
	sem_t done;

	sem_init(&done, 0, 0);
	assert_int_equal(store_open(s->url, &hasty, &other, &why, s->mem), OK);
	db = store_connect(other);
	assert_int_equal(db_begin(s->db, &tx), OK);
	for (unsigned i = 0; i < 2; i++)
		job_begin(db, &job[i], &done);
	for (unsigned i = 0; i < 2; i++)
		sem_wait(&done);
	for (unsigned i = 0; i < 2; i++)
		assert_int_equal(job[i].came, ERR_BUSY);
	db_rollback(&tx);
	store_disconnect(db);
	store_close(other);
	assert_int_equal(notes(s), 0);
	sem_destroy(&done);
}

/* Closing the store waits for what was taken. */
static void
closing_finishes_what_waits(void **state)
{
	struct scratch *s = *state;
	const struct store_options options = {.busy_ms = 5000};
	static struct job job[UNITS];
	struct store *other;
	struct str why;
	struct db *db;
	sem_t done;

	memset(job, 0, sizeof job);
	sem_init(&done, 0, 0);
	assert_int_equal(store_open(s->url, &options, &other, &why, s->mem),
	    OK);
	db = store_connect(other);
	for (unsigned i = 0; i < UNITS; i++) {
		job[i].body = "taken";
		job_begin(db, &job[i], &done);
	}
	store_disconnect(db);
	store_close(other);
	for (unsigned i = 0; i < UNITS; i++)
		assert_int_equal(job[i].came, OK);
	assert_int_equal(notes(s), UNITS);
	sem_destroy(&done);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    ON_BOTH(each_is_told_once),
	    ON_SQLITE(too_many_are_refused),
	    ON_SQLITE(an_undone_batch_is_told),
	    ON_SQLITE(a_locked_file_is_told),
	    ON_BOTH(closing_finishes_what_waits),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
