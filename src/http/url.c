/*
 * Percent-encoding, read strictly: a '%' without two hexadecimal digits is an
 * error here, not a percent sign, since two readers that disagree about it are
 * how a check gets passed. Which characters a path may hold is the guard's
 * business (guard.c), what a field may hold is the form's (form.c).
 */
#include "http/url.h"

#include "base/buf.h"
#include "base/mem.h"
#include "base/text.h"

static int
hex_digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	return -1;
}

/* The byte at s.p[*i], decoded; -1 for a wrong '%'. Moves *i to its end. */
static int
byte_decode(struct str s, size_t *i, bool plus)
{
	int high, low;

	if (s.p[*i] == '+' && plus)
		return ' ';
	if (s.p[*i] != '%')
		return (unsigned char)s.p[*i];
	if (s.n - *i < 3)
		return -1;
	high = hex_digit(s.p[*i + 1]);
	low = hex_digit(s.p[*i + 2]);
	*i += 2;
	return high < 0 || low < 0 ? -1 : high * 16 + low;
}

bool
url_decode(void *mem, struct str s, bool plus, struct str *out)
{
	char *p = mem_sure(talloc_size(mem, s.n + 1));
	size_t n = 0;

	for (size_t i = 0; i < s.n; i++) {
		int c = byte_decode(s, &i, plus);

		if (c < 0)
			return false;
		p[n++] = (char)c;
	}
	p[n] = '\0';
	*out = (struct str){p, n};
	return true;
}

/* Takes what stands before `mark` off the front of *rest. */
static struct str
part_take(struct str *rest, char mark)
{
	const char *at = rest->n ? memchr(rest->p, mark, rest->n) : NULL;
	struct str part = {rest->p, at ? (size_t)(at - rest->p) : rest->n};
	size_t gone = part.n + (at ? 1 : 0);

	rest->p += gone;
	rest->n -= gone;
	return part;
}

static size_t
pairs_count(struct str s)
{
	size_t n = 1;

	for (size_t i = 0; i < s.n; i++)
		n += s.p[i] == '&';
	return n;
}

bool
pair_mend(void *mem, struct http_pair *pair)
{
	if (text_valid(pair->name) && text_valid(pair->value))
		return false;
	pair->name = text_repair(mem, pair->name);
	pair->value = text_repair(mem, pair->value);
	return true;
}

bool
url_pairs(void *mem, struct str s, struct http_pair **out, size_t *n,
    bool **broken)
{
	size_t room = s.n ? pairs_count(s) : 0;
	bool mended;

	*n = 0;
	*out = NULL;
	if (room > URL_PAIRS_MAX)
		return false;
	if (room)
		*out = mem_array(mem, struct http_pair, room);
	if (broken)
		*broken = mem_array(mem, bool, room + 1);
	while (s.n) {
		struct str value = part_take(&s, '&');
		struct str name = part_take(&value, '=');
		struct http_pair *pair = &(*out)[*n];

		if (name.n == 0 && value.n == 0)
			continue;
		if (!url_decode(mem, name, true, &pair->name) ||
		    !url_decode(mem, value, true, &pair->value))
			return false;
		mended = pair_mend(mem, pair);
		if (broken)
			(*broken)[*n] = mended;
		(*n)++;
	}
	return true;
}

struct str
url_encode(void *mem, struct str s)
{
	static const char unreserved[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
					 "abcdefghijklmnopqrstuvwxyz"
					 "0123456789-._~";
	struct buf b;

	buf_init(&b, mem, 3 * s.n + 1);
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] && strchr(unreserved, s.p[i]))
			buf_char(&b, s.p[i]);
		else
			buf_printf(&b, "%%%02X", (unsigned char)s.p[i]);
	return buf_get(&b);
}
