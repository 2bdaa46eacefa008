/*
 * Data flow: on every way into an outcome, all that it requires is on record, and
 * so it is where a text speaks of it, and where a price is said.
 *
 * The question a data-flow analysis would answer with the lattice of sets of
 * evidence under intersection (what is *surely* on record at a step is the
 * meet over all ways into it) is turned round here, one requirement at a time:
 * is there a way that *never* sets it? Nothing takes evidence back within a
 * matter, so the two say the same: "e is surely set" is the complement of
 * "reached without e". But the second is plain reachability, exact, linear in
 * the moves, and a breadth-first search hands out the shortest way that lacks
 * the evidence, which is what a person wants to read.
 *
 * A state is a node of the graph of moves and whether the requirement is met by
 * evidence of the matter, which ends with it: then the next matter lacks it
 * again. Once met by evidence that outlives matters a way is of no interest.
 * States come in layers, one a matter, as many as a call may hold.
 *
 * Bounds of loops are not counted here, and need not be: take the loops out of
 * a way that lacks something and it lacks it still. (With on-record steps on
 * such a loop the way may not be one; then the proof errs on the safe side.)
 * Branches are opened from every state of the main flow, never within another
 * branch and never to return: both only add to what is on record, and where an
 * outcome could be passed only by what they add, it is refused itself. The
 * loader sees to it that they set nothing that on-record steps ask for.
 */
#include "instruction/prove_parts.h"

#include "base/mem.h"

struct came {
	int from; /* state; -1: a beginning */
	int move;
};

struct search {
	struct prover *p;
	uint64_t any;      /* one of these meets the requirement; 0: nothing */
	int layer;         /* matters that have ended */
	int queue_n, next_n;
	int *queue, *next; /* states of this layer and of the next */
	bool *seen;
	struct came *came;
	const struct target **told; /* complained about already */
	int told_n;
};

static int
state_of(int node, bool met)
{
	return node * 2 + met;
}

static void
enter(struct search *s, bool next_layer, int state, int from, int move)
{
	if (s->seen[state])
		return;
	s->seen[state] = true;
	s->came[state] = (struct came){from, move};
	if (next_layer)
		s->next[s->next_n++] = state;
	else
		s->queue[s->queue_n++] = state;
}

/* The shortest way to a state and by one more move, in words. */
static struct str
way_text(struct search *s, int state, int move)
{
	struct flow *f = s->p->flow;
	int n = 0, *way = mem_array(s->p->scratch, int, 2 * f->nodes);
	struct buf b;

	for (int at = s->came[state].from; at >= 0; at = s->came[at].from)
		way[n++] = at;
	buf_init(&b, s->p->scratch, 1 << 20);
	for (int i = n; i-- > 0;) {
		int next = i ? way[i - 1] : state;
		int by = s->came[next].move;

		if (by >= 0)
			flow_write(f, &b, way[i] / 2,
			    &flow_at(f, way[i] / 2)->move[by]);
	}
	flow_write(f, &b, state / 2, &flow_at(f, state / 2)->move[move]);
	return buf_get(&b);
}

struct str
prove_evidence_list(void *mem, uint64_t any)
{
	struct buf b;

	buf_init(&b, mem, 4096);
	for (enum evidence e = 0; e < EVIDENCE__MAX; e++)
		if (any & BIT(e))
			buf_printf(&b, "%s\"%s\"", b.n ? " or " : "",
			    evidence_name(e));
	return buf_get(&b);
}

/* What a move leads to, in words. */
static struct str
aim_text(struct search *s, const struct move *m)
{
	void *mem = s->p->scratch;

	if (m->end->kind == TARGET_OUTCOME)
		return str_printf(mem, "outcome \"%s\" is reached",
		    outcome_name(m->end->outcome));
	if (m->end->kind == TARGET_STEP &&
	    s->p->ins->step[m->end->step].requires & s->any)
		return str_printf(mem, "step \"%.*s\" is reached",
		    STR_FMT(s->p->ins->step[m->end->step].id));
	return STR("a price is said");
}

static void
tell_lacking(struct search *s, int state, int index, const struct move *m)
{
	const struct target *end = m->end;

	for (int i = 0; i < s->told_n; i++)
		if (s->told[i] == end)
			return;
	if (s->told_n == COMPLAINTS_MAX)
		return;
	s->told[s->told_n++] = end;
	prove_complain(s->p, end->at,
	    "%.*s without %.*s: %.*s", STR_FMT(aim_text(s, m)),
	    STR_FMT(prove_evidence_list(s->p->scratch, s->any)),
	    STR_FMT(way_text(s, state, index)));
}

/* All the evidence that must be on record once a move is made: by the outcome,
 * by the texts of the step, by a price that is said. */
static uint64_t
move_requires(const struct instruction *ins, const struct move *m)
{
	uint64_t all = m->sets & evidence_binding() ? prove_binding : 0;

	if (m->end->kind == TARGET_OUTCOME)
		all |= ins->outcome[m->end->outcome].requires;
	else if (m->end->kind == TARGET_STEP)
		all |= ins->step[m->end->step].requires;
	return all;
}

