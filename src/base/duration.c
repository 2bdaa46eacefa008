/*
 * Reads durations from the configuration and the instruction. Writing one for
 * people ("4:07") is base/calendar.c's calendar_length.
 */
#include "base/duration.h"

#include <stddef.h>

enum { DIGITS_MAX = 9 };

static const int64_t LONGEST_MS = 10000LL * 24 * 3600 * 1000;

/* Greatest first; "ms" cannot be taken for "m", since a unit ends where the
 * next digit begins. */
static const struct {
	const char *name;
	int64_t ms;
} units[] = {
    {"d",  86400000},
    {"h",  3600000 },
    {"m",  60000   },
    {"s",  1000    },
    {"ms", 1       },
};

enum { UNITS = sizeof units / sizeof *units };

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* How many bytes at the head of `s` are digits, or are not. */
static size_t
span(struct str s, bool of_digits)
{
	size_t n = 0;

	while (n < s.n && is_digit(s.p[n]) == of_digits)
		n++;
	return n;
}

bool
duration_parse(struct str text, int64_t *out_ms)
{
	int64_t sum = 0, number;
	size_t unit = 0;

	if (!text.n)
		return false;
	while (text.n) {
		struct str count = {text.p, span(text, true)};
		struct str name = {text.p + count.n, 0};

		name.n = span((struct str){name.p, text.n - count.n}, false);
		if (count.n > DIGITS_MAX || !str_to_i64(count, &number))
			return false;
		while (unit < UNITS && !str_is(name, units[unit].name))
			unit++;
		if (unit == UNITS)
			return false;
		sum += number * units[unit++].ms;
		if (sum > LONGEST_MS)
			return false;
		text.p += count.n + name.n;
		text.n -= count.n + name.n;
	}
	*out_ms = sum;
	return true;
}
