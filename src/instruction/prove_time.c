/*
 * Seconds and dead ends: what a call costs until its first matter ends, and
 * whether every step can be left, whatever facts hold when it is shown.
 *
 * Both depend on how often bounded steps were visited, so the walks themselves
 * are followed, as states: a node and the visits to the bounded steps of its
 * own loop. Visits elsewhere are forgotten, because nothing leads back there
 * within the matter (a *knot*: steps that lead to one another). Since every
 * loop has a bounded step the states form no circle, and one depth-first
 * search gives each its costliest way on. This is exact. How many states there
 * are depends on the largest knot alone; a file whose loops are too entangled
 * to be counted out is refused, with the place.
 *
 * Seconds are those of a call that has nothing but its first matter, without
 * anytime branches: what these cost, what is said between two matters and what
 * a second one takes is up to the caller, and the clock that runs over the
 * whole call deals with it. Within a branch all bounded steps count as used
 * up, because it may have been opened before.
 */
#include "instruction/prove_parts.h"

#include "base/mem.h"

enum {
	SLOTS_MAX = 12,      /* bounded steps in one knot, 4 bits each */
	STATES_MAX = 1 << 17,
	TABLE_SIZE = 1 << 18,
	TABLE_SHIFT = 64 - 18,
};

struct state {
	int node;
	uint64_t visits;
	bool done;   /* what follows is known: */
	int seconds; /* of the costliest way on, this step included */
	int best;    /* the move it begins with; -1: none */
};

struct frame {
	int state, move; /* the move in hand */
};

struct timer {
	struct prover *p;
	int knot[INSTRUCTION_STEPS_MAX];
	int slot[INSTRUCTION_STEPS_MAX]; /* -1: no bound */
	int states, frames;
	struct state *state;
	struct frame *frame;
	int *table;       /* of states, by hash; 0: free, else index + 1 */
	bool dead[INSTRUCTION_STEPS_MAX]; /* complained about */
	bool too_many;
};

/* Which steps can be come to from one, without ending the matter. */
static void
mark_after(const struct instruction *ins, int from, bool *after, int *work)
{
	int n = 0;

	work[n++] = from;
	while (n) {
		const struct step *s = &ins->step[work[--n]];

		for (int i = 0; i < step_targets(s); i++) {
			const struct target *t = step_target(s, i);

			if (t->kind != TARGET_STEP || after[t->step])
				continue;
			after[t->step] = true;
			work[n++] = t->step;
		}
	}
}

static void
knots_find(struct timer *t)
{
	const struct instruction *ins = t->p->ins;
	size_t n = (size_t)ins->steps_n;
	bool *after = mem_array(t->p->scratch, bool, n * n);
	int *work = mem_array(t->p->scratch, int, n + 1);

	for (size_t i = 0; i < n; i++) {
		mark_after(ins, (int)i, after + i * n, work);
		after[i * n + i] = true;
	}
	for (size_t i = 0; i < n; i++) {
		t->knot[i] = (int)i;
		for (size_t j = 0; j < i; j++)
			if (after[i * n + j] && after[j * n + i]) {
				t->knot[i] = t->knot[j];
				break;
			}
	}
}

static void
tell_entangled(struct timer *t, int step)
{
	const struct step *s = &t->p->ins->step[step];

	if (!t->too_many)
		prove_complain(t->p, s->at,
		    "the loops around step \"%.*s\" are too entangled to be "
		    "counted out; fewer of them, or a lower max, can be",
		    STR_FMT(s->id));
	t->too_many = true;
}

static void
slots_give(struct timer *t)
{
	const struct instruction *ins = t->p->ins;
	int used[INSTRUCTION_STEPS_MAX] = {0};

	for (int i = 0; i < ins->steps_n; i++) {
		t->slot[i] = -1;
		if (ins->step[i].visits_max == 0)
			continue;
		t->slot[i] = used[t->knot[i]]++;
		if (t->slot[i] >= SLOTS_MAX)
			tell_entangled(t, i);
	}
}

