/*
 * Tickets over the API: the intake (POST), the queue, one ticket and what is
 * done to it. Which evidence a ticket needs is desk/intake.c's business.
 */
#include "doors/api/api_routes.h"

#include "base/mem.h"
#include "desk/confidential.h"
#include "desk/intake.h"
#include "desk/ticket.h"
#include "doors/api/api_call_state.h"
#include "doors/api/api_out.h"
#include "doors/api/api_outbox.h"
#include "doors/door.h"

struct list_form {
	int state, kind;
	struct str customer, after;
};

struct intake_form {
	struct str customer, person, caller_number, question, search, reason;
	int kind, reason_kind;
	bool read_back, internet_hint;
};

struct body_form {
	struct str body;
};

struct ticket_answer_form {
	struct str body, address, release;
	int way;
};

/* In the order of the enums, which begin with 1. */
static const char *const states[] = {"unanswered", "answered", "closed", NULL};
static const char *const kinds[] = {
    "support", "prospect", "partner", "legal", NULL};

static const char *const reason_kinds[] = {
    "not-there", "not-clear", "not-found", "other", NULL};

static const struct http_field list_fields[] = {
    {.name = "state",
	.kind = FIELD_CHOICE,
	.offset = offsetof(struct list_form, state),
	.choices = states},
    {.name = "kind",
	.kind = FIELD_CHOICE,
	.offset = offsetof(struct list_form, kind),
	.choices = kinds},
    {.name = "customer",
	.kind = FIELD_LINE,
	.max = 40,
	.offset = offsetof(struct list_form, customer)},
    {.name = "after",
	.kind = FIELD_LINE,
	.max = 50,
	.offset = offsetof(struct list_form, after)},
};
HTTP_FORM(api_tickets_form, struct list_form, list_fields);

/* Nothing is required here: the intake names all that is missing at once. */
static const struct http_field intake_fields[] = {
    {.name = "kind",
	.kind = FIELD_CHOICE,
	.offset = offsetof(struct intake_form, kind),
	.choices = kinds},
    {.name = "customer",
	.kind = FIELD_LINE,
	.max = 40,
	.offset = offsetof(struct intake_form, customer)},
    {.name = "person",
	.kind = FIELD_LINE,
	.offset = offsetof(struct intake_form, person)},
    {.name = "caller_number",
	.kind = FIELD_LINE,
	.max = 50,
	.offset = offsetof(struct intake_form, caller_number)},
    {.name = "question",
	.kind = FIELD_TEXT,
	.max = TICKET_TEXT_MOST,
	.offset = offsetof(struct intake_form, question)},
    {.name = "search",
	.kind = FIELD_LINE,
	.offset = offsetof(struct intake_form, search)},
    {.name = "reason",
	.kind = FIELD_LINE,
	.offset = offsetof(struct intake_form, reason)},
    {.name = "reason_kind",
	.kind = FIELD_CHOICE,
	.offset = offsetof(struct intake_form, reason_kind),
	.choices = reason_kinds},
    {.name = "read_back",
	.kind = FIELD_BOOL,
	.offset = offsetof(struct intake_form, read_back)},
    {.name = "internet_hint",
	.kind = FIELD_BOOL,
	.offset = offsetof(struct intake_form, internet_hint)},
};
HTTP_FORM(api_intake_form, struct intake_form, intake_fields);

static const struct http_field body_fields[] = {
    {.name = "body",
	.kind = FIELD_TEXT,
	.max = TICKET_TEXT_MOST,
	.offset = offsetof(struct body_form, body)},
};
HTTP_FORM(api_body_form, struct body_form, body_fields);

/* In the order of enum outbox_way, the first of which is for itself. */
static const char *const ways[] = {"mail", "told", "tell", NULL};

static const struct http_field answer_fields[] = {
    {.name = "body",
	.kind = FIELD_TEXT,
	.max = TICKET_TEXT_MOST,
	.offset = offsetof(struct ticket_answer_form, body)},
    {.name = "way",
	.kind = FIELD_CHOICE,
	.offset = offsetof(struct ticket_answer_form, way),
	.choices = ways},
    {.name = "address",
	.kind = FIELD_LINE,
	.offset = offsetof(struct ticket_answer_form, address)},
    {.name = "release",
	.kind = FIELD_LINE,
	.max = RELEASE_MOST,
	.offset = offsetof(struct ticket_answer_form, release)},
};
HTTP_FORM(api_ticket_answer_form, struct ticket_answer_form, answer_fields);

