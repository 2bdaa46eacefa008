/* The proof of an instruction: src/instruction/prove*.c, flow.c. Each kind of
 * damage is a file of its own; that proof and walk agree is shown in
 * test_prove_random.c. */
#include "check.h"

#include <dirent.h>
#include <time.h>

#include "base/buf.h"
#include "instruction/prove.h"
#include "load_instruction.h"

#define PHONE   "../../instructions/phone-support.yaml"
#define HEATING "../../instructions/heating-emergency.yaml"
#define PROVED  "instruction/proved.yaml"
#define DAMAGED "instruction/damaged"

struct job {
	struct complaints c;
	struct instruction *ins;
	struct proof proof;
};

static int
prepare(void **state)
{
	*state = mem_new(NULL, struct job);
	return 0;
}

static int
done(void **state)
{
	talloc_free(*state);
	return 0;
}

static enum err
load_and_prove(struct job *job, struct str source)
{
	enum err e;

	complaints_init(&job->c, job, "f");
	e = instruction_load(job, source, &job->c, &job->ins);
	if (e == OK)
		e = instruction_prove(job->ins, &job->c, &job->proof);
	assert_int_equal(e == OK, job->c.n == 0);
	return e;
}

static void
sound_files_are_proved(void **state)
{
	static const struct {
		const char *file;
		int seconds;
	} rows[] = {{PROVED, 76}, {PHONE, 298}, {HEATING, 203}};
	struct job *job = *state;

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		enum err e = load_and_prove(job, fixture(job, rows[i].file));

		if (e != OK)
			print_error("%s", complaints_text(job, &job->c).p);
		check_row(e == OK, rows[i].file);
		assert_int_equal(job->proof.seconds_most, rows[i].seconds);
	}
}

/* The head of a damaged file, "# line:column: complaint" lines, as they are to
 * be said. */
static struct str
expected(struct job *job, struct str source)
{
	struct buf b;

	buf_init(&b, job, 1 << 20);
	while (str_starts(source, STR("# "))) {
		size_t n = (size_t)str_find(source, STR("\n")) + 1;

		buf_puts(&b, "f:");
		buf_put(&b, source.p + 2, n - 2);
		source.p += n;
		source.n -= n;
	}
	return buf_get(&b);
}

static void
each_kind_of_damage_is_named_with_place_and_way(void **state)
{
	struct job *job = *state;
	struct str path = str_printf(job, "%s/" DAMAGED, getenv("FIXTURES"));
	DIR *dir = opendir(path.p);
	const struct dirent *d;
	int n = 0, wrong = 0;

	assert_non_null(dir);
	while ((d = readdir(dir))) {
		struct str name = str_of(d->d_name), source, want, said;

		if (str_find(name, STR(".yaml")) < 0)
			continue;
		name = str_printf(job, DAMAGED "/%s", d->d_name);
		source = fixture(job, name.p);
		want = expected(job, source);
		assert_false(str_empty(want));
		assert_int_equal(load_and_prove(job, source), ERR_INVALID);
		said = complaints_text(job, &job->c);
		n++;
		if (str_eq(said, want))
			continue;
		print_error("%s\nexpected: %ssaid:     %s\n", d->d_name,
		    want.p, said.p);
		wrong++;
	}
	closedir(dir);
	assert_true(n >= 30);
	assert_int_equal(wrong, 0);
}

static void
check_lost(struct job *job, int step, struct target *t, int *refused)
{
	const struct step *s = &job->ins->step[step];
	const uint64_t sets = t->sets;

	for (enum evidence e = 0; e < EVIDENCE__MAX; e++) {
		struct str row;
		enum err err;

		/* of which kind a reason is, no outcome asks; and an offer
		 * that is not accepted stays open */
		if (!(sets & BIT(e)) ||
		    (e == EVIDENCE_ACCEPTED && !(sets & BIT(EVIDENCE_PAID))) ||
		    e == EVIDENCE_REASON_NOT_THERE ||
		    e == EVIDENCE_REASON_NOT_CLEAR ||
		    e == EVIDENCE_REASON_NOT_FOUND)
			continue;
		t->sets = sets & ~BIT(e);
		complaints_init(&job->c, job, "f");
		err = instruction_prove(job->ins, &job->c, NULL);
		row = str_printf(job, "%.*s loses %s", STR_FMT(s->id),
		    evidence_name(e));
		check_row(err == ERR_INVALID, row.p);
		++*refused;
	}
	t->sets = sets;
}

