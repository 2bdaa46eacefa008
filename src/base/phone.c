/*
 * Telephone numbers. Reading is strict: one character that has no business in
 * a number, and it matches nobody, since a wrong customer on the screen is
 * worse than none. National numbers are those of countries with a 0 in front
 * (Germany, Austria, Switzerland, France ...). There is no numbering plan in
 * here but for the places where people expect a gap when they read a number.
 */
#include "base/phone.h"

#include <strings.h>


enum {
	E164_MAX = 15,
	E164_MIN = 7,
	/* what must follow the country code where nothing else marks it */
	NATIONAL_MIN = 8,
	TYPED_MAX = 64, /* bytes; longer is no telephone number */
};

struct dialled {
	char digit[E164_MAX + 4]; /* with an international prefix */
	size_t n;
	bool plus;
};

/* Bytes of the separator at the head of `s`, 0 if there is none. */
static size_t
separator(struct str s)
{
	static const char *const wide[] = {
	    "\u00a0", "\u00ad", "\u200b", "\u200e", "\u200f", "\u2002",
	    "\u2003", "\u2007", "\u2008", "\u2009", "\u200a", "\u2010",
	    "\u2011", "\u2012", "\u2013", "\u2014", "\u202a", "\u202c",
	    "\u202d", "\u202f", "\u2060", "\u2066", "\u2068", "\u2069",
	    "\u2212", "\u3000"};

	if (s.p[0] && strchr(" \t/.-()", s.p[0]))
		return 1;
	for (size_t i = 0; i < sizeof wide / sizeof *wide; i++)
		if (str_starts(s, str_of(wide[i])))
			return strlen(wide[i]);
	return 0;
}

static bool
is_international(const struct dialled *d)
{
	return d->plus || (d->n >= 2 && !memcmp(d->digit, "00", 2));
}

/* Sorts what was typed into digits; false for what is no number at all. */
static bool
dialled_read(struct str s, struct dialled *d)
{
	while (s.n) {
		size_t n = separator(s);

		if (str_starts(s, STR("(0)")) && is_international(d)) {
			n = 3;
		} else if (s.p[0] == '+' && !d->plus && d->n == 0) {
			d->plus = true;
			n = 1;
		} else if (s.p[0] >= '0' && s.p[0] <= '9') {
			if (d->n == sizeof d->digit)
				return false;
			d->digit[d->n++] = s.p[0];
			n = 1;
		}
		if (n == 0)
			return false;
		s.p += n;
		s.n -= n;
	}
	return d->n > 0;
}

/* Italy's numbers keep their 0 behind the country code. */
static bool
keeps_zero(struct str country)
{
	return str_is(country, "39");
}

/* Drops the 0 of national numbers behind the country code. */
static struct str
trunk_dropped(void *mem, struct str e164, struct str country)
{
	if (!str_starts(e164, country) || e164.n <= country.n ||
	    e164.p[country.n] != '0' || keeps_zero(country))
		return e164;
	return str_printf(mem, "%.*s%.*s", STR_FMT(country),
	    (int)(e164.n - country.n - 1), e164.p + country.n + 1);
}

/* Whether the digits can be a subscriber's number. */
static bool
is_subscriber(struct str e164, struct str country)
{
	if (e164.n < E164_MIN || e164.n > E164_MAX || e164.p[0] == '0')
		return false;
	return !str_starts(e164, country) || e164.p[country.n] != '0' ||
	    keeps_zero(country);
}

bool
phone_normalise(void *mem, struct str typed, const char *country,
    struct str *out)
{
	struct dialled d = {0};
	struct str s = str_trim(typed), home = str_of(country), digits;

