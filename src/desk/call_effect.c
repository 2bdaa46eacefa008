/*
 * What follows from a call's entries, in the transaction that writes them: the
 * outcome of a matter (a ticket goes through the intake), a price that was said
 * and answered (an order), and the call's end, with the paid time and with what
 * nobody paid for.
 */
#include "desk/call_effect.h"

#include "desk/call_state.h"
#include "desk/consultation.h"
#include "desk/event.h"
#include "desk/gap.h"
#include "desk/intake.h"
#include "store/queries.h"

static enum contact_class
class_of(const struct matter *m)
{
	switch (m->outcome) {
	case OUTCOME_ORDER:
	case OUTCOME_CONSULTATION:
		return CLASS_ORDER;
	case OUTCOME_ANSWERED:
	case OUTCOME_REFERRED:
	case OUTCOME_KNOWN_FAULT:
	case OUTCOME_CUSTOMERS_FAULT:
	case OUTCOME_TICKET:
		return m->evidence & BIT(EVIDENCE_CONTRACT) ? CLASS_SUPPORT
							    : CLASS_NEITHER;
	default:
		return CLASS_NEITHER;
	}
}

static enum ticket_kind
kind_of(const struct matter *m)
{
	if (m->evidence & BIT(EVIDENCE_KIND_PROSPECT))
		return KIND_PROSPECT;
	if (m->evidence & BIT(EVIDENCE_KIND_PARTNER))
		return KIND_PARTNER;
	if (m->evidence & BIT(EVIDENCE_KIND_LEGAL))
		return KIND_LEGAL;
	return KIND_SUPPORT;
}

static enum reason_kind
reason_of(const struct matter *m)
{
	if (m->evidence & BIT(EVIDENCE_REASON_NOT_THERE))
		return REASON_NOT_THERE;
	if (m->evidence & BIT(EVIDENCE_REASON_NOT_CLEAR))
		return REASON_NOT_CLEAR;
	if (m->evidence & BIT(EVIDENCE_REASON_NOT_FOUND))
		return REASON_NOT_FOUND;
	return m->evidence & BIT(EVIDENCE_REASON) ? REASON_OTHER : REASON_NONE;
}

/* The ticket that the matter ended with, from what is on record. */
static enum err
matter_ticket(struct desk *d, struct db_tx *tx, const struct call *c,
    const struct matter *m, int64_t *out_id)
{
	const struct q_call *row = &c->row;
	struct intake in = {
	    .kind = kind_of(m),
	    .call_id = row->id,
	    .customer_id = row->customer_id.has ? row->customer_id.v : 0,
	    .person_id = row->person_id.has ? row->person_id.v : 0,
	    .caller_name = row->caller_name,
	    .caller_number = row->caller_number,
	    .question = call_typed(c, "question"),
	    .search_words = call_typed(c, "search"),
	    .search_reason = call_typed(c, "reason"),
	    .reason_kind = reason_of(m),
	    .searched = c->searched,
	    .read_back = m->evidence & BIT(EVIDENCE_READ_BACK),
	    .internet_hint = m->evidence & BIT(EVIDENCE_INTERNET_HINT),
	};

	return intake_write(d, tx, &in, out_id);
}

/* The answer is worth more, and where it was not the first that these words
 * found, it is from now on. */
static enum err
search_served(struct desk *d, struct db_tx *tx, const struct q_search_row *s)
{
	enum err e = index_served(d->cx, tx, s->taken_id.v);

	if (e != OK || s->taken_rank == 1)
		return e;
	return index_teach(d->cx, tx, s->taken_id.v, s->words, true);
}

/* What the matter's searches were worth: an answer that ended it well counts,
 * words that found nothing although somebody knew the answer are a gap. Those
 * that led to a ticket are noted by the intake. */
static enum err
matter_searched(struct desk *d, struct db_tx *tx, const struct call *c,
    const struct matter *m, int64_t ticket)
{
	bool well = m->outcome == OUTCOME_ANSWERED ||
	    m->outcome == OUTCOME_REFERRED;
	struct gap_case gap;

	if (!c->searched)
		return OK;
	if (ticket)
		return q_search_ticket(tx, c->row.id, call_matter(c),
		    opt(ticket));
	if (well && c->search.taken_id.has)
		return search_served(d, tx, &c->search);
	if (!well || c->search.found != 0)
		return OK;
	gap = gap_case(d, c->search.words);
	return gap_note(d, tx, &gap);
}

/* What the matter was about, for an order: the question that was taken down;
 * advice may be about less. */
static struct str
description_of(struct desk *d, const struct call *c)
{
	static const char *const names[] = {"question", "text", "search"};

	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
		if (!str_empty(call_typed(c, names[i])))
			return call_typed(c, names[i]);
	return str_of(tr(d->cx->lang, N_("Advice during the call")));
}

/* What was typed for this price has served. */
static enum err
words_clear(struct desk *d, struct db_tx *tx, const struct call *c)
{
	enum err e = q_call_input_save(tx, c->row.id, call_matter(c),
	    STR("words"), STR(""), d->cx->now_ms);

	return e != OK ? e
		       : q_call_input_save(tx, c->row.id, call_matter(c),
			     STR("price"), STR(""), d->cx->now_ms);
}

