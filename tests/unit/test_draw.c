/* The flow chart's source: src/instruction/draw*.c. */
#include "check.h"

#include "base/i18n.h"
#include "instruction/draw.h"
#include "instruction/draw_text.h"
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
texts_are_escaped_and_broken(void **state)
{
	const struct {
		const char *in;
		int most;
		const char *out;
	} rows[] = {
	    {"a <b> & \"c\" 'd'", 99,
		"[a &lt;b&gt; &amp; &quot;c&quot; &#39;d&#39;]"},
	    {"one two three", 7, "[one two][three]"},
	    {"one two three", 8, "[one two][three]"},
	    {"äöü äöü", 7, "[äöü äöü]"},
	    {"äöü äöü", 6, "[äöü][äöü]"},
	    {"  a\n\tb  ", 99, "[a b]"},
	    {"a\x01" "b\x7f", 99, "[a b ]"},
	    {"</TABLE>", 99, "[&lt;/TABLE&gt;]"},
	    {"", 9, "&#160;"},
	    {"\n \t", 9, "&#160;"},
	    /* 60 characters to a line, however long the word */
	    {"0123456789012345678901234567890123456789012345678901234567é9x", 9,
		"[0123456789012345678901234567890123456789012345678901234567é9]"
		"[x]"},
	};

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct buf b;

		buf_init(&b, *state, 1000);
		dot_lines(&b, str_of(rows[i].in), rows[i].most, "[", "]");
		check_row(str_is(buf_get(&b), rows[i].out), rows[i].in);
	}
}

static struct str
chart(void *mem, const struct instruction *ins, enum lang lang,
    const struct draw_way *way)
{
	struct buf b;

	buf_init(&b, mem, DRAW_BYTES_MAX);
	draw_chart(ins, lang, way, "/page", &b);
	assert_false(b.full);
	return buf_get(&b);
}

static int
count(struct str s, const char *needle)
{
	int n = 0;
	long at;

	while ((at = str_find(s, str_of(needle))) >= 0) {
		s.p += at + 1;
		s.n -= (size_t)at + 1;
		n++;
	}
	return n;
}

/* How often a node of that name is drawn. */
static int
nodes(void *mem, struct str dot, const char *format, struct str id)
{
	struct str name = str_printf(mem, format, STR_FMT(id));

	return count(dot, str_printf(mem, "\n\"%s\" [", name.p).p);
}

static void
everything_is_drawn_once(void **state)
{
	const struct {
		const char *file;
		int arrows;
	} rows[] = {{SMALL, 8}, {PHONE, 99}, {HEATING, 19}};

	for (size_t f = 0; f < sizeof rows / sizeof rows[0]; f++)
		for (enum lang lang = 0; lang < LANG__MAX; lang++) {
			const struct instruction *ins =
			    instruction_fixture(*state, rows[f].file);
			struct str dot = chart(*state, ins, lang, NULL);
			int cells = 0;

			for (int i = 0; i < ins->steps_n; i++) {
				check_row(nodes(*state, dot, "%.*s",
					      ins->step[i].id) == 1,
				    ins->step[i].id.p);
				cells += step_targets(&ins->step[i]);
			}
			for (int i = 0; i < ins->anytime_n; i++) {
				check_row(nodes(*state, dot, "branch/%.*s",
					      ins->anytime[i].id) == 1,
				    ins->anytime[i].id.p);
				cells +=
				    ins->anytime[i].target.kind != TARGET_STEP;
			}
			assert_int_equal(count(dot, "<TD PORT="), cells);
			assert_int_equal(count(dot, " -> \""), rows[f].arrows);
			assert_int_equal(count(dot, " here\""), 0);
		}
}

static bool
is_end(const struct target *t)
{
	return t->kind == TARGET_OUTCOME || t->kind == TARGET_CALL;
}

static void
every_outcome_rule_and_text_is_there(void **state)
{
	const struct instruction *ins = instruction_fixture(*state, PHONE);
	struct str dot = chart(*state, ins, LANG_DE, NULL);
	struct str english = chart(*state, ins, LANG_EN, NULL);
	int ends = 0;

	for (int i = 0; i < ins->steps_n; i++)
		for (int k = 0; k < step_targets(&ins->step[i]); k++)
			ends += is_end(step_target(&ins->step[i], k));
	assert_int_equal(count(dot, "BGCOLOR=\"#e3e9eb\""), ends);
	assert_int_equal(count(dot, "bekannte Störung"), 1);
	assert_int_equal(count(dot, "Ende des Gesprächs"), 1);
	assert_int_equal(count(dot, "als Anfrage aufgenommen"), 1);
	assert_int_equal(count(dot, "><B>number</B>"), 1);
	assert_true(count(dot, ";M3</FONT>") > 0);
	assert_int_equal(count(dot, "Guten Tag. Wie lautet bitte Ihre"), 1);
	assert_int_equal(count(dot, "<B>1</B>&#160;Nummer genannt"), 1);
	assert_int_equal(count(dot, "URL=\"/page#step-number\""), 1);
	assert_int_equal(count(dot, "class=\"decide\""), 11);
	/* What is asked between two matters stands beside the main way and says
	 * where it jumps. */
	assert_int_equal(count(dot, "→&#160;<B>number</B>"), 1);
	assert_int_equal(count(dot, "\"who-again\":0:s ->"), 0);
	assert_int_equal(count(dot, "\"who-again\":1:s -> \"person-again\""),
	    1);
	assert_int_equal(count(dot, "Good day."), 0);
	assert_int_equal(count(english, "Good day."), 1);
}

