#pragma once
/*
 * The customer's parts as the desk's own functions write them, inside a
 * transaction that somebody else began: customer.c and person.c for one form,
 * import.c for many lines. Who may is the caller's question, and so is
 * words_refresh once a customer is complete.
 */
#include "desk/customer.h"

/* The person, who must be active and this customer's: ERR_INVALID (field
 * person). */
MUST_CHECK enum err person_of_customer(struct desk *d, struct db *db,
    int64_t customer_id, int64_t person_id, struct q_person *out);

/* Clean the texts of a form and say what is wrong with them. ERR_INVALID. An
 * import may leave out the name of a customer that has one. */
MUST_CHECK enum err customer_form_check(struct cx *cx, struct customer_form *f,
    bool name_required);
MUST_CHECK enum err person_form_check(struct cx *cx, struct person_form *f);

/* Also turns the number into E.164 without plus. */
MUST_CHECK enum err phone_form_check(struct desk *d, struct phone_form *f);

/* The customer of that number, as it was typed: ERR_INVALID (field customer) if
 * there is none. */
MUST_CHECK enum err customer_by_number(struct desk *d, struct db *db,
    struct str number, int64_t *out_id);

/* The e-mail address of somebody who called for a customer: their own, however
 * the name is spelled, else the customer's; "" if there is none. */
MUST_CHECK enum err caller_address(struct desk *d, struct db *db,
    int64_t customer_id, struct opt_i64 person, struct str name,
    struct str *out);

/* ERR_NOT_FOUND with a text. */
MUST_CHECK enum err customer_read(struct desk *d, struct db *db, int64_t id,
    struct q_customer *out);

/* Write a checked form and its event. Errors as customer_add, person_add,
 * phone_add; phone_write expects a person of this customer. */
MUST_CHECK enum err customer_write(struct desk *d, struct db_tx *tx,
    const struct customer_form *f, int64_t *out_id);
MUST_CHECK enum err person_write(struct desk *d, struct db_tx *tx,
    int64_t customer_id, const struct person_form *f, int64_t *out_id);
MUST_CHECK enum err phone_write(struct desk *d, struct db_tx *tx,
    int64_t customer_id, const struct phone_form *f, int64_t *out_id);
