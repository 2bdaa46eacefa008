/*
 * A call as it stands: who, the step with its answers and why some of them are
 * closed, the branches, what was typed, what is on record and what is missing
 * before each end. Texts are in the request's language. What is open is the
 * engine's word (instruction/walk.h); nothing is decided here.
 */
#include "doors/api/api_call_state.h"

#include "desk/ticket.h"
#include "desk/house.h"
#include "doors/api/api_out.h"
#include "doors/door.h"

static const char *
fact_at(int i)
{
	return fact_name((enum fact)i);
}

static const char *
evidence_at(int i)
{
	return evidence_name((enum evidence)i);
}

static const char *
input_at(int i)
{
	return input_name((enum input)i);
}

static void
text_put(const struct http_request *rq, struct json_out *o, const char *name,
    const struct text2 *t)
{
	api_some(o, name, t->in[rq->cx.lang]);
}

/* A text of the step, with what the desk puts into it. */
static void
said_put(struct http_request *rq, struct json_out *o, const char *name,
    const struct call *c, const struct text2 *t)
{
	api_some(o, name, call_text(door_desk(rq), c, t));
}

/* Whether something may be done now, and the refusal's name if not. */
static void
open_put(struct json_out *o, enum refusal why)
{
	api_bool(o, "open", why == REFUSAL_NONE);
	if (why == REFUSAL_NONE)
		api_null(o, "why");
	else
		api_text(o, "why", str_of(refusal_name(why)));
}

static void
rules_put(struct json_out *o, const struct instruction *ins, uint64_t rules)
{
	api_open(o, "rules", '[');
	for (int i = 0; i < ins->rules_n; i++)
		if (rules & BIT(i))
			json_put_text(o, ins->rule[i].id);
	json_close(o, ']');
}

static void
answers_put(const struct http_request *rq, struct json_out *o,
    const struct call *c, const struct step *s)
{
	api_open(o, "answers", '[');
	for (int i = 0; i < s->answers_n; i++) {
		const struct answer *a = &s->answer[i];
		enum refusal why = walk_answer(c->instruction, &c->walk, i,
		    c->facts, c->inputs);

		if (why == REFUSAL_HIDDEN)
			continue;
		json_open(o, '{');
		api_text(o, "id", a->id);
		text_put(rq, o, "text", &a->text);
		open_put(o, why);
		api_names(o, "needs", a->needs & ~c->inputs, INPUT__MAX,
		    input_at);
		json_close(o, '}');
	}
	json_close(o, ']');
}

static void
step_put(struct http_request *rq, struct json_out *o,
    const struct call *c)
{
	const struct step *s;

	if (c->walk.step < 0) {
		api_null(o, "step");
		return;
	}
	s = &c->instruction->step[c->walk.step];
	api_open(o, "step", '{');
	api_text(o, "id", s->id);
	said_put(rq, o, "say", c, &s->say);
	said_put(rq, o, "ask", c, &s->ask);
	said_put(rq, o, "hint", c, &s->hint);
	api_text(o, "input", str_of(input_name(s->input)));
	rules_put(o, c->instruction, s->rules);
	answers_put(rq, o, c, s);
	json_close(o, '}');
}

static void
branches_put(const struct http_request *rq, struct json_out *o,
    const struct call *c)
{
	const struct instruction *ins = c->instruction;

	api_open(o, "anytime", '[');
	for (int i = 0; i < ins->anytime_n; i++) {
		const struct anytime *a = &ins->anytime[i];
		enum refusal why = walk_anytime(ins, &c->walk, i, c->facts);

		json_open(o, '{');
		api_text(o, "id", a->id);
		api_text(o, "key", str_copy(rq->cx.mem, &a->key, 1));
		text_put(rq, o, "text", &a->text);
		open_put(o, why);
		json_close(o, '}');
	}
	json_close(o, ']');
	api_open(o, "back", '{');
	open_put(o, walk_back(&c->walk));
	json_close(o, '}');
}

