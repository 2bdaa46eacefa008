#pragma once
/*
 * The events of what is in the outbox. Private to outbox*.c.
 */
#include "desk/event.h"
#include "store/queries_rows.h"

/* "ticket.mail_sent" of the ticket, "order.told" of the order: `what` behind
 * the kind's name, with the outbox's row and, unless empty, a reason. */
MUST_CHECK enum err outbox_event(struct desk *d, struct db_tx *tx, int64_t id,
    const struct q_outbox *o, const char *what, struct str reason);
