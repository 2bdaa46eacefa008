/*
 * What the call page shows: the step and its answers on the left, everything
 * known about the caller on the right, the way so far below. Nothing is decided
 * here; what is open and what is missing comes from the desk.
 */
#include "doors/web/web_call.h"

#include "base/calendar.h"
#include "base/mem.h"
#include "base/phone.h"
#include "desk/contract.h"
#include "desk/customer.h"
#include "desk/house.h"
#include "desk/ticket.h"
#include "doors/web/page.h"
#include "doors/web/web_answer.h"
#include "doors/web/web_customer.h"
#include "doors/web/web_reassign.h"
#include "doors/web/web_ticket.h"
#include "instruction/names.h"

enum { CALLS_SHOWN = 5, KEYS = 9 };

static const char *const identified_texts[] = {
    [IDENTIFIED_NOT] = N_("not identified yet"),
    [IDENTIFIED_NUMBER] = N_("number given"),
    [IDENTIFIED_VOICE] = N_("recognised by voice"),
    [IDENTIFIED_CHECK] = N_("confirmed otherwise"),
};

struct str
identified_text(const struct http_request *rq, enum identified by)
{
	return page_text(rq, identified_texts[by]);
}

static struct str
in_language(const struct http_request *rq, const struct text2 *t)
{
	return t->in[rq->cx.lang];
}

void
verdict_fill(struct http_request *rq, struct str question,
    const struct wording_verdict *judged, struct verdict_view *v)
{
	v->empty = str_empty(question);
	v->exact = judged->wording == WORDING_EXACT;
	v->text = judged->text ? in_language(rq, judged->text) : STR("");
}

static struct str
outcome_text(const struct http_request *rq, struct str name)
{
	enum outcome o = outcome_of(name);

	return o == OUTCOME__MAX ? STR("") : page_text(rq, outcome_words(o));
}

struct line_view *
call_lines(struct http_request *rq, const struct q_call_row_rows *rows)
{
	void *mem = rq->cx.mem;
	struct line_view *v = mem_array(mem, struct line_view, rows->n);

	for (size_t i = 0; i < rows->n; i++) {
		const struct q_call_row *r = &rows->v[i];
		struct str who = r->customer_name.n ? r->customer_name
						    : r->caller_name;

		v[i] = (struct line_view){
		    .id = r->id,
		    .label = calendar_when(mem, rq->cx.lang, rq->cx.now_ms,
			r->started_ms),
		    .title = calendar_exact(mem, rq->cx.lang, r->started_ms),
		    .text = r->ended_ms.has ? outcome_text(rq, r->outcome)
					    : page_text(rq, N_("open")),
		    .good = !r->ended_ms.has,
		};
		if (who.n)
			v[i].text = str_printf(mem, "%.*s · %.*s", STR_FMT(who),
			    STR_FMT(v[i].text));
	}
	return v;
}

static void
step_fill(struct http_request *rq, const struct call *c, struct call_view *v)
{
	const struct step *s = &c->instruction->step[c->walk.step];

	v->step = s->id;
	v->say = call_text(door_desk(rq), c, &s->say);
	v->ask = call_text(door_desk(rq), c, &s->ask);
	v->hint = call_text(door_desk(rq), c, &s->hint);
	v->in_branch = c->walk.depth > 0;
	v->in_number = s->input == INPUT_NUMBER;
	v->in_customer = s->input == INPUT_CUSTOMER;
	v->in_confirmed = s->input == INPUT_CONFIRMED;
	v->in_person = s->input == INPUT_PERSON;
	v->in_question = s->input == INPUT_QUESTION;
	v->in_search = s->input == INPUT_SEARCH;
	v->in_reason = s->input == INPUT_REASON;
	v->in_text = s->input == INPUT_TEXT;
	v->in_words = s->input == INPUT_WORDS;
	v->finds = v->in_number || v->in_customer || v->in_confirmed;
	v->has_field = v->finds || v->in_person || v->in_question ||
	    v->in_search || v->in_reason || v->in_text || v->in_words;
	v->can_back = walk_back(&c->walk) == REFUSAL_NONE;
}

