#pragma once
/*
 * Contracts: what entitles a customer to free support (M1). A contract has a
 * first and perhaps a last day, both of them included; what it is worth today
 * follows from the house's calendar, so nobody has to switch it off.
 */
#include "desk/desk.h"
#include "store/queries_rows.h"

enum { CONTRACTS_MOST = 500 }; /* of one customer */

/* What a customer is entitled to on a day, the best of its contracts. */
enum entitlement {
	NEVER = 0,    /* no contract at all */
	FUTURE = 1,   /* has not begun yet */
	FORMER = 2,   /* has ended */
	ENTITLED = 3, /* is running: free support */
};

/* What one contract is on a day. */
enum contract_state {
	CONTRACT_FUTURE,
	CONTRACT_ENDED,
	CONTRACT_ACTIVE,
};

struct contract_form {
	struct str number;    /* the house's own; may be empty */
	struct str product;   /* "DSL 100" */
	struct str starts_on; /* "2026-11-24" */
	struct str ends_on;   /* the last day; empty: open */
	struct str note;
	int64_t version; /* that was seen; for contract_edit */
};

/* A contract and what it is today. */
struct contract_line {
	struct q_contract_row row;
	enum contract_state state;
};

struct contract_lines {
	struct contract_line *v;
	size_t n;
};

/* "future", "ended", "active". */
const char *contract_state_name(enum contract_state s);

enum contract_state contract_state_on(struct str starts_on, struct str ends_on,
    struct str today);

/* Once per request (once.h).
 * ERR_INVALID (fields number, product, starts_on, ends_on, note),
 * ERR_NOT_FOUND (no such customer), ERR_CONFLICT (it has too many). */
MUST_CHECK enum err contract_add(struct desk *d, int64_t customer_id,
    const struct contract_form *f, int64_t *out_id);

/* ERR_INVALID as contract_add, ERR_NOT_FOUND, ERR_STALE (somebody else has
 * changed it meanwhile; nothing is saved). */
MUST_CHECK enum err contract_edit(struct desk *d, int64_t id,
    const struct contract_form *f);

/* ERR_NOT_FOUND. */
MUST_CHECK enum err contract_get(struct desk *d, int64_t id,
    struct q_contract_row *out);

/* A customer's contracts, the newest first, with what each is today. */
MUST_CHECK enum err contract_list(struct desk *d, int64_t customer_id,
    struct contract_lines *out);

/* For the desk's own use, inside a transaction or before one; who may is the
 * caller's question. */

/* What the customer is entitled to on the local day `today`. NEVER for a
 * customer that does not exist. */
MUST_CHECK enum err contract_entitlement(struct desk *d, struct db *db,
    int64_t customer_id, struct str today, enum entitlement *out);

/* Cleans a form's texts and says what is wrong with them. */
MUST_CHECK enum err contract_form_check(struct cx *cx, struct contract_form *f);

/* Writes a checked form and its event. ERR_CONFLICT as contract_add. */
MUST_CHECK enum err contract_write(struct desk *d, struct db_tx *tx,
    int64_t customer_id, const struct contract_form *f, int64_t *out_id);
