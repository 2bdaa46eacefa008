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

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(damm_finds_slips),
	    cmocka_unit_test(stands_behind_the_number),
	};

	return cmocka_run_group_tests_name("number", tests, NULL, NULL);
}
