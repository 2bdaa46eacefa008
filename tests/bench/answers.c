/*
 * How fast answers are indexed and found:
 *
 *   bench_answers URL WORDS DOCUMENTS SECONDS ROUNDS
 *
 * fills the database with pages of made-up German (german.h) unless it has
 * them, then lets 32 people type, four keys a second each, at an open rate: a
 * key that comes late because the answer before it was late counts from when it
 * was due. Each key is a search. In the same round the same keys go to the bare
 * full-text query: the words' own stems, nothing forgiven, nothing ranked,
 * nothing shown. At last each key only holds the processor as long as its search
 * did: what a typist sees of that is the machine's part.
 *
 * Times are what a typist sees, and the processor's in this process alone. The same
 * keys are typed in every round, into a store that is opened anew and remembers
 * nothing; the figures are of each key's median.
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
#include "answers_fill.h"
#include "base/mem.h"
#include "desk/shipped.h"
#include "german.h"
#include "store/queries.h"

enum {
	TYPISTS = 32,
	KEYS_A_SECOND = 4,
	KEYS_MAX = KEYS_A_SECOND * 120, /* of one of them in a round */
	ROUNDS_MAX = 16,
	HITS = 8,
	BARE_MOST = 160,
	CONNECTIONS = 16, /* src/serve.c: on PostgreSQL; on SQLite 24 */
};

enum what { BARE, SEARCH, SPIN, WHAT__MAX };

static const char *const what_name[WHAT__MAX] = {"bare", "search", "spin"};

struct pool {
	pthread_mutex_t lock;
	pthread_cond_t back;
	struct db *idle[CONNECTIONS];
	size_t n;
};

struct key {
	double seen_ms[ROUNDS_MAX], cpu_ms[ROUNDS_MAX];
};

struct typing {
	struct pool *pool;
	enum what what;
	unsigned round;
	double begins;
	size_t keys; /* of each */
};

struct typist {
	const struct typing *typing;
	unsigned number;
	pthread_t thread;
	size_t found;
};

static struct key key[WHAT__MAX][TYPISTS][KEYS_MAX];

static void
sleep_until(double ms)
{
	struct timespec t = {.tv_sec = (time_t)(ms / 1e3)};

	t.tv_nsec = (long)((ms - (double)t.tv_sec * 1e3) * 1e6);
	clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &t, NULL);
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
spin(double cpu_ms)
{
	double until = now_ms(CLOCK_THREAD_CPUTIME_ID) + cpu_ms;

	while (now_ms(CLOCK_THREAD_CPUTIME_ID) < until)
		;
}

static void
press(struct typist *t, struct str typed, size_t k, double due)
{
	const struct typing *p = t->typing;
	struct key *took = &key[p->what][t->number][k];
	double began = now_ms(CLOCK_THREAD_CPUTIME_ID);
	struct db *db;

	if (p->what == SPIN) {
		spin(key[SEARCH][t->number][k].cpu_ms[p->round]);
	} else {
		db = pool_take(p->pool);
		t->found += look(db, p->what, typed);
		pool_give(p->pool, db);
	}
	took->seen_ms[p->round] = now_ms(CLOCK_MONOTONIC) - due;
	took->cpu_ms[p->round] = now_ms(CLOCK_THREAD_CPUTIME_ID) - began;
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
	const struct typing *p = t->typing;
	double step = 1000.0 / KEYS_A_SECOND;
	double begins = p->begins + step * t->number / TYPISTS;
	uint64_t seed = t->number * 7919 + 1;
	size_t k = 0;

	while (k < p->keys) {
		void *mem = talloc_new(NULL);
		struct str q = german_query(mem, &seed), typed = STR("");

		for (size_t i = 2; typed.n < q.n && k < p->keys; i++, k++) {
			double due = begins + step * (double)k;

			typed = beginning(q, i);
			sleep_until(due);
			press(t, typed, k, due);
		}
		talloc_free(mem);
	}
	return NULL;
}

