#pragma once
/*
 * A house's instruction: its rules and the guide that leads a call, loaded
 * from one YAML file in two languages (docs/instruction.en.md describes the
 * file). Once loaded it never changes and may be read by all threads. Names
 * are resolved to indices, so that a walk (walk.h) compares no text.
 */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/i18n.h"
#include "base/str.h"
#include "base/yaml.h"
#include "instruction/vocabulary.h"

enum {
	INSTRUCTION_VERSION = 1,     /* of the file's language */
	INSTRUCTION_STEPS_MAX = 200,
	INSTRUCTION_ANSWERS_MAX = 9, /* the number keys */
	INSTRUCTION_ANYTIME_MAX = 26,
	INSTRUCTION_RULES_MAX = 64,
	INSTRUCTION_MATTERS_MAX = 16,
	INSTRUCTION_VISITS_MAX = 9,
	INSTRUCTION_RECORDS_MAX = 4, /* kinds that on-record steps ask for */
};

/* Where something stands in the file, from 1. */
struct place {
	int line, column;
};

/* Where an answer leads. */
enum target_kind {
	TARGET_STEP,    /* to `step` */
	TARGET_RETURN,  /* out of an anytime branch, to where it was opened */
	TARGET_OUTCOME, /* the matter ends; the call goes on at `step`, if any */
	TARGET_CALL,    /* the call ends; its last matter has ended before */
};

struct target {
	enum target_kind kind;
	int step;             /* -1: none */
	enum outcome outcome; /* TARGET_OUTCOME */
	uint64_t sets;        /* evidence it puts on record */
	struct place at;
};

struct answer {
	struct str id;
	struct text2 text;
	struct target target;
	uint64_t needs; /* inputs the desk must find acceptable */
	uint64_t when;  /* facts that must hold, or it is not shown */
};

struct step {
	struct str id;
	struct place at;
	uint64_t rules;             /* bits of instruction.rule */
	struct text2 say, ask, hint; /* p == NULL where not given */
	uint64_t requires;          /* evidence that its texts speak of */
	enum input input;
	int seconds;                /* what it usually takes */
	int visits_max;             /* in one matter; 0: no limit */
	bool decides;               /* without asking anyone */
	bool by_record;             /* decides: by evidence, not by a fact */
	enum fact fact;             /* decides, by a fact */
	enum evidence evidence;     /* decides, by_record */
	struct target yes, no;      /* decides */
	int answers_n;              /* asks */
	struct answer *answer;
	bool in_main;               /* reached without an anytime branch */
	bool in_branch;             /* reached within one */
	bool between;               /* asked when a matter has ended */
};

/* A branch that is open from every step and returns or ends. */
struct anytime {
	struct str id;
	char key; /* 'A' to 'Z' */
	struct text2 text;
	uint64_t rules;
	struct target target; /* TARGET_STEP or TARGET_OUTCOME */
};

struct rule {
	struct str id; /* "M3" */
	struct text2 text;
	enum keeper keeper;
};

struct outcome_rule {
	bool offered;      /* the file lists it */
	struct place at;
	uint64_t requires; /* all of this evidence */
	uint64_t one_of;   /* and at least one of this; 0: nothing */
	struct text2 say;  /* the last sentence; p == NULL where not given */
	uint64_t rules;
	int then;          /* the step where the call goes on, or -1 */
};

struct instruction {
	struct str id;
	struct text2 title;
	int64_t call_ms, warn_ms, grace_ms;
	struct place call_at; /* of limits.call */
	int matters_max; /* in one call */
	int rules_n;
	struct rule *rule;
	int steps_n;
	struct step *step;
	int start;
	int anytime_n;
	struct anytime *anytime;
	int limit;       /* the branch that the limit opens by itself; -1 */
	struct outcome_rule outcome[OUTCOME__MAX];
};

/* Loads an instruction; *out is owned by `mem` and borrows nothing from
 * `source`. ERR_INVALID: `c` holds every complaint, each with its place, and
 * *out is untouched. */
MUST_CHECK enum err instruction_load(void *mem, struct str source,
    struct complaints *c, struct instruction **out);

/* The index of what bears that id, or -1. */
int instruction_step(const struct instruction *ins, struct str id);
int instruction_rule(const struct instruction *ins, struct str id);
int instruction_anytime(const struct instruction *ins, struct str id);
int step_answer(const struct step *s, struct str id);

/* Which way a deciding step goes, with that on record and those facts. */
const struct target *step_decision(const struct step *s, uint64_t evidence,
    uint64_t facts);

/* The outcome's requirement that the evidence does not meet; where one of
 * several would do and none is there, all of them. */
uint64_t outcome_missing(const struct outcome_rule *o, uint64_t evidence);

/* The ways out of a step: its answers' targets, or no and yes. */
int step_targets(const struct step *s);
const struct target *step_target(const struct step *s, int i);
