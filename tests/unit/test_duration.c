/* Durations as people write them: src/base/duration.c. */
#include "check.h"

#include "base/duration.h"

static void
reads_durations(void **state)
{
	static const struct {
		const char *text;
		int64_t ms; /* -1: refused */
	} rows[] = {
	    {"30s", 30000},
	    {"5m", 300000},
	    {"12h", 43200000},
	    {"7d", 604800000},
	    {"250ms", 250},
	    {"0s", 0},
	    {"1h30m", 5400000},
	    {"1d2h3m4s5ms", 93784005},
	    {"90s", 90000},
	    {"10000d", 864000000000},
	    {"10001d", -1},
	    {"999999999d", -1},
	    {"9999999999s", -1},
	    {"", -1},
	    {"5", -1},
	    {"m", -1},
	    {"5 m", -1},
	    {" 5m", -1},
	    {"5m ", -1},
	    {"-5m", -1},
	    {"1.5h", -1},
	    {"30m1h", -1},
	    {"1h1h", -1},
	    {"5min", -1},
	    {"5M", -1},
	    {"5m30", -1},
	};

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		int64_t ms = -1;

		check_row(duration_parse(str_of(rows[i].text), &ms) ==
			(rows[i].ms >= 0),
		    rows[i].text);
		check_row(ms == rows[i].ms, rows[i].text);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(reads_durations),
	};

	return cmocka_run_group_tests_name("duration", tests, NULL, NULL);
}
