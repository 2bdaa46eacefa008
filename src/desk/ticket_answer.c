/*
 * Answering: an answer is screened for what must not leave the house, and with
 * it, in the same transaction, stands in the outbox how it reaches the customer.
 */
#include "base/text.h"
#include "desk/confidential.h"
#include "desk/customer_write.h"
#include "desk/house.h"
#include "desk/ticket_move.h"
#include "store/queries.h"

enum { SUMMARY_CHARACTERS = 60 };

enum err
ticket_address(struct desk *d, struct db *db, const struct q_ticket *t,
    struct str *out)
{
	*out = STR("");
	return t->customer_id.has
	    ? caller_address(d, db, t->customer_id.v, t->person_id,
		  t->caller_name, out)
	    : OK;
}

static struct leaving
leaving_of(const struct q_ticket *t, struct str text)
{
	return (struct leaving){.text = text,
	    .ticket_id = t->id,
	    .customer_id = t->customer_id.has ? t->customer_id.v : 0,
	    .call_id = t->call_id.has ? t->call_id.v : 0,
	    .release = STR("")};
}

/* What was held back once has been counted, and whoever opens it sees why. */
static enum err
was_held(struct desk *d, int64_t id, struct str body, bool *out)
{
	struct q_held_of_ticket_rows rows;
	enum err e = q_held_of_ticket(d->db, d->cx->mem, id, &rows);

	*out = false;
	for (size_t i = 0; e == OK && i < rows.n; i++)
		*out |= str_eq(rows.v[i].body, body);
	return e;
}

enum err
ticket_look(struct desk *d, int64_t id, struct str body,
    struct screen_hits *out)
{
	struct leaving l;
	struct q_ticket t;
	bool held;
	enum err e;

	out->n = 0;
	if ((e = desk_needs(d, ROLE_AGENT)) != OK ||
	    (e = q_ticket(d->db, d->cx->mem, id, &t)) != OK ||
	    (e = was_held(d, id, body, &held)) != OK)
		return e;
	l = leaving_of(&t, body);
	l.typing = !held;
	return confidential_look(d, &l, out);
}

static enum err
letter_put(struct desk *d, struct db_tx *tx, const struct q_ticket *t,
    const struct ticket_change *c, int64_t message_id)
{
	void *mem = d->cx->mem;
	struct str number = ticket_number(mem, t->id);
	struct str summary =
	    text_excerpt(mem, t->question, SUMMARY_CHARACTERS);
	struct letter l = {.kind = OUTBOX_TICKET,
	    .subject_id = t->id,
	    .part_id = message_id,
	    .way = c->way,
	    .person = t->caller_name,
	    .address = c->address.p ? c->address : STR(""),
	    .subject = str_printf(mem, "[%.*s] %.*s", STR_FMT(number),
		STR_FMT(summary)),
	    .body = str_printf(mem, "%.*s\n\n-- \n%.*s\nTicket %.*s\n",
		STR_FMT(c->body), STR_FMT(d->house->config->company),
		STR_FMT(number))};
	struct leaving text = leaving_of(t, c->body);
	int64_t id, dropped;
	enum err e;

	if (l.way == WAY_AS_FITS && str_empty(l.address) &&
	    (e = ticket_address(d, tx->db, t, &l.address)) != OK)
		return e;
	text.message_id = message_id;
	if (c->release.p)
		text.release = c->release;
	if ((e = outbox_put(d, tx, &l, &text, &id)) != OK ||
	    (e = q_held_draft_drop(tx, t->id, c->body, &dropped)) != OK)
		return e;
	return q_held_drop(tx, t->id, &dropped);
}

/* Keeps a text that must not leave so: for its writer as a draft, and for the
 * supervisors to see. */
static enum err
hold(struct desk *d, const struct ticket_change *c)
{
	int64_t me = d->actor.employee_id;
	DB_TX tx = {0};
	enum err e;

	if ((e = db_begin(d->db, &tx)) != OK ||
	    (e = q_ticket_draft_save(&tx, c->id, me, c->body,
		 d->cx->now_ms)) != OK ||
	    (e = q_held_save(&tx, c->id, me, c->body, d->cx->now_ms)) != OK ||
	    (e = confidential_held(d, &tx)) != OK)
		return e;
	return db_commit(&tx);
}

enum err
ticket_answer(struct desk *d, const struct ticket_change *c)
{
	static const struct move m = {
	    1u << TICKET_UNANSWERED, TICKET_ANSWERED, MESSAGE_ANSWER,
	    "ticket.answered",
	    N_("This ticket does not wait for an answer."), false, letter_put};
	enum err e = ticket_move(d, c, &m), held;

	if (e != ERR_CONFIDENTIAL)
		return e;
	held = hold(d, c);
	return held != OK ? held : e;
}
