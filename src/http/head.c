/*
 * What can be said of a request before its body arrives: whether it is sound
 * (guard.c), which method, which path, and who is at the other end, seen
 * through a proxy if there is one to believe. The route is chosen in server.c.
 */
#include "http/head.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdio.h>
#include <strings.h>

#include "base/text.h"

static struct str
header_of(const struct http_call *call, const char *name)
{
	return pairs_get(call->header, call->headers, name);
}

static void
method_set(struct http_call *call, const char *method)
{
	static const char *const names[HTTP__MAX] = {
	    "GET", "POST", "PUT", "PATCH", "DELETE"};

	snprintf(call->method_name, sizeof call->method_name, "%s", method);
	call->method = HTTP__MAX;
	for (int m = 0; m < HTTP__MAX; m++)
		if (!strcmp(method, names[m]))
			call->method = (enum http_method)m;
	if (!strcmp(method, "HEAD"))
		call->method = HTTP_GET; /* the library leaves the body out */
}

/* White space behind a value belongs to nobody (RFC 9110, 5.5). */
static void
headers_trim(void *mem, struct http_pair *header, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		struct str value = str_trim(header[i].value);

		if (value.n != header[i].value.n)
			header[i].value = str_copy(mem, value.p, value.n);
	}
}

/* Whether a request would be another one without the header. */
static bool
is_asked_for(struct str name)
{
	static const char *const asked_for[] = {"Accept-Language",
	    "Authorization", "Cookie", "Idempotency-Key", "If-Match"};

	for (size_t i = 0; i < sizeof asked_for / sizeof asked_for[0]; i++)
		if (name.n == strlen(asked_for[i]) &&
		    !strncasecmp(name.p, asked_for[i], name.n))
			return true;
	return false;
}

/* Bytes that are no text stay here. The request is refused for them, but for
 * those in headers that nobody asks for. */
static void
texts_mend(struct http_call *call, void *mem, struct http_pair *header,
    size_t n)
{
	call->broken = (struct str){NULL, 0};
	for (size_t i = 0; i < n; i++) {
		if (pair_mend(mem, &header[i]) &&
		    is_asked_for(header[i].name))
			call->broken = header[i].name;
	}
	if (text_valid(call->path))
		return;
	call->path = text_repair(mem, call->path);
	call->broken = STR("");
}

/* The last of "a, b, c" in the last line of that name: what the proxy nearest to
 * us has added itself. Some write a line of their own behind the client's. */
static struct str
last_of(void *mem, const struct http_call *call, const char *name)
{
	struct str list = STR("");
	const char *comma;

	for (size_t i = call->headers; i-- && !list.n;)
		list = pairs_get(&call->header[i], 1, name);
	comma = list.n ? memrchr(list.p, ',', list.n) : NULL;
	if (comma)
		list = (struct str){comma + 1,
		    list.n - (size_t)(comma + 1 - list.p)};
	list = str_trim(list);
	return str_copy(mem, list.p, list.n);
}

static void
client_take(struct http_call *call, void *mem, const char *address)
{
	unsigned char parsed[sizeof(struct in6_addr)];
	struct str from;

	call->remote = str_of(address);
	if (!call->core->options.behind_proxy)
		return;
	from = last_of(mem, call, "X-Forwarded-For");
	if (inet_pton(AF_INET, from.p, parsed) == 1 ||
	    inet_pton(AF_INET6, from.p, parsed) == 1)
		call->remote = from;
	from = last_of(mem, call, "X-Forwarded-Proto");
	call->secure = !strcasecmp(from.p, "https");
}

const char *
head_take(struct http_call *call, void *mem, const struct head *h)
{
	const char *wrong;

	method_set(call, h->method);
	call->header = h->header;
	call->headers = h->n;
	call->http_1_0 = !strcmp(h->version, "HTTP/1.0");
	if (h->layout && (wrong = guard_layout(h->layout)))
		return wrong;
	headers_trim(mem, h->header, h->n);
	if ((wrong = guard_headers(h->header, h->n, call->http_1_0)) ||
	    (wrong = guard_target(mem, call->target, header_of(call, "Host"),
		 &call->path, &call->query)))
		return wrong;
	texts_mend(call, mem, h->header, h->n);
	client_take(call, mem, h->address);
	return NULL;
}

uint64_t
head_body_bytes(const struct http_call *call)
{
	int64_t bytes;

	if (!str_to_i64(header_of(call, "Content-Length"), &bytes))
		return 0;
	return (uint64_t)bytes;
}
