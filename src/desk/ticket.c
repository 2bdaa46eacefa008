/*
 * Tickets after they were opened: lists, thread, and what is done to them. How
 * a ticket is opened, and by which evidence, is in intake.c; how it is answered
 * in ticket_answer.c.
 */
#include "desk/ticket.h"

#include "base/number.h"
#include "base/text.h"
#include "desk/alert.h"
#include "desk/customer_write.h"
#include "desk/event.h"
#include "desk/house.h"
#include "desk/once.h"
#include "desk/ticket_move.h"
#include "store/queries.h"

enum {
	UNANSWERED_COUNTED = 100,
	MESSAGES_MOST = 1000,
	WRITING_MS = 10 * 60 * 1000, /* a draft older than this is asleep */
};

const char *
ticket_state_name(enum ticket_state s)
{
	switch (s) {
	case TICKET_UNANSWERED:
		return "unanswered";
	case TICKET_ANSWERED:
		return "answered";
	case TICKET_CLOSED:
		return "closed";
	}
	return "";
}

const char *
ticket_kind_name(enum ticket_kind k)
{
	switch (k) {
	case KIND_SUPPORT:
		return "support";
	case KIND_PROSPECT:
		return "prospect";
	case KIND_PARTNER:
		return "partner";
	case KIND_LEGAL:
		return "legal";
	}
	return "";
}

struct str
ticket_number(void *mem, int64_t id)
{
	return number_checked(mem, id);
}

bool
ticket_number_read(void *mem, struct str typed, int64_t *out_id)
{
	return number_read(mem, typed, out_id);
}

/* Cuts the one row too many that was read to know whether there are more. */
static bool
page_cut(struct q_ticket_row_rows *rows)
{
	if (rows->n <= TICKET_PAGE)
		return false;
	rows->n = TICKET_PAGE;
	return true;
}

/* A customer's tickets; they are few enough to look through. */
static enum err
list_customer(struct desk *d, const struct ticket_filter *f,
    struct q_ticket_row_rows *out)
{
	int64_t id;
	enum err e = customer_by_number(d, d->db, f->customer, &id);

	return e != OK ? e
		       : q_ticket_by_customer(d->db, d->cx->mem, id, f->state,
			     f->kind, f->after_id ? f->after_id : INT64_MAX,
			     TICKET_PAGE + 1, out);
}

static enum err
list_waiting(struct desk *d, const struct ticket_filter *f,
    struct q_ticket_row_rows *out)
{
	void *mem = d->cx->mem;

	return f->kind ? q_ticket_waiting_kind(d->db, mem, f->kind,
			     f->after_ms, f->after_id, TICKET_PAGE + 1, out)
		       : q_ticket_waiting(d->db, mem, f->after_ms, f->after_id,
			     TICKET_PAGE + 1, out);
}

static enum err
list_done(struct desk *d, const struct ticket_filter *f,
    struct q_ticket_row_rows *out)
{
	void *mem = d->cx->mem;
	int64_t before_ms = f->after_id ? f->after_ms : INT64_MAX;
	int64_t before_id = f->after_id ? f->after_id : INT64_MAX;

	return f->kind ? q_ticket_by_kind(d->db, mem, f->kind, f->state,
			     before_ms, before_id, TICKET_PAGE + 1, out)
		       : q_ticket_by_state(d->db, mem, f->state, before_ms,
			     before_id, TICKET_PAGE + 1, out);
}

enum err
ticket_list(struct desk *d, const struct ticket_filter *f,
    struct q_ticket_row_rows *out, bool *more)
{
	enum err e;

	if ((e = desk_needs(d, ROLE_AGENT)) != OK)
		return e;
	if (!str_empty(f->customer))
		e = list_customer(d, f, out);
	else if (f->kind == KIND_SUPPORT)
		e = fail(d->cx, ERR_INVALID, "kind",
		    N_("Nearly all tickets are support; name a customer."));
	else if (f->state == TICKET_UNANSWERED)
		e = list_waiting(d, f, out);
	else
		e = list_done(d, f, out);
	if (e == OK)
		*more = page_cut(out);
	return e;
}

enum err
ticket_oldest(struct desk *d, int64_t most, struct q_ticket_row_rows *out)
{
	enum err e;

	if ((e = desk_needs(d, ROLE_AGENT)) != OK)
		return e;
	return q_ticket_waiting(d->db, d->cx->mem, 0, 0, most, out);
}

