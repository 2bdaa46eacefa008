/*
 * Advice for money: its time, and what of a call nobody paid for. The order is
 * written by the call (call_effect.c) when the caller says yes.
 */
#include "desk/consultation.h"

#include "desk/call_state.h"
#include "desk/event.h"
#include "desk/order.h"
#include "store/queries.h"

enum err
consultation_of_call(struct desk *d, struct db *db, int64_t call_id,
    struct consultation *out)
{
	struct q_order_consultation row;
	enum err e;

	*out = (struct consultation){0};
	e = q_order_consultation(db, d->cx->mem, call_id, &row);
	if (e != OK)
		return e == ERR_NOT_FOUND ? OK : e;
	out->order_id = row.id;
	out->running = !row.done_ms.has;
	out->started_ms = row.started_ms.v;
	out->ended_ms = row.done_ms.has ? row.done_ms.v : d->cx->now_ms;
	out->paid_ms = out->ended_ms - out->started_ms;
	out->terms = ORDER_TERMS(&row);
	out->units = terms_units(&out->terms, out->paid_ms);
	out->amount = terms_amount(&out->terms, out->units);
	return OK;
}

enum err
consultation_begin(struct desk *d, struct db_tx *tx, int64_t order_id)
{
	struct q_order o;
	struct event ev;
	enum err e;

	if ((e = order_row(d, tx->db, order_id, &o)) != OK ||
	    (e = q_order_start(tx, order_id, o.version, d->actor.employee_id,
		 d->cx->now_ms)) != OK)
		return e;
	event_begin(d, &ev);
	event_int(&ev, "employee", d->actor.employee_id);
	return event_add(d, tx, &ev, "order.started", order_id);
}

enum err
consultation_end(struct desk *d, struct db_tx *tx,
    const struct consultation *c)
{
	struct q_order o;
	struct event ev;
	enum err e;

	if (!c->running)
		return OK;
	if ((e = order_row(d, tx->db, c->order_id, &o)) != OK ||
	    (e = q_order_done(tx, c->order_id, o.version, c->paid_ms,
		 d->cx->now_ms)) != OK)
		return e;
	event_begin(d, &ev);
	event_int(&ev, "paid_ms", c->paid_ms);
	event_int(&ev, "units", c->units);
	return event_add(d, tx, &ev, "order.done", c->order_id);
}

enum err
consultation_stop(struct desk *d, int64_t call_id)
{
	struct consultation c;
	struct call call;
	DB_TX tx = {0};
	enum err e;

	if ((e = desk_needs(d, ROLE_AGENT)) != OK ||
	    (e = db_begin(d->db, &tx)) != OK ||
	    (e = call_load_own(d, tx.db, call_id, &call)) != OK ||
	    (e = consultation_of_call(d, tx.db, call_id, &c)) != OK)
		return e;
	if (!c.running)
		return fail(d->cx, ERR_CONFLICT, "",
		    N_("No paid time is running."));
	if ((e = consultation_end(d, &tx, &c)) != OK)
		return e;
	return db_commit(&tx);
}

int64_t
call_overrun(const struct consultation *c, int64_t started_ms,
    int64_t until_ms, int64_t limit_ms, int64_t grace_ms)
{
	int64_t limit = started_ms + limit_ms;
	int64_t begin = c->order_id ? c->started_ms : until_ms;
	int64_t before = begin - limit - grace_ms;
	int64_t unpaid = c->ended_ms > limit ? c->ended_ms : limit;
	int64_t after = c->order_id && !c->running
	    ? until_ms - unpaid - grace_ms
	    : 0;

	return (before > 0 ? before : 0) + (after > 0 ? after : 0);
}
