#pragma once
/*
 * What leaves the house, in JSON.
 */
#include "desk/outbox.h"
#include "doors/api/api_out.h"

/* A member with letters of the outbox. */
void api_letters_put(struct json_out *o, const char *name,
    const struct q_outbox_row_rows *rows);

/* The member "places" of a problem: what held the text back. */
void api_places_put(struct http_request *rq, struct json_out *o);
