/*
 * Calls: beginning one, and the lists of them. Reading one is call_state.c; who
 * is on the line and what is typed, call_typed.c; leading it through the
 * instruction and what follows from that, call_move.c.
 */
#include "desk/call.h"

#include "base/config.h"
#include "base/phone.h"
#include "desk/call_state.h"
#include "desk/event.h"
#include "desk/house.h"
#include "store/queries.h"

enum err
call_open(struct desk *d, int64_t *out_id)
{
	enum err e;

	if ((e = desk_needs(d, ROLE_AGENT)) != OK)
		return e;
	*out_id = 0;
	e = q_call_open(d->db, d->cx->mem, d->actor.employee_id, out_id);
	return e == ERR_NOT_FOUND ? OK : e;
}

enum err
call_start(struct desk *d, struct str caller_number, int64_t *out_id)
{
	const struct instruction *ins;
	struct str e164;
	struct event ev;
	int64_t version;
	DB_TX tx = {0};
	enum err e;

	if ((e = desk_needs(d, ROLE_AGENT)) != OK ||
	    (e = house_in_force(d, &version, &ins)) != OK)
		return e;
	if (!phone_normalise(d->cx->mem, caller_number,
		d->house->config->country_code.p, &e164))
		e164 = STR("");
	if ((e = db_begin(d->db, &tx)) != OK)
		return e;
	e = q_call_open(tx.db, d->cx->mem, d->actor.employee_id, out_id);
	if (e == OK)
		return fail(d->cx, ERR_CONFLICT, "",
		    N_("You have an open call; end it first."));
	if (e != ERR_NOT_FOUND)
		return e;
	event_begin(d, &ev);
	event_text(&ev, "caller_number", e164);
	e = q_call_add(&tx, d->cx->mem, d->actor.employee_id, d->actor.door,
	    version, d->cx->now_ms, e164, out_id);
	if (e == ERR_CONFLICT) /* begun in another tab at this moment */
		return ERR_BUSY;
	if (e != OK ||
	    (e = event_add(d, &tx, &ev, "call.started", *out_id)) != OK)
		return e;
	return db_commit(&tx);
}

enum err
call_get(struct desk *d, int64_t id, struct call *out)
{
	enum err e;

	if ((e = desk_needs(d, ROLE_AGENT)) != OK)
		return e;
	return call_load(d, d->db, id, out);
}

enum err
call_of_customer(struct desk *d, int64_t customer_id,
    struct q_call_row_rows *out)
{
	enum err e;

	if ((e = desk_needs(d, ROLE_AGENT)) != OK)
		return e;
	return q_call_of_customer(d->db, d->cx->mem, customer_id, out);
}

enum err
call_mine(struct desk *d, struct q_call_row_rows *out)
{
	enum err e;

	if ((e = desk_needs(d, ROLE_AGENT)) != OK)
		return e;
	return q_call_of_employee(d->db, d->cx->mem, d->actor.employee_id, out);
}
