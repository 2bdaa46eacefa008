#pragma once
/*
 * What follows from an entry of a call; for call_move.c alone.
 */
#include "desk/call.h"

struct call_effects {
	int64_t ticket;     /* that was opened; 0: none */
	int64_t order;      /* that was written; 0: none */
	int64_t overrun_ms; /* unpaid past limit and grace, once it has ended */
};

/* Carries out what the last entry of `after` brings; `c` is the call before
 * it, with what was typed. Errors of the intake and of order_write. */
MUST_CHECK enum err call_carry_out(struct desk *d, struct db_tx *tx,
    const struct call *c, const struct walk *after, struct call_effects *out);
