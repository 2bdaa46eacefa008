#pragma once
/*
 * From where a route's fields are read.
 */
#include "http/http.h"

/* Splits the query and a page's form into values (rq->parts); before anybody
 * looks at the request, so that nobody ever sees what is no text. A form that
 * is kept (ROUTE_KEEPS_FORM) may hold such bytes in its fields: they are
 * replaced, and body_form() says so at the field. ERR_MEDIA_TYPE;
 * ERR_MALFORMED. */
MUST_CHECK enum err body_typed(struct http_request *rq);

/* The same for a machine's JSON, once it is known whose. */
MUST_CHECK enum err body_json(struct http_request *rq);

/* Fills rq->form. ERR_INVALID: some fields are wrong, and noted. */
MUST_CHECK enum err body_form(struct http_request *rq);
