/*
 * Transactions on SQLite. Threads take turns on the one write connection
 * (turn.c) within one transaction that is committed for all of them; each has a
 * savepoint of its own, so undoing one leaves the others' work alone. The first
 * needs none, since there is nothing else to undo: in a savepoint SQLite copies
 * every page that is written to.
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
sqlite_part_begin(struct db *db)
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

static void
all_undo(struct file *f)
{
	group_abandon(f);
	turn_spoil(f->turn);
}

void
sqlite_part_undo(struct db *db)
{
	struct file *f = sqlite_file(db);

	if (sqlite_undone(f) || sqlite_control(f, UNDO) != OK ||
	    sqlite_control(f, RELEASE) != OK)
		all_undo(f);
}

/* Found only at COMMIT, it would fail the whole group. */
static enum err
parents_check(struct db *db)
{
	if (!sqlite_owes_parents(sqlite_file(db)))
		return OK;
	return db_fail(db, ERR_CONFLICT, "commit", "a row has no parent");
}

enum err
sqlite_part_end(struct db *db)
{
	struct file *f = sqlite_file(db);
	enum err e = parents_check(db);

	if (e == OK && (e = sqlite_control(f, RELEASE)) != OK)
		db_fail(db, e, "commit", sqlite_words(f));
	if (e != OK)
		sqlite_part_undo(db);
	return e;
}

enum err
sqlite_member_begin(struct db *db)
{
	return turn_is_first(sqlite_file(db)->turn) ? OK
	                                            : sqlite_part_begin(db);
}

void
sqlite_member_undo(struct db *db)
{
	struct file *f = sqlite_file(db);

	if (turn_is_first(f->turn))
		all_undo(f);
	else
		sqlite_part_undo(db);
}

enum err
sqlite_member_end(struct db *db)
{
	struct file *f = sqlite_file(db);
	enum err e;

	if (!turn_is_first(f->turn))
		return sqlite_part_end(db);
	if ((e = parents_check(db)) != OK)
		all_undo(f);
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
