/* The growing buffer: src/base/buf.c. */
#include "check.h"

#include "base/buf.h"

static void
empty_is_readable(void **state)
{
	struct buf b;

	buf_init(&b, NULL, 10);
	check_str(buf_get(&b), "");
	assert_false(b.full);
}

static void
grows_and_keeps_order(void **state)
{
	void *mem = talloc_new(NULL);
	struct buf b;

	buf_init(&b, mem, 1 << 20);
	for (int i = 0; i < 20000; i++)
		buf_char(&b, (char)('a' + i % 26));
	assert_int_equal(b.n, 20000);
	for (int i = 0; i < 20000; i++)
		assert_int_equal(b.p[i], 'a' + i % 26);
	assert_int_equal(b.p[b.n], '\0');
	talloc_free(mem);
}

static void
writes_numbers(void **state)
{
	void *mem = talloc_new(NULL);
	struct buf b;

	buf_init(&b, mem, 100);
	buf_i64(&b, 0);
	buf_char(&b, ' ');
	buf_i64(&b, INT64_MIN);
	buf_char(&b, ' ');
	buf_i64(&b, INT64_MAX);
	buf_printf(&b, " %03d%s", 7, "x");
	buf_str(&b, STR("!"));
	buf_str(&b, str_of(NULL));
	buf_puts(&b, "");
	check_str(buf_get(&b),
	    "0 -9223372036854775808 9223372036854775807 007x!");
	talloc_free(mem);
}

static void
full_takes_nothing_more(void **state)
{
	void *mem = talloc_new(NULL);
	struct buf b;

	buf_init(&b, mem, 5);
	buf_puts(&b, "abc");
	buf_puts(&b, "def");
	assert_true(b.full);
	buf_puts(&b, "x"); /* would fit, but a hole is worse than an end */
	buf_printf(&b, "%d", 1);
	check_str(buf_get(&b), "abc");
	assert_false(buf_reserve(&b, 1));
	talloc_free(mem);
}

static void
exactly_full_is_not_too_full(void **state)
{
	void *mem = talloc_new(NULL);
	struct buf b;

	buf_init(&b, mem, 5);
	buf_puts(&b, "abc");
	buf_printf(&b, "%s", "de");
	assert_false(b.full);
	check_str(buf_get(&b), "abcde");
	assert_false(buf_reserve(&b, SIZE_MAX));
	talloc_free(mem);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(empty_is_readable),
	    cmocka_unit_test(grows_and_keeps_order),
	    cmocka_unit_test(writes_numbers),
	    cmocka_unit_test(full_takes_nothing_more),
	    cmocka_unit_test(exactly_full_is_not_too_full),
	};

	return cmocka_run_group_tests_name("buf", tests, NULL, NULL);
}
