/* Moments as people read them: src/base/calendar.c, in Europe/Berlin unless a
 * test says otherwise. */
#include "check.h"

#include "base/calendar.h"

enum { SECOND = 1000, MINUTE = 60 * SECOND, HOUR = 60 * MINUTE };

static const int64_t DAY = 24LL * HOUR;
/* Tuesday, 24 November 2026, 09:40:12 in Berlin */
static const int64_t NOW = 1795509612345;
/* Sunday, 25 October 2026, 03:00 summer time becomes 02:00 */
static const int64_t AUTUMN = 1792890000000;
/* Sunday, 29 March 2026, 02:00 becomes 03:00 */
static const int64_t SPRING = 1774746000000;

static int
berlin(void **state)
{
	*state = talloc_new(NULL);
	return calendar_zone_set("Europe/Berlin") ? 0 : -1;
}

static int
done(void **state)
{
	talloc_free(*state);
	return 0;
}

static void
zones_are_checked(void **state)
{
	static const char *const bad[] = {"", "Europe", "Europe/Nowhere",
	    "/etc/localtime", "../zoneinfo/UTC", "Europe/Berlin ", ":UTC",
	    "EST5EDT,M3.2.0", "."};

	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		check_row(!calendar_zone_set(bad[i]), bad[i]);
	check_str(calendar_exact(*state, LANG_DE, NOW), "24.11.2026 09:40:12");
	assert_true(calendar_zone_set("America/Argentina/Buenos_Aires"));
	assert_true(calendar_zone_set("UTC"));
	check_str(calendar_exact(*state, LANG_DE, NOW), "24.11.2026 08:40:12");
}

static void
days_and_moments(void **state)
{
	check_str(calendar_date(*state, NOW), "2026-11-24");
	check_str(calendar_date(*state, 0), "1970-01-01");
	check_str(calendar_date(*state, -1 - HOUR), "1969-12-31");
	check_str(calendar_exact(*state, LANG_EN, NOW), "24 Nov 2026 09:40:12");
	check_str(calendar_rfc3339(*state, NOW), "2026-11-24T08:40:12.345Z");
	check_str(calendar_rfc3339(*state, -1), "1969-12-31T23:59:59.999Z");
	check_str(calendar_day(*state, LANG_DE, STR("2026-01-03")),
	    "03.01.2026");
	check_str(calendar_day(*state, LANG_EN, STR("2026-01-03")),
	    "3 Jan 2026");
	check_str(calendar_day(*state, LANG_DE, STR("soon")), "soon");
	assert_int_equal(calendar_hour(NOW), 9);
}

static void
dates_are_real(void **state)
{
	static const char *const good[] = {"2026-11-24", "2024-02-29",
	    "2000-02-29", "0001-01-01", "9999-12-31"};
	static const char *const bad[] = {"", "2026-02-29", "1900-02-29",
	    "2026-13-01", "2026-00-10", "2026-04-31", "2026-04-00",
	    "2026-4-3", "26-04-03", "2026/04/03", "2026-04-03 ", "0000-01-01",
	    "2026-0a-03", "+026-04-03"};

	for (size_t i = 0; i < sizeof good / sizeof *good; i++)
		check_row(calendar_date_ok(str_of(good[i])), good[i]);
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		check_row(!calendar_date_ok(str_of(bad[i])), bad[i]);
}

