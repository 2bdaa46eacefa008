#pragma once
/*
 * Orders: what is not free help but work, a change, a repair or advice, for
 * money (M1, M7, M14, M15). An order begins as an offer with a price that was
 * named; the customer's yes or no is written down in their own words, by whom
 * and when; without a yes nothing can be begun.
 *
 *   offered ─► accepted ─► in progress ─► done ─► invoiced
 *      └─► declined   └───────┴─► cancelled (also an offer)
 *
 * At most one employee is in charge. The number people say is the row's id
 * with a Damm check digit, and an A in front ("A2041-3"), so that nobody takes
 * it for a ticket's.
 */
#include "desk/desk.h"
#include "desk/price.h"
#include "store/queries_rows.h"

/* Stored: never renumber. */
#define ORDER_STATE_LIST(X)                                                    \
	X(ORDER_OFFERED, 1, "offered")                                         \
	X(ORDER_ACCEPTED, 2, "accepted")                                       \
	X(ORDER_DECLINED, 3, "declined")                                       \
	X(ORDER_IN_PROGRESS, 4, "in-progress")                                 \
	X(ORDER_DONE, 5, "done")                                               \
	X(ORDER_INVOICED, 6, "invoiced")                                       \
	X(ORDER_CANCELLED, 7, "cancelled")

enum order_state {
	ORDER_STATE_NONE = 0,
#define X(id, number, name) id = number,
	ORDER_STATE_LIST(X)
#undef X
};

enum {
	ORDER_PAGE = 25,
	ORDER_WORDS_MOST = 200,         /* of a yes or no, a name, a reason */
	ORDER_WORKED_MOST = 100 * 60,   /* minutes */
	ORDER_INVOICE_MOST = 5000,      /* orders in one export */
	ORDERS_IN_HAND = 9,             /* offered for a transfer */
};

const char *order_state_name(enum order_state s);
enum order_state order_state_of(struct str name);

/* The same for people, to be given to tr(): "In progress". */
const char *order_state_words(enum order_state s);

/* "A2041-3", and back: the A and the signs between may be left out. */
struct str order_number(void *mem, int64_t id);
bool order_number_read(void *mem, struct str typed, int64_t *out_id);

/* An offer that is not made in a call. */
struct order_offer {
	int64_t customer_id;    /* 0: see customer_number */
	struct str customer_number;
	int64_t person_id;      /* 0: see caller_name */
	struct str caller_name;
	enum order_kind kind;
	struct str description; /* as exact as a ticket's question */
	struct str price;       /* id in the list; "": net_cents is the price */
	int64_t net_cents;      /* a fixed price agreed for this order alone */
};

/* Once per request (once.h): asked again it gives the same order. ERR_EVIDENCE
 * (customer, person, description), ERR_INVALID (kind, price, net, texts). A
 * consultation is sold in a call alone: ERR_INVALID (kind). */
MUST_CHECK enum err order_offer(struct desk *d, const struct order_offer *o,
    int64_t *out_id);

/* What is done to an order. `version` is the one that was seen; if a colleague
 * was faster, ERR_STALE and nothing is saved. All of them: ERR_NOT_FOUND,
 * ERR_CONFLICT (the state does not allow it). */
struct order_change {
	int64_t id;
	int64_t version;
};

/* The customer's answer to an offer: the exact words, and who said them; both
 * are needed. ERR_INVALID (words, name). */
struct order_reply {
	bool accepted;
	struct str words, name;
};
MUST_CHECK enum err order_reply(struct desk *d, const struct order_change *c,
    const struct order_reply *r);

/* Puts an employee in charge ("": nobody) of an order that is not in progress
 * yet or is handed over. Oneself may anybody, others supervisors alone.
 * ERR_INVALID (employee: nobody of that login), ERR_FORBIDDEN. */
MUST_CHECK enum err order_assign(struct desk *d, const struct order_change *c,
    struct str login);

/* Whether the actor begins, finishes or cancels this order: whoever is in
 * charge, anybody while nobody is, supervisors always. Else the three below are
 * ERR_FORBIDDEN. */
