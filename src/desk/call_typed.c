/*
 * What is typed and chosen during a call: the customer, the person, the texts.
 * Each is kept at once, alone or (call_move.c) with the step that it belongs
 * to. What is on record cannot be changed behind the transcript's back.
 */
#include "desk/call.h"

#include "base/text.h"
#include "desk/call_state.h"
#include "desk/customer_write.h"
#include "desk/event.h"
#include "store/queries.h"

/* In a step that asks for it (again) what is on record may be changed. */
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

static enum err
not_too_long(struct desk *d, const char *field, struct str text, size_t most)
{
	if (text_length(text) <= most)
		return OK;
	return fail(d->cx, ERR_INVALID, field,
	    N_("At most %d characters fit here."), (int)most);
}

static const uint64_t finds_customer = BIT(INPUT_NUMBER) |
    BIT(INPUT_CUSTOMER) | BIT(INPUT_CONFIRMED);

/* The customer that was chosen, or whose whole number was typed; 0 if none. */
static enum err
customer_chosen(struct desk *d, struct db *db, struct str typed, int64_t *id)
{
	struct str key = text_number_key(d->cx->mem, typed);
	struct q_customer customer;
	enum err e;

	if (*id)
		return customer_read(d, db, *id, &customer);
	if (str_empty(key))
		return OK;
	e = q_customer_by_key(db, d->cx->mem, key, id);
	return e == ERR_NOT_FOUND ? OK : e;
}

static enum err
customer_write_chosen(struct desk *d, struct db_tx *tx, int64_t id,
    int64_t customer_id, struct str typed)
{
	struct event ev;
	enum err e;

	event_begin(d, &ev);
	event_int(&ev, "customer", customer_id);
	if ((e = q_call_customer_set(tx, id, opt_id(customer_id))) != OK ||
	    (e = q_call_input_save(tx, id, 0, STR("number"), typed,
		 d->cx->now_ms)) != OK)
		return e;
	return event_add(d, tx, &ev, "call.customer", id);
}

enum err
call_customer(struct desk *d, int64_t id, int64_t customer_id, struct str typed)
{
	struct call c;
	DB_TX tx = {0};
	enum err e;

	if ((e = desk_needs(d, ROLE_AGENT)) != OK ||
	    (e = not_too_long(d, "typed", typed, CALL_LINE_MOST)) != OK ||
	    (e = db_begin(d->db, &tx)) != OK ||
	    (e = call_load_own(d, tx.db, id, &c)) != OK ||
	    (e = must_be_open(d, &c, BIT(EVIDENCE_CUSTOMER),
		 finds_customer)) != OK ||
	    (e = customer_chosen(d, tx.db, typed, &customer_id)) != OK ||
	    (e = customer_write_chosen(d, &tx, id, customer_id, typed)) != OK)
		return e;
	return db_commit(&tx);
}

/* The person by id, or by a name that may be new. Without a customer a name is
 * all there is. */
static enum err
person_chosen(struct desk *d, struct db_tx *tx, const struct call *c,
    struct opt_i64 *person, struct str *name)
{
	struct opt_i64 customer = c->row.customer_id;
	struct q_person p;
	enum err e;

	if (person->has) {
		e = person_of_customer(d, tx->db, customer.has ? customer.v : 0,
		    person->v, &p);
		if (e == OK)
			*name = p.name;
		return e;
	}
	if (!customer.has || str_empty(*name))
		return OK;
	person->has = true;
	return person_find_or_add(d, tx, customer.v, *name, &person->v);
}

enum err
call_person_write(struct desk *d, struct db_tx *tx, const struct call *c,
    int64_t person_id, struct str name)
{
	struct opt_i64 person = opt_id(person_id);
	struct event ev;
	enum err e;

	if ((e = not_too_long(d, "name", name, CALL_LINE_MOST)) != OK ||
	    (e = must_be_open(d, c, BIT(EVIDENCE_PERSON),
		 BIT(INPUT_PERSON))) != OK ||
	    (e = person_chosen(d, tx, c, &person, &name)) != OK ||
	    (e = q_call_person_set(tx, c->row.id, person, name)) != OK)
		return e;
	event_begin(d, &ev);
	event_int(&ev, "person", person.has ? person.v : 0);
	event_text(&ev, "name", name);
	return event_add(d, tx, &ev, "call.person", c->row.id);
}

enum err
call_person(struct desk *d, int64_t id, int64_t person_id, struct str name)
{
	struct call c;
	DB_TX tx = {0};
	enum err e;

	if ((e = desk_needs(d, ROLE_AGENT)) != OK ||
	    (e = db_begin(d->db, &tx)) != OK ||
	    (e = call_load_own(d, tx.db, id, &c)) != OK ||
	    (e = call_person_write(d, &tx, &c, person_id, name)) != OK)
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
    {"price", CALL_LINE_MOST, false, 0, 0},
    {"words", CALL_LINE_MOST, false, 0, 0},
    {"order", CALL_LINE_MOST, false, BIT(EVIDENCE_ORDER_NAMED),
	BIT(INPUT_ORDER)},
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
call_text_write(struct desk *d, struct db_tx *tx, const struct call *c,
    struct str name, struct str value)
{
	const struct typed *t = typed_find(name);
	enum err e;

	if (!t)
		return fail(d->cx, ERR_INVALID, "name",
		    N_("Nothing of that name can be typed here."));
	if ((e = not_too_long(d, t->name, value, t->most)) != OK ||
	    (e = must_be_open(d, c, t->evidence, t->inputs)) != OK)
		return e;
	return q_call_input_save(tx, c->row.id,
	    t->whole_call ? 0 : call_matter(c), name, value, d->cx->now_ms);
}

enum err
call_type_write(struct desk *d, struct db_tx *tx, const struct call *c,
    struct str name, struct str value)
{
	enum err e = call_text_write(d, tx, c, name, value);

	return e == OK && str_is(name, "search")
	    ? call_search_write(d, tx, c, value)
	    : e;
}

enum err
call_type(struct desk *d, int64_t id, struct str name, struct str value)
{
	struct call c;
	DB_TX tx = {0};
	enum err e;

	if ((e = desk_needs(d, ROLE_AGENT)) != OK ||
	    (e = db_begin(d->db, &tx)) != OK ||
	    (e = call_load_own(d, tx.db, id, &c)) != OK ||
	    (e = call_type_write(d, &tx, &c, name, value)) != OK)
		return e;
	return db_commit(&tx);
}
