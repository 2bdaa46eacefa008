#pragma once
/*
 * Customers that seem to be there already: the same name in the same place.
 * What follows from that is for whoever asks: an import complains, a form comes
 * back once, the API mentions it.
 */
#include "desk/customer.h"

enum { TWINS_LOOKED_AT = 100 }; /* of one name */

/* Whether two places may be one: postcodes and towns agree, as far as both are
 * known. */
bool twin_place(void *mem, struct str zip, struct str city, struct str other_zip,
    struct str other_city);

/* Those that seem to be this one; `but` is left out (0: nobody). Only reads;
 * on a door's behalf after its check who may. */
MUST_CHECK enum err twin_find(struct desk *d, struct db *db,
    const struct customer_form *f, int64_t but,
    struct q_customer_of_name_rows *out);

/* As customer_add, but ERR_CONFLICT (field twin), and *twins tells who, if such
 * a customer seems to be there already. */
MUST_CHECK enum err customer_add_single(struct desk *d,
    const struct customer_form *f, struct q_customer_of_name_rows *twins,
    int64_t *out_id);

/* Who else seems to be this customer, for a door. */
MUST_CHECK enum err customer_similar(struct desk *d,
    const struct customer_form *f, int64_t but,
    struct q_customer_of_name_rows *out);
