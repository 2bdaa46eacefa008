#pragma once
/*
 * One call's way through an instruction. A call is an append-only transcript
 * of entries; where it stands is the fold of the engine over them. Facts are
 * stored in the entry that used them, so a replay never jumps because the
 * world has changed since. Pure: no clock, no allocation, no database; a
 * transcript that makes no sense is refused, whoever wrote it.
 */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "instruction/instruction.h"

enum {
	WALK_ENTRIES_MAX = 500,
	WALK_DEPTH_MAX = 4, /* anytime branches inside one another, and the
	                       limit's, which nothing keeps shut */
};

/* What an entry can be: id, name as stored. */
#define ENTRY_LIST(X)                                                          \
	X(ENTRY_ANSWER, "answer")   /* answer `answer` of step `step` */       \
	X(ENTRY_ANYTIME, "anytime") /* branch `answer`, opened at `step` */    \
	X(ENTRY_BACK, "back")       /* undoes the last of this matter */       \
	X(ENTRY_WAIVE, "waive")     /* an answer without what it needs */      \
	X(ENTRY_LIMIT, "limit")     /* the time is up: opens that branch */

/* Why an entry is refused: id, name. The desk puts it into words. */
#define REFUSAL_LIST(X)                                                        \
	X(REFUSAL_NONE, "none")                                                \
	X(REFUSAL_OVER, "over")         /* the call has ended */               \
	X(REFUSAL_STEP, "step")         /* the call stands elsewhere */        \
	X(REFUSAL_ANSWER, "answer")     /* there is no such answer, branch */  \
	X(REFUSAL_HIDDEN, "hidden")     /* its fact does not hold */           \
	X(REFUSAL_NEEDS, "needs")       /* an input is not acceptable */       \
	X(REFUSAL_EVIDENCE, "evidence") /* the outcome requires more */        \
	X(REFUSAL_VISITS, "visits")     /* the step was visited too often */   \
	X(REFUSAL_MATTERS, "matters")   /* too many matters in one call */     \
	X(REFUSAL_NESTED, "nested")     /* branch is open, or too many are */  \
	X(REFUSAL_BACK, "back")         /* nothing to undo in this matter */   \
	X(REFUSAL_PAID, "paid")         /* the caller pays already */          \
	X(REFUSAL_FULL, "full")         /* WALK_ENTRIES_MAX entries */         \
	X(REFUSAL_KIND, "kind")         /* no such kind of entry */

#define X(id, ...) id,
enum entry_kind { ENTRY_LIST(X) ENTRY__MAX };
enum refusal { REFUSAL_LIST(X) REFUSAL__MAX };
#undef X

/* Whether an entry opened a branch: `answer` is the branch's index then. */
static inline bool
entry_opens(enum entry_kind kind)
{
	return kind == ENTRY_ANYTIME || kind == ENTRY_LIMIT;
}

struct entry {
	enum entry_kind kind;
	int step;       /* where the call stood: a second tab is noticed */
	int answer;     /* index in the step, or of the branch; 0 for back */
	uint64_t facts; /* that held, as bits of enum fact */
	int64_t at_ms;
};

/* A matter that has ended. */
struct matter {
	enum outcome outcome;
	uint64_t evidence;  /* on record when it ended */
	uint64_t waived;    /* of it, what a supervisor waived */
	int64_t at_ms;
	size_t first, past; /* its part of walk.path */
};

struct walk {
	int step;           /* where the call stands; -1 when it is over */
	bool over;
	bool between;       /* the last matter has ended, no new one begun */
	uint64_t evidence;  /* on record now */
	uint64_t waived;
	uint64_t put;       /* on record by the last entry; none by a back */
	int depth;          /* open anytime branches, innermost last */
	struct {
		int step, branch;
	} frame[WALK_DEPTH_MAX + 1];
	bool limited;       /* the limit's branch was opened after the limit */
	int matters_n;      /* ended; the open one is number matters_n + 1 */
	struct matter matter[INSTRUCTION_MATTERS_MAX + 1];
	uint8_t visits[INSTRUCTION_STEPS_MAX]; /* in the open matter */
	size_t entries_n;   /* taken, back included */
	size_t begun;       /* path index at which the open matter begins */
	size_t floor;       /* path index below which back does not reach */
	size_t path_n;      /* the way as it stands: entries less those undone */
	struct entry path[WALK_ENTRIES_MAX];
};

/* A call that has just begun. */
void walk_begin(const struct instruction *ins, struct walk *out);

/* Takes one more entry, or says why not and leaves the walk as it was.
 * `inputs`: bits of enum input that the desk finds acceptable now. */
enum refusal walk_next(const struct instruction *ins, struct walk *w,
    const struct entry *e, uint64_t inputs);

/* The state after all entries, as they are stored (inputs were judged when
 * they were taken). At the first that is refused it stops, says why, and
 * out->entries_n is that entry's index. */
enum refusal walk_fold(const struct instruction *ins,
    const struct entry *entries, size_t n, struct walk *out);

/* Whether an answer of the current step could be taken now: REFUSAL_NONE, or
 * why not (HIDDEN ones are not to be shown at all). */
enum refusal walk_answer(const struct instruction *ins, const struct walk *w,
    int answer, uint64_t facts, uint64_t inputs);

/* The same for an anytime branch, and for back. */
enum refusal walk_anytime(const struct instruction *ins, const struct walk *w,
    int branch, uint64_t facts);
enum refusal walk_back(const struct walk *w);

/* Whether the limit's branch is to be opened now that the time is up: there is
 * one, it is not open and was not opened since, the call is not over, and
 * nobody pays for the time. */
bool walk_limit(const struct instruction *ins, const struct walk *w);

/* The evidence that an outcome requires and the walk has not; where one of
 * several would do and none is there, all of them. */
uint64_t walk_missing(const struct instruction *ins, const struct walk *w,
    enum outcome outcome);

/* The names as stored, for example "anytime", "visits"; entry_kind_of gives
 * ENTRY__MAX for any other text. */
const char *entry_kind_name(enum entry_kind kind);
enum entry_kind entry_kind_of(struct str name);
const char *refusal_name(enum refusal refusal);
