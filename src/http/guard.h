#pragma once
/*
 * What the HTTP parser lets through and a careful server must not: see guard.c.
 * Every function returns NULL if all is well, else what is wrong, for the log.
 */
#include <stdbool.h>
#include <stddef.h>

#include "base/str.h"
#include "http/url.h"

enum {
	GUARD_HEADERS_MAX = 64,
	GUARD_TARGET_BYTES = 8000,
};

/* The header fields of one request. */
const char *guard_headers(const struct http_pair *header, size_t n,
    bool http_1_0);

/* The request's target: *path decoded, *query as sent (NULL without '?'), both
 * owned by `mem`. `host` is the Host header. */
const char *guard_target(void *mem, struct str target, struct str host,
    struct str *path, struct str *query);

/* Where the parser found a request's parts in its buffer. */
struct guard_layout {
	struct str method;         /* where the request line starts */
	struct str target;
	const char *version;       /* "HTTP/1.1" at the end of that line */
	size_t bytes;              /* of the whole head, with its empty line */
	const struct http_pair *header;
	size_t n;
};

/* Whether nothing but one space stands between the words of the request line,
 * and nothing but CR LF between the lines. */
const char *guard_layout(const struct guard_layout *l);