static int
state_at(struct timer *t, int node, uint64_t visits)
{
	uint64_t hash = (visits * 31 + (uint64_t)node) * 0x9e3779b97f4a7c15u;
	size_t at = (size_t)(hash >> TABLE_SHIFT);

	while (t->table[at]) {
		const struct state *s = &t->state[t->table[at] - 1];

		if (s->node == node && s->visits == visits)
			return t->table[at] - 1;
		at = (at + 1) % TABLE_SIZE;
	}
	if (t->states == STATES_MAX) {
		tell_entangled(t, t->p->flow->node[node].step);
		return -1;
	}
	t->state[t->states] =
	    (struct state){.node = node, .visits = visits, .best = -1};
	t->table[at] = ++t->states;
	return t->states - 1;
}

static int
visits_of(const struct timer *t, int step, uint64_t visits)
{
	return t->slot[step] < 0 ? 0 : (int)(visits >> 4 * t->slot[step] & 15);
}

/* The visits after going from one step to another; false: not once more. */
static bool
visits_go(const struct timer *t, int from, int to, uint64_t *visits)
{
	if (from < 0 || t->knot[from] != t->knot[to])
		*visits = 0;
	if (t->slot[to] < 0)
		return true;
	if (visits_of(t, to, *visits) >= t->p->ins->step[to].visits_max)
		return false;
	*visits += (uint64_t)1 << 4 * t->slot[to];
	return true;
}

/* Whether a move can be taken in a state. */
static bool
move_open(const struct timer *t, const struct state *s, const struct move *m)
{
	const struct instruction *ins = t->p->ins;
	int step = t->p->flow->node[s->node].step;
	uint64_t visits = s->visits;

	if (m->end->kind != TARGET_STEP)
		return true;
	if (ins->step[step].in_branch)
		return ins->step[m->end->step].visits_max == 0;
	return visits_go(t, step, m->end->step, &visits);
}

/* Whether some move is open under exactly these facts. */
static bool
left_under(struct timer *t, const struct state *s, uint64_t facts, bool ending)
{
	const struct flow_node *n = flow_at(t->p->flow, s->node);

	for (int i = 0; i < n->n; i++) {
		const struct move *m = &n->move[i];

		if (m->yes & ~facts || m->no & facts)
			continue;
		if (ending ? m->end->kind != TARGET_STEP : move_open(t, s, m))
			return true;
	}
	return false;
}

/* Whether it can be left under all facts. `ending`: by a move that begins no
 * further matter. */
static bool
state_left(struct timer *t, const struct state *s, bool ending)
{
	const struct flow_node *n = flow_at(t->p->flow, s->node);
	uint64_t asked = 0, facts = 0;

	for (int i = 0; i < n->n; i++)
		asked |= n->move[i].yes | n->move[i].no;
	do {
		if (!left_under(t, s, facts, ending))
			return false;
		facts = (facts - asked) & asked; /* the next subset */
	} while (facts);
	return true;
}

static struct str
stack_way(struct timer *t)
{
	struct flow *f = t->p->flow;
	struct buf b;

	buf_init(&b, t->p->scratch, 1 << 20);
	for (int i = 0; i + 1 < t->frames; i++) {
		int node = t->state[t->frame[i].state].node;

		flow_write(f, &b, node,
		    &flow_at(f, node)->move[t->frame[i].move]);
	}
	return buf_get(&b);
}

static void
check_left(struct timer *t, const struct state *s)
{
	int step = t->p->flow->node[s->node].step;
	const struct step *at = &t->p->ins->step[step];
	struct str way;

	if (t->dead[step] || state_left(t, s, false))
		return;
	t->dead[step] = true;
	way = stack_way(t);
	prove_complain(t->p, at->at,
	    "step \"%.*s\" may be left without an open answer: each has a "
	    "condition or leads to a step with max%s%.*s",
	    STR_FMT(at->id), way.n ? "; on the way " : "", STR_FMT(way));
}

static void
push(struct timer *t, int state)
{
	t->frame[t->frames++] = (struct frame){state, 0};
	check_left(t, &t->state[state]);
}

/* The way on by the move in hand, if it is open: it costs this much. */
static void
weigh(struct state *s, int move, int seconds)
{
	if (s->best >= 0 && seconds <= s->seconds)
		return;
	s->best = move;
	s->seconds = seconds;
}