	if (s.n > 4 && !strncasecmp(s.p, "tel:", 4)) {
		const char *parameters = memchr(s.p, ';', s.n);

		if (parameters)
			s.n = (size_t)(parameters - s.p);
		s = (struct str){s.p + 4, s.n - 4};
	}
	if (s.n > TYPED_MAX || !dialled_read(s, &d))
		return false;
	digits = (struct str){d.digit, d.n};
	if (d.plus)
		digits = str_dup(mem, digits);
	else if (is_international(&d))
		digits = str_copy(mem, digits.p + 2, digits.n - 2);
	else if (digits.p[0] == '0')
		digits = str_printf(mem, "%s%.*s", country, STR_FMT(digits));
	else if (str_starts(digits, home) &&
	    digits.n >= home.n + NATIONAL_MIN)
		digits = str_dup(mem, digits);
	else
		return false;
	digits = trunk_dropped(mem, digits, home);
	if (!is_subscriber(digits, home))
		return false;
	*out = digits;
	return true;
}

/* How many digits the country code has: zones 1 and 7 are one country each,
 * then the two-digit codes, and the rest has three. */
static size_t
country_digits(struct str e164)
{
	static const char two[] = "20 27 30 31 32 33 34 36 39 40 41 43 44 45 "
				  "46 47 48 49 51 52 53 54 55 56 57 58 60 61 "
				  "62 63 64 65 66 81 82 84 86 90 91 92 93 94 "
				  "95 98";

	if (e164.p[0] == '1' || e164.p[0] == '7')
		return 1;
	for (const char *p = two; *p; p += p[2] ? 3 : 2)
		if (!memcmp(p, e164.p, 2))
			return 2;
	return 3;
}

/* Whether `s` begins with one of the three-digit groups in `list`. */
static bool
begins_with(struct str s, const char *list)
{
	for (const char *p = list; *p; p += p[3] ? 4 : 3)
		if (!memcmp(p, s.p, 3))
			return true;
	return false;
}

/* Germany: four cities have two digits, about a hundred places and all mobile
 * and service numbers three, the others four (villages in the east have five;
 * their gap stands one digit early). */
static size_t
german_area(struct str national)
{
	const char *p = national.p;

	if (begins_with((struct str){p, 3},
		"201 202 203 208 209 212 214 228 234 335 340 345 355 365 "
		"375 385 395 906 341 351 361 371 381 391"))
		return 3;
	if (!memcmp(p, "30", 2) || !memcmp(p, "40", 2) ||
	    !memcmp(p, "69", 2) || !memcmp(p, "89", 2) ||
	    !memcmp(p, "32", 2))
		return 2;
	if (p[0] == '1' || (p[1] == '0' && p[2] == '0'))
		return 3;
	if (p[0] != '3' && p[1] != '0' && p[2] == '1')
		return 3;
	return 4;
}

/* Where people expect the gap behind the area code; 0 if it is not known. */
static size_t
area_digits(struct str country, struct str national)
{
	if (national.n < 6)
		return 0;
	if (str_is(country, "49"))
		return german_area(national);
	if (str_is(country, "43"))
		return national.p[0] == '1' ? 1 : 3;
	if (str_is(country, "41"))
		return 2;
	return str_is(country, "1") ? 3 : 0;
}

static bool
is_e164(struct str s)
{
	if (s.n < E164_MIN || s.n > E164_MAX)
		return false;
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] < '0' || s.p[i] > '9')
			return false;
	return true;
}

struct str
phone_show(void *mem, struct str e164, const char *country)
{
	struct str code, national;
	size_t area;
	bool home;

	if (!is_e164(e164))
		return str_copy(mem, e164.p, e164.n);
	code = (struct str){e164.p, country_digits(e164)};
	national = (struct str){e164.p + code.n, e164.n - code.n};
	area = area_digits(code, national);
	home = str_eq(code, str_of(country)) && !keeps_zero(code);
	return str_printf(mem, "%s%.*s%s%.*s%s%.*s", home ? "" : "+",
	    home ? 0 : (int)code.n, code.p, home ? "0" : " ", (int)area,
	    national.p, area ? " " : "", (int)(national.n - area),
	    national.p + area);
}
