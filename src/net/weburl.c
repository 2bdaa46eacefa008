/*
 * RFC 3986 with what browsers forgive: white space at the ends and line breaks
 * within are dropped, a backslash is a slash, unencoded bytes are encoded.
 */
#include "net/weburl.h"

#include <ctype.h>
#include <strings.h>

#include "base/buf.h"
#include "base/mem.h"

static bool
is_unreserved(unsigned char c)
{
	return c < 0x80 && (isalnum(c) || strchr("-._~", c)) && c;
}

/* Without white space at the ends and line breaks within. */
static struct str
tidied(void *mem, struct str s)
{
	char *p = mem_array(mem, char, s.n + 1);
	size_t n = 0;

	while (s.n && (unsigned char)s.p[0] <= ' ')
		s.p++, s.n--;
	while (s.n && (unsigned char)s.p[s.n - 1] <= ' ')
		s.n--;
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] != '\t' && s.p[i] != '\n' && s.p[i] != '\r')
			p[n++] = s.p[i];
	return (struct str){p, n};
}

static struct str
cut(struct str s, size_t from, size_t to)
{
	return (struct str){s.p + from, to - from};
}

/* Where the first of the bytes in `set` stands; s.n if nowhere. */
static size_t
first_of(struct str s, const char *set)
{
	size_t i = 0;

	while (i < s.n && !(s.p[i] && strchr(set, s.p[i])))
		i++;
	return i;
}

/* "https:" -> 6; 0 if there is no scheme. */
static size_t
scheme_length(struct str s)
{
	size_t i = 0;

	if (!s.n || !isalpha((unsigned char)s.p[0]))
		return 0;
	while (i < s.n && (isalnum((unsigned char)s.p[i]) ||
		    (s.p[i] && strchr("+-.", s.p[i]))))
		i++;
	return i < s.n && s.p[i] == ':' ? i + 1 : 0;
}

static int
hex_value(char c)
{
	return isdigit((unsigned char)c) ? c - '0'
					 : tolower((unsigned char)c) - 'a' + 10;
}

/* Path or query, encoded where it must be, decoded where it need not be. */
static void
put_encoded(struct buf *b, struct str s)
{
	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];

		if (c == '%' && i + 2 < s.n + 0 &&
		    isxdigit((unsigned char)s.p[i + 1]) &&
		    isxdigit((unsigned char)s.p[i + 2])) {
			c = (unsigned char)(hex_value(s.p[i + 1]) * 16 +
			    hex_value(s.p[i + 2]));
			i += 2;
			if (is_unreserved(c))
				buf_char(b, (char)c);
			else
				buf_printf(b, "%%%02X", c);
		} else if (c <= ' ' || c >= 0x7f || strchr("\"<>^`{|}", c)) {
			buf_printf(b, "%%%02X", c);
		} else {
			buf_char(b, (char)c);
		}
	}
}

/* The path without "." and ".." (RFC 3986, 5.2.4), written from `path`, which
 * begins with a slash. */
static struct str
without_dots(void *mem, struct str path)
{
	char *out = mem_array(mem, char, path.n + 2);
	size_t n = 0;

	for (size_t i = 0; i < path.n;) {
		struct str rest = cut(path, i + 1, path.n);
		size_t end = first_of(rest, "/");
		struct str part = cut(rest, 0, end);
		bool last = end == rest.n;

		i += 1 + end;
		if (str_is(part, "..")) {
			while (n && out[--n] != '/')
				;
		} else if (!str_is(part, ".")) {
			out[n++] = '/';
			memcpy(out + n, part.p, part.n);
			n += part.n;
			continue;
		}
		if (last)
			out[n++] = '/';
	}
	return n ? (struct str){out, n} : STR("/");
}

static bool
is_host(struct str h)
{
	bool v6 = h.n > 2 && h.p[0] == '[' && h.p[h.n - 1] == ']';

	if (v6)
		h = cut(h, 1, h.n - 1);
	if (!h.n || h.n > 253 ||
	    (!v6 && (h.p[0] == '.' || h.p[h.n - 1] == '.')))
		return false;
	for (size_t i = 0; i < h.n; i++) {
		unsigned char c = (unsigned char)h.p[i];

		if (v6 ? !isxdigit(c) && c != ':' && c != '.'
		       : c >= 0x80 || (!isalnum(c) && !strchr("-._", c)) || !c)
			return false;
	}
	return true;
}

