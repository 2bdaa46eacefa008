/*
 * What became of the orders that the demo company's callers placed: some are
 * being worked on, some are done, one was invoiced, the others wait.
 */
#include "doors/command/command_demo.h"

#include "desk/invoice.h"

enum { STEPS = 3, MINUTES = 37 };

static const int64_t HOUR_MS = 3600000;

/* How far an order has come, one after the other in their order. */
static const enum order_state fates[] = {ORDER_INVOICED, ORDER_DONE,
    ORDER_IN_PROGRESS, ORDER_DONE, ORDER_IN_PROGRESS, ORDER_ACCEPTED};

static void
act_as(struct desk *d, const struct demo_people *people, size_t seat)
{
	const struct demo_seat *s = &demo_seats[seat];

	d->actor = (struct actor){.employee_id = people->employee[seat],
	    .role = s->role,
	    .door = DOOR_DESK,
	    .login = str_of(s->login),
	    .name = str_of(s->name)};
}

/* The hours after the yes, as far as they lie in the past. */
static void
hours_pass(struct desk *d, int64_t from_ms, int hours, int64_t until_ms)
{
	int64_t at = from_ms + hours * HOUR_MS;

	d->cx->now_ms = at < until_ms ? at : until_ms;
}

static enum err
order_work(struct desk *d, const struct q_order_row *row,
    enum order_state fate, int64_t until_ms)
{
	struct order_change c = {.id = row->id, .version = 2};
	enum err e = OK;

	hours_pass(d, row->changed_ms, 1, until_ms);
	if (fate != ORDER_ACCEPTED)
		e = order_start(d, &c);
	if (e != OK || fate == ORDER_ACCEPTED || fate == ORDER_IN_PROGRESS)
		return e;
	c.version++;
	hours_pass(d, row->changed_ms, 2, until_ms);
	return order_done(d, &c, MINUTES);
}

enum err
demo_orders_make(struct desk *d, const struct demo_people *people)
{
	const struct order_filter f = {.state = ORDER_ACCEPTED};
	const size_t n = sizeof fates / sizeof fates[0];
	int64_t until_ms = d->cx->now_ms;
	struct q_order_row_rows rows;
	bool more;
	enum err e;

	act_as(d, people, 0);
	if ((e = order_list(d, &f, &rows, &more)) != OK)
		return e;
	for (size_t i = rows.n; e == OK && i-- > 0;) { /* the oldest first */
		enum order_state fate = fates[(rows.n - 1 - i) % n];

		act_as(d, people, 1 + i % STEPS);
		e = order_work(d, &rows.v[i], fate, until_ms);
		if (e == OK && fate == ORDER_INVOICED) {
			act_as(d, people, 0);
			e = invoice_mark(d,
			    order_number(d->cx->mem, rows.v[i].id));
		}
	}
	d->cx->now_ms = until_ms;
	return e;
}
