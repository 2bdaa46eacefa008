/*
 * The instruction file as a whole: version, title, limits, rules, outcomes and
 * anytime branches, and the order in which everything is read so that names
 * can be resolved. Steps are read in read_steps.c, the graph they form is
 * checked in graph.c, and a call is led through it in walk.c.
 */
#include "instruction/instruction.h"

#include "base/mem.h"
#include "instruction/keys.h"
#include "instruction/read.h"

enum { MATTERS_USUAL = 5 };

int
instruction_step(const struct instruction *ins, struct str id)
{
	for (int i = 0; i < ins->steps_n; i++)
		if (str_eq(ins->step[i].id, id))
			return i;
	return -1;
}

int
instruction_rule(const struct instruction *ins, struct str id)
{
	for (int i = 0; i < ins->rules_n; i++)
		if (str_eq(ins->rule[i].id, id))
			return i;
	return -1;
}

int
instruction_anytime(const struct instruction *ins, struct str id)
{
	for (int i = 0; i < ins->anytime_n; i++)
		if (str_eq(ins->anytime[i].id, id))
			return i;
	return -1;
}

int
step_answer(const struct step *s, struct str id)
{
	for (int i = 0; i < s->answers_n; i++)
		if (str_eq(s->answer[i].id, id))
			return i;
	return -1;
}

const struct target *
step_decision(const struct step *s, uint64_t evidence, uint64_t facts)
{
	bool yes = s->by_record ? evidence & BIT(s->evidence)
				: facts & BIT(s->fact);

	return yes ? &s->yes : &s->no;
}

int
step_targets(const struct step *s)
{
	return s->decides ? 2 : s->answers_n;
}

const struct target *
step_target(const struct step *s, int i)
{
	if (s->decides)
		return i ? &s->yes : &s->no;
	return &s->answer[i].target;
}

uint64_t
outcome_missing(const struct outcome_rule *o, uint64_t evidence)
{
	uint64_t missing = o->requires & ~evidence;

	return o->one_of && !(o->one_of & evidence) ? missing | o->one_of
						    : missing;
}

static void
read_limits(struct reader *r, const struct yaml *root)
{
	const struct yaml *y = yaml_get(root, "limits");
	struct instruction *ins = r->ins;

	if (!y)
		complain(r->c, root, "limits is missing");
	if (!read_map(r, y, KEYS_LIMITS))
		return;
	ins->call_ms = read_duration(r, y, "call");
	ins->call_at = place_of(yaml_get(y, "call"));
	ins->warn_ms = read_duration(r, y, "warn");
	ins->grace_ms = read_duration(r, y, "grace");
	ins->matters_max = read_int(r, y, "matters", 1, INSTRUCTION_MATTERS_MAX,
	    MATTERS_USUAL);
	if (ins->call_ms && ins->warn_ms > ins->call_ms)
		complain(r->c, yaml_get(y, "warn"),
		    "warn must not come after call");
}

static void
read_rule(struct reader *r, const struct yaml *y, struct rule *rule)
{
	const struct yaml *by;

	if (!read_map(r, y, KEYS_RULE))
		return;
	rule->id = read_id(r, y);
	if (!str_empty(rule->id) && instruction_rule(r->ins, rule->id) >= 0)
		complain(r->c, yaml_get(y, "id"),
		    "rule \"%.*s\" is there "
		    "twice",
		    STR_FMT(rule->id));
	rule->text = read_text2(r, y, "text", true);
	by = yaml_get(y, "kept-by");
	if (!by)
		return;
	rule->keeper = keeper_of(read_scalar(r, y, "kept-by"));
	if (rule->keeper == KEEPER__MAX) {
		complain(r->c, by, "a rule is kept by: guide, rounds or books");
		rule->keeper = KEEPER_GUIDE;
	}
}

static void
read_rule_list(struct reader *r, const struct yaml *root)
{
	const struct yaml *y = yaml_get(root, "rules");
	int n = read_list(r, root, y, "rules", INSTRUCTION_RULES_MAX);

	r->ins->rule = mem_array(r->mem, struct rule, n + 1);
	for (int i = 0; i < n; i++) {
		read_rule(r, y->item[i], &r->ins->rule[i]);
		r->ins->rules_n = i + 1;
	}
}

static void
read_outcome(struct reader *r, const struct yaml *key, const struct yaml *y,
    struct outcome_rule *o)
{
	const struct yaml *then;

	o->offered = true;
	o->at = place_of(key);
	if (!read_map(r, y, KEYS_OUTCOME))
		return;
	o->requires = read_evidence(r, y, "requires");
	o->one_of = read_evidence(r, y, "one-of");
	o->say = read_text2(r, y, "say", false);
	o->rules = read_rules(r, y);
	then = yaml_get(y, "then");
	if (then)
		o->then = read_step_name(r, then);
}

static void
read_outcomes(struct reader *r, const struct yaml *root)
{
	const struct yaml *y = yaml_get(root, "outcomes");

	for (enum outcome o = 0; o < OUTCOME__MAX; o++)
		r->ins->outcome[o].then = -1;
	if (!y || y->kind != YAML_MAP) {
		r->dangling = true;
		complain(r->c, y ? y : root, "outcomes must be a map");
		return;
	}
	for (size_t i = 0; i < y->n; i++) {
		enum outcome o = outcome_of(y->key[i]->text);

		if (y->key[i]->kind != YAML_SCALAR || o == OUTCOME__MAX)
			complain(r->c, y->key[i],
			    "there is no outcome \"%.*s\"",
			    STR_FMT(y->key[i]->text));
		else
			read_outcome(r, y->key[i], y->item[i],
			    &r->ins->outcome[o]);
	}
}

