#pragma once
/*
 * Threads that run blocking work, fed from a bounded queue.
 */
#include <stdbool.h>
#include <stddef.h>

struct workers_plan {
	unsigned n;           /* threads */
	size_t queue;         /* jobs that may wait */
	void *arg;
	void *(*start)(void *arg);            /* in each thread; may be NULL */
	void (*stop)(void *worker);           /* in the same; may be NULL */
	void (*run)(void *worker, void *job); /* never fails */
};

struct workers;

/* Starts them; dies if the system gives no threads. */
struct workers *workers_start(void *mem, const struct workers_plan *plan);

/* Hands a job on; false if the queue is full or the workers are stopping. Never
 * waits for a job. */
bool workers_push(struct workers *w, void *job);

/* Takes nothing new from now on, runs what waits, ends the threads. Whoever may
 * still push is refused, until workers_free(). */
void workers_stop(struct workers *w);
void workers_free(struct workers *w);
