#pragma once
/*
 * What all units of work share: the configuration, the instruction's versions,
 * the wording rules, the database. Made once at start; immutable but for the
 * list of loaded instruction versions, which only grows.
 */
#include "base/clock.h"
#include "base/config.h"
#include "desk/desk.h"
#include "instruction/instruction.h"
#include "instruction/wording.h"

struct house {
	const struct config *config;
	const struct clock *clock;
	struct store *store;
	const struct wording_rules *wording;
	struct versions *versions;   /* private to house.c */
};

/* Opens the store, brings it up to date and loads wording rules. *why says in
 * English what is wrong (for the operator). The instruction is loaded by
 * house_load. ERR_STORE, ERR_INVALID. */
MUST_CHECK enum err house_open(void *mem, const struct config *config,
    const struct clock *clock, struct house **out, struct str *why);
void house_close(struct house *h);

/* Reads the configured instruction, keeps it in the database if this version
 * is new, and makes it the one that calls begin with. ERR_INVALID with *why
 * (file:line:column: ...), ERR_STORE. */
MUST_CHECK enum err house_load(struct desk *d, struct str *why);

/* The version that calls begin with. */
const struct instruction *house_current(struct house *h, int64_t *out_id);

/* A version by its id, read from the database when it is not loaded yet. Lives
 * as long as the house. ERR_NOT_FOUND, ERR_STORE. */
MUST_CHECK enum err house_instruction(struct desk *d, int64_t id,
    const struct instruction **out);