static void
read_key(struct reader *r, const struct yaml *y, struct anytime *a)
{
	struct str key = read_scalar(r, y, "key");

	if (str_empty(key))
		return;
	if (key.n != 1 || key.p[0] < 'A' || key.p[0] > 'Z') {
		complain(r->c, yaml_get(y, "key"),
		    "key must be one letter from A to Z");
		return;
	}
	for (const struct anytime *b = r->ins->anytime; b < a; b++)
		if (b->key == key.p[0])
			complain(r->c, yaml_get(y, "key"),
			    "key %c opens \"%.*s\" already", b->key,
			    STR_FMT(b->id));
	a->key = key.p[0];
}

static void
read_branch_start(struct reader *r, const struct yaml *y, struct anytime *a)
{
	const struct yaml *start = yaml_get(y, "start");

	a->target = (struct target){.kind = TARGET_STEP, .step = -1};
	if (start && !yaml_get(y, "end")) {
		a->target.step = read_step_name(r, start);
	} else if (!start && yaml_get(y, "end")) {
		a->target = read_target(r, y);
		if (a->target.kind == TARGET_CALL)
			complain(r->c, yaml_get(y, "end"),
			    "a branch ends in an outcome");
	} else {
		r->dangling = true;
		complain(r->c, y, "a branch has either start or end");
	}
}

/* The branch that opens by itself. */
static void
read_opens(struct reader *r, const struct yaml *y, int branch)
{
	const struct yaml *opens = yaml_get(y, "opens");

	if (!opens)
		return;
	if (!str_is(yaml_text(y, "opens"), "limit"))
		complain(r->c, opens, "opens can only be limit");
	else if (r->ins->limit >= 0)
		complain(r->c, opens, "the limit opens one branch only");
	else if (!yaml_get(y, "start"))
		complain(r->c, opens, "what opens by itself needs a start");
	else
		r->ins->limit = branch;
}

static void
read_anytime(struct reader *r, const struct yaml *root)
{
	const struct yaml *list = yaml_get(root, "anytime");
	int n =
	    list ? read_list(r, root, list, "anytime", INSTRUCTION_ANYTIME_MAX)
		 : 0;

	r->ins->limit = -1;
	r->ins->anytime = mem_array(r->mem, struct anytime, n + 1);
	for (int i = 0; i < n; i++) {
		const struct yaml *y = list->item[i];
		struct anytime *a = &r->ins->anytime[i];

		a->target = (struct target){.kind = TARGET_STEP, .step = -1};
		if (read_map(r, y, KEYS_ANYTIME)) {
			a->id = read_id(r, y);
			if (!str_empty(a->id) &&
			    instruction_anytime(r->ins, a->id) >= 0)
				complain(r->c, yaml_get(y, "id"),
				    "branch "
				    "\"%.*s\" is there twice",
				    STR_FMT(a->id));
			read_key(r, y, a);
			a->text = read_text2(r, y, "text", true);
			a->rules = read_rules(r, y);
			read_branch_start(r, y, a);
			read_opens(r, y, i);
		} else {
			r->dangling = true;
		}
		r->ins->anytime_n = i + 1;
	}
}

static void
read_start(struct reader *r, const struct yaml *root)
{
	const struct yaml *y = yaml_get(root, "start");

	r->ins->start = y ? read_step_name(r, y) : -1;
	if (!y) {
		r->dangling = true;
		complain(r->c, root, "start is missing");
	}
}

static void
read_root(struct reader *r, const struct yaml *root)
{
	const struct yaml *steps = yaml_get(root, "steps");
	struct instruction *ins = r->ins;

	if (!root || !read_map(r, root, KEYS_ROOT)) {
		if (!root)
			complain(r->c, NULL, "the file is empty");
		return;
	}
	read_int(r, root, "dienstweg", INSTRUCTION_VERSION, INSTRUCTION_VERSION,
	    -1);
	ins->id = read_id(r, root);
	ins->title = read_text2(r, root, "title", true);
	read_limits(r, root);
	read_rule_list(r, root);
	ins->steps_n =
	    read_list(r, root, steps, "steps", INSTRUCTION_STEPS_MAX);
	ins->step = mem_array(r->mem, struct step, ins->steps_n + 1);
	r->step_at =
	    mem_array(r->scratch, const struct yaml *, ins->steps_n + 1);
	read_step_ids(r, steps);
	read_outcomes(r, root);
	read_steps(r);
	read_anytime(r, root);
	read_start(r, root);
	if (!r->dangling)
		graph_check(r, root);
}

enum err
instruction_load(void *mem, struct str source, struct complaints *c,
    struct instruction **out)
{
	struct instruction *ins = mem_new(mem, struct instruction);
	void *scratch = mem_sure(talloc_new(mem));
	struct reader r = {.mem = ins, .scratch = scratch, .c = c, .ins = ins};
	struct yaml *root = NULL;
	size_t before = c->n;
	enum err e = yaml_parse(scratch, source, c, &root);

	if (e == OK)
		read_root(&r, root);
	if (e == OK && c->n > before)
		e = ERR_INVALID;
	talloc_free(scratch);
	if (e == OK)
		*out = ins;
	else
		talloc_free(ins);
	return e;
}
