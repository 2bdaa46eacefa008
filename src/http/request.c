/*
 * What a handler asks of its request: headers, cookies, path variables, the raw
 * text of a field. All of it was checked for form before; what it means is the
 * handler's business. Checked fields are in form.c, the way out in response.c.
 */
#include <strings.h>

#include "base/log.h"
#include "http/call.h"

struct str
pairs_get(const struct http_pair *pair, size_t n, const char *name)
{
	size_t length = strlen(name);

	for (size_t i = 0; i < n; i++)
		if (pair[i].name.n == length &&
		    !strncasecmp(pair[i].name.p, name, length))
			return pair[i].value;
	return (struct str){NULL, 0};
}

struct str
http_header_get(const struct http_request *rq, const char *name)
{
	const struct http_call *call = rq->parts->call;

	return pairs_get(call->header, call->headers, name);
}

/* Finds name=value in "a=1; b=2" (RFC 6265, 4.2.1); quotes are taken off. */
static bool
cookie_find(struct str line, const char *name, struct str *out)
{
	while (line.n) {
		const char *end = memchr(line.p, ';', line.n);
		struct str pair = {line.p,
		    end ? (size_t)(end - line.p) : line.n};
		const char *equals = memchr(pair.p, '=', pair.n);
		size_t gone = pair.n + (end ? 1 : 0);
		struct str left;

		line.p += gone;
		line.n -= gone;
		if (!equals)
			continue;
		left = (struct str){pair.p, (size_t)(equals - pair.p)};
		if (!str_is(str_trim(left), name))
			continue;
		*out = str_trim((struct str){equals + 1,
		    pair.n - left.n - 1});
		if (out->n >= 2 && out->p[0] == '"' &&
		    out->p[out->n - 1] == '"')
			*out = (struct str){out->p + 1, out->n - 2};
		return true;
	}
	return false;
}

struct str
http_cookie(const struct http_request *rq, const char *name)
{
	const struct http_call *call = rq->parts->call;
	struct str value;

	for (size_t i = 0; i < call->headers; i++) {
		const struct http_pair *h = &call->header[i];

		if (h->name.n == 6 && !strncasecmp(h->name.p, "Cookie", 6) &&
		    cookie_find(h->value, name, &value))
			return str_copy(rq->cx.mem, value.p, value.n);
	}
	return (struct str){NULL, 0};
}

static struct str
var_sure(const struct http_request *rq, const char *name)
{
	struct str var = router_var(&rq->parts->call->match, name);

	if (!var.p)
		die("no {%s} in the route %s", name,
		    rq->route ? rq->route->path : "");
	return var;
}

int64_t
http_path_id(const struct http_request *rq, const char *name)
{
	int64_t id;

	if (!str_to_i64(var_sure(rq, name), &id))
		die("{%s} of %s is no number", name, rq->route->path);
	return id;
}

struct str
http_path_text(const struct http_request *rq, const char *name)
{
	struct str var = var_sure(rq, name);

	return str_copy(rq->cx.mem, var.p, var.n);
}

struct str
http_raw(const struct http_request *rq, const char *name)
{
	struct str text = form_text(&rq->parts->body, name);

	return text.p ? text : form_text(&rq->parts->query, name);
}

bool
http_wants_part(const struct http_request *rq)
{
	return str_is(http_header_get(rq, "HX-Request"), "true") &&
	    !str_is(http_header_get(rq, "HX-Boosted"), "true") &&
	    !str_is(http_header_get(rq, "HX-History-Restore-Request"),
		"true");
}
