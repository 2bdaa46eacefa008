#pragma once
/*
 * Moving a call that was taken under the wrong customer, with the tickets it
 * wrote: while it runs, and after it has ended.
 */
#include "desk/call.h"

enum { REASSIGNMENTS_MOST = 20 }; /* of one call */

struct call_reassign {
	int64_t call_id;
	int64_t customer_id;    /* 0: the one whose whole number is in `typed` */
	struct str typed;       /* the number the caller gave, if so identified */
	enum identified by;     /* how the new customer was identified (M3) */
	struct str checked;     /* what was checked instead (IDENTIFIED_CHECK) */
	int64_t person_id;      /* 0: nobody chosen, the name counts */
	struct str name;        /* "": the caller's name stays as it is */
	struct str reason;
};

/* Who may: the call's own employee while it runs and on the day it ended,
 * supervisors always (ERR_FORBIDDEN). ERR_EVIDENCE, all of it at once, by field:
 * customer, number, identified, checked, contract (free support was given and
 * the new customer had no active contract on the day of the call; a supervisor
 * may do it all the same, and the record says so). ERR_INVALID: reason, name,
 * customer (it is that customer's already). ERR_CONFLICT: while the call runs
 * and nobody is identified yet, the guide itself asks for the customer.
 * ERR_NOT_FOUND. */
MUST_CHECK enum err call_reassign(struct desk *d,
    const struct call_reassign *r);

/* What was moved, the oldest first. */
MUST_CHECK enum err call_reassignments(struct desk *d, int64_t call_id,
    struct q_call_reassignments_rows *out);

/* Whether the actor may move this call now. */
bool call_may_reassign(struct desk *d, const struct call *c);
