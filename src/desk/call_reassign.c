/*
 * Moving a call to the customer it should have been taken under.
 *
 * The transcript stays as it is. It says what was asked and answered, with the
 * facts that were used then, and all of that did happen; an entry that changed
 * them afterwards would be a lie, and one that the instruction does not know
 * could stand in no proof. So a move touches only what lies beside the
 * transcript: whose call it is, how that customer was identified, who is on the
 * line. For that to be sound, what the transcript has put on record must hold of
 * the new customer too. Two things of a customer are ever on record: that there
 * is one, identified, which this file demands; and that a contract is active,
 * which it demands as well, or marks as the exception a supervisor made. What
 * the guide has not asked yet it asks of the new customer, whose facts it gets
 * from now on; and who goes back behind the identification is asked for the
 * customer again (call_move.c lets go of what the move said then).
 */
#include "desk/call_reassign.h"

#include "base/calendar.h"
#include "base/mem.h"
#include "base/text.h"
#include "desk/call_state.h"
#include "desk/check.h"
#include "desk/contract.h"
#include "desk/customer_write.h"
#include "desk/event.h"
#include "store/queries.h"

enum { CHECKED_LEAST = 3 }; /* characters, as in the guide */

/* A move that was looked at: what will be written. */
struct move {
	struct call_reassign r;
	struct call call;
	struct q_customer to;
	struct opt_i64 person;
	struct str name;
	bool uncovered; /* free support, and no active contract on that day */
};

/* The call's own employee while it runs and on the day it ended; supervisors
 * always. */
static bool
is_theirs(struct desk *d, const struct call *c)
{
	void *mem = d->cx->mem;

	if (d->actor.role >= ROLE_SUPERVISOR)
		return true;
	if (c->row.employee_id != d->actor.employee_id)
		return false;
	return !c->row.ended_ms.has ||
	    str_eq(calendar_date(mem, c->row.ended_ms.v),
		calendar_date(mem, d->cx->now_ms));
}

/* While it runs, the guide comes first. */
static bool
is_identified(const struct call *c)
{
	return c->walk.over || c->walk.evidence & BIT(EVIDENCE_CUSTOMER);
}

bool
call_may_reassign(struct desk *d, const struct call *c)
{
	return is_theirs(d, c) && is_identified(c);
}

static enum err
may_move(struct desk *d, const struct call *c, int64_t moved_before)
{
	if (!is_theirs(d, c))
		return fail(d->cx, ERR_FORBIDDEN, "",
		    N_("Only the employee who took the call may move it, on "
		       "the same day, or a supervisor."));
	if (!is_identified(c))
		return fail(d->cx, ERR_CONFLICT, "",
		    N_("The guide has identified nobody yet; choose the "
		       "customer there."));
	if (moved_before >= REASSIGNMENTS_MOST)
		return fail(d->cx, ERR_CONFLICT, "",
		    N_("This call was moved too often."));
	return OK;
}

static void
lacks(struct desk *d, const char *evidence, const char *msgid)
{
	(void)fail(d->cx, ERR_EVIDENCE, evidence, "%s",
	    tr(d->cx->lang, msgid));
}

/* The new customer, by id or by its whole number. */
static enum err
customer_find(struct desk *d, struct db *db, struct move *m)
{
	struct str key = text_number_key(d->cx->mem, m->r.typed);
	int64_t id = m->r.customer_id;
	enum err e = OK;

	if (id == 0 && !str_empty(key))
		e = q_customer_by_key(db, d->cx->mem, key, &id);
	if (e != OK && e != ERR_NOT_FOUND)
		return e;
	if (id == 0)
		return fail(d->cx, ERR_EVIDENCE, "customer",
		    N_("Choose the customer first."));
	if (id == (m->call.row.customer_id.has ? m->call.row.customer_id.v : 0))
		return fail(d->cx, ERR_INVALID, "customer",
		    N_("The call is this customer's already."));
	return customer_read(d, db, id, &m->to);
}

/* As at the beginning of a call (M3): the whole number, the voice, or what was
 * checked instead. */
