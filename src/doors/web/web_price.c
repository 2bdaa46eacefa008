/*
 * The price list, on a page of its own and in the booklet.
 */
#include "doors/web/web_price.h"

#include "base/clock.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "desk/house.h"
#include "desk/price.h"
#include "doors/web/page.h"
#include "doors/web/web_order.h"
#include "staff_views.h"

static struct price_view
price_fill(struct http_request *rq, const struct price *p)
{
	void *mem = rq->cx.mem;
	enum lang lang = rq->cx.lang;
	struct amount a = terms_amount(&p->terms, 1);

	return (struct price_view){
	    .id = p->id,
	    .kind = order_kind_text(rq, p->kind),
	    .text = p->text.in[lang],
	    .net = money_show(mem, lang, a.net),
	    .gross = money_show(mem, lang, a.gross),
	    .unit = p->terms.unit_ms
		? str_printf(mem, tr(lang, N_("%d minutes")),
		      (int)(p->terms.unit_ms / MINUTE_MS))
		: page_text(rq, N_("fixed price")),
	    .least = p->terms.units_least > 1
		? money_show(mem, lang,
		      p->terms.units_least * p->terms.net_cents)
		: STR(""),
	};
}

void
price_rows_fill(struct http_request *rq, struct price_rows_view *v)
{
	const struct prices *p = door_desk(rq)->house->prices;

	v->vat = money_percent(rq->cx.mem, rq->cx.lang, p->vat);
	v->prices.n = p->n;
	v->prices.v = mem_array(rq->cx.mem, struct price_view, p->n);
	for (size_t i = 0; i < p->n; i++)
		v->prices.v[i] = price_fill(rq, &p->price[i]);
}

enum err
web_prices(struct http_request *rq)
{
	const struct house *h = door_desk(rq)->house;
	struct prices_view v = {.file = h->config->prices_file};
	enum err e;

	if ((e = page_frame(rq, page_text(rq, N_("Price list")), &v.frame)) !=
	    OK)
		return e;
	v.frame.area = STR("orders");
	price_rows_fill(rq, &v.list);
	view_prices(&rq->response.body, rq->cx.lang, &v);
	return OK;
}
