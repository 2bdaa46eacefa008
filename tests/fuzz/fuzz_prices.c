/* Any bytes as a price list, and as an amount. */
#include "desk/price.h"
#include "fuzz.h"

static void
list_is_whole(const struct prices *p)
{
	PROMISE(p->n > 0 && p->n <= PRICES_MOST);
	PROMISE(p->vat >= 0 && p->vat <= VAT_MOST);
	PROMISE(price_of_kind(p, ORDER_CONSULTATION)->terms.unit_ms > 0);
	for (size_t i = 0; i < p->n; i++) {
		const struct terms *t = &p->price[i].terms;

		PROMISE(price_find(p, p->price[i].id) == &p->price[i]);
		PROMISE(t->net_cents > 0 && t->net_cents <= MONEY_CENTS_MOST);
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct complaints *c = talloc(NULL, struct complaints);
	struct str source = str_copy(c, (const char *)data, size);
	struct prices *prices = NULL;
	int64_t cents;

	complaints_init(c, c, "fuzz");
	if (prices_load(c, source, c, &prices) == OK)
		list_is_whole(prices);
	else
		PROMISE(c->n > 0 && !prices);
	if (money_read(source, &cents))
		PROMISE(cents >= 0 && cents <= MONEY_CENTS_MOST);
	talloc_free(c);
	return 0;
}
