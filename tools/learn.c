/*
 * learn EXAMPLES.tsv
 *
 * Learns from examples, a line each ("exact", "callback" or "vague", a tab, the
 * text), how a question is put, and writes the weights as C to standard output:
 * logistic regression by stochastic gradient descent, the weights averaged over
 * all steps. The order is mixed by a generator that always begins alike, so the
 * same examples give the same weights.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "instruction/wording_learned.h"

enum { EXAMPLES_MAX = 100000, LINE_BYTES = 4096, ROUNDS = 24 };

static const double STEP = 0.08; /* of the first round; then less */

struct example {
	bool exact, callback;
	size_t n;
	uint16_t *part;
};

static struct example *examples;
static unsigned n_examples;

static void
give_up(const char *what, unsigned line)
{
	fprintf(stderr, "learn: line %u: %s\n", line, what);
	exit(1);
}

static void
example_add(void *mem, char *line, unsigned number)
{
	struct learned_parts *parts;
	struct example *x = &examples[n_examples++];
	char *text = strchr(line, '\t');

	if (n_examples == EXAMPLES_MAX)
		give_up("too many examples", number);
	if (!text || !text_valid(str_of(text)))
		give_up("no label, tab, text", number);
	*text++ = '\0';
	x->exact = strcmp(line, "exact") == 0;
	x->callback = strcmp(line, "callback") == 0;
	if (!x->exact && !x->callback && strcmp(line, "vague") != 0)
		give_up("no such label", number);
	parts = learned_parts(mem, str_of(text));
	x->n = parts->n;
	x->part = mem_array(mem, uint16_t, parts->n);
	memcpy(x->part, parts->part, parts->n * sizeof *parts->part);
	talloc_free(parts);
}

static void
examples_read(void *mem, const char *file)
{
	static char line[LINE_BYTES];
	FILE *in = fopen(file, "r");
	unsigned number = 0;

	examples = mem_array(mem, struct example, EXAMPLES_MAX);
	if (!in)
		give_up("the file cannot be read", 0);
	while (fgets(line, sizeof line, in)) {
		line[strcspn(line, "\n")] = '\0';
		example_add(mem, line, ++number);
	}
	fclose(in);
}

/* Puts them into another order. */
static void
mix(void)
{
	static uint64_t state = 1;

	for (unsigned i = n_examples - 1; i > 0; i--) {
		unsigned k;
		struct example x = examples[i];

		state = state * 6364136223846793005u + 1442695040888963407u;
		k = (unsigned)(state >> 33) % (i + 1);
		examples[i] = examples[k];
		examples[k] = x;
	}
}

/* Learned so far, and for the average each change times when it came. */
static double weight[LEARNED_WEIGHTS], early[LEARNED_WEIGHTS];

static void
learn_one(const struct example *x, bool yes, double step, double when)
{
	double odds = 0, wrong;

	for (size_t i = 0; i < x->n; i++)
		odds += weight[x->part[i]];
	wrong = yes - 1 / (1 + exp(-odds));
	for (size_t i = 0; i < x->n; i++) {
		weight[x->part[i]] += step * wrong;
		early[x->part[i]] += step * wrong * when;
	}
}

static void
learn(enum learned_of what)
{
	double when = 0;

	memset(weight, 0, sizeof weight);
	memset(early, 0, sizeof early);
	for (int round = 0; round < ROUNDS; round++) {
		mix();
		for (unsigned i = 0; i < n_examples; i++) {
			const struct example *x = &examples[i];

			if (what == LEARNED_CALLBACK && x->exact)
				continue;
			learn_one(x, what == LEARNED_EXACT ? x->exact
							   : x->callback,
			    STEP / (1 + round), when++);
		}
	}
	for (int i = 0; i < LEARNED_WEIGHTS; i++)
		weight[i] -= early[i] / when;
}

static void
weights_write(void)
{
	printf("\t{");
	for (int i = 0; i < LEARNED_WEIGHTS; i++) {
		long steps = lround(weight[i] * LEARNED_STEPS);

		steps = steps > 127 ? 127 : steps < -127 ? -127 : steps;
		printf("%s%ld,", i % 16 ? "" : "\n\t", steps);
	}
	printf("\n\t},\n");
}

int
main(int argc, char **argv)
{
	void *mem = talloc_new(NULL);

	if (argc != 2)
		give_up("usage: learn EXAMPLES.tsv", 0);
	examples_read(mem, argv[1]);
	printf("#include \"instruction/wording_learned.h\"\n\n"
	       "const signed char learned_shipped[LEARNED__MAX]"
	       "[LEARNED_WEIGHTS] = {\n");
	for (enum learned_of what = 0; what < LEARNED__MAX; what++) {
		learn(what);
		weights_write();
	}
	printf("};\n");
	talloc_free(mem);
	return 0;
}
