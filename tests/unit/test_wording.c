/* How exactly is a question put: src/instruction/wording.c, wording_load.c,
 * pattern.c, words.c, with the shipped rules. */
#include "check.h"

#include <time.h>

#include "base/buf.h"
#include "base/text.h"
#include "instruction/beginnings.h"
#include "instruction/pattern.h"
#include "instruction/wording.h"
#include "instruction/wording_learned.h"
#include "instruction/words.h"
#include "load_instruction.h"

#define RULES "../../instructions/wording.yaml"
#define EXAMPLES "../../instructions/wording-examples.tsv"

struct job {
	struct complaints c;
	struct wording_rules *rules;
};

static int
prepare(void **state)
{
	struct job *job = mem_new(NULL, struct job);

	complaints_init(&job->c, job, "w");
	assert_int_equal(wording_load(job, fixture(job, RULES), &job->c,
			     &job->rules),
	    OK);
	*state = job;
	return 0;
}

static int
done(void **state)
{
	talloc_free(*state);
	return 0;
}

/* A text, and how it is judged. */
struct judged {
	const char *text;
	enum wording wording;
};

static void
check_judged(struct job *job, const struct judged *row, size_t n)
{
	for (size_t i = 0; i < n; i++)
		check_row(wording_judge(job->rules, str_of(row[i].text),
			      NULL) == row[i].wording, row[i].text);
}

/* How many sentences of each label there are, and how many were told so. */
struct score {
	int n[WORDING__MAX], right[WORDING__MAX];
};

static int
label_of(struct str label)
{
	int i = 0;

	while (i < WORDING__MAX && !str_is(label, wording_name((enum wording)i)))
		i++;
	check_row(i < WORDING__MAX, label.p);
	return i;
}

/* Judges the lines of "label TAB text". */
static struct score
judge_all(struct job *job, const char *name, bool tell)
{
	struct str s = fixture(job, name);
	struct score score = {0};

	while (s.n) {
		const char *tab = memchr(s.p, '\t', s.n);
		const char *end = memchr(s.p, '\n', s.n);
		struct str text;
		enum wording w;
		int label;

		assert_true(tab && end && tab < end);
		label = label_of((struct str){s.p, (size_t)(tab - s.p)});
		text = (struct str){tab + 1, (size_t)(end - tab - 1)};
		w = wording_judge(job->rules, text, NULL);
		score.n[label]++;
		score.right[label] += (int)w == label;
		if (tell && (int)w != label)
			print_error("%s: %.*s\n", wording_name(w),
			    STR_FMT(text));
		end++;
		s = (struct str){end, s.n - (size_t)(end - s.p)};
	}
	for (int i = 0; i < WORDING__MAX; i++)
		print_message("# %s, %s: %d of %d\n", name,
		    wording_name((enum wording)i), score.right[i], score.n[i]);
	return score;
}

static void
sentences_are_told_apart(void **state)
{
	struct score score = judge_all(*state, "wording.tsv", true);

	assert_memory_equal(score.n, score.right, sizeof score.n);
}

/* The examples that are learned from, and as many rounds of sentences by
 * others, which nobody has looked at but to count them. */
static void
sentences_are_told_apart_mostly(void **state)
{
	static const int least_in_1000[WORDING__MAX] = {
	    [WORDING_EXACT] = 980,
	    [WORDING_CALLBACK] = 950,
	    [WORDING_VAGUE] = 850,
	};
	static const char *const files[] = {EXAMPLES, "wording-held.tsv"};

	for (size_t f = 0; f < 2; f++) {
		struct score score = judge_all(*state, files[f], false);

		for (int i = 0; i < WORDING__MAX; i++)
			check_row(score.right[i] * 1000 >=
				score.n[i] * least_in_1000[i],
			    wording_name((enum wording)i));
	}
}

