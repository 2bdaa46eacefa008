#pragma once
/*
 * What all units of work share: the configuration, the instruction's versions,
 * the rules of wording and screen, the price list, the synonyms, the database.
 * Made once at start; immutable but for the list of loaded instruction versions,
 * which only grows, and the drawings.
 */
#include "answers/kin.h"
#include "base/clock.h"
#include "base/config.h"
#include "desk/desk.h"
#include "desk/price.h"
#include "instruction/instruction.h"
#include "instruction/screen.h"
#include "instruction/wording.h"

struct house {
	const struct config *config;
	const struct clock *clock;
	struct store *store;
	const struct wording_rules *wording;
	const struct prices *prices;
	const struct screen_rules *screen;
	const struct kin *synonyms;
	struct versions *versions;   /* private to house.c */
	struct charts *charts;       /* drawings made (chart.h) */
};

/* Opens the store, brings it up to date and loads rules and prices. *why says in
 * English what is wrong (for the operator). The instruction is loaded by
 * house_load. ERR_STORE, ERR_INVALID. */
MUST_CHECK enum err house_open(void *mem, const struct config *config,
    const struct clock *clock, struct house **out, struct str *why);
void house_close(struct house *h);

/* Sees to it that an instruction is in force: in a new database the configured
 * file or, without one, the shipped instruction becomes its first version.
 * ERR_INVALID with *why (file:line:column: ...), ERR_STORE. */
MUST_CHECK enum err house_load(struct desk *d, struct str *why);

/* What a start of the server does on top of it: the configured file comes into
 * force if it was changed since it last did, and the shipped instruction if an
 * older shipped one is in force. What is in force is loaded and proved.
 * Errors as house_load. */
MUST_CHECK enum err house_renew(struct desk *d, struct str *why);

/* The text that calls begin with from now on, read from the database: another
 * process may have brought a newer one into force. *out_id is the text's, as
 * for house_instruction; *out lives as long as the house. ERR_NOT_FOUND before
 * house_load, ERR_STORE. */
MUST_CHECK enum err house_in_force(struct desk *d, int64_t *out_id,
    const struct instruction **out);

/* A text by its id, read from the database when it is not loaded yet. Lives
 * as long as the house. NULL if this program does not understand a text that an
 * older one did. ERR_NOT_FOUND, ERR_STORE. */
MUST_CHECK enum err house_instruction_if_readable(struct desk *d, int64_t id,
    const struct instruction **out);

/* The same for whoever cannot do without: ERR_INTERNAL where the other gives
 * NULL. */
MUST_CHECK enum err house_instruction(struct desk *d, int64_t id,
    const struct instruction **out);
