#pragma once
/*
 * A ticket going from one state to another. Private to ticket*.c.
 */
#include "desk/ticket.h"

/* One kind of change: from which states, to which, and how it is called. */
struct move {
	unsigned from;           /* bits 1 << enum ticket_state */
	enum ticket_state to;
	enum message_kind kind;
	const char *event;
	const char *refusal;     /* msgid, when the state does not fit */
	bool may_be_empty;
	/* What else belongs to it, in the same transaction; may be NULL. */
	enum err (*also)(struct desk *d, struct db_tx *tx,
	    const struct q_ticket *t, const struct ticket_change *c,
	    int64_t message_id);
};

MUST_CHECK enum err ticket_move(struct desk *d, const struct ticket_change *c,
    const struct move *m);
