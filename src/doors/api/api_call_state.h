#pragma once
/*
 * A call as it stands, as JSON.
 */
#include "base/json.h"
#include "desk/answer.h"
#include "desk/call_reassign.h"
#include "http/http.h"

/* Writes the whole answer. */
void api_call_put(struct http_request *rq, const struct call *c,
    const struct q_call_reassignments_rows *moved,
    const struct q_searched_row_rows *searches);

/* The member "reassigned": how a call was moved to other customers. */
void api_moves_put(struct json_out *o,
    const struct q_call_reassignments_rows *moved);
