/*
 * The turn: with a pretended transaction, to see who commits when and what the
 * members are told; then on the engines under load, on a disk that takes no
 * more, and with a writer that is killed.
 */
#include <pthread.h>
#include <stdatomic.h>
#include <sys/wait.h>
#include <unistd.h>

#include "check.h"
#include "scratch.h"
#include "store/engine.h"
#include "store/turn.h"
#include "storetest.h"

enum { MANY = 100, TICKETS = 200, WRITERS = 8, KILLED_AFTER = 300 };

/* A pretended database, and what was asked of it. */
struct pretence {
	struct turn *turn;
	enum err begins, commits; /* what comes of them */
	unsigned began, committed, abandoned;
	unsigned inside, largest; /* members of the open group */
	_Atomic unsigned working; /* at once; never more than one */
};

static enum err
pretend_begin(void *arg)
{
	struct pretence *p = arg;

	p->began++;
	p->inside = 0;
	return p->begins;
}

static enum err
pretend_commit(void *arg)
{
	struct pretence *p = arg;

	p->committed++;
	if (p->inside > p->largest)
		p->largest = p->inside;
	return p->commits;
}

static void
pretend_abandon(void *arg)
{
	((struct pretence *)arg)->abandoned++;
}

static int
pretend(void **state)
{
	struct pretence *p = calloc(1, sizeof *p);

	p->turn = turn_new(NULL, &(struct turn_ops){p, pretend_begin,
	    pretend_commit, pretend_abandon});
	*state = p;
	return 0;
}

static int
pretend_no_more(void **state)
{
	struct pretence *p = *state;

	turn_free(p->turn);
	free(p);
	return 0;
}

/* A thread that takes the turn once, and joins or leaves. */
struct walker {
	struct pretence *p;
	pthread_t thread;
	bool leaves, spoils;
	unsigned place; /* in which it had the turn */
	enum err result;
};

static _Atomic unsigned places;

static void *
walk(void *arg)
{
	struct walker *w = arg;
	struct turn_member me = {0};

	w->result = turn_take(w->p->turn, &me);
	if (w->result != OK)
		return NULL;
	if (atomic_fetch_add(&w->p->working, 1) != 0)
		w->result = ERR_INTERNAL;
	w->place = atomic_fetch_add(&places, 1);
	w->p->inside += !w->leaves;
	if (w->spoils)
		turn_spoil(w->p->turn);
	if (atomic_fetch_sub(&w->p->working, 1) != 1)
		w->result = ERR_INTERNAL;
	if (w->leaves)
		turn_leave(w->p->turn);
	else if (w->result == OK)
		w->result = turn_join(w->p->turn, &me);
	return NULL;
}

/* Lets them queue up, one after the other, behind who has the turn. */
static void
line_up(struct pretence *p, struct walker *w, unsigned n)
{
	for (unsigned i = 0; i < n; i++) {
		w[i].p = p;
		pthread_create(&w[i].thread, NULL, walk, &w[i]);
		while (turn_waiting(p->turn) != i + 1)
			usleep(50);
	}
}

static void
await(struct walker *w, unsigned n)
{
	for (unsigned i = 0; i < n; i++)
		pthread_join(w[i].thread, NULL);
}

static void
one_alone_commits_at_once(void **state)
{
	struct pretence *p = *state;
	struct turn_member me = {0};

	for (unsigned i = 1; i <= 3; i++) {
		assert_int_equal(turn_take(p->turn, &me), OK);
		assert_int_equal(turn_join(p->turn, &me), OK);
		assert_int_equal(p->committed, i);
	}
	p->commits = ERR_STORE;
	assert_int_equal(turn_take(p->turn, &me), OK);
	assert_int_equal(turn_join(p->turn, &me), ERR_STORE);
	assert_int_equal(turn_take(p->turn, &me), OK);
	turn_leave(p->turn);
	assert_int_equal(p->abandoned, 1);
	assert_int_equal(p->began, 5);
}

/* Whatever becomes of some: one commit, in the order in which they came. */
static void
a_line_is_one_group(void **state)
{
	struct pretence *p = *state;
	struct turn_member me = {0};
	struct walker w[6] = {{.leaves = true}, {0}, {.leaves = true}, {0}, {0},
	    {.leaves = true}}; /* the last one commits for the others */

	places = 0;
	assert_int_equal(turn_take(p->turn, &me), OK);
	line_up(p, w, 6);
	p->inside++;
	assert_int_equal(turn_join(p->turn, &me), OK);
	await(w, 6);
	assert_int_equal(p->began, 1);
	assert_int_equal(p->committed, 1);
	assert_int_equal(p->abandoned, 0);
	assert_int_equal(p->largest, 4);
	for (unsigned i = 0; i < 6; i++) {
		assert_int_equal(w[i].place, i);
		assert_int_equal(w[i].result, OK);
	}
}

