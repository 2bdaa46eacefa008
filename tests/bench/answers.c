/*
 * How fast answers are indexed and found:
 *
 *   bench_answers URL DOCUMENTS
 *
 * fills an empty database with synthetic pages (words by Zipf's law, so that
 * common ones stand in most of them) and times searches of each kind, one after
 * the other, on one connection. Times are the processor's, of this thread, so
 * that a machine with other work says the same.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "answers/search.h"
#include "base/buf.h"
#include "base/mem.h"

enum { VOCABULARY = 60000, PAGE_WORDS = 250, BATCH = 16, RUNS = 200 };

static uint64_t seed = 42;

static double
chance(void)
{
	seed = seed * 6364136223846793005U + 1442695040888963407U;
	return (double)(seed >> 33) / (double)(1U << 31);
}

/* A pronounceable word, the same for the same number; common ones are short. */
static void
word_make(unsigned n, char out[32])
{
	static const char *const syllables[] = {"ka", "ler", "to", "mun", "ges",
	    "ri", "fal", "send", "bo", "wick", "tra", "hel", "um", "stau",
	    "nen", "pfi"};
	size_t at = 0;

	n += 16;
	for (; n; n /= 16)
		at += (size_t)snprintf(out + at, 32 - at, "%s",
		    syllables[n % 16]);
}

/* Rank by Zipf: about one over the rank. */
static unsigned
rank_draw(void)
{
	return (unsigned)(exp(chance() * log(VOCABULARY)) - 1);
}

static struct str
text_make(void *mem, int words)
{
	struct buf b;
	char word[32];

	buf_init(&b, mem, 1 << 20);
	for (int i = 0; i < words; i++) {
		word_make(rank_draw(), word);
		buf_printf(&b, "%s%s", i ? " " : "", word);
	}
	return buf_get(&b);
}

static int64_t
cpu_us(void)
{
	struct timespec t;

	clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
	return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

static void
need(enum err e, struct db *db, const char *what)
{
	if (e == OK)
		return;
	fprintf(stderr, "%s: %s: %s\n", what, err_name(e), db_why(db));
	exit(1);
}

static void
fill(struct db *db, int64_t documents)
{
	int64_t began = cpu_us();

	for (int64_t i = 0; i < documents;) {
		void *mem = talloc_new(NULL);
		struct cx cx = {.mem = mem};
		struct index_batch *batch;
		DB_TX tx = {0};

		need(db_begin(db, &tx), db, "begin");
		batch = index_begin(&cx, &tx);
		for (int k = 0; k < BATCH && i < documents; k++, i++) {
			struct answer_document doc = {.kind = ANSWER_PAGE,
			    .source_id = i + 1,
			    .title = text_make(mem, 4),
			    .url = STR("https://www.example.com/"),
			    .clicks = text_make(mem, 3),
			    .headings = text_make(mem, 8),
			    .body = text_make(mem, PAGE_WORDS),
			    .worth = (int)(chance() * chance() * 100)};
			int64_t id;

			need(index_batch_put(batch, &doc, &id), db, "put");
		}
		need(index_end(batch), db, "end");
		need(db_commit(&tx), db, "commit");
		talloc_free(mem);
	}
	printf("indexed %lld documents, %.0f a second\n", (long long)documents,
	    (double)documents * 1e6 / (double)(cpu_us() - began));
}

static int
order(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

	return (x > y) - (x < y);
}

/* `words` words with ranks from `low` to `high`; the last cut short. */
static struct str
query_make(void *mem, int words, unsigned low, unsigned high, size_t cut)
{
	struct str q = STR("");
	char word[32];

	for (int i = 0; i < words; i++) {
		word_make(low + (unsigned)(chance() * (high - low)), word);
		if (i + 1 == words && cut && strlen(word) > cut)
			word[cut] = '\0';
		q = str_printf(mem, "%s%s%s", q.p, i ? " " : "", word);
	}
	return q;
}

static void
measure(struct db *db, const char *name, int words, unsigned low,
    unsigned high, size_t cut)
{
	int64_t us[RUNS];
	size_t found = 0;

	for (int i = 0; i < RUNS; i++) {
		void *mem = talloc_new(NULL);
		struct cx cx = {.mem = mem};
		struct str q = query_make(mem, words, low, high, cut);
		struct answer_hits hits;
		int64_t began = cpu_us();

		need(answers_search(&cx, db, q, true, 8, &hits), db, q.p);
		us[i] = cpu_us() - began;
		found += hits.n;
		talloc_free(mem);
	}
	qsort(us, RUNS, sizeof *us, order);
	printf("%-24s p50 %6.2f ms  p99 %6.2f ms  %4.1f hits\n", name,
	    (double)us[RUNS / 2] / 1000, (double)us[RUNS * 99 / 100] / 1000,
	    (double)found / RUNS);
}

int
main(int argc, char **argv)
{
	struct store_options options = {.busy_ms = 1000, .may_create = true};
	void *mem = talloc_new(NULL);
	struct store *store;
	struct str why;
	struct db *db;
	int applied;

	if (argc != 3) {
		fputs("usage: bench_answers URL DOCUMENTS\n", stderr);
		return 2;
	}
	if (store_open(argv[1], &options, &store, &why, mem) != OK ||
	    store_migrate(store, &applied, &why, mem) != OK) {
		fprintf(stderr, "%s\n", why.p);
		return 1;
	}
	db = store_connect(store);
	if (applied)
		fill(db, atoll(argv[2]));
	measure(db, "one common word", 1, 0, 40, 0);
	measure(db, "two common words", 2, 0, 200, 0);
	measure(db, "three words", 3, 20, 5000, 0);
	measure(db, "one rare word", 1, 5000, 60000, 0);
	measure(db, "two letters", 1, 0, 60000, 2);
	measure(db, "three letters", 1, 0, 60000, 3);
	measure(db, "common word, beginning", 2, 0, 2000, 4);
	store_disconnect(db);
	store_close(store);
	talloc_free(mem);
	return 0;
}
