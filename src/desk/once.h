#pragma once
/*
 * Things that must happen once although the request for them may arrive twice
 * (a form sent again, a client that lost the answer): the request carries a
 * nonce, kept for a day in the same transaction as the change.
 */
#include "desk/desk.h"

enum { ONCE_NONCE_MOST = 100 };

struct once {
	struct str nonce;   /* "" if the request carries none */
	struct str digest;  /* of what was asked */
};

/* Takes the request's nonce (d->nonce) and what it asks for. ERR_INVALID
 * (field nonce): it is too long. */
MUST_CHECK enum err once_make(struct desk *d, struct str asked,
    struct once *out);

/* Whether this employee asked for it already: *out_id is what came of it then,
 * 0 if it is new. Without a nonce it is always new. ERR_CONFLICT (field
 * nonce): the nonce was used for something else. */
MUST_CHECK enum err once_find(struct desk *d, struct db *db,
    const struct once *o, int64_t *out_id);

/* The same inside the transaction, and before anything is written in it: from now
 * on nobody else can do the same. Whoever finds it commits all the same: what the
 * first one did may not be on disk yet. ERR_BUSY: the same request is being answered
 * at this moment; run again, this one will find it. */
MUST_CHECK enum err once_claim(struct desk *d, struct db_tx *tx,
    const struct once *o, int64_t *out_id);

/* Keeps what came of what was claimed. */
MUST_CHECK enum err once_keep(struct desk *d, struct db_tx *tx,
    const struct once *o, int64_t id);
