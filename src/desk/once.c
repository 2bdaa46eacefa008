/*
 * Nonces of requests and what came of them; removed after a day by
 * employee_housekeeping().
 *
 * A nonce is claimed by inserting it, and the unique key decides who was first;
 * it is not looked for before. On PostgreSQL a serializable transaction that
 * looks for a row which is not there locks the whole page of the index, and all
 * requests of a busy minute write on the same few pages: each would be in the
 * way of every other (docs/decisions/0004).
 */
#include "desk/once.h"

#include "base/secret.h"
#include "store/queries.h"

enum err
once_make(struct desk *d, struct str asked, struct once *out)
{
	struct str nonce = d->nonce;

	*out = (struct once){.nonce = nonce, .digest = STR("")};
	if (nonce.n > ONCE_NONCE_MOST)
		return fail(d->cx, ERR_INVALID, "nonce",
		    N_("The key of this request is too long."));
	if (nonce.n)
		out->digest = secret_digest(d->cx->mem, asked);
	return OK;
}

enum err
once_find(struct desk *d, struct db *db, const struct once *o,
    int64_t *out_id)
{
	struct q_once_get row;
	enum err e;

	*out_id = 0;
	if (str_empty(o->nonce))
		return OK;
	e = q_once_get(db, d->cx->mem, d->actor.employee_id, o->nonce, &row);
	if (e == ERR_NOT_FOUND)
		return OK;
	if (e != OK)
		return e;
	if (!secret_same(row.digest, o->digest))
		return fail(d->cx, ERR_CONFLICT, "nonce",
		    N_("This key was used for a different request."));
	*out_id = row.subject_id;
	return OK;
}

enum err
once_claim(struct desk *d, struct db_tx *tx, const struct once *o,
    int64_t *out_id)
{
	int64_t added;
	enum err e;

	*out_id = 0;
	if (str_empty(o->nonce))
		return OK;
	e = q_once_claim(tx, d->actor.employee_id, o->nonce, o->digest,
	    d->cx->now_ms, &added);
	return e != OK || added ? e : once_find(d, tx->db, o, out_id);
}

enum err
once_keep(struct desk *d, struct db_tx *tx, const struct once *o, int64_t id)
{
	int64_t kept;
	enum err e;

	if (str_empty(o->nonce))
		return OK;
	e = q_once_keep(tx, d->actor.employee_id, o->nonce, o->digest, id,
	    d->cx->now_ms, &kept);
	return e != OK || kept ? e : ERR_BUSY;
}
