/*
 * The fold: takes the entries of a call one by one and keeps what follows from
 * them. Each entry is first planned (where would it lead, what would it put on
 * record, what stands against it) without touching anything, then applied. Back
 * is a fold over the way that is left. What the steps say and what may be shown
 * beside them is in the loaded instruction; what an outcome does is the desk's.
 */
#include "instruction/walk.h"

#define X(id, name) [id] = (name),
static const char *const kinds[] = {ENTRY_LIST(X)};
static const char *const refusals[] = {REFUSAL_LIST(X)};
#undef X

/* Where an entry would lead: the target behind all decisions, and everything
 * that would be on record by then. */
struct plan {
	const struct target *target;
	uint64_t sets;
	bool ends_matter;
};

const char *
entry_kind_name(enum entry_kind kind)
{
	return kinds[kind];
}

enum entry_kind
entry_kind_of(struct str name)
{
	enum entry_kind k = 0;

	while (k < ENTRY__MAX && !str_is(name, kinds[k]))
		k++;
	return k;
}

const char *
refusal_name(enum refusal refusal)
{
	return refusals[refusal];
}

void
walk_begin(const struct instruction *ins, struct walk *out)
{
	memset(out, 0, sizeof *out);
	out->step = ins->start;
	out->visits[ins->start] = 1;
}

uint64_t
walk_missing(const struct instruction *ins, const struct walk *w,
    enum outcome outcome)
{
	return outcome_missing(&ins->outcome[outcome], w->evidence);
}

/* A matter that never began is not ended by a caller who leaves. */
static bool
ends_matter(const struct walk *w, enum outcome outcome)
{
	return !w->between || outcome != OUTCOME_ABANDONED;
}

/* No further matter can begin once they are full, but one more may end: a
 * branch that was opened when the last had ended. The call ends with it. */
static enum refusal
plan_outcome(const struct instruction *ins, const struct walk *w,
    struct plan *p)
{
	enum outcome outcome = p->target->outcome;

	p->ends_matter = ends_matter(w, outcome);
	return outcome_missing(&ins->outcome[outcome], w->evidence | p->sets)
	    ? REFUSAL_EVIDENCE
	    : REFUSAL_NONE;
}

static enum refusal
plan_step(const struct instruction *ins, const struct walk *w, int depth,
    const struct target *t)
{
	int most = ins->step[t->step].visits_max;

	if (w->between && depth == 0 && w->matters_n >= ins->matters_max)
		return REFUSAL_MATTERS;
	if (most && w->visits[t->step] >= most)
		return REFUSAL_VISITS;
	return REFUSAL_NONE;
}

/* Follows a target through the steps that decide. `depth`: of open branches
 * once it is taken. */
static enum refusal
plan(const struct instruction *ins, const struct walk *w, int depth,
    const struct target *t, uint64_t facts, struct plan *p)
{
	for (int hops = 0; hops <= ins->steps_n; hops++) {
		const struct step *s;

		p->target = t;
		p->sets |= t->sets;
		switch (t->kind) {
		case TARGET_OUTCOME:
			return plan_outcome(ins, w, p);
		case TARGET_RETURN:
			return depth > 0 ? REFUSAL_NONE : REFUSAL_ANSWER;
		case TARGET_CALL:
			return w->between && depth == 0 ? REFUSAL_NONE
							: REFUSAL_ANSWER;
		case TARGET_STEP:
			s = &ins->step[t->step];
			if (!s->decides)
				return plan_step(ins, w, depth, t);
			t = step_decision(s, w->evidence | p->sets, facts);
		}
	}
	return REFUSAL_VISITS;
}

