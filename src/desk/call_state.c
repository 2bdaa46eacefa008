/*
 * A call as it stands: its row, the fold over its transcript, what was typed,
 * and what of that the desk finds acceptable. Moving it on is call_move.c.
 */
#include "desk/call_state.h"

#include "base/buf.h"
#include "base/calendar.h"
#include "base/mem.h"
#include "base/text.h"
#include "desk/contract.h"
#include "desk/house.h"
#include "desk/order.h"
#include "store/queries.h"

enum { WORDS_LEAST = 3 }; /* characters of a search, a reason, a note */

struct str
facts_text(void *mem, uint64_t facts)
{
	struct buf b;

	buf_init(&b, mem, 4096);
	for (int f = 0; f < FACT__MAX; f++) {
		if (!(facts & BIT(f)))
			continue;
		if (b.n)
			buf_char(&b, ',');
		buf_puts(&b, fact_name((enum fact)f));
	}
	return buf_get(&b);
}

uint64_t
facts_of(struct str text)
{
	uint64_t facts = 0;
	struct str name;

	while (str_take(&text, ',', &name)) {
		enum fact f = fact_of(name);

		if (f != FACT__MAX)
			facts |= BIT(f);
	}
	return facts;
}

int64_t
call_matter(const struct call *c)
{
	return c->walk.matters_n + 1;
}

struct str
call_typed(const struct call *c, const char *name)
{
	for (size_t i = 0; i < c->typed.n; i++)
		if (str_is(c->typed.v[i].name, name))
			return c->typed.v[i].value;
	return STR("");
}

static int
answer_index(const struct instruction *ins, enum entry_kind kind, int step,
    struct str answer)
{
	if (kind == ENTRY_BACK || step < 0)
		return 0;
	if (entry_opens(kind))
		return instruction_anytime(ins, answer);
	return step_answer(&ins->step[step], answer);
}

/* Rows to entries; the walk refuses what no longer makes sense. */
static enum err
transcript_fold(struct desk *d, const struct q_call_entries_rows *rows,
    struct call *c)
{
	struct entry *entry = mem_array(d->cx->mem, struct entry, rows->n);

	for (size_t i = 0; i < rows->n; i++) {
		const struct q_call_entries *r = &rows->v[i];
		int step = instruction_step(c->instruction, r->step);
		enum entry_kind kind = entry_kind_of(r->kind);

		entry[i] = (struct entry){kind, step,
		    answer_index(c->instruction, kind, step, r->answer),
		    facts_of(r->facts), r->at_ms};
	}
	if (walk_fold(c->instruction, entry, rows->n, &c->walk) !=
	    REFUSAL_NONE)
		return fail(d->cx, ERR_INTERNAL, "",
		    N_("This call's transcript does not fit its instruction."));
	return OK;
}

int64_t
call_seq(const struct call *c)
{
	return c->row.entries + c->limit_due;
}

/* The facts that hold of this call at this moment. */
static enum err
facts_find(struct desk *d, struct db *db, struct call *c)
{
	const struct q_call *row = &c->row;
	int64_t n;
	enum err e;

	c->facts = 0;
	if (d->cx->now_ms - row->started_ms >= c->instruction->call_ms)
		c->facts |= BIT(FACT_LIMIT_REACHED);
	if (!str_empty(row->caller_number)) {
		if ((e = q_call_phone_known(db, d->cx->mem, row->caller_number,
			 &n)) != OK)
			return e;
		if (n)
			c->facts |= BIT(FACT_PHONE_KNOWN);
	}
	if (!row->customer_id.has)
		return OK;
	c->facts |= BIT(FACT_CUSTOMER_KNOWN);
	if ((e = q_call_persons(db, d->cx->mem, row->customer_id.v, &n)) != OK)
		return e;
	if (n)
		c->facts |= BIT(FACT_PERSON_KNOWN);
	if ((e = order_in_hand(d, db, row->customer_id.v, &c->orders)) != OK)
		return e;
	if (c->orders.n)
		c->facts |= BIT(FACT_ORDER_IN_HAND);
	return OK;
}

/* Once the time is up the guide stands at the paid offer, whatever was open.
 * It is written down with the entry that follows. */
static void
limit_open(struct desk *d, struct call *c)
{
	struct entry limit = {ENTRY_LIMIT, c->walk.step, c->instruction->limit,
	    c->facts, d->cx->now_ms};

	if (c->facts & BIT(FACT_LIMIT_REACHED) && !c->row.ended_ms.has &&
	    walk_limit(c->instruction, &c->walk))
		c->limit_due = walk_next(c->instruction, &c->walk, &limit, 0) ==
		    REFUSAL_NONE;
}

enum order_kind
call_offers(const struct call *c)
{
	const struct step *s = &c->instruction->step[c->walk.step];

	for (int i = 0; i < s->answers_n; i++)
		if (s->answer[i].target.sets & BIT(EVIDENCE_PAID))
			return ORDER_CONSULTATION;
	if (c->walk.evidence & BIT(EVIDENCE_FOR_CHANGE))
		return ORDER_CHANGE;
	if (c->walk.evidence & BIT(EVIDENCE_FOR_REPAIR))
		return ORDER_REPAIR;
	return ORDER_WORK;
}

/* The price that was chosen, if what is offered has it; the only one need not
 * be chosen, and advice has the first. */
