#pragma once
/*
 * Who was in another's way goes alone the next time.
 *
 * Transactions that PostgreSQL undoes because they could not be put in an order
 * are run again. If they simply met the same others again, a busy minute would
 * end in refusals. So within this process everybody's transaction shares a
 * lock, and one that was undone before takes it for itself: what it could
 * collide with has ended, and nothing new begins. One that waits too long for
 * this, behind an import for example, goes with the others.
 */
#include <stdbool.h>

struct alone;

struct alone *alone_new(void);
void alone_free(struct alone *a);

/* Before a transaction begins; `alone` if the last one was undone. */
void alone_enter(struct alone *a, bool alone);

/* After it ended, in the same thread. */
void alone_leave(struct alone *a);