static enum refusal
plan_answer(const struct instruction *ins, const struct walk *w, int answer,
    uint64_t facts, uint64_t inputs, struct plan *p)
{
	const struct step *s;
	const struct answer *a;

	if (w->over)
		return REFUSAL_OVER;
	s = &ins->step[w->step];
	if (answer < 0 || answer >= s->answers_n)
		return REFUSAL_ANSWER;
	a = &s->answer[answer];
	if (a->when & ~facts)
		return REFUSAL_HIDDEN;
	if (a->target.sets & w->evidence & BIT(EVIDENCE_PAID))
		return REFUSAL_PAID;
	if (a->needs & ~inputs)
		return REFUSAL_NEEDS;
	return plan(ins, w, w->depth, &a->target, facts, p);
}

static enum refusal
plan_anytime(const struct instruction *ins, const struct walk *w, int branch,
    uint64_t facts, struct plan *p)
{
	const struct target *t;

	if (w->over)
		return REFUSAL_OVER;
	if (branch < 0 || branch >= ins->anytime_n)
		return REFUSAL_ANSWER;
	if (branch == ins->limit && w->evidence & BIT(EVIDENCE_PAID))
		return REFUSAL_PAID;
	t = &ins->anytime[branch].target;
	if (t->kind == TARGET_OUTCOME)
		return plan(ins, w, w->depth, t, facts, p);
	if (w->depth >= WALK_DEPTH_MAX)
		return REFUSAL_NESTED;
	for (int i = 0; i < w->depth; i++)
		if (w->frame[i].branch == branch)
			return REFUSAL_NESTED;
	return plan(ins, w, w->depth + 1, t, facts, p);
}

/* The limit asks nobody: its branch opens over whatever is open. */
static enum refusal
plan_limit(const struct instruction *ins, const struct walk *w, int branch,
    uint64_t facts, struct plan *p)
{
	if (!walk_limit(ins, w) || branch != ins->limit)
		return REFUSAL_ANSWER;
	return plan(ins, w, w->depth + 1, &ins->anytime[branch].target, facts,
	    p);
}

bool
walk_limit(const struct instruction *ins, const struct walk *w)
{
	if (ins->limit < 0 || w->over || w->limited ||
	    w->evidence & BIT(EVIDENCE_PAID))
		return false;
	for (int i = 0; i < w->depth; i++)
		if (w->frame[i].branch == ins->limit)
			return false;
	return true;
}

enum refusal
walk_answer(const struct instruction *ins, const struct walk *w, int answer,
    uint64_t facts, uint64_t inputs)
{
	struct plan p = {0};

	return plan_answer(ins, w, answer, facts, inputs, &p);
}

enum refusal
walk_anytime(const struct instruction *ins, const struct walk *w, int branch,
    uint64_t facts)
{
	struct plan p = {0};

	return plan_anytime(ins, w, branch, facts, &p);
}

enum refusal
walk_back(const struct walk *w)
{
	if (w->over)
		return REFUSAL_OVER;
	return w->path_n > w->floor ? REFUSAL_NONE : REFUSAL_BACK;
}

static void
call_ends(struct walk *w)
{
	w->over = true;
	w->step = -1;
	w->depth = 0;
}

/* Books the matter and clears what belonged to it alone. */
static void
matter_ends(struct walk *w, enum outcome outcome, int64_t at_ms)
{
	w->matter[w->matters_n++] = (struct matter){.outcome = outcome,
	    .evidence = w->evidence,
	    .waived = w->waived,
	    .at_ms = at_ms,
	    .first = w->begun,
	    .past = w->path_n};
	w->evidence &= evidence_of_call();
	w->waived &= evidence_of_call();
	memset(w->visits, 0, sizeof w->visits);
	w->begun = w->floor = w->path_n;
}

static void
land(const struct instruction *ins, struct walk *w, const struct plan *p,
    int64_t at_ms)
{
	const struct target *t = p->target;

	switch (t->kind) {
	case TARGET_STEP:
		w->step = t->step;
		if (w->visits[t->step] < UINT8_MAX)
			w->visits[t->step]++;
		w->between = w->between && w->depth > 0;
		break;
	case TARGET_RETURN:
		w->step = w->frame[--w->depth].step;
		break;
	case TARGET_CALL:
		call_ends(w);
		break;
	case TARGET_OUTCOME:
		w->depth = 0;
		if (p->ends_matter)
			matter_ends(w, t->outcome, at_ms);
		w->between = true;
		w->step = t->step;
		if (t->step < 0 || w->matters_n > ins->matters_max)
			call_ends(w);
	}
}