enum err
ticket_of_customer(struct desk *d, int64_t customer_id,
    struct q_ticket_row_rows *out)
{
	enum err e;

	if ((e = desk_needs(d, ROLE_AGENT)) != OK)
		return e;
	return q_ticket_of_customer(d->db, d->cx->mem, customer_id, out);
}

enum err
ticket_unanswered(struct desk *d, int64_t *out)
{
	enum err e;

	if ((e = desk_needs(d, ROLE_AGENT)) != OK)
		return e;
	return q_ticket_unanswered(d->db, d->cx->mem, UNANSWERED_COUNTED, out);
}

/* Sorts the drafts: one's own, and those at which colleagues are writing. */
static void
drafts_split(struct desk *d, struct ticket_full *t)
{
	size_t kept = 0;

	t->draft = STR("");
	for (size_t i = 0; i < t->drafts.n; i++) {
		struct q_ticket_drafts *row = &t->drafts.v[i];

		if (row->employee_id == d->actor.employee_id)
			t->draft = row->body;
		else if (d->cx->now_ms - row->at_ms <= WRITING_MS)
			t->drafts.v[kept++] = *row;
	}
	t->drafts.n = kept;
}

static enum err
ticket_row(struct desk *d, struct db *db, int64_t id, struct q_ticket *out)
{
	enum err e = q_ticket(db, d->cx->mem, id, out);

	if (e == ERR_NOT_FOUND)
		return fail(d->cx, e, "", N_("There is no such ticket."));
	return e;
}

enum err
ticket_get(struct desk *d, int64_t id, struct ticket_full *out)
{
	enum err e;

	if ((e = desk_needs(d, ROLE_AGENT)) != OK ||
	    (e = ticket_row(d, d->db, id, &out->ticket)) != OK ||
	    (e = q_ticket_messages(d->db, d->cx->mem, id, &out->messages)) !=
		OK ||
	    (e = q_ticket_drafts(d->db, d->cx->mem, id, &out->drafts)) != OK ||
	    (e = q_ticket_history(d->db, d->cx->mem, id, &out->history)) != OK)
		return e;
	drafts_split(d, out);
	return OK;
}

enum err
ticket_searches(struct desk *d, int64_t id, struct q_searched_row_rows *out)
{
	enum { SHOWN = 20 };
	enum err e;

	if ((e = desk_needs(d, ROLE_AGENT)) != OK)
		return e;
	return q_search_of_ticket(d->db, d->cx->mem, id, SHOWN, out);
}

static enum err
body_check(struct desk *d, struct str body, bool may_be_empty)
{
	if (str_empty(body) && !may_be_empty)
		return fail(d->cx, ERR_INVALID, "body",
		    N_("Please write something."));
	if (text_length(body) > TICKET_TEXT_MOST)
		return fail(d->cx, ERR_INVALID, "body",
		    N_("At most %d characters fit here."), TICKET_TEXT_MOST);
	return OK;
}

enum err
ticket_draft(struct desk *d, int64_t id, struct str body)
{
	int64_t me = d->actor.employee_id;
	struct q_ticket t;
	DB_TX tx = {0};
	enum err e;

	if ((e = desk_needs(d, ROLE_AGENT)) != OK ||
	    (e = body_check(d, body, true)) != OK ||
	    (e = ticket_row(d, d->db, id, &t)) != OK ||
	    (e = db_begin(d->db, &tx)) != OK)
		return e;
	if (str_empty(body))
		e = q_ticket_draft_drop(&tx, id, me);
	else
		e = q_ticket_draft_save(&tx, id, me, body, d->cx->now_ms);
	return e == OK ? db_commit(&tx) : e;
}

/* Writes a message and its event; MESSAGES_MOST bounds a thread. */
static enum err
message_add(struct desk *d, struct db_tx *tx, int64_t id,
    enum message_kind kind, struct str body, const char *event,
    int64_t *message_id)
{
	int64_t count;
	struct event ev;
	enum err e;

	if ((e = q_ticket_message_count(tx->db, d->cx->mem, id, &count)) != OK)
		return e;
	if (count >= MESSAGES_MOST)
		return fail(d->cx, ERR_CONFLICT, "",
		    N_("This ticket is full; please open a new one."));
	if ((e = q_ticket_message_add(tx, d->cx->mem, id, kind,
		 d->actor.employee_id, body, d->cx->now_ms, message_id)) != OK)
		return e;
	event_begin(d, &ev);
	event_int(&ev, "message", *message_id);
	event_text(&ev, "text", body);
	return event_add(d, tx, &ev, event, id);
}