/* ---- Reading ------------------------------------------------------------- */

static void
row_put(struct json_out *o, const struct q_ticket_row *r)
{
	json_open(o, '{');
	api_int(o, "id", r->id);
	api_text(o, "number", ticket_number(o->b->mem, r->id));
	api_text(o, "state",
	    str_of(ticket_state_name((enum ticket_state)r->state)));
	api_text(o, "kind",
	    str_of(ticket_kind_name((enum ticket_kind)r->kind)));
	api_customer_name(o, r->customer_number, r->customer_name);
	api_some(o, "person", r->caller_name);
	api_text(o, "summary", r->summary);
	api_time(o, "opened", r->opened_ms);
	api_time(o, "since", r->waiting_ms);
	json_close(o, '}');
}

enum err
api_tickets(struct http_request *rq)
{
	const struct list_form *form = rq->form;
	struct ticket_filter f = {.customer = form->customer};
	struct q_ticket_row_rows rows;
	struct json_out o;
	bool more;
	enum err e;

	if (form->state >= 0)
		f.state = (enum ticket_state)(form->state + 1);
	else if (str_empty(form->customer))
		f.state = TICKET_UNANSWERED;
	if (form->kind >= 0)
		f.kind = (enum ticket_kind)(form->kind + 1);
	if ((e = api_after(rq, form->after, &f.after_ms, &f.after_id)) != OK ||
	    (e = ticket_list(door_desk(rq), &f, &rows, &more)) != OK)
		return e;
	api_begin(rq, &o);
	api_open(&o, "tickets", '[');
	for (size_t i = 0; i < rows.n; i++)
		row_put(&o, &rows.v[i]);
	json_close(&o, ']');
	if (more)
		api_next(&o, rows.v[rows.n - 1].waiting_ms, rows.v[rows.n - 1].id);
	else
		api_null(&o, "next");
	return api_end(&o);
}

static void
messages_put(struct json_out *o, const struct q_ticket_messages_rows *rows)
{
	static const char *const message_kinds[] = {
	    [MESSAGE_ANSWER] = "answer",
	    [MESSAGE_NOTE] = "note",
	    [MESSAGE_CLOSED] = "closed",
	    [MESSAGE_REOPENED] = "reopened",
	};

	api_open(o, "messages", '[');
	for (size_t i = 0; i < rows->n; i++) {
		const struct q_ticket_messages *m = &rows->v[i];

		json_open(o, '{');
		api_int(o, "id", m->id);
		api_text(o, "kind", str_of(message_kinds[m->kind]));
		api_text(o, "employee", m->employee_name);
		api_text(o, "body", m->body);
		api_time(o, "at", m->at_ms);
		json_close(o, '}');
	}
	json_close(o, ']');
}

static void
history_put(struct json_out *o, const struct q_ticket_history_rows *rows)
{
	api_open(o, "history", '[');
	for (size_t i = 0; i < rows->n; i++) {
		const struct q_ticket_history *h = &rows->v[i];

		json_open(o, '{');
		api_text(o, "event", h->kind);
		api_some(o, "employee", h->employee_name);
		api_text(o, "door", str_of(door_name((enum door)h->door)));
		api_time(o, "at", h->at_ms);
		json_close(o, '}');
	}
	json_close(o, ']');
}

static void
evidence_put(struct json_out *o, const struct q_ticket *t)
{
	api_customer_name(o, t->customer_number, t->customer_name);
	api_some(o, "person", t->caller_name);
	api_phone(o, "caller_number", t->caller_number);
	api_text(o, "question", t->question);
	api_some(o, "search", t->search_words);
	api_some(o, "reason", t->search_reason);
	api_some(o, "reason_kind",
	    str_of(reason_kind_name((enum reason_kind)t->search_reason_kind)));
	api_bool(o, "read_back", t->read_back);
	api_bool(o, "internet_hint", t->internet_hint);
	api_text(o, "door", str_of(door_name((enum door)t->door)));
	api_int_some(o, "call", t->call_id.has, t->call_id.v);
}

