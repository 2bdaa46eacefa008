#include "answers_fill.h"

#include <stdio.h>
#include <stdlib.h>

#include "answers/index.h"
#include "base/mem.h"
#include "german.h"

enum {
	PAGE_WORDS = 330,
	BATCH = 256, /* more at once than a crawl: it is quicker */
};

double
now_ms(clockid_t clock)
{
	struct timespec t;

	clock_gettime(clock, &t);
	return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

void
need(enum err e, struct db *db, const char *what)
{
	if (e == OK)
		return;
	fprintf(stderr, "%s: %s: %s\n", what, err_name(e), db_why(db));
	exit(1);
}

static void
batch_put(struct db *db, uint64_t *seed, int64_t from, int64_t to)
{
	void *mem = talloc_new(NULL);
	struct cx cx = {.mem = mem};
	struct index_batch *batch;
	DB_TX tx = {0};

	need(db_begin(db, &tx), db, "begin");
	batch = index_begin(&cx, &tx);
	for (int64_t i = from; i < to; i++) {
		double worth = german_chance(seed);
		struct answer_document doc = {.kind = ANSWER_PAGE,
		    .source_id = i + 1,
		    .title = german_text(mem, seed, 4),
		    .url = STR("https://www.example.com/"),
		    .clicks = german_text(mem, seed, 3),
		    .headings = german_text(mem, seed, 8),
		    .body = german_text(mem, seed, PAGE_WORDS),
		    .worth = (int)(worth * worth * ANSWER_WORTH_MOST)};
		int64_t id;

		need(index_batch_put(batch, &doc, &id), db, "put");
	}
	need(index_end(batch), db, "end");
	need(db_commit(&tx), db, "commit");
	talloc_free(mem);
}

/* All steps of what the index owes itself; the longest is how long somebody
 * else who writes may have to wait. */
static void
steps(struct db *db, const char *name,
    enum err (*step)(struct cx *cx, struct db *db, bool *more))
{
	double began = now_ms(CLOCK_MONOTONIC), at = began, longest = 0;
	bool more = true;
	int n = 0;

	for (; more; n++) {
		struct cx cx = {.mem = talloc_new(NULL)};
		double now;

		need(step(&cx, db, &more), db, name);
		talloc_free(cx.mem);
		now = now_ms(CLOCK_MONOTONIC);
		longest = now - at > longest ? now - at : longest;
		at = now;
	}
	printf("%s in %d steps, %.1f s, the longest %.0f ms\n", name, n,
	    (at - began) / 1000, longest);
}

static void
fill(struct db *db, int64_t documents)
{
	double began = now_ms(CLOCK_THREAD_CPUTIME_ID), cpu;
	uint64_t seed = 42;

	steps(db, "renewed", index_renew);
	for (int64_t i = 0; i < documents; i += BATCH)
		batch_put(db, &seed, i,
		    i + BATCH < documents ? i + BATCH : documents);
	cpu = now_ms(CLOCK_THREAD_CPUTIME_ID) - began;
	printf("indexed %lld pages, %.2f ms of processor each\n",
	    (long long)documents, cpu / (double)documents);
	steps(db, "joined", index_join);
}

struct store *
answers_open(const char *url, int64_t documents)
{
	struct store_options options = {.busy_ms = 1000, .may_create = true};
	void *mem = talloc_new(NULL);
	struct store *store;
	struct str why;
	struct db *db;
	int applied;

	if (store_open(url, &options, &store, &why, mem) != OK ||
	    store_migrate(store, &applied, &why, mem) != OK) {
		fprintf(stderr, "%s\n", why.p);
		exit(1);
	}
	talloc_free(mem);
	db = store_connect(store);
	if (applied)
		fill(db, documents);
	store_disconnect(db);
	return store;
}
