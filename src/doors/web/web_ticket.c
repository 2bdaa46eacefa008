/*
 * Pages: the unanswered queue, tickets by state, one ticket and what is done
 * to it.
 */
#include "doors/web/web_ticket.h"

#include <stdio.h>

#include "base/calendar.h"
#include "base/mem.h"
#include "base/phone.h"
#include "desk/house.h"
#include "doors/web/page.h"
#include "doors/web/ticket_view.h"
#include "doors/web/web_reassign.h"
#include "http/url.h"
#include "staff_views.h"

static const char *const kind_texts[] = {
    [KIND_SUPPORT] = N_("Support"),
    [KIND_PROSPECT] = N_("Prospect"),
    [KIND_PARTNER] = N_("Contract company"),
    [KIND_LEGAL] = N_("Legal"),
};

static const char *const state_texts[] = {
    [TICKET_UNANSWERED] = N_("unanswered"),
    [TICKET_ANSWERED] = N_("answered"),
    [TICKET_CLOSED] = N_("closed"),
};

static const char *const message_texts[] = {
    [MESSAGE_ANSWER] = N_("Answer"),
    [MESSAGE_NOTE] = N_("Note for colleagues"),
    [MESSAGE_CLOSED] = N_("Closed"),
    [MESSAGE_REOPENED] = N_("Further question"),
};

void
ticket_rows_fill(struct http_request *rq, const struct q_ticket_row_rows *rows,
    struct ticket_rows_view *out)
{
	void *mem = rq->cx.mem;

	out->n = rows->n;
	out->v = mem_array(mem, struct ticket_row_view, rows->n);
	for (size_t i = 0; i < rows->n; i++) {
		const struct q_ticket_row *r = &rows->v[i];

		out->v[i] = (struct ticket_row_view){
		    .id = r->id,
		    .number = ticket_number(mem, r->id),
		    .kind = page_text(rq, kind_texts[r->kind]),
		    .state = page_text(rq, state_texts[r->state]),
		    .customer_number = r->customer_number,
		    .customer = r->customer_name,
		    .caller = r->caller_name,
		    .summary = r->summary,
		    .when = calendar_when(mem, rq->cx.lang, rq->cx.now_ms,
			r->waiting_ms),
		    .exact = calendar_exact(mem, rq->cx.lang, r->waiting_ms),
		    .legal = r->kind == KIND_LEGAL,
		};
	}
}

/* "after" is the last row of the page before, as "milliseconds.id". */
static void
after_read(struct http_request *rq, struct ticket_filter *f)
{
	struct str after = http_raw(rq, "after");
	long long ms, id;

	if (after.p && sscanf(after.p, "%lld.%lld", &ms, &id) == 2 && id > 0) {
		f->after_ms = ms;
		f->after_id = id;
	}
}

/* The states that a list can show; 0 is every one, of a customer's. */
static const char *
list_title(enum ticket_state state)
{
	switch (state) {
	case TICKET_UNANSWERED:
		return N_("Unanswered");
	case TICKET_ANSWERED:
		return N_("Answered tickets");
	case TICKET_CLOSED:
		return N_("Closed tickets");
	}
	return N_("All tickets");
}

static struct str
next_path(struct http_request *rq, const struct tickets_view *v,
    const struct ticket_filter *f, const struct q_ticket_row *last)
{
	void *mem = rq->cx.mem;

	return str_printf(mem, "%s?state=%s&kind=%s&customer=%s&after=%lld.%lld",
	    v->queue ? "/queue" : "/tickets",
	    f->state ? ticket_state_name(f->state) : "all", v->kind.p,
	    url_encode(mem, v->customer).p, (long long)last->waiting_ms,
	    (long long)last->id);
}

static enum err
tickets_page(struct http_request *rq, const struct ticket_filter *f,
    struct tickets_view *v)
{
	struct q_ticket_row_rows rows = {0};
	enum err e;

