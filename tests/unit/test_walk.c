/* The fold over a call's transcript: src/instruction/walk.c. */
#include "check.h"

#include "instruction/walk.h"
#include "load_instruction.h"

#define SMALL "instruction/small.yaml"
#define PHONE "../../instructions/phone-support.yaml"

enum { ACTIVE = BIT(FACT_CONTRACT_ACTIVE) };

struct job {
	struct instruction *ins;
	struct walk w;
};

static int
prepare(void **state)
{
	struct job *job = mem_new(NULL, struct job);

	job->ins = instruction_fixture(job, SMALL);
	walk_begin(job->ins, &job->w);
	*state = job;
	return 0;
}

static int
done(void **state)
{
	talloc_free(*state);
	return 0;
}

static struct entry
entry(struct job *job, enum entry_kind kind, const char *name, uint64_t facts)
{
	struct entry e = {.kind = kind,
	    .step = job->w.step,
	    .facts = facts,
	    .at_ms = 1000 + (int64_t)job->w.entries_n};

	if (entry_opens(kind))
		e.answer = instruction_anytime(job->ins, str_of(name));
	else if (kind != ENTRY_BACK && !job->w.over)
		e.answer = step_answer(
		    &job->ins->step[job->w.step], str_of(name));
	return e;
}

/* Takes an answer with all inputs acceptable. */
static enum refusal
answer(struct job *job, const char *name, uint64_t facts)
{
	struct entry e = entry(job, ENTRY_ANSWER, name, facts);

	return walk_next(job->ins, &job->w, &e, UINT64_MAX);
}

static enum refusal
anytime(struct job *job, const char *name)
{
	struct entry e = entry(job, ENTRY_ANYTIME, name, 0);

	return walk_next(job->ins, &job->w, &e, 0);
}

static enum refusal
back(struct job *job)
{
	struct entry e = entry(job, ENTRY_BACK, "", 0);

	return walk_next(job->ins, &job->w, &e, 0);
}

static void
check_at(const struct job *job, const char *step)
{
	assert_int_not_equal(job->w.step, -1);
	check_str(job->ins->step[job->w.step].id, step);
}

static void
check_taken(enum refusal why)
{
	assert_string_equal(refusal_name(why), "none");
}

static void
facts_decide_and_are_kept(void **state)
{
	struct job *job = *state;

	check_at(job, "who");
	check_taken(answer(job, "number", ACTIVE));
	check_at(job, "ask");
	assert_int_equal(job->w.evidence,
	    BIT(EVIDENCE_CUSTOMER) | BIT(EVIDENCE_CONTRACT));
	assert_int_equal(job->w.path[0].facts, ACTIVE);
	check_taken(back(job));
	check_at(job, "who");
	assert_int_equal(job->w.evidence, 0);
	check_taken(answer(job, "number", BIT(FACT_LIMIT_REACHED)));
	assert_true(job->w.over);
	assert_int_equal(job->w.matter[0].outcome, OUTCOME_REFUSED);
}

static void
hidden_and_needing_answers_are_refused(void **state)
{
	struct job *job = *state;
	struct entry e = entry(job, ENTRY_ANSWER, "number", ACTIVE);

	assert_int_equal(answer(job, "voice", ACTIVE), REFUSAL_HIDDEN);
	assert_int_equal(walk_answer(job->ins, &job->w, 1, 0, 0),
	    REFUSAL_HIDDEN);
	assert_int_equal(walk_next(job->ins, &job->w, &e,
			     BIT(INPUT_CUSTOMER)),
	    REFUSAL_NEEDS);
	check_taken(walk_next(job->ins, &job->w, &e, BIT(INPUT_NUMBER)));
	assert_int_equal(walk_next(job->ins, &job->w, &e, UINT64_MAX),
	    REFUSAL_STEP);
	assert_int_equal(job->w.entries_n, 1);
}

static void
outcome_wants_its_evidence(void **state)
{
	struct job *job = *state;

	check_taken(answer(job, "number", ACTIVE));
	assert_int_equal(answer(job, "bare", ACTIVE), REFUSAL_EVIDENCE);
	assert_int_equal(walk_missing(job->ins, &job->w, OUTCOME_TICKET),
	    BIT(EVIDENCE_QUESTION) | BIT(EVIDENCE_REASON) |
		BIT(EVIDENCE_SEARCH));
	assert_int_equal(job->w.evidence,
	    BIT(EVIDENCE_CUSTOMER) | BIT(EVIDENCE_CONTRACT));
	check_taken(answer(job, "write", ACTIVE));
	assert_int_equal(job->w.matter[0].outcome, OUTCOME_TICKET);
	assert_int_equal(job->w.matter[0].evidence,
	    BIT(EVIDENCE_CUSTOMER) | BIT(EVIDENCE_CONTRACT) |
		BIT(EVIDENCE_QUESTION) | BIT(EVIDENCE_REASON));
}

