#pragma once
/*
 * Trying a password, and the slowing down of those who guess. Private to
 * signin.c.
 */
#include "desk/desk.h"

struct attempt {
	struct str login, from; /* by whom, from which address */
	struct str hash;        /* of the right password; "": there is none */
	struct str password;    /* as typed */
};

/* Whether it is the right one. ERR_LIMITED: after too many wrong ones, or while
 * too many are at it; cx->retry_s says when to come back. */
MUST_CHECK enum err attempt_judge(struct desk *d, const struct attempt *a,
    bool *right);

/* Within the transaction that the right password leads to: what the name failed
 * from there is forgotten, and that it was right from there is not. */
MUST_CHECK enum err attempt_succeeded(struct desk *d, struct db_tx *tx,
    const struct attempt *a, int64_t employee_id);

/* Forgets what is too old, or too much. */
MUST_CHECK enum err attempt_housekeeping(struct desk *d, struct db_tx *tx);