static void
typed_put(const struct http_request *rq, struct json_out *o,
    const struct call *c)
{
	api_open(o, "inputs", '{');
	for (size_t i = 0; i < c->typed.n; i++)
		api_text(o, c->typed.v[i].name.p, c->typed.v[i].value);
	json_close(o, '}');
	api_names(o, "acceptable", c->inputs & ~BIT(INPUT_NONE), INPUT__MAX,
	    input_at);
	if (str_empty(call_typed(c, "question"))) {
		api_null(o, "wording");
		return;
	}
	api_open(o, "wording", '{');
	api_text(o, "wording", str_of(wording_name(c->wording.wording)));
	api_some(o, "reason", c->wording.reason);
	if (c->wording.text)
		text_put(rq, o, "text", c->wording.text);
	else
		api_null(o, "text");
	json_close(o, '}');
}

/* Before each end that the instruction knows, what is still missing. */
static void
record_put(struct json_out *o, const struct call *c)
{
	api_names(o, "facts", c->facts, FACT__MAX, fact_at);
	api_names(o, "evidence", c->walk.evidence, EVIDENCE__MAX,
	    evidence_at);
	api_open(o, "missing", '{');
	for (int i = 0; i < OUTCOME__MAX; i++)
		if (c->instruction->outcome[i].offered)
			api_names(o, outcome_name((enum outcome)i),
			    walk_missing(c->instruction, &c->walk,
				(enum outcome)i),
			    EVIDENCE__MAX, evidence_at);
	json_close(o, '}');
}

static void
path_put(struct json_out *o, const struct call *c)
{
	const struct instruction *ins = c->instruction;

	api_open(o, "path", '[');
	for (size_t i = 0; i < c->walk.path_n; i++) {
		const struct entry *e = &c->walk.path[i];
		const struct step *s = &ins->step[e->step];

		json_open(o, '{');
		api_text(o, "kind", str_of(entry_kind_name(e->kind)));
		api_text(o, "step", s->id);
		api_text(o, "answer",
		    entry_opens(e->kind) ? ins->anytime[e->answer].id
					     : s->answer[e->answer].id);
		api_time(o, "at", e->at_ms);
		json_close(o, '}');
	}
	json_close(o, ']');
}

/* A ticket, an order: its id and its number, or null. */
static void
numbered_put(struct json_out *o, const char *name, struct opt_i64 id,
    struct str (*number)(void *mem, int64_t id))
{
	if (!id.has) {
		api_null(o, name);
		return;
	}
	api_open(o, name, '{');
	api_int(o, "id", id.v);
	api_text(o, "number", number(o->b->mem, id.v));
	json_close(o, '}');
}

static void
matters_put(struct json_out *o, const struct call *c)
{
	static const char *const classes[] = {
	    [CLASS_SUPPORT] = "support",
	    [CLASS_ORDER] = "order",
	    [CLASS_NEITHER] = "neither",
	};

	api_open(o, "matters", '[');
	for (size_t i = 0; i < c->matters.n; i++) {
		const struct q_call_matters *m = &c->matters.v[i];

		json_open(o, '{');
		api_int(o, "matter", m->matter);
		api_text(o, "class", str_of(classes[m->class]));
		api_text(o, "outcome", m->outcome);
		numbered_put(o, "ticket", m->ticket_id, ticket_number);
		numbered_put(o, "order", m->order_id, order_number);
		api_time(o, "at", m->at_ms);
		json_close(o, '}');
	}
	json_close(o, ']');
}

static const char *const ways[] = {
    [IDENTIFIED_NOT] = NULL,
    [IDENTIFIED_NUMBER] = "number",
    [IDENTIFIED_VOICE] = "voice",
    [IDENTIFIED_CHECK] = "check",
};

void
api_moves_put(struct json_out *o, const struct q_call_reassignments_rows *moved)
{
	api_open(o, "reassigned", '[');
	for (size_t i = 0; i < moved->n; i++) {
		const struct q_call_reassignments *r = &moved->v[i];

		json_open(o, '{');
		api_some(o, "from", r->from_number);
		api_text(o, "to", r->to_number);
		api_text(o, "identified_by", str_of(ways[r->identified_by]));
		api_some(o, "identified_note", r->identified_note);
		api_text(o, "reason", r->reason);
		api_bool(o, "without_contract", r->uncovered);
		api_text(o, "employee", r->employee_name);
		api_time(o, "at", r->at_ms);
		json_close(o, '}');
	}
	json_close(o, ']');
}

