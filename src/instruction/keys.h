#pragma once
/*
 * The words that may stand in front of a colon in an instruction file, by the
 * map they stand in, separated by spaces. docs/instruction.schema.json lists
 * the same for editors. Private to this floor.
 */
#define KEYS_ROOT                                                              \
	"dienstweg id title limits rules outcomes start steps anytime"
#define KEYS_LIMITS  "call warn grace matters"
#define KEYS_RULE    "id text kept-by"
#define KEYS_OUTCOME "requires one-of say rules then"
#define KEYS_ANYTIME "id key text rules start end then opens"
#define KEYS_ASKS    "id rules say ask hint input seconds max answers"
#define KEYS_DECIDES "id rules decide on-record yes no"
#define KEYS_ANSWER  "id text needs when next end then sets"
#define KEYS_BRANCH  "next end then sets"
