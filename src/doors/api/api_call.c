/*
 * Calls over the API: beginning one, choosing who is on the line, keeping what
 * is typed, one step on. Each answers with the call as it stands afterwards,
 * which api_call_state.c writes.
 */
#include "doors/api/api_call_state.h"
#include "doors/api/api_out.h"
#include "doors/api/api_routes.h"
#include "doors/door.h"

struct start_form {
	struct str caller_number;
};

struct customer_choice {
	int64_t customer;
	struct str typed;
};

struct person_choice {
	int64_t person;
	struct str name;
};

struct input_form {
	struct str value;
};

struct move_form {
	int64_t seq;
	int kind;
	struct str step, answer;
};

/* A waiver is a supervisor's business and not offered here. */
static const char *const move_kinds[] = {"answer", "anytime", "back", NULL};

static const struct http_field start_fields[] = {
    {.name = "caller_number",
	.kind = FIELD_LINE,
	.max = 50,
	.offset = offsetof(struct start_form, caller_number)},
};
HTTP_FORM(api_call_form, struct start_form, start_fields);

static const struct http_field customer_fields[] = {
    {.name = "customer",
	.kind = FIELD_ID,
	.offset = offsetof(struct customer_choice, customer)},
    {.name = "typed",
	.kind = FIELD_LINE,
	.max = CALL_LINE_MOST,
	.offset = offsetof(struct customer_choice, typed)},
};
HTTP_FORM(api_call_customer_form, struct customer_choice, customer_fields);

static const struct http_field person_fields[] = {
    {.name = "person",
	.kind = FIELD_ID,
	.offset = offsetof(struct person_choice, person)},
    {.name = "name",
	.kind = FIELD_LINE,
	.max = CALL_LINE_MOST,
	.offset = offsetof(struct person_choice, name)},
};
HTTP_FORM(api_call_person_form, struct person_choice, person_fields);

static const struct http_field input_fields[] = {
    {.name = "value",
	.kind = FIELD_TEXT,
	.max = CALL_INPUT_MOST,
	.offset = offsetof(struct input_form, value)},
};
HTTP_FORM(api_call_input_form, struct input_form, input_fields);

static const struct http_field move_fields[] = {
    {.name = "seq",
	.kind = FIELD_INT,
	.required = true,
	.offset = offsetof(struct move_form, seq)},
    {.name = "kind",
	.kind = FIELD_CHOICE,
	.required = true,
	.offset = offsetof(struct move_form, kind),
	.choices = move_kinds},
    {.name = "step",
	.kind = FIELD_LINE,
	.required = true,
	.offset = offsetof(struct move_form, step)},
    {.name = "answer",
	.kind = FIELD_LINE,
	.offset = offsetof(struct move_form, answer)},
};
HTTP_FORM(api_call_move_form, struct move_form, move_fields);

struct reassign_form {
	int64_t customer, person;
	struct str typed, checked, name, reason;
	int identified;
};

/* In the order of enum identified, which begins with 1. */
static const char *const ways[] = {"number", "voice", "check", NULL};

static const struct http_field reassign_fields[] = {
    {.name = "customer",
	.kind = FIELD_ID,
	.offset = offsetof(struct reassign_form, customer)},
    {.name = "typed",
	.kind = FIELD_LINE,
	.max = CALL_LINE_MOST,
	.offset = offsetof(struct reassign_form, typed)},
    {.name = "identified",
	.kind = FIELD_CHOICE,
	.offset = offsetof(struct reassign_form, identified),
	.choices = ways},
    {.name = "checked",
	.kind = FIELD_LINE,
	.max = CALL_LINE_MOST,
	.offset = offsetof(struct reassign_form, checked)},
    {.name = "person",
	.kind = FIELD_ID,
	.offset = offsetof(struct reassign_form, person)},
    {.name = "name",
	.kind = FIELD_LINE,
	.max = CALL_LINE_MOST,
	.offset = offsetof(struct reassign_form, name)},
    {.name = "reason",
	.kind = FIELD_LINE,
	.max = CALL_LINE_MOST,
	.offset = offsetof(struct reassign_form, reason)},
};
HTTP_FORM(api_call_reassign_form, struct reassign_form, reassign_fields);