/* The prices of what is offered. */
static void
prices_fill(struct http_request *rq, const struct call *c,
    struct call_view *v)
{
	const struct prices *list = door_desk(rq)->house->prices;
	enum order_kind kind = call_offers(c);

	v->options.v = mem_array(rq->cx.mem, struct option_view, list->n);
	for (size_t i = 0; i < list->n; i++) {
		const struct price *p = &list->price[i];

		if (p->kind == kind)
			v->options.v[v->options.n++] = (struct option_view){
			    .id = p->id,
			    .text = in_language(rq, &p->text),
			    .detail = terms_sentence(rq->cx.mem, rq->cx.lang,
				&p->terms),
			    .chosen = p == c->price};
	}
}

/* The orders for which the caller may be put through. */
static void
orders_fill(struct http_request *rq, const struct call *c,
    struct call_view *v)
{
	void *mem = rq->cx.mem;

	v->options.v = mem_array(mem, struct option_view, c->orders.n);
	for (size_t i = 0; i < c->orders.n; i++) {
		const struct q_order_in_hand *o = &c->orders.v[i];

		v->options.v[v->options.n++] = (struct option_view){
		    .id = str_printf(mem, "%lld", (long long)o->id),
		    .text = str_printf(mem, "%s · %.*s",
			order_number(mem, o->id).p, STR_FMT(o->employee_name)),
		    .detail = o->summary,
		    .chosen = o->id == c->order.id};
	}
}

static void
options_fill(struct http_request *rq, const struct call *c,
    struct call_view *v)
{
	enum input input = c->instruction->step[c->walk.step].input;

	v->prices = input == INPUT_PRICE;
	v->option_name = STR("");
	if (v->prices)
		prices_fill(rq, c, v);
	else if (input == INPUT_ORDER)
		orders_fill(rq, c, v);
	if (v->options.n)
		v->option_name = str_of(input_name(input));
}

/* One key chooses of several prices or orders, and goes on by the first
 * answer; returns how many keys they have. */
static int
options_keyed(struct call_view *v)
{
	int n = 0;

	for (size_t i = 0; v->options.n > 1 && i < v->options.n && n < KEYS - 2;
	    i++)
		v->options.v[i].key = ++n;
	return n;
}

/* One key chooses who calls and goes on, where only one answer follows. The
 * answer has the key after theirs; returns how many they have. */
static int
persons_keyed(const struct step *s, struct call_view *v)
{
	int n = 0;

	if (!v->in_person || s->answers_n != 1)
		return 0;
	for (size_t i = 0; i < v->persons.n && n < KEYS - 1; i++)
		v->persons.v[i].key = ++n;
	return n;
}

static void
answers_fill(struct http_request *rq, const struct call *c,
    struct call_view *v)
{
	const struct step *s = &c->instruction->step[c->walk.step];
	int key = persons_keyed(s, v) + options_keyed(v);

	v->answers.v = mem_array(rq->cx.mem, struct answer_view, s->answers_n);
	for (int i = 0; i < s->answers_n; i++) {
		const char *lacks = call_lacks(c, i);
		bool none = s->input == INPUT_SEARCH &&
		    s->answer[i].needs & BIT(INPUT_SEARCH);

		if (walk_answer(c->instruction, &c->walk, i, c->facts,
			c->inputs) == REFUSAL_HIDDEN)
			continue;
		v->answers.v[v->answers.n++] = (struct answer_view){
		    .key = none ? 0 : ++key,
		    .id = s->answer[i].id,
		    .text = in_language(rq, &s->answer[i].text),
		    .open = !lacks,
		    .why = lacks ? page_text(rq, lacks) : STR(""),
		};
	}
}

static void
branches_fill(struct http_request *rq, const struct call *c,
    struct call_view *v)
{
	const struct instruction *ins = c->instruction;

	v->branches.v =
	    mem_array(rq->cx.mem, struct branch_view, ins->anytime_n);
	for (int i = 0; i < ins->anytime_n; i++) {
		const struct anytime *a = &ins->anytime[i];

		if (walk_anytime(ins, &c->walk, i, c->facts) != REFUSAL_NONE)
			continue;
		v->branches.v[v->branches.n++] = (struct branch_view){
		    str_copy(rq->cx.mem, &a->key, 1), a->id,
		    in_language(rq, &a->text)};
	}
}

