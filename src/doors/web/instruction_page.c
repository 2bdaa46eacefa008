/*
 * A whole instruction as people read it: every rule with what serves it, the
 * steps in their order, what is open at any time, and the outcomes. Nothing is
 * left out, so that whoever has read it has read all that they sign.
 */
#include "doors/web/instruction_page.h"

#include "base/calendar.h"
#include "base/mem.h"
#include "doors/web/page.h"
#include "instruction/braces.h"
#include "instruction/names.h"

static struct str
in_language(const struct http_request *rq, const struct text2 *t)
{
	return t->in[rq->cx.lang].p ? t->in[rq->cx.lang] : STR("");
}

/* The same, where something may stand in braces. */
static struct str
text_shown(const struct http_request *rq, const struct text2 *t)
{
	return braces_shown(rq->cx.mem, rq->cx.lang, in_language(rq, t));
}

static struct marks_view
marks_fill(struct http_request *rq, const struct instruction *ins,
    uint64_t rules)
{
	struct marks_view v = {
	    mem_array(rq->cx.mem, struct mark_view, ins->rules_n), 0};

	for (int i = 0; i < ins->rules_n; i++)
		if (rules & BIT(i))
			v.v[v.n++] = (struct mark_view){ins->rule[i].id,
			    in_language(rq, &ins->rule[i].text)};
	return v;
}

static struct words_view
evidence_fill(struct http_request *rq, uint64_t evidence)
{
	struct str *v = mem_array(rq->cx.mem, struct str, EVIDENCE__MAX);
	size_t n = 0;

	for (int i = 0; i < EVIDENCE__MAX; i++)
		if (evidence & BIT(i))
			v[n++] = page_text(rq, evidence_words(i));
	return (struct words_view){v, n};
}

static struct target_view
target_fill(struct http_request *rq, const struct instruction *ins,
    const struct target *t)
{
	struct target_view v = {.back = t->kind == TARGET_RETURN};

	if (t->kind == TARGET_OUTCOME) {
		v.outcome = page_text(rq, outcome_words(t->outcome));
		v.outcome_id = str_of(outcome_name(t->outcome));
	}
	v.over = t->kind == TARGET_CALL ||
	    (t->kind == TARGET_OUTCOME && t->step < 0);
	if (t->step >= 0) {
		v.step = ins->step[t->step].id;
		v.number = t->step + 1;
	}
	return v;
}

/* ---- Rules --------------------------------------------------------------- */

static const char *const keepers[KEEPER__MAX] = {
    [KEEPER_GUIDE] = "",
    [KEEPER_ROUNDS] = N_("kept in the daily rounds"),
    [KEEPER_BOOKS] = N_("kept by entering breaches"),
};

static void
place_add(struct text_rule_view *v, struct str anchor, struct str text)
{
	v->places.v[v->places.n++] = (struct place_view){anchor, text};
}

/* Everything that serves a rule: steps by their numbers, then the rest. */
static void
places_fill(struct http_request *rq, const struct instruction *ins,
    uint64_t rule, struct text_rule_view *v)
{
	void *mem = rq->cx.mem;

	v->places.v = mem_array(mem, struct place_view,
	    ins->steps_n + ins->anytime_n + OUTCOME__MAX);
	for (int i = 0; i < ins->steps_n; i++)
		if (ins->step[i].rules & rule)
			place_add(v,
			    str_printf(mem, "step-%.*s",
				STR_FMT(ins->step[i].id)),
			    str_printf(mem, "%d", i + 1));
	for (int i = 0; i < ins->anytime_n; i++)
		if (ins->anytime[i].rules & rule)
			place_add(v,
			    str_printf(mem, "anytime-%.*s",
				STR_FMT(ins->anytime[i].id)),
			    str_copy(mem, &ins->anytime[i].key, 1));
	for (int i = 0; i < OUTCOME__MAX; i++)
		if (ins->outcome[i].offered && ins->outcome[i].rules & rule)
			place_add(v,
			    str_printf(mem, "outcome-%s", outcome_name(i)),
			    page_text(rq, outcome_words(i)));
}

static void
rules_fill(struct http_request *rq, const struct instruction *ins,
    struct instruction_view *v)
{
	v->rules.n = (size_t)ins->rules_n;
	v->rules.v = mem_array(rq->cx.mem, struct text_rule_view, ins->rules_n);
	for (int i = 0; i < ins->rules_n; i++) {
		const struct rule *r = &ins->rule[i];
		struct text_rule_view *row = &v->rules.v[i];

		*row = (struct text_rule_view){.id = r->id,
		    .text = in_language(rq, &r->text),
		    .keeper = *keepers[r->keeper]
			? page_text(rq, keepers[r->keeper])
			: STR("")};
		places_fill(rq, ins, BIT(i), row);
	}
}