/* A price was said and answered: yes, no, or an offer that stays open. */
static enum err
order_from_call(struct desk *d, struct db_tx *tx, const struct call *c,
    const struct walk *after, int64_t *out_order)
{
	const struct q_call *row = &c->row;
	bool yes = after->put & (BIT(EVIDENCE_ACCEPTED) | BIT(EVIDENCE_PAID));
	bool open = !yes && after->matters_n > c->walk.matters_n &&
	    after->matter[after->matters_n - 1].outcome == OUTCOME_ORDER;
	enum order_kind kind = call_offers(c);
	struct order_draft o = {
	    .kind = kind,
	    .customer_id = row->customer_id.has ? row->customer_id.v : 0,
	    .person_id = row->person_id.has ? row->person_id.v : 0,
	    .call_id = row->id,
	    .caller_name = row->caller_name,
	    .description = kind == ORDER_CONSULTATION
		? description_of(d, c)
		: call_typed(c, "question"),
	    .price = c->price,
	    .answered = !open,
	    .accepted = yes,
	    .words = call_typed(c, "words"),
	};
	enum err e;

	if ((e = order_write(d, tx, &o, out_order)) != OK ||
	    (e = words_clear(d, tx, c)) != OK)
		return e;
	return after->put & BIT(EVIDENCE_PAID)
	    ? consultation_begin(d, tx, *out_order)
	    : OK;
}

/* The order that a matter ended with. */
static enum err
matter_order(struct desk *d, struct db_tx *tx, const struct call *c,
    const struct matter *m, struct opt_i64 *out)
{
	struct consultation paid;
	int64_t id = 0;
	enum err e = OK;

	if (m->outcome == OUTCOME_TRANSFERRED) {
		id = c->order.id;
	} else if (m->outcome == OUTCOME_CONSULTATION) {
		e = consultation_of_call(d, tx->db, c->row.id, &paid);
		id = paid.order_id;
	} else if (m->evidence & BIT(EVIDENCE_PRICE_SAID)) {
		e = q_order_of_call(tx->db, d->cx->mem, c->row.id, &id);
	}
	*out = opt_id(id);
	return e;
}

/* Carries out the outcome of the matter that has just ended. */
static enum err
matter_end(struct desk *d, struct db_tx *tx, const struct call *c,
    const struct walk *w, int64_t *out_ticket)
{
	const struct matter *m = &w->matter[w->matters_n - 1];
	bool written = m->outcome == OUTCOME_TICKET ||
	    m->outcome == OUTCOME_RECORDED;
	struct opt_i64 order;
	struct event ev;
	enum err e;

	if ((written && (e = matter_ticket(d, tx, c, m, out_ticket)) != OK) ||
	    (e = matter_searched(d, tx, c, m, *out_ticket)) != OK ||
	    (e = matter_order(d, tx, c, m, &order)) != OK)
		return e;
	event_begin(d, &ev);
	event_int(&ev, "matter", w->matters_n);
	event_text(&ev, "outcome", str_of(outcome_name(m->outcome)));
	if (*out_ticket)
		event_int(&ev, "ticket", *out_ticket);
	if (order.has)
		event_int(&ev, "order", order.v);
	if (m->outcome == OUTCOME_TRANSFERRED)
		event_text(&ev, "employee", c->order.employee_name);
	if ((e = q_call_matter_add(tx, c->row.id, w->matters_n, class_of(m),
		 str_of(outcome_name(m->outcome)), opt_id(*out_ticket), order,
		 d->cx->now_ms)) != OK)
		return e;
	return event_add(d, tx, &ev, "call.matter", c->row.id);
}

/* The call is over: so is the paid time. What went on past the limit unpaid is
 * kept as a fact (M17 books it). */
static enum err
call_end(struct desk *d, struct db_tx *tx, const struct call *c,
    int64_t *out_overrun)
{
	const struct instruction *ins = c->instruction;
	struct consultation paid;
	struct event ev;
	enum err e;

	if ((e = consultation_of_call(d, tx->db, c->row.id, &paid)) != OK ||
	    (e = consultation_end(d, tx, &paid)) != OK)
		return e;
	*out_overrun = call_overrun(&paid, c->row.started_ms, d->cx->now_ms,
	    ins->call_ms, ins->grace_ms);
	if (*out_overrun == 0)
		return OK;
	event_begin(d, &ev);
	event_int(&ev, "overrun_ms", *out_overrun);
	return event_add(d, tx, &ev, "call.overran", c->row.id);
}

enum err
call_carry_out(struct desk *d, struct db_tx *tx, const struct call *c,
    const struct walk *after, struct call_effects *out)
{
	enum err e = OK;

	*out = (struct call_effects){0};
	if (after->put & BIT(EVIDENCE_PRICE_SAID))
		e = order_from_call(d, tx, c, after, &out->order);
	if (e == OK && after->matters_n > c->walk.matters_n)
		e = matter_end(d, tx, c, after, &out->ticket);
	if (e == OK && after->over)
		e = call_end(d, tx, c, &out->overrun_ms);
	return e;
}
