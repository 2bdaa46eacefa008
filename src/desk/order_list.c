/*
 * Looking at orders: lists, one of them with its sum, those for which a caller
 * may be put through.
 */
#include "desk/order.h"

#include "base/json.h"
#include "desk/customer_write.h"
#include "store/queries.h"

enum { NEWEST = 20 };

/* Cuts the one row too many that was read to know whether there are more. */
static bool
page_cut(struct q_order_row_rows *rows)
{
	bool more = rows->n > ORDER_PAGE;

	if (more)
		rows->n = ORDER_PAGE;
	return more;
}

static enum err
list_customer(struct desk *d, const struct order_filter *f,
    struct q_order_row_rows *out)
{
	int64_t id;
	enum err e = customer_by_number(d, d->db, f->customer, &id);

	return e != OK ? e
		       : q_order_by_customer(d->db, d->cx->mem, id, f->state,
			     f->after_id ? f->after_id : INT64_MAX,
			     ORDER_PAGE + 1, out);
}

enum err
order_list(struct desk *d, const struct order_filter *f,
    struct q_order_row_rows *out, bool *more)
{
	int64_t before_ms = f->after_id ? f->after_ms : INT64_MAX;
	int64_t before_id = f->after_id ? f->after_id : INT64_MAX;
	enum err e;

	if ((e = desk_needs(d, ROLE_AGENT)) != OK)
		return e;
	if (!str_empty(f->customer))
		e = list_customer(d, f, out);
	else if (f->state == ORDER_STATE_NONE)
		e = fail(d->cx, ERR_INVALID, "state",
		    N_("Name a state or a customer."));
	else
		e = q_order_by_state(d->db, d->cx->mem, f->state, before_ms,
		    before_id, ORDER_PAGE + 1, out);
	if (e == OK)
		*more = page_cut(out);
	return e;
}

enum err
order_of_customer(struct desk *d, int64_t customer_id,
    struct q_order_row_rows *out)
{
	enum err e;

	if ((e = desk_needs(d, ROLE_AGENT)) != OK)
		return e;
	return q_order_by_customer(d->db, d->cx->mem, customer_id,
	    ORDER_STATE_NONE, INT64_MAX, NEWEST, out);
}

enum err
order_mine(struct desk *d, struct q_order_row_rows *out)
{
	enum err e;

	if ((e = desk_needs(d, ROLE_AGENT)) != OK)
		return e;
	return q_order_of_employee(d->db, d->cx->mem, d->actor.employee_id,
	    NEWEST, out);
}

enum err
order_in_hand(struct desk *d, struct db *db, int64_t customer_id,
    struct q_order_in_hand_rows *out)
{
	return q_order_in_hand(db, d->cx->mem, customer_id, ORDERS_IN_HAND,
	    out);
}

enum err
order_get(struct desk *d, int64_t id, struct order_full *out)
{
	struct q_order *o = &out->order;
	enum err e;

	if ((e = desk_needs(d, ROLE_AGENT)) != OK ||
	    (e = order_row(d, d->db, id, o)) != OK ||
	    (e = q_order_history(d->db, d->cx->mem, id, &out->history)) != OK)
		return e;
	out->terms = ORDER_TERMS(o);
	out->units = terms_units(&out->terms, o->worked_ms);
	out->amount = terms_amount(&out->terms, out->units);
	out->sure = o->unit_ms == 0 || o->done_ms.has;
	return OK;
}

/* What an event brought along may have been erased. */
struct str
order_deed_detail(void *mem, struct str payload)
{
	static const char *const names[] = {"reason", "employee", "words"};
	struct json *root = NULL;
	struct str why, text;

	if (str_empty(payload) || json_parse(mem, payload, &root, &why) != OK)
		return STR("");
	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
		if ((text = json_text(json_member(root, names[i]))).p)
			return text;
	return STR("");
}
