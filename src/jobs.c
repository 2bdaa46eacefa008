/*
 * One thread looks each second whether there is something to do. What it does
 * is leased in the database, so that it is done on one node.
 */
#include "jobs.h"

#include <pthread.h>
#include <stdatomic.h>
#include <time.h>

#include "base/log.h"
#include "base/mem.h"
#include "desk/website.h"

enum { LOOK_EVERY_S = 1 };

struct jobs {
	struct house *house;
	struct db *db;
	pthread_t thread;
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
complain_once(enum err e, const char *why, enum err *last)
{
	if (e != OK && e != *last && !err_retryable(e))
		log_warn("website: %s: %s", err_name(e), why);
	*last = e;
}

static void *
work(void *arg)
{
	struct jobs *j = arg;
	enum err last = OK;

	while (wait_a_while(j)) {
		struct cx cx = {.mem = mem_sure(talloc_new(NULL)),
		    .now_ms = clock_now_ms(j->house->clock),
		    .id = "jobs"};
		struct desk d = {.cx = &cx,
		    .db = j->db,
		    .house = j->house,
		    .actor = {.door = DOOR_COMMAND, .role = ROLE_ADMIN}};

		complain_once(website_job(&d, &j->stop), db_why(j->db), &last);
		talloc_free(cx.mem);
	}
	return NULL;
}

struct jobs *
jobs_start(void *mem, struct house *house)
{
	struct jobs *j = mem_new(mem, struct jobs);

	j->house = house;
	j->db = store_connect(house->store);
	pthread_mutex_init(&j->lock, NULL);
	pthread_cond_init(&j->ended, NULL);
	if (pthread_create(&j->thread, NULL, work, j) != 0)
		die("no thread for the jobs");
	return j;
}

void
jobs_stop(struct jobs *j)
{
	pthread_mutex_lock(&j->lock);
	atomic_store(&j->stop, true);
	pthread_cond_signal(&j->ended);
	pthread_mutex_unlock(&j->lock);
	pthread_join(j->thread, NULL);
	store_disconnect(j->db);
	pthread_cond_destroy(&j->ended);
	pthread_mutex_destroy(&j->lock);
}
