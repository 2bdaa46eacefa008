/*
 * Leases in the database; the clock is read anew each time, since a unit of
 * work that holds one may be long.
 */
#include "desk/lease.h"

#include "desk/house.h"
#include "store/queries.h"

enum err
lease_take(struct desk *d, const struct lease *l, bool *ours)
{
	int64_t now = clock_now_ms(d->house->clock), n = 0;
	DB_TX tx = {0};
	enum err e;

	*ours = false;
	if ((e = db_begin(d->db, &tx)) != OK ||
	    (e = q_lease_take(&tx, str_of(l->name), l->holder,
		 now + l->length_ms, now, &n)) != OK ||
	    (e = db_commit(&tx)) != OK)
		return e;
	*ours = n == 1;
	return OK;
}

enum err
lease_give(struct desk *d, const struct lease *l)
{
	DB_TX tx = {0};
	enum err e;

	if ((e = db_begin(d->db, &tx)) != OK ||
	    (e = q_lease_give(&tx, str_of(l->name), l->holder)) != OK)
		return e;
	return db_commit(&tx);
}
