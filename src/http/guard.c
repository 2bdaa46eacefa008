/*
 * Strictness in front of everything else. The library's parser (0.9.75) takes
 * requests that another reader in front of us may understand differently, which
 * is how requests are smuggled: two Content-Length, Content-Length beside
 * Transfer-Encoding, codings it does not know, control bytes, lines that end
 * in a bare LF, folded lines, and values that a NUL cuts short. All of these
 * are refused here, as pure functions over what the parser found.
 *
 * What is not visible from here: bare LF between the chunks of a chunked body.
 * How long a client may take is in reaper.c, how large a body may be in
 * server.c.
 */
#include "http/guard.h"

#include <stdint.h>
#include <strings.h>


static bool
str_same_word(struct str s, const char *word)
{
	return s.n == strlen(word) && !strncasecmp(s.p, word, s.n);
}

static bool
is_alnum(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
	    (c >= 'A' && c <= 'Z');
}

/* Whether all bytes are letters, digits or one of `marks`. */
static bool
made_of(struct str s, const char *marks)
{
	for (size_t i = 0; i < s.n; i++)
		if (!is_alnum(s.p[i]) && (!s.p[i] || !strchr(marks, s.p[i])))
			return false;
	return true;
}

static bool
has_control(struct str s)
{
	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];

		if ((c < 0x20 && c != '\t') || c == 0x7f)
			return true;
	}
	return false;
}

/* Fields that must not come twice: whoever reads the first and whoever reads
 * the last would see different requests. */
static const char *const singles[] = {"Host", "Content-Length",
    "Transfer-Encoding", "Content-Type", "Authorization", "Origin", "Expect",
    "Sec-Fetch-Site", "If-Match", "Idempotency-Key"};

enum { SINGLE_HOST, SINGLE_LENGTH, SINGLE_CODING };
enum { SINGLES = sizeof singles / sizeof singles[0] };

static const char *
field_check(const struct http_pair *field, struct str value[SINGLES])
{
	if (field->name.n == 0 ||
	    !made_of(field->name, "!#$%&'*+-.^_`|~"))
		return "a header name that is no token";
	if (has_control(field->value))
		return "a control character in a header";
	for (size_t i = 0; i < SINGLES; i++) {
		if (!str_same_word(field->name, singles[i]))
			continue;
		if (value[i].p)
			return "a header that came twice";
		value[i] = field->value;
	}
	return NULL;
}

static const char *
framing_check(struct str length, struct str coding, bool http_1_0)
{
	int64_t bytes;

	if (length.p && (!str_to_i64(length, &bytes) || length.p[0] == '-'))
		return "a Content-Length that is no number";
	if (!coding.p)
		return NULL;
	if (length.p)
		return "Content-Length beside Transfer-Encoding";
	if (http_1_0 || !str_same_word(coding, "chunked"))
		return "a Transfer-Encoding other than chunked";
	return NULL;
}

const char *
guard_headers(const struct http_pair *header, size_t n, bool http_1_0)
{
	struct str value[SINGLES] = {{NULL, 0}};
	struct str *host = &value[SINGLE_HOST];
	const char *wrong;

	if (n > GUARD_HEADERS_MAX)
		return "too many headers";
	for (size_t i = 0; i < n; i++)
		if ((wrong = field_check(&header[i], value)))
			return wrong;
	if (!host->p && !http_1_0)
		return "no Host";
	if (host->p && (host->n == 0 || host->n > 255 ||
			   !made_of(*host, "-._:[]")))
		return "a Host that is none";
	return framing_check(value[SINGLE_LENGTH], value[SINGLE_CODING],
	    http_1_0);
}

/* "http://host/path" is as good as "/path" if it is our Host. */
static bool
authority_drop(struct str *target, struct str host)
{
	size_t skip;

	if (str_starts(*target, STR("/")))
		return true;
	if (str_starts(*target, STR("http://")))
		skip = 7;
	else if (str_starts(*target, STR("https://")))
		skip = 8;
	else
		return false;
	target->p += skip;
	target->n -= skip;
	if (host.n == 0 || target->n <= host.n ||
	    strncasecmp(target->p, host.p, host.n) != 0)
		return false;
	target->p += host.n;
	target->n -= host.n;
	return target->p[0] == '/';
}

static bool
has_dot_segment(struct str path)
{
	size_t start = 1;

	for (size_t i = 1; i <= path.n; i++) {
		struct str part = {path.p + start, i - start};

		if (i < path.n && path.p[i] != '/')
			continue;
		if (str_is(part, ".") || str_is(part, ".."))
			return true;
		start = i + 1;
	}
	return false;
}

/* A slash that was encoded is part of a name to one reader and a separator to
 * the next, so it is refused. */
static bool
has_hidden_slash(struct str raw)
{
	for (size_t i = 0; i + 2 < raw.n; i++)
		if (raw.p[i] == '%' && raw.p[i + 1] == '2' &&
		    (raw.p[i + 2] | 0x20) == 'f')
			return true;
	return false;
}

static const char *
path_check(struct str raw, struct str path)
{
	for (size_t i = 0; i < path.n; i++)
		if ((unsigned char)path.p[i] < 0x20 || path.p[i] == 0x7f)
			return "a control character in the path";
	if (has_hidden_slash(raw))
		return "an encoded slash in the path";
	if (has_dot_segment(path))
		return "a path with dots";
	return NULL;
}

const char *
guard_target(void *mem, struct str target, struct str host, struct str *path,
    struct str *query)
{
	const char *mark;
	struct str raw;

	if (target.n > GUARD_TARGET_BYTES)
		return "too long a target";
	for (size_t i = 0; i < target.n; i++)
		if (target.p[i] <= ' ' || target.p[i] >= 0x7f ||
		    target.p[i] == '#')
			return "a byte that no target may have";
	if (!authority_drop(&target, host))
		return "a target that is no path of ours";
	mark = memchr(target.p, '?', target.n);
	raw = (struct str){target.p,
	    mark ? (size_t)(mark - target.p) : target.n};
	*query = mark ? str_copy(mem, mark + 1, target.n - raw.n - 1)
		      : (struct str){NULL, 0};
	if (!url_decode(mem, raw, false, path))
		return "a wrong percent sign in the path";
	return path_check(raw, *path);
}

static uintptr_t
end_of(struct str s)
{
	return (uintptr_t)s.p + s.n;
}

/* The library parses in place and puts a NUL over spaces, CR and LF, so that a
 * word is followed by the next at a distance of one, and a line that ended
 * properly by its neighbour at a distance of two. Only addresses are compared,
 * nothing is read. */
const char *
guard_layout(const struct guard_layout *l)
{
	static const char wrong[] = "a line that does not end in CR LF";
	uintptr_t end = (uintptr_t)l->version + strlen("HTTP/1.1");

	if (end_of(l->method) + 1 != (uintptr_t)l->target.p ||
	    end_of(l->target) + 1 != (uintptr_t)l->version)
		return "a request line that is not three words";
	for (size_t i = 0; i < l->n; i++) {
		if ((uintptr_t)l->header[i].name.p != end + 2)
			return wrong;
		end = end_of(l->header[i].value);
	}
	return end + 4 == (uintptr_t)l->method.p + l->bytes ? NULL : wrong;
}