/* A legal matter alerts for as long as nobody has answered it (M12). */
static enum err
alert_follow(struct desk *d, struct db_tx *tx, const struct q_ticket *t,
    enum ticket_state to)
{
	if (t->kind != KIND_LEGAL)
		return OK;
	return to == TICKET_UNANSWERED ? alert_raise(d, tx, t->id)
				       : alert_drop(tx, t->id);
}

enum err
ticket_move(struct desk *d, const struct ticket_change *c,
    const struct move *m)
{
	struct q_ticket t;
	int64_t moved, message;
	DB_TX tx = {0};
	enum err e;

	if ((e = desk_needs(d, ROLE_AGENT)) != OK ||
	    (e = body_check(d, c->body, m->may_be_empty)) != OK ||
	    (e = db_begin(d->db, &tx)) != OK ||
	    (e = ticket_row(d, tx.db, c->id, &t)) != OK)
		return e;
	if (t.version != c->version)
		return fail(d->cx, ERR_STALE, "",
		    N_("A colleague has changed this ticket meanwhile. Please "
		       "read it again; your text is still here."));
	if (!(m->from & 1u << t.state))
		return fail(d->cx, ERR_CONFLICT, "", "%s",
		    tr(d->cx->lang, m->refusal));
	if ((e = q_ticket_move(&tx, c->id, c->version, m->to, d->cx->now_ms,
		 &moved)) != OK ||
	    (e = message_add(d, &tx, c->id, m->kind, c->body, m->event,
		 &message)) != OK ||
	    (m->also && (e = m->also(d, &tx, &t, c, message)) != OK) ||
	    (e = q_ticket_draft_drop(&tx, c->id, d->actor.employee_id)) != OK ||
	    (e = alert_follow(d, &tx, &t, m->to)) != OK)
		return e;
	return db_commit(&tx);
}

enum err
ticket_close(struct desk *d, const struct ticket_change *c)
{
	static const struct move m = {
	    1u << TICKET_ANSWERED, TICKET_CLOSED, MESSAGE_CLOSED,
	    "ticket.closed",
	    N_("Only an answered ticket can be closed."), true, NULL};

	return ticket_move(d, c, &m);
}

enum err
ticket_reopen(struct desk *d, const struct ticket_change *c)
{
	static const struct move m = {
	    1u << TICKET_ANSWERED | 1u << TICKET_CLOSED, TICKET_UNANSWERED,
	    MESSAGE_REOPENED, "ticket.reopened",
	    N_("This ticket is waiting for an answer already."), false, NULL};
	struct wording_verdict verdict;

	if (wording_judge(d->house->wording, c->body, &verdict) !=
	    WORDING_EXACT)
		return fail(d->cx, ERR_INVALID, "body",
		    N_("The further question is not exact enough: what "
		       "exactly, where, since when?"));
	return ticket_move(d, c, &m);
}

enum err
ticket_note_write(struct desk *d, struct db_tx *tx, int64_t id,
    struct str body)
{
	int64_t count, message;
	enum err e;

	if ((e = q_ticket_message_count(tx->db, d->cx->mem, id, &count)) != OK ||
	    count >= MESSAGES_MOST)
		return e; /* a full thread is no reason to stop */
	return message_add(d, tx, id, MESSAGE_NOTE, body, "ticket.noted",
	    &message);
}

enum err
ticket_note(struct desk *d, int64_t id, struct str body)
{
	struct str asked = str_printf(d->cx->mem, "note %lld\n%.*s",
	    (long long)id, STR_FMT(body));
	struct q_ticket t;
	struct once once;
	int64_t done, message;
	DB_TX tx = {0};
	enum err e;

	if ((e = desk_needs(d, ROLE_AGENT)) != OK ||
	    (e = body_check(d, body, false)) != OK ||
	    (e = once_make(d, asked, &once)) != OK ||
	    (e = db_begin(d->db, &tx)) != OK ||
	    (e = once_claim(d, &tx, &once, &done)) != OK)
		return e;
	if (done == 0 &&
	    ((e = ticket_row(d, tx.db, id, &t)) != OK ||
		(e = message_add(d, &tx, id, MESSAGE_NOTE, body, "ticket.noted",
		     &message)) != OK ||
		(e = once_keep(d, &tx, &once, id)) != OK))
		return e;
	return db_commit(&tx);
}