static void
nobody_joined_nobody_commits(void **state)
{
	struct pretence *p = *state;
	struct turn_member me = {0};
	struct walker w[3] = {{.leaves = true}, {.leaves = true},
	    {.leaves = true}};

	assert_int_equal(turn_take(p->turn, &me), OK);
	line_up(p, w, 3);
	turn_leave(p->turn);
	await(w, 3);
	assert_int_equal(p->began, 1);
	assert_int_equal(p->committed, 0);
	assert_int_equal(p->abandoned, 1);
}

static void
a_failed_commit_is_told_to_all(void **state)
{
	struct pretence *p = *state;
	struct turn_member me = {0};
	struct walker w[5] = {{.leaves = true}};

	p->commits = ERR_STORE;
	assert_int_equal(turn_take(p->turn, &me), OK);
	line_up(p, w, 5);
	assert_int_equal(turn_join(p->turn, &me), ERR_STORE);
	await(w, 5);
	assert_int_equal(w[0].result, OK);
	for (unsigned i = 1; i < 5; i++)
		assert_int_equal(w[i].result, ERR_STORE);
	p->commits = OK; /* the next group starts clean */
	assert_int_equal(turn_take(p->turn, &me), OK);
	assert_int_equal(turn_join(p->turn, &me), OK);
}

/* Those before the one that spoilt it lose their work and are told; those
 * behind it begin anew. */
static void
a_spoilt_group_is_told(void **state)
{
	struct pretence *p = *state;
	struct turn_member me = {0};
	struct walker w[5] = {{0}, {.spoils = true, .leaves = true}, {0}, {0}};

	assert_int_equal(turn_take(p->turn, &me), OK);
	line_up(p, w, 5);
	assert_int_equal(turn_join(p->turn, &me), ERR_STORE);
	await(w, 5);
	assert_int_equal(w[0].result, ERR_STORE);
	for (unsigned i = 2; i < 5; i++)
		assert_int_equal(w[i].result, OK);
	assert_int_equal(p->began, 2);
	assert_int_equal(p->committed, 1);
	assert_int_equal(p->abandoned, 0);
}

static void
a_failed_begin_is_for_one(void **state)
{
	struct pretence *p = *state;
	struct turn_member me = {0};
	struct walker w[2] = {0};

	p->begins = ERR_BUSY;
	assert_int_equal(turn_take(p->turn, &me), ERR_BUSY);
	p->begins = OK;
	assert_int_equal(turn_take(p->turn, &me), OK);
	line_up(p, w, 2);
	p->begins = ERR_BUSY; /* the group that is open needs no begin */
	assert_int_equal(turn_join(p->turn, &me), OK);
	await(w, 2);
	assert_int_equal(w[0].result, OK);
	assert_int_equal(w[1].result, OK);
	assert_int_equal(turn_take(p->turn, &me), ERR_BUSY);
}

static void
a_group_has_an_end(void **state)
{
	static struct walker w[MANY];
	struct pretence *p = *state;
	struct turn_member me = {0};

	memset(w, 0, sizeof w);
	assert_int_equal(turn_take(p->turn, &me), OK);
	line_up(p, w, MANY);
	p->inside++;
	assert_int_equal(turn_join(p->turn, &me), OK);
	await(w, MANY);
	assert_int_equal(p->largest, 64);
	assert_int_equal(p->committed, 2);
}

/* On the engines. */

struct writer {
	struct scratch *s;
	pthread_t thread;
	unsigned number;
	int fd;               /* acknowledged numbers go there, if not 0 */
	unsigned acknowledged, refused;
};

/* Three rows or none: a note and two replies. */
static enum err
ticket(struct db *db, void *mem, struct str body, bool keep)
{
	DB_TX tx = {0};
	int64_t id;
	enum err e;

	if ((e = db_begin(db, &tx)) != OK ||
	    (e = q_note_add(&tx, mem, opt(1), body, (struct str){0}, false,
	        (struct str){0}, &id)) != OK ||
	    (e = q_note_reply(&tx, id, STR("first"))) != OK ||
	    (e = q_note_reply(&tx, id, STR("second"))) != OK)
		return e;
	if (!keep)
		return ERR_CONFLICT;
	return db_commit(&tx);
}