static void
rules_fill(struct http_request *rq, const struct call *c, struct call_view *v)
{
	const struct instruction *ins = c->instruction;
	uint64_t rules = ins->step[c->walk.step].rules;

	v->rules.v = mem_array(rq->cx.mem, struct rule_view, ins->rules_n);
	for (int i = 0; i < ins->rules_n; i++)
		if (rules & BIT(i))
			v->rules.v[v->rules.n++] = (struct rule_view){
			    ins->rule[i].id,
			    in_language(rq, &ins->rule[i].text)};
}

/* The way through the open matter: the answers that were given. */
static void
way_fill(struct http_request *rq, const struct call *c, struct call_view *v)
{
	const struct instruction *ins = c->instruction;
	const struct walk *w = &c->walk;

	v->way.v = mem_array(rq->cx.mem, struct line_view, w->path_n);
	for (size_t i = 0; i < w->path_n; i++) {
		const struct entry *e = &w->path[i];
		const struct text2 *text = entry_opens(e->kind)
		    ? &ins->anytime[e->answer].text
		    : &ins->step[e->step].answer[e->answer].text;

		v->way.v[v->way.n++] =
		    (struct line_view){.text = in_language(rq, text)};
	}
}

static void
matters_fill(struct http_request *rq, const struct call *c,
    struct call_view *v)
{
	void *mem = rq->cx.mem;

	v->matters.n = c->matters.n;
	v->matters.v = mem_array(mem, struct matter_view, c->matters.n);
	for (size_t i = 0; i < c->matters.n; i++) {
		const struct q_call_matters *m = &c->matters.v[i];
		struct matter_view *out = &v->matters.v[i];

		out->text = outcome_text(rq, m->outcome);
		if (m->ticket_id.has) {
			out->ticket_id = m->ticket_id.v;
			out->ticket = ticket_number(mem, m->ticket_id.v);
		}
		if (m->order_id.has) {
			out->order_id = m->order_id.v;
			out->order = order_number(mem, m->order_id.v);
		}
	}
}

/* The sentence that belongs to the outcome just reached. */
static void
closing_fill(struct http_request *rq, const struct call *c,
    struct call_view *v)
{
	const struct walk *w = &c->walk;

	if (w->matters_n && (w->between || w->over))
		v->closing = in_language(rq,
		    &c->instruction->outcome[w->matter[w->matters_n - 1]
						 .outcome].say);
}

static void
typed_fill(struct http_request *rq, const struct call *c, struct call_view *v)
{
	v->number = call_typed(c, "number");
	v->confirmed = call_typed(c, "confirmed");
	v->question = call_typed(c, "question");
	v->search = call_typed(c, "search");
	v->reason = call_typed(c, "reason");
	v->text = call_typed(c, "text");
	v->words = call_typed(c, "words");
	if (!c->row.person_id.has)
		v->name = c->row.caller_name.n ? c->row.caller_name
					       : call_typed(c, "name");
	verdict_fill(rq, v->question, &c->wording, &v->judged);
	v->for_order = c->walk.evidence & (BIT(EVIDENCE_FOR_WORK) |
	    BIT(EVIDENCE_FOR_CHANGE) | BIT(EVIDENCE_FOR_REPAIR));
	v->shows_question = v->question.n && !v->in_question &&
	    c->walk.evidence & BIT(EVIDENCE_QUESTION) &&
	    !(v->in_words && call_offers(c) == ORDER_CONSULTATION);
}

