#pragma once
/*
 * Every way from the start of an instruction to the end of the first matter,
 * without anytime detours. Loops are followed up to their `max`; at a cap the
 * enumeration stops and says so.
 */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "instruction/flow.h"
#include "instruction/instruction.h"

enum {
	PATHS_MAX = 20000,
	PATH_STEPS_MAX = 400,
};

struct path {
	const struct path_step *step; /* borrowed for the time of the call */
	size_t n;
	enum outcome outcome;  /* OUTCOME__MAX: no answer was open at the end */
	int seconds;
	uint64_t missing;      /* evidence the outcome requires and has not */
};

struct paths_total {
	size_t n;
	bool capped;           /* there are more */
	size_t stuck;          /* paths that end without an outcome */
	size_t lacking;        /* paths whose outcome lacks evidence */
	int seconds_most;      /* of the costliest path */
	size_t of_outcome[OUTCOME__MAX];
};

/* Calls `each` (may be NULL) for every path, `max` at most. */
void paths_each(const struct instruction *ins, size_t max, void *arg,
    void (*each)(void *arg, const struct path *path), struct paths_total *out);

/* All of them as JSON:
 * [{"steps":[{"id","answer","rules"}],"outcome","seconds"}]; or as lines for
 * people: seconds, outcome, step=answer > step=answer. False if capped. */
bool paths_json(const struct instruction *ins, struct buf *b);
bool paths_lines(const struct instruction *ins, struct buf *b);
