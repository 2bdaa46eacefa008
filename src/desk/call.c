/*
 * Calls: beginning one, choosing who is on the line, keeping what is typed.
 * Reading one is call_state.c; leading it through the instruction and what
 * follows from that is call_move.c.
 */
#include "desk/call.h"

#include "base/config.h"
#include "base/phone.h"
#include "base/text.h"
#include "desk/call_state.h"
#include "desk/customer.h"
#include "desk/event.h"
#include "desk/house.h"
#include "store/queries.h"

enum err
call_open(struct desk *d, int64_t *out_id)
{
	enum err e;

	if ((e = desk_needs(d, ROLE_AGENT)) != OK)
		return e;
	*out_id = 0;
	e = q_call_open(d->db, d->cx->mem, d->actor.employee_id, out_id);
	return e == ERR_NOT_FOUND ? OK : e;
}

enum err
call_start(struct desk *d, struct str caller_number, int64_t *out_id)
{
	const struct instruction *ins;
	struct str e164;
	struct event ev;
	int64_t version;
	DB_TX tx = {0};
	enum err e;

	if ((e = desk_needs(d, ROLE_AGENT)) != OK ||
	    (e = house_in_force(d, &version, &ins)) != OK)
		return e;
	if (!phone_normalise(d->cx->mem, caller_number,
		d->house->config->country_code.p, &e164))
		e164 = STR("");
	if ((e = db_begin(d->db, &tx)) != OK)
		return e;
	e = q_call_open(tx.db, d->cx->mem, d->actor.employee_id, out_id);
	if (e == OK)
		return fail(d->cx, ERR_CONFLICT, "",
		    N_("You have an open call; end it first."));
	if (e != ERR_NOT_FOUND)
		return e;
	event_begin(d, &ev);
	event_text(&ev, "caller_number", e164);
	if ((e = q_call_add(&tx, d->cx->mem, d->actor.employee_id,
		 d->actor.door, version, d->cx->now_ms, e164, out_id)) != OK ||
	    (e = event_add(d, &tx, &ev, "call.started", *out_id)) != OK)
		return e;
	return db_commit(&tx);
}

enum err
call_get(struct desk *d, int64_t id, struct call *out)
{
	enum err e;

	if ((e = desk_needs(d, ROLE_AGENT)) != OK)
		return e;
	return call_load(d, d->db, id, out);
}

enum err
call_of_customer(struct desk *d, int64_t customer_id,
    struct q_call_row_rows *out)
{
	enum err e;

	if ((e = desk_needs(d, ROLE_AGENT)) != OK)
		return e;
	return q_call_of_customer(d->db, d->cx->mem, customer_id, out);
}

enum err
call_mine(struct desk *d, struct q_call_row_rows *out)
{
	enum err e;

	if ((e = desk_needs(d, ROLE_AGENT)) != OK)
		return e;
	return q_call_of_employee(d->db, d->cx->mem, d->actor.employee_id, out);
}

/* What is on record cannot be changed behind the transcript's back, but in a
 * step that asks for it (again). */
static enum err
must_be_open(struct desk *d, const struct call *c, uint64_t evidence,
    uint64_t inputs)
{
	const struct step *s = &c->instruction->step[c->walk.step];

	if (!(c->walk.evidence & evidence) || inputs & BIT(s->input))
		return OK;
	return fail(d->cx, ERR_CONFLICT, "",
	    N_("This is on record already; go back a step to change it."));
}

static const uint64_t finds_customer = BIT(INPUT_NUMBER) |
    BIT(INPUT_CUSTOMER) | BIT(INPUT_CONFIRMED);

enum err
call_customer(struct desk *d, int64_t id, int64_t customer_id, struct str typed)
{
	struct q_customer customer;
	struct call c;
	DB_TX tx = {0};
	enum err e;

	if (text_length(typed) > CALL_LINE_MOST)
		return fail(d->cx, ERR_INVALID, "typed",
		    N_("At most %d characters fit here."), CALL_LINE_MOST);
	if ((e = desk_needs(d, ROLE_AGENT)) != OK ||
	    (e = db_begin(d->db, &tx)) != OK ||
	    (e = call_load_own(d, tx.db, id, &c)) != OK ||
	    (e = must_be_open(d, &c, BIT(EVIDENCE_CUSTOMER),
		 finds_customer)) != OK)
		return e;
	if (customer_id &&
	    (e = customer_get(d, customer_id, &customer)) != OK)
		return e;
	if ((e = q_call_customer_set(&tx, id,
		 (struct opt_i64){customer_id != 0, customer_id})) != OK ||
	    (e = q_call_input_save(&tx, id, 0, STR("number"), typed,
		 d->cx->now_ms)) != OK)
		return e;
	return db_commit(&tx);
}

