/*
 * The instruction's texts with what the desk puts into them: {price} as the
 * price list says it, {order} and {employee} of the order that was named.
 */
#include "desk/call.h"

#include "base/buf.h"

static struct str
brace_value(struct desk *d, const struct call *c, struct str name)
{
	void *mem = d->cx->mem;

	if (str_is(name, "price") && c->price)
		return terms_sentence(mem, d->cx->lang, &c->price->terms);
	if (str_is(name, "order") && c->order.id)
		return order_number(mem, c->order.id);
	if (str_is(name, "employee") && c->order.id)
		return c->order.employee_name;
	return STR("…");
}

struct str
call_text(struct desk *d, const struct call *c, const struct text2 *text)
{
	struct str left = text->in[d->cx->lang];
	struct buf b;
	long open;

	if (str_find(left, STR("{")) < 0)
		return left;
	buf_init(&b, d->cx->mem, 1 << 16);
	while ((open = str_find(left, STR("{"))) >= 0) {
		struct str name = {left.p + open + 1, 0};
		size_t past;

		name.n = strcspn(name.p, "}");
		past = (size_t)open + 1 + name.n;
		past += past < left.n;
		buf_str(&b, (struct str){left.p, (size_t)open});
		buf_str(&b, brace_value(d, c, name));
		left = (struct str){left.p + past, left.n - past};
	}
	buf_str(&b, left);
	return buf_get(&b);
}