static void
matters_follow_each_other_up_to_the_limit(void **state)
{
	struct job *job = *state;

	check_taken(answer(job, "number", ACTIVE));
	for (int i = 0; i < 3; i++) {
		assert_int_equal(job->w.matters_n, i);
		assert_false(job->w.between);
		check_taken(answer(job, "write", ACTIVE));
		check_at(job, "more");
		assert_true(job->w.between);
		assert_int_equal(job->w.evidence,
		    BIT(EVIDENCE_CUSTOMER) | BIT(EVIDENCE_CONTRACT));
		if (i < 2)
			check_taken(answer(job, "another", ACTIVE));
	}
	assert_int_equal(answer(job, "another", ACTIVE), REFUSAL_MATTERS);
	check_taken(answer(job, "nothing", ACTIVE));
	assert_true(job->w.over);
	assert_int_equal(job->w.matters_n, 3);
	assert_int_equal(job->w.matter[1].first, 2);
	assert_int_equal(job->w.matter[1].past, 4);
	assert_int_equal(answer(job, "nothing", ACTIVE), REFUSAL_OVER);
	assert_int_equal(back(job), REFUSAL_OVER);
	assert_int_equal(anytime(job, "secret"), REFUSAL_OVER);
}

/* A branch that is opened when the call is full may still end in an outcome;
 * it is the last, whatever "then" says. */
static void
branch_ends_a_full_call(void **state)
{
	struct job *job = *state;

	check_taken(answer(job, "number", ACTIVE));
	for (int i = 0; i < 3; i++) {
		check_taken(answer(job, "write", ACTIVE));
		if (i < 2)
			check_taken(answer(job, "another", ACTIVE));
	}
	job->ins->step[6].answer[1].target.step = job->w.step;
	check_taken(anytime(job, "secret"));
	check_taken(answer(job, "angry", 0));
	assert_true(job->w.over);
	assert_int_equal(job->w.matters_n, 4);
}

static void
on_record_decides_by_what_is_on_record(void **state)
{
	struct job *job = *state;
	struct step *check = &job->ins->step[1];

	check->by_record = true;
	check->evidence = EVIDENCE_CUSTOMER;
	check_taken(answer(job, "number", 0));
	check_at(job, "ask");
	walk_begin(job->ins, &job->w);
	check->evidence = EVIDENCE_PERSON;
	check_taken(answer(job, "number", ACTIVE));
	check_at(job, "ask");
	assert_false(job->w.evidence & BIT(EVIDENCE_CONTRACT));
}

static void
visits_are_bounded_within_a_matter(void **state)
{
	struct job *job = *state;

	check_taken(answer(job, "number", ACTIVE));
	check_taken(answer(job, "again", 0));
	check_taken(answer(job, "back", 0));
	check_taken(answer(job, "again", 0));
	assert_int_equal(answer(job, "back", 0), REFUSAL_VISITS);
	check_taken(answer(job, "gone", 0));
	check_at(job, "more");
	check_taken(answer(job, "another", 0));
	check_taken(answer(job, "again", 0));
	check_taken(answer(job, "back", 0));
}

static void
branches_return_to_where_they_were_opened(void **state)
{
	struct job *job = *state;

	check_taken(answer(job, "number", ACTIVE));
	check_taken(anytime(job, "secret"));
	check_at(job, "no-secrets");
	assert_int_equal(job->w.depth, 1);
	assert_int_equal(anytime(job, "secret"), REFUSAL_NESTED);
	check_taken(answer(job, "fine", 0));
	check_at(job, "ask");
	assert_int_equal(job->w.depth, 0);
	assert_int_equal(job->w.visits[job->w.step], 1);
	check_taken(back(job));
	check_at(job, "no-secrets");
	check_taken(back(job));
	check_at(job, "ask");
	check_taken(answer(job, "solved", 0));
	check_taken(anytime(job, "secret"));
	check_taken(answer(job, "fine", 0));
	check_at(job, "more");
	assert_true(job->w.between);
	check_taken(anytime(job, "secret"));
	check_taken(answer(job, "angry", 0));
	assert_true(job->w.over);
	assert_int_equal(job->w.matters_n, 2);
}

