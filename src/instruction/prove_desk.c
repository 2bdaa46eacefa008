/*
 * What the desk demands of every instruction, whatever the file itself
 * requires: the tables below. A file may ask for more, never for less.
 *
 *   - An outcome needs its evidence listed under `requires`: free help needs an
 *     identified customer with a running contract, a ticket all that makes one.
 *     Whether it is then there on every way is prove_evidence.c's part.
 *   - Evidence counts only if the answer that puts it on record needs the field
 *     that holds it: a question nobody typed is none.
 *   - The customer number is asked before anything else is said. A step asks
 *     for it if one of its answers needs `number`. Until one is passed on a
 *     way from the start, no step with a `say` may come and no matter may end;
 *     only anytime branches (the caller leaves) stand outside of this.
 */
#include "instruction/prove_parts.h"

#include "base/mem.h"

#define WHO BIT(EVIDENCE_CUSTOMER)
#define FREE (WHO | BIT(EVIDENCE_CONTRACT))

struct demand {
	uint64_t requires, one_of;
};

static const struct demand demands[OUTCOME__MAX] = {
    [OUTCOME_ANSWERED] = {.requires = FREE},
    [OUTCOME_REFERRED] = {.requires = FREE | BIT(EVIDENCE_PAGE_NAMED)},
    [OUTCOME_KNOWN_FAULT] = {.requires = FREE | BIT(EVIDENCE_SERVICES_SEEN)},
    [OUTCOME_CUSTOMERS_FAULT] = {.requires =
				      FREE | BIT(EVIDENCE_SERVICES_SEEN)},
    [OUTCOME_TICKET] = {.requires = FREE | BIT(EVIDENCE_PERSON) |
				    BIT(EVIDENCE_QUESTION) |
				    BIT(EVIDENCE_SEARCH) |
				    BIT(EVIDENCE_REASON) |
				    BIT(EVIDENCE_READ_BACK) |
				    BIT(EVIDENCE_INTERNET_HINT)},
    [OUTCOME_ORDER] = {.requires = WHO | BIT(EVIDENCE_PERSON) |
				   BIT(EVIDENCE_QUESTION) |
				   BIT(EVIDENCE_PRICE_SAID),
	.one_of = BIT(EVIDENCE_FOR_WORK) | BIT(EVIDENCE_FOR_CHANGE) |
		  BIT(EVIDENCE_FOR_REPAIR)},
    [OUTCOME_CONSULTATION] = {.requires = WHO | BIT(EVIDENCE_PERSON) |
					  BIT(EVIDENCE_PAID)},
    [OUTCOME_TRANSFERRED] = {.requires = WHO | BIT(EVIDENCE_ORDER_NAMED)},
    [OUTCOME_RECORDED] = {.requires =
			       BIT(EVIDENCE_PERSON) | BIT(EVIDENCE_QUESTION),
	.one_of = BIT(EVIDENCE_KIND_PROSPECT) | BIT(EVIDENCE_KIND_PARTNER) |
		  BIT(EVIDENCE_KIND_LEGAL)},
};

/* The fields of which an answer must need one to put evidence on record; 0:
 * what was said or seen, which no field holds. */
static const uint64_t fields[EVIDENCE__MAX] = {
    [EVIDENCE_CUSTOMER] =
	BIT(INPUT_NUMBER) | BIT(INPUT_CUSTOMER) | BIT(INPUT_CONFIRMED),
    [EVIDENCE_BY_NUMBER] = BIT(INPUT_NUMBER),
    [EVIDENCE_BY_VOICE] = BIT(INPUT_CUSTOMER),
    [EVIDENCE_BY_CHECK] = BIT(INPUT_CONFIRMED),
    [EVIDENCE_PERSON] = BIT(INPUT_PERSON),
    [EVIDENCE_QUESTION] = BIT(INPUT_QUESTION),
    [EVIDENCE_SEARCH] = BIT(INPUT_SEARCH),
    [EVIDENCE_REASON] = BIT(INPUT_REASON),
    [EVIDENCE_PRICE_SAID] = BIT(INPUT_WORDS),
    [EVIDENCE_ACCEPTED] = BIT(INPUT_WORDS),
    [EVIDENCE_ORDER_NAMED] = BIT(INPUT_ORDER),
    [EVIDENCE_PAID] = BIT(INPUT_WORDS),
};

static void
check_demand(struct prover *p, enum outcome o)
{
	const struct outcome_rule *rule = &p->ins->outcome[o];
	const struct demand *d = &demands[o];
	uint64_t lacks = d->requires & ~rule->requires;
	bool one = !d->one_of || rule->requires & d->one_of ||
		   (rule->one_of && !(rule->one_of & ~d->one_of));

	for (enum evidence e = 0; e < EVIDENCE__MAX; e++)
		if (lacks & BIT(e))
			prove_complain(p, rule->at,
			    "outcome \"%s\" must require \"%s\"",
			    outcome_name(o), evidence_name(e));
	if (!one)
		prove_complain(p, rule->at,
		    "outcome \"%s\" must require %.*s",
		    outcome_name(o),
		    STR_FMT(prove_evidence_list(p->scratch, d->one_of)));
}

/* Evidence that an answer with these needs cannot put on record. */
static void
check_fields(struct prover *p, const struct target *t, uint64_t needs)
{
	for (enum evidence e = 0; e < EVIDENCE__MAX; e++) {
		struct buf b;

		if (!(t->sets & BIT(e)) || !fields[e] || fields[e] & needs)
			continue;
		buf_init(&b, p->scratch, 256);
		for (enum input i = 0; i < INPUT__MAX; i++)
			if (fields[e] & BIT(i))
				buf_printf(&b, "%s%s", b.n ? " or " : "",
				    input_name(i));
		prove_complain(p, t->at,
		    "only an answer that needs %.*s can set \"%s\"",
		    STR_FMT(buf_get(&b)), evidence_name(e));
	}
}

