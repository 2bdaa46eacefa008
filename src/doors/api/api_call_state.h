#pragma once
/*
 * A call as it stands, as JSON.
 */
#include "desk/call.h"
#include "http/http.h"

/* Writes the whole answer. */
void api_call_put(struct http_request *rq, const struct call *c);