	v->is_unanswered = f->state == TICKET_UNANSWERED;
	v->is_answered = f->state == TICKET_ANSWERED;
	v->is_closed = f->state == TICKET_CLOSED;
	v->is_all = f->state == 0;
	v->customer = f->customer.p ? f->customer : STR("");
	v->kind = f->kind ? str_of(ticket_kind_name(f->kind)) : STR("");
	e = ticket_list(door_desk(rq), f, &rows, &v->more);
	if (e != OK && !page_comes_back(rq, e))
		return e;
	v->customer_fault = page_fault(rq, "customer");
	if ((e = page_frame(rq, page_text(rq, list_title(f->state)),
		 &v->frame)) != OK)
		return e;
	v->frame.area = v->queue ? STR("queue") : STR("tickets");
	ticket_rows_fill(rq, &rows, &v->rows);
	if (v->more)
		v->next = next_path(rq, v, f, &rows.v[rows.n - 1]);
	view_tickets(&rq->response.body, rq->cx.lang, v);
	return OK;
}

enum err
web_queue(struct http_request *rq)
{
	struct tickets_view v = {.queue = true};
	struct ticket_filter f = {.state = TICKET_UNANSWERED};

	after_read(rq, &f);
	return tickets_page(rq, &f, &v);
}

/* What the filter above the list says. */
static void
filter_read(struct http_request *rq, struct ticket_filter *f)
{
	struct str state = http_raw(rq, "state"), kind = http_raw(rq, "kind");

	f->customer = http_raw(rq, "customer");
	for (enum ticket_kind k = KIND_SUPPORT; k <= KIND_LEGAL; k++)
		if (str_is(kind, ticket_kind_name(k)))
			f->kind = k;
	if (str_empty(f->customer) && f->kind == KIND_SUPPORT)
		f->kind = (enum ticket_kind)0; /* as good as all of them */
	if (str_empty(f->customer))
		f->state = f->kind ? TICKET_UNANSWERED : TICKET_ANSWERED;
	for (enum ticket_state s = TICKET_UNANSWERED; s <= TICKET_CLOSED; s++)
		if (str_is(state, ticket_state_name(s)))
			f->state = s;
	after_read(rq, f);
}

/* A ticket's number leads to it; else the list that the filter asks for. */
enum err
web_tickets(struct http_request *rq)
{
	struct tickets_view v = {.number = http_raw(rq, "number")};
	struct ticket_filter f = {0};
	struct ticket_full t;
	int64_t id;

	if (str_empty(v.number))
		v.number = STR("");
	else if (ticket_number_read(rq->cx.mem, v.number, &id) &&
	    ticket_get(door_desk(rq), id, &t) == OK)
		return http_redirect(rq, "/tickets/%lld", (long long)id);
	else
		v.number_fault = page_text(rq, N_("There is no such ticket."));
	fault_clear(&rq->cx.fault);
	filter_read(rq, &f);
	return tickets_page(rq, &f, &v);
}

static struct message_view
message_fill(struct http_request *rq, const struct q_ticket_messages *m)
{
	void *mem = rq->cx.mem;

	return (struct message_view){
	    .employee = m->employee_name,
	    .body = m->body,
	    .when = calendar_when(mem, rq->cx.lang, rq->cx.now_ms, m->at_ms),
	    .exact = calendar_exact(mem, rq->cx.lang, m->at_ms),
	    .what = page_text(rq, message_texts[m->kind]),
	    .note = m->kind == MESSAGE_NOTE,
	    .answer = m->kind == MESSAGE_ANSWER,
	    .reopened = m->kind == MESSAGE_REOPENED,
	};
}

static void
thread_fill(struct http_request *rq, const struct ticket_full *t,
    struct ticket_view *v)
{
	void *mem = rq->cx.mem;

	v->messages.n = t->messages.n;
	v->messages.v = mem_array(mem, struct message_view, t->messages.n);
	for (size_t i = 0; i < t->messages.n; i++)
		v->messages.v[i] = message_fill(rq, &t->messages.v[i]);
	v->writing.n = t->drafts.n;
	v->writing.v = mem_array(mem, struct message_view, t->drafts.n);
	for (size_t i = 0; i < t->drafts.n; i++)
		v->writing.v[i] = (struct message_view){
		    .employee = t->drafts.v[i].employee_name,
		    .when = calendar_when(mem, rq->cx.lang, rq->cx.now_ms,
			t->drafts.v[i].at_ms)};
}

