/* The loader and what it refuses, and the shipped files:
 * src/instruction/instruction.c, read.c, read_steps.c, graph.c, vocabulary.c. */
#include "check.h"

#include "base/buf.h"
#include "load_instruction.h"

struct job {
	struct complaints c;
	struct instruction *ins;
};

static int
prepare(void **state)
{
	struct job *job = mem_new(NULL, struct job);

	complaints_init(&job->c, job, "f");
	*state = job;
	return 0;
}

static int
done(void **state)
{
	talloc_free(*state);
	return 0;
}

static enum err
load(struct job *job, struct str source)
{
	enum err e;

	complaints_init(&job->c, job, "f");
	job->ins = NULL;
	e = instruction_load(job, source, &job->c, &job->ins);
	assert_int_equal(e == OK, job->c.n == 0);
	assert_int_equal(e == OK, job->ins != NULL);
	return e;
}

/* The small instruction with its first `find` replaced. */
static struct str
damaged(struct job *job, const char *find, const char *replace)
{
	struct str s = fixture(job, "instruction/small.yaml");
	long at = str_find(s, str_of(find));
	struct buf b;

	check_row(at >= 0, find);
	buf_init(&b, job, 1 << 20);
	buf_put(&b, s.p, (size_t)at);
	buf_puts(&b, replace);
	buf_puts(&b, s.p + at + strlen(find));
	return buf_get(&b);
}

static void
small_file_is_what_it_says(void **state)
{
	struct job *job = *state;
	const struct instruction *ins;
	const struct step *who, *check;

	assert_int_equal(
	    load(job, fixture(job, "instruction/small.yaml")), OK);
	ins = job->ins;
	check_str(ins->id, "small");
	check_str(ins->title.in[LANG_EN], "Small");
	assert_int_equal(ins->call_ms, 300000);
	assert_int_equal(ins->warn_ms, 240000);
	assert_int_equal(ins->grace_ms, 30000);
	assert_int_equal(ins->matters_max, 3);
	assert_int_equal(ins->rules_n, 2);
	assert_int_equal(ins->rule[1].keeper, KEEPER_ROUNDS);
	assert_int_equal(ins->steps_n, 7);
	assert_int_equal(ins->start, 0);
	who = &ins->step[0];
	assert_int_equal(who->rules, BIT(0));
	assert_int_equal(who->input, INPUT_CUSTOMER);
	assert_int_equal(who->seconds, 10);
	assert_int_equal(who->answers_n, 3);
	check_str(who->say.in[LANG_DE], "Wer?");
	assert_null(who->ask.in[LANG_DE].p);
	assert_int_equal(who->answer[0].needs, BIT(INPUT_NUMBER));
	assert_int_equal(who->answer[1].when, BIT(FACT_PHONE_KNOWN));
	assert_int_equal(who->answer[2].target.kind, TARGET_OUTCOME);
	assert_int_equal(who->answer[2].target.step, -1);
	check = &ins->step[1];
	assert_true(check->decides);
	assert_int_equal(check->fact, FACT_CONTRACT_ACTIVE);
	assert_int_equal(check->yes.sets, BIT(EVIDENCE_CONTRACT));
	assert_int_equal(check->yes.step, instruction_step(ins, STR("ask")));
	assert_int_equal(check->no.step, instruction_step(ins, STR("late")));
	assert_int_equal(ins->step[3].visits_max, 2);
	assert_int_equal(ins->outcome[OUTCOME_TICKET].one_of,
	    BIT(EVIDENCE_REASON) | BIT(EVIDENCE_SEARCH));
	assert_false(ins->outcome[OUTCOME_ORDER].offered);
	assert_int_equal(ins->outcome[OUTCOME_ANSWERED].then,
	    instruction_step(ins, STR("more")));
	assert_true(ins->step[5].between);
	assert_true(ins->step[6].in_branch && !ins->step[6].in_main);
	assert_int_equal(ins->anytime[1].key, 'H');
	assert_int_equal(instruction_anytime(ins, STR("secret")), 0);
	assert_int_equal(instruction_anytime(ins, STR("nothing")), -1);
	assert_int_equal(instruction_rule(ins, STR("R2")), 1);
	assert_int_equal(instruction_step(ins, STR("R2")), -1);
	assert_int_equal(step_answer(who, STR("voice")), 1);
	assert_int_equal(step_answer(who, STR("voices")), -1);
}

struct damage {
	const char *find, *replace, *complaint;
};

