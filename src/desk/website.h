#pragma once
/*
 * The company's website as a source of answers: who may have it read anew, when
 * that happens by itself, and what came of it. The crawl is the floor below's
 * (answers/crawl.h); one node runs it at a time, by a lease.
 */
#include <stdatomic.h>

#include "answers/crawl.h"
#include "desk/desk.h"
#include "store/queries.h"

enum { WEBSITE_RUNS_SHOWN = 10, WEBSITE_FAILURES_SHOWN = 100 };

struct website {
	bool configured;         /* a start address is named */
	bool running;            /* now, on some node */
	bool asked;              /* and has not begun */
	struct q_crawl_row_rows runs; /* the newest first */
	struct q_crawl_failure_rows failures;
	int64_t next;            /* more failures are above it; 0: there are none */
};

/* Reads how it stands; failures with an id above `above`. */
MUST_CHECK enum err website_read(struct desk *d, int64_t above,
    struct website *out);

/* Asks for a crawl of the configured website (supervisors). ERR_INVALID: none
 * is configured; ERR_CONFLICT: one is asked for or running. */
MUST_CHECK enum err website_ask(struct desk *d);

/* What the job does each time it looks: asks for a crawl if one is due, goes on
 * with one that is not finished unless another node does. Returns when there is
 * nothing to do or *stop is set. */
MUST_CHECK enum err website_job(struct desk *d, const atomic_bool *stop);

/* One crawl at once, for the command line: of the configured website, or, with
 * a start address, of that host alone. A private host named here counts as
 * named. ERR_INVALID, ERR_CONFLICT as above. */
struct website_crawl {
	struct str start;        /* "": as configured */
	const atomic_bool *stop;
	bool (*progress)(void *arg, const struct crawl_count *count);
	void *arg;
	enum crawl_state state;  /* how it ended */
	struct crawl_count count;
};
MUST_CHECK enum err website_crawl(struct desk *d, struct website_crawl *c);