/* The events of a ticket, and the ways in, in the reader's words. */
static const struct {
	const char *kind, *text;
} deed_texts[] = {
    {"ticket.opened", N_("written")},
    {"ticket.seen", N_("seen by a supervisor")},
    {"ticket.answered", N_("answered")},
    {"ticket.noted", N_("note added")},
    {"ticket.closed", N_("closed")},
    {"ticket.reopened", N_("opened again")},
    {"ticket.reassigned", N_("moved to another customer")},
};

static const char *const door_texts[] = {
    [DOOR_DESK] = N_("on the pages"),
    [DOOR_TELEPHONE] = N_("by telephone"),
    [DOOR_PORTAL] = N_("in the portal"),
    [DOOR_API] = N_("over the API"),
    [DOOR_MAIL] = N_("by e-mail"),
    [DOOR_IMPORT] = N_("by import"),
    [DOOR_COMMAND] = N_("on the command line"),
};

static struct deed_view
deed_fill(struct http_request *rq, const struct q_ticket_history *h)
{
	void *mem = rq->cx.mem;
	struct deed_view v = {
	    .what = h->kind,
	    .employee = h->employee_name,
	    .door = page_text(rq, door_texts[h->door]),
	    .when = calendar_when(mem, rq->cx.lang, rq->cx.now_ms, h->at_ms),
	    .exact = calendar_exact(mem, rq->cx.lang, h->at_ms),
	};

	for (size_t i = 0; i < sizeof deed_texts / sizeof deed_texts[0]; i++)
		if (str_is(h->kind, deed_texts[i].kind))
			v.what = page_text(rq, deed_texts[i].text);
	return v;
}

static void
history_fill(struct http_request *rq, const struct ticket_full *t,
    struct ticket_view *v)
{
	v->history.n = t->history.n;
	v->history.v = mem_array(rq->cx.mem, struct deed_view, t->history.n);
	for (size_t i = 0; i < t->history.n; i++)
		v->history.v[i] = deed_fill(rq, &t->history.v[i]);
}

static void
ticket_fill(struct http_request *rq, const struct q_ticket *t,
    struct ticket_view *v)
{
	void *mem = rq->cx.mem;
	const struct config *c = door_desk(rq)->house->config;

	v->id = t->id;
	v->version = t->version;
	v->number = ticket_number(mem, t->id);
	v->state = page_text(rq, state_texts[t->state]);
	v->unanswered = t->state == TICKET_UNANSWERED;
	v->answered = t->state == TICKET_ANSWERED;
	v->closed = t->state == TICKET_CLOSED;
	v->kind = page_text(rq, kind_texts[t->kind]);
	v->legal = t->kind == KIND_LEGAL;
	v->customer = t->customer_id.has ? t->customer_id.v : 0;
	v->customer_number = t->customer_number;
	v->customer_name = t->customer_name;
	v->caller = t->caller_name;
	v->caller_number =
	    phone_show(mem, t->caller_number, c->country_code.p);
	v->call = t->call_id.has ? t->call_id.v : 0;
	v->question = t->question;
	v->search = t->search_words;
	v->reason = t->search_reason;
	v->read_back = t->read_back;
	v->internet_hint = t->internet_hint;
	v->employee = t->employee_name;
	v->opened =
	    calendar_when(mem, rq->cx.lang, rq->cx.now_ms, t->opened_ms);
	v->opened_exact = calendar_exact(mem, rq->cx.lang, t->opened_ms);
}