/* The state that a move leads to, -1 if it is closed. */
static int
state_after(struct timer *t, const struct state *s, const struct move *m)
{
	uint64_t visits = s->visits;

	if (!visits_go(t, t->p->flow->node[s->node].step, m->end->step,
		&visits))
		return -1;
	return state_at(t, m->to, visits);
}

/* Takes the state on top one move further, or off when there is none. */
static void
timer_step(struct timer *t)
{
	struct frame *top = &t->frame[t->frames - 1];
	struct state *s = &t->state[top->state];
	const struct flow_node *n = flow_at(t->p->flow, s->node);
	const struct move *m = &n->move[top->move];
	int next;

	if (top->move == n->n) {
		s->seconds += t->p->ins->step[n->step].seconds;
		s->done = true;
		t->frames--;
		return;
	}
	if (m->end->kind != TARGET_STEP) {
		weigh(s, top->move, 0);
	} else if ((next = state_after(t, s, m)) >= 0) {
		if (!t->state[next].done) {
			push(t, next);
			return;
		}
		weigh(s, top->move, t->state[next].seconds);
	}
	top->move++;
}

/* Follows all walks from a state; gives its index, -1 if there are too many. */
static int
run(struct timer *t, int node, uint64_t visits)
{
	int first = state_at(t, node, visits);

	if (first >= 0 && !t->state[first].done)
		push(t, first);
	while (t->frames)
		timer_step(t);
	return first;
}

static struct str
costliest_way(struct timer *t, int state)
{
	struct flow *f = t->p->flow;
	struct buf b;

	buf_init(&b, t->p->scratch, 1 << 20);
	while (state >= 0 && t->state[state].best >= 0) {
		const struct state *s = &t->state[state];
		const struct move *m = &flow_at(f, s->node)->move[s->best];

		flow_write(f, &b, s->node, m);
		state = m->end->kind == TARGET_STEP ? state_after(t, s, m) : -1;
	}
	return buf_get(&b);
}

static void
check_seconds(struct timer *t)
{
	const struct instruction *ins = t->p->ins;
	uint64_t visits = 0;
	int first;

	visits_go(t, -1, ins->start, &visits);
	first = run(t, flow_step(t->p->flow, ins->start, 0), visits);
	if (first < 0 || t->too_many)
		return;
	t->p->proof.seconds_most = t->state[first].seconds;
	if ((int64_t)t->state[first].seconds * 1000 > ins->call_ms)
		prove_complain(t->p, ins->call_at,
		    "the costliest way takes %d s, the limit is %lld s: %.*s",
		    t->state[first].seconds, (long long)ins->call_ms / 1000,
		    STR_FMT(costliest_way(t, first)));
}

/* Where a matter has ended: what follows, and that the call can be ended when
 * it holds as many as it may. */
static void
check_between(struct timer *t, int node)
{
	const struct step *s = &t->p->ins->step[t->p->flow->node[node].step];
	const struct state here = {.node = node};

	if (t->p->ins->matters_max > 1)
		run(t, node, 0);
	if (t->dead[s - t->p->ins->step] || state_left(t, &here, true))
		return;
	t->dead[s - t->p->ins->step] = true;
	prove_complain(t->p, s->at,
	    "step \"%.*s\" needs an answer with \"end: call\" and without a "
	    "condition, for when no further matter fits",
	    STR_FMT(s->id));
}

void
prove_time(struct prover *p)
{
	struct timer t = {.p = p,
	    .state = mem_sure(
		talloc_array(p->scratch, struct state, STATES_MAX)),
	    .frame = mem_sure(
		talloc_array(p->scratch, struct frame, STATES_MAX)),
	    .table = mem_array(p->scratch, int, TABLE_SIZE)};

	knots_find(&t);
	slots_give(&t);
	if (t.too_many)
		return;
	check_seconds(&t);
	for (int i = 0; i < p->flow->nodes && !t.too_many; i++) {
		int step = p->flow->node[i].step;
		const struct state here = {.node = i};

		if (step < 0 || !p->reached[i] || p->ins->step[step].decides)
			continue;
		if (p->ins->step[step].between)
			check_between(&t, i);
		else if (p->ins->step[step].in_branch)
			check_left(&t, &here);
	}
}
