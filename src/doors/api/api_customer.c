/*
 * Customers over the API: finding, paging, one with everything that belongs to
 * it, adding and editing. Persons, telephone numbers and contracts are changed
 * in api_customer_parts.c.
 */
#include "doors/api/api_routes.h"

#include "desk/customer.h"
#include "desk/lookup.h"
#include "desk/twin.h"
#include "doors/api/api_out.h"
#include "doors/door.h"

struct find_form {
	struct str q;
	int64_t limit, after;
};

static const struct http_field find_fields[] = {
    {.name = "q",
	.kind = FIELD_LINE,
	.offset = offsetof(struct find_form, q)},
    {.name = "limit",
	.kind = FIELD_ID,
	.offset = offsetof(struct find_form, limit)},
    {.name = "after",
	.kind = FIELD_ID,
	.offset = offsetof(struct find_form, after)},
};
HTTP_FORM(api_customers_form, struct find_form, find_fields);

static const struct http_field customer_fields[] = {
    {.name = "number",
	.kind = FIELD_LINE,
	.max = 40,
	.offset = offsetof(struct customer_form, number)},
    {.name = "name",
	.kind = FIELD_LINE,
	.required = true,
	.offset = offsetof(struct customer_form, name)},
    {.name = "street",
	.kind = FIELD_LINE,
	.offset = offsetof(struct customer_form, street)},
    {.name = "zip",
	.kind = FIELD_LINE,
	.max = 20,
	.offset = offsetof(struct customer_form, zip)},
    {.name = "city",
	.kind = FIELD_LINE,
	.max = 100,
	.offset = offsetof(struct customer_form, city)},
    {.name = "email",
	.kind = FIELD_LINE,
	.offset = offsetof(struct customer_form, email)},
    {.name = "note",
	.kind = FIELD_TEXT,
	.max = 5000,
	.offset = offsetof(struct customer_form, note)},
};
HTTP_FORM(api_customer_form, struct customer_form, customer_fields);

/* ---- Many ---------------------------------------------------------------- */

static void
hit_put(struct json_out *o, const struct lookup_hit *hit)
{
	json_open(o, '{');
	api_int(o, "id", hit->id);
	api_text(o, "number", hit->number);
	api_text(o, "name", hit->name);
	api_some(o, "city", hit->city);
	api_bool(o, "entitled", hit->entitled);
	api_bool(o, "exact", hit->exact);
	api_phone(o, "phone", hit->e164);
	api_some(o, "person", hit->person);
	json_close(o, '}');
}

/* What was typed, as the call page's box finds it. */
static enum err
customers_found(struct http_request *rq, const struct find_form *f)
{
	size_t most = f->limit && f->limit < LOOKUP_MOST ? (size_t)f->limit
							 : LOOKUP_MOST;
	struct lookup found;
	struct json_out o;
	enum err e;

	if ((e = customer_lookup(door_desk(rq), f->q, most, &found)) != OK)
		return e;
	api_begin(rq, &o);
	api_open(&o, "customers", '[');
	for (size_t i = 0; i < found.n; i++)
		hit_put(&o, &found.v[i]);
	json_close(&o, ']');
	api_null(&o, "next");
	return api_end(&o);
}

static void
row_put(struct json_out *o, const struct q_customer_row *r)
{
	json_open(o, '{');
	api_int(o, "id", r->id);
	api_text(o, "number", r->number);
	api_text(o, "name", r->name);
	api_some(o, "city", r->city);
	api_bool(o, "entitled", r->entitled);
	json_close(o, '}');
}

/* Where the page begins: behind that customer's place among the names. */
static enum err
page_read(struct http_request *rq, int64_t after,
    struct q_customer_row_rows *out, bool *more)
{
	struct q_customer last = {.name_key = STR("")};
	enum err e;

	if (after &&
	    (e = customer_get(door_desk(rq), after, &last)) != OK)
		return e;
	return customer_list(door_desk(rq), last.name_key, after, out, more);
}

enum err
api_customers(struct http_request *rq)
{
	const struct find_form *f = rq->form;
	struct q_customer_row_rows rows;
	struct json_out o;
	bool more;
	enum err e;

	if (!str_empty(f->q))
		return customers_found(rq, f);
	if ((e = page_read(rq, f->after, &rows, &more)) != OK)
		return e;
	if (f->limit && (size_t)f->limit < rows.n) {
		rows.n = (size_t)f->limit;
		more = true;
	}
	api_begin(rq, &o);
	api_open(&o, "customers", '[');
	for (size_t i = 0; i < rows.n; i++)
		row_put(&o, &rows.v[i]);
	json_close(&o, ']');
	if (more)
		api_int(&o, "next", rows.v[rows.n - 1].id);
	else
		api_null(&o, "next");
	return api_end(&o);
}

/* ---- One ----------------------------------------------------------------- */