/* The page; after a form that was refused, with what was typed. */
static enum err
ticket_page(struct http_request *rq, struct ticket_view *v)
{
	struct ticket_full t;
	struct str number;
	enum err e;

	if ((e = ticket_get(door_desk(rq), http_path_id(rq, "id"), &t)) != OK)
		return e;
	ticket_fill(rq, &t.ticket, v);
	v->once = page_nonce(rq);
	thread_fill(rq, &t, v);
	history_fill(rq, &t, v);
	if ((e = moves_fill(rq, v->call, &v->moved)) != OK)
		return e;
	if (str_empty(v->answer))
		v->answer = t.draft;
	number = str_printf(rq->cx.mem,
	    tr(rq->cx.lang, N_("Ticket %s")), v->number.p);
	if ((e = page_frame(rq, number, &v->frame)) != OK)
		return e;
	v->frame.area = v->unanswered ? STR("queue") : STR("tickets");
	view_ticket(&rq->response.body, rq->cx.lang, v);
	return OK;
}

enum err
web_ticket(struct http_request *rq)
{
	struct ticket_view v = {0};

	return ticket_page(rq, &v);
}

/* After an answer: on to the next unanswered one, if there is any. */
static enum err
next_ticket(struct http_request *rq, const char *done)
{
	struct ticket_filter f = {.state = TICKET_UNANSWERED};
	struct q_ticket_row_rows rows;
	bool more;
	enum err e;

	if ((e = ticket_list(door_desk(rq), &f, &rows, &more)) != OK)
		return e;
	if (rows.n)
		return page_done(rq, done, "/tickets/%lld",
		    (long long)rows.v[0].id);
	return page_done(rq, done, "/queue");
}

static struct ticket_change
change_read(struct http_request *rq)
{
	const struct ticket_form *f = rq->form;

	return (struct ticket_change){http_path_id(rq, "id"), f->version,
	    f->body};
}

enum err
web_ticket_answer(struct http_request *rq)
{
	struct ticket_change c = change_read(rq);
	struct ticket_view v = {.answer = c.body};
	enum err e = rq->cx.fault.err;

	if (e == OK && (e = ticket_answer(door_desk(rq), &c)) == OK) {
		if (((const struct ticket_form *)rq->form)->next)
			return next_ticket(rq, "ticket-answered");
		return page_done(rq, "ticket-answered", "/tickets/%lld",
		    (long long)c.id);
	}
	v.answer_fault = page_fault(rq, "body");
	return page_comes_back(rq, e) ? ticket_page(rq, &v) : e;
}

enum err
web_ticket_note(struct http_request *rq)
{
	struct ticket_change c = change_read(rq);
	struct ticket_view v = {.note = c.body};
	enum err e = rq->cx.fault.err;

	door_desk(rq)->nonce = ((const struct ticket_form *)rq->form)->once;
	if (e == OK &&
	    (e = ticket_note(door_desk(rq), c.id, c.body)) == OK)
		return page_done(rq, "ticket-noted", "/tickets/%lld",
		    (long long)c.id);
	v.note_fault = page_fault(rq, "body");
	return page_comes_back(rq, e) ? ticket_page(rq, &v) : e;
}

enum err
web_ticket_close(struct http_request *rq)
{
	struct ticket_change c = change_read(rq);
	struct ticket_view v = {0};
	enum err e = rq->cx.fault.err;

	if (e == OK && (e = ticket_close(door_desk(rq), &c)) == OK)
		return page_done(rq, "ticket-closed", "/tickets/%lld",
		    (long long)c.id);
	return page_comes_back(rq, e) ? ticket_page(rq, &v) : e;
}

enum err
web_ticket_reopen(struct http_request *rq)
{
	struct ticket_change c = change_read(rq);
	struct ticket_view v = {.further = c.body};
	enum err e = rq->cx.fault.err;

	if (e == OK && (e = ticket_reopen(door_desk(rq), &c)) == OK)
		return page_done(rq, "ticket-reopened", "/tickets/%lld",
		    (long long)c.id);
	v.further_fault = page_fault(rq, "body");
	return page_comes_back(rq, e) ? ticket_page(rq, &v) : e;
}

enum err
web_ticket_draft(struct http_request *rq)
{
	const struct ticket_form *f = rq->form;
	enum err e;

	e = ticket_draft(door_desk(rq), http_path_id(rq, "id"), f->body);
	if (e == OK)
		rq->response.status = 204;
	return e;
}
