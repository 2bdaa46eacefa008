#pragma once
/*
 * The employees' telephone numbers that are given to nobody. Whoever may have a
 * text screened (confidential.h) could read them out by trying: so it is counted
 * how many numbers an employee tries, and kept who has met one.
 */
#include "desk/desk.h"
#include "store/queries_rows.h"

enum {
	NUMBERS_TRIED_FREE = 500,             /* within a few hours, ... */
	NUMBERS_TRIED_EVERY_MS = 60 * 1000,   /* ...one more each minute */
};

/* In any spelling. Admin only. ERR_NOT_FOUND (field login; number), ERR_INVALID
 * (field number), ERR_CONFLICT (field number: it is on the list). */
MUST_CHECK enum err private_number_add(struct desk *d, struct str login,
    struct str number);
MUST_CHECK enum err private_number_remove(struct desk *d, struct str login,
    struct str number);
MUST_CHECK enum err private_number_list(struct desk *d,
    struct q_private_numbers_rows *out);

/* Whether the actor may have a text with numbers in it judged. ERR_LIMITED:
 * after too many that were tried; cx->retry_s says when to come back. */
MUST_CHECK enum err numbers_may_try(struct desk *d, struct db *db);

/* So many were tried. */
MUST_CHECK enum err numbers_tried(struct desk *d, struct db_tx *tx, size_t n);

/* The event "confidential.number_asked": the actor has met a private one. */
MUST_CHECK enum err number_met(struct desk *d, struct db_tx *tx);