static void
damage_is_named_with_its_place(void **state)
{
	static const struct damage rows[] = {
	    /* the file as a whole */
	    {"dienstweg: 1", "dienstweg: 2", "f:1:12: dienstweg must be"},
	    {"dienstweg: 1\n", "", "f:1:1: dienstweg is missing"},
	    {"id: small", "id: sm all", "f:2:5: id \"sm all\""},
	    {"id: small", "name: small", "f:2:1: unknown key \"name\""},
	    {"{de: Klein, en: Small}", "{de: Klein}",
		"f:3:8: title has no text in English (en)"},
	    {"{de: Klein, en: Small}", "{de: '', en: Small}",
		"f:3:14: title has no text in German (de)"},
	    {"call: 5m", "call: 5x", "f:4:16: call must be a length of time"},
	    {"call: 5m, ", "", "f:4:9: call is missing"},
	    {"warn: 4m", "warn: 6m", "f:4:26: warn must not come after call"},
	    {"matters: 3", "matters: 99", "f:4:51: matters must be a number"},
	    {"start: who", "start: whom", "f:13:8: there is no step \"whom\""},
	    {"start: who", "start: check", "f:13:8: the first step must ask"},
	    {"start: who", "start: more", "f:13:8: step \"more\" follows"},
	    /* rules */
	    {"id: R2", "id: R1", "f:7:10: rule \"R1\" is there twice"},
	    {"kept-by: rounds", "kept-by: me", "f:7:50: a rule is kept by"},
	    {", kept-by: rounds", "", "f:7:5: rule \"R2\" is served by no"},
	    {"rules: [R1]", "rules: [R1, R9]",
		"f:16:17: there is no rule \"R9\""},
	    /* outcomes */
	    {"outcomes:", "outcome:", "f:8:1: unknown key \"outcome\""},
	    {"outcomes:", "outcome:", "f:1:1: outcomes must be a map"},
	    {"  refused: {}", "  refusal: {}",
		"f:11:3: there is no outcome \"refusal\""},
	    {"  refused: {}", "  refused: {}\n  order: {}",
		"f:12:3: no path ends in outcome \"order\""},
	    {"requires: [customer]", "requires: [custom]",
		"f:9:25: there is no evidence \"custom\""},
	    {"requires: [customer]", "requires: [person]",
		"f:9:3: outcome \"answered\" requires \"person\", which"},
	    {"one-of: [reason, search]", "one-of: [by-voice]",
		"f:10:3: outcome \"ticket\" requires one of several"},
	    {"then: more}", "then: mor}", "f:9:42: there is no step \"mor\""},
	    /* steps */
	    {"  - id: calm", "  - id: ask", "f:42:9: step \"ask\" is there"},
	    {"  - id: calm", "  - id: return", "f:42:9: \"return\" is no name"},
	    {"    seconds: 10\n", "", "f:15:5: seconds is missing"},
	    {"    seconds: 10", "    seconds: many",
		"f:19:14: seconds must be a number"},
	    {"    say: {de: Wer?, en: Who?}\n", "",
		"f:15:5: nothing to say and nothing to ask"},
	    {"input: customer", "input: client",
		"f:18:12: there is no input \"client\""},
	    {"max: 2", "max: 0", "f:36:10: max must be a number from 1"},
	    {"    max: 2\n", "", "f:32:9: step \"ask\" lies on a loop"},
	    {"decide: contract-active", "decide: contract",
		"f:25:13: there is no fact \"contract\""},
	    {"decide: contract-active", "on-record: contracts",
		"f:25:16: there is no evidence \"contracts\""},
	    {"    no: late\n", "", "f:24:5: a step that decides needs yes and no; no is"},
	    {"    no: late", "    no: {}", "f:27:9: neither next nor end"},
	    {"    no: late", "    no: return", "f:27:9: only an anytime"},
	    {"    no: late", "    no: ask", "f:28:9: step \"late\" is never"},
	    {"    no: ask", "    no: more", "f:31:9: step \"more\" follows an"},
	    {"    no: ask", "    no: no-secrets",
		"f:54:9: step \"no-secrets\" belongs to the main flow and"},
	    {"say: {de: Wer?", "say: {de: \"{preis}?\"",
		"f:17:10: only {price}, {order} and {employee} can be put"},
	    {"say: {de: Wer?", "say: {de: \"{price}?\"",
		"f:17:10: {price} belongs into a step with input: words"},
	    /* answers */
	    {"next: check}", "nxt: check}", "f:21:85: unknown key \"nxt\""},
	    {", next: check}", "}", "f:21:9: neither next nor end says"},
	    {"next: check}", "next: check, end: refused}",
		"f:21:9: next and end are both given"},
	    {"next: check}", "next: chek}", "f:21:91: there is no step"},
	    {"next: check}", "next: check, then: more}",
		"f:21:104: then belongs to end"},
	    {"end: refused}", "end: refuse}",
		"f:23:60: there is no outcome \"refuse\""},
	    {"end: refused}", "end: order}",
		"f:23:60: there is no outcome \"order\" under outcomes"},
	    {"end: refused}", "end: call}",
		"f:23:9: the call can only end after an outcome"},
	    {"{id: voice", "{id: number", "f:22:14: answer \"number\" is"},
	    {"needs: number", "needs: numbers",
		"f:21:61: there is no input \"numbers\""},
	    {"when: phone-known", "when: phone",
		"f:22:58: there is no fact \"phone\""},
	    {"sets: customer", "sets: {}", "f:21:75: expected a list"},
	    {"text: {de: Nummer, en: Number}", "text: Nummer",
		"f:21:28: expected a map with: de en"},
	    /* anytime */
	    {"key: H", "key: S", "f:62:21: key S opens \"secret\" already"},
	    {"key: H", "key: h", "f:62:21: key must be one letter"},
	    {"{id: gone, key", "{id: secret, key",
		"f:62:10: branch \"secret\" is there twice"},
	    {"start: no-secrets", "start: nowhere",
		"f:61:78: there is no step \"nowhere\""},
	    {", start: no-secrets", "", "f:61:5: a branch has either start"},
	    {"start: no-secrets", "start: no-secrets, opens: always",
		"f:61:97: opens can only be limit"},
	    {"end: abandoned}", "end: abandoned, opens: limit}",
		"f:62:74: what opens by itself needs a start"},
	};
	struct job *job = *state;

	int wrong = 0;

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct str said;

		load(job, damaged(job, rows[i].find, rows[i].replace));
		said = complaints_text(job, &job->c);
		if (strstr(said.p, rows[i].complaint))
			continue;
		print_error("%s -> %s\nexpected: %s\nsaid:     %s\n",
		    rows[i].find, rows[i].replace, rows[i].complaint, said.p);
		wrong++;
	}
	assert_int_equal(wrong, 0);
}