/* Writes tickets; of seven one is given up, one breaks a rule. */
static void *
write_some(void *arg)
{
	struct writer *w = arg;
	struct db *db = store_connect(w->s->store);

	for (unsigned i = 0; i < TICKETS / WRITERS; i++) {
		void *mem = talloc_new(NULL);
		struct str body = i % 7 == 3
		    ? STR("refused")
		    : str_printf(mem, "%u of %u", i, w->number);
		enum err e;

		do
			e = ticket(db, mem, body, i % 7 != 5);
		while (e == ERR_BUSY);
		w->acknowledged += e == OK;
		w->refused += e == ERR_CONFLICT;
		talloc_free(mem);
	}
	store_disconnect(db);
	return NULL;
}

static void
nothing_is_lost_or_halved(void **state)
{
	struct scratch *s = *state;
	struct writer w[WRITERS];
	unsigned acknowledged = 0, refused = 0;
	int64_t notes, replies;

	for (unsigned i = 0; i < WRITERS; i++) {
		w[i] = (struct writer){.s = s, .number = i};
		pthread_create(&w[i].thread, NULL, write_some, &w[i]);
	}
	for (unsigned i = 0; i < WRITERS; i++) {
		pthread_join(w[i].thread, NULL);
		acknowledged += w[i].acknowledged;
		refused += w[i].refused;
	}
	assert_int_equal(acknowledged + refused, TICKETS);
	assert_true(refused > 0 && acknowledged > refused);
	assert_int_equal(q_note_count(s->db, s->mem, &notes), OK);
	assert_int_equal(q_note_replies(s->db, s->mem, &replies), OK);
	assert_int_equal(notes, acknowledged);
	assert_int_equal(replies, 2 * acknowledged);
}

/* One large ticket each, on a disk where nothing fits any more: whether it is
 * found out by a statement or by COMMIT, everybody is told. */
static void *
write_large(void *arg)
{
	struct writer *w = arg;
	struct db *db = store_connect(w->s->store);
	void *mem = talloc_new(NULL);
	char *large = talloc_size(mem, 100000);

	memset(large, 'a' + (int)w->number, 100000);
	w->acknowledged += ticket(db, mem, (struct str){large, 100000},
	    true) == OK;
	talloc_free(mem);
	store_disconnect(db);
	return NULL;
}

static void
a_full_disk_is_told_to_all(void **state)
{
	struct scratch *s = *state;
	struct writer w[WRITERS];
	int64_t n;

	assert_int_equal(ticket(s->db, s->mem, STR("before"), true), OK);
	scratch_files_end(64 << 10);
	for (unsigned i = 0; i < WRITERS; i++) {
		w[i] = (struct writer){.s = s, .number = i};
		pthread_create(&w[i].thread, NULL, write_large, &w[i]);
	}
	for (unsigned i = 0; i < WRITERS; i++)
		pthread_join(w[i].thread, NULL);
	scratch_files_end(RLIM_INFINITY);
	for (unsigned i = 0; i < WRITERS; i++)
		assert_int_equal(w[i].acknowledged, 0);
	assert_int_equal(q_note_count(s->db, s->mem, &n), OK);
	assert_int_equal(n, 1);
	assert_int_equal(ticket(s->db, s->mem, STR("after"), true), OK);
	assert_int_equal(q_note_count(s->db, s->mem, &n), OK);
	assert_int_equal(n, 2);
}

/* The database may grow no more: SQLite undoes the whole transaction within a
 * statement, and with it what an earlier member had already joined. */

static void *
write_too_much(void *arg)
{
	struct writer *w = arg;
	struct db *db = store_connect(w->s->store);
	void *mem = talloc_new(NULL);
	char *large = talloc_size(mem, 1 << 20);
	DB_TX tx = {0};

	memset(large, 'x', 1 << 20);
	assert_int_equal(db_begin(db, &tx), OK);
	assert_int_equal(q_note_add_as(&tx, 6, (struct str){large, 1 << 20}),
	    ERR_STORE);
	/* nothing of it may slip through by itself */
	assert_int_equal(q_note_add_as(&tx, 7, STR("late")), ERR_STORE);
	assert_int_equal(db_commit(&tx), ERR_STORE);
	talloc_free(mem);
	store_disconnect(db);
	return NULL;
}

static void
an_undone_transaction_is_told_to_all(void **state)
{
	struct scratch *s = *state;
	struct writer w = {.s = s};
	struct db_tx first = {0};
	enum err told;
	int64_t n;

	assert_int_equal(db_begin(s->db, &first), OK);
	assert_int_equal(s->store->engine->script(s->db,
	    "PRAGMA max_page_count = 20"), OK);
	assert_int_equal(q_note_add_as(&first, 1, STR("joined")), OK);
	pthread_create(&w.thread, NULL, write_too_much, &w);
	usleep(100000); /* it waits behind the first */
	told = db_commit(&first);
	pthread_join(w.thread, NULL);
	assert_int_equal(told, ERR_STORE);
	assert_int_equal(q_note_count(s->db, s->mem, &n), OK);
	assert_int_equal(n, 0);
	scratch_script(s, "PRAGMA max_page_count = 1000000");
	assert_int_equal(ticket(s->db, s->mem, STR("after"), true), OK);
}