/* Whether a move has this very requirement. */
static bool
is_required(const struct instruction *ins, const struct move *m, uint64_t any)
{
	bool single = __builtin_popcountll(any) == 1;

	return (single && move_requires(ins, m) & any) ||
	    (any && m->end->kind == TARGET_OUTCOME &&
		ins->outcome[m->end->outcome].one_of == any);
}

/* With all matters ended, the main flow cannot begin another. */
static bool
move_closed(const struct search *s, int node, const struct move *m)
{
	const struct instruction *ins = s->p->ins;
	int step = s->p->flow->node[node].step;

	return s->layer >= ins->matters_max && step >= 0 &&
	       !ins->step[step].in_branch && m->end->kind == TARGET_STEP;
}

static void
follow_move(struct search *s, int state, int index)
{
	const struct instruction *ins = s->p->ins;
	const struct move *m =
	    &flow_at(s->p->flow, state / 2)->move[index];
	bool met = state % 2 || m->sets & s->any;

	if (move_closed(s, state / 2, m))
		return;
	if (is_required(ins, m, s->any) && !met) {
		tell_lacking(s, state, index, m);
		return;
	}
	if (m->to < 0 || m->sets & s->any & evidence_of_call())
		return;
	if (m->end->kind == TARGET_STEP)
		enter(s, false, state_of(m->to, met), state, index);
	else if (s->layer < ins->matters_max)
		enter(s, true, state_of(m->to, false), state, index);
}

static void
follow_state(struct search *s, int state)
{
	struct flow *f = s->p->flow;
	int node = state / 2, step = f->node[node].step;

	for (int i = 0; i < flow_at(f, node)->n; i++)
		follow_move(s, state, i);
	if (step < 0 || s->p->ins->step[step].in_branch)
		return;
	for (int i = 0; i < s->p->ins->anytime_n; i++)
		enter(s, false,
		    state_of(flow_branch(f, i, flow_record(f, node)),
			state % 2),
		    state, -1);
}

/* Looks for ways that never set any of this evidence. */
static void
search(struct search *s, uint64_t any)
{
	struct flow *f = s->p->flow;

	s->any = any;
	s->layer = s->queue_n = s->next_n = s->told_n = 0;
	memset(s->seen, 0, 2 * (size_t)f->nodes * sizeof *s->seen);
	enter(s, true, state_of(flow_step(f, s->p->ins->start, 0), false), -1,
	    -1);
	for (s->layer = 0; s->next_n; s->layer++) {
		int *done = s->queue;

		s->queue = s->next;
		s->queue_n = s->next_n;
		s->next = done;
		s->next_n = 0;
		for (int i = 0; i < s->queue_n; i++)
			follow_state(s, s->queue[i]);
	}
}

/* With nothing asked for, the search reaches all that any walk can reach. */
static void
check_reached(struct search *s)
{
	const struct instruction *ins = s->p->ins;
	const struct flow *f = s->p->flow;

	search(s, 0);
	for (int i = 0; i < f->nodes; i++)
		s->p->reached[i] = s->seen[state_of(i, false)];
	for (int i = 0; i < ins->steps_n; i++) {
		bool reached = ins->step[i].decides;

		for (int j = 0; j < f->records; j++)
			reached |= s->p->reached[i * f->records + j];
		if (!reached)
			prove_complain(s->p, ins->step[i].at,
			    "step \"%.*s\" is never reached: whatever leads "
			    "there contradicts itself",
			    STR_FMT(ins->step[i].id));
	}
}

static void
check_one_of(struct search *s, uint64_t searched)
{
	const struct instruction *ins = s->p->ins;

	for (enum outcome o = 0; o < OUTCOME__MAX; o++) {
		uint64_t any = ins->outcome[o].one_of;
		bool done = !any || (__builtin_popcountll(any) == 1 &&
					any & searched);

		for (enum outcome before = 0; before < o; before++)
			done |= ins->outcome[before].one_of == any;
		if (!done)
			search(s, any);
	}
}

void
prove_evidence(struct prover *p)
{
	size_t states = 2 * (size_t)p->flow->nodes;
	uint64_t required = prove_binding;
	struct search s = {.p = p,
	    .queue = mem_array(p->scratch, int, states),
	    .next = mem_array(p->scratch, int, states),
	    .seen = mem_array(p->scratch, bool, states),
	    .came = mem_array(p->scratch, struct came, states),
	    .told = mem_array(p->scratch, const struct target *,
		COMPLAINTS_MAX)};

	check_reached(&s);
	for (enum outcome o = 0; o < OUTCOME__MAX; o++)
		required |= p->ins->outcome[o].requires;
	for (int i = 0; i < p->ins->steps_n; i++)
		required |= p->ins->step[i].requires;
	for (enum evidence e = 0; e < EVIDENCE__MAX; e++)
		if (required & BIT(e))
			search(&s, BIT(e));
	check_one_of(&s, required);
}
