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
};

/* A text that was held back, and the places that do it. */
struct confidential {
	struct str text;
	struct screen_hits hits;
};

/* Within the transaction that sends it. ERR_CONFIDENTIAL (field body), and
 * d->held are the places, unless it was released: then an event "EVENT" of the
 * subject says by whom and why. ERR_INVALID (field release: too long). */
MUST_CHECK enum err confidential_pass(struct desk *d, struct db_tx *tx,
    const struct leaving *l, const char *event, int64_t subject_id);

/* What would be found in the text; changes nothing. Only names and private
 * numbers if no notes are named. */
MUST_CHECK enum err confidential_look(struct desk *d, const struct leaving *l,
    struct screen_hits *out);

/* The same for a program that asks about a text. Nobody is to read the private
 * numbers out by asking: more than NUMBERS_ASKED_MOST at once are refused
 * (ERR_INVALID, field text), and an event "confidential.number_asked" says who
 * has met one. */
MUST_CHECK enum err confidential_ask(struct desk *d, struct str text,
    struct screen_hits *out);

/* The employees' numbers that are given to nobody, in any spelling. Admin
 * only. ERR_NOT_FOUND (field login; number), ERR_INVALID (field number),
 * ERR_CONFLICT (field number: it is on the list). */
MUST_CHECK enum err private_number_add(struct desk *d, struct str login,
    struct str number);
MUST_CHECK enum err private_number_remove(struct desk *d, struct str login,
    struct str number);
MUST_CHECK enum err private_number_list(struct desk *d,
    struct q_private_numbers_rows *out);

/* Answers that were held back (ticket.h): those that wait, and a ticket's.
 * Supervisors only. */
MUST_CHECK enum err held_list(struct desk *d, struct q_held_list_rows *out);
MUST_CHECK enum err held_of_ticket(struct desk *d, int64_t ticket_id,
    struct q_held_of_ticket_rows *out);