/* Whatever the caller answers to a price is kept with it. */
static void
check_words(struct prover *p, const struct answer *a)
{
	if (a->needs & BIT(INPUT_WORDS) &&
	    !(a->target.sets & BIT(EVIDENCE_PRICE_SAID)))
		prove_complain(p, a->target.at,
		    "an answer that needs words must set \"price-said\"");
}

/* How a customer was identified goes on record with the customer; a contract
 * is nobody's word but a fact. */
static void
check_origin(struct prover *p, const struct target *t, bool by_contract)
{
	uint64_t how = BIT(EVIDENCE_BY_NUMBER) | BIT(EVIDENCE_BY_VOICE) |
		       BIT(EVIDENCE_BY_CHECK);

	if (t->sets & BIT(EVIDENCE_CUSTOMER) && !(t->sets & how))
		prove_complain(p, t->at,
		    "\"customer\" is set without \"by-number\", \"by-voice\" "
		    "or \"by-check\": how was the customer identified?");
	if (t->sets & BIT(EVIDENCE_ACCEPTED) &&
	    !(t->sets & BIT(EVIDENCE_PRICE_SAID)))
		prove_complain(p, t->at,
		    "\"accepted\" is set without \"price-said\"");
	if (t->sets & BIT(EVIDENCE_PAID) && !(t->sets & BIT(EVIDENCE_ACCEPTED)))
		prove_complain(p, t->at,
		    "\"paid\" is set without \"accepted\"");
	if (t->sets & BIT(EVIDENCE_ACCEPTED) &&
	    !(t->sets & BIT(EVIDENCE_PAID)) &&
	    !(t->kind == TARGET_OUTCOME && t->outcome == OUTCOME_ORDER))
		prove_complain(p, t->at,
		    "what was accepted is paid at once (\"paid\") or ends as "
		    "an order");
	if (t->sets & BIT(EVIDENCE_CONTRACT) && !by_contract)
		prove_complain(p, t->at,
		    "\"contract\" can only be set by the yes of a step that "
		    "decides contract-active");
}

static void
check_sets(struct prover *p)
{
	for (int i = 0; i < p->ins->steps_n; i++) {
		const struct step *s = &p->ins->step[i];
		bool contract = s->decides && !s->by_record &&
				s->fact == FACT_CONTRACT_ACTIVE;

		for (int j = 0; j < step_targets(s); j++) {
			const struct target *t = step_target(s, j);

			check_fields(p, t, s->decides ? 0 : s->answer[j].needs);
			if (!s->decides)
				check_words(p, &s->answer[j]);
			check_origin(p, t, contract && j == 1);
		}
	}
	for (int i = 0; i < p->ins->anytime_n; i++) {
		check_fields(p, &p->ins->anytime[i].target, 0);
		check_origin(p, &p->ins->anytime[i].target, false);
	}
}

static bool
asks_number(const struct step *s)
{
	for (int i = 0; i < s->answers_n; i++)
		if (s->answer[i].needs & BIT(INPUT_NUMBER))
			return true;
	return false;
}

/* Nodes that a call can come to before the number was asked. */
struct early {
	struct prover *p;
	int n;
	int *node;
	struct str *way; /* to each */
	bool *seen;
};

static void
early_enter(struct early *e, int node, struct str way)
{
	const struct step *s = &e->p->ins->step[e->p->flow->node[node].step];

	if (e->seen[node])
		return;
	e->seen[node] = true;
	if (asks_number(s))
		return;
	if (s->say.in[LANG_DE].p) {
		prove_complain(e->p, s->at,
		    "step \"%.*s\" speaks to the caller before the customer "
		    "number was asked%s%.*s",
		    STR_FMT(s->id), way.n ? ": " : "", STR_FMT(way));
		return;
	}
	e->node[e->n] = node;
	e->way[e->n++] = way;
}

static void
early_move(struct early *e, int at, const struct move *m)
{
	struct buf b;

	buf_init(&b, e->p->scratch, 1 << 20);
	buf_str(&b, e->way[at]);
	flow_write(e->p->flow, &b, e->node[at], m);
	if (m->end->kind == TARGET_OUTCOME)
		prove_complain(e->p, m->end->at,
		    "outcome \"%s\" is reached before the customer number was "
		    "asked: %.*s",
		    outcome_name(m->end->outcome), STR_FMT(buf_get(&b)));
	else if (m->to >= 0)
		early_enter(e, m->to, buf_get(&b));
}

static void
check_number_first(struct prover *p)
{
	int nodes = p->flow->nodes;
	struct early e = {.p = p,
	    .node = mem_array(p->scratch, int, nodes),
	    .way = mem_array(p->scratch, struct str, nodes),
	    .seen = mem_array(p->scratch, bool, nodes)};

	early_enter(&e, flow_step(p->flow, p->ins->start, 0), STR(""));
	for (int i = 0; i < e.n; i++) {
		const struct flow_node *node = flow_at(p->flow, e.node[i]);

		for (int j = 0; j < node->n; j++)
			early_move(&e, i, &node->move[j]);
	}
}

void
prove_desk(struct prover *p)
{
	for (enum outcome o = 0; o < OUTCOME__MAX; o++)
		if (p->ins->outcome[o].offered)
			check_demand(p, o);
	check_sets(p);
	check_number_first(p);
}
