/*
 * Enumerates every path of an instruction by depth-first search with a stack
 * of its own, over the moves of flow.c: facts hold still within one entry and
 * may change between two, so every path can really be gone, and nothing that
 * can happen is left out. A deciding step counts as a step whose answers are
 * yes and no. That no path breaks a rule is proved without enumerating them
 * (prove.c); single calls are walk.c's.
 */
#include "instruction/paths.h"

#include "base/json.h"
#include "base/mem.h"

struct frame {
	int node;
	int move;          /* to be tried next */
	bool went;         /* some move was open */
	uint64_t evidence; /* on record when the step was reached */
	int seconds;       /* spent before it */
	size_t steps;      /* of the path before it */
};

struct search {
	const struct instruction *ins;
	struct flow *flow;
	size_t max;
	void *arg;
	void (*each)(void *arg, const struct path *path);
	struct paths_total *out;
	size_t frames, n;
	struct path_step step[PATH_STEPS_MAX];
	struct frame frame[PATH_STEPS_MAX];
	int visits[INSTRUCTION_STEPS_MAX];
};

/* Hands out the path on the stack; OUTCOME__MAX where it is stuck. */
static void
path_emit(struct search *s, enum outcome outcome, uint64_t evidence)
{
	const struct frame *last = &s->frame[s->frames - 1];
	int step = s->flow->node[last->node].step;
	struct paths_total *out = s->out;
	struct path path = {.step = s->step,
	    .n = s->n,
	    .outcome = outcome,
	    .seconds = last->seconds + s->ins->step[step].seconds};

	if (out->n == s->max) {
		out->capped = true;
		return;
	}
	out->n++;
	if (outcome == OUTCOME__MAX) {
		out->stuck++;
	} else {
		path.missing =
		    outcome_missing(&s->ins->outcome[outcome], evidence);
		out->of_outcome[outcome]++;
		out->lacking += path.missing != 0;
	}
	if (path.seconds > out->seconds_most)
		out->seconds_most = path.seconds;
	if (s->each)
		s->each(s->arg, &path);
}

/* Puts a node on the stack unless its step was visited too often. */
static bool
path_push(struct search *s, int node, uint64_t evidence, int seconds)
{
	int step = s->flow->node[node].step;
	int most = s->ins->step[step].visits_max;

	if (most && s->visits[step] >= most)
		return false;
	s->visits[step]++;
	s->frame[s->frames++] = (struct frame){.node = node,
	    .evidence = evidence,
	    .seconds = seconds,
	    .steps = s->n};
	return true;
}

/* Makes a move the end of the path; false if the path becomes too long. */
static bool
path_extend(struct search *s, const struct frame *f, const struct move *m)
{
	s->n = f->steps;
	if (s->n + 1 + (size_t)m->decided_n >= PATH_STEPS_MAX) {
		s->out->capped = true;
		return false;
	}
	s->step[s->n++] =
	    (struct path_step){s->flow->node[f->node].step, m->answer};
	for (int i = 0; i < m->decided_n; i++)
		s->step[s->n++] = m->decided[i];
	return true;
}

static void
path_follow(struct search *s, struct frame *f, const struct move *m)
{
	const struct step *step = &s->ins->step[s->flow->node[f->node].step];
	uint64_t evidence = f->evidence | m->sets;

	if (!path_extend(s, f, m))
		return;
	if (m->end->kind == TARGET_STEP) {
		if (path_push(s, m->to, evidence, f->seconds + step->seconds))
			f->went = true;
	} else if (m->end->kind == TARGET_OUTCOME) {
		f->went = true;
		path_emit(s, m->end->outcome, evidence);
	}
}

/* Tries the next move of the node on top, or takes it off. */
static void
search_step(struct search *s)
{
	struct frame *f = &s->frame[s->frames - 1];
	const struct flow_node *node = flow_at(s->flow, f->node);

	if (f->move < node->n) {
		path_follow(s, f, &node->move[f->move++]);
		return;
	}
	s->n = f->steps;
	if (!f->went)
		path_emit(s, OUTCOME__MAX, f->evidence);
	s->visits[node->step]--;
	s->frames--;
}

void
paths_each(const struct instruction *ins, size_t max, void *arg,
    void (*each)(void *arg, const struct path *path), struct paths_total *out)
{
	void *scratch = mem_sure(talloc_new(NULL));
	struct search *s = mem_new(scratch, struct search);

	*s = (struct search){.ins = ins,
	    .flow = flow_new(scratch, ins),
	    .max = max,
	    .arg = arg,
	    .each = each,
	    .out = out};
	memset(out, 0, sizeof *out);
	path_push(s, flow_step(s->flow, ins->start, 0), 0, 0);
	while (s->frames && !out->capped)
		search_step(s);
	talloc_free(scratch);
}

static struct str
choice_id(const struct step *s, int answer)
{
	if (s->decides)
		return answer ? STR("yes") : STR("no");
	return s->answer[answer].id;
}

struct writer {
	const struct instruction *ins;
	struct buf *b;
	struct json_out json;
};

static void
json_rules(struct writer *w, uint64_t rules)
{
	json_name(&w->json, "rules");
	json_open(&w->json, '[');
	for (int i = 0; i < w->ins->rules_n; i++)
		if (rules & BIT(i))
			json_put_text(&w->json, w->ins->rule[i].id);
	json_close(&w->json, ']');
}

static void
json_path(void *arg, const struct path *path)
{
	struct writer *w = arg;

	json_open(&w->json, '{');
	json_name(&w->json, "steps");
	json_open(&w->json, '[');
	for (size_t i = 0; i < path->n; i++) {
		const struct step *s = &w->ins->step[path->step[i].step];

		json_open(&w->json, '{');
		json_name(&w->json, "id");
		json_put_text(&w->json, s->id);
		json_name(&w->json, "answer");
		json_put_text(&w->json, choice_id(s, path->step[i].answer));
		json_rules(w, s->rules);
		json_close(&w->json, '}');
	}
	json_close(&w->json, ']');
	json_name(&w->json, "outcome");
	if (path->outcome == OUTCOME__MAX)
		json_put_null(&w->json);
	else
		json_put_text(&w->json, str_of(outcome_name(path->outcome)));
	json_name(&w->json, "seconds");
	json_put_int(&w->json, path->seconds);
	json_close(&w->json, '}');
}

bool
paths_json(const struct instruction *ins, struct buf *b)
{
	struct writer w = {.ins = ins, .b = b};
	struct paths_total total;

	json_begin(&w.json, b);
	json_open(&w.json, '[');
	paths_each(ins, PATHS_MAX, &w, json_path, &total);
	json_close(&w.json, ']');
	return !total.capped;
}

static void
line_path(void *arg, const struct path *path)
{
	struct writer *w = arg;

	buf_printf(w->b, "%4d s  %-15s  ", path->seconds,
	    path->outcome == OUTCOME__MAX ? "stuck"
					  : outcome_name(path->outcome));
	for (size_t i = 0; i < path->n; i++) {
		const struct step *s = &w->ins->step[path->step[i].step];

		if (i)
			buf_puts(w->b, " > ");
		buf_str(w->b, s->id);
		buf_char(w->b, '=');
		buf_str(w->b, choice_id(s, path->step[i].answer));
	}
	buf_char(w->b, '\n');
}

bool
paths_lines(const struct instruction *ins, struct buf *b)
{
	struct writer w = {.ins = ins, .b = b};
	struct paths_total total;

	paths_each(ins, PATHS_MAX, &w, line_path, &total);
	return !total.capped;
}