/* An order that something is still to be said or done about, as a line. */
static void
caller_orders(struct http_request *rq, const struct q_order_row_rows *rows,
    struct caller_view *v)
{
	v->orders.v = mem_array(rq->cx.mem, struct line_view, rows->n);
	for (size_t i = 0; i < rows->n; i++) {
		const struct q_order_row *o = &rows->v[i];
		struct line_view line = {.id = o->id,
		    .label = order_number(rq->cx.mem, o->id),
		    .text = o->summary};

		if (o->state == ORDER_OFFERED)
			line.title = page_text(rq, N_("offer open"));
		else if (o->state == ORDER_ACCEPTED)
			line.title = page_text(rq, N_("accepted"));
		else if (o->state == ORDER_IN_PROGRESS)
			line.title = o->employee_name;
		else
			continue;
		line.good = o->state == ORDER_IN_PROGRESS;
		v->orders.v[v->orders.n++] = line;
	}
}

/* A ticket that is not closed, as a line. */
static void
caller_tickets(struct http_request *rq, const struct q_ticket_row_rows *rows,
    struct caller_view *v)
{
	v->tickets.v = mem_array(rq->cx.mem, struct line_view, rows->n);
	for (size_t i = 0; i < rows->n; i++)
		if (rows->v[i].state != TICKET_CLOSED)
			v->tickets.v[v->tickets.n++] = (struct line_view){
			    .id = rows->v[i].id,
			    .label = ticket_number(rq->cx.mem, rows->v[i].id),
			    .text = rows->v[i].summary,
			    .title = ticket_state_text(rq,
				(enum ticket_state)rows->v[i].state),
			    .good = rows->v[i].state == TICKET_ANSWERED};
}

static void
caller_lists(struct http_request *rq, const struct customer_full *full,
    const struct call *c, struct call_view *v)
{
	void *mem = rq->cx.mem;

	v->persons.n = 0;
	v->persons.v = mem_array(mem, struct person_view, full->persons.n);
	for (size_t i = 0; i < full->persons.n; i++)
		v->persons.v[v->persons.n++] = (struct person_view){
		    .id = full->persons.v[i].id,
		    .name = full->persons.v[i].name,
		    .position = full->persons.v[i].position,
		    .chosen = c->row.person_id.has
			? c->row.person_id.v == full->persons.v[i].id
			: full->persons.n == 1 && !c->row.caller_name.n};
	v->caller.contracts.v = contract_lines(rq, full);
	v->caller.contracts.n = full->contracts.n;
	v->caller.phones.v = phone_lines(rq, full);
	v->caller.phones.n = full->phones.n;
}

/* The calls before this one; the name stands above already. */
static void
caller_calls(struct http_request *rq, struct q_call_row_rows *rows,
    const struct call *c, struct caller_view *v)
{
	size_t kept = 0;

	for (size_t i = 0; i < rows->n && kept < CALLS_SHOWN; i++)
		if (rows->v[i].id != c->row.id) {
			rows->v[kept] = rows->v[i];
			rows->v[kept++].customer_name = STR("");
		}
	rows->n = kept;
	v->calls.v = call_lines(rq, rows);
	v->calls.n = kept;
}

static enum err
caller_fill(struct http_request *rq, const struct call *c, struct call_view *v)
{
	struct desk *d = door_desk(rq);
	struct caller_view *k = &v->caller;
	struct customer_full full;
	struct q_ticket_row_rows tickets;
	struct q_call_row_rows calls;
	struct q_order_row_rows orders;
	int64_t id = c->row.customer_id.v;
	enum err e;

	k->caller_number = phone_show(rq->cx.mem, c->row.caller_number,
	    d->house->config->country_code.p);
	k->person = c->row.caller_name;
	k->ended = c->walk.over;
	if (call_may_reassign(d, c))
		k->reassign = c->row.id;
	if (!c->row.customer_id.has)
		return OK;
	if ((e = moves_fill(rq, c->row.id, &k->moved)) != OK ||
	    (e = customer_full(d, id, &full)) != OK ||
	    (e = ticket_of_customer(d, id, &tickets)) != OK ||
	    (e = order_of_customer(d, id, &orders)) != OK ||
	    (e = call_of_customer(d, id, &calls)) != OK)
		return e;
	k->known = true;
	k->customer = id;
	k->number = full.customer.number;
	k->name = full.customer.name;
	k->city = full.customer.city;
	k->note = full.customer.note;
	k->entitled = full.entitlement == ENTITLED;
	k->entitlement = entitlement_text(rq, full.entitlement);
	k->identified = c->row.identified_by != IDENTIFIED_NOT;
	k->identified_text =
	    identified_text(rq, (enum identified)c->row.identified_by);
	caller_lists(rq, &full, c, v);
	caller_orders(rq, &orders, k);
	caller_tickets(rq, &tickets, k);
	caller_calls(rq, &calls, c, k);
	return OK;
}