static void
no_evidence_may_be_lost_from_the_shipped_file(void **state)
{
	struct job *job = *state;
	int refused = 0;

	assert_int_equal(load_and_prove(job, fixture(job, PHONE)), OK);
	for (int i = 0; i < job->ins->steps_n; i++) {
		struct step *s = &job->ins->step[i];

		for (int j = 0; j < s->answers_n; j++)
			check_lost(job, i, &s->answer[j].target, &refused);
		if (s->decides)
			check_lost(job, i, &s->yes, &refused);
	}
	assert_true(refused > 20);
}

/* The desk's demands are not the file's to give up. */
static void
no_requirement_may_be_lost_from_the_shipped_ticket(void **state)
{
	struct job *job = *state;
	struct outcome_rule *o;

	assert_int_equal(load_and_prove(job, fixture(job, PHONE)), OK);
	o = &job->ins->outcome[OUTCOME_TICKET];
	for (enum evidence e = 0; e < EVIDENCE__MAX; e++) {
		uint64_t requires = o->requires;

		if (!(requires & BIT(e)))
			continue;
		o->requires &= ~BIT(e);
		complaints_init(&job->c, job, "f");
		assert_int_equal(
		    instruction_prove(job->ins, &job->c, NULL), ERR_INVALID);
		assert_int_equal(job->c.n, 1);
		assert_int_equal(job->c.item[0].line, o->at.line);
		o->requires = requires;
	}
}

/* Every step can follow every other: all there is room for. */
static struct str
dense_file(struct job *job, int steps, int most)
{
	struct buf b;

	buf_init(&b, job, 1 << 22);
	buf_puts(&b, "dienstweg: 1\nid: dense\ntitle: {de: D, en: D}\n"
		     "limits: {call: 100h, warn: 1m, grace: 1s}\n"
		     "rules:\n  - {id: R, text: {de: R, en: R}, kept-by: "
		     "books}\noutcomes:\n  refused: {}\nstart: s0\nsteps:\n");
	for (int i = 0; i < steps; i++) {
		buf_printf(&b,
		    "  - id: s%d\n    say: {de: S, en: S}\n    seconds: 1\n"
		    "    max: %d\n    answers:\n"
		    "      - {id: end, text: {de: E, en: E}, needs: number, "
		    "end: refused}\n",
		    i, most);
		for (int j = 0; j < INSTRUCTION_ANSWERS_MAX - 1; j++)
			buf_printf(&b,
			    "      - {id: a%d, text: {de: A, en: A}, next: "
			    "s%d}\n",
			    j, (i + j + 1) % steps);
	}
	return buf_get(&b);
}

static double
seconds_now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void
entangled_loops_are_refused_in_time(void **state)
{
	struct job *job = *state;
	double began = seconds_now();

	assert_int_equal(load_and_prove(job, dense_file(job, 5, 2)), OK);
	assert_int_equal(job->proof.seconds_most, 10);
	assert_int_equal(
	    load_and_prove(job, dense_file(job, 12, 9)), ERR_INVALID);
	assert_non_null(strstr(complaints_text(job, &job->c).p,
	    "are too entangled to be counted out"));
	assert_int_equal(load_and_prove(job,
			     dense_file(job, INSTRUCTION_STEPS_MAX, 9)),
	    ERR_INVALID);
	assert_true(seconds_now() - began < 20);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, prepare, done)

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST(sound_files_are_proved),
	    TEST(each_kind_of_damage_is_named_with_place_and_way),
	    TEST(no_evidence_may_be_lost_from_the_shipped_file),
	    TEST(no_requirement_may_be_lost_from_the_shipped_ticket),
	    TEST(entangled_loops_are_refused_in_time),
	};

	return cmocka_run_group_tests_name("prove", tests, NULL, NULL);
}
