/*
 * How fast answers are indexed and found:
 *
 *   bench_answers URL WORDS DOCUMENTS SECONDS
 *
 * fills the database with pages of made-up German (german.h) unless it has
 * them, then lets 32 people type, four keys a second each, at an open rate: a
 * key that comes late because the answer before it was late counts from when it
 * was due. Each key is a search. In the same run the same keys go to the bare
 * full-text query: the words' own stems, nothing forgiven, nothing ranked,
 * nothing shown. Times are what a typist sees, and the processor's in this
 * process alone.
 *
 * As in the server there are fewer connections than people, they stay open, and
 * the one that was used last is used next (http/workers.c).
 */
#include <malloc.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "answers/parts.h"
#include "answers/search.h"
#include "base/mem.h"
#include "desk/shipped.h"
#include "german.h"
#include "store/queries.h"

enum {
	PAGE_WORDS = 330,
	BATCH = 256, /* more at once than a crawl: it is quicker */
	TYPISTS = 32,
	KEYS_A_SECOND = 4,
	KEYS_MAX = KEYS_A_SECOND * 600,
	HITS = 8,
	BARE_MOST = 160,
	CONNECTIONS = 16, /* src/serve.c: on PostgreSQL; on SQLite 24 */
};

enum what { SEARCH, BARE };

struct pool {
	pthread_mutex_t lock;
	pthread_cond_t back;
	struct db *idle[CONNECTIONS];
	size_t n;
};

struct plan {
	struct pool *pool;
	enum what what;
	double begins, ends;
};

struct key {
	double seen_ms, cpu_ms;
};

struct typist {
	const struct plan *plan;
	unsigned number;
	pthread_t thread;
	size_t n, found;
	struct key key[KEYS_MAX];
};

static double
now_ms(clockid_t clock)
{
	struct timespec t;

	clock_gettime(clock, &t);
	return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static void
sleep_until(double ms)
{
	struct timespec t = {.tv_sec = (time_t)(ms / 1e3)};

	t.tv_nsec = (long)((ms - (double)t.tv_sec * 1e3) * 1e6);
	clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &t, NULL);
}

static void
need(enum err e, struct db *db, const char *what)
{
	if (e == OK)
		return;
	fprintf(stderr, "%s: %s: %s\n", what, err_name(e), db_why(db));
	exit(1);
}

/* ---- Filling ---- */

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

/* ---- Typing ---- */

static struct kin *kin;

static void
kin_read(void)
{
	struct complaints c;

	complaints_init(&c, NULL, "synonyms.yaml");
	if (kin_load(NULL, shipped_synonyms(), &c, &kin) != OK)
		exit(1);
}

static size_t
search(struct cx *cx, struct db *db, struct str typed)
{
	struct answer_hits *hits = mem_new(cx->mem, struct answer_hits);

	need(answers_search(cx, db, kin, typed, true, HITS, hits), db, typed.p);
	return hits->n;
}

static size_t
bare(struct cx *cx, struct db *db, struct str typed)
{
	struct q_match_row_rows rows;
	struct terms t;
	struct term term;
	struct buf b;

	buf_init(&b, cx->mem, 4096);
	terms_begin(&t, cx->mem, typed);
	while (terms_next(&t, &term)) {
		struct word stem[STEMS_MOST];

		(void)terms_stems(&term.word, stem);
		buf_printf(&b, "%s(\"%s\")", b.n ? " AND " : "", stem[0].p);
	}
	if (!b.n)
		return 0;
	need(q_answer_match(db, cx->mem, buf_get(&b), BARE_MOST, &rows), db,
	    typed.p);
	return rows.n;
}

static struct db *
pool_take(struct pool *p)
{
	struct db *db;

	pthread_mutex_lock(&p->lock);
	while (!p->n)
		pthread_cond_wait(&p->back, &p->lock);
	db = p->idle[--p->n];
	pthread_mutex_unlock(&p->lock);
	return db;
}

static void
pool_give(struct pool *p, struct db *db)
{
	pthread_mutex_lock(&p->lock);
	p->idle[p->n++] = db;
	pthread_cond_signal(&p->back);
	pthread_mutex_unlock(&p->lock);
}

static size_t
look(struct db *db, enum what what, struct str typed)
{
	struct cx cx = {.mem = talloc_new(NULL)};
	size_t n = what == SEARCH ? search(&cx, db, typed)
				  : bare(&cx, db, typed);

	talloc_free(cx.mem);
	return n;
}

static void
press(struct typist *t, struct str typed, double due)
{
	double began = now_ms(CLOCK_THREAD_CPUTIME_ID);
	struct db *db = pool_take(t->plan->pool);

	t->found += look(db, t->plan->what, typed);
	t->key[t->n++] = (struct key){now_ms(CLOCK_MONOTONIC) - due,
	    now_ms(CLOCK_THREAD_CPUTIME_ID) - began};
	pool_give(t->plan->pool, db);
}

