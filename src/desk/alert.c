/*
 * Alerts. A row stands for what is open and goes away with it, so that looking
 * costs nothing while nothing is open; who has seen what and when is an event
 * of the ticket.
 */
#include "desk/alert.h"

#include "desk/event.h"
#include "store/queries.h"

enum err
alert_list(struct desk *d, struct q_alert_list_rows *out)
{
	enum err e;

	if ((e = desk_needs(d, ROLE_SUPERVISOR)) != OK)
		return e;
	return q_alert_list(d->db, d->cx->mem, ALERTS_MOST, out);
}

enum err
alert_raise(struct desk *d, struct db_tx *tx, int64_t ticket_id)
{
	return q_alert_raise(tx, ticket_id, d->cx->now_ms);
}

enum err
alert_drop(struct db_tx *tx, int64_t ticket_id)
{
	int64_t dropped;

	return q_alert_drop(tx, ticket_id, &dropped);
}

enum err
alert_seen(struct desk *d, int64_t ticket_id)
{
	struct q_ticket t;
	struct event ev;
	int64_t dropped;
	DB_TX tx = {0};
	enum err e;

	if ((e = desk_needs(d, ROLE_SUPERVISOR)) != OK ||
	    (e = db_begin(d->db, &tx)) != OK)
		return e;
	if ((e = q_ticket(tx.db, d->cx->mem, ticket_id, &t)) == ERR_NOT_FOUND)
		return fail(d->cx, e, "", N_("There is no such ticket."));
	if (e != OK || (e = q_alert_drop(&tx, ticket_id, &dropped)) != OK)
		return e;
	event_begin(d, &ev);
	if (dropped &&
	    (e = event_add(d, &tx, &ev, "ticket.seen", ticket_id)) != OK)
		return e;
	return db_commit(&tx);
}
