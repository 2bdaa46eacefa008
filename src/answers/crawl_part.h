#pragma once
/*
 * The parts of a crawl, private to src/answers/crawl*.c:
 *
 *   crawl.c          the order of the whole
 *   crawl_host.c     hosts: robots.txt, pace, giving up
 *   crawl_fetch.c    one address: fetched and understood, nothing written
 *   crawl_write.c    what was fetched, written in one transaction
 *   crawl_sitemap.c  addresses that sitemaps name
 *   crawl_place.c    the ways of clicks, and what no way leads to any more
 */
#include "answers/crawl.h"
#include "answers/extract.h"
#include "answers/robots.h"
#include "answers/trap.h"
#include "store/queries.h"

enum {
	HOPS_MAX = 10,
	HOST_FAILURES_MAX = 5,   /* in a row */
	BATCH_MAX = 16,
	BATCH_BYTES_MAX = 1 << 20,
	BATCH_MS_MAX = 500,
	MET_SLOTS = 1 << 16,
	FOUND_FACTOR = 5,        /* addresses met, for each page allowed */
};

struct crawl_host {
	struct str site;         /* host and port */
	struct weburl root;      /* of the start address */
	bool private_ok;
	bool asked;              /* for its robots.txt */
	bool no_robots;          /* which could not be read */
	bool given_up;
	struct robots robots;
	int failures;            /* in a row */
	int64_t pause_ms, next_ms; /* not before, by the machine's clock */
};

/* An address that was met in this run. */
struct crawl_met {
	uint64_t key;
	int64_t id;
};

/* What came of an address. */
struct crawl_fetched {
	const struct q_crawl_task *task;
	enum crawled outcome; /* NONE: stopped, or to be tried again */
	int status;
	bool unchanged;          /* the copy that is there still holds */
	struct str etag, modified, digest;
	struct weburl target;    /* REDIRECT, CANONICAL */
	struct extract page;
	size_t bytes;
};

struct crawl_run {
	struct cx cx;            /* memory and moment of the batch */
	struct db *db;
	const struct crawl_options *o;
	int64_t id;
	bool configured;         /* not the scope of one address */
	void *mem;               /* of the run */
	struct transfer *transfer;
	struct crawl_host *host;
	size_t hosts;
	struct trap_shapes *shapes;
	struct crawl_met *met;   /* MET_SLOTS */
	struct crawl_count count;
	struct index_batch *index; /* of the transaction */
	struct crawl_fetched batch[BATCH_MAX];
	size_t n;
	int64_t batch_ms;        /* when its first came */
	int64_t begun_ms;
};

int64_t crawl_monotonic_ms(void);

/* Whether the run shall end now. */
bool crawl_is_stopped(const struct crawl_run *r);

/* ERR_INVALID: none of the start addresses is one. */
MUST_CHECK enum err crawl_hosts_make(struct crawl_run *r);

/* The host of an address, NULL outside of the run's scope. */
struct crawl_host *crawl_host_of(const struct crawl_run *r, struct str site);

/* Sees to it that the host's robots.txt was asked for. */
void crawl_host_robots(struct crawl_run *r, struct crawl_host *h);

/* Waits until the host may be asked again; false if stopped meanwhile. */
bool crawl_host_wait(struct crawl_run *r, struct crawl_host *h);

/* Counts an answer, or that there was none. */
void crawl_host_note(struct crawl_host *h, enum crawled o);

/* One GET to the host in its pace. */
enum crawled crawl_get(struct crawl_run *r, struct crawl_host *h,
    struct transfer_request *rq, struct transfer_answer *out);

/* Fetches and understands one address; *f is owned by the batch. */
void crawl_fetch(struct crawl_run *r, const struct q_crawl_task *t,
    struct crawl_fetched *f);

/* A new batch: fresh memory, the clock's moment. */
void crawl_batch_begin(struct crawl_run *r);

/* Does `work` in one transaction, again where the database asks for that.
 * Counts that it changes hold only if it is committed. */
MUST_CHECK enum err crawl_write(struct crawl_run *r,
    enum err (*work)(struct crawl_run *r, struct db_tx *tx, void *arg),
    void *arg);

/* The id of an address in scope, met on the page `parent` (0: none) by a link
 * of these words; queued if this run did not meet it before. *id is 0 where
 * the run may meet no more. */
MUST_CHECK enum err crawl_meet(struct crawl_run *r, struct db_tx *tx,
    const struct weburl *u, int64_t depth, int64_t hops, int64_t parent,
    struct str label, int64_t *id);

/* Writes the batch and begins a new one. */
MUST_CHECK enum err crawl_flush(struct crawl_run *r);

MUST_CHECK enum err crawl_sitemaps(struct crawl_run *r);
MUST_CHECK enum err crawl_places(struct crawl_run *r);
MUST_CHECK enum err crawl_sweep(struct crawl_run *r);
