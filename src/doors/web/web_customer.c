/*
 * Pages: the search for customers and one customer with all that belongs to
 * it. The forms that change a customer or a contract are web_customer_forms.c.
 */
#include "doors/web/web_customer.h"

#include "base/calendar.h"
#include "base/mem.h"
#include "base/phone.h"
#include "desk/call.h"
#include "desk/house.h"
#include "desk/lookup.h"
#include "desk/ticket.h"
#include "doors/web/page.h"
#include "doors/web/web_call.h"
#include "doors/web/web_order.h"
#include "doors/web/web_ticket.h"
#include "http/url.h"
#include "staff_views.h"

enum { LOOKUP_SHOWN = 8, LIST_SHOWN = 20 };

struct str
entitlement_text(const struct http_request *rq, enum entitlement entitlement)
{
	switch (entitlement) {
	case ENTITLED:
		return page_text(rq, N_("Contract active"));
	case FORMER:
		return page_text(rq, N_("Former customer"));
	case FUTURE:
		return page_text(rq, N_("Contract not begun yet"));
	case NEVER:
		break;
	}
	return page_text(rq, N_("No contract"));
}

static const char *const contract_texts[] = {
    [CONTRACT_ACTIVE] = N_("active"),
    [CONTRACT_ENDED] = N_("ended"),
    [CONTRACT_FUTURE] = N_("not begun yet"),
};

struct line_view *
contract_lines(struct http_request *rq, const struct customer_full *full)
{
	struct line_view *v =
	    mem_array(rq->cx.mem, struct line_view, full->contracts.n);

	for (size_t i = 0; i < full->contracts.n; i++) {
		const struct contract_line *c = &full->contracts.v[i];

		v[i] = (struct line_view){
		    .label = c->row.product,
		    .text = page_text(rq, contract_texts[c->state]),
		    .title = c->row.number,
		    .good = c->state == CONTRACT_ACTIVE,
		    .bad = c->state == CONTRACT_ENDED,
		};
	}
	return v;
}

struct line_view *
phone_lines(struct http_request *rq, const struct customer_full *full)
{
	const char *country =
	    door_desk(rq)->house->config->country_code.p;
	struct line_view *v =
	    mem_array(rq->cx.mem, struct line_view, full->phones.n);

	for (size_t i = 0; i < full->phones.n; i++)
		v[i] = (struct line_view){
		    .id = full->phones.v[i].id,
		    .label = full->phones.v[i].label,
		    .text = phone_show(rq->cx.mem, full->phones.v[i].e164,
			country),
		};
	return v;
}

/* Why a customer was found, where its number or name does not show it. */
static struct str
hit_reason(struct http_request *rq, const struct lookup_hit *r)
{
	struct str phone = phone_show(rq->cx.mem, r->e164,
	    door_desk(rq)->house->config->country_code.p);

	if (!phone.n)
		return r->person;
	if (!r->person.n)
		return phone;
	return str_printf(rq->cx.mem, "%.*s, %.*s", STR_FMT(r->person),
	    STR_FMT(phone));
}

enum err
lookup_fill(struct http_request *rq, struct str typed, int64_t call,
    int64_t chosen, struct lookup_view *out)
{
	struct lookup rows = {0};
	enum err e;

	*out = (struct lookup_view){.call = call, .typed = typed};
	if (!typed.n)
		return OK;
	if ((e = customer_lookup(door_desk(rq), typed,
		 call ? LOOKUP_SHOWN : LIST_SHOWN, &rows)) != OK)
		return e;
	out->rows.n = rows.n;
	out->rows.v = mem_array(rq->cx.mem, struct lookup_row_view, rows.n);
	for (size_t i = 0; i < rows.n; i++) {
		const struct lookup_hit *r = &rows.v[i];

		out->rows.v[i] = (struct lookup_row_view){
		    .id = r->id,
		    .number = r->number,
		    .name = r->name,
		    .city = r->city,
		    .why = hit_reason(rq, r),
		    .exact = r->exact,
		    .entitled = r->entitled,
		    .chosen = r->id == chosen,
		};
	}
	return OK;
}

