/*
 * What becomes of the orders that the demo company's callers place: between the
 * calls some are begun, some done, one is invoiced, the others wait.
 */
#include "doors/command/command_demo.h"

#include "desk/invoice.h"

enum { MINUTES = 37 };

static const int64_t HOUR_MS = 3600000;

/* How far an order comes, by its id. */
static const enum order_state fates[] = {ORDER_IN_PROGRESS, ORDER_INVOICED,
    ORDER_DONE, ORDER_ACCEPTED, ORDER_DONE, ORDER_IN_PROGRESS};

/* One colleague after the other is put in charge. */
static enum err
order_begin(struct desk *d, struct order_change *c)
{
	const struct demo_seat *s = &demo_seats[c->id % DEMO_SEATS];
	enum err e = order_assign(d, c, str_of(s->login));

	c->version++;
	return e == OK ? order_start(d, c) : e;
}

/* The next that is done to an order in this state. */
static enum err
order_on(struct desk *d, const struct q_order_row *row)
{
	struct order_change c = {.id = row->id};
	struct order_full full;
	enum err e;

	if ((e = order_get(d, row->id, &full)) != OK)
		return e;
	c.version = full.order.version;
	switch ((enum order_state)row->state) {
	case ORDER_ACCEPTED:
		return order_begin(d, &c);
	case ORDER_IN_PROGRESS:
		return order_done(d, &c, MINUTES);
	default:
		return invoice_mark(d, order_number(d->cx->mem, row->id));
	}
}

enum err
demo_orders_go_on(struct desk *d)
{
	static const enum order_state states[] = {ORDER_ACCEPTED,
	    ORDER_IN_PROGRESS, ORDER_DONE};
	const size_t n = sizeof fates / sizeof fates[0];
	enum err e = OK;

	for (size_t s = 0; s < sizeof states / sizeof states[0]; s++) {
		const struct order_filter f = {.state = states[s]};
		struct q_order_row_rows rows;
		bool more;

		if ((e = order_list(d, &f, &rows, &more)) != OK)
			return e;
		for (size_t i = 0; e == OK && i < rows.n; i++)
			if (rows.v[i].kind != ORDER_CONSULTATION &&
			    fates[(size_t)rows.v[i].id % n] > states[s] &&
			    d->cx->now_ms - rows.v[i].changed_ms > HOUR_MS)
				e = order_on(d, &rows.v[i]);
	}
	return e;
}
