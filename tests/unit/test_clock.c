/* The one clock in its three kinds: src/base/clock.c. */
#include "check.h"

#include <time.h>
#include <unistd.h>

#include "base/clock.h"

static void
write_time(const char *path, const char *text)
{
	FILE *f = fopen(path, "w");

	assert_non_null(f);
	fputs(text, f);
	fclose(f);
}

static void
machine_time_is_now(void **state)
{
	int64_t now_ms = (int64_t)time(NULL) * 1000;

	assert_in_range(
	    clock_now_ms(clock_system()), now_ms - 1000, now_ms + 5000);
}

static void
fixed_time_follows_its_owner(void **state)
{
	void *mem = talloc_new(NULL);
	int64_t now_ms = 5;
	const struct clock *c = clock_fixed(mem, &now_ms);

	assert_int_equal(clock_now_ms(c), 5);
	now_ms = -7;
	assert_int_equal(clock_now_ms(c), -7);
	talloc_free(mem);
}

static void
file_is_read_anew(void **state)
{
	char path[] = "/tmp/clockXXXXXX";
	void *mem = talloc_new(NULL);
	const struct clock *c;

	close(mkstemp(path));
	c = clock_file(mem, path);
	assert_true(clock_now_ms(c) > 1000); /* nothing yet: the machine's */
	write_time(path, "1795509600000\n");
	assert_int_equal(clock_now_ms(c), 1795509600000);
	write_time(path, "17955096");
	assert_int_equal(clock_now_ms(c), 17955096);
	write_time(path, "");
	assert_int_equal(clock_now_ms(c), 17955096);
	unlink(path);
	assert_int_equal(clock_now_ms(c), 17955096);
	talloc_free(mem);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(machine_time_is_now),
	    cmocka_unit_test(fixed_time_follows_its_owner),
	    cmocka_unit_test(file_is_read_anew),
	};

	return cmocka_run_group_tests_name("clock", tests, NULL, NULL);
}
