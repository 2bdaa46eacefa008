/*
 * Pages: one ticket and what is done to it. Queue and lists are in
 * web_ticket_list.c.
 */
#include "doors/web/web_ticket.h"

#include "base/calendar.h"
#include "base/mem.h"
#include "base/phone.h"
#include "desk/confidential.h"
#include "desk/house.h"
#include "doors/web/page.h"
#include "doors/web/web_answer.h"
#include "doors/web/ticket_view.h"
#include "doors/web/web_outbox.h"
#include "doors/web/web_reassign.h"
#include "doors/web/web_ticket_answer.h"
#include "staff_views.h"

static const char *const message_texts[] = {
    [MESSAGE_ANSWER] = N_("Answer"),
    [MESSAGE_NOTE] = N_("Note for colleagues"),
    [MESSAGE_CLOSED] = N_("Closed"),
    [MESSAGE_REOPENED] = N_("Further question"),
};

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
    {"ticket.released", N_("released, although it tells something internal")},
    {"ticket.told", N_("told by telephone")},
    {"ticket.mail_sent", N_("e-mail sent")},
    {"ticket.mail_failed", N_("e-mail could not be sent")},
    {"ticket.mail_unclear", N_("e-mail perhaps sent")},
    {"ticket.mail_again", N_("e-mail to be sent once more")},
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

struct str
deed_door_text(const struct http_request *rq, enum door door)
{
	return page_text(rq, door_texts[door]);
}

static struct deed_view
deed_fill(struct http_request *rq, const struct q_ticket_history *h)
{
	void *mem = rq->cx.mem;
	struct deed_view v = {
	    .what = h->kind,
	    .employee = h->employee_name,
	    .door = deed_door_text(rq, (enum door)h->door),
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
	v->state = ticket_state_text(rq, (enum ticket_state)t->state);
	v->unanswered = t->state == TICKET_UNANSWERED;
	v->answered = t->state == TICKET_ANSWERED;
	v->closed = t->state == TICKET_CLOSED;
	v->kind = ticket_kind_text(rq, (enum ticket_kind)t->kind);
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
	if (t->search_reason_kind)
		v->reason_kind = reason_kind_text(rq, t->search_reason_kind);
	v->read_back = t->read_back;
	v->internet_hint = t->internet_hint;
	v->employee = t->employee_name;
	v->opened =
	    calendar_when(mem, rq->cx.lang, rq->cx.now_ms, t->opened_ms);
	v->opened_exact = calendar_exact(mem, rq->cx.lang, t->opened_ms);
}

/* What the desk searched for before the ticket was written. */
static enum err
searches_fill(struct http_request *rq, struct ticket_view *v)
{
	struct q_searched_row_rows rows;
	void *mem = rq->cx.mem;
	enum err e;

	if ((e = ticket_searches(door_desk(rq), v->id, &rows)) != OK)
		return e;
	v->searches.n = rows.n;
	v->searches.v = mem_array(mem, struct searched_view, rows.n);
	for (size_t i = 0; i < rows.n; i++) {
		const struct q_searched_row *r = &rows.v[i];
		const char *format = rows.v[i].found == 1
		    ? N_("(1 answer found)")
		    : N_("(%lld answers found)");

		v->searches.v[i] = (struct searched_view){r->words,
		    str_printf(mem, tr(rq->cx.lang, format),
			(long long)r->found)};
	}
	return answer_of_ticket(door_desk(rq), v->id, &v->for_all);
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
	if ((e = searches_fill(rq, v)) != OK)
		return e;
	v->once = page_nonce(rq);
	thread_fill(rq, &t, v);
	history_fill(rq, &t, v);
	if ((e = moves_fill(rq, v->call, &v->moved)) != OK)
		return e;
	if ((e = answer_fill(rq, &t, v)) != OK)
		return e;
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
next_ticket(struct http_request *rq)
{
	struct ticket_filter f = {.state = TICKET_UNANSWERED};
	struct q_ticket_row_rows rows;
	bool more;
	enum err e;

	if ((e = ticket_list(door_desk(rq), &f, &rows, &more)) != OK)
		return e;
	if (rows.n)
		return page_done(rq, "ticket-next", "/tickets/%lld",
		    (long long)rows.v[0].id);
	return page_done(rq, "ticket-answered", "/queue");
}

static struct ticket_change
change_read(struct http_request *rq)
{
	const struct ticket_form *f = rq->form;

	return (struct ticket_change){.id = http_path_id(rq, "id"),
	    .version = f->version,
	    .body = f->body,
	    .way = f->way > 0 ? (enum outbox_way)f->way : WAY_AS_FITS,
	    .address = f->address,
	    .release = f->release};
}

enum err
web_ticket_answer(struct http_request *rq)
{
	struct ticket_change c = change_read(rq);
	struct ticket_view v = {.answer = c.body};
	const struct confidential *held;
	enum err e = rq->cx.fault.err;

	answer_typed(&c, &v);

	if (e == OK && (e = ticket_answer(door_desk(rq), &c)) == OK) {
		if (((const struct ticket_form *)rq->form)->next)
			return next_ticket(rq);
		return page_done(rq, "ticket-answered", "/tickets/%lld",
		    (long long)c.id);
	}
	held = door_desk(rq)->held;
	v.answer_fault = page_fault(rq, "body");
	v.address_fault = page_fault(rq, "address");
	v.release_fault = page_fault(rq, "release");
	if (held)
		places_fill(rq, held->text, &held->hits, &v.places);
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
