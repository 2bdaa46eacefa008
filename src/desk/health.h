#pragma once
/*
 * How the house is doing, for those who watch over it.
 */
#include "desk/desk.h"

struct health {
	const char *engine;   /* "sqlite", "postgresql" */
	int64_t unanswered;   /* tickets; counted to 100 at most */
};

/* Whether the database answers; nobody need be signed in. ERR_STORE. */
MUST_CHECK enum err health_check(struct desk *d);

MUST_CHECK enum err health_read(struct desk *d, struct health *out);
