/*
 * The moves of each node, found by following an answer through all steps that
 * decide: at each, both ways are open unless the fact is known by then, from
 * the answer's condition or from an earlier decision on the same way (within
 * one entry facts hold still; between two they may change). What is on record
 * decides for itself. What is proved over these moves is in prove*.c, a single
 * call is led by walk.c.
 */
#include "instruction/flow.h"

#include "base/mem.h"

/* A way not followed yet, while others of the same answer are. */
struct fork {
	const struct target *target;
	uint64_t yes, no, sets;
	int decided_n;
	struct path_step last; /* of the decisions: how this way begins */
};

struct follower {
	struct flow *f;
	struct flow_node *node;
	uint64_t record;
	int answer;
	int forks;
	struct fork *fork;
	struct path_step *decided;
};

static uint64_t
asked_by(const struct instruction *ins)
{
	uint64_t asked = 0;

	for (int i = 0; i < ins->steps_n; i++)
		if (ins->step[i].by_record)
			asked |= BIT(ins->step[i].evidence);
	return asked;
}

struct flow *
flow_new(void *mem, const struct instruction *ins)
{
	struct flow *f = mem_new(mem, struct flow);

	f->ins = ins;
	f->asked = asked_by(ins);
	f->records = 1 << __builtin_popcountll(f->asked);
	f->nodes = (ins->steps_n + ins->anytime_n) * f->records;
	f->node = mem_array(f, struct flow_node, f->nodes);
	for (int i = 0; i < f->nodes; i++) {
		int place = i / f->records;
		bool step = place < ins->steps_n;

		f->node[i].step = step ? place : -1;
		f->node[i].branch = step ? -1 : place - ins->steps_n;
	}
	return f;
}

/* The evidence as a number below `records`, and back. */
static int
record_index(const struct flow *f, uint64_t evidence)
{
	int index = 0, bit = 0;

	for (enum evidence e = 0; e < EVIDENCE__MAX; e++)
		if (f->asked & BIT(e))
			index |= (int)(evidence >> e & 1) << bit++;
	return index;
}

uint64_t
flow_record(const struct flow *f, int node)
{
	int index = node % f->records, bit = 0;
	uint64_t evidence = 0;

	for (enum evidence e = 0; e < EVIDENCE__MAX; e++)
		if (f->asked & BIT(e) && index >> bit++ & 1)
			evidence |= BIT(e);
	return evidence;
}

int
flow_step(const struct flow *f, int step, uint64_t evidence)
{
	return step * f->records + record_index(f, evidence);
}

int
flow_branch(const struct flow *f, int branch, uint64_t evidence)
{
	return flow_step(f, f->ins->steps_n + branch, evidence);
}

static int
move_to(const struct flow *f, const struct target *t, uint64_t record)
{
	if (t->step < 0 || t->kind == TARGET_RETURN)
		return -1;
	if (t->kind == TARGET_OUTCOME)
		record &= evidence_of_call();
	return flow_step(f, t->step, record);
}

static void
move_add(struct follower *w, const struct fork *at)
{
	struct flow_node *node = w->node;
	struct move *m;

	node->move = mem_sure(talloc_realloc(w->f, node->move, struct move,
	    (unsigned)node->n + 1));
	m = &node->move[node->n++];
	*m = (struct move){.answer = w->answer,
	    .yes = at->yes,
	    .no = at->no,
	    .sets = at->sets,
	    .end = at->target,
	    .to = move_to(w->f, at->target, w->record | at->sets),
	    .decided_n = at->decided_n,
	    .decided = mem_array(w->f, struct path_step, at->decided_n)};
	if (at->decided_n)
		memcpy(m->decided, w->decided,
		    (size_t)at->decided_n * sizeof *m->decided);
}

/* Puts one way out of the deciding step `at` stands before aside, unless it
 * cannot be gone. */
static void
fork_add(struct follower *w, const struct fork *at, bool yes)
{
	const struct step *s = &w->f->ins->step[at->target->step];
	struct fork next = *at;

	next.target = yes ? &s->yes : &s->no;
	if (s->by_record) {
		uint64_t record = w->record | at->sets;

		if (step_decision(s, record, 0) != next.target)
			return;
	} else {
		if ((yes ? at->no : at->yes) & BIT(s->fact))
			return;
		*(yes ? &next.yes : &next.no) |= BIT(s->fact);
	}
	next.sets |= next.target->sets;
	next.last = (struct path_step){at->target->step, yes};
	next.decided_n++;
	w->fork[w->forks++] = next;
}

/* Follows one answer to all its ends; no before yes. */
static void
follow(struct follower *w, const struct target *t, uint64_t when)
{
	w->fork[w->forks++] =
	    (struct fork){.target = t, .yes = when, .sets = t->sets};
	while (w->forks) {
		struct fork at = w->fork[--w->forks];

		if (at.decided_n)
			w->decided[at.decided_n - 1] = at.last;
		if (at.target->kind == TARGET_STEP &&
		    w->f->ins->step[at.target->step].decides) {
			fork_add(w, &at, true);
			fork_add(w, &at, false);
		} else {
			move_add(w, &at);
		}
	}
}

static void
moves_find(struct flow *f, int index)
{
	struct flow_node *node = &f->node[index];
	void *scratch = mem_sure(talloc_new(f));
	int most = f->ins->steps_n + 2;
	struct follower w = {.f = f,
	    .node = node,
	    .record = flow_record(f, index),
	    .fork = mem_array(scratch, struct fork, most),
	    .decided = mem_array(scratch, struct path_step, most)};

	if (node->step < 0) {
		follow(&w, &f->ins->anytime[node->branch].target, 0);
	} else {
		const struct step *s = &f->ins->step[node->step];

		for (w.answer = 0; w.answer < s->answers_n; w.answer++)
			follow(&w, &s->answer[w.answer].target,
			    s->answer[w.answer].when);
	}
	talloc_free(scratch);
	node->made = true;
}

const struct flow_node *
flow_at(struct flow *f, int node)
{
	if (!f->node[node].made)
		moves_find(f, node);
	return &f->node[node];
}

static void
write_step(const struct flow *f, struct buf *b, struct path_step at)
{
	const struct step *s = &f->ins->step[at.step];

	if (b->n)
		buf_puts(b, " > ");
	buf_str(b, s->id);
	buf_char(b, '=');
	if (s->decides)
		buf_puts(b, at.answer ? "yes" : "no");
	else
		buf_str(b, s->answer[at.answer].id);
}

void
flow_write(const struct flow *f, struct buf *b, int node,
    const struct move *m)
{
	const struct flow_node *n = &f->node[node];

	if (n->step >= 0)
		write_step(f, b, (struct path_step){n->step, m->answer});
	else
		buf_printf(b, "%sanytime %.*s", b->n ? " > " : "",
		    STR_FMT(f->ins->anytime[n->branch].id));
	for (int i = 0; i < m->decided_n; i++)
		write_step(f, b, m->decided[i]);
}