static const char installers_rules[] =
    "examples:\n"
    "  exact: [Die Umwälzpumpe brummt, Zirkulation auf Sommer stellen]\n"
    "  callback: [Der Meister hat meine Karte]\n"
    "  vague: [Die Heizung halt]\n";

/* The shipped rules with more behind them. */
static enum err
load_with(struct job *job, const char *more)
{
	struct str shipped = fixture(job, RULES);

	complaints_init(&job->c, job, "w");
	return wording_load(job, str_printf(job, "%.*s\n%s", STR_FMT(shipped),
	    more), &job->c, &job->rules);
}

static void
examples_teach(void **state)
{
	static const struct judged before[] = {
	    {"Die Heizung halt", WORDING_VAGUE},
	    {"Der Meister hat meine Karte", WORDING_VAGUE},
	    {"Die Umwälzpumpe brummt", WORDING_VAGUE},
	    {"Umwälzpumpe brummt laut", WORDING_VAGUE},
	    {"Bitte um Rückruf", WORDING_CALLBACK},
	}, after[] = {
	    {"Die Heizung halt", WORDING_VAGUE},
	    {"Der Meister hat meine Karte", WORDING_CALLBACK},
	    {"Die Umwälzpumpe brummt", WORDING_EXACT},
	    {"Umwälzpumpe brummt laut", WORDING_EXACT},
	    {"Bitte um Rückruf", WORDING_CALLBACK},
	};
	struct job *job = *state;

	check_judged(job, before, sizeof before / sizeof *before);
	assert_int_equal(load_with(job, installers_rules), OK);
	check_judged(job, after, sizeof after / sizeof *after);
}

static void
examples_that_cannot_be_learned_are_refused(void **state)
{
	static const struct {
		const char *more, *complaint;
	} rows[] = {
	    {"examples: {exact: [Es brummt]}\n", NULL},
	    {"examples: {exact: ['\"Es brummt arg\"'], vague: [Es zieht]}\n",
		NULL},
	    {"examples: {exact: [Es brummt], vague: [es brummt!]}\n",
		"others contradict it"},
	    {"examples: {exakt: []}\n", "unknown key \"exakt\""},
	    {"examples: {exact: x}\n", "exact must be a list"},
	    {"examples: {exact: [[x]]}\n", "it must be a text"},
	    {"examples: [x]\n", "expected a map"},
	};
	struct job *job = *state;

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		enum err e = load_with(job, rows[i].more);
		struct str said = complaints_text(job, &job->c);

		check_row((e == OK) == !rows[i].complaint, rows[i].more);
		check_row(!rows[i].complaint ||
			strstr(said.p, rows[i].complaint), said.p);
	}
}

/* What is alike for the judge has the same parts, and no part twice. */
static void
texts_are_taken_apart(void **state)
{
	static const struct {
		const char *a, *b;
		bool alike;
	} rows[] = {
	    {"Müller", "mueller", true},
	    {"Fehler 404", "FEHLER 5", true},
	    {"Warum?", "Warum", false},
	    {"„Fehler“", "\"Fehler\"", true},
	    {"a@b", "a b", false},
	    {"ab.de", "ab. de", false},
	    {"geht nicht", "nicht geht", false},
	    {"ja ja ja ja ja ja", "ja ja ja", false}, /* its length */
	};

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct learned_parts *a =
		    learned_parts(*state, str_of(rows[i].a));
		struct learned_parts *b =
		    learned_parts(*state, str_of(rows[i].b));
		size_t once = 0;

		for (size_t k = 0; k < sizeof a->seen / 8; k++)
			once += (size_t)__builtin_popcountll(a->seen[k]);
		check_row(once == a->n, rows[i].a);
		check_row(rows[i].alike == (a->n == b->n &&
			!memcmp(a->seen, b->seen, sizeof a->seen)), rows[i].a);
	}
}

