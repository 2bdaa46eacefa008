/*
 * The steps of an instruction as the file has them: those that ask, with their
 * answers, and those that a fact decides, and the targets both lead to. Only
 * what one step shows by itself is checked here; what the steps are together
 * (reached, ending, bounded) is in graph.c.
 */
#include "instruction/read.h"

#include "base/mem.h"
#include "instruction/keys.h"

static bool
scalar_is(const struct yaml *y, const char *text)
{
	return y && y->kind == YAML_SCALAR && str_is(y->text, text);
}

int
read_step_name(struct reader *r, const struct yaml *y)
{
	int i = y->kind == YAML_SCALAR ? instruction_step(r->ins, y->text) : -1;

	if (i >= 0)
		return i;
	r->dangling = true;
	complain(r->c, y, "there is no step \"%.*s\"",
	    STR_FMT(y->kind == YAML_SCALAR ? y->text : STR("")));
	return -1;
}

static void
read_next(struct reader *r, const struct yaml *next, struct target *out)
{
	if (scalar_is(next, "return")) {
		out->kind = TARGET_RETURN;
		return;
	}
	out->kind = TARGET_STEP;
	out->step = read_step_name(r, next);
}

static void
read_end(struct reader *r, const struct yaml *end, const struct yaml *then,
    struct target *out)
{
	enum outcome o;

	if (scalar_is(end, "call")) {
		out->kind = TARGET_CALL;
		if (then)
			complain(r->c, then, "after the call nothing goes on");
		return;
	}
	out->kind = TARGET_OUTCOME;
	o = end->kind == YAML_SCALAR ? outcome_of(end->text) : OUTCOME__MAX;
	if (o == OUTCOME__MAX || !r->ins->outcome[o].offered) {
		r->dangling = true;
		complain(r->c, end, "there is no outcome \"%.*s\"%s",
		    STR_FMT(end->kind == YAML_SCALAR ? end->text : STR("")),
		    o == OUTCOME__MAX ? "" : " under outcomes");
		o = OUTCOME_ABANDONED;
	}
	out->outcome = o;
	out->step = then ? read_step_name(r, then) : r->ins->outcome[o].then;
}

struct target
read_target(struct reader *r, const struct yaml *map)
{
	const struct yaml *next = yaml_get(map, "next");
	const struct yaml *end = yaml_get(map, "end");
	const struct yaml *then = yaml_get(map, "then");
	struct target out = {.kind = TARGET_RETURN,
	    .step = -1,
	    .at = place_of(map)};

	out.sets = read_evidence(r, map, "sets");
	if (!next == !end) {
		r->dangling = true;
		complain(r->c, map,
		    next ? "next and end are both given; one of them leads on"
			 : "neither next nor end says where this leads");
	} else if (next) {
		if (then)
			complain(r->c, then, "then belongs to end");
		read_next(r, next, &out);
	} else {
		read_end(r, end, then, &out);
	}
	return out;
}

/* A way out of a deciding step: a step's name, or a map with next or end. */
static struct target
read_branch(struct reader *r, const struct yaml *step, const char *key)
{
	const struct yaml *y = yaml_get(step, key);
	struct target out = {.kind = TARGET_RETURN, .step = -1};

	if (y && y->kind == YAML_SCALAR) {
		out.at = place_of(y);
		read_next(r, y, &out);
		return out;
	}
	if (read_map(r, y, KEYS_BRANCH))
		return read_target(r, y);
	r->dangling = true;
	if (!y)
		complain(r->c, step,
		    "a step that decides needs yes and no; %s is missing", key);
	return out;
}

static void
read_fact(struct reader *r, const struct yaml *y, struct step *s)
{
	struct str name = read_scalar(r, y, "decide");

	s->fact = fact_of(name);
	if (s->fact == FACT__MAX) {
		complain(r->c, yaml_get(y, "decide"),
		    "there is no fact \"%.*s\"", STR_FMT(name));
		s->fact = 0;
	}
}

static void
read_record(struct reader *r, const struct yaml *y, struct step *s)
{
	struct str name = read_scalar(r, y, "on-record");

	s->by_record = true;
	s->evidence = evidence_of(name);
	if (s->evidence == EVIDENCE__MAX) {
		complain(r->c, yaml_get(y, "on-record"),
		    "there is no evidence \"%.*s\"", STR_FMT(name));
		s->evidence = 0;
	}
	if (yaml_get(y, "decide"))
		complain(r->c, y,
		    "a step decides by a fact or by what is on record, not "
		    "by both");
}

static void
read_decide(struct reader *r, const struct yaml *y, struct step *s)
{
	read_map(r, y, KEYS_DECIDES);
	s->decides = true;
	if (yaml_get(y, "on-record"))
		read_record(r, y, s);
	else
		read_fact(r, y, s);
	s->yes = read_branch(r, y, "yes");
	s->no = read_branch(r, y, "no");
}

