/*
 * The page "Wrong customer": find the right one, say how it was identified and
 * why the call is moved. Every rule is in desk/call_reassign.c.
 */
#include "doors/web/web_reassign.h"

#include "base/calendar.h"
#include "base/mem.h"
#include "base/text.h"
#include "desk/customer.h"
#include "doors/web/page.h"
#include "doors/web/web_call.h"
#include "doors/web/web_customer.h"
#include "staff_views.h"

/* In the order of enum identified, which begins with 1. */
const char *const reassign_ways[] = {"number", "voice", "check", NULL};

static struct str
name_number(void *mem, struct str name, struct str number)
{
	return str_printf(mem, "%.*s %.*s", STR_FMT(name), STR_FMT(number));
}

enum err
moves_fill(struct http_request *rq, int64_t call, struct moves_view *out)
{
	void *mem = rq->cx.mem;
	struct q_call_reassignments_rows rows = {0};
	enum err e;

	if (call && (e = call_reassignments(door_desk(rq), call, &rows)) != OK)
		return e;
	out->v = mem_array(mem, struct move_view, rows.n);
	for (out->n = 0; out->n < rows.n; out->n++) {
		const struct q_call_reassignments *r = &rows.v[out->n];

		out->v[out->n] = (struct move_view){
		    .from = r->from_name.n
			? name_number(mem, r->from_name, r->from_number)
			: STR(""),
		    .to = name_number(mem, r->to_name, r->to_number),
		    .employee = r->employee_name,
		    .reason = r->reason,
		    .identified = identified_text(rq,
			(enum identified)r->identified_by),
		    .checked = r->identified_note,
		    .uncovered = r->uncovered,
		    .when = calendar_when(mem, rq->cx.lang, rq->cx.now_ms,
			r->at_ms),
		    .exact = calendar_exact(mem, rq->cx.lang, r->at_ms),
		};
	}
	return OK;
}

/* The customer that was chosen among those found, or whose whole number was
 * typed; 0 if none. */
static int64_t
chosen(const struct reassign_form *f, const struct lookup_view *found)
{
	if (f->customer)
		return f->customer;
	for (size_t i = 0; i < found->rows.n; i++)
		if (found->rows.v[i].exact)
			return found->rows.v[i].id;
	return 0;
}

static void
persons_fill(struct http_request *rq, const struct customer_full *full,
    const struct reassign_form *f, struct reassign_view *v)
{
	v->persons.v =
	    mem_array(rq->cx.mem, struct person_view, full->persons.n);
	for (size_t i = 0; i < full->persons.n; i++)
		v->persons.v[v->persons.n++] = (struct person_view){
		    .id = full->persons.v[i].id,
		    .name = full->persons.v[i].name,
		    .position = full->persons.v[i].position,
		    .chosen = full->persons.v[i].id == f->person};
}

/* The new customer, and what is asked about it. */
static enum err
customer_fill(struct http_request *rq, const struct reassign_form *f,
    int64_t id, struct reassign_view *v)
{
	void *mem = rq->cx.mem;
	struct customer_full full;
	enum identified by = (enum identified)(f->identified + 1);
	enum err e;

	if ((e = customer_full(door_desk(rq), id, &full)) != OK)
		return e;
	if (f->identified < 0 &&
	    str_eq(text_number_key(mem, f->typed), full.customer.number_key))
		by = IDENTIFIED_NUMBER;
	v->customer = id;
	v->name = full.customer.name;
	v->number = full.customer.number;
	v->entitled = full.entitlement == ENTITLED;
	v->entitlement = entitlement_text(rq, full.entitlement);
	v->by_number = by == IDENTIFIED_NUMBER;
	v->by_voice = by == IDENTIFIED_VOICE;
	v->by_check = by == IDENTIFIED_CHECK;
	persons_fill(rq, &full, f, v);
	return OK;
}

static void
faults_show(struct http_request *rq, struct reassign_view *v)
{
	v->customer_fault = page_fault(rq, "customer");
	v->number_fault = page_fault(rq, "number");
	if (!v->number_fault.n)
		v->number_fault = page_fault(rq, "identified");
	v->contract_fault = page_fault(rq, "contract");
	v->checked_fault = page_fault(rq, "checked");
	v->name_fault = page_fault(rq, "name");
	v->reason_fault = page_fault(rq, "reason");
}

static enum err
reassign_page(struct http_request *rq, const struct reassign_form *f)
{
	struct call *c = mem_new(rq->cx.mem, struct call);
	struct reassign_view v = {.typed = f->typed,
	    .checked = f->checked,
	    .reason = f->reason};
	int64_t id;
	enum err e;

	if ((e = call_get(door_desk(rq), http_path_id(rq, "id"), c)) != OK ||
	    (e = lookup_fill(rq, f->typed, c->row.id, f->customer,
		 &v.lookup)) != OK)
		return e;
	v.lookup.moves = true;
	v.call = c->row.id;
	v.from = c->row.customer_id.has
	    ? name_number(rq->cx.mem, c->row.customer_name,
		  c->row.customer_number)
	    : STR("");
	v.caller = f->name.n ? f->name : c->row.caller_name;
	v.running = !c->row.ended_ms.has;
	clock_fill(rq, c, &v.clock);
	id = chosen(f, &v.lookup);
	if ((id && (e = customer_fill(rq, f, id, &v)) != OK) ||
	    (e = page_frame(rq, page_text(rq, N_("Wrong customer")),
		 &v.frame)) != OK)
		return e;
	faults_show(rq, &v);
	view_reassign(&rq->response.body, rq->cx.lang, &v);
	return OK;
}

enum err
web_reassign(struct http_request *rq)
{
	struct str customer = http_raw(rq, "customer");
	struct reassign_form f = {.typed = http_raw(rq, "typed"),
	    .identified = -1};

	if (!f.typed.p)
		f.typed = STR("");
	f.checked = f.name = f.reason = STR("");
	if (customer.n && !str_to_i64(customer, &f.customer))
		f.customer = 0;
	return reassign_page(rq, &f);
}

enum err
web_reassign_lookup(struct http_request *rq)
{
	struct lookup_view v;
	enum err e;

	e = lookup_fill(rq, http_raw(rq, "typed"), http_path_id(rq, "id"), 0,
	    &v);
	v.moves = true;
	if (e == OK)
		view_lookup(&rq->response.body, rq->cx.lang, &v);
	return e;
}

enum err
web_reassign_save(struct http_request *rq)
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
	enum err e = rq->cx.fault.err;

	if (e == OK && (e = call_reassign(door_desk(rq), &r)) == OK)
		return page_done(rq, "call-reassigned", "/calls/%lld",
		    (long long)r.call_id);
	return page_comes_back(rq, e) ? reassign_page(rq, f) : e;
}