/* The writer that is killed: this program, started anew with a URL. */

static void *
write_on(void *arg)
{
	struct writer *w = arg;
	struct db *db = store_connect(w->s->store);

	for (int64_t i = 0;; i++) {
		int64_t id = w->number * 1000000 + i;
		void *mem = talloc_new(NULL);
		DB_TX tx = {0};

		if (db_begin(db, &tx) == OK &&
		    q_note_add_as(&tx, id, str_printf(mem, "n%ld", (long)id)) ==
		        OK &&
		    q_note_reply(&tx, id, STR("x")) == OK &&
		    db_commit(&tx) == OK &&
		    write(STDOUT_FILENO, &id, sizeof id) != sizeof id)
			return NULL;
		talloc_free(mem);
	}
}

static int
write_until_killed(const char *url)
{
	const struct store_options options = {.busy_ms = 5000};
	struct writer w[WRITERS];
	struct scratch s = {0};
	struct str why;

	if (store_open(url, &options, &s.store, &why, NULL) != OK)
		return 1;
	for (unsigned i = 0; i < WRITERS; i++) {
		w[i] = (struct writer){.s = &s, .number = i + 1};
		pthread_create(&w[i].thread, NULL, write_on, &w[i]);
	}
	pause();
	return 0;
}

/* Both counts at one moment. A server may still be at what the dead had sent,
 * and a transaction that comes in between is asked to come again. */
static void
what_is_there(struct scratch *s, int64_t *notes, int64_t *replies)
{
	enum err e = ERR_BUSY;

	while (err_retryable(e)) {
		DB_TX tx = {0};

		if ((e = db_begin(s->db, &tx)) == OK &&
		    (e = q_note_count(tx.db, s->mem, notes)) == OK &&
		    (e = q_note_replies(tx.db, s->mem, replies)) == OK)
			e = db_commit(&tx);
	}
	assert_int_equal(e, OK);
}

static void
the_acknowledged_survives_a_kill(void **state)
{
	struct scratch *s = *state;
	int fd[2];
	pid_t child;
	unsigned acknowledged = 0;
	int64_t id, notes, replies;
	enum err e;

	assert_int_equal(pipe(fd), 0);
	child = fork();
	if (child == 0) {
		dup2(fd[1], STDOUT_FILENO);
		close(fd[0]);
		execl("/proc/self/exe", "test_turn", s->url, (char *)NULL);
		_exit(127);
	}
	close(fd[1]);
	while (read(fd[0], &id, sizeof id) == sizeof id) {
		struct q_note_row row;

		if (++acknowledged == KILLED_AFTER)
			kill(child, SIGKILL);
		if (acknowledged >= KILLED_AFTER)
			assert_int_equal(q_note(s->db, s->mem, id, &row), OK);
	}
	close(fd[0]);
	assert_int_equal(waitpid(child, NULL, 0), child);
	assert_true(acknowledged >= KILLED_AFTER);
	what_is_there(s, &notes, &replies);
	/* at most one per writer was on disk and not yet told */
	assert_true(notes >= acknowledged && notes <= acknowledged + WRITERS);
	assert_int_equal(replies, notes);
	do
		e = ticket(s->db, s->mem, STR("after"), true);
	while (err_retryable(e));
	assert_int_equal(e, OK);
}

#define PRETENDED(test)                                                        \
	cmocka_unit_test_setup_teardown(test, pretend, pretend_no_more)

int
main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
	    PRETENDED(one_alone_commits_at_once),
	    PRETENDED(a_line_is_one_group),
	    PRETENDED(nobody_joined_nobody_commits),
	    PRETENDED(a_failed_commit_is_told_to_all),
	    PRETENDED(a_spoilt_group_is_told),
	    PRETENDED(a_failed_begin_is_for_one),
	    PRETENDED(a_group_has_an_end),
	    ON_BOTH(nothing_is_lost_or_halved),
	    ON_SQLITE(a_full_disk_is_told_to_all),
	    ON_SQLITE(an_undone_transaction_is_told_to_all),
	    ON_BOTH(the_acknowledged_survives_a_kill),
	};

	if (argc > 1)
		return write_until_killed(argv[1]);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
