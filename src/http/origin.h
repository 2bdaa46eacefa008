#pragma once
/*
 * Whether a request that changes something was meant by whoever's browser sent
 * it.
 */
#include "http/http.h"

/* True for requests that change nothing. See origin.c for the rules. */
bool origin_ok(const struct http_request *rq);
