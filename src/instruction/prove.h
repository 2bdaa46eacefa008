#pragma once
/*
 * The proof of a loaded instruction: that whoever follows it can break none of
 * the desk's rules and never gets stuck. docs/instruction.en.md says in plain
 * words what is proved; each part's file says how.
 */
#include "instruction/instruction.h"

/* What the proof found out on its way. */
struct proof {
	int seconds_most; /* of the costliest way to a first matter's end */
};

/* Proves `ins`. ERR_INVALID: `c` holds every complaint, each with its place
 * in the file and a concrete way through the instruction that shows it.
 * *out (may be NULL) is filled in either way. */
MUST_CHECK enum err instruction_prove(const struct instruction *ins,
    struct complaints *c, struct proof *out);
