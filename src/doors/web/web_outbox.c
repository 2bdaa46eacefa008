/*
 * Pages: the outbox, and the pieces of it that other pages show.
 */
#include "doors/web/web_outbox.h"

#include "base/calendar.h"
#include "base/mem.h"
#include "desk/confidential.h"
#include "desk/house.h"
#include "desk/ticket.h"
#include "doors/web/page.h"
#include "staff_views.h"

static const char *const state_texts[] = {
    [OUTBOX_WAITING] = N_("e-mail is waiting to be sent"),
    [OUTBOX_SENDING] = N_("e-mail is being sent"),
    [OUTBOX_TO_TELL] = N_("to be told by telephone"),
    [OUTBOX_FAILED] = N_("e-mail could not be sent"),
    [OUTBOX_UNCLEAR] = N_("e-mail was perhaps sent"),
    [OUTBOX_SENT] = N_("e-mail was sent"),
    [OUTBOX_TOLD] = N_("told by telephone"),
};

/* What the state needs to be understood. */
static struct str
reason_text(struct http_request *rq, const struct q_outbox_row *r)
{
	if (r->state == OUTBOX_UNCLEAR)
		return page_text(rq, N_("The server did not say whether it has "
			"taken the mail. Please ask the customer, or send it "
			"once more."));
	return r->reason;
}

static struct letter_view
letter_fill(struct http_request *rq, const struct q_outbox_row *r,
    struct str back)
{
	void *mem = rq->cx.mem;
	int64_t at = r->done_ms.has ? r->done_ms.v : r->created_ms;

	return (struct letter_view){.id = r->id,
	    .subject_id = r->subject_id,
	    .number = r->kind == OUTBOX_TICKET
		? ticket_number(mem, r->subject_id)
		: STR(""),
	    .state = page_text(rq, state_texts[r->state]),
	    .person = r->person,
	    .address = r->address,
	    .reason = reason_text(rq, r),
	    .when = calendar_when(mem, rq->cx.lang, rq->cx.now_ms, at),
	    .exact = calendar_exact(mem, rq->cx.lang, at),
	    .employee = r->done_by_name.n ? r->done_by_name
					  : r->employee_name,
	    .back = back,
	    .linked = str_is(back, "/outbox"),
	    .bad = r->state == OUTBOX_FAILED || r->state == OUTBOX_UNCLEAR,
	    .done = r->state >= OUTBOX_SENT,
	    .may_tell =
		r->state < OUTBOX_SENT && r->state != OUTBOX_SENDING,
	    .may_again =
		r->state == OUTBOX_FAILED || r->state == OUTBOX_UNCLEAR};
}

static void
letters_make(struct http_request *rq, const struct q_outbox_row_rows *rows,
    struct str back, struct letters_view *out)
{
	out->n = rows->n;
	out->v = mem_array(rq->cx.mem, struct letter_view, rows->n);
	for (size_t i = 0; i < rows->n; i++)
		out->v[i] = letter_fill(rq, &rows->v[i], back);
}

enum err
letters_fill(struct http_request *rq, enum outbox_kind kind,
    int64_t subject_id, struct str back, struct letters_view *out)
{
	struct q_outbox_row_rows rows;
	enum err e = outbox_of(door_desk(rq), kind, subject_id, &rows);

	if (e == OK)
		letters_make(rq, &rows, back, out);
	return e;
}

void
places_fill(struct http_request *rq, struct str text,
    const struct screen_hits *hits, struct places_view *out)
{
	const struct screen_rules *rules = door_desk(rq)->house->screen;
	size_t at = 0;

	*out = (struct places_view){0};
	if (hits->n == 0)
		return;
	out->v = mem_array(rq->cx.mem, struct place_piece, 2 * hits->n + 1);
	for (size_t i = 0; i < hits->n; i++) {
		const struct screen_hit *h = &hits->v[i];

		out->v[out->n++] = (struct place_piece){
		    str_copy(rq->cx.mem, text.p + at, h->from - at), STR("")};
		out->v[out->n++] = (struct place_piece){
		    str_copy(rq->cx.mem, text.p + h->from, h->n),
		    screen_reason(rules, h->kind)->in[rq->cx.lang]};
		at = h->from + h->n;
	}
	out->v[out->n++] = (struct place_piece){
	    str_copy(rq->cx.mem, text.p + at, text.n - at), STR("")};
}

enum err
untold_fill(struct http_request *rq, int64_t *untold, int64_t *held)
{
	struct desk *d = door_desk(rq);
	struct q_held_list_rows rows;
	enum err e;

	*held = 0;
	if ((e = outbox_open_count(d, untold)) != OK ||
	    d->actor.role < ROLE_SUPERVISOR)
		return e;
	if ((e = held_list(d, &rows)) == OK)
		*held = (int64_t)rows.n;
	return e;
}

/* ---- The page ------------------------------------------------------------ */

/* What waits for a supervisor's release. */
static enum err
held_fill(struct http_request *rq, struct outbox_view *v)
{
	struct q_held_list_rows rows;
	void *mem = rq->cx.mem;
	enum err e;

	if (door_desk(rq)->actor.role < ROLE_SUPERVISOR)
		return OK;
	if ((e = held_list(door_desk(rq), &rows)) != OK)
		return e;
	v->held.n = rows.n;
	v->held.v = mem_array(mem, struct held_view, rows.n);
	for (size_t i = 0; i < rows.n; i++)
		v->held.v[i] = (struct held_view){rows.v[i].ticket_id,
		    ticket_number(mem, rows.v[i].ticket_id),
		    rows.v[i].employee_name,
		    calendar_when(mem, rq->cx.lang, rq->cx.now_ms,
			rows.v[i].at_ms),
		    rows.v[i].summary};
	return OK;
}

enum err
web_outbox(struct http_request *rq)
{
	struct outbox_view v = {.mail_ready =
		mail_is_set_up(door_desk(rq)->house->config)};
	struct q_outbox_row_rows rows;
	int64_t after = 0;
	bool more;
	enum err e;

	(void)str_to_i64(http_raw(rq, "after"), &after);
	if ((e = outbox_open(door_desk(rq), after, &rows, &more)) != OK ||
	    (e = held_fill(rq, &v)) != OK ||
	    (e = page_frame(rq, page_text(rq, N_("To tell")), &v.frame)) != OK)
		return e;
	v.frame.area = STR("queue");
	letters_make(rq, &rows, STR("/outbox"), &v.letters);
	if (more)
		v.next = rows.v[rows.n - 1].id;
	view_outbox(&rq->response.body, rq->cx.lang, &v);
	return OK;
}

/* Does it, and goes back with a word of what was done; where it was too late
 * the page that is gone back to shows why. */
static enum err
outbox_do(struct http_request *rq, enum err (*make)(struct desk *d, int64_t id),
    const char *done)
{
	const struct outbox_form *f = rq->form;
	struct str back = page_own_path(f->back.n ? f->back : STR("/outbox"));
	enum err e = make(door_desk(rq), http_path_id(rq, "id"));

	if (e == OK)
		return page_done(rq, done, "%.*s", STR_FMT(back));
	return e == ERR_CONFLICT
	    ? page_done(rq, "outbox-late", "%.*s", STR_FMT(back))
	    : e;
}

enum err
web_outbox_told(struct http_request *rq)
{
	return outbox_do(rq, outbox_told, "outbox-told");
}

enum err
web_outbox_again(struct http_request *rq)
{
	return outbox_do(rq, outbox_again, "outbox-again");
}
