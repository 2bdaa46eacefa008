/*
 * Work of the program's own, each kind on a thread with a connection of its
 * own: reading the website takes hours, and mail must not wait for it. What
 * there is to do stands in the database, and whoever does it holds a lease
 * there, so that it is done on one node.
 */
#include "jobs.h"

#include <pthread.h>
#include <stdatomic.h>
#include <time.h>

#include "base/log.h"
#include "base/mem.h"
#include "desk/outbox.h"
#include "desk/website.h"

enum { LOOK_EVERY_S = 1 };

static const struct kind {
	const char *name;
	enum err (*work)(struct desk *d, const atomic_bool *stop);
} kinds[] = {
    {"website", website_job},
    {"mail", outbox_job},
};

enum { KINDS = sizeof kinds / sizeof kinds[0] };

struct job {
	struct jobs *jobs;
	const struct kind *kind;
	struct db *db;
	pthread_t thread;
};

struct jobs {
	struct house *house;
	struct job job[KINDS];
	pthread_mutex_t lock;
	pthread_cond_t ended;
	atomic_bool stop;
};

/* Waits; true when it is time to look again. */
static bool
wait_a_while(struct jobs *j)
{
	struct timespec until;

	clock_gettime(CLOCK_REALTIME, &until);
	until.tv_sec += LOOK_EVERY_S;
	pthread_mutex_lock(&j->lock);
	if (!atomic_load(&j->stop))
		pthread_cond_timedwait(&j->ended, &j->lock, &until);
	pthread_mutex_unlock(&j->lock);
	return !atomic_load(&j->stop);
}

/* Says what failed once, not every time it fails again. */
static void
complain_once(const struct job *job, enum err e, enum err *last)
{
	if (e != OK && e != *last && !err_retryable(e))
		log_warn("%s: %s: %s", job->kind->name, err_name(e),
		    db_why(job->db));
	*last = e;
}

static void *
work(void *arg)
{
	struct job *job = arg;
	struct jobs *j = job->jobs;
	enum err last = OK;

	while (wait_a_while(j)) {
		struct cx cx = {.mem = mem_sure(talloc_new(NULL)),
		    .now_ms = clock_now_ms(j->house->clock),
		    .id = job->kind->name};
		struct desk d = {.cx = &cx,
		    .db = job->db,
		    .house = j->house,
		    .actor = {.door = DOOR_COMMAND, .role = ROLE_ADMIN}};

		complain_once(job, job->kind->work(&d, &j->stop), &last);
		talloc_free(cx.mem);
	}
	return NULL;
}

struct jobs *
jobs_start(void *mem, struct house *house)
{
	struct jobs *j = mem_new(mem, struct jobs);

	j->house = house;
	pthread_mutex_init(&j->lock, NULL);
	pthread_cond_init(&j->ended, NULL);
	for (int i = 0; i < KINDS; i++) {
		struct job *job = &j->job[i];

		*job = (struct job){.jobs = j, .kind = &kinds[i],
		    .db = store_connect(house->store)};
		if (pthread_create(&job->thread, NULL, work, job) != 0)
			die("no thread for the jobs");
	}
	return j;
}

void
jobs_stop(struct jobs *j)
{
	pthread_mutex_lock(&j->lock);
	atomic_store(&j->stop, true);
	pthread_cond_broadcast(&j->ended);
	pthread_mutex_unlock(&j->lock);
	for (int i = 0; i < KINDS; i++) {
		pthread_join(j->job[i].thread, NULL);
		store_disconnect(j->job[i].db);
	}
	pthread_cond_destroy(&j->ended);
	pthread_mutex_destroy(&j->lock);
}