static void
all_complaints_come_at_once(void **state)
{
	struct job *job = *state;
	struct str s = damaged(job, "    seconds: 10\n    answers:\n",
	    "    answers:\n");
	struct str said;

	s = str_printf(job, "%s  - {id: x}\nsurplus: 1\n", s.p);
	assert_int_equal(load(job, s), ERR_INVALID);
	said = complaints_text(job, &job->c);
	assert_non_null(strstr(said.p, "f:15:5: seconds is missing"));
	assert_non_null(strstr(said.p, "f:62:5: key is missing"));
	assert_non_null(strstr(said.p, "f:62:5: text is missing"));
	assert_non_null(strstr(said.p, "f:63:1: unknown key \"surplus\""));
}

static void
ten_answers_are_too_many(void **state)
{
	struct job *job = *state;
	struct buf b;

	buf_init(&b, job, 1 << 16);
	for (int i = 0; i < 8; i++)
		buf_printf(&b,
		    "      - {id: a%d, text: {de: A, en: A}, end: refused}\n",
		    i);
	buf_puts(&b, "      - {id: number,");
	load(job, damaged(job, "      - {id: number,", buf_get(&b).p));
	assert_non_null(strstr(complaints_text(job, &job->c).p,
	    "f:21:7: answers has 11 items; 9 are allowed"));
}

static void
shipped_files_load(void **state)
{
	static const char *const files[] = {"phone-support",
	    "heating-emergency"};
	struct job *job = *state;

	for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
		struct str name = str_printf(
		    job, "../../instructions/%s.yaml", files[i]);
		enum err e = load(job, fixture(job, name.p));

		if (e != OK)
			print_error("%s",
			    complaints_text(job, &job->c).p);
		check_row(e == OK, files[i]);
		check_str(job->ins->id, files[i]);
	}
}

static void
names_of_the_closed_sets_lead_back(void **state)
{
	for (enum fact f = 0; f < FACT__MAX; f++)
		assert_int_equal(fact_of(str_of(fact_name(f))), f);
	for (enum evidence e = 0; e < EVIDENCE__MAX; e++)
		assert_int_equal(evidence_of(str_of(evidence_name(e))), e);
	for (enum input i = 0; i < INPUT__MAX; i++)
		assert_int_equal(input_of(str_of(input_name(i))), i);
	for (enum outcome o = 0; o < OUTCOME__MAX; o++)
		assert_int_equal(outcome_of(str_of(outcome_name(o))), o);
	for (enum keeper k = 0; k < KEEPER__MAX; k++)
		assert_int_equal(keeper_of(str_of(keeper_name(k))), k);
	assert_int_equal(outcome_of(STR("answer")), OUTCOME__MAX);
	assert_int_equal(fact_of(STR("")), FACT__MAX);
	assert_true(evidence_of_call() & BIT(EVIDENCE_PERSON));
	assert_false(evidence_of_call() & BIT(EVIDENCE_QUESTION));
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, prepare, done)

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST(small_file_is_what_it_says),
	    TEST(damage_is_named_with_its_place),
	    TEST(all_complaints_come_at_once),
	    TEST(ten_answers_are_too_many),
	    TEST(shipped_files_load),
	    TEST(names_of_the_closed_sets_lead_back),
	};

	return cmocka_run_group_tests_name("instruction", tests, NULL, NULL);
}
