/*
 * The form in which a ticket is answered: how the answer reaches the customer,
 * what holds it back, and its draft while it is typed.
 */
#include "doors/web/web_ticket_answer.h"

#include "base/mem.h"
#include "desk/confidential.h"
#include "desk/house.h"
#include "doors/web/page.h"
#include "doors/web/web_outbox.h"
#include "doors/web/web_ticket.h"
#include "staff_views.h"

const char *const ticket_ways[] = {
    [WAY_AS_FITS] = "",
    [WAY_MAIL] = "mail",
    [WAY_TOLD] = "told",
    [WAY_TO_TELL] = "tell",
    NULL,
};

void
answer_typed(const struct ticket_change *c, struct ticket_view *v)
{
	v->by_mail = c->way == WAY_MAIL;
	v->by_told = c->way == WAY_TOLD;
	v->by_tell = c->way == WAY_TO_TELL;
	v->address = c->address;
	v->release = c->release;
}

/* By mail where that can be, unless something else was chosen. */
static enum err
way_fill(struct http_request *rq, const struct ticket_full *t,
    struct ticket_view *v)
{
	struct desk *d = door_desk(rq);
	bool chosen = v->by_mail || v->by_told || v->by_tell;
	enum err e;

	v->mail_ready = mail_is_set_up(d->house->config);
	if (v->mail_ready && str_empty(v->address) && !v->by_mail &&
	    (e = ticket_address(d, d->db, &t->ticket, &v->address)) != OK)
		return e;
	if (!chosen) {
		v->by_mail = v->mail_ready && v->address.n;
		v->by_tell = !v->by_mail;
	}
	return OK;
}

/* A colleague's text that was held back, for whoever may release it. */
static enum err
held_fill(struct http_request *rq, int64_t id, struct ticket_view *v)
{
	struct q_held_of_ticket_rows rows;
	enum err e;

	if (!v->may_release || !v->unanswered || v->answer.n)
		return OK;
	if ((e = held_of_ticket(door_desk(rq), id, &rows)) != OK || !rows.n)
		return e;
	v->answer = rows.v[0].body;
	v->held_by = rows.v[0].employee_name;
	return OK;
}

enum err
answer_fill(struct http_request *rq, const struct ticket_full *t,
    struct ticket_view *v)
{
	struct screen_hits hits;
	enum err e;

	v->may_release = door_desk(rq)->actor.role >= ROLE_SUPERVISOR;
	if (str_empty(v->answer))
		v->answer = t->draft;
	if ((e = held_fill(rq, t->ticket.id, v)) != OK ||
	    (e = way_fill(rq, t, v)) != OK ||
	    (e = letters_fill(rq, OUTBOX_TICKET, t->ticket.id,
		 str_printf(rq->cx.mem, "/tickets/%lld",
		     (long long)t->ticket.id), &v->letters)) != OK)
		return e;
	for (size_t i = 0; i < v->letters.n; i++)
		v->untold = v->untold || !v->letters.v[i].done;
	if (str_empty(v->answer) || v->places.n || !v->unanswered)
		return OK;
	if ((e = ticket_look(door_desk(rq), t->ticket.id, v->answer, &hits)) ==
	    OK)
		places_fill(rq, v->answer, &hits, &v->places);
	return e;
}

/* Keeps the text, and says while it is typed what would hold it back. */
enum err
web_ticket_draft(struct http_request *rq)
{
	const struct ticket_form *f = rq->form;
	struct desk *d = door_desk(rq);
	int64_t id = http_path_id(rq, "id");
	struct screen_hits hits;
	struct places_view v;
	enum err e;

	if ((e = ticket_draft(d, id, f->body)) != OK ||
	    (e = ticket_look(d, id, f->body, &hits)) != OK)
		return e;
	places_fill(rq, f->body, &hits, &v);
	if (v.n == 0)
		rq->response.status = 204;
	else
		view_places(&rq->response.body, rq->cx.lang, &v);
	return OK;
}
