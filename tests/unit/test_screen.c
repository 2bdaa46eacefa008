/* What must not leave the house: src/instruction/screen.c, screen_text.c,
 * screen_load.c, read_patterns.c, with the shipped rules. */
#include "check.h"

#include <time.h>

#include "base/buf.h"
#include "instruction/screen.h"
#include "load_instruction.h"

#define RULES "../../instructions/confidential.yaml"

struct job {
	struct complaints c;
	struct screen_rules *rules;
};

static const struct str staff[] = {
    {"Tim Kaiser", 10}, {"Sabine Brandt", 13}, {"Ruth Adler", 10},
    {"Jens Koch", 9}, {"Maria von der Heide", 19}, {"Ann-Kathrin Busch", 17}};
static const struct str private_numbers[] = {
    {"491712345678", 12}, {"492219988775", 12}};
static const struct str notes[] = {
    {"Achtung, der Kunde zahlt seit Monaten seine Rechnungen nicht.", 61},
    {"Der Anschluss in der Bergstraße bricht jeden Abend ab, sagt er.", 65}};
static const struct str known[] = {
    {"Der Anschluss in der Bergstraße bricht jeden Abend ab.", 56}};

#define LIST(a) {(a), sizeof(a) / sizeof(a)[0]}

static struct screen_case
case_of(struct str text)
{
	return (struct screen_case){.text = text, .names = LIST(staff),
	    .numbers = LIST(private_numbers), .country = "49",
	    .internal = LIST(notes), .known = LIST(known)};
}

static int
prepare(void **state)
{
	struct job *job = mem_new(NULL, struct job);

	complaints_init(&job->c, job, "c");
	check_row(screen_load(job, fixture(job, RULES), &job->c, &job->rules) ==
		OK, complaints_text(job, &job->c).p);
	*state = job;
	return 0;
}

static int
done(void **state)
{
	talloc_free(*state);
	return 0;
}

enum { CLEAN = SCREEN__MAX, LABELS };

static int
label_of(struct str label)
{
	int i = 0;

	while (i < SCREEN__MAX &&
	       !str_is(label, screen_kind_name((enum screen_kind)i)))
		i++;
	check_row(i < SCREEN__MAX || str_is(label, "clean"), label.p);
	return i;
}

struct score {
	int n[LABELS], right[LABELS];
};

/* Screens the lines of "label TAB text"; "\n" in them is a line break. */
static struct score
screen_all(struct job *job, const char *name, bool tell)
{
	struct str s = fixture(job, name), line, label;
	struct score score = {0};

	while (str_take(&s, '\n', &line)) {
		struct screen_hits hits = {0};
		struct screen_case sc;
		int want, got;
		char *p;

		assert_true(str_take(&line, '\t', &label));
		line = str_copy(job, line.p, line.n);
		while ((p = strstr(line.p, "\\n")))
			memcpy(p, " \n", 2);
		sc = case_of(line);
		want = label_of(label);
		screen_text(job->rules, &sc, &hits);
		got = hits.n ? (int)hits.v[0].kind : CLEAN;
		score.n[want]++;
		score.right[want] += got == want;
		if (tell && got != want)
			print_error("%s: %s (%.*s)\n",
			    got == CLEAN ? "clean"
					 : screen_kind_name(hits.v[0].kind),
			    line.p, hits.n ? (int)hits.v[0].n : 0,
			    line.p + hits.v[0].from);
	}
	for (int i = 0; i < LABELS; i++)
		print_message("# %s, %s: %d of %d\n", name,
		    i == CLEAN ? "clean" : screen_kind_name((enum screen_kind)i),
		    score.right[i], score.n[i]);
	return score;
}

static void
texts_are_told_apart(void **state)
{
	static const char *const files[] = {
	    "confidential.tsv", "confidential-own.tsv"};

	for (size_t f = 0; f < 2; f++) {
		struct score score = screen_all(*state, files[f], true);

		assert_memory_equal(score.n, score.right, sizeof score.n);
	}
}

/* These the rules were not tuned to: the rates say how well they guess. */
static void
texts_never_tuned_to(void **state)
{
	struct score score = screen_all(*state, "confidential-held.tsv", false);
	int caught = 0, all = 0;

	for (int i = 0; i < CLEAN; i++) {
		caught += score.right[i];
		all += score.n[i];
	}
	assert_true(caught * 100 >= all * 95);
	assert_true((score.n[CLEAN] - score.right[CLEAN]) * 100 <=
	    score.n[CLEAN] * 2);
}

/* What is marked, as "kind:words" with a bar between. */
static struct str
marked(struct job *job, const struct screen_case *sc)
{
	struct screen_hits hits;
	struct buf b;

	screen_text(job->rules, sc, &hits);
	buf_init(&b, job, 4096);
	for (size_t i = 0; i < hits.n; i++)
		buf_printf(&b, "%s%s:%.*s", i ? "|" : "",
		    screen_kind_name(hits.v[i].kind), (int)hits.v[i].n,
		    sc->text.p + hits.v[i].from);
	return buf_get(&b);
}