/* A sheet of its own has nowhere to lead. */
static void
without_a_page_nothing_links(void **state)
{
	struct buf b;

	buf_init(&b, *state, DRAW_BYTES_MAX);
	draw_chart(instruction_fixture(*state, SMALL), LANG_DE, NULL, NULL, &b);
	assert_int_equal(count(buf_get(&b), "URL="), 0);
}

/* One answer after the other, by their ids. */
static void
answer(const struct instruction *ins, struct walk *w, const char *id,
    uint64_t facts)
{
	struct entry e = {.step = w->step,
	    .answer = step_answer(&ins->step[w->step], str_of(id)),
	    .facts = facts};

	check_row(walk_next(ins, w, &e, UINT64_MAX) == REFUSAL_NONE, id);
}

static void
way_is_marked(void **state)
{
	const struct instruction *ins = instruction_fixture(*state, PHONE);
	struct draw_way *way = talloc_zero(*state, struct draw_way);
	struct walk *w = talloc_zero(*state, struct walk);
	struct entry anytime = {.kind = ENTRY_ANYTIME};
	struct entry back = {.kind = ENTRY_BACK};
	struct str dot;

	walk_begin(ins, w);
	answer(ins, w, "not-at-hand", 0);
	back.step = w->step;
	assert_int_equal(walk_next(ins, w, &back, 0), REFUSAL_NONE);
	answer(ins, w, "number", 0);
	answer(ins, w, "named", BIT(FACT_CONTRACT_ACTIVE));
	anytime.step = w->step;
	anytime.answer = instruction_anytime(ins, STR("internal"));
	assert_int_equal(walk_next(ins, w, &anytime, 0), REFUSAL_NONE);
	answer(ins, w, "insists", 0);

	draw_way(ins, w, way);
	dot = chart(*state, ins, LANG_EN, way);
	assert_int_equal(way->stands, -1);
	assert_int_equal(count(dot, "class=\"step here\""), 4);
	assert_int_equal(count(dot, "class=\"decide here\""), 1);
	assert_int_equal(count(dot, "class=\"branch here\""), 1);
	/* number, named, yes, the branch; not what was undone */
	assert_int_equal(count(dot, "class=\"here\""), 4);
	/* and insists, which ended it */
	assert_int_equal(count(dot, "<TD PORT=\"1\" BORDER=\"3\""), 2);
	assert_false(way->step[instruction_step(ins, STR("identify"))]);
	assert_int_equal(way->out[instruction_step(ins, STR("entitlement"))],
	    1u << 1);
}

/* In the second matter the steps that decide without asking are on the way. */
static void
second_matter_is_marked(void **state)
{
	const struct instruction *ins = instruction_fixture(*state, PHONE);
	const uint64_t known = BIT(FACT_CUSTOMER_KNOWN) |
	    BIT(FACT_PERSON_KNOWN) | BIT(FACT_CONTRACT_ACTIVE);
	struct draw_way *way = talloc_zero(*state, struct draw_way);
	struct walk *w = talloc_zero(*state, struct walk);

	walk_begin(ins, w);
	answer(ins, w, "number", 0);
	answer(ins, w, "named", known);
	answer(ins, w, "question", known);
	answer(ins, w, "known", known);
	answer(ins, w, "answered", known);
	answer(ins, w, "another", known);
	draw_way(ins, w, way);
	assert_true(way->step[instruction_step(ins, STR("who-again"))]);
	assert_int_equal(way->out[instruction_step(ins, STR("who-again"))],
	    1u << 1);
	assert_int_equal(way->out[instruction_step(ins, STR("person-again"))],
	    1u << 1);
	assert_int_equal(way->stands, instruction_step(ins, STR("matter")));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup_teardown(texts_are_escaped_and_broken,
		prepare, done),
	    cmocka_unit_test_setup_teardown(everything_is_drawn_once, prepare,
		done),
	    cmocka_unit_test_setup_teardown(
		every_outcome_rule_and_text_is_there, prepare, done),
	    cmocka_unit_test_setup_teardown(without_a_page_nothing_links,
		prepare, done),
	    cmocka_unit_test_setup_teardown(way_is_marked, prepare, done),
	    cmocka_unit_test_setup_teardown(second_matter_is_marked, prepare,
		done),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