bool order_may_work(const struct desk *d, const struct q_order *o);

/* Work begins: the order was accepted, and whoever is in charge (or, if nobody
 * is, the actor) is at it from now on. */
MUST_CHECK enum err order_start(struct desk *d, const struct order_change *c);

/* The work is done. Where it goes by time, `minutes` says how long it took.
 * ERR_INVALID (minutes). A consultation ends by consultation_stop. */
MUST_CHECK enum err order_done(struct desk *d, const struct order_change *c,
    int64_t minutes);

/* Nothing comes of it; the reason is kept. ERR_INVALID (reason). */
MUST_CHECK enum err order_cancel(struct desk *d, const struct order_change *c,
    struct str reason);

/* Sends an offer, or what was accepted, by e-mail: the description, the price as
 * it was said, the number. Once per request (once.h). `release`: a supervisor's
 * reason to let go what the screen would hold back; "" else. ERR_INVALID
 * (address; way: mail is not set up), ERR_CONFIDENTIAL (body; d->held),
 * ERR_CONFLICT, ERR_NOT_FOUND. */
struct order_sending {
	struct str address, release;
};
MUST_CHECK enum err order_send(struct desk *d, int64_t id,
    const struct order_sending *s);

/* Where it would go: the caller's e-mail address, or the customer's; "". */
MUST_CHECK enum err order_address(struct desk *d, const struct q_order *o,
    struct str *out);

struct order_filter {
	enum order_state state;     /* NONE: any, of a customer alone */
	struct str customer;        /* by its number; "": any */
	int64_t after_ms, after_id; /* the last row of the page before; 0, 0 */
};

/* ORDER_PAGE at a time, what changed last first; a customer's, the newest
 * first. ERR_INVALID (customer: there is none; state: is missing). */
MUST_CHECK enum err order_list(struct desk *d, const struct order_filter *f,
    struct q_order_row_rows *out, bool *more);

/* The newest of one customer (20 at most); what the actor is in charge of and
 * has to do, accepted or in progress. */
MUST_CHECK enum err order_of_customer(struct desk *d, int64_t customer_id,
    struct q_order_row_rows *out);
MUST_CHECK enum err order_mine(struct desk *d, struct q_order_row_rows *out);

struct order_full {
	struct q_order order;
	struct terms terms;
	struct amount amount;   /* as far as it is known: see `sure` */
	int64_t units;
	bool sure;              /* the sum is fixed, or the work is done */
	struct q_order_history_rows history; /* newest first */
};
MUST_CHECK enum err order_get(struct desk *d, int64_t id,
    struct order_full *out);

/* What a line of the history says beside its kind: why the order was cancelled,
 * whom it was given to, or what the customer said; "" for all others. */
struct str order_deed_detail(void *mem, struct str payload);

/* What was agreed, of any row that has the columns. */
#define ORDER_TERMS(row)                                                       \
	((struct terms){(row)->net_cents, (row)->unit_ms, (row)->units_least,  \
	    (row)->vat})

/* ---- For the desk's own use, inside a transaction ---- */

/* An order that a call led to. */
struct order_draft {
	enum order_kind kind;
	int64_t customer_id, person_id, call_id;
	struct str caller_name;
	struct str description;
	const struct price *price;
	bool answered, accepted;
	struct str words;       /* the caller's answer */
};

/* Writes it, with the answer, and its events. ERR_EVIDENCE: one fault per
 * missing evidence (customer, person, description, price, words). */
MUST_CHECK enum err order_write(struct desk *d, struct db_tx *tx,
    const struct order_draft *o, int64_t *out_id);

/* The orders in progress of a customer that somebody is in charge of
 * (ORDERS_IN_HAND at most): for these alone a caller is put through (M6). */
MUST_CHECK enum err order_in_hand(struct desk *d, struct db *db,
    int64_t customer_id, struct q_order_in_hand_rows *out);

/* The order as it is, for a change: ERR_NOT_FOUND. */
MUST_CHECK enum err order_row(struct desk *d, struct db *db, int64_t id,
    struct q_order *out);
