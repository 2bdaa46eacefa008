/*
 * What belongs to a customer, changed over the API: persons, telephone numbers
 * and contracts. They are read with the customer (api_customer.c).
 */
#include "doors/api/api_routes.h"

#include "desk/customer.h"
#include "doors/api/api_out.h"
#include "doors/door.h"

struct phone_fields {
	struct str number, label;
	int64_t person;
};

static const struct http_field person_fields[] = {
    {.name = "name",
	.kind = FIELD_LINE,
	.required = true,
	.offset = offsetof(struct person_form, name)},
    {.name = "position",
	.kind = FIELD_LINE,
	.offset = offsetof(struct person_form, position)},
    {.name = "email",
	.kind = FIELD_LINE,
	.offset = offsetof(struct person_form, email)},
};
HTTP_FORM(api_person_form, struct person_form, person_fields);

static const struct http_field phone_table[] = {
    {.name = "number",
	.kind = FIELD_LINE,
	.required = true,
	.max = 50,
	.offset = offsetof(struct phone_fields, number)},
    {.name = "label",
	.kind = FIELD_LINE,
	.offset = offsetof(struct phone_fields, label)},
    {.name = "person",
	.kind = FIELD_ID,
	.offset = offsetof(struct phone_fields, person)},
};
HTTP_FORM(api_phone_form, struct phone_fields, phone_table);

static const struct http_field contract_fields[] = {
    {.name = "number",
	.kind = FIELD_LINE,
	.offset = offsetof(struct contract_form, number)},
    {.name = "product",
	.kind = FIELD_LINE,
	.required = true,
	.offset = offsetof(struct contract_form, product)},
    {.name = "starts_on",
	.kind = FIELD_DATE,
	.required = true,
	.offset = offsetof(struct contract_form, starts_on)},
    {.name = "ends_on",
	.kind = FIELD_DATE,
	.offset = offsetof(struct contract_form, ends_on)},
    {.name = "note",
	.kind = FIELD_TEXT,
	.max = 5000,
	.offset = offsetof(struct contract_form, note)},
};
HTTP_FORM(api_contract_form, struct contract_form, contract_fields);

static enum err
answer_id(struct http_request *rq, int64_t id)
{
	struct json_out o;

	api_begin(rq, &o);
	api_int(&o, "id", id);
	return api_end(&o);
}

enum err
api_person_add(struct http_request *rq)
{
	int64_t id;
	enum err e;

	if ((e = person_add(door_desk(rq), http_path_id(rq, "id"), rq->form,
		 &id)) != OK)
		return e;
	rq->response.status = 201;
	return answer_id(rq, id);
}

enum err
api_person_edit(struct http_request *rq)
{
	struct person_form f = *(const struct person_form *)rq->form;
	int64_t id = http_path_id(rq, "id");
	enum err e;

	if ((e = api_if_match(rq, &f.version)) != OK ||
	    (e = person_edit(door_desk(rq), id, &f)) != OK)
		return e;
	return answer_id(rq, id);
}

enum err
api_person_remove(struct http_request *rq)
{
	rq->response.status = 204;
	return person_remove(door_desk(rq), http_path_id(rq, "id"));
}

enum err
api_phone_add(struct http_request *rq)
{
	const struct phone_fields *f = rq->form;
	struct phone_form form = {f->number, f->label, f->person};
	int64_t id;
	enum err e;

	if ((e = phone_add(door_desk(rq), http_path_id(rq, "id"), &form,
		 &id)) != OK)
		return e;
	rq->response.status = 201;
	return answer_id(rq, id);
}

enum err
api_phone_remove(struct http_request *rq)
{
	rq->response.status = 204;
	return phone_remove(door_desk(rq), http_path_id(rq, "id"));
}

static enum err
contract_answer_with(struct http_request *rq, int64_t id)
{
	struct q_contract_row r;
	struct json_out o;
	enum err e;

	if ((e = contract_get(door_desk(rq), id, &r)) != OK)
		return e;
	api_etag(rq, r.version);
	api_begin(rq, &o);
	api_int(&o, "id", r.id);
	api_int(&o, "customer", r.customer_id);
	api_some(&o, "number", r.number);
	api_text(&o, "product", r.product);
	api_text(&o, "starts_on", r.starts_on);
	api_some(&o, "ends_on", r.ends_on);
	api_some(&o, "note", r.note);
	api_int(&o, "version", r.version);
	return api_end(&o);
}

enum err
api_contract(struct http_request *rq)
{
	return contract_answer_with(rq, http_path_id(rq, "id"));
}

enum err
api_contract_add(struct http_request *rq)
{
	int64_t id;
	enum err e;

	if ((e = contract_add(door_desk(rq), http_path_id(rq, "id"), rq->form,
		 &id)) != OK)
		return e;
	api_created(rq, "contracts/%lld", (long long)id);
	return contract_answer_with(rq, id);
}

enum err
api_contract_edit(struct http_request *rq)
{
	struct contract_form f = *(const struct contract_form *)rq->form;
	int64_t id = http_path_id(rq, "id");
	enum err e;

	if ((e = api_if_match(rq, &f.version)) != OK ||
	    (e = contract_edit(door_desk(rq), id, &f)) != OK)
		return e;
	return contract_answer_with(rq, id);
}
