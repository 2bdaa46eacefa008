#pragma once
/*
 * Paid consultation (M7): an order of that kind which is agreed in a call and
 * runs in it. The paid time begins with the caller's yes and ends by key or
 * with the call; every unit that was begun is charged. Times are the server's,
 * in UTC, and stand in the database: neither a restart nor a change of the
 * clocks counts.
 */
#include "desk/desk.h"
#include "desk/money.h"

struct consultation {
	int64_t order_id;       /* 0: there is none in this call */
	bool running;
	int64_t started_ms, ended_ms;
	int64_t paid_ms;        /* up to now, or to its end */
	struct terms terms;
	int64_t units;          /* begun */
	struct amount amount;   /* of these units */
};

/* That of a call, as it stands at the actor's moment. */
MUST_CHECK enum err consultation_of_call(struct desk *d, struct db *db,
    int64_t call_id, struct consultation *out);

/* The paid time begins for an accepted order of a call. */
MUST_CHECK enum err consultation_begin(struct desk *d, struct db_tx *tx,
    int64_t order_id);

/* It ends, if it runs. */
MUST_CHECK enum err consultation_end(struct desk *d, struct db_tx *tx,
    const struct consultation *c);

/* The same by key, while the call goes on. ERR_NOT_FOUND, ERR_FORBIDDEN
 * (another agent's call), ERR_CONFLICT (none is running). */
MUST_CHECK enum err consultation_stop(struct desk *d, int64_t call_id);

/* How long a call went on past limit and grace without being paid for, 0 if it
 * did not: what the paid time does not cover counts, up to its beginning and
 * from its end on. `until_ms` is the call's end. */
int64_t call_overrun(const struct consultation *c, int64_t started_ms,
    int64_t until_ms, int64_t limit_ms, int64_t grace_ms);
