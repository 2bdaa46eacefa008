#pragma once
/*
 * Headers that every answer carries, whoever makes it.
 */
#include "http/http.h"

struct response_header {
	const char *name, *value;
};

/* On everything; ends with a NULL name. */
extern const struct response_header response_always[];

/* On answers that came by TLS. */
extern const struct response_header response_secure;

/* An empty 200 in the request's memory, of at most `max` bytes. */
void response_init(struct http_request *rq, size_t max);

/* Whether the handler has set that header. */
bool response_has(const struct http_response *r, const char *name);