/* Without a search the customers in the order of their names. */
static enum err
customers_listed(struct http_request *rq, struct customers_view *v)
{
	struct str after = http_raw(rq, "after");
	long long after_id = 0;
	struct q_customer_row_rows rows;
	struct lookup_row_view *row;
	long space = str_find(after, STR(" "));
	bool more;
	enum err e;

	if (space > 0) {
		after_id = strtoll(after.p, NULL, 10);
		after.p += space + 1;
		after.n -= (size_t)space + 1;
	}
	if ((e = customer_list(door_desk(rq), after_id ? after : STR(""),
		 after_id, &rows, &more)) != OK)
		return e;
	row = mem_array(rq->cx.mem, struct lookup_row_view, rows.n);
	for (size_t i = 0; i < rows.n; i++)
		row[i] = (struct lookup_row_view){
		    .id = rows.v[i].id,
		    .number = rows.v[i].number,
		    .name = rows.v[i].name,
		    .city = rows.v[i].city,
		    .entitled = rows.v[i].entitled,
		};
	v->lookup.rows.v = row;
	v->lookup.rows.n = rows.n;
	if (more) {
		const struct q_customer_row *last = &rows.v[rows.n - 1];

		v->next = str_printf(rq->cx.mem, "/customers?after=%lld+%s",
		    (long long)last->id,
		    url_encode(rq->cx.mem, last->name_key).p);
	}
	return OK;
}

enum err
web_customers(struct http_request *rq)
{
	struct str q = http_raw(rq, "q");
	struct customers_view v = {0};
	enum err e;

	e = q.n ? lookup_fill(rq, q, 0, 0, &v.lookup)
		: customers_listed(rq, &v);
	if (e != OK ||
	    (e = page_frame(rq, page_text(rq, N_("Customers")), &v.frame)) !=
		OK)
		return e;
	v.frame.area = STR("customers");
	view_customers(&rq->response.body, rq->cx.lang, &v);
	return OK;
}

enum err
web_customers_lookup(struct http_request *rq)
{
	struct lookup_view v;
	enum err e = lookup_fill(rq, http_raw(rq, "q"), 0, 0, &v);

	if (e == OK)
		view_lookup(&rq->response.body, rq->cx.lang, &v);
	return e;
}

static void
contracts_fill(struct http_request *rq, const struct customer_full *full,
    struct customer_view *v)
{
	void *mem = rq->cx.mem;
	enum lang lang = rq->cx.lang;

	v->contracts.n = full->contracts.n;
	v->contracts.v = mem_array(mem, struct contract_view, v->contracts.n);
	for (size_t i = 0; i < v->contracts.n; i++) {
		const struct contract_line *c = &full->contracts.v[i];

		v->contracts.v[i] = (struct contract_view){
		    .id = c->row.id,
		    .number = c->row.number,
		    .product = c->row.product,
		    .starts = calendar_day(mem, lang, c->row.starts_on),
		    .ends = c->row.ends_on.n
			? calendar_day(mem, lang, c->row.ends_on)
			: STR(""),
		    .state = page_text(rq, contract_texts[c->state]),
		    .note = c->row.note,
		    .active = c->state == CONTRACT_ACTIVE,
		    .ended = c->state == CONTRACT_ENDED,
		};
	}
}

static void
contacts_fill(struct http_request *rq, const struct customer_full *full,
    struct customer_view *v)
{
	void *mem = rq->cx.mem;
	const char *country =
	    door_desk(rq)->house->config->country_code.p;

	v->persons.n = full->persons.n;
	v->persons.v = mem_array(mem, struct contact_view, v->persons.n);
	for (size_t i = 0; i < v->persons.n; i++)
		v->persons.v[i] = (struct contact_view){
		    .id = full->persons.v[i].id,
		    .name = full->persons.v[i].name,
		    .position = full->persons.v[i].position,
		    .email = full->persons.v[i].email,
		};
	v->phones.n = full->phones.n;
	v->phones.v = mem_array(mem, struct contact_view, v->phones.n);
	for (size_t i = 0; i < v->phones.n; i++)
		v->phones.v[i] = (struct contact_view){
		    .id = full->phones.v[i].id,
		    .phone = phone_show(mem, full->phones.v[i].e164, country),
		    .label = full->phones.v[i].label,
		    .name = full->phones.v[i].person_name,
		};
}

