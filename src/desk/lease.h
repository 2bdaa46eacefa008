#pragma once
/*
 * Work that must be done by one node at a time: whoever has the lease does it,
 * and it runs out by itself if that node is gone.
 */
#include "desk/desk.h"

struct lease {
	const char *name;    /* "crawl" */
	int64_t length_ms;
	struct str holder;   /* secret_token(): nobody else's */
};

/* Takes the lease, or keeps it: *ours says whether it is ours from now on. */
MUST_CHECK enum err lease_take(struct desk *d, const struct lease *l,
    bool *ours);
MUST_CHECK enum err lease_give(struct desk *d, const struct lease *l);
