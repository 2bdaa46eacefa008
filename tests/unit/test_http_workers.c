/* Threads and their queue: src/http/workers.c. */
#include "check.h"

#include <pthread.h>
#include <stdatomic.h>
#include <unistd.h>

#include "http/workers.h"

static atomic_int started, stopped, ran, at_once, most_at_once;
static pthread_mutex_t gate = PTHREAD_MUTEX_INITIALIZER;

static void *
begin(void *arg)
{
	atomic_fetch_add(&started, 1);
	return arg;
}

static void
end(void *worker)
{
	atomic_fetch_add(&stopped, 1);
}

static void
count(void *worker, void *job)
{
	atomic_fetch_add(&ran, (int)(intptr_t)job);
}

static void
wait_at_gate(void *worker, void *job)
{
	int now = atomic_fetch_add(&at_once, 1) + 1;

	if (now > atomic_load(&most_at_once))
		atomic_store(&most_at_once, now);
	pthread_mutex_lock(&gate);
	pthread_mutex_unlock(&gate);
	atomic_fetch_sub(&at_once, 1);
	atomic_fetch_add(&ran, 1);
}

static int
reset(void **state)
{
	atomic_store(&started, 0);
	atomic_store(&stopped, 0);
	atomic_store(&ran, 0);
	atomic_store(&at_once, 0);
	atomic_store(&most_at_once, 0);
	return 0;
}

static void
every_job_is_run_once(void **state)
{
	int given = 0;
	struct workers *w = workers_start(NULL, &(struct workers_plan){
	    .n = 4, .queue = 16, .start = begin, .stop = end, .run = count});

	for (int i = 0; i < 20000; i++)
		if (workers_push(w, (void *)(intptr_t)1))
			given++;
	workers_stop(w);
	workers_free(w);
	assert_true(given >= 16);
	assert_int_equal(atomic_load(&ran), given);
	assert_int_equal(atomic_load(&started), 4);
	assert_int_equal(atomic_load(&stopped), 4);
}

static void
blocking_work_gets_every_worker(void **state)
{
	struct workers *w = workers_start(NULL, &(struct workers_plan){
	    .n = 8, .queue = 64, .run = wait_at_gate});

	pthread_mutex_lock(&gate);
	for (int i = 0; i < 32; i++)
		assert_true(workers_push(w, w));
	for (int i = 0; i < 5000 && atomic_load(&at_once) < 8; i++)
		usleep(1000);
	pthread_mutex_unlock(&gate);
	workers_stop(w);
	workers_free(w);
	assert_int_equal(atomic_load(&most_at_once), 8);
	assert_int_equal(atomic_load(&ran), 32);
}

static void
a_full_queue_says_so(void **state)
{
	struct workers *w = workers_start(NULL, &(struct workers_plan){
	    .n = 1, .queue = 2, .run = wait_at_gate});

	pthread_mutex_lock(&gate);
	assert_true(workers_push(w, w));
	for (int i = 0; i < 5000 && atomic_load(&at_once) < 1; i++)
		usleep(1000);
	assert_true(workers_push(w, w));
	assert_true(workers_push(w, w));
	assert_false(workers_push(w, w));
	pthread_mutex_unlock(&gate);
	workers_stop(w);
	workers_free(w);
	assert_int_equal(atomic_load(&ran), 3);
}

/* Loop threads live longer than the workers. */
static void
those_who_come_too_late_are_refused(void **state)
{
	struct workers *w = workers_start(NULL, &(struct workers_plan){
	    .n = 2, .queue = 2, .run = count});

	workers_stop(w);
	assert_false(workers_push(w, (void *)(intptr_t)1));
	workers_free(w);
	assert_int_equal(atomic_load(&ran), 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup(every_job_is_run_once, reset),
	    cmocka_unit_test_setup(blocking_work_gets_every_worker, reset),
	    cmocka_unit_test_setup(a_full_queue_says_so, reset),
	    cmocka_unit_test_setup(those_who_come_too_late_are_refused, reset),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
