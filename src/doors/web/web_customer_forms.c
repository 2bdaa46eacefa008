/*
 * Pages: the forms for a customer and for a contract, new or changed. A form
 * that is refused comes back with everything that was typed; if a colleague was
 * faster, with what stands there now beside it, and the next time it is saved.
 */
#include "doors/web/page.h"
#include "doors/web/web_customer.h"
#include "staff_views.h"

static enum err
customer_form_page(struct http_request *rq, struct customer_edit_view *v)
{
	const char *title =
	    v->fresh ? N_("New customer") : N_("Change customer");
	enum err e = page_frame(rq, page_text(rq, title), &v->frame);

	if (e != OK)
		return e;
	v->frame.area = STR("customers");
	v->once = page_nonce(rq);
	v->number_fault = page_fault(rq, "number");
	v->name_fault = page_fault(rq, "name");
	v->street_fault = page_fault(rq, "street");
	v->zip_fault = page_fault(rq, "zip");
	v->city_fault = page_fault(rq, "city");
	v->email_fault = page_fault(rq, "email");
	v->note_fault = page_fault(rq, "note");
	view_customer_edit(&rq->response.body, rq->cx.lang, v);
	return OK;
}

enum err
web_customer_new(struct http_request *rq)
{
	struct customer_edit_view v = {.fresh = true};

	return customer_form_page(rq, &v);
}

enum err
web_customer_edit(struct http_request *rq)
{
	struct q_customer c;
	enum err e = customer_get(door_desk(rq), http_path_id(rq, "id"), &c);
	struct customer_edit_view v;

	if (e != OK)
		return e;
	v = (struct customer_edit_view){.id = c.id, .version = c.version,
	    .number = c.number, .name = c.name, .street = c.street,
	    .zip = c.zip, .city = c.city, .email = c.email, .note = c.note};
	return customer_form_page(rq, &v);
}

/* Says beside a field what a colleague has made of it meanwhile. */
static void
stands_now(struct http_request *rq, const char *field, struct str typed,
    struct str stands)
{
	if (str_eq(typed, stands))
		return;
	(void)fail(&rq->cx, ERR_STALE, field, N_("Here stands now: %s"),
	    stands.n ? stands.p : "–");
}

static enum err
customer_meanwhile(struct http_request *rq, int64_t id,
    struct customer_post *f)
{
	struct q_customer c;
	enum err e = customer_get(door_desk(rq), id, &c);

	if (e != OK)
		return e;
	stands_now(rq, "number", f->number, c.number);
	stands_now(rq, "name", f->name, c.name);
	stands_now(rq, "street", f->street, c.street);
	stands_now(rq, "zip", f->zip, c.zip);
	stands_now(rq, "city", f->city, c.city);
	stands_now(rq, "email", f->email, c.email);
	stands_now(rq, "note", f->note, c.note);
	f->version = c.version;
	return OK;
}

/* The page with what was typed. */
static enum err
customer_again(struct http_request *rq, enum err why, int64_t id,
    const struct q_customer_of_name_rows *twins)
{
	struct customer_post *f = rq->form;
	enum err e = why == ERR_STALE ? customer_meanwhile(rq, id, f) : OK;
	struct customer_edit_view v = {.fresh = id == 0, .id = id,
	    .version = f->version, .number = f->number, .name = f->name,
	    .street = f->street, .zip = f->zip, .city = f->city,
	    .email = f->email, .note = f->note,
	    .twins = {twins->v, twins->n}};

	return e == OK ? customer_form_page(rq, &v) : e;
}

static struct customer_form
customer_read(const struct customer_post *f)
{
	return (struct customer_form){f->number, f->name, f->street, f->zip,
	    f->city, f->email, f->note, f->version};
}

/* Who seems to be there already is shown once; the next time it is added. */
enum err
web_customer_add(struct http_request *rq)
{
	const struct customer_post *f = rq->form;
	const struct customer_form form = customer_read(f);
	struct q_customer_of_name_rows twins = {0};
	struct desk *d = door_desk(rq);
	enum err e = rq->cx.fault.err;
	int64_t id;

	d->nonce = f->once;
	if (e == OK)
		e = f->another ? customer_add(d, &form, &id)
			       : customer_add_single(d, &form, &twins, &id);
	if (e == OK)
		return page_done(rq, "customer-added", "/customers/%lld",
		    (long long)id);
	return page_comes_back(rq, e) ? customer_again(rq, e, 0, &twins) : e;
}

