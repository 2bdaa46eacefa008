/*
 * Escaping, one function a place. Text and attributes share one table that is
 * safe in both; addresses are percent-encoded by what may stand in a path or
 * behind the "?" (RFC 3986). Which place needs which is decided when templates
 * are compiled (tools/template_emit.c), so nobody chooses by hand.
 */
#include "http/html.h"

#include <string.h>
#include <strings.h>

void
html_text_str(struct buf *b, struct str s)
{
	static const char *const by[256] = {['&'] = "&amp;",
	    ['<'] = "&lt;",
	    ['>'] = "&gt;",
	    ['"'] = "&#34;",
	    ['\''] = "&#39;"};
	size_t from = 0;

	for (size_t i = 0; i < s.n; i++) {
		const char *escaped = by[(unsigned char)s.p[i]];

		if (!escaped)
			continue;
		buf_put(b, s.p + from, i - from);
		buf_puts(b, escaped);
		from = i + 1;
	}
	if (from < s.n)
		buf_put(b, s.p + from, s.n - from);
}

/* Percent-encodes all but letters, digits and `plain`. */
static void
encode(struct buf *b, struct str s, const char *plain)
{
	static const char digits[] = "0123456789ABCDEF";

	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];
		bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');

		if (letter || (c >= '0' && c <= '9') ||
		    (c && strchr(plain, c))) {
			buf_char(b, (char)c);
		} else {
			buf_char(b, '%');
			buf_char(b, digits[c >> 4]);
			buf_char(b, digits[c & 15]);
		}
	}
}

void
html_segment_str(struct buf *b, struct str s)
{
	encode(b, s, "-._~!$()*+,;=:@");
}

void
html_query_str(struct buf *b, struct str s)
{
	encode(b, s, "-._~");
}

/* Whether a browser reads the bytes as they are: no controls and white space,
 * which it drops, no backslash, which it takes for a slash. */
static bool
address_plain(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if ((unsigned char)s.p[i] <= ' ' || s.p[i] == '\\' ||
		    s.p[i] == 0x7f)
			return false;
	return true;
}

static bool
address_ours(struct str s)
{
	return s.n && s.p[0] == '/' && (s.n == 1 || s.p[1] != '/') &&
	       address_plain(s);
}

static bool
scheme_is(struct str s, const char *scheme)
{
	size_t n = strlen(scheme);

	return s.n > n && !strncasecmp(s.p, scheme, n);
}

void
html_path_str(struct buf *b, struct str s)
{
	html_text_str(b, address_ours(s) ? s : STR("#"));
}

void
html_link_str(struct buf *b, struct str s)
{
	bool web = scheme_is(s, "https://") || scheme_is(s, "http://");

	html_text_str(b,
	    address_ours(s) || (web && address_plain(s)) ? s : STR("#"));
}

void
html_text_chars(struct buf *b, const char *s)
{
	html_text_str(b, str_of(s));
}

void
html_segment_chars(struct buf *b, const char *s)
{
	html_segment_str(b, str_of(s));
}

void
html_query_chars(struct buf *b, const char *s)
{
	html_query_str(b, str_of(s));
}

void
html_path_chars(struct buf *b, const char *s)
{
	html_path_str(b, str_of(s));
}

void
html_link_chars(struct buf *b, const char *s)
{
	html_link_str(b, str_of(s));
}

void
html_int(struct buf *b, int v)
{
	buf_i64(b, v);
}

void
html_i64(struct buf *b, int64_t v)
{
	buf_i64(b, v);
}

void
html_size(struct buf *b, size_t v)
{
	buf_i64(b, (int64_t)v);
}
