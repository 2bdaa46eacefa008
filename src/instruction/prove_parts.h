#pragma once
/*
 * The parts of the proof, each in a file of its own. Private to this floor.
 */
#include "instruction/flow.h"
#include "instruction/prove.h"

struct prover {
	const struct instruction *ins;
	struct flow *flow;
	void *scratch;
	struct complaints *c;
	struct proof proof;
	bool *reached; /* nodes that some walk comes to, by prove_evidence */
};

/* Complains at a place of the file. */
void prove_complain(struct prover *p, struct place at, const char *format,
    ...) PRINTF_LIKE(3, 4);

/* What the desk demands whatever the file says (prove_desk.c): of outcomes, of
 * answers that put evidence on record, of the first step. */
void prove_desk(struct prover *p);

/* What must be on record before a price is said: for whom, and to whom. */
static const uint64_t prove_binding =
    BIT(EVIDENCE_CUSTOMER) | BIT(EVIDENCE_PERSON);

/* The names of this evidence, in quotes, with "or" between. */
struct str prove_evidence_list(void *mem, uint64_t any);

/* On every way into an outcome, all it requires is on record; every step can
 * really be reached (prove_evidence.c). Fills in p->reached. */
void prove_evidence(struct prover *p);

/* Every step can be left whatever facts hold, and the costliest way to the end
 * of a first matter fits the limit (prove_time.c). Uses p->reached. */
void prove_time(struct prover *p);
