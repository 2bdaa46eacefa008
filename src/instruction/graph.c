/*
 * What the graph of an instruction shows at a look: every step is reached,
 * branches stay apart from the main flow, every loop has a bound, nothing that
 * is listed lies idle. It runs when all names could be resolved, so that no
 * complaint follows from another; the proof (prove.c) builds on it. What a
 * walk has on record when it comes somewhere, what it costs and whether it can
 * go on is proved there.
 */
#include "instruction/read.h"

#include "base/mem.h"

/* The place of a step's id, of one of its answers, and of its answer's key. */
static const struct yaml *
id_place(const struct reader *r, int step)
{
	const struct yaml *id = yaml_get(r->step_at[step], "id");

	return id ? id : r->step_at[step];
}

static const struct yaml *
target_place(const struct reader *r, int step, int i)
{
	const struct yaml *y = r->step_at[step];
	const struct yaml *list = yaml_get(y, "answers");

	if (r->ins->step[step].decides)
		return yaml_get(y, i ? "yes" : "no");
	return list->item[i];
}

/* A worklist of steps, each put on it once. */
struct worklist {
	int n, done;
	int *step;
	bool *seen;
};

static void
worklist_add(struct worklist *w, int step)
{
	if (step < 0 || w->seen[step])
		return;
	w->seen[step] = true;
	w->step[w->n++] = step;
}

static struct worklist
worklist_new(const struct reader *r)
{
	return (struct worklist){.step = mem_array(r->scratch, int,
				     r->ins->steps_n),
	    .seen = mem_array(r->scratch, bool, r->ins->steps_n)};
}

static void
worklist_follow(const struct instruction *ins, struct worklist *w,
    struct worklist *after_outcome)
{
	while (w->done < w->n) {
		const struct step *s = &ins->step[w->step[w->done++]];

		for (int i = 0; i < step_targets(s); i++) {
			const struct target *t = step_target(s, i);

			if (t->kind == TARGET_STEP)
				worklist_add(w, t->step);
			else if (t->kind == TARGET_OUTCOME)
				worklist_add(after_outcome, t->step);
		}
	}
}

static void
mark_reached(struct reader *r)
{
	struct instruction *ins = r->ins;
	struct worklist branch = worklist_new(r), main = worklist_new(r);

	for (int i = 0; i < ins->anytime_n; i++) {
		const struct target *t = &ins->anytime[i].target;

		worklist_add(t->kind == TARGET_STEP ? &branch : &main, t->step);
	}
	worklist_follow(ins, &branch, &main);
	worklist_add(&main, ins->start);
	worklist_follow(ins, &main, &main);
	for (int i = 0; i < ins->steps_n; i++) {
		ins->step[i].in_main = main.seen[i];
		ins->step[i].in_branch = branch.seen[i];
	}
}

static void
mark_between(struct instruction *ins)
{
	for (int i = 0; i < ins->steps_n; i++)
		for (int j = 0; j < step_targets(&ins->step[i]); j++) {
			const struct target *t = step_target(&ins->step[i], j);

			if (t->kind == TARGET_OUTCOME && t->step >= 0)
				ins->step[t->step].between = true;
		}
	for (int i = 0; i < ins->anytime_n; i++) {
		const struct target *t = &ins->anytime[i].target;

		if (t->kind == TARGET_OUTCOME && t->step >= 0)
			ins->step[t->step].between = true;
	}
}

static void
check_reached(struct reader *r)
{
	for (int i = 0; i < r->ins->steps_n; i++) {
		const struct step *s = &r->ins->step[i];

		if (!s->in_main && !s->in_branch)
			complain(r->c, id_place(r, i),
			    "step \"%.*s\" is never reached", STR_FMT(s->id));
		else if (s->in_main && s->in_branch)
			complain(r->c, id_place(r, i),
			    "step \"%.*s\" belongs to the main flow and is "
			    "reached from an anytime branch too; a branch "
			    "returns or ends",
			    STR_FMT(s->id));
		if (s->between && s->decides)
			complain(r->c, id_place(r, i),
			    "step \"%.*s\" follows an outcome and must ask",
			    STR_FMT(s->id));
	}
}

