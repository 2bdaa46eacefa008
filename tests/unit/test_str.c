/* Text as pointer and length: src/base/str.c. */
#include "check.h"

static void
copies_end_with_nul(void **state)
{
	void *mem = talloc_new(NULL);

	check_str(str_copy(mem, "abcdef", 3), "abc");
	check_str(str_copy(mem, NULL, 0), "");
	check_str(str_dup(mem, STR("xy")), "xy");
	assert_null(str_dup(mem, str_of(NULL)).p);
	check_str(str_printf(mem, "%s-%d", "a", 7), "a-7");
	talloc_free(mem);
}

static void
trims_both_ends(void **state)
{
	static const struct {
		const char *in, *out;
	} rows[] = {{"", ""}, {" \t\r\n", ""}, {"a", "a"}, {" a b\n", "a b"},
	    {"\v\fx\f", "x"}};

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		check_row(str_is(str_trim(str_of(rows[i].in)), rows[i].out),
		    rows[i].in);
}

static void
finds_and_begins(void **state)
{
	assert_true(str_starts(STR("abc"), STR("ab")));
	assert_true(str_starts(STR("abc"), STR("")));
	assert_false(str_starts(STR("ab"), STR("abc")));
	assert_true(str_starts(str_of(NULL), STR("")));
	assert_int_equal(str_find(STR("abcabc"), STR("ca")), 2);
	assert_int_equal(str_find(STR("abc"), STR("")), 0);
	assert_int_equal(str_find(STR("abc"), STR("abcd")), -1);
	assert_int_equal(str_find(str_of(NULL), STR("a")), -1);
	assert_true(str_eq(str_of(NULL), STR("")));
	assert_false(str_is(STR("ab"), "a"));
}

static void
takes_part_after_part(void **state)
{
	struct str rest = STR("a,,bc,"), part = STR("x");

	assert_true(str_take(&rest, ',', &part));
	assert_true(str_is(part, "a"));
	assert_true(str_take(&rest, ',', &part));
	assert_true(str_is(part, ""));
	assert_true(str_take(&rest, ',', &part));
	assert_true(str_is(part, "bc"));
	assert_false(str_take(&rest, ',', &part));
	assert_true(str_is(part, ""));

	rest = STR("whole");
	assert_true(str_take(&rest, ',', &part));
	assert_true(str_is(part, "whole"));
	rest = str_of(NULL);
	assert_false(str_take(&rest, ',', &part));
	assert_true(str_empty(part));
}

static void
orders_by_bytes(void **state)
{
	static const struct {
		const char *a, *b;
		int order;
	} rows[] = {{"", "", 0}, {NULL, "", 0}, {NULL, "a", -1},
	    {"a", "b", -1}, {"ab", "a", 1}, {"a", "ab", -1}, {"b", "ab", 1},
	    {"z", "\xc3\xa4", -1}, {"same", "same", 0}};

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		int order = str_order(str_of(rows[i].a), str_of(rows[i].b));

		check_row((order > 0) - (order < 0) == rows[i].order,
		    rows[i].b);
	}
}

static void
reads_whole_numbers_only(void **state)
{
	static const struct {
		const char *in;
		bool ok;
		int64_t v;
	} rows[] = {
	    {"0", true, 0},
	    {"-1", true, -1},
	    {"007", true, 7},
	    {"9223372036854775807", true, INT64_MAX},
	    {"-9223372036854775808", true, INT64_MIN},
	    {"9223372036854775808", false, 0},
	    {"-9223372036854775809", false, 0},
	    {"99999999999999999999999", false, 0},
	    {"", false, 0},
	    {"-", false, 0},
	    {"+1", false, 0},
	    {" 1", false, 0},
	    {"1 ", false, 0},
	    {"1.5", false, 0},
	    {"0x10", false, 0},
	};

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		int64_t v = 42;

		check_row(str_to_i64(str_of(rows[i].in), &v) == rows[i].ok,
		    rows[i].in);
		check_row(v == (rows[i].ok ? rows[i].v : 42), rows[i].in);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(copies_end_with_nul),
	    cmocka_unit_test(trims_both_ends),
	    cmocka_unit_test(finds_and_begins),
	    cmocka_unit_test(takes_part_after_part),
	    cmocka_unit_test(orders_by_bytes),
	    cmocka_unit_test(reads_whole_numbers_only),
	};

	return cmocka_run_group_tests_name("str", tests, NULL, NULL);
}
