/*
 * Orders over the API: offers, what is done to them, the price list, what is to
 * be invoiced. Who may do what in which state is desk/order.c's business.
 */
#include "doors/api/api_routes.h"

#include "base/mem.h"
#include "desk/confidential.h"
#include "desk/house.h"
#include "desk/invoice.h"
#include "desk/order.h"
#include "desk/ticket.h"
#include "doors/api/api_out.h"
#include "doors/door.h"

struct list_form {
	int state;
	struct str customer, after;
};

struct offer_form {
	struct str customer, person, description, price;
	int kind;
	int64_t net_cents;
};

struct reply_form {
	bool accepted;
	struct str words, name;
};

/* What the changes bring, one each. */
struct order_form {
	struct str employee, reason, address, release;
	int64_t minutes;
};

struct invoice_form {
	struct str orders;
};

/* In the order of the enums, which begin with 1. */
#define X(id, number, name) name,
static const char *const states[] = {ORDER_STATE_LIST(X) NULL};
static const char *const kinds[] = {ORDER_KIND_LIST(X) NULL};
#undef X

static const struct http_field list_fields[] = {
    {.name = "state",
	.kind = FIELD_CHOICE,
	.offset = offsetof(struct list_form, state),
	.choices = states},
    {.name = "customer",
	.kind = FIELD_LINE,
	.max = 40,
	.offset = offsetof(struct list_form, customer)},
    {.name = "after",
	.kind = FIELD_LINE,
	.max = 50,
	.offset = offsetof(struct list_form, after)},
};
HTTP_FORM(api_orders_form, struct list_form, list_fields);

/* Nothing is required here: the desk names all that is missing at once. */
static const struct http_field offer_fields[] = {
    {.name = "customer",
	.kind = FIELD_LINE,
	.max = 40,
	.offset = offsetof(struct offer_form, customer)},
    {.name = "person",
	.kind = FIELD_LINE,
	.offset = offsetof(struct offer_form, person)},
    {.name = "kind",
	.kind = FIELD_CHOICE,
	.offset = offsetof(struct offer_form, kind),
	.choices = kinds},
    {.name = "description",
	.kind = FIELD_TEXT,
	.max = TICKET_TEXT_MOST,
	.offset = offsetof(struct offer_form, description)},
    {.name = "price",
	.kind = FIELD_LINE,
	.offset = offsetof(struct offer_form, price)},
    {.name = "net_cents",
	.kind = FIELD_INT,
	.offset = offsetof(struct offer_form, net_cents)},
};
HTTP_FORM(api_offer_form, struct offer_form, offer_fields);

static const struct http_field reply_fields[] = {
    {.name = "accepted",
	.kind = FIELD_BOOL,
	.required = true,
	.offset = offsetof(struct reply_form, accepted)},
    {.name = "words",
	.kind = FIELD_LINE,
	.offset = offsetof(struct reply_form, words)},
    {.name = "name",
	.kind = FIELD_LINE,
	.offset = offsetof(struct reply_form, name)},
};
HTTP_FORM(api_reply_form, struct reply_form, reply_fields);

static const struct http_field assign_fields[] = {
    {.name = "employee",
	.kind = FIELD_LINE,
	.offset = offsetof(struct order_form, employee)},
};
HTTP_FORM(api_assign_form, struct order_form, assign_fields);

static const struct http_field done_fields[] = {
    {.name = "minutes",
	.kind = FIELD_INT,
	.offset = offsetof(struct order_form, minutes)},
};
HTTP_FORM(api_done_form, struct order_form, done_fields);

static const struct http_field cancel_fields[] = {
    {.name = "reason",
	.kind = FIELD_LINE,
	.offset = offsetof(struct order_form, reason)},
};
HTTP_FORM(api_cancel_form, struct order_form, cancel_fields);

static const struct http_field send_fields[] = {
    {.name = "address",
	.kind = FIELD_LINE,
	.offset = offsetof(struct order_form, address)},
    {.name = "release",
	.kind = FIELD_LINE,
	.max = RELEASE_MOST,
	.offset = offsetof(struct order_form, release)},
};
HTTP_FORM(api_send_form, struct order_form, send_fields);

static const struct http_field invoice_fields[] = {
    {.name = "orders",
	.kind = FIELD_TEXT,
	.required = true,
	.max = ORDER_INVOICE_MOST * 12,
	.offset = offsetof(struct invoice_form, orders)},
};
HTTP_FORM(api_invoice_form, struct invoice_form, invoice_fields);

/* ---- Reading ------------------------------------------------------------- */

static void
terms_put(struct json_out *o, const struct terms *t)
{
	api_int(o, "price_cents", t->net_cents);
	api_int_some(o, "unit_s", t->unit_ms, t->unit_ms / 1000);
	api_int(o, "units_least", t->units_least);
	api_int(o, "vat", t->vat);
}

static void
amount_put(struct json_out *o, const struct amount *a)
{
	api_int(o, "net_cents", a->net);
	api_int(o, "vat_cents", a->vat);
	api_int(o, "gross_cents", a->gross);
}