static void
moments_in_words(void **state)
{
	static const struct {
		int64_t away_ms;
		const char *german, *english;
	} rows[] = {
	    {0, "vor 0 s", "0 s ago"},
	    {-8 * SECOND, "vor 8 s", "8 s ago"},
	    {-59 * SECOND, "vor 59 s", "59 s ago"},
	    {-MINUTE, "heute 09:39", "today 09:39"},
	    {-9 * HOUR, "heute 00:40", "today 00:40"},
	    {-10 * HOUR, "gestern 23:40", "yesterday 23:40"},
	    {-33 * HOUR, "gestern 00:40", "yesterday 00:40"},
	    {-34 * HOUR, "So 23:40", "Sun 23:40"},
	    {-6 * 24 * HOUR, "Mi 09:40", "Wed 09:40"},
	    {-7 * 24 * HOUR, "17.11.2026 09:40", "17 Nov 2026 09:40"},
	    {5 * SECOND, "heute 09:40", "today 09:40"},
	    {15 * HOUR, "morgen 00:40", "tomorrow 00:40"},
	    {40 * HOUR, "26.11.2026 01:40", "26 Nov 2026 01:40"},
	};

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		int64_t at = NOW + rows[i].away_ms;

		check_str(calendar_when(*state, LANG_DE, NOW, at),
		    rows[i].german);
		check_str(calendar_when(*state, LANG_EN, NOW, at),
		    rows[i].english);
	}
	/* across the turn of a year, and of a leap year */
	check_str(calendar_when(*state, LANG_DE, 1767225600000,
		      1767225600000 - 2 * HOUR),
	    "gestern 23:00");
	check_str(calendar_when(*state, LANG_DE, 1735689600000,
		      1735689600000 - 2 * HOUR),
	    "gestern 23:00");
}

static void
summer_time_begins(void **state)
{
	check_str(calendar_exact(*state, LANG_DE, SPRING - 1),
	    "29.03.2026 01:59:59");
	check_str(calendar_exact(*state, LANG_DE, SPRING),
	    "29.03.2026 03:00:00");
	/* a day of 23 hours: the evening before is still yesterday */
	check_str(calendar_when(*state, LANG_DE, SPRING + 20 * HOUR,
		      SPRING - 3 * HOUR),
	    "gestern 23:00");
	check_str(calendar_when(*state, LANG_DE, SPRING + 20 * HOUR + MINUTE,
		      SPRING - 2 * HOUR),
	    "heute 00:00");
}

static void
summer_time_ends(void **state)
{
	check_str(calendar_exact(*state, LANG_DE, AUTUMN - HOUR),
	    "25.10.2026 02:00:00");
	check_str(calendar_exact(*state, LANG_DE, AUTUMN),
	    "25.10.2026 02:00:00");
	check_str(calendar_date(*state, AUTUMN + 22 * HOUR - 1), "2026-10-25");
	check_str(calendar_date(*state, AUTUMN + 22 * HOUR), "2026-10-26");
	/* a day of 25 hours */
	check_str(calendar_when(*state, LANG_DE, AUTUMN + 21 * HOUR,
		      AUTUMN - 3 * HOUR),
	    "heute 00:00");
	check_str(calendar_when(*state, LANG_DE, AUTUMN + DAY,
		      AUTUMN - 3 * HOUR),
	    "gestern 00:00");
}

static void
lengths(void **state)
{
	check_str(calendar_length(*state, 0), "0:00");
	check_str(calendar_length(*state, 999), "0:00");
	check_str(calendar_length(*state, 247 * SECOND), "4:07");
	check_str(calendar_length(*state, 59 * MINUTE + 59 * SECOND), "59:59");
	check_str(calendar_length(*state, HOUR + 2 * MINUTE + 9 * SECOND),
	    "1:02:09");
	check_str(calendar_length(*state, 100 * DAY), "2400:00:00");
	check_str(calendar_length(*state, -5000), "0:00");
}

static void
far_moments_do_no_harm(void **state)
{
	static const int64_t far[] = {INT64_MIN, INT64_MAX, INT64_MIN / 2};

	assert_int_equal(calendar_rfc3339(*state, INT64_MIN).n, 24);
	assert_int_equal(calendar_date(*state, INT64_MAX).n, DATE_BYTES);

	for (size_t i = 0; i < sizeof far / sizeof *far; i++) {
		assert_non_null(calendar_date(*state, far[i]).p);
		assert_non_null(calendar_rfc3339(*state, far[i]).p);
		assert_non_null(
		    calendar_when(*state, LANG_DE, NOW, far[i]).p);
	}
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, berlin, done)

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST(zones_are_checked),
	    TEST(days_and_moments),
	    TEST(dates_are_real),
	    TEST(moments_in_words),
	    TEST(summer_time_begins),
	    TEST(summer_time_ends),
	    TEST(lengths),
	    TEST(far_moments_do_no_harm),
	};

	return cmocka_run_group_tests_name("calendar", tests, NULL, NULL);
}
