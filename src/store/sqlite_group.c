/*
 * Transactions on SQLite. Threads take turns on the one write connection
 * (turn.c) within one transaction that is committed for all of them; each has a
 * savepoint of its own, so undoing one leaves the others' work alone.
 *
 * Some failures (a full disk, an I/O error) make SQLite undo the whole
 * transaction, which takes the work of those who already joined with it. The
 * connection is then back in autocommit mode, where the next statement would
 * commit by itself; so sqlite.c looks for that before every statement, and the
 * group is declared spoilt here.
 */
#include "base/log.h"
#include "store/sqlite.h"

static enum err
group_begin(void *arg)
{
	return sqlite_control(arg, BEGIN);
}

static void
group_abandon(void *arg)
{
	if (!sqlite_undone(arg) && sqlite_control(arg, ROLLBACK) != OK)
		log_debug("store: rollback: %s", sqlite_words(arg));
}

static enum err
group_commit(void *arg)
{
	enum err e = sqlite_control(arg, COMMIT);

	if (e == OK)
		return OK;
	log_debug("store: commit: %s", sqlite_words(arg));
	group_abandon(arg);
	return e;
}

struct turn *
sqlite_turn_new(struct file *f)
{
	const struct turn_ops ops = {f, group_begin, group_commit,
	    group_abandon};

	return turn_new(NULL, &ops);
}

enum err
sqlite_member_begin(struct db *db)
{
	struct file *f = sqlite_file(db);
	enum err e = sqlite_control(f, SAVEPOINT);

	if (e == OK)
		return OK;
	db_fail(db, e, "begin", sqlite_words(f));
	if (sqlite_undone(f))
		turn_spoil(f->turn);
	return e;
}

/* Takes back what the member did; where that fails, everything is undone. */
void
sqlite_member_undo(struct db *db)
{
	struct file *f = sqlite_file(db);

	if (!sqlite_undone(f) && sqlite_control(f, UNDO) == OK &&
	    sqlite_control(f, RELEASE) == OK)
		return;
	group_abandon(f);
	turn_spoil(f->turn);
}

enum err
sqlite_member_end(struct db *db)
{
	struct file *f = sqlite_file(db);
	enum err e = OK;

	/* found only at COMMIT, it would fail the whole group */
	if (sqlite_owes_parents(f))
		e = db_fail(db, ERR_CONFLICT, "commit", "a row has no parent");
	else if ((e = sqlite_control(f, RELEASE)) != OK)
		db_fail(db, e, "commit", sqlite_words(f));
	if (e != OK)
		sqlite_member_undo(db);
	return e;
}

enum err
sqlite_begin(struct db *db)
{
	struct reader *r = db->state;
	struct file *f = sqlite_file(db);
	enum err e = turn_take(f->turn, &r->member);

	if (e != OK)
		return db_fail(db, e, "begin",
		    e == ERR_BUSY ? "another process writes"
		                  : "the engine refused");
	if ((e = sqlite_member_begin(db)) != OK)
		turn_leave(f->turn);
	return e;
}

void
sqlite_rollback(struct db *db)
{
	sqlite_member_undo(db);
	turn_leave(sqlite_file(db)->turn);
}

enum err
sqlite_commit(struct db *db)
{
	struct reader *r = db->state;
	struct file *f = sqlite_file(db);
	enum err e = sqlite_member_end(db);

	if (e != OK) {
		turn_leave(f->turn);
		return e;
	}
	e = turn_join(f->turn, &r->member);
	return e == OK ? OK
	               : db_fail(db, e, "commit", "the group's commit failed");
}
