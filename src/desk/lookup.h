#pragma once
/*
 * The one box of the call page: finding the customer while someone is still
 * typing. A number (its beginning), a telephone number (its beginning or its
 * last digits, four at least), or words of the customer's name, town and
 * persons, each by its beginning and in any order.
 *
 * What is found is a suggestion. Only a whole customer number that the caller
 * said identifies (M3): that is what `exact` tells.
 */
#include "desk/desk.h"

enum {
	LOOKUP_MOST = 20,
	LOOKUP_WORDS = 4,   /* the longest; further words are not looked at */
	LOOKUP_BYTES = 200, /* typed text that is longer finds nobody */
};

struct lookup_hit {
	int64_t id;
	struct str number, name, city;
	bool entitled;     /* has a contract that runs today */
	bool exact;        /* what was typed is this customer's number */
	struct str e164;   /* the telephone number that matched; "" if none */
	struct str person; /* whose it is, or whose name matched; "" if none */
};

struct lookup {
	struct lookup_hit v[LOOKUP_MOST];
	size_t n;
};

/* The best `most` (at most LOOKUP_MOST) customers for what was typed: exact
 * number, numbers, telephone numbers, names that begin so, words. Where each of
 * several words has more than 5,000 entries, only the first 10,000 of one of
 * them are looked at. */
MUST_CHECK enum err customer_lookup(struct desk *d, struct str typed,
    size_t most, struct lookup *out);

/* The customers that a caller's number suggests. */
MUST_CHECK enum err lookup_by_phone(struct desk *d, struct str e164,
    struct lookup *out);