enum err
web_customer_save(struct http_request *rq)
{
	const struct q_customer_of_name_rows none = {0};
	const struct customer_form form = customer_read(rq->form);
	int64_t id = http_path_id(rq, "id");
	enum err e = rq->cx.fault.err;

	if (e == OK && (e = customer_edit(door_desk(rq), id, &form)) == OK)
		return page_done(rq, "customer-saved", "/customers/%lld",
		    (long long)id);
	return page_comes_back(rq, e) ? customer_again(rq, e, id, &none) : e;
}

static enum err
contract_form_page(struct http_request *rq, struct contract_edit_view *v)
{
	const char *title =
	    v->fresh ? N_("New contract") : N_("Change contract");
	struct q_customer c;
	enum err e;

	if ((e = customer_get(door_desk(rq), v->customer, &c)) != OK ||
	    (e = page_frame(rq, page_text(rq, title), &v->frame)) != OK)
		return e;
	v->frame.area = STR("customers");
	v->customer_name = c.name;
	v->once = page_nonce(rq);
	v->number_fault = page_fault(rq, "number");
	v->product_fault = page_fault(rq, "product");
	v->starts_on_fault = page_fault(rq, "starts_on");
	v->ends_on_fault = page_fault(rq, "ends_on");
	v->note_fault = page_fault(rq, "note");
	view_contract_edit(&rq->response.body, rq->cx.lang, v);
	return OK;
}

enum err
web_contract_new(struct http_request *rq)
{
	struct contract_edit_view v = {.fresh = true,
	    .customer = http_path_id(rq, "id")};

	return contract_form_page(rq, &v);
}

enum err
web_contract_edit(struct http_request *rq)
{
	struct q_contract_row c;
	enum err e = contract_get(door_desk(rq), http_path_id(rq, "id"), &c);
	struct contract_edit_view v;

	if (e != OK)
		return e;
	v = (struct contract_edit_view){.customer = c.customer_id, .id = c.id,
	    .version = c.version, .number = c.number, .product = c.product,
	    .starts_on = c.starts_on, .ends_on = c.ends_on, .note = c.note};
	return contract_form_page(rq, &v);
}

static enum err
contract_meanwhile(struct http_request *rq, int64_t id,
    struct contract_post *f)
{
	struct q_contract_row c;
	enum err e = contract_get(door_desk(rq), id, &c);

	if (e != OK)
		return e;
	stands_now(rq, "number", f->number, c.number);
	stands_now(rq, "product", f->product, c.product);
	stands_now(rq, "starts_on", f->starts_on, c.starts_on);
	stands_now(rq, "ends_on", f->ends_on, c.ends_on);
	stands_now(rq, "note", f->note, c.note);
	f->version = c.version;
	return OK;
}

static enum err
contract_again(struct http_request *rq, enum err why, int64_t customer,
    int64_t id)
{
	struct contract_post *f = rq->form;
	enum err e = why == ERR_STALE ? contract_meanwhile(rq, id, f) : OK;
	struct contract_edit_view v = {.fresh = id == 0, .customer = customer,
	    .id = id, .version = f->version, .number = f->number,
	    .product = f->product, .starts_on = f->starts_on,
	    .ends_on = f->ends_on, .note = f->note};

	return e == OK ? contract_form_page(rq, &v) : e;
}

static struct contract_form
contract_read(const struct contract_post *f)
{
	return (struct contract_form){f->number, f->product, f->starts_on,
	    f->ends_on, f->note, f->version};
}

enum err
web_contract_add(struct http_request *rq)
{
	const struct contract_post *f = rq->form;
	const struct contract_form form = contract_read(f);
	int64_t customer = http_path_id(rq, "id"), id;
	enum err e = rq->cx.fault.err;

	door_desk(rq)->nonce = f->once;
	if (e == OK &&
	    (e = contract_add(door_desk(rq), customer, &form, &id)) == OK)
		return page_done(rq, "contract-saved", "/customers/%lld",
		    (long long)customer);
	return page_comes_back(rq, e) ? contract_again(rq, e, customer, 0) : e;
}

enum err
web_contract_save(struct http_request *rq)
{
	const struct contract_form form = contract_read(rq->form);
	int64_t id = http_path_id(rq, "id");
	struct q_contract_row c;
	enum err e;

	if ((e = contract_get(door_desk(rq), id, &c)) != OK)
		return e;
	if ((e = rq->cx.fault.err) == OK &&
	    (e = contract_edit(door_desk(rq), id, &form)) == OK)
		return page_done(rq, "contract-saved", "/customers/%lld",
		    (long long)c.customer_id);
	return page_comes_back(rq, e)
	    ? contract_again(rq, e, c.customer_id, id)
	    : e;
}
