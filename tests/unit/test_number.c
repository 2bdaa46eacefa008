/* Check digits: src/base/number.c. */
#include "check.h"

#include "base/number.h"

/* Every wrong digit and every swap of neighbours in every number of four
 * digits must change the check digit; so must they between number and digit. */
static void
damm_finds_slips(void **state)
{
	char typed[6], slip[6];

	assert_int_equal(number_damm(STR("572")), '4');
	assert_int_equal(number_damm(STR("5724")), '0');
	assert_int_equal(number_damm(STR("")), '0');
	for (int number = 0; number < 10000; number++) {
		snprintf(typed, sizeof typed, "%04d", number);
		typed[4] = number_damm(str_of(typed));
		typed[5] = '\0';
		assert_int_equal(number_damm(str_of(typed)), '0');
		for (int i = 0; i < 5; i++) {
			for (char c = '0'; c <= '9'; c++) {
				memcpy(slip, typed, sizeof slip);
				slip[i] = c;
				if (c != typed[i])
					assert_int_not_equal(
					    number_damm(str_of(slip)), '0');
			}
			memcpy(slip, typed, sizeof slip);
			if (i == 4 || typed[i] == typed[i + 1])
				continue;
			slip[i] = typed[i + 1];
			slip[i + 1] = typed[i];
			assert_int_not_equal(number_damm(str_of(slip)), '0');
		}
	}
}

static void
stands_behind_the_number(void **state)
{
	void *mem = talloc_new(NULL);

	check_str(number_checked(mem, 572), "572-4");
	check_str(number_checked(mem, 0), "0-0");
	talloc_free(mem);
}

static void
read_with_its_digit_alone(void **state)
{
	static const struct {
		const char *typed;
		int64_t n; /* 0: refused */
	} rows[] = {
	    {"572-4", 572}, {"5724", 572}, {"57 24", 572}, {" 5/7.2-4 ", 572},
	    {"0572-4", 572}, {"572-5", 0}, {"527-4", 0}, {"572", 0}, {"4", 0},
	    {"", 0}, {"-", 0}, {"0-0", 0}, {"A572-4", 0}, {"572-4a", 0},
	    {"99999999999999999999-0", 0},
	};
	void *mem = talloc_new(NULL);

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		int64_t n = 0;
		bool good = number_read(mem, str_of(rows[i].typed), &n);

		check_row(good == (rows[i].n != 0), rows[i].typed);
		check_row(n == rows[i].n, rows[i].typed);
	}
	for (int64_t n = 1; n < INT64_MAX / 7; n = n * 7 + 3) {
		int64_t back = 0;

		assert_true(number_read(mem, number_checked(mem, n), &back));
		assert_int_equal(back, n);
	}
	talloc_free(mem);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(damm_finds_slips),
	    cmocka_unit_test(stands_behind_the_number),
	    cmocka_unit_test(read_with_its_digit_alone),
	};

	return cmocka_run_group_tests_name("number", tests, NULL, NULL);
}
