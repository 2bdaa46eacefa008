/*
 * The library's timeout starts anew with every byte, so a client that sends one
 * byte a second holds a connection for ever. Here every connection has a moment
 * by which its request must be whole; a thread looks around now and then and
 * shuts down the sockets of those that are late. The library then notices the
 * end by itself and cleans up in its own thread.
 *
 * A socket is shut down only under the lock under which it is also taken off
 * the list, before it is closed: never a stranger's socket of the same number.
 */
#include "http/reaper.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <sys/socket.h>
#include <time.h>

#include "base/log.h"
#include "base/mem.h"

struct conn {
	struct conn *next, *prev;
	int fd;
	_Atomic int64_t late_ms;   /* on the monotonic clock; 0: never */
};

struct reaper {
	pthread_mutex_t lock;
	pthread_cond_t end;
	struct conn *first;
	int64_t tick_ms;
	bool stopping;
	pthread_t thread;
};

static int64_t
monotonic_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static void
late_shut(struct reaper *r)
{
	int64_t now = monotonic_ms();

	for (struct conn *c = r->first; c; c = c->next) {
		int64_t late = atomic_load(&c->late_ms);

		if (late && now >= late)
			shutdown(c->fd, SHUT_RDWR);
	}
}

static void *
reaper_main(void *arg)
{
	struct reaper *r = arg;
	struct timespec until;

	pthread_mutex_lock(&r->lock);
	while (!r->stopping) {
		int64_t at = monotonic_ms() + r->tick_ms;

		until.tv_sec = (time_t)(at / 1000);
		until.tv_nsec = (long)(at % 1000) * 1000000;
		pthread_cond_timedwait(&r->end, &r->lock, &until);
		late_shut(r);
	}
	pthread_mutex_unlock(&r->lock);
	return NULL;
}

struct reaper *
reaper_start(void *mem, int64_t tick_ms)
{
	struct reaper *r = mem_new(mem, struct reaper);
	pthread_condattr_t attr;

	r->tick_ms = tick_ms;
	pthread_mutex_init(&r->lock, NULL);
	pthread_condattr_init(&attr);
	pthread_condattr_setclock(&attr, CLOCK_MONOTONIC);
	pthread_cond_init(&r->end, &attr);
	pthread_condattr_destroy(&attr);
	if (pthread_create(&r->thread, NULL, reaper_main, r))
		die("the system gives no thread for deadlines");
	return r;
}

void
reaper_stop(struct reaper *r)
{
	pthread_mutex_lock(&r->lock);
	r->stopping = true;
	pthread_cond_signal(&r->end);
	pthread_mutex_unlock(&r->lock);
	pthread_join(r->thread, NULL);
	pthread_cond_destroy(&r->end);
	pthread_mutex_destroy(&r->lock);
	talloc_free(r);
}

struct conn *
conn_begin(struct reaper *r, int fd, int64_t deadline_ms)
{
	/* a tree of its own: it is freed in whichever thread ends it */
	struct conn *c = mem_new(NULL, struct conn);

	c->fd = fd;
	conn_deadline(c, deadline_ms);
	pthread_mutex_lock(&r->lock);
	c->next = r->first;
	if (c->next)
		c->next->prev = c;
	r->first = c;
	pthread_mutex_unlock(&r->lock);
	return c;
}

void
conn_end(struct reaper *r, struct conn *c)
{
	pthread_mutex_lock(&r->lock);
	if (c->next)
		c->next->prev = c->prev;
	if (c->prev)
		c->prev->next = c->next;
	else
		r->first = c->next;
	pthread_mutex_unlock(&r->lock);
	talloc_free(c);
}

void
conn_deadline(struct conn *c, int64_t in_ms)
{
	atomic_store(&c->late_ms, in_ms ? monotonic_ms() + in_ms : 0);
}

void
conn_hurry(struct conn *c, int64_t in_ms)
{
	int64_t late = monotonic_ms() + in_ms;
	int64_t set = atomic_load(&c->late_ms);

	if (!set || late < set)
		atomic_store(&c->late_ms, late);
}
