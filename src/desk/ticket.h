#pragma once
/*
 * Tickets: questions that were written into support, their thread and state.
 * How one comes into being, with all its evidence, is intake.h.
 *
 * The number people say is the row's id with a Damm check digit behind it:
 * "1042-7". A misheard digit is found at once.
 */
#include "desk/desk.h"
#include "desk/outbox.h"
#include "instruction/screen.h"
#include "store/queries_rows.h"

/* Stored: never renumber. */
enum ticket_state {
	TICKET_UNANSWERED = 1,
	TICKET_ANSWERED = 2,
	TICKET_CLOSED = 3,
};

enum ticket_kind {
	KIND_SUPPORT = 1,
	KIND_PROSPECT = 2,
	KIND_PARTNER = 3,
	KIND_LEGAL = 4,
};

enum message_kind {
	MESSAGE_ANSWER = 1,
	MESSAGE_NOTE = 2,    /* for colleagues only */
	MESSAGE_CLOSED = 3,
	MESSAGE_REOPENED = 4, /* with the further question */
};

enum {
	TICKET_TEXT_MOST = 10000,  /* characters of a question or an answer */
	TICKET_PAGE = 25,
};

const char *ticket_state_name(enum ticket_state s);
const char *ticket_kind_name(enum ticket_kind k);

/* "1042-7", and back; ticket_number_read is false if it is no such number or
 * the check digit is wrong. "1042-7", "10427" and "1042 7" are the same. */
struct str ticket_number(void *mem, int64_t id);
bool ticket_number_read(void *mem, struct str typed, int64_t *out_id);

/* A page of tickets. */
struct ticket_filter {
	enum ticket_state state;     /* 0: any, for a customer's alone */
	enum ticket_kind kind;       /* 0: any; one of the few, not support */
	struct str customer;         /* by its number; "": any */
	int64_t after_ms, after_id;  /* the last row of the page before; 0, 0 */
};

/* Unanswered ones oldest first, others and a customer's newest first,
 * TICKET_PAGE at a time; *more tells that there are further ones. ERR_INVALID
 * (customer: there is none of that number; kind). */
MUST_CHECK enum err ticket_list(struct desk *d, const struct ticket_filter *f,
    struct q_ticket_row_rows *out, bool *more);

/* The `most` that have waited longest for an answer. */
MUST_CHECK enum err ticket_oldest(struct desk *d, int64_t most,
    struct q_ticket_row_rows *out);

/* The newest tickets of one customer (20 at most). */
MUST_CHECK enum err ticket_of_customer(struct desk *d, int64_t customer_id,
    struct q_ticket_row_rows *out);

/* How many are unanswered; counts to 100 at most. */
MUST_CHECK enum err ticket_unanswered(struct desk *d, int64_t *out);

struct ticket_full {
	struct q_ticket ticket;
	struct q_ticket_messages_rows messages;
	struct q_ticket_drafts_rows drafts;  /* of colleagues, within minutes */
	struct str draft;                    /* one's own; "" if none */
	struct q_ticket_history_rows history; /* newest first, 200 at most */
};

/* ERR_NOT_FOUND. */
MUST_CHECK enum err ticket_get(struct desk *d, int64_t id,
    struct ticket_full *out);

/* The searches that were made before it was written. */
MUST_CHECK enum err ticket_searches(struct desk *d, int64_t id,
    struct q_searched_row_rows *out);

/* Keeps an answer that is being written; no event. An empty text drops it. */
MUST_CHECK enum err ticket_draft(struct desk *d, int64_t id, struct str body);

/* What is done to a ticket. `version` is the one that the employee saw: if a
 * colleague was faster, ERR_STALE and nothing is saved. */
struct ticket_change {
	int64_t id;
	int64_t version;
	struct str body;
	/* An answer's: how it reaches the customer (outbox.h), and a
	 * supervisor's reason to let it leave all the same (confidential.h). */
	enum outbox_way way;
	struct str address, release;
};

/* Answers an unanswered ticket. It is screened, and goes into the outbox.
 * ERR_INVALID (body, way, address, release), ERR_CONFLICT (closed),
 * ERR_CONFIDENTIAL (body; d->held): it is kept for a supervisor. */
MUST_CHECK enum err ticket_answer(struct desk *d, const struct ticket_change *c);

/* What would hold an answer back that is being typed; changes nothing. Private
 * numbers are looked for only in what was held back: nobody is to try them. */
MUST_CHECK enum err ticket_look(struct desk *d, int64_t id, struct str body,
    struct screen_hits *out);

/* Where mail about it goes by itself: the person's address, else the
 * customer's; "" if there is none. */
MUST_CHECK enum err ticket_address(struct desk *d, struct db *db,
    const struct q_ticket *t, struct str *out);

/* Adds a note for colleagues; the state stays, no version is needed. */
MUST_CHECK enum err ticket_note(struct desk *d, int64_t id, struct str body);

/* The same within a transaction; a thread that is full takes none. */
MUST_CHECK enum err ticket_note_write(struct desk *d, struct db_tx *tx,
    int64_t id, struct str body);

/* Closes an answered ticket; an unanswered one cannot be closed without an
 * answer: ERR_CONFLICT. */
MUST_CHECK enum err ticket_close(struct desk *d, const struct ticket_change *c);

/* Opens an answered or closed ticket again with a further exact question. */
MUST_CHECK enum err ticket_reopen(struct desk *d, const struct ticket_change *c);
