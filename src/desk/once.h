#pragma once
/*
 * Things that must happen once although the request for them may arrive twice
 * (a form sent again, a client that lost the answer): the request carries a
 * nonce, kept for a day in the same transaction as the change.
 */
#include "desk/desk.h"

enum { ONCE_NONCE_MOST = 100 };

/* Whether this employee asked for it already: *out_id is what came of it then,
 * 0 if it is new. An empty nonce is always new. ERR_CONFLICT (field nonce): the
 * nonce was used for something else, as the digest of `asked` tells;
 * ERR_INVALID: it is too long. */
MUST_CHECK enum err once_find(struct desk *d, struct db_tx *tx,
    struct str nonce, struct str asked, int64_t *out_id);

/* Keeps what came of it. */
MUST_CHECK enum err once_keep(struct desk *d, struct db_tx *tx,
    struct str nonce, struct str asked, int64_t id);
