/*
 * The intake. One check for every door: which evidence a ticket must bring is
 * decided here, by the kind of ticket and the door it comes through, and by
 * nothing else. Import brings its own mark instead of a conversation.
 */
#include "desk/intake.h"

#include "base/calendar.h"
#include "base/text.h"
#include "desk/contract.h"
#include "desk/event.h"
#include "desk/house.h"
#include "desk/once.h"
#include "store/queries.h"

enum { SUMMARY_CHARACTERS = 120, LINE_MOST = 200 };

/* One missing evidence, by name; more may follow. */
static void
lacks(struct desk *d, const char *evidence, const char *msgid)
{
	(void)fail(d->cx, ERR_EVIDENCE, evidence, msgid, NULL);
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
		    N_("What was searched for on the website is missing."));
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

static enum err
contract_check(struct desk *d, struct db *db, const struct intake *in)
{
	enum entitlement entitled;
	enum err e;

	if (in->kind != KIND_SUPPORT)
		return OK;
	if (in->customer_id == 0) {
		lacks(d, "customer", N_("The customer is missing."));
		return OK;
	}
	if ((e = contract_entitlement(d, db, in->customer_id,
		 calendar_date(d->cx->mem, d->cx->now_ms), &entitled)) != OK)
		return e;
	if (entitled != ENTITLED)
		lacks(d, "contract",
		    N_("There is no free support without an active "
		       "contract."));
	return OK;
}

static enum err
evidence_check(struct desk *d, struct db *db, const struct intake *in)
{
	enum err e;

	if ((e = contract_check(d, db, in)) != OK)
		return e;
	if (in->person_id == 0 && str_empty(in->caller_name))
		lacks(d, "person", N_("The person who is calling is missing."));
	question_check(d, in->question);
	conversation_check(d, in);
	if (text_length(in->search_words) > LINE_MOST)
		lacks(d, "search", N_("The search words are too long."));
	if (text_length(in->search_reason) > LINE_MOST)
		lacks(d, "reason", N_("The reason is too long."));
	return d->cx->fault.err;
}

static enum err
opened_event(struct desk *d, struct db_tx *tx, const struct intake *in,
    int64_t id)
{
	struct event ev;

	event_begin(d, &ev);
	event_text(&ev, "kind", str_of(ticket_kind_name(in->kind)));
	event_int(&ev, "customer", in->customer_id);
	event_int(&ev, "call", in->call_id);
	event_text(&ev, "question", in->question);
	event_text(&ev, "search", in->search_words);
	event_text(&ev, "reason", in->search_reason);
	return event_add(d, tx, &ev, "ticket.opened", id);
}

static struct opt_i64
opt_id(int64_t id)
{
	return (struct opt_i64){id != 0, id};
}

enum err
intake_write(struct desk *d, struct db_tx *tx, const struct intake *in,
    int64_t *out_id)
{
	void *mem = d->cx->mem;
	int64_t id;
	enum err e;

	if ((e = evidence_check(d, tx->db, in)) != OK)
		return e;
	if ((e = q_ticket_add(tx, mem, in->kind, opt_id(in->customer_id),
		 opt_id(in->person_id), in->caller_name, in->caller_number,
		 text_excerpt(mem, in->question, SUMMARY_CHARACTERS),
		 in->question, in->search_words, in->search_reason,
		 in->read_back, in->internet_hint, d->actor.door,
		 opt_id(in->call_id), d->actor.employee_id, d->cx->now_ms,
		 &id)) != OK ||
	    (e = opened_event(d, tx, in, id)) != OK)
		return e;
	*out_id = id;
	return OK;
}

static struct str
asked(struct desk *d, const struct intake *in)
{
	return str_printf(d->cx->mem,
	    "%d\n%lld\n%lld\n%.*s\n%.*s\n%.*s\n%.*s\n%d%d", in->kind,
	    (long long)in->customer_id, (long long)in->person_id,
	    STR_FMT(in->caller_name), STR_FMT(in->question),
	    STR_FMT(in->search_words), STR_FMT(in->search_reason),
	    in->read_back, in->internet_hint);
}

enum err
intake_open(struct desk *d, const struct intake *in, struct str nonce,
    int64_t *out_id, bool *again)
{
	struct str what = asked(d, in);
	int64_t id;
	DB_TX tx = {0};
	enum err e;

	if ((e = desk_needs(d, ROLE_AGENT)) != OK ||
	    (e = db_begin(d->db, &tx)) != OK ||
	    (e = once_find(d, &tx, nonce, what, &id)) != OK)
		return e;
	*again = id != 0;
	if (id == 0 &&
	    ((e = intake_write(d, &tx, in, &id)) != OK ||
		(e = once_keep(d, &tx, nonce, what, id)) != OK))
		return e;
	if ((e = db_commit(&tx)) != OK)
		return e;
	*out_id = id;
	return OK;
}
