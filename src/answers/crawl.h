#pragma once
/*
 * Crawling the company's website: one run fetches every address that links and
 * sitemaps lead to from the start addresses, in the order of distance, and hands
 * each page to the sink; at its end every page learns the shortest way of clicks
 * to it, and pages that no way leads to any more are taken back.
 *
 * A run lives in the database: whatever ends the program, the next call goes on
 * where it stood. It writes in small transactions and holds in memory what is
 * being fetched, a fixed table of addresses met, and at its end some fifty bytes
 * an address for the ways. It leaves the hosts of its start addresses never.
 */
#include <stdatomic.h>

#include "answers/crawled.h"
#include "base/clock.h"
#include "base/cx.h"
#include "base/str.h"
#include "store/db.h"

/* Stored: never renumber. */
enum crawl_state {
	CRAWL_ASKED = 1,
	CRAWL_RUNNING = 2,
	CRAWL_DONE = 3,
	CRAWL_LIMIT = 4,   /* ended at a limit: what it did not see is kept */
	CRAWL_GIVEN_UP = 5, /* another one took its place */
};

/* A page as it is to be found. */
struct crawl_page {
	int64_t id;         /* the address's, which stays */
	struct str url, title;
	struct str clicks;  /* one a line; empty: no way there is known yet */
	struct str headings; /* one a line */
	struct str text;
	int worth;          /* 0 to 100: near the start page, linked often */
};

struct index_batch;

/* Who takes the pages, a batch for each of the crawl's transactions. */
struct crawl_sink {
	struct index_batch *(*begin)(struct cx *cx, struct db_tx *tx);
	enum err (*put)(struct index_batch *b, const struct crawl_page *page);
	/* The same page at another place; its texts are not given again. */
	enum err (*place)(struct index_batch *b, int64_t id, struct str clicks,
	    int worth);
	enum err (*drop)(struct index_batch *b, int64_t id);
	enum err (*end)(struct index_batch *b);
};

/* What has been done so far. */
struct crawl_count {
	int64_t found, fetched, pages, added, changed, gone, failed, bytes;
};

struct crawl_options {
	const struct str *start;
	size_t starts;
	const struct str *private_host;
	size_t private_hosts;
	int64_t pause_ms, wait_ms, time_ms;
	int64_t pages_max, depth_max, bytes_max;
	const char *agent;
	const struct clock *clock;
	const struct crawl_sink *sink;
	const atomic_bool *stop;  /* ends the run soon; it can go on later */
	/* Told now and then; may be NULL. Returns false to stop. */
	bool (*progress)(void *arg, const struct crawl_count *count);
	void *arg;
};

/* Runs the run `id`, which was asked for or has begun, to its end or until it
 * is stopped; *state says which (CRAWL_RUNNING: stopped). ERR_INVALID: no start
 * address is one. ERR_STORE, ERR_BUSY. */
MUST_CHECK enum err crawl_run(struct cx *cx, struct db *db, int64_t id,
    const struct crawl_options *o, enum crawl_state *state,
    struct crawl_count *count);
