/*
 * Refuses requests that another site makes a signed-in browser send. In order:
 *
 *  1. GET and HEAD change nothing and pass.
 *  2. A machine's route with an Authorization header passes: no browser adds
 *     that header for a stranger's page without asking us first (a preflight,
 *     which we answer with 405).
 *  3. Sec-Fetch-Site decides where there is one: same-origin, or none (typed by
 *     hand).
 *  4. Else Origin must be ours: the public one, or where there is none, the one
 *     that was asked.
 *  5. Else Referer must be from there.
 *  6. Without any of these marks it is no present-day browser, each of which
 *     sends Origin with every POST. It passes if there is nothing to abuse (no
 *     cookie), or if a stranger's form could not have sent it (another method
 *     than POST, or a type that forms cannot have).
 */
#include "http/origin.h"

#include <strings.h>

#include "http/call.h"

static bool
same_text(struct str a, struct str b)
{
	return a.n == b.n && !strncasecmp(a.p, b.p, a.n);
}

/* "https://desk.example" of "https://desk.example/page?x". */
static struct str
origin_of(struct str url)
{
	long mark = str_find(url, STR("://"));
	size_t n = mark < 0 ? 0 : (size_t)mark + 3;

	while (mark >= 0 && n < url.n && !strchr("/?#", url.p[n]))
		n++;
	return (struct str){url.p, n};
}

static bool
is_ours(const struct http_request *rq, struct str origin)
{
	struct str public =
	    str_of(rq->parts->call->core->options.public_origin);
	struct str host = http_header_get(rq, "Host");
	struct str scheme = rq->secure ? STR("https://") : STR("http://");
	struct str rest;

	if (!str_empty(public))
		return same_text(origin, origin_of(public));
	if (host.n == 0 || !str_starts(origin, scheme))
		return false;
	rest = (struct str){origin.p + scheme.n, origin.n - scheme.n};
	return same_text(rest, host);
}

/* Whether a plain HTML form of another site could send this body. */
static bool
is_simple(const struct http_request *rq)
{
	static const char *const types[] = {"application/x-www-form-urlencoded",
	    "multipart/form-data", "text/plain"};
	struct str type = http_header_get(rq, "Content-Type");

	if (rq->method != HTTP_POST)
		return false;
	if (type.n == 0)
		return true;
	for (size_t i = 0; i < sizeof types / sizeof types[0]; i++) {
		size_t n = strlen(types[i]);

		if (type.n >= n && !strncasecmp(type.p, types[i], n))
			return true;
	}
	return false;
}

bool
origin_ok(const struct http_request *rq)
{
	struct str mark;

	if (rq->method == HTTP_GET)
		return true;
	if (rq->route && (rq->route->flags & ROUTE_API) &&
	    http_header_get(rq, "Authorization").p)
		return true;
	mark = http_header_get(rq, "Sec-Fetch-Site");
	if (mark.p)
		return str_is(mark, "same-origin") || str_is(mark, "none");
	mark = http_header_get(rq, "Origin");
	if (mark.p)
		return is_ours(rq, mark);
	mark = http_header_get(rq, "Referer");
	if (mark.p)
		return is_ours(rq, origin_of(mark));
	return !http_header_get(rq, "Cookie").p || !is_simple(rq);
}