static enum err
ticket_answer_with(struct http_request *rq, int64_t id)
{
	struct q_call_reassignments_rows moved = {0};
	struct q_outbox_row_rows letters;
	struct ticket_full full;
	const struct q_ticket *t = &full.ticket;
	struct json_out o;
	enum err e;

	if ((e = ticket_get(door_desk(rq), id, &full)) != OK ||
	    (e = outbox_of(door_desk(rq), OUTBOX_TICKET, id, &letters)) != OK)
		return e;
	if (t->call_id.has && (e = call_reassignments(door_desk(rq),
				   t->call_id.v, &moved)) != OK)
		return e;
	api_etag(rq, t->version);
	api_begin(rq, &o);
	api_int(&o, "id", t->id);
	api_text(&o, "number", ticket_number(rq->cx.mem, t->id));
	api_text(&o, "state",
	    str_of(ticket_state_name((enum ticket_state)t->state)));
	api_text(&o, "kind",
	    str_of(ticket_kind_name((enum ticket_kind)t->kind)));
	evidence_put(&o, t);
	api_text(&o, "employee", t->employee_name);
	api_time(&o, "opened", t->opened_ms);
	api_time(&o, "since", t->waiting_ms);
	api_int(&o, "version", t->version);
	messages_put(&o, &full.messages);
	history_put(&o, &full.history);
	api_moves_put(&o, &moved);
	api_letters_put(&o, "outbox", &letters);
	api_open(&o, "writing", '[');
	for (size_t i = 0; i < full.drafts.n; i++)
		json_put_text(&o, full.drafts.v[i].employee_name);
	json_close(&o, ']');
	return api_end(&o);
}

enum err
api_ticket(struct http_request *rq)
{
	return ticket_answer_with(rq, http_path_id(rq, "id"));
}

/* ---- Changing ------------------------------------------------------------ */

/* Answered with the little that is known without reading again: this is the
 * request that machines send by the thousand. */
static enum err
opened_answer(struct http_request *rq, int64_t id, bool again)
{
	struct json_out o;

	api_created(rq, "tickets/%lld", (long long)id);
	if (again)
		rq->response.status = 200;
	api_begin(rq, &o);
	api_int(&o, "id", id);
	api_text(&o, "number", ticket_number(rq->cx.mem, id));
	return api_end(&o);
}

static void
opened(void *arg, enum err e, int64_t id, bool again)
{
	struct http_request *rq = arg;

	http_answer(rq, e == OK ? opened_answer(rq, id, again) : e);
}

enum err
api_ticket_open(struct http_request *rq)
{
	const struct intake_form *f = rq->form;
	struct intake in = {
	    .kind = f->kind < 0 ? KIND_SUPPORT
				: (enum ticket_kind)(f->kind + 1),
	    .customer_number = f->customer,
	    .caller_name = f->person,
	    .caller_number = f->caller_number,
	    .question = f->question,
	    .search_words = f->search,
	    .search_reason = f->reason,
	    .reason_kind = f->reason_kind < 0
		? REASON_NONE
		: (enum reason_kind)(f->reason_kind + 1),
	    .read_back = f->read_back,
	    .internet_hint = f->internet_hint,
	};

	return intake_open(door_desk(rq), &in,
	    (struct intake_told){opened, rq});
}

static enum err
change(struct http_request *rq,
    enum err (*make)(struct desk *d, const struct ticket_change *c))
{
	const struct body_form *f = rq->form;
	struct ticket_change c = {.id = http_path_id(rq, "id"),
	    .body = f->body};
	enum err e;

	if ((e = api_if_match(rq, &c.version)) != OK ||
	    (e = make(door_desk(rq), &c)) != OK)
		return e;
	return ticket_answer_with(rq, c.id);
}

enum err
api_ticket_answer(struct http_request *rq)
{
	const struct ticket_answer_form *f = rq->form;
	struct ticket_change c = {.id = http_path_id(rq, "id"),
	    .body = f->body,
	    .way = (enum outbox_way)(f->way + 1),
	    .address = f->address,
	    .release = f->release};
	enum err e;

	if ((e = api_if_match(rq, &c.version)) != OK ||
	    (e = ticket_answer(door_desk(rq), &c)) != OK)
		return e;
	return ticket_answer_with(rq, c.id);
}

enum err
api_ticket_close(struct http_request *rq)
{
	return change(rq, ticket_close);
}

enum err
api_ticket_reopen(struct http_request *rq)
{
	return change(rq, ticket_reopen);
}

enum err
api_ticket_note(struct http_request *rq)
{
	const struct body_form *f = rq->form;
	int64_t id = http_path_id(rq, "id");
	enum err e;

	if ((e = ticket_note(door_desk(rq), id, f->body)) != OK)
		return e;
	return ticket_answer_with(rq, id);
}
