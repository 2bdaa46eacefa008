/*
 * Enumerates every path of an instruction by depth-first search with a stack
 * of its own. A deciding step counts as a step whose answers are yes and no,
 * each taken whatever was decided elsewhere on the path, so nothing that can
 * happen is left out. Single calls are walk.c's.
 */
#include "instruction/paths.h"

#include "base/json.h"

struct frame {
	int choice;        /* to be tried next */
	bool went;         /* some choice was open */
	uint64_t evidence; /* on record when the step was reached */
	int seconds;       /* spent before it */
};

struct search {
	const struct instruction *ins;
	size_t max;
	void *arg;
	void (*each)(void *arg, const struct path *path);
	struct paths_total *out;
	size_t n;
	struct path_step step[PATH_STEPS_MAX];
	struct frame frame[PATH_STEPS_MAX];
	int visits[INSTRUCTION_STEPS_MAX];
};

static uint64_t
missing(const struct outcome_rule *o, uint64_t evidence)
{
	uint64_t out = o->requires & ~evidence;

	return o->one_of && !(o->one_of & evidence) ? out | o->one_of : out;
}

/* Hands out the path on the stack; OUTCOME__MAX where it is stuck. */
static void
path_emit(struct search *s, enum outcome outcome, uint64_t evidence)
{
	const struct frame *last = &s->frame[s->n - 1];
	struct paths_total *out = s->out;
	struct path path = {.step = s->step,
	    .n = s->n,
	    .outcome = outcome,
	    .seconds =
		last->seconds + s->ins->step[s->step[s->n - 1].step].seconds};

	if (out->n == s->max) {
		out->capped = true;
		return;
	}
	out->n++;
	if (outcome == OUTCOME__MAX) {
		out->stuck++;
	} else {
		path.missing = missing(&s->ins->outcome[outcome], evidence);
		out->of_outcome[outcome]++;
		out->lacking += path.missing != 0;
	}
	if (path.seconds > out->seconds_most)
		out->seconds_most = path.seconds;
	if (s->each)
		s->each(s->arg, &path);
}

/* Puts a step on the stack unless it was visited too often or the path is too
 * long. */
static bool
path_push(struct search *s, int step, uint64_t evidence, int seconds)
{
	int most = s->ins->step[step].visits_max;

	if (most && s->visits[step] >= most)
		return false;
	if (s->n == PATH_STEPS_MAX) {
		s->out->capped = true;
		return false;
	}
	s->visits[step]++;
	s->step[s->n] = (struct path_step){.step = step};
	s->frame[s->n++] =
	    (struct frame){.evidence = evidence, .seconds = seconds};
	return true;
}

static void
path_follow(struct search *s, const struct target *t)
{
	size_t top = s->n - 1;
	const struct step *step = &s->ins->step[s->step[top].step];
	struct frame *f = &s->frame[top];
	uint64_t evidence = f->evidence | t->sets;

	if (t->kind == TARGET_STEP) {
		if (path_push(s, t->step, evidence, f->seconds + step->seconds))
			f->went = true;
	} else if (t->kind == TARGET_OUTCOME) {
		f->went = true;
		path_emit(s, t->outcome, evidence);
	}
}

/* Tries the next choice of the step on top, or takes it off. */
static void
search_step(struct search *s)
{
	size_t top = s->n - 1;
	struct frame *f = &s->frame[top];
	const struct step *step = &s->ins->step[s->step[top].step];
	int choices = step->decides ? 2 : step->answers_n;

	if (f->choice == choices) {
		if (!f->went)
			path_emit(s, OUTCOME__MAX, f->evidence);
		s->visits[s->step[top].step]--;
		s->n--;
		return;
	}
	s->step[top].answer = f->choice++;
	if (step->decides)
		path_follow(s, s->step[top].answer ? &step->yes : &step->no);
	else
		path_follow(s, &step->answer[s->step[top].answer].target);
}

void
paths_each(const struct instruction *ins, size_t max, void *arg,
    void (*each)(void *arg, const struct path *path), struct paths_total *out)
{
	struct search s = {.ins = ins,
	    .max = max,
	    .arg = arg,
	    .each = each,
	    .out = out};

	memset(out, 0, sizeof *out);
	path_push(&s, ins->start, 0, 0);
	while (s.n && !out->capped)
		search_step(&s);
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
