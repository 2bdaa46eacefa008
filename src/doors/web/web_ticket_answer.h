#pragma once
/*
 * The form in which a ticket is answered. Private to web_ticket*.c.
 */
#include "desk/ticket.h"
#include "doors/web/ticket_view.h"
#include "http/http.h"

/* What was typed into it, for the page that comes back. */
void answer_typed(const struct ticket_change *c, struct ticket_view *v);

/* All that the form shows besides; v->answer, if it is empty, becomes one's
 * draft or, for a supervisor, a colleague's text that was held back. */
MUST_CHECK enum err answer_fill(struct http_request *rq,
    const struct ticket_full *t, struct ticket_view *v);
