/*
 * Pages: one order, and what is done to it. Lists are in web_order_list.c, new
 * offers in web_order_new.c.
 */
#include "doors/web/web_order.h"

#include "base/calendar.h"
#include "base/clock.h"
#include "base/mem.h"
#include "desk/employee.h"
#include "doors/web/page.h"
#include "doors/web/web_ticket.h"
#include "staff_views.h"

/* The events of an order in the reader's words. */
static const struct {
	const char *kind, *text;
} deed_texts[] = {
    {"order.offered", N_("offered")},
    {"order.accepted", N_("accepted")},
    {"order.declined", N_("declined")},
    {"order.assigned", N_("put in charge")},
    {"order.reassigned", N_("moved to another customer")},
    {"order.released", N_("released, although it tells something internal")},
    {"order.mail_sent", N_("e-mail sent")},
    {"order.mail_failed", N_("e-mail could not be sent")},
    {"order.mail_unclear", N_("e-mail perhaps sent")},
    {"order.mail_again", N_("e-mail to be sent once more")},
    {"order.told", N_("told by telephone")},
    {"order.started", N_("begun")},
    {"order.done", N_("done")},
    {"order.cancelled", N_("cancelled")},
    {"order.invoiced", N_("marked as invoiced")},
};

static struct deed_view
deed_fill(struct http_request *rq, const struct q_order_history *h)
{
	void *mem = rq->cx.mem;
	struct deed_view v = {
	    .what = h->kind,
	    .employee = h->employee_name,
	    .door = deed_door_text(rq, (enum door)h->door),
	    .when = calendar_when(mem, rq->cx.lang, rq->cx.now_ms, h->at_ms),
	    .exact = calendar_exact(mem, rq->cx.lang, h->at_ms),
	    .detail = order_deed_detail(mem, h->payload),
	};

	for (size_t i = 0; i < sizeof deed_texts / sizeof deed_texts[0]; i++)
		if (str_is(h->kind, deed_texts[i].kind))
			v.what = page_text(rq, deed_texts[i].text);
	return v;
}

/* What the actor can do now. The desk says so again when it is done. */
static void
buttons_fill(struct http_request *rq, const struct q_order *o,
    struct order_view *v)
{
	const struct actor *me = &door_desk(rq)->actor;
	bool leads = me->role >= ROLE_SUPERVISOR;
	bool works = order_may_work(door_desk(rq), o);
	bool open = o->state == ORDER_OFFERED || o->state == ORDER_ACCEPTED;
	bool runs = o->state == ORDER_IN_PROGRESS &&
	    o->kind != ORDER_CONSULTATION;

	v->can_reply = o->state == ORDER_OFFERED;
	v->can_start = works && o->state == ORDER_ACCEPTED;
	v->can_done = works && runs;
	v->can_cancel = works && (open || runs);
	v->others = !works && (open || runs);
	v->can_assign = (open || runs) && leads;
	v->can_take = open && !leads && !o->employee_id.has;
	v->can_leave = open && !leads && o->employee_id.has &&
	    o->employee_id.v == me->employee_id;
	v->unassigned = !o->employee_id.has;
}

static enum err
employees_fill(struct http_request *rq, const struct q_order *o,
    struct order_view *v)
{
	struct q_employee_row_rows rows;
	enum err e;

	if (!v->can_assign)
		return OK;
	if ((e = employee_list(door_desk(rq), &rows)) != OK)
		return e;
	v->employees.v = mem_array(rq->cx.mem, struct choice_view, rows.n);
	for (size_t i = 0; i < rows.n; i++)
		if (rows.v[i].active)
			v->employees.v[v->employees.n++] = (struct choice_view){
			    rows.v[i].login, rows.v[i].name,
			    o->employee_id.has &&
				o->employee_id.v == rows.v[i].id};
	return OK;
}

static void
answer_fill(struct http_request *rq, const struct q_order *o,
    struct order_view *v)
{
	void *mem = rq->cx.mem;
	enum lang lang = rq->cx.lang;

	v->offered_by = o->offered_name;
	v->offered = calendar_when(mem, lang, rq->cx.now_ms, o->offered_ms);
	v->offered_exact = calendar_exact(mem, lang, o->offered_ms);
	v->words = o->answer_words;
	v->name = o->answer_name;
	v->answered_by = o->answered_name;
	if (!o->answered_ms.has)
		return;
	v->answered =
	    calendar_when(mem, lang, rq->cx.now_ms, o->answered_ms.v);
	v->answered_exact = calendar_exact(mem, lang, o->answered_ms.v);
}

static void
order_fill(struct http_request *rq, const struct order_full *full,
    struct order_view *v)
{
	const struct q_order *o = &full->order;
	void *mem = rq->cx.mem;