static void
identified_check(struct desk *d, const struct move *m)
{
	struct str key = text_number_key(d->cx->mem, m->r.typed);

	switch (m->r.by) {
	case IDENTIFIED_NUMBER:
		if (!str_eq(key, m->to.number_key))
			lacks(d, "number",
			    N_("Type the whole customer number first."));
		return;
	case IDENTIFIED_VOICE:
		return;
	case IDENTIFIED_CHECK:
		if (text_length(m->r.checked) < CHECKED_LEAST)
			lacks(d, "checked",
			    N_("Write down what you checked instead."));
		return;
	case IDENTIFIED_NOT:
		lacks(d, "identified",
		    N_("Say how the customer was identified."));
	}
}

/* Whether the call gave free support, or is about to (M1). */
static bool
is_support(const struct call *c)
{
	for (size_t i = 0; i < c->matters.n; i++)
		if (c->matters.v[i].class == CLASS_SUPPORT)
			return true;
	return !c->walk.over && c->walk.evidence & BIT(EVIDENCE_CONTRACT);
}

static enum err
contract_check(struct desk *d, struct db *db, struct move *m)
{
	struct str day = calendar_date(d->cx->mem, m->call.row.started_ms);
	enum entitlement entitled;
	enum err e;

	if (!is_support(&m->call))
		return OK;
	if ((e = contract_entitlement(d, db, m->to.id, day, &entitled)) != OK)
		return e;
	m->uncovered = entitled != ENTITLED;
	if (m->uncovered && d->actor.role < ROLE_SUPERVISOR)
		lacks(d, "contract",
		    N_("This customer had no active contract on the day of the "
		       "call; only a supervisor may move it there."));
	return OK;
}

/* A person of the new customer, or the name alone. */
static enum err
person_check(struct desk *d, struct db *db, struct move *m)
{
	struct q_person p;
	enum err e;

	m->person = (struct opt_i64){m->r.person_id != 0, m->r.person_id};
	m->name = m->r.name.n ? m->r.name : m->call.row.caller_name;
	if (!m->person.has)
		return OK;
	if ((e = person_of_customer(d, db, m->to.id, m->r.person_id, &p)) == OK)
		m->name = p.name;
	return e;
}

static enum err
texts_check(struct desk *d, struct move *m)
{
	struct cx *cx = d->cx;
	enum err e = OK;

	e = check_both(e,
	    check_line(cx, "typed", &m->r.typed, CALL_LINE_MOST, false));
	e = check_both(e,
	    check_line(cx, "checked", &m->r.checked, CALL_LINE_MOST, false));
	e = check_both(e,
	    check_line(cx, "name", &m->r.name, CALL_LINE_MOST, false));
	return check_both(e,
	    check_line(cx, "reason", &m->r.reason, CALL_LINE_MOST, true));
}

/* Everything that is wrong, said at once; the customer comes first, because all
 * else is about that one. */
static enum err
move_check(struct desk *d, struct db *db, struct move *m)
{
	enum err e;

	if ((e = customer_find(d, db, m)) != OK ||
	    (e = contract_check(d, db, m)) != OK ||
	    (e = person_check(d, db, m)) != OK)
		return e;
	identified_check(d, m);
	return d->cx->fault.err;
}

static void
event_fill(struct event *ev, const struct move *m)
{
	static const char *const ways[] = {
	    [IDENTIFIED_NOT] = "",
	    [IDENTIFIED_NUMBER] = "number",
	    [IDENTIFIED_VOICE] = "voice",
	    [IDENTIFIED_CHECK] = "check",
	};
	struct opt_i64 from = m->call.row.customer_id;

	event_int(ev, "call", m->call.row.id);
	event_int(ev, "from", from.has ? from.v : 0);
	event_int(ev, "to", m->to.id);
	event_text(ev, "reason", m->r.reason);
	event_text(ev, "identified", str_of(ways[m->r.by]));
	event_text(ev, "checked", m->r.checked);
	event_int(ev, "person", m->person.has ? m->person.v : 0);
	event_text(ev, "name", m->name);
	event_int(ev, "without_contract", m->uncovered);
}

