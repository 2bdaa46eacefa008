#pragma once
/*
 * An instruction as the graph of what one entry of a call can do. Steps that
 * decide are folded away: from a step that asks, a *move* is an answer
 * together with what must hold for it, leading to the next step that asks or
 * to an end. Nodes tell a step apart by the evidence that on-record steps ask
 * for, so every move of a node can really be taken there. Private to this
 * floor: the proof (prove.h) and the paths (paths.h) stand on it.
 */
#include "base/buf.h"
#include "instruction/instruction.h"

/* A step and the way out of it: an answer's index, or 1 for yes and 0 for no
 * where the step decides. */
struct path_step {
	int step;
	int answer;
};

struct move {
	int answer;               /* of the step; 0 where a branch is opened */
	uint64_t yes, no;         /* facts that must hold, that must not */
	uint64_t sets;            /* evidence put on record on the way */
	const struct target *end; /* behind all decisions */
	int to;                   /* node at which the call then stands, or -1:
				   * it is over, or back at its step */
	int decided_n;            /* steps that decided on the way */
	struct path_step *decided;
};

struct flow_node {
	int step;   /* that asks; -1: a branch is being opened */
	int branch;
	int n;
	struct move *move;
	bool made;
};

struct flow {
	const struct instruction *ins;
	uint64_t asked;  /* evidence that on-record steps ask for */
	int records;     /* how many subsets of it: 1 << its number */
	int nodes;       /* (steps_n + anytime_n) * records */
	struct flow_node *node;
};

/* The graph, owned by `mem`; it borrows the instruction. */
struct flow *flow_new(void *mem, const struct instruction *ins);

/* The node of a step or of a branch being opened, with `evidence` on record. */
int flow_step(const struct flow *f, int step, uint64_t evidence);
int flow_branch(const struct flow *f, int branch, uint64_t evidence);

/* Of the evidence that is asked for, what is on record at a node. */
uint64_t flow_record(const struct flow *f, int node);

/* A node with its moves, which are found when it is first looked at. */
const struct flow_node *flow_at(struct flow *f, int node);

/* A move in words, "step=answer" and the decisions behind it, with " > "
 * between them, in front too unless it is the first. */
void flow_write(const struct flow *f, struct buf *b, int node,
    const struct move *m);