static void
the_place_is_marked(void **state)
{
	static const struct {
		const char *text, *marked;
	} rows[] = {
	    {"Guten Tag! Herr Kaiser ist krank. Tschüß.",
		"absence:Herr Kaiser ist krank"},
	    {"Über 0171 / 23 45 678 geht es, „Frau Brandt ist zu Tisch“.",
		"number:0171 / 23 45 678|absence:Frau Brandt ist zu Tisch"},
	    {"Ja: der Kunde zahlt seit Monaten seine Rechnungen nicht, oder?",
		"note:der Kunde zahlt seit Monaten seine Rechnungen nicht"},
	    /* What is not seen, and the digits of other scripts. */
	    {"Herr Kai\u00adser ist kr\u200bank.",
		"absence:Herr Kai\u00adser ist kr\u200bank"},
	    {"Tel. 01\u20607\u200b1 23456\u00ad78!",
		"number:01\u20607\u200b1 23456\u00ad78"},
	    {"Tel. ٠١٧١ ۲۳۴۵६७८!", "number:٠١٧١ ۲۳۴۵६७८"},
	    /* The customer's own words, although a note repeats them. */
	    {"Der Anschluss in der Bergstraße bricht jeden Abend ab?", ""},
	    {"0171 2345679 und 171", ""},
	    {"", ""},
	    {"\xff Herr Kaiser ist krank", ""},
	    {"  \n ... !", ""},
	};

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct screen_case sc = case_of(str_of(rows[i].text));

		check_row(str_is(marked(*state, &sc), rows[i].marked),
		    marked(*state, &sc).p);
	}
}

/* A person of the customer who bears an employee's surname is not meant. */
static void
the_customers_own_name(void **state)
{
	static const struct str persons[] = {{"Dora Kaiser", 11}};
	struct screen_case sc =
	    case_of(STR("Frau Kaiser ist im Urlaub, schreiben Sie."));

	check_row(marked(*state, &sc).n > 0, "an employee");
	sc.persons = (struct screen_texts)LIST(persons);
	check_row(marked(*state, &sc).n == 0, "the customer");
	sc.text = STR("Tim Kaiser ist im Urlaub.");
	check_row(marked(*state, &sc).n > 0, "the whole name");
}

/* Bounded for hostile text: twenty times its room for sanitizers. */
static void
hostile_text_costs_little(void **state)
{
	static const char *const bricks[] = {"a", "Herr Kaiser ", "ist ",
	    "Herr Kaiser ist heute ", "er ", "Herr ", "1", "0171 ", ", ", "- ",
	    "in der ", "im Moment ", "Kaiser-", "ß", "\xf0\x9f\x98\x80",
	    "der Kunde zahlt seit Monaten seine ", "is on ", ". "};
	enum { BYTES = 40000, MS_MOST = 4000 };

	for (size_t i = 0; i < sizeof bricks / sizeof *bricks; i++) {
		void *mem = talloc_new(*state);
		struct screen_hits hits;
		struct timespec a, b;
		struct screen_case sc;
		struct buf text;

		buf_init(&text, mem, BYTES + 100);
		while (text.n < BYTES)
			buf_puts(&text, bricks[i]);
		sc = case_of(buf_get(&text));
		clock_gettime(CLOCK_THREAD_CPUTIME_ID, &a);
		screen_text(((struct job *)*state)->rules, &sc, &hits);
		clock_gettime(CLOCK_THREAD_CPUTIME_ID, &b);
		check_row((b.tv_sec - a.tv_sec) * 1000 +
			(b.tv_nsec - a.tv_nsec) / 1000000 < MS_MOST,
		    bricks[i]);
		talloc_free(mem);
	}
}

/* Changes one text in the shipped rules, which then must not load. */
static void
damaged_rules_are_refused(void **state)
{
	static const struct {
		const char *what, *by, *says;
	} rows[] = {
	    {"confidential: 1", "confidential: 2", "confidential"},
	    {"  absence:\n    de:", "  absence:\n    fr:", "unknown key"},
	    {"{personal} (?:{gap})", "{persona} (?:{gap})",
		"a part that there is not"},
	    {"telling:\n", "telling:\n  - '(x'\n", "at character"},
	    {"telling:\n", "telling:\n  - [x]\n", "must be a text"},
	    {"parts:\n", "parts: x\nwas:\n", "parts must be a map"},
	    {"  title: [herr,", "  title: ['a b',", "single word"},
	};
	struct str rules = fixture(*state, RULES);

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		long at = str_find(rules, str_of(rows[i].what));
		struct screen_rules *loaded;
		struct complaints c;
		struct str bad;

		check_row(at >= 0, rows[i].what);
		bad = str_printf(*state, "%.*s%s%s", (int)at, rules.p,
		    rows[i].by, rules.p + at + strlen(rows[i].what));
		complaints_init(&c, *state, "c");
		check_row(screen_load(*state, bad, &c, &loaded) ==
			ERR_INVALID, rows[i].by);
		check_row(strstr(complaints_text(*state, &c).p,
			      rows[i].says) != NULL,
		    complaints_text(*state, &c).p);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(texts_are_told_apart),
	    cmocka_unit_test(texts_never_tuned_to),
	    cmocka_unit_test(the_place_is_marked),
	    cmocka_unit_test(the_customers_own_name),
	    cmocka_unit_test(hostile_text_costs_little),
	    cmocka_unit_test(damaged_rules_are_refused),
	};

	return cmocka_run_group_tests_name("screen", tests, prepare, done);
}