/* The beginning of `q` up to its n-th character, at most all of it. */
static struct str
beginning(struct str q, size_t n)
{
	size_t at = 0;

	for (; at < q.n; at++)
		if (((unsigned char)q.p[at] & 0xc0) != 0x80 && n-- == 0)
			break;
	return (struct str){q.p, at};
}

static void *
type(void *arg)
{
	struct typist *t = arg;
	const struct plan *p = t->plan;
	double step = 1000.0 / KEYS_A_SECOND;
	double due = p->begins + step * t->number / TYPISTS;
	uint64_t seed = t->number * 7919 + 1;

	while (due < p->ends) {
		void *mem = talloc_new(NULL);
		struct str q = german_query(mem, &seed), typed = STR("");

		for (size_t i = 2; typed.n < q.n && due < p->ends &&
		     t->n < KEYS_MAX; i++, due += step) {
			typed = beginning(q, i);
			sleep_until(due);
			press(t, typed, due);
		}
		talloc_free(mem);
	}
	return NULL;
}

static int
by_seen(const void *a, const void *b)
{
	const struct key *x = a, *y = b;

	return (x->seen_ms > y->seen_ms) - (x->seen_ms < y->seen_ms);
}

static int
by_cpu(const void *a, const void *b)
{
	const struct key *x = a, *y = b;

	return (x->cpu_ms > y->cpu_ms) - (x->cpu_ms < y->cpu_ms);
}

static void
report(const char *name, struct key *all, size_t n, size_t found)
{
	double sum = 0;

	for (size_t i = 0; i < n; i++)
		sum += all[i].cpu_ms;
	qsort(all, n, sizeof *all, by_seen);
	printf("%-6s %5zu keys  seen p50 %7.2f  p99 %7.2f ms", name, n,
	    all[n / 2].seen_ms, all[n * 99 / 100].seen_ms);
	qsort(all, n, sizeof *all, by_cpu);
	printf("  cpu mean %6.2f  p99 %6.2f ms  %.1f hits\n", sum / (double)n,
	    all[n * 99 / 100].cpu_ms, (double)found / (double)n);
	fflush(stdout);
}

static void
measure(struct pool *pool, const char *name, enum what what, double seconds)
{
	static struct typist t[TYPISTS];
	static struct key all[TYPISTS * KEYS_MAX];
	double begins = now_ms(CLOCK_MONOTONIC) + 100;
	struct plan p = {pool, what, begins, begins + seconds * 1000};
	size_t n = 0, found = 0;

	for (unsigned i = 0; i < TYPISTS; i++) {
		t[i] = (struct typist){.plan = &p, .number = i};
		if (pthread_create(&t[i].thread, NULL, type, &t[i]) != 0)
			exit(1);
	}
	for (unsigned i = 0; i < TYPISTS; i++) {
		pthread_join(t[i].thread, NULL);
		for (size_t k = 0; k < t[i].n; k++)
			all[n++] = t[i].key[k];
		found += t[i].found;
	}
	if (n)
		report(name, all, n, found);
}

/* Opens the connections; each has had a few words typed, as it has in a server
 * that runs for a while. */
static void
pool_open(struct pool *p, struct store *store)
{
	enum { WORDS = 4 };
	uint64_t seed = 1;

	for (size_t i = 0; i < CONNECTIONS; i++) {
		struct db *db = store_connect(store);
		void *mem = talloc_new(NULL);

		for (size_t k = 0; k < WORDS; k++) {
			struct str q = german_query(mem, &seed);

			for (size_t n = 2; n <= q.n; n++)
				(void)look(db, SEARCH, beginning(q, n));
			(void)look(db, BARE, q);
		}
		talloc_free(mem);
		pool_give(p, db);
	}
}

static void
pool_close(struct pool *p)
{
	while (p->n)
		store_disconnect(p->idle[--p->n]);
}

int
main(int argc, char **argv)
{
	struct store_options options = {.busy_ms = 1000, .may_create = true};
	struct pool pool = {.lock = PTHREAD_MUTEX_INITIALIZER,
	    .back = PTHREAD_COND_INITIALIZER};
	void *mem = talloc_new(NULL);
	struct store *store;
	struct str why;
	struct db *db;
	int applied;

	if (argc != 5) {
		fputs("usage: bench_answers URL WORDS DOCUMENTS SECONDS\n",
		    stderr);
		return 2;
	}
	/* As the server does: what is freed is kept. */
	mallopt(M_TRIM_THRESHOLD, 64 << 20);
	mallopt(M_MMAP_THRESHOLD, 4 << 20);
	german_load(argv[2]);
	kin_read();
	if (store_open(argv[1], &options, &store, &why, mem) != OK ||
	    store_migrate(store, &applied, &why, mem) != OK) {
		fprintf(stderr, "%s\n", why.p);
		return 1;
	}
	db = store_connect(store);
	if (applied)
		fill(db, atoll(argv[3]));
	store_disconnect(db);
	pool_open(&pool, store);
	measure(&pool, "bare", BARE, atof(argv[4]));
	measure(&pool, "search", SEARCH, atof(argv[4]));
	pool_close(&pool);
	store_close(store);
	talloc_free(mem);
	return 0;
}
