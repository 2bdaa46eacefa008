/*
 * The form by which an offer goes out by e-mail, what holds it back, and what
 * became of the mails.
 */
#include "doors/web/web_order.h"

#include "desk/confidential.h"
#include "desk/house.h"
#include "desk/outbox.h"
#include "doors/web/page.h"
#include "doors/web/web_outbox.h"

enum err
order_mail_fill(struct http_request *rq, const struct q_order *o,
    struct order_view *v)
{
	struct desk *d = door_desk(rq);
	struct str back = str_printf(rq->cx.mem, "/orders/%lld",
	    (long long)o->id);
	enum err e;

	v->can_send = mail_is_set_up(d->house->config) &&
	    (o->state == ORDER_OFFERED || o->state == ORDER_ACCEPTED);
	v->may_release = d->actor.role >= ROLE_SUPERVISOR;
	v->once = page_nonce(rq);
	if (v->can_send && !v->address.p &&
	    (e = order_address(d, o, &v->address)) != OK)
		return e;
	return letters_fill(rq, OUTBOX_ORDER, o->id, back, &v->letters);
}

enum err
web_order_send(struct http_request *rq)
{
	const struct order_form *f = rq->form;
	const struct order_sending s = {f->address, f->release};
	int64_t id = http_path_id(rq, "id");
	struct desk *d = door_desk(rq);
	struct order_view v = {.address = f->address, .release = f->release};
	enum err e = rq->cx.fault.err;

	d->nonce = f->once;
	if (e == OK && (e = order_send(d, id, &s)) == OK)
		return page_done(rq, "order-sent", "/orders/%lld",
		    (long long)id);
	if (!page_comes_back(rq, e))
		return e;
	v.address_fault = page_fault(rq, "address");
	v.release_fault = page_fault(rq, "release");
	if (e == ERR_CONFIDENTIAL)
		places_fill(rq, d->held->text, &d->held->hits, &v.places);
	return order_page(rq, &v);
}
