/*
 * The intake. One check for every door: which evidence a ticket must bring is
 * decided here, by the kind of ticket and the door it comes through, and by
 * nothing else. Import brings its own mark instead of a conversation.
 *
 * What needs no database is checked and made before the turn at writing is
 * taken, since thousands of tickets a second share it.
 */
#include "desk/intake.h"

#include "base/calendar.h"
#include "base/config.h"
#include "base/mem.h"
#include "base/phone.h"
#include "base/text.h"
#include "desk/alert.h"
#include "desk/contract.h"
#include "desk/event.h"
#include "desk/house.h"
#include "desk/once.h"
#include "store/queries.h"

enum { SUMMARY_CHARACTERS = 120, LINE_MOST = 200 };

/* A question that may be written: checked, and everything made that the row
 * and the event need. */
struct ready {
	struct intake in;
	struct str customer_key; /* what the customer's number is found by */
	struct str today, summary;
	struct gap_case gap; /* that the search showed */
	struct event event;
};

/* One missing evidence, by name; more may follow. */
static void
lacks(struct desk *d, const char *evidence, const char *msgid)
{
	(void)fail(d->cx, ERR_EVIDENCE, evidence, "%s",
	    tr(d->cx->lang, msgid));
}

static void
question_check(struct desk *d, struct str question)
{
	struct wording_verdict verdict;

	if (str_empty(question)) {
		lacks(d, "question", N_("The exact question is missing."));
		return;
	}
	if (text_length(question) > TICKET_TEXT_MOST) {
		lacks(d, "question", N_("The question is too long."));
		return;
	}
	switch (wording_judge(d->house->wording, question, &verdict)) {
	case WORDING_EXACT:
		return;
	case WORDING_CALLBACK:
		lacks(d, "question",
		    N_("A wish to be called back is not a question: what "
		       "exactly is it about?"));
		return;
	default:
		lacks(d, "question",
		    N_("The question is not exact enough: what exactly, where, "
		       "since when?"));
	}
}

/* The conversation that must have taken place: searched, read back, told that
 * the internet would do as well. */
static void
conversation_check(struct desk *d, const struct intake *in)
{
	if (d->actor.door == DOOR_IMPORT || in->kind != KIND_SUPPORT)
		return;
	if (str_empty(in->search_words))
		lacks(d, "search",
		    N_("What was searched for before is missing."));
	else if (in->call_id && !in->searched)
		lacks(d, "search", N_("Search for the answer first."));
	if (str_empty(in->search_reason))
		lacks(d, "reason",
		    N_("The reason why no answer served is missing."));
	if (!in->read_back)
		lacks(d, "read_back",
		    N_("The question must be read back to the caller."));
	if (!in->internet_hint)
		lacks(d, "internet_hint",
		    N_("The caller must be told that this can be done over "
		       "the internet too."));
}

/* The customer behind the number; *out_id stays 0 if there is none. */
static enum err
customer_find(struct desk *d, struct db *db, struct str key, int64_t *out_id)
{
	enum err e = q_customer_by_key(db, d->cx->mem, key, out_id);

	if (e != ERR_NOT_FOUND)
		return e;
	lacks(d, "customer", N_("No customer has this number."));
	return OK;
}

static enum err
contract_check(struct desk *d, struct db *db, const struct ready *r)
{
	enum entitlement entitled;
	enum err e;

	if ((e = contract_entitlement(d, db, r->in.customer_id, r->today,
		 &entitled)) != OK)
		return e;
	if (entitled != ENTITLED)
		lacks(d, "contract",
		    N_("There is no free support without an active "
		       "contract."));
	return OK;
}

/* Who it is, and by what right (M1, M3). */
static enum err
customer_check(struct desk *d, struct db *db, struct ready *r)
{
	struct intake *in = &r->in;
	bool given = in->customer_id || !str_empty(in->customer_number);
	enum err e;

	if (given && in->customer_id == 0 &&
	    (e = customer_find(d, db, r->customer_key,
		 &in->customer_id)) != OK)
		return e;
	if (in->kind != KIND_SUPPORT)
		return OK;
	if (!given)
		lacks(d, "customer", N_("The customer is missing."));
	return in->customer_id ? contract_check(d, db, r) : OK;
}

