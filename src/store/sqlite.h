#pragma once
/*
 * Between the parts of the SQLite engine: sqlite.c knows the library,
 * sqlite_group.c how many writers share one transaction, sqlite_clerk.c who
 * writes for those that do not wait.
 */
#include "store/engine.h"
#include "store/turn.h"

struct sqlite3;
struct sqlite3_stmt;
struct slot;

/* A connection with its prepared queries, by number. */
struct session {
	struct sqlite3 *handle;
	struct slot *slots;
	size_t slots_n;
};

enum control { BEGIN, COMMIT, ROLLBACK, SAVEPOINT, RELEASE, UNDO, CONTROL__MAX };

/* The store's state. The writer belongs to who has the turn. */
struct file {
	const char *path;
	const struct store_options *options;
	struct map *map;
	struct session writer;
	struct sqlite3_stmt *control[CONTROL__MAX];
	struct turn *turn;
	struct clerk *clerk;
};

/* A connection's state. */
struct reader {
	struct session session;
	struct turn_member member;
};

static inline struct file *
sqlite_file(struct db *db)
{
	return db->store->state;
}

/* In sqlite.c, all about the writer and for who has the turn. */

/* Runs one of the statements about transactions. */
MUST_CHECK enum err sqlite_control(struct file *f, enum control what);
/* Whether no transaction is open: the engine undid it by itself. */
bool sqlite_undone(const struct file *f);
/* How many rows the writer has changed since it was opened. */
int64_t sqlite_changes(const struct file *f);
/* Whether a deferred foreign key is unmet. */
bool sqlite_owes_parents(const struct file *f);
/* What the engine said last. */
const char *sqlite_words(const struct file *f);

/* In sqlite_group.c: the engine's begin, commit and rollback. */
struct turn *sqlite_turn_new(struct file *f);
enum err sqlite_begin(struct db *db);
enum err sqlite_commit(struct db *db);
void sqlite_rollback(struct db *db);

/* The same for who has the turn already and does one thing in it. Undoing may
 * undo all there is, which spoils the group. */
MUST_CHECK enum err sqlite_member_begin(struct db *db);
MUST_CHECK enum err sqlite_member_end(struct db *db);
void sqlite_member_undo(struct db *db);

/* For who does several things in one turn, each of which may be undone alone.
 * Where that fails, the group is spoilt. */
MUST_CHECK enum err sqlite_part_begin(struct db *db);
MUST_CHECK enum err sqlite_part_end(struct db *db);
void sqlite_part_undo(struct db *db);

/* In sqlite_map.c: the open file in memory; NULL if the system has no room for it,
 * and then nothing is read from there. Lets a connection use it. */
struct map *sqlite_map_new(void *mem, int fd);
void sqlite_map_use(struct map *m, struct sqlite3 *handle);

/* In sqlite_clerk.c: units that nobody waits for. */
struct clerk *sqlite_clerk_new(struct store *s);
void sqlite_clerk_free(struct clerk *c);
enum err sqlite_later(struct db *db, struct db_unit *u);

/* In sqlite_log.c: SQLite's way to the files, for who writes. Its name, once it is
 * there. */
void sqlite_log_init(void);
const char *sqlite_log_gathered(void);
