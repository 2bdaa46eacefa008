/*
 * Moments and days in words, in both languages. The zone is the company's and
 * set once; summer time is the C library's business (localtime_r and the
 * system's zone files). Durations that people write ("5m") are read by
 * base/duration.c; what "now" is, by base/clock.c.
 */
#include "base/calendar.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

enum { ZONE_BYTES_MAX = 64, SECOND = 1000, MINUTE = 60 * SECOND };

static const char *const weekdays[LANG__MAX][7] = {
    [LANG_DE] = {"So", "Mo", "Di", "Mi", "Do", "Fr", "Sa"},
    [LANG_EN] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"},
};

static const char *const months[12] = {"Jan", "Feb", "Mar", "Apr", "May",
    "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

bool
calendar_zone_ok(const char *zone)
{
	static const char letters[] = "abcdefghijklmnopqrstuvwxyz"
				      "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				      "0123456789_+-/";
	char path[ZONE_BYTES_MAX + 32];
	struct stat st;
	size_t n = strlen(zone);

	if (!strcmp(zone, "UTC"))
		return true;
	if (n == 0 || n > ZONE_BYTES_MAX || zone[0] == '/' ||
	    strspn(zone, letters) != n)
		return false;
	snprintf(path, sizeof path, "/usr/share/zoneinfo/%s", zone);
	return stat(path, &st) == 0 && S_ISREG(st.st_mode);
}

bool
calendar_zone_set(const char *zone)
{
	if (!calendar_zone_ok(zone))
		return false;
	setenv("TZ", zone, 1);
	tzset();
	return true;
}

/* The moment, or the nearest that has a year of four digits. */
static int64_t
within_years(int64_t at_ms)
{
	static const int64_t first = -62135510400000, last = 253402214400000;

	return at_ms < first ? first : at_ms > last ? last : at_ms;
}

/* Whole seconds, rounded towards the past. */
static time_t
seconds_of(int64_t at_ms)
{
	return (time_t)(at_ms / SECOND - (at_ms % SECOND < 0));
}

static struct tm
local(int64_t at_ms)
{
	time_t t = seconds_of(within_years(at_ms));
	struct tm tm = {0};

	localtime_r(&t, &tm);
	return tm;
}

struct str
calendar_date(void *mem, int64_t at_ms)
{
	struct tm tm = local(at_ms);

	return str_printf(mem, "%04d-%02d-%02d", tm.tm_year + 1900,
	    tm.tm_mon + 1, tm.tm_mday);
}

static bool
is_leap(int year)
{
	return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

/* Reads `n` digits; -1 if one is none. */
static int
digits(const char *p, size_t n)
{
	int v = 0;

	for (; n; n--, p++) {
		if (*p < '0' || *p > '9')
			return -1;
		v = v * 10 + (*p - '0');
	}
	return v;
}

static bool
date_read(struct str date, int *year, int *month, int *day)
{
	static const char days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31,
	    30, 31};

	if (date.n != DATE_BYTES || date.p[4] != '-' || date.p[7] != '-')
		return false;
	*year = digits(date.p, 4);
	*month = digits(date.p + 5, 2);
	*day = digits(date.p + 8, 2);
	return *year >= 1 && *month >= 1 && *month <= 12 && *day >= 1 &&
	    *day <= days[*month - 1] + (*month == 2 && is_leap(*year));
}

bool
calendar_date_ok(struct str date)
{
	int year, month, day;

	return date_read(date, &year, &month, &day);
}

static struct str
day_text(void *mem, enum lang lang, int year, int month, int day)
{
	if (lang == LANG_DE)
		return str_printf(mem, "%02d.%02d.%04d", day, month, year);
	return str_printf(mem, "%d %s %04d", day, months[month - 1], year);
}

struct str
calendar_day(void *mem, enum lang lang, struct str date)
{
	int year, month, day;

	if (!date_read(date, &year, &month, &day))
		return str_dup(mem, date);
	return day_text(mem, lang, year, month, day);
}

/* The number of a local day, so that neighbours differ by one. */
static int64_t
day_number(const struct tm *tm)
{
	int64_t year = (int64_t)tm->tm_year + 1900 - 1;

	return year * 365 + year / 4 - year / 100 + year / 400 + tm->tm_yday;
}

struct str
calendar_when(void *mem, enum lang lang, int64_t now_ms, int64_t at_ms)
{
	static const char *const ago[LANG__MAX] = {
	    [LANG_DE] = "vor %d s", [LANG_EN] = "%d s ago"};
	static const char *const near[LANG__MAX][3] = {
	    [LANG_DE] = {"gestern", "heute", "morgen"},
	    [LANG_EN] = {"yesterday", "today", "tomorrow"},
	};
	struct tm now = local(now_ms), at = local(at_ms);
	int64_t days = day_number(&at) - day_number(&now);
	int64_t past_ms = within_years(now_ms) - within_years(at_ms);

	if (past_ms >= 0 && past_ms < MINUTE)
		return str_printf(mem, ago[lang], (int)(past_ms / SECOND));
	if (days >= -1 && days <= 1)
		return str_printf(mem, "%s %02d:%02d", near[lang][days + 1],
		    at.tm_hour, at.tm_min);
	if (days < 0 && days >= -6)
		return str_printf(mem, "%s %02d:%02d",
		    weekdays[lang][at.tm_wday], at.tm_hour, at.tm_min);
	return str_printf(mem, "%s %02d:%02d",
	    day_text(mem, lang, at.tm_year + 1900, at.tm_mon + 1, at.tm_mday)
		.p,
	    at.tm_hour, at.tm_min);
}

struct str
calendar_exact(void *mem, enum lang lang, int64_t at_ms)
{
	struct tm at = local(at_ms);
	struct str day = day_text(
	    mem, lang, at.tm_year + 1900, at.tm_mon + 1, at.tm_mday);

	return str_printf(mem, "%s %02d:%02d:%02d", day.p, at.tm_hour,
	    at.tm_min, at.tm_sec);
}

struct str
calendar_rfc3339(void *mem, int64_t at_ms)
{
	time_t t;
	struct tm tm = {0};

	at_ms = within_years(at_ms);
	t = seconds_of(at_ms);
	gmtime_r(&t, &tm);
	return str_printf(mem, "%04d-%02d-%02dT%02d:%02d:%02d.%03dZ",
	    tm.tm_year + 1900, tm.tm_mon + 1, tm.tm_mday, tm.tm_hour,
	    tm.tm_min, tm.tm_sec, (int)(at_ms - (int64_t)t * SECOND));
}

struct str
calendar_length(void *mem, int64_t ms)
{
	long long s = ms < 0 ? 0 : ms / SECOND;

	if (s < 3600)
		return str_printf(mem, "%lld:%02lld", s / 60, s % 60);
	return str_printf(mem, "%lld:%02lld:%02lld", s / 3600, s / 60 % 60,
	    s % 60);
}

int
calendar_hour(int64_t at_ms)
{
	return local(at_ms).tm_hour;
}
