#pragma once
/*
 * From where a route's fields are read.
 */
#include "http/http.h"

/* Splits the query and the body into values (rq->parts). ERR_MEDIA_TYPE;
 * ERR_MALFORMED. */
MUST_CHECK enum err body_read(struct http_request *rq);

/* Fills rq->form. ERR_INVALID: some fields are wrong, and noted. */
MUST_CHECK enum err body_form(struct http_request *rq);