/* The orders go along that were not invoiced yet. */
static enum err
orders_move(struct desk *d, struct db_tx *tx, const struct move *m)
{
	struct q_order_movable_rows orders;
	struct event ev;
	enum err e;

	if ((e = q_order_movable(tx->db, d->cx->mem, m->call.row.id,
		 WALK_ENTRIES_MAX, &orders)) != OK)
		return e;
	for (size_t i = 0; i < orders.n; i++) {
		event_begin(d, &ev);
		event_fill(&ev, m);
		if ((e = q_order_reassign(tx, orders.v[i].id, m->to.id,
			 m->person, m->name)) != OK ||
		    (e = event_add(d, tx, &ev, "order.reassigned",
			 orders.v[i].id)) != OK)
			return e;
	}
	return OK;
}

/* The tickets go along, answered or not; their threads stay. Their version goes
 * up: whoever is writing an answer must see first whom it is for. */
static enum err
tickets_move(struct desk *d, struct db_tx *tx, const struct move *m)
{
	const struct q_call_matters_rows *matters = &m->call.matters;
	struct event ev;
	enum err e;

	for (size_t i = 0; i < matters->n; i++) {
		struct opt_i64 ticket = matters->v[i].ticket_id;

		if (!ticket.has)
			continue;
		event_begin(d, &ev);
		event_fill(&ev, m);
		if ((e = q_ticket_reassign(tx, ticket.v, m->to.id, m->person,
			 m->name)) != OK ||
		    (e = event_add(d, tx, &ev, "ticket.reassigned",
			 ticket.v)) != OK)
			return e;
	}
	return OK;
}

/* What the guide's fields hold of the identification, should it go back. */
static enum err
inputs_move(struct desk *d, struct db_tx *tx, const struct move *m)
{
	int64_t id = m->call.row.id, now = d->cx->now_ms;
	enum err e;

	if ((e = q_call_input_save(tx, id, 0, STR("number"), m->r.typed,
		 now)) != OK)
		return e;
	return q_call_input_save(tx, id, 0, STR("confirmed"), m->r.checked,
	    now);
}

static enum err
move_write(struct desk *d, struct db_tx *tx, const struct move *m,
    int64_t number)
{
	const struct q_call *row = &m->call.row;
	struct event ev;
	enum err e;

	if ((e = q_call_reassign(tx, row->id, m->to.id, m->person, m->name,
		 m->r.by, m->r.checked)) != OK ||
	    (e = q_call_reassignment_add(tx, row->id, number, row->customer_id,
		 m->to.id, m->r.by, m->r.checked, m->r.reason, m->uncovered,
		 d->actor.employee_id, d->cx->now_ms)) != OK ||
	    (e = inputs_move(d, tx, m)) != OK ||
	    (e = tickets_move(d, tx, m)) != OK ||
	    (e = orders_move(d, tx, m)) != OK)
		return e;
	event_begin(d, &ev);
	event_fill(&ev, m);
	return event_add(d, tx, &ev, "call.reassigned", row->id);
}

enum err
call_reassign(struct desk *d, const struct call_reassign *r)
{
	struct move *m = mem_new(d->cx->mem, struct move);
	struct q_call_reassignments_rows before;
	DB_TX tx = {0};
	enum err e;

	m->r = *r;
	if ((e = desk_needs(d, ROLE_AGENT)) != OK ||
	    (e = db_begin(d->db, &tx)) != OK ||
	    (e = call_load(d, tx.db, r->call_id, &m->call)) != OK ||
	    (e = q_call_reassignments(tx.db, d->cx->mem, r->call_id,
		 &before)) != OK ||
	    (e = may_move(d, &m->call, (int64_t)before.n)) != OK)
		return e;
	e = texts_check(d, m);
	if ((e = check_both(e, move_check(d, tx.db, m))) != OK)
		return e;
	if (m->r.by != IDENTIFIED_CHECK)
		m->r.checked = STR("");
	if ((e = move_write(d, &tx, m, (int64_t)before.n + 1)) != OK)
		return e;
	return db_commit(&tx);
}

enum err
call_reassignments(struct desk *d, int64_t call_id,
    struct q_call_reassignments_rows *out)
{
	enum err e;

	if ((e = desk_needs(d, ROLE_AGENT)) != OK)
		return e;
	return q_call_reassignments(d->db, d->cx->mem, call_id, out);
}