static void
persons_put(struct json_out *o, const struct q_customer_persons_rows *rows)
{
	api_open(o, "persons", '[');
	for (size_t i = 0; i < rows->n; i++) {
		const struct q_customer_persons *p = &rows->v[i];

		json_open(o, '{');
		api_int(o, "id", p->id);
		api_text(o, "name", p->name);
		api_some(o, "position", p->position);
		api_some(o, "email", p->email);
		api_int(o, "version", p->version);
		json_close(o, '}');
	}
	json_close(o, ']');
}

static void
phones_put(struct json_out *o, const struct q_customer_phones_rows *rows)
{
	api_open(o, "phones", '[');
	for (size_t i = 0; i < rows->n; i++) {
		const struct q_customer_phones *p = &rows->v[i];

		json_open(o, '{');
		api_int(o, "id", p->id);
		api_phone(o, "number", p->e164);
		api_some(o, "label", p->label);
		api_int_some(o, "person", p->person_id.has, p->person_id.v);
		json_close(o, '}');
	}
	json_close(o, ']');
}

static void
contracts_put(struct json_out *o, const struct contract_lines *lines)
{
	api_open(o, "contracts", '[');
	for (size_t i = 0; i < lines->n; i++) {
		const struct q_contract_row *r = &lines->v[i].row;

		json_open(o, '{');
		api_int(o, "id", r->id);
		api_some(o, "number", r->number);
		api_text(o, "product", r->product);
		api_text(o, "starts_on", r->starts_on);
		api_some(o, "ends_on", r->ends_on);
		api_some(o, "note", r->note);
		api_text(o, "state",
		    str_of(contract_state_name(lines->v[i].state)));
		api_int(o, "version", r->version);
		json_close(o, '}');
	}
	json_close(o, ']');
}

static void
fields_put(struct json_out *o, const struct q_customer *c)
{
	api_int(o, "id", c->id);
	api_text(o, "number", c->number);
	api_text(o, "name", c->name);
	api_some(o, "street", c->street);
	api_some(o, "zip", c->zip);
	api_some(o, "city", c->city);
	api_some(o, "email", c->email);
	api_some(o, "note", c->note);
	api_int(o, "version", c->version);
	api_time(o, "created", c->created_ms);
	api_time(o, "updated", c->updated_ms);
}

/* Who else seems to be this customer: a hint for whoever has just added it. */
static void
similar_put(struct json_out *o, const struct q_customer_of_name_rows *rows)
{
	api_open(o, "similar", '[');
	for (size_t i = 0; i < rows->n; i++) {
		json_open(o, '{');
		api_int(o, "id", rows->v[i].id);
		api_text(o, "number", rows->v[i].number);
		api_text(o, "name", rows->v[i].name);
		api_some(o, "zip", rows->v[i].zip);
		api_some(o, "city", rows->v[i].city);
		json_close(o, '}');
	}
	json_close(o, ']');
}

/* `similar` NULL: not asked for. */
static enum err
customer_put(struct http_request *rq, int64_t id,
    const struct q_customer_of_name_rows *similar)
{
	static const char *const entitlements[] = {
	    [NEVER] = "never",
	    [FUTURE] = "future",
	    [FORMER] = "former",
	    [ENTITLED] = "entitled",
	};
	struct customer_full full;
	struct json_out o;
	enum err e;

	if ((e = customer_full(door_desk(rq), id, &full)) != OK)
		return e;
	api_etag(rq, full.customer.version);
	api_begin(rq, &o);
	fields_put(&o, &full.customer);
	api_text(&o, "entitlement", str_of(entitlements[full.entitlement]));
	persons_put(&o, &full.persons);
	phones_put(&o, &full.phones);
	contracts_put(&o, &full.contracts);
	if (similar)
		similar_put(&o, similar);
	return api_end(&o);
}

static enum err
customer_answer_with(struct http_request *rq, int64_t id)
{
	return customer_put(rq, id, NULL);
}

enum err
api_customer(struct http_request *rq)
{
	return customer_answer_with(rq, http_path_id(rq, "id"));
}

enum err
api_customer_add(struct http_request *rq)
{
	struct q_customer_of_name_rows similar;
	struct desk *d = door_desk(rq);
	int64_t id;
	enum err e;

	if ((e = customer_add(d, rq->form, &id)) != OK ||
	    (e = customer_similar(d, rq->form, id, &similar)) != OK)
		return e;
	api_created(rq, "customers/%lld", (long long)id);
	return customer_put(rq, id, &similar);
}

enum err
api_customer_edit(struct http_request *rq)
{
	struct customer_form f = *(const struct customer_form *)rq->form;
	int64_t id = http_path_id(rq, "id");
	enum err e;

	if ((e = api_if_match(rq, &f.version)) != OK ||
	    (e = customer_edit(door_desk(rq), id, &f)) != OK)
		return e;
	return customer_answer_with(rq, id);
}