	v->id = o->id;
	v->version = o->version;
	v->number = order_number(mem, o->id);
	v->state = order_state_text(rq, (enum order_state)o->state);
	v->good = o->state == ORDER_DONE || o->state == ORDER_INVOICED;
	v->waits = o->state == ORDER_OFFERED || o->state == ORDER_ACCEPTED;
	v->kind = order_kind_text(rq, (enum order_kind)o->kind);
	v->consultation = o->kind == ORDER_CONSULTATION;
	v->customer = o->customer_id;
	v->customer_number = o->customer_number;
	v->customer_name = o->customer_name;
	v->caller = o->caller_name;
	v->call = o->call_id.has ? o->call_id.v : 0;
	v->door = deed_door_text(rq, (enum door)o->door);
	v->description = o->description;
	v->price = o->price_text;
	v->sentence = o->sentence;
	v->employee = o->employee_name;
	v->by_time = o->unit_ms != 0;
	v->sure = full->sure;
	if (o->done_ms.has && o->unit_ms)
		v->worked = v->consultation
		    ? calendar_length(mem, o->worked_ms)
		    : str_printf(mem, tr(rq->cx.lang, N_("%d minutes")),
			  (int)(o->worked_ms / MINUTE_MS));
	amount_fill(rq, &full->terms, full->units, &full->amount, &v->amount);
	answer_fill(rq, o, v);
}

enum err
order_page(struct http_request *rq, struct order_view *v)
{
	struct order_full full;
	struct str title;
	enum err e;

	if ((e = order_get(door_desk(rq), http_path_id(rq, "id"), &full)) != OK)
		return e;
	order_fill(rq, &full, v);
	buttons_fill(rq, &full.order, v);
	if (!v->reply_name.n)
		v->reply_name = v->caller;
	if ((e = employees_fill(rq, &full.order, v)) != OK ||
	    (e = order_mail_fill(rq, &full.order, v)) != OK)
		return e;
	v->history.n = full.history.n;
	v->history.v =
	    mem_array(rq->cx.mem, struct deed_view, full.history.n);
	for (size_t i = 0; i < full.history.n; i++)
		v->history.v[i] = deed_fill(rq, &full.history.v[i]);
	title = str_printf(rq->cx.mem, tr(rq->cx.lang, N_("Order %s")),
	    v->number.p);
	if ((e = page_frame(rq, title, &v->frame)) != OK)
		return e;
	v->frame.area = STR("orders");
	view_order(&rq->response.body, rq->cx.lang, v);
	return OK;
}

enum err
web_order(struct http_request *rq)
{
	struct order_view v = {0};

	return order_page(rq, &v);
}

/* After a change: on to the page, or back with what was typed. */
static enum err
changed(struct http_request *rq, enum err e, const char *done)
{
	const struct order_form *f = rq->form;
	int64_t id = http_path_id(rq, "id");
	struct order_view v = {0};

	if (e == OK)
		return page_done(rq, done, "/orders/%lld", (long long)id);
	if (!page_comes_back(rq, e))
		return e;
	v.reply_words = f->words;
	v.reply_name = f->name;
	v.reason = f->reason;
	v.minutes = http_raw(rq, "minutes").p ? http_raw(rq, "minutes")
					      : STR("");
	v.words_fault = page_fault(rq, "words");
	v.name_fault = page_fault(rq, "name");
	v.minutes_fault = page_fault(rq, "minutes");
	v.reason_fault = page_fault(rq, "reason");
	v.employee_fault = page_fault(rq, "employee");
	return order_page(rq, &v);
}

static struct order_change
change_read(struct http_request *rq)
{
	const struct order_form *f = rq->form;

	return (struct order_change){http_path_id(rq, "id"), f->version};
}

enum err
web_order_reply(struct http_request *rq)
{
	const struct order_form *f = rq->form;
	const struct order_change c = change_read(rq);
	const struct order_reply r = {f->accepted, f->words, f->name};
	enum err e = rq->cx.fault.err;

	if (e == OK && !http_raw(rq, "accepted").p) /* Enter in a field */
		e = fail(&rq->cx, ERR_INVALID, "words",
		    N_("Choose below: does the customer accept or decline?"));
	if (e == OK)
		e = order_reply(door_desk(rq), &c, &r);
	return changed(rq, e,
	    f->accepted ? "order-accepted" : "order-declined");
}

static enum err
assign(struct http_request *rq, struct str login)
{
	const struct order_change c = change_read(rq);
	enum err e = rq->cx.fault.err;

	if (e == OK)
		e = order_assign(door_desk(rq), &c, login);
	return changed(rq, e, "order-assigned");
}

enum err
web_order_assign(struct http_request *rq)
{
	return assign(rq, ((const struct order_form *)rq->form)->employee);
}

enum err
web_order_take(struct http_request *rq)
{
	return assign(rq, door_desk(rq)->actor.login);
}

enum err
web_order_leave(struct http_request *rq)
{
	return assign(rq, STR(""));
}

enum err
web_order_start(struct http_request *rq)
{
	const struct order_change c = change_read(rq);
	enum err e = rq->cx.fault.err;

	if (e == OK)
		e = order_start(door_desk(rq), &c);
	return changed(rq, e, "order-started");
}

enum err
web_order_done(struct http_request *rq)
{
	const struct order_form *f = rq->form;
	const struct order_change c = change_read(rq);
	enum err e = rq->cx.fault.err;

	if (e == OK)
		e = order_done(door_desk(rq), &c, f->minutes);
	return changed(rq, e, "order-done");
}

enum err
web_order_cancel(struct http_request *rq)
{
	const struct order_form *f = rq->form;
	const struct order_change c = change_read(rq);
	enum err e = rq->cx.fault.err;

	if (e == OK)
		e = order_cancel(door_desk(rq), &c, f->reason);
	return changed(rq, e, "order-cancelled");
}
