#pragma once
/*
 * The API's door: JSON under /api/v1, described by /api/v1/openapi.json. The
 * second way in, with the same desk behind it.
 */
#include "http/http.h"

extern const struct http_route api_routes[];
extern const size_t api_routes_n;

/* An error as RFC 9457 problem+json: type, title, status, detail, instance and
 * `errors` with field and reason each. */
void api_failed(struct http_request *rq, enum err e);
