/* Every path of an instruction, and what all paths of the shipped ones keep:
 * src/instruction/paths.c. */
#include "check.h"

#include "base/json.h"
#include "instruction/paths.h"
#include "load_instruction.h"

#define SMALL   "instruction/small.yaml"
#define PHONE   "../../instructions/phone-support.yaml"
#define HEATING "../../instructions/heating-emergency.yaml"

static int
prepare(void **state)
{
	*state = talloc_new(NULL);
	return 0;
}

static int
done(void **state)
{
	talloc_free(*state);
	return 0;
}

static void
small_file_has_its_paths(void **state)
{
	struct instruction *ins = instruction_fixture(*state, SMALL);
	struct paths_total t;

	paths_each(ins, PATHS_MAX, NULL, NULL, &t);
	assert_int_equal(t.n, 35);
	assert_false(t.capped);
	assert_int_equal(t.stuck, 0);
	assert_int_equal(t.lacking, 8); /* those by the answer "bare" */
	assert_int_equal(t.of_outcome[OUTCOME_ANSWERED], 8);
	assert_int_equal(t.of_outcome[OUTCOME_REFUSED], 11);
	assert_int_equal(t.seconds_most, 60);
}

static void
count_path(void *arg, const struct path *path)
{
	++*(size_t *)arg;
}

static void
cap_is_said(void **state)
{
	struct instruction *ins = instruction_fixture(*state, SMALL);
	struct paths_total t;
	size_t n = 0;

	paths_each(ins, 35, &n, count_path, &t);
	assert_int_equal(n, 35);
	assert_false(t.capped);
	paths_each(ins, 34, &n, count_path, &t);
	assert_int_equal(n, 35 + 34);
	assert_int_equal(t.n, 34);
	assert_true(t.capped);
	paths_each(ins, 0, &n, count_path, &t);
	assert_int_equal(t.n, 0);
	assert_true(t.capped);
}

static void
json_says_the_same(void **state)
{
	struct instruction *ins = instruction_fixture(*state, SMALL);
	struct json *all;
	const struct json *last, *steps;
	struct str why;
	struct buf b;

	buf_init(&b, *state, 1 << 22);
	assert_true(paths_json(ins, &b));
	assert_int_equal(json_parse(*state, buf_get(&b), &all, &why), OK);
	assert_int_equal(json_count(all), 35);
	last = json_at(all, 34);
	check_str(json_text(json_member(last, "outcome")), "refused");
	assert_int_equal(json_int(json_member(last, "seconds")), 10);
	steps = json_member(last, "steps");
	assert_int_equal(json_count(steps), 1);
	check_str(json_text(json_member(json_at(steps, 0), "id")), "who");
	check_str(
	    json_text(json_member(json_at(steps, 0), "answer")), "nobody");
	check_str(json_text(json_at(
		      json_member(json_at(steps, 0), "rules"), 0)), "R1");
	steps = json_member(json_at(all, 0), "steps");
	check_str(json_text(json_member(json_at(steps, 1), "answer")), "no");
	buf_init(&b, *state, 1 << 22);
	assert_true(paths_lines(ins, &b));
	assert_non_null(
	    strstr(buf_get(&b).p, "  10 s  refused          who=nobody\n"));
}

static void
check_number_first(void *arg, const struct path *path)
{
	const struct instruction *ins = arg;
	const struct step *first = &ins->step[path->step[0].step];
	int m3 = instruction_rule(ins, STR("M3"));

	check_str(first->id, "number");
	assert_true(first->rules & BIT(m3));
	assert_int_equal(path->missing, 0);
	assert_int_not_equal(path->outcome, OUTCOME__MAX);
}

static void
number_is_asked_first_of_every_caller(void **state)
{
	struct instruction *ins = instruction_fixture(*state, PHONE);
	struct paths_total t;

	assert_int_equal(ins->step[ins->start].input, INPUT_CUSTOMER);
	paths_each(ins, PATHS_MAX, ins, check_number_first, &t);
	assert_false(t.capped);
	assert_true(t.n > 100);
}

static bool
branch_ends(const struct instruction *ins, enum outcome o)
{
	bool ends = false;

	for (int i = 0; i < ins->anytime_n; i++)
		ends |= ins->anytime[i].target.kind == TARGET_OUTCOME &&
		    ins->anytime[i].target.outcome == o;
	for (int i = 0; i < ins->steps_n; i++)
		for (int j = 0; j < step_targets(&ins->step[i]); j++) {
			const struct target *t = step_target(&ins->step[i], j);

			ends |= ins->step[i].in_branch &&
			    t->kind == TARGET_OUTCOME && t->outcome == o;
		}
	return ends;
}

/* An outcome that is offered ends some path, or an anytime branch ends in it. */
static void
check_outcomes_reached(const struct instruction *ins)
{
	struct paths_total t;

	paths_each(ins, PATHS_MAX, NULL, NULL, &t);
	for (enum outcome o = 0; o < OUTCOME__MAX; o++) {
		bool reached = t.of_outcome[o] > 0 || branch_ends(ins, o);

		check_row(reached == ins->outcome[o].offered, outcome_name(o));
	}
	assert_int_equal(t.stuck, 0);
	assert_int_equal(t.lacking, 0);
	assert_false(t.capped);
	assert_true(t.seconds_most * 1000 <= ins->call_ms);
}

static void
shipped_outcomes_are_reached_in_time(void **state)
{
	check_outcomes_reached(instruction_fixture(*state, PHONE));
	check_outcomes_reached(instruction_fixture(*state, HEATING));
}

static void
check_ticket(void *arg, const struct path *path)
{
	const struct instruction *ins = arg;
	bool search = false, reason = false, read = false;

	if (path->outcome != OUTCOME_TICKET)
		return;
	for (size_t i = 0; i < path->n; i++) {
		const struct step *s = &ins->step[path->step[i].step];
		const struct answer *a = &s->answer[path->step[i].answer];

		if (s->decides)
			continue;
		search |= (a->needs & BIT(INPUT_SEARCH)) != 0;
		reason |= search && (a->needs & BIT(INPUT_REASON)) != 0;
		read |= reason && (a->target.sets & BIT(EVIDENCE_READ_BACK));
	}
	assert_true(search && reason && read);
}

static void
ticket_comes_after_search_reason_and_read_back(void **state)
{
	struct instruction *ins = instruction_fixture(*state, PHONE);
	struct paths_total t;

	paths_each(ins, PATHS_MAX, ins, check_ticket, &t);
	assert_true(t.of_outcome[OUTCOME_TICKET] > 0);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, prepare, done)

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST(small_file_has_its_paths),
	    TEST(cap_is_said),
	    TEST(json_says_the_same),
	    TEST(number_is_asked_first_of_every_caller),
	    TEST(shipped_outcomes_are_reached_in_time),
	    TEST(ticket_comes_after_search_reason_and_read_back),
	};

	return cmocka_run_group_tests_name("paths", tests, NULL, NULL);
}