static void
customer_fill(struct http_request *rq, const struct customer_full *full,
    struct customer_view *v)
{
	const struct q_customer *c = &full->customer;

	v->id = c->id;
	v->number = c->number;
	v->name = c->name;
	v->street = c->street;
	v->zip = c->zip;
	v->city = c->city;
	v->email = c->email;
	v->note = c->note;
	v->entitled = full->entitlement == ENTITLED;
	v->entitlement = entitlement_text(rq, full->entitlement);
	contracts_fill(rq, full, v);
	contacts_fill(rq, full, v);
}

/* The page; after a form on it that was refused, with what was typed. */
static enum err
customer_page(struct http_request *rq, int64_t id, struct customer_view *v)
{
	struct desk *d = door_desk(rq);
	struct customer_full full;
	struct q_ticket_row_rows tickets;
	struct q_call_row_rows calls;
	struct q_order_row_rows orders;
	enum err e;

	if ((e = customer_full(d, id, &full)) != OK ||
	    (e = order_of_customer(d, id, &orders)) != OK ||
	    (e = ticket_of_customer(d, id, &tickets)) != OK ||
	    (e = call_of_customer(d, id, &calls)) != OK ||
	    (e = page_frame(rq, full.customer.name, &v->frame)) != OK)
		return e;
	v->frame.area = STR("customers");
	v->person_once = page_nonce(rq);
	v->phone_once = page_nonce(rq);
	customer_fill(rq, &full, v);
	order_rows_fill(rq, &orders, &v->orders);
	ticket_rows_fill(rq, &tickets, &v->tickets);
	v->calls.v = call_lines(rq, &calls);
	v->calls.n = calls.n;
	view_customer(&rq->response.body, rq->cx.lang, v);
	return OK;
}

enum err
web_customer(struct http_request *rq)
{
	struct customer_view v = {0};

	return customer_page(rq, http_path_id(rq, "id"), &v);
}

enum err
web_person_add(struct http_request *rq)
{
	const struct person_post *f = rq->form;
	const struct person_form form = {f->name, f->position, f->email, 0};
	int64_t customer = http_path_id(rq, "id"), id;
	struct customer_view v = {.person_name = f->name,
	    .person_position = f->position,
	    .person_email = f->email};
	enum err e = rq->cx.fault.err;

	door_desk(rq)->nonce = f->once;
	if (e == OK &&
	    (e = person_add(door_desk(rq), customer, &form, &id)) == OK)
		return page_done(rq, "person-saved", "/customers/%lld",
		    (long long)customer);
	if (!page_comes_back(rq, e))
		return e;
	v.person_fault = str_of(rq->cx.fault.item[0].text);
	return customer_page(rq, customer, &v);
}

enum err
web_person_remove(struct http_request *rq)
{
	enum err e = person_remove(door_desk(rq), http_path_id(rq, "person"));

	return e == OK ? page_done(rq, "person-removed", "/customers/%lld",
			     (long long)http_path_id(rq, "id"))
		       : e;
}

enum err
web_phone_add(struct http_request *rq)
{
	const struct phone_post *f = rq->form;
	const struct phone_form form = {f->phone, f->label, f->person};
	int64_t customer = http_path_id(rq, "id"), id;
	struct customer_view v = {.phone = f->phone, .phone_label = f->label};
	enum err e = rq->cx.fault.err;

	door_desk(rq)->nonce = f->once;
	if (e == OK &&
	    (e = phone_add(door_desk(rq), customer, &form, &id)) == OK)
		return page_done(rq, "phone-added", "/customers/%lld",
		    (long long)customer);
	if (!page_comes_back(rq, e))
		return e;
	v.phone_fault = str_of(rq->cx.fault.item[0].text);
	return customer_page(rq, customer, &v);
}

enum err
web_phone_remove(struct http_request *rq)
{
	enum err e = phone_remove(door_desk(rq), http_path_id(rq, "phone"));

	return e == OK ? page_done(rq, "phone-removed", "/customers/%lld",
			     (long long)http_path_id(rq, "id"))
		       : e;
}
