/*
 * Pages: the unanswered queue, and tickets by state, kind, customer and number.
 */
#include "doors/web/web_ticket.h"

#include <stdio.h>

#include "base/calendar.h"
#include "base/mem.h"
#include "doors/web/page.h"
#include "doors/web/web_outbox.h"
#include "doors/web/ticket_view.h"
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

struct str
ticket_kind_text(const struct http_request *rq, enum ticket_kind kind)
{
	return page_text(rq, kind_texts[kind]);
}

struct str
ticket_state_text(const struct http_request *rq, enum ticket_state state)
{
	return page_text(rq, state_texts[state]);
}

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
	if (v->queue &&
	    (e = untold_fill(rq, &v->untold, &v->held)) != OK)
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
