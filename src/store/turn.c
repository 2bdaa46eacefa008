/*
 * Who may write, and who commits for whom. There is a line of waiting members
 * and a group of those who joined the open transaction; a mutex guards both
 * for a few instructions at a time. Sleeping is done on futexes: one word for
 * each waiting member, so that handing the turn on wakes one thread, and one
 * word for each group, so that a single call wakes all its members.
 *
 * The member that has the turn when nobody else waits (or when the group is
 * full) ends the group: it commits for all who joined, whether or not it did
 * itself, so a group never waits for somebody who may not come. It hands the
 * turn on before it wakes the group, so the next work begins at once.
 *
 * Nothing here knows a database; store/sqlite_group.c says what beginning and
 * committing are.
 */
#include "store/turn.h"

#include <limits.h>
#include <linux/futex.h>
#include <pthread.h>
#include <stdatomic.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/mem.h"

/* Turns within one group. More would make the first member wait too long, and
 * another process that wants to write would find no gap. */
enum { GROUP_MAX = 64 };

struct turn {
	struct turn_ops ops;
	pthread_mutex_t lock;

	/* The line; guarded by the lock. */
	bool held;
	struct turn_member *first, **last;

	/* The group. Only who has the turn touches it; the turn's passing on
	 * orders the accesses. */
	bool open, spoilt;
	unsigned turns;               /* taken in this group */
	unsigned number;              /* of the group */
	struct turn_member *joined;
	/* Counts the groups that ended. Two, so that waking one group does not
	 * wake the next, which is already gathering. */
	_Atomic uint32_t ended[2];
};

static void
futex_wait(_Atomic uint32_t *word, uint32_t value)
{
	syscall(SYS_futex, word, FUTEX_WAIT_PRIVATE, value, NULL, NULL, 0);
}

static void
futex_wake(_Atomic uint32_t *word, int threads)
{
	syscall(SYS_futex, word, FUTEX_WAKE_PRIVATE, threads, NULL, NULL, 0);
}

struct turn *
turn_new(void *mem, const struct turn_ops *ops)
{
	struct turn *t = mem_new(mem, struct turn);

	t->ops = *ops;
	t->last = &t->first;
	pthread_mutex_init(&t->lock, NULL);
	return t;
}

void
turn_free(struct turn *t)
{
	pthread_mutex_destroy(&t->lock);
	talloc_free(t);
}

/* Waits in line until the turn is the caller's. */
static void
line_wait(struct turn *t, struct turn_member *me)
{
	pthread_mutex_lock(&t->lock);
	if (!t->held) {
		t->held = true;
		pthread_mutex_unlock(&t->lock);
		return;
	}
	atomic_store_explicit(&me->granted, 0, memory_order_relaxed);
	me->next = NULL;
	*t->last = me;
	t->last = &me->next;
	pthread_mutex_unlock(&t->lock);
	while (!atomic_load_explicit(&me->granted, memory_order_acquire))
		futex_wait(&me->granted, 0);
}

static bool
line_empty(struct turn *t)
{
	bool empty;

	pthread_mutex_lock(&t->lock);
	empty = !t->first;
	pthread_mutex_unlock(&t->lock);
	return empty;
}

/* Gives the turn to the first in line, or to nobody. */
static void
line_next(struct turn *t)
{
	struct turn_member *next;

	pthread_mutex_lock(&t->lock);
	next = t->first;
	if (next) {
		t->first = next->next;
		if (!t->first)
			t->last = &t->first;
	} else {
		t->held = false;
	}
	pthread_mutex_unlock(&t->lock);
	if (!next)
		return;
	atomic_store_explicit(&next->granted, 1, memory_order_release);
	futex_wake(&next->granted, 1);
}

/* Commits for all who joined and tells them. The caller has the turn, and has
 * it no more afterwards. */
static void
group_end(struct turn *t)
{
	_Atomic uint32_t *ended = &t->ended[t->number % 2];
	bool joined = t->joined != NULL;
	enum err e = OK;

	if (t->spoilt)
		e = ERR_STORE;
	else if (joined)
		e = t->ops.commit(t->ops.arg);
	else
		t->ops.abandon(t->ops.arg);
	for (struct turn_member *m = t->joined; m; m = m->next)
		m->result = e;
	t->open = t->spoilt = false;
	t->turns = 0;
	t->number++;
	t->joined = NULL;
	/* Counted before the turn goes on, or a later group of the same word
	 * could mistake this end for its own; woken after, since it takes long. */
	atomic_fetch_add_explicit(ended, 1, memory_order_release);
	line_next(t);
	if (joined)
		futex_wake(ended, INT_MAX);
}

/* Whether the group goes on with the next in line. */
static bool
group_goes_on(struct turn *t)
{
	return !t->spoilt && t->turns < GROUP_MAX && !line_empty(t);
}

enum err
turn_take(struct turn *t, struct turn_member *me)
{
	enum err e;

	line_wait(t, me);
	if (!t->open) {
		e = t->ops.begin(t->ops.arg);
		if (e != OK) {
			line_next(t);
			return e;
		}
		t->open = true;
	}
	t->turns++;
	return OK;
}

void
turn_leave(struct turn *t)
{
	if (group_goes_on(t))
		line_next(t);
	else
		group_end(t);
}

enum err
turn_join(struct turn *t, struct turn_member *me)
{
	_Atomic uint32_t *ended = &t->ended[t->number % 2];
	uint32_t before = atomic_load_explicit(ended, memory_order_relaxed);

	me->next = t->joined;
	t->joined = me;
	turn_leave(t);
	while (atomic_load_explicit(ended, memory_order_acquire) == before)
		futex_wait(ended, before);
	return me->result;
}

bool
turn_is_first(const struct turn *t)
{
	return t->turns == 1;
}

unsigned
turn_waiting(struct turn *t)
{
	unsigned n = 0;

	pthread_mutex_lock(&t->lock);
	for (struct turn_member *m = t->first; m; m = m->next)
		n++;
	pthread_mutex_unlock(&t->lock);
	return n;
}

void
turn_spoil(struct turn *t)
{
	t->spoilt = true;
}