/* The customer's person of that name; a new one if there is none. */
static enum err
person_named(struct desk *d, struct db_tx *tx, const struct call *c,
    struct str name, struct opt_i64 *out)
{
	*out = (struct opt_i64){0};
	if (!c->row.customer_id.has || str_empty(name))
		return OK;
	out->has = true;
	return person_find_or_add(d, tx, c->row.customer_id.v, name, &out->v);
}

/* The chosen person's name, which must be one of this customer's. */
static enum err
person_chosen(struct desk *d, struct db *db, const struct call *c,
    int64_t person_id, struct str *out_name)
{
	struct q_person p;
	enum err e;

	e = q_person(db, d->cx->mem, person_id, &p);
	if (e != OK && e != ERR_NOT_FOUND)
		return e;
	if (e == ERR_NOT_FOUND || !c->row.customer_id.has ||
	    p.customer_id != c->row.customer_id.v)
		return fail(d->cx, ERR_INVALID, "person",
		    N_("This person does not belong to the customer."));
	*out_name = p.name;
	return OK;
}

enum err
call_person(struct desk *d, int64_t id, int64_t person_id, struct str name)
{
	struct opt_i64 person = {person_id != 0, person_id};
	struct call c;
	DB_TX tx = {0};
	enum err e;

	if (text_length(name) > CALL_LINE_MOST)
		return fail(d->cx, ERR_INVALID, "name",
		    N_("At most %d characters fit here."), CALL_LINE_MOST);
	if ((e = desk_needs(d, ROLE_AGENT)) != OK ||
	    (e = db_begin(d->db, &tx)) != OK ||
	    (e = call_load_own(d, tx.db, id, &c)) != OK ||
	    (e = must_be_open(d, &c, BIT(EVIDENCE_PERSON),
		 BIT(INPUT_PERSON))) != OK)
		return e;
	if (person_id)
		e = person_chosen(d, tx.db, &c, person_id, &name);
	else
		e = person_named(d, &tx, &c, name, &person);
	if (e != OK ||
	    (e = q_call_person_set(&tx, id, person, name)) != OK)
		return e;
	return db_commit(&tx);
}

/* What may be typed, how long, for the whole call or a matter, and which
 * evidence it becomes. */
static const struct typed {
	const char *name;
	size_t most;
	bool whole_call;
	uint64_t evidence;
	uint64_t inputs;  /* of the steps that ask for it */
} typed[] = {
    {"question", CALL_INPUT_MOST, false, BIT(EVIDENCE_QUESTION),
	BIT(INPUT_QUESTION)},
    {"search", CALL_LINE_MOST, false, BIT(EVIDENCE_SEARCH),
	BIT(INPUT_SEARCH)},
    {"reason", CALL_LINE_MOST, false, BIT(EVIDENCE_REASON),
	BIT(INPUT_REASON)},
    {"confirmed", CALL_LINE_MOST, true, BIT(EVIDENCE_BY_CHECK),
	BIT(INPUT_CONFIRMED)},
    {"text", CALL_INPUT_MOST, false, 0, 0},
    {"name", CALL_LINE_MOST, true, BIT(EVIDENCE_PERSON), BIT(INPUT_PERSON)},
};

static const struct typed *
typed_find(struct str name)
{
	for (size_t i = 0; i < sizeof typed / sizeof typed[0]; i++)
		if (str_is(name, typed[i].name))
			return &typed[i];
	return NULL;
}

enum err
call_type(struct desk *d, int64_t id, struct str name, struct str value)
{
	const struct typed *t = typed_find(name);
	struct call c;
	DB_TX tx = {0};
	enum err e;

	if (!t)
		return fail(d->cx, ERR_INVALID, "name",
		    N_("Nothing of that name can be typed here."));
	if (text_length(value) > t->most)
		return fail(d->cx, ERR_INVALID, t->name,
		    N_("At most %d characters fit here."), (int)t->most);
	if ((e = desk_needs(d, ROLE_AGENT)) != OK ||
	    (e = db_begin(d->db, &tx)) != OK ||
	    (e = call_load_own(d, tx.db, id, &c)) != OK ||
	    (e = must_be_open(d, &c, t->evidence, t->inputs)) != OK ||
	    (e = q_call_input_save(&tx, id,
		 t->whole_call ? 0 : call_matter(&c), name, value,
		 d->cx->now_ms)) != OK)
		return e;
	return db_commit(&tx);
}