static void
reason_says_what_is_missing(void **state)
{
	static const struct {
		const char *text, *reason;
	} rows[] = {
	    {"", "empty"},
	    {"  \n", "empty"},
	    {"Guten Tag!", "empty"},
	    {"Bitte um Rückruf", "callback"},
	    {"Das klappt nicht", "no-object"},
	    {"Eine Frage zu unserem Vertrag", "no-symptom"},
	    {"Der Router funktioniert nicht", "what-exactly"},
	    {"Der Router funktioniert seit gestern 9 Uhr nicht", "exact"},
	    {"\xff\xfe Router blinkt rot seit gestern", "empty"},
	};
	struct job *job = *state;

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct wording_verdict v;

		wording_judge(job->rules, str_of(rows[i].text), &v);
		check_row(str_is(v.reason, rows[i].reason), rows[i].text);
		for (enum lang l = 0; l < LANG__MAX; l++)
			assert_false(str_empty(v.text->in[l]));
	}
}

/* Who asks for somebody must say what is the matter; who cannot be reached, or
 * speaks of somebody else's telephone, asks for nobody. */
static void
asking_for_somebody_is_no_matter(void **state)
{
	static const struct judged rows[] = {
	    {"Herr Lenz bitte", WORDING_CALLBACK},
	    {"Mr. Lenz please", WORDING_CALLBACK},
	    {"Herr Lenz soll anrufen", WORDING_CALLBACK},
	    {"Herr Lenz soll wegen der Rechnung anrufen", WORDING_CALLBACK},
	    {"Herr Lenz soll anrufen: Fehler 550 beim Senden an "
	     "kern.example", WORDING_EXACT},
	    {"Ich kann Frau Lenz unter der Nummer nicht erreichen",
	     WORDING_CALLBACK},
	    {"Kunden können uns unter der Nummer nicht erreichen",
	     WORDING_EXACT},
	    {"Unsere Technikerin kann die Seite nicht öffnen", WORDING_EXACT},
	    {"Das Formular für Rückrufe speichert nichts", WORDING_EXACT},
	};

	check_judged(*state, rows, sizeof rows / sizeof *rows);
}

/* The same words are enough as a question, or with one thing more. */
static void
form_and_length_count(void **state)
{
	static const struct judged rows[] = {
	    {"Der Server", WORDING_VAGUE},
	    {"Der Server geht nicht", WORDING_VAGUE},
	    {"Der Server geht seit Montag nicht", WORDING_EXACT},
	    {"Die Rechnung ist falsch", WORDING_VAGUE},
	    {"Die Rechnung vom Oktober ist falsch", WORDING_EXACT},
	    {"Domain im Tarif", WORDING_VAGUE},
	    {"Ist im Tarif eine Domain?", WORDING_EXACT},
	    {"Ein Problem mit der Domain im Tarif?", WORDING_VAGUE},
	};

	check_judged(*state, rows, sizeof rows / sizeof *rows);
}

/* Spelling, case and quotes around the whole change nothing. */
static void
spelling_does_not_matter(void **state)
{
	static const char *const same[] = {
	    "Bitte rufen Sie mich zurück",
	    "BITTE RUFEN SIE MICH ZURÜCK",
	    "bitte rufen sie mich zurueck",
	    "Bitte rufen Sie mich zuru\314\210ck",
	    "\"Bitte rufen Sie mich zurück\"",
	    "bitte rufen Sie mich zurük",
	    "Bitte   rufen\nSie mich zurück",
	};
	struct job *job = *state;

	for (size_t i = 0; i < sizeof same / sizeof *same; i++)
		check_row(wording_judge(job->rules, str_of(same[i]), NULL) ==
		    WORDING_CALLBACK, same[i]);
}

static double
judge_ms(struct job *job, struct str text)
{
	struct timespec a, b;

	clock_gettime(CLOCK_THREAD_CPUTIME_ID, &a);
	wording_judge(job->rules, text, NULL);
	clock_gettime(CLOCK_THREAD_CPUTIME_ID, &b);
	return (double)(b.tv_sec - a.tv_sec) * 1e3 +
	    (double)(b.tv_nsec - a.tv_nsec) / 1e6;
}

