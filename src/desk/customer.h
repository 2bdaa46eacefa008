#pragma once
/*
 * Customers, the persons who call for them and the telephone numbers they call
 * from. Finding one while a caller is speaking is lookup.h; what a customer is
 * entitled to, contract.h; many at once, import.h.
 *
 * A customer's number is what people say: letters and digits, compared without
 * anything else ("10443-7", "10443 7"). One that the house gives has a Damm
 * check digit behind the hyphen.
 *
 * Texts are cleaned and checked here again, whatever door they came through.
 * Functions that write: ERR_INVALID with the fields named as in the form,
 * ERR_NOT_FOUND, ERR_STALE where a version was seen (nothing is saved then).
 */
#include "desk/contract.h"
#include "desk/desk.h"
#include "store/queries_rows.h"

enum {
	CUSTOMER_PAGE = 25,
	PERSONS_MOST = 200, /* of one customer, and so on */
	PHONES_MOST = 200,
};

struct customer_form {
	struct str number; /* empty: the next free one; on edits: as it was */
	struct str name;
	struct str street, zip, city;
	struct str email;
	struct str note;
	int64_t version; /* that was seen; for customer_edit */
};

struct person_form {
	struct str name;
	struct str position; /* "Buchhaltung" */
	struct str email;
	int64_t version; /* that was seen; for person_edit */
};

struct phone_form {
	struct str number; /* in any spelling */
	struct str label;  /* "mobil" */
	int64_t person_id; /* 0: of the customer as a whole */
};

/* All that the customer's page shows. */
struct customer_full {
	struct q_customer customer;
	struct q_customer_persons_rows persons;
	struct q_customer_phones_rows phones;
	struct contract_lines contracts;
	enum entitlement entitlement; /* today */
};

/* ERR_CONFLICT (field number) when the number is taken. Once per request
 * (once.h): asked again it gives the same customer. */
MUST_CHECK enum err customer_add(struct desk *d, const struct customer_form *f,
    int64_t *out_id);
MUST_CHECK enum err customer_edit(struct desk *d, int64_t id,
    const struct customer_form *f);

MUST_CHECK enum err customer_get(struct desk *d, int64_t id,
    struct q_customer *out);
MUST_CHECK enum err customer_full(struct desk *d, int64_t id,
    struct customer_full *out);

/* CUSTOMER_PAGE customers in the order of their names, behind the row with
 * that name_key and id ("" and 0 for the first page). *more tells that there
 * are further ones. */
MUST_CHECK enum err customer_list(struct desk *d, struct str after_key,
    int64_t after_id, struct q_customer_row_rows *out, bool *more);

/* ERR_CONFLICT (field name): the customer has such a person, or too many. */
MUST_CHECK enum err person_add(struct desk *d, int64_t customer_id,
    const struct person_form *f, int64_t *out_id);
MUST_CHECK enum err person_edit(struct desk *d, int64_t id,
    const struct person_form *f);

/* The person is no longer offered; past calls and tickets keep the name, the
 * customer keeps the telephone numbers. */
MUST_CHECK enum err person_remove(struct desk *d, int64_t id);

/* ERR_CONFLICT (field number): the customer has this number, or too many. */
MUST_CHECK enum err phone_add(struct desk *d, int64_t customer_id,
    const struct phone_form *f, int64_t *out_id);
MUST_CHECK enum err phone_remove(struct desk *d, int64_t id);

/* The customer's person of that name, added if there is none, within the
 * caller's transaction. ERR_INVALID, ERR_CONFLICT (field name: too many). */
MUST_CHECK enum err person_find_or_add(struct desk *d, struct db_tx *tx,
    int64_t customer_id, struct str name, int64_t *out_id);