static void
caller_who_leaves_between_matters_leaves_none(void **state)
{
	struct job *job = *state;

	check_taken(answer(job, "number", ACTIVE));
	check_taken(answer(job, "solved", 0));
	check_taken(anytime(job, "gone"));
	assert_true(job->w.over);
	assert_int_equal(job->w.matters_n, 1);
	walk_begin(job->ins, &job->w);
	check_taken(anytime(job, "gone"));
	assert_int_equal(job->w.matters_n, 1);
	assert_int_equal(job->w.matter[0].outcome, OUTCOME_ABANDONED);
}

static void
back_never_passes_an_ended_matter(void **state)
{
	struct job *job = *state;

	assert_int_equal(back(job), REFUSAL_BACK);
	check_taken(answer(job, "number", ACTIVE));
	check_taken(answer(job, "solved", 0));
	assert_int_equal(back(job), REFUSAL_BACK);
	check_taken(answer(job, "another", 0));
	check_taken(back(job));
	check_at(job, "more");
	assert_true(job->w.between);
	assert_int_equal(back(job), REFUSAL_BACK);
	assert_int_equal(job->w.entries_n, 4);
	assert_int_equal(job->w.path_n, 2);
}

static void
waiver_stands_in_for_what_is_needed(void **state)
{
	struct job *job = *state;
	struct entry e = entry(job, ENTRY_WAIVE, "number", ACTIVE);

	check_taken(walk_next(job->ins, &job->w, &e, 0));
	assert_int_equal(job->w.waived,
	    BIT(EVIDENCE_CUSTOMER) | BIT(EVIDENCE_CONTRACT));
	check_taken(answer(job, "write", 0));
	assert_int_equal(job->w.matter[0].waived,
	    BIT(EVIDENCE_CUSTOMER) | BIT(EVIDENCE_CONTRACT));
	assert_true(job->w.matter[0].evidence & BIT(EVIDENCE_QUESTION));
}

static void
transcripts_that_make_no_sense(void **state)
{
	static const struct {
		struct entry e;
		enum refusal why;
	} rows[] = {
	    {{.kind = ENTRY__MAX}, REFUSAL_KIND},
	    {{.kind = (enum entry_kind)77}, REFUSAL_KIND},
	    {{.kind = ENTRY_ANSWER, .step = 1}, REFUSAL_STEP},
	    {{.kind = ENTRY_ANSWER, .step = -1}, REFUSAL_STEP},
	    {{.kind = ENTRY_ANSWER, .step = INT32_MAX}, REFUSAL_STEP},
	    {{.kind = ENTRY_ANSWER, .answer = 3}, REFUSAL_ANSWER},
	    {{.kind = ENTRY_ANSWER, .answer = -1}, REFUSAL_ANSWER},
	    {{.kind = ENTRY_ANYTIME, .answer = 2}, REFUSAL_ANSWER},
	    {{.kind = ENTRY_ANYTIME, .answer = INT32_MIN}, REFUSAL_ANSWER},
	    {{.kind = ENTRY_WAIVE, .answer = 9}, REFUSAL_ANSWER},
	};
	struct job *job = *state;
	struct walk before = job->w;

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		assert_int_equal(walk_next(job->ins, &job->w, &rows[i].e,
				     UINT64_MAX),
		    rows[i].why);
		assert_memory_equal(&before, &job->w, sizeof before);
	}
}

static void
transcript_has_an_end(void **state)
{
	struct job *job = *state;

	for (int i = 0; i < WALK_ENTRIES_MAX / 2; i++) {
		check_taken(anytime(job, "secret"));
		check_taken(answer(job, "fine", 0));
	}
	assert_int_equal(anytime(job, "gone"), REFUSAL_FULL);
}

/* A generator whose numbers are the same on every machine. */
static uint32_t
random_next(uint64_t *seed)
{
	*seed = *seed * 6364136223846793005u + 1442695040888963407u;
	return (uint32_t)(*seed >> 33);
}