static void
apply(const struct instruction *ins, struct walk *w, const struct entry *e,
    const struct plan *p, bool opens_branch)
{
	w->path[w->path_n++] = *e;
	if (opens_branch) {
		w->frame[w->depth].step = w->step;
		w->frame[w->depth++].branch = e->answer;
	}
	w->put = p->sets;
	w->evidence |= p->sets;
	if (e->kind == ENTRY_WAIVE)
		w->waived |= p->sets;
	w->limited |= opens_branch && e->answer == ins->limit &&
	    e->facts & BIT(FACT_LIMIT_REACHED);
	if (e->kind == ENTRY_LIMIT || p->sets & evidence_binding())
		w->floor = w->path_n;
	land(ins, w, p, e->at_ms);
}

static enum refusal
take(const struct instruction *ins, struct walk *w, const struct entry *e,
    uint64_t inputs)
{
	struct plan p = {0};
	enum refusal why;
	bool opens = false;

	if (e->kind == ENTRY_LIMIT) {
		why = plan_limit(ins, w, e->answer, e->facts, &p);
		opens = why == REFUSAL_NONE;
	} else if (e->kind == ENTRY_ANYTIME) {
		why = plan_anytime(ins, w, e->answer, e->facts, &p);
		opens = why == REFUSAL_NONE &&
			ins->anytime[e->answer].target.kind == TARGET_STEP;
	} else {
		if (e->kind == ENTRY_WAIVE)
			inputs = UINT64_MAX;
		why = plan_answer(ins, w, e->answer, e->facts, inputs, &p);
	}
	if (why == REFUSAL_NONE)
		apply(ins, w, e, &p, opens);
	return why;
}

/* The walk without its last entry: what was taken once is taken again. */
static enum refusal
undo(const struct instruction *ins, struct walk *w)
{
	struct walk again;
	enum refusal why = walk_back(w);

	if (why != REFUSAL_NONE)
		return why;
	walk_begin(ins, &again);
	for (size_t i = 0; i + 1 < w->path_n && why == REFUSAL_NONE; i++)
		why = take(ins, &again, &w->path[i], UINT64_MAX);
	if (why != REFUSAL_NONE)
		return why;
	again.entries_n = w->entries_n;
	again.put = 0; /* was put on record before, and acted upon */
	*w = again;
	return REFUSAL_NONE;
}

enum refusal
walk_next(const struct instruction *ins, struct walk *w, const struct entry *e,
    uint64_t inputs)
{
	enum refusal why;

	if (w->over)
		return REFUSAL_OVER;
	if (w->entries_n == WALK_ENTRIES_MAX)
		return REFUSAL_FULL;
	if (e->step != w->step)
		return REFUSAL_STEP;
	switch (e->kind) {
	case ENTRY_BACK:
		why = undo(ins, w);
		break;
	case ENTRY_ANSWER:
	case ENTRY_ANYTIME:
	case ENTRY_WAIVE:
	case ENTRY_LIMIT:
		why = take(ins, w, e, inputs);
		break;
	default:
		return REFUSAL_KIND;
	}
	w->entries_n += why == REFUSAL_NONE;
	return why;
}

enum refusal
walk_fold(const struct instruction *ins, const struct entry *entries, size_t n,
    struct walk *out)
{
	enum refusal why = REFUSAL_NONE;

	walk_begin(ins, out);
	for (size_t i = 0; i < n && why == REFUSAL_NONE; i++)
		why = walk_next(ins, out, &entries[i], UINT64_MAX);
	return why;
}