static void
caller_check(struct desk *d, struct intake *in)
{
	const char *country = d->house->config->country_code.p;

	if (in->person_id == 0 && str_empty(in->caller_name))
		lacks(d, "person", N_("The person who is calling is missing."));
	if (in->call_id || str_empty(in->caller_number))
		return;
	if (!phone_normalise(d->cx->mem, in->caller_number, country,
		&in->caller_number))
		(void)fail(d->cx, ERR_INVALID, "caller_number",
		    N_("This is no telephone number."));
}

static void
length_check(struct desk *d, const char *field, struct str s)
{
	if (text_length(s) > LINE_MOST)
		(void)fail(d->cx, ERR_INVALID, field,
		    N_("At most %d characters fit here."), LINE_MOST);
}

/* All that can be said without looking into the database. Notes what is
 * missing and makes the rest. */
static void
ready_make(struct desk *d, const struct intake *asked, struct ready *r)
{
	struct intake *in = &r->in;
	struct event *ev = &r->event;

	*r = (struct ready){.in = *asked};
	caller_check(d, in);
	question_check(d, in->question);
	conversation_check(d, in);
	length_check(d, "person", in->caller_name);
	length_check(d, "search", in->search_words);
	length_check(d, "reason", in->search_reason);
	if (!str_empty(in->search_reason) && in->reason_kind == REASON_NONE)
		in->reason_kind = REASON_OTHER;
	r->customer_key = text_number_key(d->cx->mem, in->customer_number);
	r->today = calendar_date(d->cx->mem, d->cx->now_ms);
	r->summary =
	    text_excerpt(d->cx->mem, in->question, SUMMARY_CHARACTERS);
	r->gap = gap_case(d, in->search_words);
	r->gap.kind = in->reason_kind;
	r->gap.reason = in->search_reason;
	event_begin(d, ev);
	event_text(ev, "kind", str_of(ticket_kind_name(in->kind)));
	event_int(ev, "call", in->call_id);
	event_text(ev, "question", in->question);
	event_text(ev, "search", in->search_words);
	event_text(ev, "reason", in->search_reason);
	event_text(ev, "reason_kind", str_of(reason_kind_name(in->reason_kind)));
}

/* All that is missing, said at once. */
static enum err
ready_check(struct desk *d, struct db *db, struct ready *r)
{
	enum err e = customer_check(d, db, r);

	return e != OK ? e : d->cx->fault.err;
}

/* A question from a call came by telephone, whatever door leads the call. */
static enum door
door_of(const struct desk *d, const struct intake *in)
{
	return in->call_id ? DOOR_TELEPHONE : d->actor.door;
}

static enum err
ticket_write(struct desk *d, struct db_tx *tx, struct ready *r, int64_t *out_id)
{
	const struct intake *in = &r->in;
	int64_t id;
	enum err e;

	event_int(&r->event, "customer", in->customer_id);
	if ((e = q_ticket_add(tx, d->cx->mem, in->kind,
		 opt_id(in->customer_id), opt_id(in->person_id),
		 in->caller_name, in->caller_number, r->summary, in->question,
		 in->search_words, in->search_reason, in->reason_kind,
		 in->read_back,
		 in->internet_hint, door_of(d, in), opt_id(in->call_id),
		 d->actor.employee_id, d->cx->now_ms, &id)) != OK)
		return e;
	r->gap.ticket_id = id;
	if ((e = gap_note(d, tx, &r->gap)) != OK ||
	    (e = event_add(d, tx, &r->event, "ticket.opened", id)) != OK)
		return e;
	*out_id = id;
	return in->kind == KIND_LEGAL ? alert_raise(d, tx, id) : OK;
}

/* What was checked; may run again (db_later). */
static enum err
ready_write(struct desk *d, struct db_tx *tx, struct ready *r,
    int64_t *out_id)
{
	const struct event made = r->event;
	enum err e = ticket_write(d, tx, r, out_id);

	event_rewind(&r->event, &made);
	return e;
}