static struct entry
random_entry(const struct instruction *ins, const struct walk *w,
    uint64_t *seed)
{
	uint32_t r = random_next(seed) % 20;
	struct entry e = {.kind = ENTRY_ANSWER,
	    .step = w->step,
	    .facts = random_next(seed),
	    .at_ms = (int64_t)w->entries_n};

	e.answer = (int)(random_next(seed) % 6) - 1;
	if (r < 2) {
		e.kind = ENTRY_ANYTIME;
		e.answer = (int)(random_next(seed) %
		    (uint32_t)(ins->anytime_n + 1));
	} else if (r < 5) {
		e.kind = ENTRY_BACK;
	} else if (r == 5) {
		e.kind = ENTRY_WAIVE;
	} else if (r == 6) {
		e.step = (int)(random_next(seed) % 50) - 1;
	}
	return e;
}

/* What must hold of every walk, whatever led there. */
static void
check_sound(const struct instruction *ins, const struct walk *w)
{
	assert_int_equal(w->over, w->step < 0);
	assert_true(w->step < ins->steps_n);
	assert_true(w->over || !ins->step[w->step].decides);
	assert_true(w->depth >= 0 && w->depth <= WALK_DEPTH_MAX);
	assert_true(w->floor <= w->path_n && w->path_n <= w->entries_n);
	assert_true(w->matters_n <= ins->matters_max + w->over);
	for (int i = 0; i < w->matters_n; i++) {
		const struct matter *m = &w->matter[i];

		assert_true(ins->outcome[m->outcome].offered);
		assert_int_equal(
		    ins->outcome[m->outcome].requires & ~m->evidence, 0);
		assert_int_equal(m->first, i ? w->matter[i - 1].past : 0);
	}
	if (w->over || w->depth == 0)
		return;
	assert_true(ins->step[w->step].in_branch);
}

static void
random_call(const struct instruction *ins, uint64_t seed)
{
	struct entry taken[WALK_ENTRIES_MAX];
	struct walk w, folded;
	size_t n = 0;

	walk_begin(ins, &w);
	for (int i = 0; i < 60; i++) {
		struct walk before = w;
		struct entry e = random_entry(ins, &w, &seed);
		enum refusal why = walk_next(ins, &w, &e, UINT64_MAX);

		check_sound(ins, &w);
		if (why != REFUSAL_NONE) {
			assert_memory_equal(&before, &w, sizeof w);
			continue;
		}
		taken[n++] = e;
		check_taken(walk_fold(ins, taken, n, &folded));
		assert_int_equal(folded.entries_n, n);
		assert_int_equal(folded.step, w.step);
		assert_int_equal(folded.evidence, w.evidence);
		assert_int_equal(folded.waived, w.waived);
		assert_int_equal(folded.path_n, w.path_n);
		assert_int_equal(folded.depth, w.depth);
		assert_int_equal(folded.between, w.between);
		assert_int_equal(folded.matters_n, w.matters_n);
		assert_memory_equal(folded.visits, w.visits, sizeof w.visits);
		if (e.kind != ENTRY_ANSWER || w.over || w.floor == w.path_n)
			continue;
		e = (struct entry){.kind = ENTRY_BACK, .step = w.step};
		folded = w;
		check_taken(walk_next(ins, &folded, &e, 0));
		assert_int_equal(folded.step, before.step);
		assert_int_equal(folded.evidence, before.evidence);
		assert_int_equal(folded.depth, before.depth);
	}
}

static void
random_calls_fold_to_where_they_stand(void **state)
{
	struct job *job = *state;
	struct instruction *phone = instruction_fixture(job, PHONE);

	for (uint64_t seed = 0; seed < 150; seed++) {
		random_call(job->ins, seed);
		random_call(phone, seed);
	}
}

static void
fold_stops_at_the_first_refused(void **state)
{
	struct job *job = *state;
	struct entry e[3] = {
	    {.kind = ENTRY_ANSWER, .facts = ACTIVE},
	    {.kind = ENTRY_ANSWER, .step = 0},
	    {.kind = ENTRY_BACK},
	};

	assert_int_equal(walk_fold(job->ins, e, 3, &job->w), REFUSAL_STEP);
	assert_int_equal(job->w.entries_n, 1);
	check_at(job, "ask");
	check_taken(walk_fold(job->ins, NULL, 0, &job->w));
	check_at(job, "who");
}

static void
names_lead_back(void **state)
{
	for (enum entry_kind k = 0; k < ENTRY__MAX; k++)
		assert_int_equal(
		    entry_kind_of(str_of(entry_kind_name(k))), k);
	assert_int_equal(entry_kind_of(STR("undo")), ENTRY__MAX);
	assert_string_equal(refusal_name(REFUSAL_EVIDENCE), "evidence");
}