static void
customer_put(struct json_out *o, const struct q_call *r)
{
	if (r->customer_id.has) {
		api_open(o, "customer", '{');
		api_int(o, "id", r->customer_id.v);
		api_text(o, "number", r->customer_number);
		api_text(o, "name", r->customer_name);
		json_close(o, '}');
	} else {
		api_null(o, "customer");
	}
	api_text(o, "identified_by", str_of(ways[r->identified_by]));
	api_some(o, "identified_note", r->identified_note);
}

static void
row_put(struct json_out *o, const struct call *c)
{
	const struct q_call *r = &c->row;

	api_int(o, "id", r->id);
	api_text(o, "employee", r->employee_name);
	api_bool(o, "may_lead", c->may_lead);
	api_time(o, "started", r->started_ms);
	api_time_some(o, "ended", r->ended_ms.has, r->ended_ms.v);
	api_phone(o, "caller_number", r->caller_number);
	customer_put(o, r);
	api_int_some(o, "person", r->person_id.has, r->person_id.v);
	api_some(o, "name", r->caller_name);
	api_some(o, "outcome", r->outcome);
	api_int(o, "seq", call_seq(c));
	api_int(o, "overrun_ms", r->overrun_ms);
	api_bool(o, "over", c->walk.over);
	api_bool(o, "between", c->walk.between);
}

/* What may be chosen in this step: prices of the list, orders in progress. */
static void
options_put(struct http_request *rq, struct json_out *o, const struct call *c)
{
	const struct prices *list = door_desk(rq)->house->prices;
	enum input input = c->walk.over
	    ? INPUT_NONE
	    : c->instruction->step[c->walk.step].input;

	api_open(o, "prices", '[');
	for (size_t i = 0; input == INPUT_PRICE && i < list->n; i++)
		if (list->price[i].kind == call_offers(c))
			json_put_text(o, list->price[i].id);
	json_close(o, ']');
	api_open(o, "orders", '[');
	for (size_t i = 0; input == INPUT_ORDER && i < c->orders.n; i++)
		json_put_int(o, c->orders.v[i].id);
	json_close(o, ']');
}

/* The advice that is paid for in this call, or null. */
static void
paid_put(struct json_out *o, const struct consultation *c)
{
	if (!c->order_id) {
		api_null(o, "consultation");
		return;
	}
	api_open(o, "consultation", '{');
	api_int(o, "order", c->order_id);
	api_bool(o, "running", c->running);
	api_time(o, "started", c->started_ms);
	api_int(o, "paid_ms", c->paid_ms);
	api_int(o, "units", c->units);
	api_int(o, "net_cents", c->amount.net);
	api_int(o, "gross_cents", c->amount.gross);
	json_close(o, '}');
}

/* What was searched for, and which of the pages shown was taken. */
static void
searches_put(struct json_out *o, const struct q_searched_row_rows *rows)
{
	api_open(o, "searches", '[');
	for (size_t i = 0; i < rows->n; i++) {
		const struct q_searched_row *s = &rows->v[i];

		json_open(o, '{');
		api_int(o, "matter", s->matter);
		api_text(o, "words", s->words);
		api_int(o, "found", s->found);
		api_some(o, "taken", s->taken_title);
		api_int(o, "rank", s->taken_rank);
		api_time(o, "at", s->at_ms);
		json_close(o, '}');
	}
	json_close(o, ']');
}

void
api_call_put(struct http_request *rq, const struct call *c,
    const struct q_call_reassignments_rows *moved,
    const struct q_searched_row_rows *searches)
{
	const struct instruction *ins = c->instruction;
	struct json_out o;

	api_begin(rq, &o);
	row_put(&o, c);
	api_open(&o, "limits", '{');
	api_int(&o, "warn_s", ins->warn_ms / 1000);
	api_int(&o, "call_s", ins->call_ms / 1000);
	api_int(&o, "grace_s", ins->grace_ms / 1000);
	json_close(&o, '}');
	step_put(rq, &o, c);
	branches_put(rq, &o, c);
	typed_put(rq, &o, c);
	options_put(rq, &o, c);
	paid_put(&o, &c->paid);
	record_put(&o, c);
	path_put(&o, c);
	matters_put(&o, c);
	searches_put(&o, searches);
	api_moves_put(&o, moved);
	(void)api_end(&o);
}
