/* Programs run for one answer: src/base/child.c. */
#include "check.h"

#include <dirent.h>
#include <signal.h>
#include <time.h>

#include "base/child.h"
#include "base/mem.h"

static int
prepare(void **state)
{
	*state = talloc_new(NULL);
	return 0;
}

static int
done(void **state)
{
	talloc_free(*state);
	return 0;
}

/* How many descriptors this process has. */
static int
descriptors(void)
{
	DIR *d = opendir("/proc/self/fd");
	int n = 0;

	assert_non_null(d);
	while (readdir(d))
		n++;
	closedir(d);
	return n;
}

static const char *const cat[] = {"cat", NULL};
static const char *const none[] = {"no-such-program-anywhere", NULL};
static const char *const fails[] = {"false", NULL};
static const char *const deaf[] = {"true", NULL};
static const char *const sleeps[] = {"sleep", "30", NULL};
static const char *const talks[] = {"yes", NULL};
static const char *const family[] = {"sh", "-c", "sleep 30 & cat; wait", NULL};
static const char *const silent[] = {"sh", "-c", "exec >&- <&-; sleep 30", NULL};
static const char *const hungry[] = {"sh", "-c",
    "head -c 200000000 /dev/zero | tail -c 1 | wc -c", NULL};

static void
every_end_is_told(void **state)
{
	const struct {
		const char *name;
		const char *const *argv;
		struct str in;
		size_t memory;
		int time_ms; /* short where it is to be over */
		enum err e;
	} rows[] = {
	    {"answers", cat, STR("one\ntwo"), 0, 20000, OK},
	    {"nothing to say", cat, STR(""), 0, 20000, OK},
	    {"is not there", none, STR("in"), 0, 20000, ERR_NOT_FOUND},
	    {"fails", fails, STR(""), 0, 20000, ERR_INTERNAL},
	    {"takes too long", sleeps, STR("in"), 0, 400, ERR_LIMITED},
	    {"says too much", talks, STR(""), 0, 20000, ERR_TOO_LARGE},
	    {"leaves a child", family, STR("in"), 0, 400, ERR_LIMITED},
	    {"closes and stays", silent, STR(""), 0, 400, ERR_INTERNAL},
	    {"wants too much memory", hungry, STR(""), 1 << 20, 20000,
		ERR_INTERNAL},
	};
	int before = descriptors();

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		const struct child c = {.argv = rows[i].argv,
		    .in = rows[i].in,
		    .most = 1000,
		    .time_ms = rows[i].time_ms,
		    .memory_bytes = rows[i].memory};
		struct str out = {0};

		check_row(child_run(*state, &c, &out) == rows[i].e,
		    rows[i].name);
		check_row(rows[i].e != OK || str_eq(out, rows[i].in),
		    rows[i].name);
	}
	assert_int_equal(descriptors(), before);
}

/* More than any buffer between the two holds, both ways at once. */
static void
much_goes_through(void **state)
{
	size_t n = 3 << 20;
	char *big = mem_sure(talloc_size(*state, n));
	const struct child c = {.argv = cat,
	    .in = {big, n},
	    .most = n,
	    .time_ms = 20000};
	struct str out;

	for (size_t i = 0; i < n; i++)
		big[i] = (char)('a' + i % 26);
	assert_int_equal(child_run(*state, &c, &out), OK);
	assert_true(str_eq(out, c.in));
}

/* A program that does not listen may still have its say; no signal ends us. */
static void
deaf_program_is_no_trouble(void **state)
{
	size_t n = 3 << 20;
	const struct child c = {.argv = deaf,
	    .in = {mem_array(*state, char, n), n},
	    .most = n,
	    .time_ms = 20000};
	struct str out;

	signal(SIGPIPE, SIG_DFL);
	assert_int_equal(child_run(*state, &c, &out), OK);
	assert_int_equal(out.n, 0);
}

/* Nothing of ours but the least goes along, and no signal stays blocked. The
 * fourth descriptor is the folder that ls reads. No shell stands between, which
 * would have a mask of its own. */
static void
little_is_inherited(void **state)
{
	const struct {
		const char *argv[4];
		const char *out;
	} rows[] = {
	    {{"env"}, "PATH=/usr/local/bin:/usr/bin:/bin\nLC_ALL=C.UTF-8\n"},
	    {{"ls", "/proc/self/fd"}, "0\n1\n2\n3\n"},
	    {{"grep", "-c", "SigBlk:.0*$", "/proc/self/status"}, "1\n"},
	};
	sigset_t term;

	setenv("SECRET", "SECRET", 1);
	sigemptyset(&term);
	sigaddset(&term, SIGTERM);
	sigprocmask(SIG_BLOCK, &term, NULL);
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		const char *const *row = rows[i].argv;
		const char *argv[] = {row[0], row[1], row[2], row[3], NULL};
		const struct child c = {.argv = argv, .most = 1000,
		    .time_ms = 5000};
		struct str out = {0};

		check_row(child_run(*state, &c, &out) == OK, argv[0]);
		check_str(out, rows[i].out);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup_teardown(every_end_is_told, prepare, done),
	    cmocka_unit_test_setup_teardown(much_goes_through, prepare, done),
	    cmocka_unit_test_setup_teardown(deaf_program_is_no_trouble,
		prepare, done),
	    cmocka_unit_test_setup_teardown(little_is_inherited, prepare,
		done),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