static enum refusal
limit(struct job *job)
{
	struct entry e = entry(job, ENTRY_LIMIT, "secret",
	    BIT(FACT_LIMIT_REACHED));

	return walk_next(job->ins, &job->w, &e, 0);
}

static void
the_limit_opens_its_branch_once(void **state)
{
	struct job *job = *state;

	assert_false(walk_limit(job->ins, &job->w)); /* the file has none */
	assert_int_equal(limit(job), REFUSAL_ANSWER);
	job->ins->limit = instruction_anytime(job->ins, STR("secret"));
	check_taken(answer(job, "number", ACTIVE));
	assert_true(walk_limit(job->ins, &job->w));
	check_taken(limit(job));
	check_at(job, "no-secrets");
	assert_int_equal(back(job), REFUSAL_BACK);
	check_taken(answer(job, "fine", 0));
	check_at(job, "ask");
	assert_false(walk_limit(job->ins, &job->w));
	assert_int_equal(limit(job), REFUSAL_ANSWER);
	/* by hand it opens as often as one likes */
	check_taken(anytime(job, "secret"));
}

/* Opened by hand before the time is up it comes again, afterwards not. */
static void
a_branch_opened_in_time_is_not_the_limits(void **state)
{
	struct job *job = *state;
	struct entry late;

	job->ins->limit = instruction_anytime(job->ins, STR("secret"));
	check_taken(anytime(job, "secret"));
	assert_false(walk_limit(job->ins, &job->w)); /* it is open */
	check_taken(answer(job, "fine", 0));
	assert_true(walk_limit(job->ins, &job->w));
	late = entry(job, ENTRY_ANYTIME, "secret", BIT(FACT_LIMIT_REACHED));
	check_taken(walk_next(job->ins, &job->w, &late, 0));
	check_taken(answer(job, "fine", 0));
	assert_false(walk_limit(job->ins, &job->w));
}

/* Whoever pays has no limit, pays once, and no step back undoes it. */
static void
what_is_paid_for_is_settled(void **state)
{
	struct job *job = *state;
	struct step *ask;

	job->ins->limit = instruction_anytime(job->ins, STR("secret"));
	check_taken(answer(job, "number", ACTIVE));
	ask = &job->ins->step[job->w.step];
	ask->answer[step_answer(ask, STR("again"))].target.sets =
	    BIT(EVIDENCE_PRICE_SAID) | BIT(EVIDENCE_PAID);
	check_taken(answer(job, "again", 0));
	assert_int_equal(job->w.put,
	    BIT(EVIDENCE_PRICE_SAID) | BIT(EVIDENCE_PAID));
	assert_false(walk_limit(job->ins, &job->w));
	assert_int_equal(anytime(job, "secret"), REFUSAL_PAID);
	assert_int_equal(back(job), REFUSAL_BACK);
	check_taken(answer(job, "back", 0));
	assert_int_equal(answer(job, "again", 0), REFUSAL_PAID);
	check_taken(back(job));
	assert_int_equal(job->w.put, 0);
	check_at(job, "calm");
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, prepare, done)

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST(facts_decide_and_are_kept),
	    TEST(hidden_and_needing_answers_are_refused),
	    TEST(outcome_wants_its_evidence),
	    TEST(matters_follow_each_other_up_to_the_limit),
	    TEST(branch_ends_a_full_call),
	    TEST(on_record_decides_by_what_is_on_record),
	    TEST(visits_are_bounded_within_a_matter),
	    TEST(branches_return_to_where_they_were_opened),
	    TEST(caller_who_leaves_between_matters_leaves_none),
	    TEST(back_never_passes_an_ended_matter),
	    TEST(waiver_stands_in_for_what_is_needed),
	    TEST(transcripts_that_make_no_sense),
	    TEST(transcript_has_an_end),
	    TEST(random_calls_fold_to_where_they_stand),
	    TEST(the_limit_opens_its_branch_once),
	    TEST(a_branch_opened_in_time_is_not_the_limits),
	    TEST(what_is_paid_for_is_settled),
	    TEST(fold_stops_at_the_first_refused),
	    TEST(names_lead_back),
	};

	return cmocka_run_group_tests_name("walk", tests, NULL, NULL);
}