static void
named_put(struct json_out *o, int64_t id, int64_t kind)
{
	api_int(o, "id", id);
	api_text(o, "number", order_number(o->b->mem, id));
	api_text(o, "kind", str_of(order_kind_name((enum order_kind)kind)));
}

static void
row_put(struct json_out *o, const struct q_order_row *r)
{
	const struct terms t = ORDER_TERMS(r);

	json_open(o, '{');
	named_put(o, r->id, r->kind);
	api_text(o, "state",
	    str_of(order_state_name((enum order_state)r->state)));
	api_customer_name(o, r->customer_number, r->customer_name);
	api_text(o, "summary", r->summary);
	api_some(o, "employee", r->employee_name);
	api_text(o, "price", r->price_text);
	terms_put(o, &t);
	api_time(o, "since", r->changed_ms);
	json_close(o, '}');
}

enum err
api_orders(struct http_request *rq)
{
	const struct list_form *form = rq->form;
	struct order_filter f = {.customer = form->customer,
	    .state = (enum order_state)(form->state + 1)};
	struct q_order_row_rows rows;
	struct json_out o;
	bool more;
	enum err e;

	if ((e = api_after(rq, form->after, &f.after_ms, &f.after_id)) != OK ||
	    (e = order_list(door_desk(rq), &f, &rows, &more)) != OK)
		return e;
	api_begin(rq, &o);
	api_open(&o, "orders", '[');
	for (size_t i = 0; i < rows.n; i++)
		row_put(&o, &rows.v[i]);
	json_close(&o, ']');
	if (more)
		api_next(&o, rows.v[rows.n - 1].changed_ms, rows.v[rows.n - 1].id);
	else
		api_null(&o, "next");
	return api_end(&o);
}

static void
history_put(struct json_out *o, const struct q_order_history_rows *rows)
{
	api_open(o, "history", '[');
	for (size_t i = 0; i < rows->n; i++) {
		const struct q_order_history *h = &rows->v[i];

		json_open(o, '{');
		api_text(o, "event", h->kind);
		api_some(o, "employee", h->employee_name);
		api_text(o, "door", str_of(door_name((enum door)h->door)));
		api_some(o, "detail",
		    order_deed_detail(o->b->mem, h->payload));
		api_time(o, "at", h->at_ms);
		json_close(o, '}');
	}
	json_close(o, ']');
}

static void
answer_put(struct json_out *o, const struct q_order *r)
{
	api_text(o, "sentence", r->sentence);
	api_text(o, "offered_by", r->offered_name);
	api_time(o, "offered", r->offered_ms);
	api_some(o, "answer_words", r->answer_words);
	api_some(o, "answer_name", r->answer_name);
	api_some(o, "answered_by", r->answered_name);
	api_time_some(o, "answered", r->answered_ms.has,
	    r->answered_ms.v);
}

static enum err
order_answer_with(struct http_request *rq, int64_t id)
{
	struct order_full full;
	const struct q_order *r = &full.order;
	struct json_out o;
	enum err e;

	if ((e = order_get(door_desk(rq), id, &full)) != OK)
		return e;
	api_etag(rq, r->version);
	api_begin(rq, &o);
	named_put(&o, r->id, r->kind);
	api_text(&o, "state",
	    str_of(order_state_name((enum order_state)r->state)));
	api_customer_name(&o, r->customer_number, r->customer_name);
	api_some(&o, "person", r->caller_name);
	api_int_some(&o, "call", r->call_id.has, r->call_id.v);
	api_text(&o, "door", str_of(door_name((enum door)r->door)));
	api_text(&o, "description", r->description);
	api_text(&o, "price", r->price_text);
	terms_put(&o, &full.terms);
	answer_put(&o, r);
	api_some(&o, "employee", r->employee_name);
	api_time_some(&o, "started", r->started_ms.has,
	    r->started_ms.v);
	api_time_some(&o, "done", r->done_ms.has,
	    r->done_ms.v);
	api_int(&o, "worked_ms", r->worked_ms);
	api_int(&o, "units", full.units);
	api_bool(&o, "sure", full.sure);
	amount_put(&o, &full.amount);
	api_time_some(&o, "invoiced", r->invoiced_ms.has,
	    r->invoiced_ms.v);
	api_int(&o, "version", r->version);
	history_put(&o, &full.history);
	return api_end(&o);
}

enum err
api_order(struct http_request *rq)
{
	return order_answer_with(rq, http_path_id(rq, "id"));
}

enum err
api_prices(struct http_request *rq)
{
	const struct prices *list = door_desk(rq)->house->prices;
	struct json_out o;

	api_begin(rq, &o);
	api_int(&o, "vat", list->vat);
	api_open(&o, "prices", '[');
	for (size_t i = 0; i < list->n; i++) {
		const struct price *p = &list->price[i];

		json_open(&o, '{');
		api_text(&o, "id", p->id);
		api_text(&o, "kind", str_of(order_kind_name(p->kind)));
		api_text(&o, "text", p->text.in[rq->cx.lang]);
		terms_put(&o, &p->terms);
		api_text(&o, "sentence",
		    terms_sentence(rq->cx.mem, rq->cx.lang, &p->terms));
		json_close(&o, '}');
	}
	json_close(&o, ']');
	return api_end(&o);
}