static struct str
repeated(struct job *job, const char *s, size_t n)
{
	struct buf b;

	buf_init(&b, job, 1 << 20);
	while (b.n < n)
		buf_puts(&b, s);
	return buf_get(&b);
}

/* Bounded for hostile text: twenty times its room for sanitizers. */
static void
hostile_text_costs_little(void **state)
{
	static const char *const bricks[] = {"a", "bitte ", "kann ich ",
	    "ruf an ", "nicht ", "'", "\"x", "1.", "@", "a.b.", "/a",
	    "kommt nicht ", "ist es ", "sich ", ". ", "mich ", "zurück ",
	    "Error 40", "ß", "\xf0\x9f\x98\x80", "\xef\xb7\xba",
	    "please call ", "koennen sie die mit ", "lad send nicht "};
	struct job *job = *state;

	for (size_t i = 0; i < sizeof bricks / sizeof *bricks; i++) {
		double ms = judge_ms(job, repeated(job, bricks[i], 40000));

		if (ms > 200)
			print_error("%.1f ms\n", ms);
		check_row(ms < 1000, bricks[i]);
	}
}

static void
ordinary_text_is_judged_at_once(void **state)
{
	struct job *job = *state;
	struct str text = repeated(job, "Seit gestern lädt die Startseite "
	    "unseres Shops nicht mehr, es erscheint 'Fehler 500'. Bitte rufen "
	    "Sie mich zurück. ", 2000);
	double best = 1e9;

	for (int i = 0; i < 20; i++) {
		double ms = judge_ms(job, text);

		best = ms < best ? ms : best;
	}
	print_message("# 2,000 characters: %.3f ms\n", best);
	assert_true(best < 20);
}

static void
damaged_rules_are_refused(void **state)
{
	static const struct {
		const char *source, *complaint;
	} rows[] = {
	    {"wording: 2", "w:1:10: wording must be a number"},
	    {"[]", "w:1:1: expected a map"},
	    {"wording: 1\nx: 1", "w:2:1: unknown key \"x\""},
	    {"wording: 1", "w:1:1: reasons must be a map"},
	    {"reasons: {exact: {de: x}}", "exact has no text in English"},
	    {"marks: {quote: ['(']}", "w:1:18: pattern: missing closing"},
	    {"marks: {quote: ['x*']}", "it matches an empty text"},
	    {"marks: {quotes: []}", "w:1:9: unknown key \"quotes\""},
	    {"words: {thing: ['a-b']}", "\"a-b\" is no single word"},
	    {"words: {thing: ['*']}", "\"*\" is no single word"},
	    {"words: {thing: [[a]]}", "w:1:17: it must be a text"},
	};
	struct job *job = *state;

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct wording_rules *rules = NULL;
		struct str said;

		complaints_init(&job->c, job, "w");
		assert_int_equal(wording_load(job, str_of(rows[i].source),
				     &job->c, &rules),
		    ERR_INVALID);
		assert_null(rules);
		said = complaints_text(job, &job->c);
		check_row(strstr(said.p, rows[i].complaint),
		    rows[i].complaint);
	}
}

static void
words_with_stars(void **state)
{
	struct words *w = words_new(*state);

	assert_true(words_add(w, STR("seite"), 1));
	assert_true(words_add(w, STR("dsl*"), 2));
	assert_true(words_add(w, STR("*formular*"), 4));
	assert_true(words_add(w, STR("*Bücher"), 8));
	assert_false(words_add(w, STR("zwei Worte"), 1));
	assert_false(words_add(w, STR("**"), 1));
	assert_int_equal(words_classes(w, STR("seite")), 1);
	assert_int_equal(words_classes(w, STR("seiten")), 0);
	assert_int_equal(words_classes(w, STR("webseite")), 0);
	assert_int_equal(words_classes(w, STR("dslanschluss")), 2);
	assert_int_equal(words_classes(w, STR("vdsl")), 0);
	assert_int_equal(words_classes(w, STR("kontaktformulare")), 4);
	assert_int_equal(words_classes(w, STR("dslformular")), 6);
	assert_int_equal(words_classes(w, STR("fachbuecher")), 8);
	assert_int_equal(words_classes(w, STR("buecherei")), 0);
	assert_int_equal(words_classes(w, STR("")), 0);
}

