#pragma once
/*
 * Nothing internal is told (M9): every text that leaves the house is screened
 * (instruction/screen.h) for where employees are or why they are not here, for
 * private numbers, for words of internal notes. What is found must be changed,
 * or a supervisor releases it with a reason.
 */
#include "desk/desk.h"
#include "instruction/screen.h"
#include "store/queries_rows.h"

enum { RELEASE_MOST = 500, HELD_SHOWN = 20, NUMBERS_ASKED_MOST = 10 };

/* A text that is about to leave, and what stands above it if it is a mail. */
struct leaving {
	struct str text;
	struct str subject, person; /* to whom; may be "" */
	int64_t ticket_id, customer_id, call_id; /* whose notes; 0: none */
	int64_t message_id;     /* the text itself, in the ticket; 0: not yet */
	struct str release; /* a supervisor's reason to let it go; "" */
	bool typing; /* not yet finished: private numbers are not looked for */
};

/* A text that was held back, and the places that do it. */
struct confidential {
	struct str text;
	struct screen_hits hits;
	size_t numbers; /* how many the whole letter may hold, ... */
	bool met;       /* ...and whether one of them is private */
};

/* Within the transaction that sends it. ERR_CONFIDENTIAL (field body), and
 * d->held are the places, unless it was released: then an event "EVENT" of the
 * subject says by whom and why. ERR_INVALID (field release: too long),
 * ERR_LIMITED (private_number.h). */
MUST_CHECK enum err confidential_pass(struct desk *d, struct db_tx *tx,
    const struct leaving *l, const char *event, int64_t subject_id);

/* With what ERR_CONFIDENTIAL left in d->held, in a transaction of its own: the
 * numbers in it were tried for nothing (private_number.h). */
MUST_CHECK enum err confidential_held(struct desk *d, struct db_tx *tx);

/* What would be found in the text; changes nothing. Only names and private
 * numbers if no notes are named. */
MUST_CHECK enum err confidential_look(struct desk *d, const struct leaving *l,
    struct screen_hits *out);

/* The same for a program that asks about a text. More than NUMBERS_ASKED_MOST
 * at once are refused (ERR_INVALID, field text), and all are counted as tried
 * (ERR_LIMITED). */
MUST_CHECK enum err confidential_ask(struct desk *d, struct str text,
    struct screen_hits *out);

/* Answers that were held back (ticket.h): those that wait, and a ticket's.
 * Supervisors only. */
MUST_CHECK enum err held_list(struct desk *d, struct q_held_list_rows *out);
MUST_CHECK enum err held_of_ticket(struct desk *d, int64_t ticket_id,
    struct q_held_of_ticket_rows *out);
