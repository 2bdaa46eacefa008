/*
 * One queue for all workers, and a stack of those that have nothing to do: the
 * one that went idle last is woken first, since its memory is still in the
 * caches, and workers that are not needed sleep undisturbed.
 *
 * Each worker sleeps on a condition of its own, so that a wake-up reaches
 * exactly the one it is meant for.
 */
#include "http/workers.h"

#include <pthread.h>

#include "base/log.h"
#include "base/mem.h"

struct worker {
	struct workers *all;
	struct worker *below;   /* in the stack of idle ones */
	pthread_cond_t wake;
	bool awake;
	pthread_t thread;
};

struct workers {
	struct workers_plan plan;
	pthread_mutex_t lock;
	void **job;             /* a ring of plan.queue places */
	size_t first, waiting;
	struct worker *idle;    /* top of the stack */
	struct worker *worker;
	bool stopping;
};

static void
wake_one(struct workers *w)
{
	struct worker *top = w->idle;

	if (!top)
		return;
	w->idle = top->below;
	top->awake = true;
	pthread_cond_signal(&top->wake);
}

bool
workers_push(struct workers *w, void *job)
{
	bool room;

	pthread_mutex_lock(&w->lock);
	room = !w->stopping && w->waiting < w->plan.queue;
	if (room) {
		w->job[(w->first + w->waiting++) % w->plan.queue] = job;
		wake_one(w);
	}
	pthread_mutex_unlock(&w->lock);
	return room;
}

/* The next job, waiting for it; NULL when there will be none. Locked. */
static void *
job_take(struct worker *self)
{
	struct workers *w = self->all;
	void *job;

	while (w->waiting == 0) {
		if (w->stopping)
			return NULL;
		self->awake = false;
		self->below = w->idle;
		w->idle = self;
		while (!self->awake)
			pthread_cond_wait(&self->wake, &w->lock);
	}
	job = w->job[w->first];
	w->first = (w->first + 1) % w->plan.queue;
	w->waiting--;
	return job;
}

static void *
worker_main(void *arg)
{
	struct worker *self = arg;
	struct workers *w = self->all;
	void *mine = w->plan.start ? w->plan.start(w->plan.arg) : w->plan.arg;
	void *job;

	pthread_mutex_lock(&w->lock);
	while ((job = job_take(self))) {
		pthread_mutex_unlock(&w->lock);
		w->plan.run(mine, job);
		pthread_mutex_lock(&w->lock);
	}
	pthread_mutex_unlock(&w->lock);
	if (w->plan.stop)
		w->plan.stop(mine);
	return NULL;
}

struct workers *
workers_start(void *mem, const struct workers_plan *plan)
{
	struct workers *w = mem_new(mem, struct workers);

	w->plan = *plan;
	w->job = mem_array(w, void *, plan->queue);
	w->worker = mem_array(w, struct worker, plan->n);
	pthread_mutex_init(&w->lock, NULL);
	for (unsigned i = 0; i < plan->n; i++) {
		struct worker *one = &w->worker[i];

		one->all = w;
		pthread_cond_init(&one->wake, NULL);
		if (pthread_create(&one->thread, NULL, worker_main, one))
			die("the system gives no thread for a worker");
	}
	return w;
}

void
workers_stop(struct workers *w)
{
	pthread_mutex_lock(&w->lock);
	w->stopping = true;
	while (w->idle)
		wake_one(w);
	pthread_mutex_unlock(&w->lock);
	for (unsigned i = 0; i < w->plan.n; i++) {
		pthread_join(w->worker[i].thread, NULL);
		pthread_cond_destroy(&w->worker[i].wake);
	}
	pthread_mutex_destroy(&w->lock);
	talloc_free(w);
}
