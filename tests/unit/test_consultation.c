/*
 * What of a call nobody paid for: src/desk/consultation.c. The paid time itself
 * is tested in calls, tests/http/paid.test.mjs.
 */
#include "check.h"

#include "desk/consultation.h"

enum { SECOND = 1000, MINUTE = 60 * SECOND };

static void
overruns(void **state)
{
	/* Times are minutes and seconds of the call; the limit is 5:00, the
	 * grace 0:30. `paid` -1: nothing is; `stop` -1: it runs. */
	static const struct {
		int paid_s, stop_s, end_s, overrun_s;
	} rows[] = {
	    {-1, -1, 300, 0},
	    {-1, -1, 330, 0},
	    {-1, -1, 331, 1},
	    {-1, -1, 3600, 3270},
	    {290, -1, 3600, 0},
	    {330, -1, 3600, 0},
	    {360, -1, 3600, 30},  /* the yes came late */
	    {290, 900, 900, 0},
	    {290, 900, 930, 0},
	    {290, 900, 1000, 70}, /* and on without paying */
	    {360, 900, 1000, 100},
	    {60, 120, 300, 0}, /* what is left of the five minutes is free */
	    {60, 120, 340, 10},
	};

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		const int64_t begun = 1764000000000;
		struct consultation c = {.order_id = rows[i].paid_s >= 0,
		    .running = rows[i].stop_s < 0,
		    .started_ms = begun + rows[i].paid_s * SECOND,
		    .ended_ms = begun + rows[i].stop_s * SECOND};
		int64_t got = call_overrun(&c, begun,
		    begun + rows[i].end_s * SECOND, 5 * MINUTE, MINUTE / 2);

		if (got != rows[i].overrun_s * SECOND)
			print_error("row %zu: %lld\n", i, (long long)got);
		assert_int_equal(got, rows[i].overrun_s * SECOND);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(overruns),
	};

	return cmocka_run_group_tests_name("consultation", tests, NULL, NULL);
}