/* What the words that stand there find, and what was taken of it. */
static enum err
answers_found(struct http_request *rq, const struct call *c,
    struct call_view *v)
{
	const struct step *s = &c->instruction->step[c->walk.step];
	bool took = c->searched && c->search.taken_id.has;
	int64_t taken = took ? c->search.taken_id.v : 0;
	struct q_answer_document doc;
	struct answer_hits hits;
	enum err e;

	if (took && (s->input == INPUT_TAKEN || s->input == INPUT_SEARCH)) {
		if ((e = answer_document(door_desk(rq), taken, &doc)) != OK)
			return e;
		taken_fill(rq, &doc, &v->taken);
	}
	if (!v->in_search)
		return OK;
	e = answer_find(door_desk(rq), v->search, true, &hits);
	if (e != OK)
		return e;
	found_fill(rq, &hits, v->search, taken, &v->found);
	v->found.call = v->id;
	return OK;
}

/* What is paid for, as it stands; the page counts on. */
static void
paid_fill(struct http_request *rq, const struct consultation *c,
    struct paid_view *v)
{
	void *mem = rq->cx.mem;

	*v = (struct paid_view){
	    .running = c->running,
	    .order = c->order_id,
	    .number = order_number(mem, c->order_id),
	    .ms = c->paid_ms,
	    .unit_ms = c->terms.unit_ms,
	    .least = c->terms.units_least,
	    .net = c->terms.net_cents,
	    .vat = c->terms.vat,
	    .units = c->units,
	    .length = calendar_length(mem, c->paid_ms),
	    .unit = calendar_length(mem, c->terms.unit_ms),
	    .sum = money_show(mem, rq->cx.lang, c->amount.gross),
	};
}

void
clock_fill(struct http_request *rq, const struct call *c,
    struct clock_view *v)
{
	int64_t end = c->row.ended_ms.has ? c->row.ended_ms.v : rq->cx.now_ms;

	v->elapsed_ms = end - c->row.started_ms;
	v->warn_ms = c->instruction->warn_ms;
	v->limit_ms = c->instruction->call_ms;
	v->length = calendar_length(rq->cx.mem, v->elapsed_ms);
	v->limit = calendar_length(rq->cx.mem, v->limit_ms);
	v->moves = c->may_lead && walk_limit(c->instruction, &c->walk);
	if (c->paid.order_id)
		paid_fill(rq, &c->paid, &v->paid);
}

enum err
call_view_fill(struct http_request *rq, const struct call *c,
    struct call_view *v)
{
	enum err e;

	v->id = c->row.id;
	v->seq = call_seq(c);
	v->overrun = c->row.overrun_ms
	    ? calendar_length(rq->cx.mem, c->row.overrun_ms)
	    : STR("");
	v->ended = c->walk.over;
	v->may_lead = c->may_lead;
	v->employee = c->row.employee_name;
	clock_fill(rq, c, &v->clock);
	way_fill(rq, c, v);
	matters_fill(rq, c, v);
	closing_fill(rq, c, v);
	if ((e = caller_fill(rq, c, v)) != OK)
		return e;
	if (!v->ended) {
		step_fill(rq, c, v);
		options_fill(rq, c, v);
		answers_fill(rq, c, v);
		branches_fill(rq, c, v);
		rules_fill(rq, c, v);
	}
	typed_fill(rq, c, v);
	v->enter_stays = v->answers.n > 1;
	if (!v->ended && (e = answers_found(rq, c, v)) != OK)
		return e;
	if (v->finds && v->number.n &&
	    (e = lookup_fill(rq, v->number, v->id,
		 c->row.customer_id.has ? c->row.customer_id.v : 0,
		 &v->lookup)) != OK)
		return e;
	return page_frame(rq, page_text(rq, N_("Call")), &v->frame);
}
