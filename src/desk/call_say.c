/*
 * The instruction's texts with what the desk puts into them: {price} as the
 * price list says it, {order} and {employee} of the order that was named.
 */
#include "desk/call.h"

#include "instruction/braces.h"

struct saying {
	struct desk *d;
	const struct call *c;
};

static struct str
value_of(void *arg, struct str name)
{
	const struct saying *s = arg;
	const struct call *c = s->c;
	void *mem = s->d->cx->mem;

	if (str_is(name, "price") && c->price)
		return terms_sentence(mem, s->d->cx->lang, &c->price->terms);
	if (str_is(name, "order") && c->order.id)
		return order_number(mem, c->order.id);
	if (str_is(name, "employee") && c->order.id)
		return c->order.employee_name;
	return STR("…");
}

struct str
call_text(struct desk *d, const struct call *c, const struct text2 *text)
{
	struct saying s = {d, c};

	return braces_fill(d->cx->mem, text->in[d->cx->lang], value_of, &s);
}