static const struct price *
price_chosen(struct desk *d, const struct call *c)
{
	enum order_kind kind = call_offers(c);
	const struct price *p = price_find(d->house->prices,
	    call_typed(c, "price"));

	if (p && p->kind == kind)
		return p;
	return kind == ORDER_CONSULTATION
	    ? price_of_kind(d->house->prices, kind)
	    : price_only(d->house->prices, kind);
}

/* The order that was chosen; the only one there is need not be. */
static void
order_choose(struct call *c)
{
	struct str typed = call_typed(c, "order");
	int64_t id;

	if (!str_to_i64(typed, &id))
		id = c->orders.n == 1 ? c->orders.v[0].id : 0;
	for (size_t i = 0; i < c->orders.n; i++)
		if (c->orders.v[i].id == id)
			c->order = c->orders.v[i];
}

static enum err
entitlement_find(struct desk *d, struct db *db, struct call *c)
{
	enum entitlement entitled;
	enum err e;

	if (!c->row.customer_id.has)
		return OK;
	if ((e = contract_entitlement(d, db, c->row.customer_id.v,
		 calendar_date(d->cx->mem, d->cx->now_ms), &entitled)) != OK)
		return e;
	if (entitled == ENTITLED)
		c->facts |= BIT(FACT_CONTRACT_ACTIVE);
	if (entitled == FORMER)
		c->facts |= BIT(FACT_CUSTOMER_FORMER);
	return OK;
}

static bool
said_enough(const struct call *c, const char *name)
{
	return text_length(call_typed(c, name)) >= WORDS_LEAST;
}

/* What of the inputs is acceptable. The number counts only when it was said
 * whole: finding by name or caller ID identifies nobody (M3). */
static void
inputs_judge(struct desk *d, struct call *c)
{
	const struct q_call *row = &c->row;
	bool customer = row->customer_id.has;
	struct str number = text_number_key(d->cx->mem,
	    call_typed(c, "number"));
	struct str question = call_typed(c, "question");

	c->inputs = BIT(INPUT_NONE);
	if (c->walk.over)
		return;
	c->price = price_chosen(d, c);
	order_choose(c);
	if (c->price)
		c->inputs |= BIT(INPUT_PRICE);
	if (c->price && call_typed(c, "words").n)
		c->inputs |= BIT(INPUT_WORDS);
	if (c->order.id)
		c->inputs |= BIT(INPUT_ORDER);
	if (customer)
		c->inputs |= BIT(INPUT_CUSTOMER);
	if (customer && str_eq(number, row->customer_key))
		c->inputs |= BIT(INPUT_NUMBER);
	if (customer && said_enough(c, "confirmed"))
		c->inputs |= BIT(INPUT_CONFIRMED);
	if (row->person_id.has || !str_empty(row->caller_name))
		c->inputs |= BIT(INPUT_PERSON);
	if (wording_judge(d->house->wording, question, &c->wording) ==
	    WORDING_EXACT)
		c->inputs |= BIT(INPUT_QUESTION);
	if (c->searched && said_enough(c, "search"))
		c->inputs |= BIT(INPUT_SEARCH);
	if (c->searched && c->search.taken_id.has)
		c->inputs |= BIT(INPUT_TAKEN);
	if (said_enough(c, "reason"))
		c->inputs |= BIT(INPUT_REASON);
	if (said_enough(c, "text"))
		c->inputs |= BIT(INPUT_TEXT);
}

/* The last search of the open matter. */
static enum err
search_find(struct desk *d, struct db *db, struct call *c)
{
	enum err e = q_search_last(db, d->cx->mem, c->row.id, call_matter(c),
	    &c->search);

	c->searched = e == OK;
	return e == ERR_NOT_FOUND ? OK : e;
}

enum err
call_load(struct desk *d, struct db *db, int64_t id, struct call *out)
{
	struct q_call_entries_rows rows;
	void *mem = d->cx->mem;
	enum err e;

	*out = (struct call){0};
	if ((e = q_call(db, mem, id, &out->row)) == ERR_NOT_FOUND)
		return fail(d->cx, e, "", N_("There is no such call."));
	if (e != OK ||
	    (e = house_instruction(d, out->row.instruction_id,
		 &out->instruction)) != OK ||
	    (e = q_call_entries(db, mem, id, &rows)) != OK ||
	    (e = transcript_fold(d, &rows, out)) != OK ||
	    (e = q_call_inputs(db, mem, id, call_matter(out), &out->typed)) !=
		OK ||
	    (e = q_call_matters(db, mem, id, &out->matters)) != OK ||
	    (e = search_find(d, db, out)) != OK ||
	    (e = facts_find(d, db, out)) != OK ||
	    (e = entitlement_find(d, db, out)) != OK ||
	    (e = consultation_of_call(d, db, id, &out->paid)) != OK)
		return e;
	limit_open(d, out);
	inputs_judge(d, out);
	out->may_lead = out->row.employee_id == d->actor.employee_id ||
	    d->actor.role >= ROLE_SUPERVISOR;
	return OK;
}

enum err
call_load_own(struct desk *d, struct db *db, int64_t id, struct call *out)
{
	enum err e;

	if ((e = call_load(d, db, id, out)) != OK)
		return e;
	if (!out->may_lead)
		return fail(d->cx, ERR_FORBIDDEN, "",
		    N_("Only the employee who took the call, or a supervisor, "
		       "may lead it."));
	if (out->row.ended_ms.has)
		return fail(d->cx, ERR_CONFLICT, "",
		    N_("This call has ended."));
	return OK;
}
