#pragma once
/*
 * The turn: many threads, one write connection, one COMMIT for many of them.
 *
 * A thread takes the turn, does its work alone, and then either joins the
 * group's transaction or leaves it. While others wait, the turn goes on to the
 * next of them at once; the last one commits for all who joined, and only then
 * do they learn whether their work is on disk. What beginning and committing
 * mean is the owner's business: the turn only says who does it when.
 */
#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"

struct turn;

struct turn_ops {
	void *arg;
	enum err (*begin)(void *arg);   /* opens the group's transaction */
	enum err (*commit)(void *arg);  /* on failure it must have undone it */
	void (*abandon)(void *arg);     /* undoes it */
};

/* One thread's place in the line; must outlive the calls. Zero it first. */
struct turn_member {
	struct turn_member *next;
	_Atomic uint32_t granted;
	enum err result;
};

/* Owned by `mem` until turn_free. Nothing may be under way then. */
struct turn *turn_new(void *mem, const struct turn_ops *ops);
void turn_free(struct turn *t);

/* Waits, first come first served, until the caller alone may work in the open
 * transaction. What `begin` returned if it could not be opened; then the caller
 * does not have the turn. */
MUST_CHECK enum err turn_take(struct turn *t, struct turn_member *me);

/* The caller's work belongs to the group. Waits for its commit and returns what
 * came of it; OK means it is on disk. The turn is gone either way. */
MUST_CHECK enum err turn_join(struct turn *t, struct turn_member *me);

/* The caller's work was undone; the turn goes on. */
void turn_leave(struct turn *t);

/* Whether who has the turn is the first in the open transaction, so that all
 * there is in it is theirs. */
bool turn_is_first(const struct turn *t);

/* How many wait for the turn at this moment. */
unsigned turn_waiting(struct turn *t);

/* To be said by who has the turn, before joining or leaving: the transaction is
 * gone with everybody's work in it. All who joined are told ERR_STORE. */
void turn_spoil(struct turn *t);