static void
check_target(struct reader *r, int step, int i)
{
	const struct step *s = &r->ins->step[step];
	const struct target *t = step_target(s, i);
	const struct yaml *at = target_place(r, step, i);

	if (t->kind == TARGET_RETURN && s->in_main)
		complain(r->c, at, "only an anytime branch can return");
	if (t->kind == TARGET_CALL && !s->between)
		complain(r->c, at,
		    "the call can only end after an outcome: "
		    "\"%.*s\" is no step that an outcome goes on to",
		    STR_FMT(s->id));
	if (t->kind == TARGET_STEP && r->ins->step[t->step].between)
		complain(r->c, at,
		    "step \"%.*s\" follows an outcome; nothing "
		    "else may lead there",
		    STR_FMT(r->ins->step[t->step].id));
}

static void
check_start(struct reader *r, const struct yaml *root)
{
	const struct step *s = &r->ins->step[r->ins->start];

	if (s->decides)
		complain(r->c, yaml_get(root, "start"),
		    "the first step must ask, not decide");
	if (s->between)
		complain(r->c, yaml_get(root, "start"),
		    "step \"%.*s\" "
		    "follows an outcome; a call cannot start there",
		    STR_FMT(s->id));
}

/* Takes steps off the graph that nothing on it leads to, or that lead to
 * nothing on it; what can never be taken off lies on a loop or between two. */
static bool
loops_strip(const struct instruction *ins, bool *off)
{
	bool in[INSTRUCTION_STEPS_MAX] = {0}, out[INSTRUCTION_STEPS_MAX] = {0};
	bool changed = false;

	for (int i = 0; i < ins->steps_n; i++)
		for (int j = 0; !off[i] && j < step_targets(&ins->step[i]); j++) {
			const struct target *t = step_target(&ins->step[i], j);

			if (t->kind == TARGET_STEP && !off[t->step])
				out[i] = in[t->step] = true;
		}
	for (int i = 0; i < ins->steps_n; i++)
		if (!off[i] && !(in[i] && out[i]))
			off[i] = changed = true;
	return changed;
}

static void
check_loops(struct reader *r)
{
	const struct instruction *ins = r->ins;
	bool *off = mem_array(r->scratch, bool, ins->steps_n);

	/* A step with a bound breaks every loop it lies on. */
	for (int i = 0; i < ins->steps_n; i++)
		off[i] = ins->step[i].visits_max > 0;
	while (loops_strip(ins, off))
		;
	for (int i = 0; i < ins->steps_n; i++)
		if (!off[i]) {
			complain(r->c, id_place(r, i),
			    "step \"%.*s\" lies on a loop without max",
			    STR_FMT(ins->step[i].id));
			return;
		}
}

/* A caller who has left has no further matter. */
static void
check_abandoned(struct reader *r, const struct target *t,
    const struct yaml *at)
{
	if (t->kind == TARGET_OUTCOME && t->outcome == OUTCOME_ABANDONED &&
	    t->step >= 0)
		complain(r->c, at,
		    "after \"abandoned\" nothing goes on: the caller has "
		    "left");
}

/* Evidence that steps ask for by on-record; the proof (prove.h) tells walks
 * apart by it, so it is counted, and set in the main flow alone. */
static uint64_t
check_records(struct reader *r)
{
	uint64_t asked = 0;
	int kinds = 0;

	for (int i = 0; i < r->ins->steps_n; i++) {
		const struct step *s = &r->ins->step[i];

		if (!s->by_record || asked & BIT(s->evidence))
			continue;
		asked |= BIT(s->evidence);
		if (++kinds > INSTRUCTION_RECORDS_MAX)
			complain(r->c,
			    yaml_get(r->step_at[i], "on-record"),
			    "on-record asks for more than %d kinds of evidence",
			    INSTRUCTION_RECORDS_MAX);
	}
	return asked;
}