/* How many hits there were. */
static size_t
measure(struct pool *pool, enum what what, unsigned round, size_t keys)
{
	struct typing p = {pool, what, round,
	    now_ms(CLOCK_MONOTONIC) + 100, keys};
	struct typist t[TYPISTS];
	size_t found = 0;

	for (unsigned i = 0; i < TYPISTS; i++) {
		t[i] = (struct typist){.typing = &p, .number = i};
		if (pthread_create(&t[i].thread, NULL, type, &t[i]) != 0)
			exit(1);
	}
	for (unsigned i = 0; i < TYPISTS; i++) {
		pthread_join(t[i].thread, NULL);
		found += t[i].found;
	}
	return found;
}

/* ---- Reporting ---- */

static int
by_size(const void *a, const void *b)
{
	const double *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

/* The part of all that is below it: 0.5 is the median. Sorts. */
static double
quantile(double *v, size_t n, double part)
{
	qsort(v, n, sizeof *v, by_size);
	return v[(size_t)((double)n * part)];
}

/* Each key's median of all rounds. */
static size_t
medians(enum what what, size_t keys, unsigned rounds, bool cpu, double *out)
{
	size_t n = 0;

	for (unsigned i = 0; i < TYPISTS; i++)
		for (size_t k = 0; k < keys; k++) {
			struct key took = key[what][i][k];

			out[n++] = quantile(cpu ? took.cpu_ms : took.seen_ms,
			    rounds, 0.5);
		}
	return n;
}

static void
rounds_report(enum what what, size_t keys, unsigned rounds)
{
	static double v[TYPISTS * KEYS_MAX];

	printf("  p99 by round");
	for (unsigned r = 0; r < rounds; r++) {
		size_t n = 0;

		for (unsigned i = 0; i < TYPISTS; i++)
			for (size_t k = 0; k < keys; k++)
				v[n++] = key[what][i][k].seen_ms[r];
		printf(" %.1f", quantile(v, n, 0.99));
	}
}

static void
report(enum what what, size_t keys, unsigned rounds, size_t found)
{
	static double v[TYPISTS * KEYS_MAX];
	size_t n = medians(what, keys, rounds, false, v);
	double sum = 0;

	printf("%-6s %5zu keys  seen p50 %6.2f  p99 %6.2f ms", what_name[what],
	    n, quantile(v, n, 0.5), quantile(v, n, 0.99));
	medians(what, keys, rounds, true, v);
	for (size_t i = 0; i < n; i++)
		sum += v[i];
	printf("  cpu mean %5.2f  p99 %5.2f ms  %.1f hits", sum / (double)n,
	    quantile(v, n, 0.99), (double)found / (double)(n * rounds));
	rounds_report(what, keys, rounds);
	printf("\n");
}

/* ---- Rounds ---- */

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

static void
round_type(const char *url, int64_t documents, unsigned round, size_t keys,
    size_t *found)
{
	struct pool pool = {.lock = PTHREAD_MUTEX_INITIALIZER,
	    .back = PTHREAD_COND_INITIALIZER};
	struct store *store = answers_open(url, documents);

	pool_open(&pool, store);
	for (enum what w = 0; w < WHAT__MAX; w++)
		found[w] += measure(&pool, w, round, keys);
	pool_close(&pool);
	store_close(store);
}

int
main(int argc, char **argv)
{
	size_t found[WHAT__MAX] = {0}, keys;
	unsigned rounds;

	if (argc != 6) {
		fputs("usage: bench_answers URL WORDS DOCUMENTS SECONDS "
		      "ROUNDS\n", stderr);
		return 2;
	}
	keys = (size_t)atoi(argv[4]) * KEYS_A_SECOND;
	rounds = (unsigned)atoi(argv[5]);
	if (keys < 1 || keys > KEYS_MAX || rounds < 1 || rounds > ROUNDS_MAX) {
		fputs("1 to 120 seconds, 1 to 16 rounds\n", stderr);
		return 2;
	}
	/* As the server does: what is freed is kept. */
	mallopt(M_TRIM_THRESHOLD, 64 << 20);
	mallopt(M_MMAP_THRESHOLD, 4 << 20);
	german_load(argv[2]);
	kin_read();
	for (unsigned r = 0; r < rounds; r++)
		round_type(argv[1], atoll(argv[3]), r, keys, found);
	for (enum what w = 0; w < WHAT__MAX; w++)
		report(w, keys, rounds, found[w]);
	return 0;
}
