/*
 * A lock for many or one. Those who want to be alone go first, or a steady
 * stream of others would keep them waiting.
 */
#include "store/alone.h"

#include <pthread.h>
#include <time.h>

#include "base/mem.h"

enum { PATIENCE_MS = 300 };

struct alone {
	pthread_rwlock_t lock;
};

struct alone *
alone_new(void)
{
	struct alone *a = mem_new(NULL, struct alone);
	pthread_rwlockattr_t attr;

	pthread_rwlockattr_init(&attr);
	pthread_rwlockattr_setkind_np(&attr,
	    PTHREAD_RWLOCK_PREFER_WRITER_NONRECURSIVE_NP);
	pthread_rwlock_init(&a->lock, &attr);
	pthread_rwlockattr_destroy(&attr);
	return a;
}

void
alone_free(struct alone *a)
{
	pthread_rwlock_destroy(&a->lock);
	talloc_free(a);
}

void
alone_enter(struct alone *a, bool alone)
{
	struct timespec until;

	clock_gettime(CLOCK_MONOTONIC, &until);
	until.tv_nsec += PATIENCE_MS * 1000000L;
	until.tv_sec += until.tv_nsec / 1000000000;
	until.tv_nsec %= 1000000000;
	if (!alone || pthread_rwlock_clockwrlock(&a->lock, CLOCK_MONOTONIC,
			  &until) != 0)
		pthread_rwlock_rdlock(&a->lock);
}

void
alone_leave(struct alone *a)
{
	pthread_rwlock_unlock(&a->lock);
}