static void
check_branch_sets(struct reader *r, int step, int i, uint64_t asked)
{
	uint64_t sets = step_target(&r->ins->step[step], i)->sets & asked;

	for (enum evidence e = 0; e < EVIDENCE__MAX; e++)
		if (r->ins->step[step].in_branch && sets & BIT(e))
			complain(r->c, target_place(r, step, i),
			    "an anytime branch cannot set \"%s\", which "
			    "on-record asks for",
			    evidence_name(e));
}

static void
check_targets(struct reader *r, const struct yaml *root)
{
	const struct instruction *ins = r->ins;
	const struct yaml *anytime = yaml_get(root, "anytime");
	uint64_t asked = check_records(r);

	for (int i = 0; i < ins->steps_n; i++)
		for (int j = 0; j < step_targets(&ins->step[i]); j++) {
			check_target(r, i, j);
			check_abandoned(r, step_target(&ins->step[i], j),
			    target_place(r, i, j));
			check_branch_sets(r, i, j, asked);
		}
	for (int i = 0; i < ins->anytime_n; i++)
		check_abandoned(r, &ins->anytime[i].target, anytime->item[i]);
}

/* What the whole file puts on record, serves and ends in. */
struct used {
	uint64_t sets, rules;
	bool outcome[OUTCOME__MAX];
};

static void
used_target(struct used *u, const struct target *t)
{
	u->sets |= t->sets;
	if (t->kind == TARGET_OUTCOME)
		u->outcome[t->outcome] = true;
}

static struct used
used_by(const struct instruction *ins)
{
	struct used u = {0};

	for (int i = 0; i < ins->steps_n; i++) {
		u.rules |= ins->step[i].rules;
		for (int j = 0; j < step_targets(&ins->step[i]); j++)
			used_target(&u, step_target(&ins->step[i], j));
	}
	for (int i = 0; i < ins->anytime_n; i++) {
		u.rules |= ins->anytime[i].rules;
		used_target(&u, &ins->anytime[i].target);
	}
	for (enum outcome o = 0; o < OUTCOME__MAX; o++)
		u.rules |= ins->outcome[o].rules;
	return u;
}

static void
check_outcomes(struct reader *r, const struct used *u, const struct yaml *map)
{
	for (size_t i = 0; i < map->n; i++) {
		enum outcome o = outcome_of(map->key[i]->text);
		const struct outcome_rule *rule;

		if (o == OUTCOME__MAX)
			continue;
		rule = &r->ins->outcome[o];
		if (!u->outcome[o])
			complain(r->c, map->key[i],
			    "no path ends in outcome \"%s\"", outcome_name(o));
		for (enum evidence e = 0; e < EVIDENCE__MAX; e++)
			if ((rule->requires & ~u->sets) & BIT(e))
				complain(r->c, map->key[i],
				    "outcome \"%s\" requires \"%s\", which "
				    "nothing sets",
				    outcome_name(o), evidence_name(e));
		if (rule->one_of && !(rule->one_of & u->sets))
			complain(r->c, map->key[i],
			    "outcome \"%s\" requires "
			    "one of several, none of which anything sets",
			    outcome_name(o));
	}
}

static void
check_rules(struct reader *r, const struct used *u, const struct yaml *list)
{
	for (int i = 0; i < r->ins->rules_n; i++) {
		const struct rule *rule = &r->ins->rule[i];

		if (rule->keeper == KEEPER_GUIDE && !(u->rules & BIT(i)))
			complain(r->c, list->item[i],
			    "rule \"%.*s\" is served by no step, outcome or "
			    "branch",
			    STR_FMT(rule->id));
	}
}

void
graph_check(struct reader *r, const struct yaml *root)
{
	struct instruction *ins = r->ins;
	struct used used = used_by(ins);

	mark_reached(r);
	mark_between(ins);
	check_reached(r);
	check_targets(r, root);
	check_start(r, root);
	check_loops(r);
	check_outcomes(r, &used, yaml_get(root, "outcomes"));
	check_rules(r, &used, yaml_get(root, "rules"));
}
