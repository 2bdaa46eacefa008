#pragma once
/*
 * Legal matters alert the supervisors (M12): from the moment such a ticket is
 * opened, or opened again, until a supervisor has said "seen" or somebody has
 * answered it.
 */
#include "desk/desk.h"
#include "store/queries_rows.h"

enum { ALERTS_MOST = 20 };

/* What is not yet seen, newest first, ALERTS_MOST at most. Supervisors only. */
MUST_CHECK enum err alert_list(struct desk *d, struct q_alert_list_rows *out);

/* A supervisor has seen it; nothing happens if a colleague was faster.
 * ERR_NOT_FOUND (no such ticket), ERR_FORBIDDEN. */
MUST_CHECK enum err alert_seen(struct desk *d, int64_t ticket_id);

/* Within the transaction that opens the ticket, or answers it. */
MUST_CHECK enum err alert_raise(struct desk *d, struct db_tx *tx,
    int64_t ticket_id);
MUST_CHECK enum err alert_drop(struct db_tx *tx, int64_t ticket_id);
