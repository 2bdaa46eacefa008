#pragma once
/*
 * The staff's door: HTML pages.
 */
#include "http/http.h"

extern const struct http_route web_routes[];
extern const size_t web_routes_n;

/* The name of the session's cookie; with the __Host- prefix where the
 * connection is secure. */
const char *web_cookie_name(const struct http_request *rq);

/* The page for an error; without a session, the way to the sign-in page. */
void web_failed(struct http_request *rq, enum err e);
