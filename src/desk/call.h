#pragma once
/*
 * A call: someone is on the line and is led through the instruction. Its
 * transcript is append-only; where it stands is the fold of the engine
 * (instruction/walk.h) over it, so a reload, a crash or a second tab finds the
 * same place. What is typed is kept as it is typed.
 *
 * All functions here that change a call: ERR_NOT_FOUND, ERR_FORBIDDEN (another
 * agent's call, without being a supervisor), ERR_CONFLICT (the call has ended).
 */
#include "desk/answer.h"
#include "desk/consultation.h"
#include "desk/desk.h"
#include "desk/order.h"
#include "instruction/walk.h"
#include "instruction/wording.h"
#include "store/queries_rows.h"

/* How the customer was identified (M3). Stored: never renumber. */
enum identified {
	IDENTIFIED_NOT = 0,
	IDENTIFIED_NUMBER = 1,
	IDENTIFIED_VOICE = 2,
	IDENTIFIED_CHECK = 3,
};

/* What a contact was (M1). Stored: never renumber. */
enum contact_class {
	CLASS_SUPPORT = 1,
	CLASS_ORDER = 2,
	CLASS_NEITHER = 3,
};

enum {
	CALL_INPUT_MOST = 10000, /* characters of a typed text */
	CALL_LINE_MOST = 200,    /* of a short one (search, number, name) */
	CALL_TEXTS_MOST = 10,    /* that one form can bring */
	SEARCH_LEAST = 2,        /* characters of a search that is kept */
};

/* A call as it stands. */
struct call {
	struct q_call row;
	const struct instruction *instruction;
	struct walk walk;
	struct q_call_inputs_rows typed;    /* of this matter and of the call */
	struct q_call_matters_rows matters; /* that have ended */
	uint64_t facts;                     /* that hold now */
	uint64_t inputs;                    /* that are acceptable now */
	struct wording_verdict wording;     /* of the question typed */
	struct q_search_row search;         /* the last one of this matter */
	bool searched;                      /* there is one */
	bool limit_due;      /* the limit came up since the last entry: the walk
	                        stands in its branch, the row knows nothing yet */
	const struct price *price;          /* chosen, of what is offered; or
	                                       NULL */
	struct q_order_in_hand_rows orders; /* for which a transfer may be made,
	                                       in steps that need them */
	struct q_order_in_hand order;       /* chosen of these; id 0: none */
	struct consultation paid;           /* advice for money, in this call */
	bool may_lead;   /* it is one's own, or one is a supervisor */
};

/* Begins a call. ERR_CONFLICT if this employee has an open one: *out_id is
 * that one then. `caller_number` in any spelling, "" if not shown. */
MUST_CHECK enum err call_start(struct desk *d, struct str caller_number,
    int64_t *out_id);

/* The employee's open call; 0 if there is none. */
MUST_CHECK enum err call_open(struct desk *d, int64_t *out_id);

MUST_CHECK enum err call_get(struct desk *d, int64_t id, struct call *out);

/* What was typed under a name in this matter, "" if nothing. */
struct str call_typed(const struct call *c, const char *name);

/* The length of the transcript, as a move must have seen it. */
int64_t call_seq(const struct call *c);

/* Which kind of order the current step offers: advice where its answers begin
 * paid time, else what was put on record. */
enum order_kind call_offers(const struct call *c);

/* A text of the instruction as it is to be read now: the price, the order and
 * its employee stand where the braces are. */
struct str call_text(struct desk *d, const struct call *c,
    const struct text2 *text);

/* Why an answer of the current step cannot be taken now, as a msgid for the
 * person at the desk; NULL if it can, or if all that it lacks is what the step
 * itself asks for. */
const char *call_lacks(const struct call *c, int answer);

/* Chooses the customer while the guide asks for it. `typed` is what the
 * employee had typed to find it; only a customer's whole number counts as
 * "number given". With customer_id 0 it is the one whose whole number was
 * typed, or nobody. */
MUST_CHECK enum err call_customer(struct desk *d, int64_t id,
    int64_t customer_id, struct str typed);

/* Chooses the person on the line, or takes a new name (person_id 0). A new
 * name is added to the customer's persons. */
MUST_CHECK enum err call_person(struct desk *d, int64_t id, int64_t person_id,
    struct str name);

/* Keeps what is being typed: question, search, reason, confirmed, text, and a
 * new person's name (which call_person takes up). No event. ERR_INVALID for
 * other names and too long texts; ERR_CONFLICT when it is on record already (go
 * back first). */
MUST_CHECK enum err call_type(struct desk *d, int64_t id, struct str name,
    struct str value);

/* Searches for an answer while the words are being typed, and keeps with the
 * call what was shown. As call_type; ERR_INVALID (q): too long. */
MUST_CHECK enum err call_search(struct desk *d, int64_t id, struct str words,
    struct answer_hits *out);

/* One step on. `step` and `answer` are ids of the instruction. */
struct call_move {
	int64_t id;
	int64_t seq;              /* length of the transcript that was seen */
	enum entry_kind kind;     /* answer, anytime, back */
	struct str step;
	struct str answer;        /* of the step, or the branch's id */
	/* What the step's form brought along; kept in the same transaction,
	 * also when the guide then refuses the answer. */
	struct call_text {
		struct str name, value;
	} text[CALL_TEXTS_MOST];
	size_t texts;
	int64_t person_id;        /* 0: nobody chosen */
	struct str person;        /* a new one's name; empty: none */
	bool stay;                /* keep these, and no answer */
	/* A document that was found and is taken: kept with the search, and the
	 * step's answer that needs one is chosen. 0: none. */
	int64_t document;
};

/* Appends to the transcript and carries out what follows: a matter's outcome
 * (a ticket is written through the intake), the end of the call. ERR_CONFLICT
 * with the reason when the guide refuses; ERR_EVIDENCE when the intake does.
 * *out_ticket: the ticket that was opened, 0 if none. What was searched for is
 * searched here, if it was not while it was typed. */
MUST_CHECK enum err call_move(struct desk *d, const struct call_move *m,
    int64_t *out_ticket);

/* The newest calls of a customer, or of this employee (20 at most). */
MUST_CHECK enum err call_of_customer(struct desk *d, int64_t customer_id,
    struct q_call_row_rows *out);
MUST_CHECK enum err call_mine(struct desk *d, struct q_call_row_rows *out);
