/*
 * The page on which an offer is written for a customer outside of a call.
 */
#include "doors/web/web_order.h"

#include "base/mem.h"
#include "desk/customer.h"
#include "desk/house.h"
#include "desk/intake.h"
#include "doors/web/page.h"
#include "doors/web/web_call.h"
#include "staff_views.h"

static void
persons_fill(struct http_request *rq, const struct customer_full *full,
    int64_t chosen, struct order_new_view *v)
{
	v->persons.n = full->persons.n;
	v->persons.v =
	    mem_array(rq->cx.mem, struct person_view, full->persons.n);
	for (size_t i = 0; i < full->persons.n; i++)
		v->persons.v[i] = (struct person_view){
		    .id = full->persons.v[i].id,
		    .name = full->persons.v[i].name,
		    .position = full->persons.v[i].position,
		    .chosen = full->persons.v[i].id == chosen ||
			(full->persons.n == 1 && !v->name.n)};
}

/* Advice is sold in a call; everything else can be offered here. */
static void
prices_fill(struct http_request *rq, struct str chosen,
    struct order_new_view *v)
{
	const struct prices *list = door_desk(rq)->house->prices;

	v->prices.v = mem_array(rq->cx.mem, struct price_view, list->n);
	for (size_t i = 0; i < list->n; i++) {
		const struct price *p = &list->price[i];

		if (p->kind == ORDER_CONSULTATION)
			continue;
		v->prices.v[v->prices.n++] = (struct price_view){
		    .id = p->id,
		    .text = p->text.in[rq->cx.lang],
		    .sentence = terms_sentence(rq->cx.mem, rq->cx.lang,
			&p->terms),
		    .chosen = str_eq(p->id, chosen)};
	}
}

static void
kinds_fill(struct http_request *rq, struct str chosen,
    struct order_new_view *v)
{
	v->kinds.v =
	    mem_array(rq->cx.mem, struct choice_view, ORDER_CONSULTATION);
	for (enum order_kind k = ORDER_WORK; k < ORDER_CONSULTATION; k++)
		v->kinds.v[v->kinds.n++] = (struct choice_view){
		    str_of(order_kind_name(k)), order_kind_text(rq, k),
		    str_is(chosen, order_kind_name(k))};
}

static void
typed_fill(struct http_request *rq, const struct offer_form *f,
    struct order_new_view *v)
{
	v->name = f->name;
	v->description = f->description;
	v->net = f->net;
	v->own = str_is(f->price, "own");
	v->person_fault = page_fault(rq, "person");
	v->description_fault = page_fault(rq, "description");
	v->price_fault = page_fault(rq, "price");
	v->net_fault = page_fault(rq, "net");
}

static enum err
offer_page(struct http_request *rq, const struct offer_form *f)
{
	struct wording_verdict judged;
	struct customer_full full;
	struct order_new_view v = {0};
	enum err e;

	typed_fill(rq, f, &v);
	if ((e = customer_full(door_desk(rq), http_path_id(rq, "id"),
		 &full)) != OK ||
	    (e = intake_wording(door_desk(rq), v.description, &judged)) != OK)
		return e;
	v.customer = full.customer.id;
	v.customer_name = full.customer.name;
	v.customer_number = full.customer.number;
	v.once = page_nonce(rq);
	persons_fill(rq, &full, f->person, &v);
	prices_fill(rq, f->price, &v);
	kinds_fill(rq, f->kind, &v);
	verdict_fill(rq, v.description, &judged, &v.judged);
	if ((e = page_frame(rq, page_text(rq, N_("New offer")), &v.frame)) !=
	    OK)
		return e;
	v.frame.area = STR("orders");
	view_order_new(&rq->response.body, rq->cx.lang, &v);
	return OK;
}

enum err
web_order_new(struct http_request *rq)
{
	const struct offer_form empty = {.name = STR(""),
	    .description = STR(""), .price = STR(""), .net = STR(""),
	    .kind = STR("")};

	return offer_page(rq, &empty);
}

/* The form as the desk takes it: the kind is the price's, but for one's own. */
static struct order_offer
offer_read(struct http_request *rq, const struct offer_form *f)
{
	bool own = str_is(f->price, "own");
	const struct price *p =
	    price_find(door_desk(rq)->house->prices, f->price);
	struct order_offer o = {
	    .customer_id = http_path_id(rq, "id"),
	    .person_id = f->name.n ? 0 : f->person,
	    .caller_name = f->name,
	    .description = f->description,
	    .price = own ? STR("") : f->price,
	    .kind = p ? p->kind : ORDER_WORK,
	};

	if (own)
		o.kind = order_kind_of(f->kind);
	if (own && !money_read(str_trim(f->net), &o.net_cents))
		o.net_cents = 0;
	return o;
}

enum err
web_order_offer(struct http_request *rq)
{
	const struct offer_form *f = rq->form;
	const struct order_offer o = offer_read(rq, f);
	enum err e = rq->cx.fault.err;
	int64_t id;

	door_desk(rq)->nonce = f->once;
	if (e == OK && (e = order_offer(door_desk(rq), &o, &id)) == OK)
		return page_done(rq, "order-offered", "/orders/%lld",
		    (long long)id);
	return page_comes_back(rq, e) ? offer_page(rq, f) : e;
}

/* What the judge says of the description while it is typed. */
enum err
web_order_judge(struct http_request *rq)
{
	const struct offer_form *f = rq->form;
	struct wording_verdict judged;
	struct verdict_view v;
	enum err e;

	if ((e = intake_wording(door_desk(rq), f->description, &judged)) != OK)
		return e;
	verdict_fill(rq, f->description, &judged, &v);
	view_verdict(&rq->response.body, rq->cx.lang, &v);
	return OK;
}
