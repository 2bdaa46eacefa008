/*
 * Which boxes and arrows of the chart a call has passed. The steps that decide
 * leave no entry of their own, so the way is walked once more and each entry
 * followed through them with what was on record just then.
 */
#include "base/mem.h"
#include "instruction/draw.h"

/* Marks everything behind a target up to the step that asks next, or the end.
 * Bounded: a chart of deciding steps alone has no loop (graph.c). */
static void
follow(const struct instruction *ins, const struct target *t, uint64_t record,
    uint64_t facts, struct draw_way *out)
{
	for (int hops = 0; hops <= ins->steps_n; hops++) {
		const struct target *next;
		const struct step *s;

		record |= t->sets;
		if (t->kind != TARGET_STEP)
			return;
		s = &ins->step[t->step];
		out->step[t->step] = true;
		if (!s->decides)
			return;
		next = step_decision(s, record, facts);
		out->out[t->step] |= (uint16_t)(1u << (next == &s->yes));
		t = next;
	}
}

static void
mark(const struct instruction *ins, const struct entry *e, uint64_t record,
    struct draw_way *out)
{
	const struct step *s = &ins->step[e->step];

	out->step[e->step] = true;
	if (entry_opens(e->kind)) {
		out->branch[e->answer] = true;
		follow(ins, &ins->anytime[e->answer].target, record, e->facts,
		    out);
		return;
	}
	out->out[e->step] |= (uint16_t)(1u << e->answer);
	follow(ins, &s->answer[e->answer].target, record, e->facts, out);
}

void
draw_way(const struct instruction *ins, const struct walk *w,
    struct draw_way *out)
{
	struct walk *again = mem_new(NULL, struct walk);

	*out = (struct draw_way){.stands = w->step};
	walk_begin(ins, again);
	for (size_t i = 0; i < w->path_n; i++) {
		mark(ins, &w->path[i], again->evidence, out);
		if (walk_next(ins, again, &w->path[i], UINT64_MAX) !=
		    REFUSAL_NONE)
			break; /* not a walk of this instruction */
	}
	talloc_free(again);
	if (w->step >= 0)
		out->step[w->step] = true;
}