static enum err
call_answer_with(struct http_request *rq, int64_t id)
{
	struct q_call_reassignments_rows moved;
	struct q_searched_row_rows searches;
	struct call c;
	enum err e;

	if ((e = call_get(door_desk(rq), id, &c)) != OK ||
	    (e = call_reassignments(door_desk(rq), id, &moved)) != OK ||
	    (e = answer_searches(door_desk(rq), id, &searches)) != OK)
		return e;
	api_call_put(rq, &c, &moved, &searches);
	return OK;
}

enum err
api_call(struct http_request *rq)
{
	return call_answer_with(rq, http_path_id(rq, "id"));
}

/* The newest calls of whoever asks; the open one is among them. */
enum err
api_calls(struct http_request *rq)
{
	struct q_call_row_rows rows;
	struct json_out o;
	enum err e;

	if ((e = call_mine(door_desk(rq), &rows)) != OK)
		return e;
	api_begin(rq, &o);
	api_open(&o, "calls", '[');
	for (size_t i = 0; i < rows.n; i++) {
		const struct q_call_row *r = &rows.v[i];

		json_open(&o, '{');
		api_int(&o, "id", r->id);
		api_text(&o, "employee", r->employee_name);
		api_some(&o, "customer", r->customer_number);
		api_some(&o, "person", r->caller_name);
		api_time(&o, "started", r->started_ms);
		api_time_some(&o, "ended", r->ended_ms.has, r->ended_ms.v);
		api_some(&o, "outcome", r->outcome);
		json_close(&o, '}');
	}
	json_close(&o, ']');
	return api_end(&o);
}

enum err
api_call_start(struct http_request *rq)
{
	const struct start_form *f = rq->form;
	int64_t id;
	enum err e;

	if ((e = call_start(door_desk(rq), f->caller_number, &id)) != OK)
		return e;
	api_created(rq, "calls/%lld", (long long)id);
	return call_answer_with(rq, id);
}

enum err
api_call_customer(struct http_request *rq)
{
	const struct customer_choice *f = rq->form;
	int64_t id = http_path_id(rq, "id");
	enum err e;

	if ((e = call_customer(door_desk(rq), id, f->customer, f->typed)) !=
	    OK)
		return e;
	return call_answer_with(rq, id);
}

enum err
api_call_person(struct http_request *rq)
{
	const struct person_choice *f = rq->form;
	int64_t id = http_path_id(rq, "id");
	enum err e;

	if ((e = call_person(door_desk(rq), id, f->person, f->name)) != OK)
		return e;
	return call_answer_with(rq, id);
}

enum err
api_call_input(struct http_request *rq)
{
	const struct input_form *f = rq->form;
	int64_t id = http_path_id(rq, "id");
	enum err e;

	if ((e = call_type(door_desk(rq), id, http_path_text(rq, "name"),
		 f->value)) != OK)
		return e;
	return call_answer_with(rq, id);
}

enum err
api_call_move(struct http_request *rq)
{
	const struct move_form *f = rq->form;
	struct call_move m = {
	    .id = http_path_id(rq, "id"),
	    .seq = f->seq,
	    .kind = entry_kind_of(str_of(move_kinds[f->kind])),
	    .step = f->step,
	    .answer = f->answer,
	};
	int64_t ticket;
	enum err e;

	if ((e = call_move(door_desk(rq), &m, &ticket)) != OK)
		return e;
	return call_answer_with(rq, m.id);
}

/* The paid time ends; the call goes on. */
enum err
api_call_stop(struct http_request *rq)
{
	int64_t id = http_path_id(rq, "id");
	enum err e = consultation_stop(door_desk(rq), id);

	return e == OK ? call_answer_with(rq, id) : e;
}

enum err
api_call_reassign(struct http_request *rq)
{
	const struct reassign_form *f = rq->form;
	struct call_reassign r = {
	    .call_id = http_path_id(rq, "id"),
	    .customer_id = f->customer,
	    .typed = f->typed,
	    .by = (enum identified)(f->identified + 1),
	    .checked = f->checked,
	    .person_id = f->person,
	    .name = f->name,
	    .reason = f->reason,
	};
	enum err e;

	if ((e = call_reassign(door_desk(rq), &r)) != OK)
		return e;
	return call_answer_with(rq, r.call_id);
}