static void
read_answers(struct reader *r, const struct yaml *y, struct step *s)
{
	const struct yaml *list = yaml_get(y, "answers");
	int n = read_list(r, y, list, "answers", INSTRUCTION_ANSWERS_MAX);

	r->dangling |= n == 0;
	s->answer = mem_array(r->mem, struct answer, n + 1);
	for (int i = 0; i < n; i++) {
		const struct yaml *at = list->item[i];
		struct answer *a = &s->answer[i];

		a->target = (struct target){.kind = TARGET_RETURN, .step = -1};
		s->answers_n = i + 1;
		if (!read_map(r, at, KEYS_ANSWER)) {
			r->dangling = true;
			continue;
		}
		a->id = read_id(r, at);
		for (int j = 0; j < i; j++)
			if (!str_empty(a->id) && str_eq(a->id, s->answer[j].id))
				complain(r->c, yaml_get(at, "id"),
				    "answer \"%.*s\" is there twice",
				    STR_FMT(a->id));
		a->text = read_text2(r, at, "text", true);
		a->needs = read_inputs(r, at, "needs");
		a->when = read_facts(r, at, "when");
		a->target = read_target(r, at);
	}
}

/* What stands in braces in a text is put in by the desk, once it is known:
 * {price} in a step that asks for the words, {order} and {employee} where the
 * order was named. */
static void
read_braces(struct reader *r, const struct yaml *at, struct str text,
    struct step *s)
{
	long open;

	while ((open = str_find(text, STR("{"))) >= 0) {
		struct str name = {text.p + open + 1, 0};

		name.n = strcspn(name.p, "}");
		if (str_is(name, "order") || str_is(name, "employee"))
			s->requires |= BIT(EVIDENCE_ORDER_NAMED);
		else if (!str_is(name, "price"))
			complain(r->c, at,
			    "only {price}, {order} and {employee} can be put "
			    "into a text");
		else if (s->input != INPUT_WORDS)
			complain(r->c, at,
			    "{price} belongs into a step with input: words");
		text = (struct str){name.p + name.n,
		    text.n - (size_t)open - 1 - name.n};
	}
}

static void
read_all_braces(struct reader *r, const struct yaml *y, struct step *s)
{
	for (enum lang l = 0; l < LANG__MAX; l++) {
		read_braces(r, yaml_get(y, "say"), s->say.in[l], s);
		read_braces(r, yaml_get(y, "ask"), s->ask.in[l], s);
		read_braces(r, yaml_get(y, "hint"), s->hint.in[l], s);
	}
}

static void
read_ask(struct reader *r, const struct yaml *y, struct step *s)
{
	const struct yaml *input = yaml_get(y, "input");

	read_map(r, y, KEYS_ASKS);
	s->say = read_text2(r, y, "say", false);
	s->ask = read_text2(r, y, "ask", false);
	s->hint = read_text2(r, y, "hint", false);
	if (!yaml_get(y, "say") && !yaml_get(y, "ask"))
		complain(r->c, y,
		    "nothing to say and nothing to ask: "
		    "say or ask is missing");
	if (input) {
		struct str name = read_scalar(r, y, "input");

		s->input = input_of(name);
		if (s->input == INPUT__MAX) {
			complain(r->c, input, "there is no input \"%.*s\"",
			    STR_FMT(name));
			s->input = INPUT_NONE;
		}
	}
	read_all_braces(r, y, s);
	s->seconds = read_int(r, y, "seconds", 0, 3600, -1);
	s->visits_max = read_int(r, y, "max", 1, INSTRUCTION_VISITS_MAX, 0);
	read_answers(r, y, s);
}

void
read_step_ids(struct reader *r, const struct yaml *steps)
{
	struct instruction *ins = r->ins;

	for (int i = 0; i < ins->steps_n; i++) {
		const struct yaml *y = steps->item[i];
		struct str id = STR("");

		r->step_at[i] = y;
		if (y->kind != YAML_MAP)
			complain(r->c, y, "a step must be a map");
		else
			id = read_id(r, y);
		if (str_is(id, "return"))
			complain(r->c, yaml_get(y, "id"),
			    "\"return\" is no name for a step");
		for (int j = 0; j < i; j++)
			if (!str_empty(id) && str_eq(id, ins->step[j].id))
				complain(r->c, yaml_get(y, "id"),
				    "step \"%.*s\" is there twice",
				    STR_FMT(id));
		ins->step[i].id = id;
		ins->step[i].at = place_of(yaml_get(y, "id"));
	}
}

void
read_steps(struct reader *r)
{
	for (int i = 0; i < r->ins->steps_n; i++) {
		const struct yaml *y = r->step_at[i];
		struct step *s = &r->ins->step[i];

		if (y->kind != YAML_MAP) {
			r->dangling = true;
			continue;
		}
		s->rules = read_rules(r, y);
		if (yaml_get(y, "decide") || yaml_get(y, "on-record"))
			read_decide(r, y, s);
		else
			read_ask(r, y, s);
	}
}