/* ---- Changing ------------------------------------------------------------ */

enum err
api_order_offer(struct http_request *rq)
{
	const struct offer_form *f = rq->form;
	struct order_offer offer = {
	    .customer_number = f->customer,
	    .caller_name = f->person,
	    .kind = (enum order_kind)(f->kind + 1),
	    .description = f->description,
	    .price = f->price,
	    .net_cents = f->net_cents,
	};
	int64_t id;
	enum err e;

	if ((e = order_offer(door_desk(rq), &offer, &id)) != OK)
		return e;
	api_created(rq, "orders/%lld", (long long)id);
	return order_answer_with(rq, id);
}

/* The order of the path, as the client has seen it. */
static enum err
change_read(struct http_request *rq, struct order_change *out)
{
	out->id = http_path_id(rq, "id");
	return api_if_match(rq, &out->version);
}

enum err
api_order_reply(struct http_request *rq)
{
	const struct reply_form *f = rq->form;
	struct order_reply r = {f->accepted, f->words, f->name};
	struct order_change c;
	enum err e;

	if ((e = change_read(rq, &c)) != OK ||
	    (e = order_reply(door_desk(rq), &c, &r)) != OK)
		return e;
	return order_answer_with(rq, c.id);
}

enum err
api_order_assign(struct http_request *rq)
{
	const struct order_form *f = rq->form;
	struct order_change c;
	enum err e;

	if ((e = change_read(rq, &c)) != OK ||
	    (e = order_assign(door_desk(rq), &c, f->employee)) != OK)
		return e;
	return order_answer_with(rq, c.id);
}

enum err
api_order_send(struct http_request *rq)
{
	const struct order_form *f = rq->form;
	const struct order_sending s = {f->address, f->release};
	int64_t id = http_path_id(rq, "id");
	enum err e = order_send(door_desk(rq), id, &s);

	return e == OK ? order_answer_with(rq, id) : e;
}

enum err
api_order_start(struct http_request *rq)
{
	struct order_change c;
	enum err e;

	if ((e = change_read(rq, &c)) != OK ||
	    (e = order_start(door_desk(rq), &c)) != OK)
		return e;
	return order_answer_with(rq, c.id);
}

enum err
api_order_done(struct http_request *rq)
{
	const struct order_form *f = rq->form;
	struct order_change c;
	enum err e;

	if ((e = change_read(rq, &c)) != OK ||
	    (e = order_done(door_desk(rq), &c, f->minutes)) != OK)
		return e;
	return order_answer_with(rq, c.id);
}

enum err
api_order_cancel(struct http_request *rq)
{
	const struct order_form *f = rq->form;
	struct order_change c;
	enum err e;

	if ((e = change_read(rq, &c)) != OK ||
	    (e = order_cancel(door_desk(rq), &c, f->reason)) != OK)
		return e;
	return order_answer_with(rq, c.id);
}

/* ---- What is to be invoiced ------------------------------------------------ */

enum err
api_invoice(struct http_request *rq)
{
	struct invoice list;
	struct json_out o;
	enum err e;

	if ((e = invoice_list(door_desk(rq), &list)) != OK)
		return e;
	api_begin(rq, &o);
	api_open(&o, "orders", '[');
	for (size_t i = 0; i < list.n; i++) {
		const struct invoice_line *l = &list.v[i];

		json_open(&o, '{');
		named_put(&o, l->row.id, l->row.kind);
		api_customer_name(&o, l->row.customer_number,
		    l->row.customer_name);
		api_text(&o, "description", l->row.description);
		api_text(&o, "price", l->row.price_text);
		terms_put(&o, &l->terms);
		api_int(&o, "units", l->units);
		amount_put(&o, &l->amount);
		json_close(&o, '}');
	}
	json_close(&o, ']');
	amount_put(&o, &list.sum);
	api_bool(&o, "more", list.more);
	return api_end(&o);
}

enum err
api_invoice_csv(struct http_request *rq)
{
	struct invoice list;
	enum err e;

	if ((e = invoice_list(door_desk(rq), &list)) != OK)
		return e;
	buf_str(&rq->response.body, invoice_csv(door_desk(rq), &list));
	rq->response.type = "text/csv; charset=utf-8";
	http_header_set(rq, "Content-Disposition",
	    STR("attachment; filename=\"orders.csv\""));
	return OK;
}

enum err
api_invoice_mark(struct http_request *rq)
{
	const struct invoice_form *f = rq->form;
	enum err e;

	if ((e = invoice_mark(door_desk(rq), f->orders)) == OK)
		rq->response.status = 204;
	return e;
}
