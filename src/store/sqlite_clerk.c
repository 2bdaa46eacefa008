/*
 * The clerk: a thread that runs the units of work that nobody waits for
 * (db_later). It takes the turn like everybody else, runs as many units as have
 * come meanwhile, and tells their owners when the group is on disk. So thousands
 * of units a second cost one taking of the turn for dozens of them, and no
 * thread sleeps for any of them.
 *
 * A batch is undone as a whole. Where a unit fails that has written already, they
 * run again, each in a savepoint of its own; always having one each costs more, since
 * SQLite copies every page that is written to.
 *
 * It is started by the first unit: a command has none.
 */
#include <pthread.h>

#include "base/log.h"
#include "base/mem.h"
#include "store/sqlite.h"

enum {
	UNITS_MAX = 4096, /* that may wait */
	BATCH_MAX = 64,   /* units in one turn: others want to write too */
};

struct clerk {
	struct store *store;
	pthread_t thread;
	pthread_mutex_t lock;
	pthread_cond_t wake;
	bool started, stopping;
	struct db_unit *first, **last;
	unsigned n;
};

struct clerk *
sqlite_clerk_new(struct store *s)
{
	struct clerk *c = mem_new(NULL, struct clerk);

	c->store = s;
	c->last = &c->first;
	pthread_mutex_init(&c->lock, NULL);
	pthread_cond_init(&c->wake, NULL);
	return c;
}

/* Takes what has come, at most `most`. Locked. */
static struct db_unit *
units_take(struct clerk *c, unsigned most)
{
	struct db_unit *units = c->first, **end = &units;

	for (; *end && most; most--, c->n--)
		end = &(*end)->next;
	c->first = *end;
	if (!c->first)
		c->last = &c->first;
	*end = NULL;
	return units;
}

/* The next batch, waiting for it; NULL when there will be none. */
static struct db_unit *
batch_take(struct clerk *c)
{
	struct db_unit *batch;

	pthread_mutex_lock(&c->lock);
	while (!c->first && !c->stopping)
		pthread_cond_wait(&c->wake, &c->lock);
	batch = units_take(c, BATCH_MAX);
	pthread_mutex_unlock(&c->lock);
	return batch;
}

/* What has come meanwhile, so that it shares the flush. */
static struct db_unit *
batch_more(struct clerk *c, unsigned n)
{
	struct db_unit *more;

	pthread_mutex_lock(&c->lock);
	more = units_take(c, n < BATCH_MAX ? BATCH_MAX - n : 0);
	pthread_mutex_unlock(&c->lock);
	return more;
}

/* In the turn. */
static enum err
unit_work(struct db *db, struct db_unit *u)
{
	struct db_tx tx = {.db = db, .open = true};
	enum err e;

	db->in_tx = true;
	db->failed = OK;
	e = u->work(&tx, u->arg);
	if (e == OK)
		e = db->failed;
	db->in_tx = false;
	return e;
}

/* In the turn, in a savepoint of its own. */
static enum err
unit_run(struct db *db, struct db_unit *u)
{
	enum err e = sqlite_part_begin(db);

	if (e != OK)
		return e;
	if ((e = unit_work(db, u)) == OK)
		return sqlite_part_end(db);
	sqlite_part_undo(db);
	return e;
}

/* Tells those before `end` what came of them; `e`: of all of them. */
static void
units_tell(struct db_unit *u, const struct db_unit *end, enum err e)
{
	struct db_unit *next;

	for (; u != end; u = next) {
		next = u->next;
		u->done(u->arg, u->result != OK ? u->result : e);
	}
}

/* In the turn. Whether it left nothing behind that the others would have to pay
 * for. */
static bool
unit_fits(struct db *db, struct db_unit *u)
{
	const struct file *f = sqlite_file(db);
	int64_t before = sqlite_changes(f);

	u->result = unit_work(db, u);
	return u->result == OK ? !sqlite_owes_parents(f)
	                       : sqlite_changes(f) == before && !sqlite_undone(f);
}

/* In the turn; false: nothing of them is kept. */
static bool
units_run(struct clerk *c, struct db *db, struct db_unit *batch)
{
	unsigned n = 1;

	if (sqlite_member_begin(db) != OK)
		return false;
	for (struct db_unit *u = batch; u; u = u->next, n++) {
		if (!unit_fits(db, u)) {
			sqlite_member_undo(db);
			return false;
		}
		if (!u->next)
			u->next = batch_more(c, n);
	}
	return sqlite_member_end(db) == OK;
}

/* Runs units in one turn and tells them, or none of them. */
static bool
batch_run(struct clerk *c, struct db *db, struct db_unit *batch)
{
	struct turn *turn = sqlite_file(db)->turn;
	struct reader *r = db->state;

	if (turn_take(turn, &r->member) != OK)
		return false;
	if (!units_run(c, db, batch)) {
		turn_leave(turn);
		return false;
	}
	units_tell(batch, NULL, turn_join(turn, &r->member));
	return true;
}

/* Runs units apart, in one turn, and tells them; gives those that are left,
 * because the engine has undone the transaction. */
static struct db_unit *
batch_run_apart(struct db *db, struct db_unit *batch)
{
	struct file *f = sqlite_file(db);
	struct reader *r = db->state;
	struct db_unit *left = batch;
	enum err e = turn_take(f->turn, &r->member);

	if (e == OK) {
		do
			left->result = unit_run(db, left);
		while ((left = left->next) && !sqlite_undone(f));
		e = turn_join(f->turn, &r->member);
	} else {
		batch->result = OK;
		left = batch->next;
	}
	units_tell(batch, left, e);
	return left;
}

static void *
clerk_main(void *arg)
{
	struct clerk *c = arg;
	struct db *db = store_connect(c->store);
	struct db_unit *batch;

	while ((batch = batch_take(c)))
		if (!batch_run(c, db, batch))
			while (batch)
				batch = batch_run_apart(db, batch);
	store_disconnect(db);
	return NULL;
}

enum err
sqlite_later(struct db *db, struct db_unit *u)
{
	struct clerk *c = sqlite_file(db)->clerk;
	enum err e = OK;

	u->next = NULL;
	pthread_mutex_lock(&c->lock);
	if (!c->started && pthread_create(&c->thread, NULL, clerk_main, c))
		die("the system gives no thread for the database");
	c->started = true;
	if (c->n == UNITS_MAX) {
		e = db_fail(db, ERR_BUSY, "later", "too many wait");
	} else {
		*c->last = u;
		c->last = &u->next;
		if (c->n++ == 0)
			pthread_cond_signal(&c->wake);
	}
	pthread_mutex_unlock(&c->lock);
	return e;
}

void
sqlite_clerk_free(struct clerk *c)
{
	pthread_mutex_lock(&c->lock);
	c->stopping = true;
	pthread_cond_signal(&c->wake);
	pthread_mutex_unlock(&c->lock);
	if (c->started)
		pthread_join(c->thread, NULL);
	pthread_cond_destroy(&c->wake);
	pthread_mutex_destroy(&c->lock);
	talloc_free(c);
}