/* "host:port" -> both; the port 0 where none is said. */
static bool
authority_read(struct str a, struct str *host, int64_t *port)
{
	const char *at = a.n ? memrchr(a.p, '@', a.n) : NULL;
	const char *colon;

	if (at)
		a = cut(a, (size_t)(at - a.p) + 1, a.n);
	colon = a.n ? memrchr(a.p, ':', a.n) : NULL;
	if (colon && a.p[0] == '[' && memchr(colon, ']',
		a.n - (size_t)(colon - a.p)))
		colon = NULL;
	*host = a;
	*port = 0;
	if (colon) {
		struct str digits =
		    cut(a, (size_t)(colon - a.p) + 1, a.n);

		host->n = (size_t)(colon - a.p);
		if (digits.n &&
		    (!str_to_i64(digits, port) || *port < 1 || *port > 65535))
			return false;
	}
	if (host->n > 1 && host->p[host->n - 1] == '.')
		host->n--;
	return is_host(*host);
}

/* Puts the parts together; `path` begins with a slash or is empty. */
static bool
assemble(void *mem, bool https, struct str authority, struct str path,
    struct str query, bool has_query, struct weburl *out)
{
	struct str host, text;
	size_t site, host_n, path_at;
	int64_t port;
	struct buf b, plain;

	if (!authority_read(authority, &host, &port))
		return false;
	buf_init(&b, mem, WEBURL_BYTES_MAX);
	buf_puts(&b, https ? "https://" : "http://");
	site = b.n;
	for (size_t i = 0; i < host.n; i++)
		buf_char(&b, (char)tolower((unsigned char)host.p[i]));
	host_n = host.n;
	if (port && port != (https ? 443 : 80))
		buf_printf(&b, ":%d", (int)port);
	path_at = b.n;
	buf_init(&plain, mem, 3 * path.n); /* "%2e" is a dot */
	put_encoded(&plain, path);
	buf_str(&b, path.n ? without_dots(mem, buf_get(&plain)) : STR("/"));
	if (has_query) {
		buf_char(&b, '?');
		put_encoded(&b, query);
	}
	if (b.full)
		return false;
	text = buf_get(&b);
	*out = (struct weburl){.text = text,
	    .host = cut(text, site, site + host_n),
	    .site = cut(text, site, path_at),
	    .path = cut(text, path_at, text.n)};
	return true;
}

static struct str
slashes(struct str s, size_t until)
{
	char *p = (char *)s.p; /* tidied's own copy */

	for (size_t i = 0; i < until; i++)
		if (p[i] == '\\')
			p[i] = '/';
	return s;
}

/* The path of `base` up to its last slash, then `path`. */
static struct str
merged(void *mem, const struct weburl *base, struct str path)
{
	size_t end = first_of(base->path, "?");

	while (end && base->path.p[end - 1] != '/')
		end--;
	return str_printf(mem, "%.*s%.*s", (int)end, base->path.p,
	    STR_FMT(path));
}

/* `s` has no scheme any more, or one like base's; NULL base: none is known. */
static bool
resolve(void *mem, bool https, const struct weburl *base, struct str s,
    struct weburl *out)
{
	size_t end = first_of(s, "#"), query_at;
	struct str authority = base ? base->site : STR(""), path, query;
	bool has_query;

	s = cut(s, 0, end);
	query_at = first_of(s, "?");
	s = slashes(s, query_at);
	has_query = query_at < s.n;
	query = has_query ? cut(s, query_at + 1, s.n) : STR("");
	path = cut(s, 0, query_at);
	if (str_starts(path, STR("//"))) {
		path = cut(path, 2, path.n);
		end = first_of(path, "/");
		authority = cut(path, 0, end);
		path = cut(path, end, path.n);
	} else if (!base) {
		return false;
	} else if (!path.n) {
		size_t q = first_of(base->path, "?");

		path = cut(base->path, 0, q);
		if (!has_query && q < base->path.n) {
			has_query = true;
			query = cut(base->path, q + 1, base->path.n);
		}
	} else if (path.p[0] != '/') {
		path = merged(mem, base, path);
	}
	return assemble(mem, https, authority, path, query, has_query, out);
}

bool
weburl_join(void *mem, const struct weburl *base, struct str link,
    struct weburl *out)
{
	struct str s = tidied(mem, link);
	size_t scheme = scheme_length(s);
	struct str name = cut(s, 0, scheme);
	bool https = base && str_starts(base->text, STR("https:"));

	if (scheme) {
		https = name.n == 6 && strncasecmp(name.p, "https:", 6) == 0;
		if (!https && (name.n != 5 ||
				  strncasecmp(name.p, "http:", 5) != 0))
			return false;
		s = cut(s, scheme, s.n);
		if (!str_starts(slashes(s, s.n > 2 ? 2 : s.n), STR("//")))
			return false;
		base = NULL;
	} else if (!base) {
		return false;
	}
	return resolve(mem, https, base, s, out);
}

bool
weburl_parse(void *mem, struct str s, struct weburl *out)
{
	return weburl_join(mem, NULL, s, out);
}