static void
pattern_replaces_or_leaves_alone(void **state)
{
	struct matcher *m = matcher_new(*state);
	struct str why = {0};
	struct pattern *p = pattern_new(*state, STR("a+b"), false, &why);
	struct pattern *slow =
	    pattern_new(*state, STR("(?:(?:a|aa)+)+c"), false, &why);

	check_row(str_is(pattern_replace(p, m, STR("xaab ab y"), STR("<$1>")),
		      "x<$1> <$1> y"), "literal");
	check_row(str_is(pattern_replace(p, m, STR("nothing"), STR("<>")),
		      "nothing"), "left alone");
	assert_false(pattern_found(slow, m, repeated(*state, "a", 200)));
	assert_null(pattern_new(*state, STR("[z"), true, &why));
	assert_non_null(strstr(why.p, "at character"));
}

/* A pattern is not sought where no word begins as it can; never to be left
 * out are those that may begin elsewhere. */
static void
pattern_knows_how_it_begins(void **state)
{
	static const struct {
		const char *source, *key;
		bool may;
	} rows[] = {
	    {"\\b(?:ruf\\w*|an) zurueck", " bitte rufen sie | ", true},
	    {"\\b(?:ruf\\w*|an) zurueck", " an | ", true},
	    {"\\b(?:ruf\\w*|an) zurueck", " bitte sie | ", false},
	    {"\\bk(?:ein|1)", " k1 | ", true},
	    {"\\bk(?:ein|1)", " kommt | ", false},
	    {"(?:^|\\|) *ist", " und | ", true},
	    {"^ ?meine", " und | ", true},
	    {"formular", " kontaktformular | ", true},
	    {"(?<=kein )netz", " kein netz | ", true},
	    {"\\w+ netz", " kein netz | ", true},
	    {" \\| und", " ja | und | ", true},
	    {"\\bverbunden", " voll | ", false},
	    {"\\bverbunden", " ve | ", false},
	    {"\\bab ", " ab | ", true},
	    {"\\bab ", " aber | ", false},
	    {"\\bneu", " \u043d\u043e\u0432 | ", true}, /* not tried with */
	};

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct str why = {0};
		struct pattern *p = pattern_new(*state,
		    str_of(rows[i].source), false, &why);
		struct beginnings *b = beginnings_new(*state);

		assert_non_null(p);
		beginnings_add(b, p);
		beginnings_sort(b);
		check_row(beginnings_has(beginnings_in(b, *state,
			      str_of(rows[i].key)), 0) == rows[i].may,
		    rows[i].key);
	}
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, prepare, done)

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST(sentences_are_told_apart),
	    TEST(sentences_are_told_apart_mostly),
	    TEST(examples_teach),
	    TEST(examples_that_cannot_be_learned_are_refused),
	    TEST(texts_are_taken_apart),
	    TEST(reason_says_what_is_missing),
	    TEST(asking_for_somebody_is_no_matter),
	    TEST(form_and_length_count),
	    TEST(spelling_does_not_matter),
	    TEST(hostile_text_costs_little),
	    TEST(ordinary_text_is_judged_at_once),
	    TEST(damaged_rules_are_refused),
	    TEST(words_with_stars),
	    TEST(pattern_replaces_or_leaves_alone),
	    TEST(pattern_knows_how_it_begins),
	};

	return cmocka_run_group_tests_name("wording", tests, NULL, NULL);
}
