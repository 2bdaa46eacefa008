/*
 * Text as pointer and length: copying, formatting, trimming, cutting, finding,
 * comparing, and the one reader of whole numbers. Everything here works on
 * bytes; what concerns characters (case, accents, length as people count it) is
 * in base/text.c, and text that grows is in base/buf.c.
 */
#include "base/str.h"

#include "base/log.h"
#include "base/mem.h"

void *
mem_sure(void *p)
{
	if (!p)
		die("out of memory");
	return p;
}

struct str
str_copy(void *mem, const char *p, size_t n)
{
	char *copy = mem_sure(talloc_size(mem, n + 1));

	if (n)
		memcpy(copy, p, n);
	copy[n] = '\0';
	return (struct str){copy, n};
}

struct str
str_dup(void *mem, struct str s)
{
	return s.p ? str_copy(mem, s.p, s.n) : s;
}

struct str
str_vprintf(void *mem, const char *format, va_list ap)
{
	return str_of(mem_sure(talloc_vasprintf(mem, format, ap)));
}

struct str
str_printf(void *mem, const char *format, ...)
{
	va_list ap;
	struct str s;

	va_start(ap, format);
	s = str_vprintf(mem, format, ap);
	va_end(ap);
	return s;
}

static bool
is_space(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

struct str
str_trim(struct str s)
{
	while (s.n && is_space(s.p[0])) {
		s.p++;
		s.n--;
	}
	while (s.n && is_space(s.p[s.n - 1]))
		s.n--;
	return s;
}

bool
str_starts(struct str s, struct str head)
{
	return s.n >= head.n && (head.n == 0 || !memcmp(s.p, head.p, head.n));
}

bool
str_take(struct str *rest, char mark, struct str *part)
{
	const char *at = rest->n ? memchr(rest->p, mark, rest->n) : NULL;
	size_t gone = rest->n;

	*part = *rest;
	if (at) {
		part->n = (size_t)(at - rest->p);
		gone = part->n + 1;
	}
	if (gone == 0)
		return false;
	rest->p += gone;
	rest->n -= gone;
	return true;
}

int
str_order(struct str a, struct str b)
{
	size_t n = a.n < b.n ? a.n : b.n;
	int order = n ? memcmp(a.p, b.p, n) : 0;

	return order ? order : (a.n > b.n) - (a.n < b.n);
}

long
str_find(struct str s, struct str needle)
{
	const char *at;

	if (needle.n == 0)
		return 0;
	if (s.n < needle.n)
		return -1;
	at = memmem(s.p, s.n, needle.p, needle.n);
	return at ? (long)(at - s.p) : -1;
}

bool
str_to_i64(struct str s, int64_t *out)
{
	bool minus = s.n && s.p[0] == '-';
	size_t i = minus;
	int64_t v = 0;

	if (i == s.n)
		return false;
	for (; i < s.n; i++) {
		if (s.p[i] < '0' || s.p[i] > '9')
			return false;
		/* counted downwards, since INT64_MIN has no opposite */
		if (__builtin_mul_overflow(v, 10, &v) ||
		    __builtin_sub_overflow(v, s.p[i] - '0', &v))
			return false;
	}
	if (!minus && __builtin_sub_overflow((int64_t)0, v, &v))
		return false;
	*out = v;
	return true;
}
