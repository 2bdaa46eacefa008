/*
 * Weighs a text by what was learned, and learns more. An example that is added
 * later moves only the weights of its own parts, and only as far as it must to
 * be judged as it says.
 */
#include "instruction/wording_learned.h"

#include "base/mem.h"

/* As small as they may be: a text looks hundreds of them up, all over the table. */
struct learned {
	int16_t steps[LEARNED__MAX][LEARNED_WEIGHTS];
};

static const float LIKELY = 3;

struct learned *
learned_new(void *mem)
{
	struct learned *l = mem_new(mem, struct learned);

	for (int what = 0; what < LEARNED__MAX; what++)
		for (int i = 0; i < LEARNED_WEIGHTS; i++)
			l->steps[what][i] = learned_shipped[what][i];
	return l;
}

float
learned_odds(const struct learned *l, enum learned_of what,
    const struct learned_parts *p)
{
	int steps = 0;

	for (size_t i = 0; i < p->n; i++)
		steps += l->steps[what][p->part[i]];
	return (float)steps / LEARNED_STEPS;
}

static int16_t
bounded(int steps)
{
	return (int16_t)(steps > INT16_MAX   ? INT16_MAX
	                 : steps < INT16_MIN ? INT16_MIN
	                                     : steps);
}

void
learned_teach(struct learned *l, enum learned_of what,
    const struct learned_parts *p, bool yes)
{
	float odds = learned_odds(l, what, p);
	float lacking = LIKELY - (yes ? odds : -odds);
	int steps = (int)(lacking * LEARNED_STEPS / (float)p->n) + 1;

	if (lacking <= 0)
		return;
	for (size_t i = 0; i < p->n; i++) {
		int16_t *weight = &l->steps[what][p->part[i]];

		*weight = bounded(*weight + (yes ? steps : -steps));
	}
}