/* ---- Steps --------------------------------------------------------------- */

static void
answers_fill(struct http_request *rq, const struct instruction *ins,
    const struct step *s, struct text_step_view *v)
{
	int n = step_targets(s);

	v->answers.n = (size_t)n;
	v->answers.v = mem_array(rq->cx.mem, struct text_answer_view, n);
	for (int i = 0; i < n; i++) {
		struct text_answer_view *a = &v->answers.v[i];

		a->target = target_fill(rq, ins, step_target(s, i));
		if (s->decides) {
			a->key = STR("");
			a->text = page_text(rq, i ? N_("yes") : N_("no"));
		} else {
			a->key = str_printf(rq->cx.mem, "%d", i + 1);
			a->text = in_language(rq, &s->answer[i].text);
		}
	}
}

/* What a step asks when it asks nobody. */
static struct str
decision_text(struct http_request *rq, const struct step *s)
{
	if (!s->by_record)
		return page_text(rq, fact_question(s->fact));
	return str_printf(rq->cx.mem, "%s %s",
	    tr(rq->cx.lang, N_("Is it on record:")),
	    tr(rq->cx.lang, evidence_words(s->evidence)));
}

static void
steps_fill(struct http_request *rq, const struct instruction *ins,
    struct instruction_view *v)
{
	v->steps.n = (size_t)ins->steps_n;
	v->steps.v = mem_array(rq->cx.mem, struct text_step_view, ins->steps_n);
	for (int i = 0; i < ins->steps_n; i++) {
		const struct step *s = &ins->step[i];
		struct text_step_view *row = &v->steps.v[i];
		const char *note = input_words(s->input);

		*row = (struct text_step_view){.number = i + 1,
		    .id = s->id,
		    .say = text_shown(rq, &s->say),
		    .ask = s->decides ? decision_text(rq, s)
				      : text_shown(rq, &s->ask),
		    .hint = text_shown(rq, &s->hint),
		    .note = *note ? page_text(rq, note) : STR(""),
		    .decides = s->decides,
		    .rules = marks_fill(rq, ins, s->rules)};
		answers_fill(rq, ins, s, row);
	}
}

/* ---- Branches and outcomes ----------------------------------------------- */

static void
branches_fill(struct http_request *rq, const struct instruction *ins,
    struct instruction_view *v)
{
	v->branches.n = (size_t)ins->anytime_n;
	v->branches.v =
	    mem_array(rq->cx.mem, struct text_branch_view, ins->anytime_n);
	for (int i = 0; i < ins->anytime_n; i++) {
		const struct anytime *a = &ins->anytime[i];

		v->branches.v[i] = (struct text_branch_view){.id = a->id,
		    .key = str_copy(rq->cx.mem, &a->key, 1),
		    .text = in_language(rq, &a->text),
		    .by_itself = i == ins->limit,
		    .rules = marks_fill(rq, ins, a->rules),
		    .target = target_fill(rq, ins, &a->target)};
	}
}

static void
outcomes_fill(struct http_request *rq, const struct instruction *ins,
    struct instruction_view *v)
{
	v->outcomes.v =
	    mem_array(rq->cx.mem, struct text_outcome_view, OUTCOME__MAX);
	for (int i = 0; i < OUTCOME__MAX; i++) {
		const struct outcome_rule *o = &ins->outcome[i];
		const struct target then = {.step = o->then};

		if (!o->offered)
			continue;
		v->outcomes.v[v->outcomes.n++] = (struct text_outcome_view){
		    .id = str_of(outcome_name(i)),
		    .text = page_text(rq, outcome_words(i)),
		    .say = in_language(rq, &o->say),
		    .requires = evidence_fill(rq, o->requires),
		    .one_of = evidence_fill(rq, o->one_of),
		    .rules = marks_fill(rq, ins, o->rules),
		    .then = target_fill(rq, ins, &then)};
	}
}

void
instruction_view_fill(struct http_request *rq, const struct instruction *ins,
    struct instruction_view *v)
{
	*v = (struct instruction_view){.title = in_language(rq, &ins->title),
	    .limit = calendar_length(rq->cx.mem, ins->call_ms)};
	rules_fill(rq, ins, v);
	steps_fill(rq, ins, v);
	branches_fill(rq, ins, v);
	outcomes_fill(rq, ins, v);
}