enum err
intake_write(struct desk *d, struct db_tx *tx, const struct intake *in,
    int64_t *out_id)
{
	struct ready r;
	enum err e;

	ready_make(d, in, &r);
	e = ready_check(d, tx->db, &r);
	return e != OK ? e : ready_write(d, tx, &r, out_id);
}

/* Everything that was asked for, in one text: each part's length stands before
 * it, so that no two requests read alike. */
static struct str
asked_text(struct desk *d, const struct intake *in)
{
	const struct str part[] = {in->customer_number, in->caller_name,
	    in->caller_number, in->question, in->search_words,
	    in->search_reason};
	struct buf b;

	if (str_empty(d->nonce))
		return STR(""); /* nobody will compare it */
	buf_init(&b, d->cx->mem, 1 << 20);
	buf_printf(&b, "%d %lld %lld %d %d %d", in->kind,
	    (long long)in->customer_id, (long long)in->person_id,
	    in->read_back, in->internet_hint, in->reason_kind);
	for (size_t i = 0; i < sizeof part / sizeof part[0]; i++) {
		buf_printf(&b, " %zu:", part[i].n);
		buf_str(&b, part[i]);
	}
	return buf_get(&b);
}

/* A request on its way into the database. */
struct opening {
	struct desk *d;
	struct ready r;
	struct once once;
	int64_t id;
	bool again;
	struct intake_told told;
	struct db_unit unit;
};

/* What lacks something now may have been opened meanwhile, when it did not: the
 * same request came by another connection. */
static enum err
opening_lacks(struct opening *o, struct db *db)
{
	enum err e = once_find(o->d, db, &o->once, &o->id);

	o->again = e == OK && o->id != 0;
	if (o->again)
		fault_clear(&o->d->cx->fault);
	return o->again || e != OK ? e : ERR_EVIDENCE;
}

/* The short part in the turn; others wait, and it may run again. The customer is
 * looked up here all the same: the connection that writes has the pages at hand,
 * while each reader has to fetch them anew after every commit. But before
 * anything is written: who fails then leaves nothing to undo. The nonce may have
 * been taken meanwhile. */
static enum err
opening_write(struct db_tx *tx, void *arg)
{
	struct opening *o = arg;
	enum err e;

	fault_clear(&o->d->cx->fault);
	if ((e = ready_check(o->d, tx->db, &o->r)) == ERR_EVIDENCE)
		return opening_lacks(o, tx->db);
	if (e != OK || (e = once_claim(o->d, tx, &o->once, &o->id)) != OK)
		return e;
	o->again = o->id != 0;
	if (o->again)
		return OK;
	if ((e = ready_write(o->d, tx, &o->r, &o->id)) != OK)
		return e;
	return once_keep(o->d, tx, &o->once, o->id);
}

static void
opening_done(void *arg, enum err e)
{
	struct opening *o = arg;

	o->told.tell(o->told.arg, e, o->id, o->again);
}

enum err
intake_open(struct desk *d, const struct intake *in, struct intake_told told)
{
	struct opening *o = mem_new(d->cx->mem, struct opening);
	enum err e;

	*o = (struct opening){.d = d,
	    .told = told,
	    .unit = {.work = opening_write, .done = opening_done, .arg = o}};
	if ((e = desk_needs(d, ROLE_AGENT)) != OK ||
	    (e = once_make(d, asked_text(d, in), &o->once)) != OK ||
	    (e = once_find(d, d->db, &o->once, &o->id)) != OK)
		return e;
	if (o->id != 0) {
		told.tell(told.arg, OK, o->id, true);
		return OK;
	}
	ready_make(d, in, &o->r);
	if (d->cx->fault.err != OK) /* no turn for what is refused anyway */
		return ready_check(d, d->db, &o->r);
	return db_later(d->db, &o->unit);
}

enum err
intake_wording(struct desk *d, struct str question,
    struct wording_verdict *out)
{
	enum err e;

	if ((e = desk_needs(d, ROLE_AGENT)) == OK)
		(void)wording_judge(d->house->wording, question, out);
	return e;
}
