#pragma once
/*
 * The intake: how a question becomes a ticket. Every door brings the evidence
 * that it owes (mission rows M1 M2 M3 M11 M12 M16); what is missing is refused
 * by name, all of it at once.
 *
 *                     telephone            API (staff)        import
 *   customer          identified in call   customer number    customer number
 *   person            chosen or new        required           required
 *   contract (active) required for support; not for the other kinds
 *   question          exact                exact              exact
 *   search, reason    in this call         given              exempt
 *   read_back         confirmed            given              exempt
 *   internet_hint     said                 given              exempt
 *
 * In a call the desk has made the search while it was typed, and the guide lets
 * nobody by without one (call_move.c). What a conversation owes (search to
 * internet_hint) is owed by support alone.
 */
#include "desk/desk.h"
#include "desk/gap.h"
#include "desk/ticket.h"
#include "instruction/wording.h"

struct intake {
	enum ticket_kind kind;
	int64_t call_id;            /* 0: not from a call */
	int64_t customer_id;        /* 0: see customer_number */
	struct str customer_number; /* as typed; "": none (kinds but support) */
	int64_t person_id;          /* 0: see caller_name */
	struct str caller_name;
	struct str caller_number;   /* in any spelling; "": not known */
	struct str question;
	struct str search_words;    /* what was looked for on the website */
	struct str search_reason;   /* why no answer served */
	enum reason_kind reason_kind; /* REASON_NONE with a reason: other */
	bool searched;              /* from a call: the desk made the search */
	bool read_back;
	bool internet_hint;
};

/* Writes the ticket within `tx`. ERR_EVIDENCE: one fault per missing evidence,
 * the field is its name as above. ERR_INVALID (caller_number, texts that are
 * too long). */
MUST_CHECK enum err intake_write(struct desk *d, struct db_tx *tx,
    const struct intake *in, int64_t *out_id);

/* What came of a request that nobody waited for. */
struct intake_told {
	void (*tell)(void *arg, enum err e, int64_t id, bool again);
	void *arg;
};

/* The same in a transaction of its own, once per request (d->nonce): asked
 * again it is the same ticket; ERR_CONFLICT (field nonce) if what is asked
 * differs. Machines open tickets by the thousand, so no thread waits for the
 * disk: OK means that `told` is told once what came of it, perhaps by another
 * thread, which must not use the database. Until then d and what `in` points
 * at must live. With any other error nothing is told. */
MUST_CHECK enum err intake_open(struct desk *d, const struct intake *in,
    struct intake_told told);

/* What the intake would say of a question, for whoever is still typing it. */
MUST_CHECK enum err intake_wording(struct desk *d, struct str question,
    struct wording_verdict *out);
