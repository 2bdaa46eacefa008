/* YAML with places, and what is refused: src/base/yaml.c, complaint.c. */
#include "check.h"

#include "base/yaml.h"

struct job {
	void *mem;
	struct complaints c;
};

static int
prepare(void **state)
{
	struct job *job = talloc(NULL, struct job);

	job->mem = job;
	complaints_init(&job->c, job, "f.yaml");
	*state = job;
	return 0;
}

static int
done(void **state)
{
	talloc_free(*state);
	return 0;
}

static struct yaml *
parsed(struct job *job, const char *source)
{
	struct yaml *y = NULL;

	assert_int_equal(yaml_parse(job->mem, str_of(source), &job->c, &y),
	    OK);
	assert_int_equal(job->c.n, 0);
	return y;
}

static void
check_place(const struct yaml *y, int line, int column)
{
	assert_non_null(y);
	assert_int_equal(y->line, line);
	assert_int_equal(y->column, column);
}

static void
tree_knows_its_places(void **state)
{
	struct yaml *y = parsed(*state,
	    "# a comment\n"
	    "name: Müller\n"
	    "steps:\n"
	    "  - id: eins\n"
	    "    say: |\n"
	    "      zwei\n"
	    "      Zeilen\n"
	    "  - {id: zwei, list: [a, 'b', \"c\\n\"]}\n"
	    "empty:\n");
	struct yaml *steps = yaml_get(y, "steps"), *list;

	assert_int_equal(y->kind, YAML_MAP);
	assert_int_equal(y->n, 3);
	check_str(y->key[2]->text, "empty");
	check_place(y->key[1], 3, 1);
	check_str(yaml_get(y, "name")->text, "Müller");
	check_str(yaml_text(y, "name"), "Müller");
	check_str(yaml_text(y, "steps"), "");
	check_str(yaml_text(y, "nothing"), "");
	check_place(yaml_get(y, "name"), 2, 7);
	check_str(yaml_get(y, "empty")->text, "");
	assert_int_equal(steps->kind, YAML_LIST);
	assert_int_equal(steps->n, 2);
	check_place(yaml_get(steps->item[0], "id"), 4, 9);
	check_str(yaml_get(steps->item[0], "say")->text, "zwei\nZeilen\n");
	check_place(steps->item[1], 8, 5);
	list = yaml_get(steps->item[1], "list");
	assert_int_equal(list->n, 3);
	check_str(list->item[1]->text, "b");
	check_str(list->item[2]->text, "c\n");
	assert_null(yaml_get(y, "none"));
	assert_null(yaml_get(list, "none"));
	assert_null(yaml_get(NULL, "none"));
}

static void
empty_file_is_an_empty_text(void **state)
{
	static const char *const sources[] = {"", "\n", "# nothing\n"};

	for (size_t i = 0; i < sizeof sources / sizeof *sources; i++) {
		struct yaml *y = parsed(*state, sources[i]);

		assert_int_equal(y->kind, YAML_SCALAR);
		check_str(y->text, "");
		check_place(y, 1, 1);
	}
}

static void
refusals_name_the_place(void **state)
{
	static const struct {
		const char *source;
		int line, column;
		const char *says;
	} rows[] = {
	    {"a: 1\nb: 2\na: 3\n", 3, 1, "given already in line 1"},
	    {"a: &x 1\n", 1, 7, "anchors and aliases"},
	    {"a: 1\nb: *x\n", 2, 5, "anchors and aliases"},
	    {"a: !!str 1\n", 1, 10, "tags"},
	    {"a: 1\n---\nb: 1\n", 2, 1, "one document"},
	    {"? [a]\n: b\n", 1, 3, "plain text"},
	    {"a: \"\\0\"\n", 1, 5, "UTF-8"},
	    {"a: \xff\n", 1, 1, "UTF-8"},
	    {"a: [1, 2\n", 2, 1, "closing bracket"},
	    {"a: 'x\n", 1, 5, "closing quote"},
	    {"a: b: c\n", 1, 5, "nested"},
	    {"%YAML 9.9\n---\na\n", 1, 1, "directives are not allowed"},
	};

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct job *job = *state;
		struct yaml *y = NULL;

		complaints_init(&job->c, job, "f.yaml");
		check_row(yaml_parse(job->mem, str_of(rows[i].source),
			      &job->c, &y) == ERR_INVALID,
		    rows[i].source);
		assert_null(y);
		assert_true(job->c.n > 0);
		check_row(job->c.item[0].line == rows[i].line, rows[i].source);
		check_row(job->c.item[0].column == rows[i].column,
		    rows[i].source);
		check_row(strstr(job->c.item[0].text.p, rows[i].says),
		    job->c.item[0].text.p);
	}
}

/* `n` times `unit`. */
static struct str
repeated(void *mem, const char *unit, size_t n)
{
	char *p = talloc_zero_size(mem, strlen(unit) * n + 1);

	for (size_t i = 0; i < n; i++)
		memcpy(p + i * strlen(unit), unit, strlen(unit));
	return str_of(p);
}

static void
check_refused(struct job *job, struct str source, const char *says)
{
	struct yaml *y;

	complaints_init(&job->c, job, "f.yaml");
	assert_int_equal(
	    yaml_parse(job->mem, source, &job->c, &y), ERR_INVALID);
	check_row(strstr(job->c.item[0].text.p, says), job->c.item[0].text.p);
}

static void
hostile_files_are_refused(void **state)
{
	struct job *job = *state;

	check_refused(job, repeated(job, "[", 100000), "32 levels");
	check_refused(job, repeated(job, "{a: ", 100000), "32 levels");
	check_refused(job, repeated(job, "- ", 100000), "32 levels");
	check_refused(
	    job, repeated(job, "x", YAML_BYTES_MAX + 1), "4194304 bytes");
	check_refused(job,
	    str_printf(job, "[%s]", repeated(job, "a,", 300000).p), "values");
	check_refused(job, (struct str){"a: b\0c", 6}, "UTF-8");
	check_refused(job, repeated(job, "%", 10000), "directives");
	check_refused(job, STR("\ufeff%"), "directives");
	check_refused(job, STR("a: 1\n%YAML 1.1\n"), "directives");
	assert_int_equal(job->c.item[0].line, 2);
	check_refused(job, str_printf(job, "a: >%s",
	    repeated(job, "\n  ", 10000).p), "empty lines");
	check_refused(job, str_printf(job, "a: |\n%s",
	    repeated(job, "\r", 10000).p), "empty lines");
	check_refused(
	    job, repeated(job, "a: 1\n", 500), "given already in line 1");
	assert_int_equal(job->c.n, 499);
}

static void
deepest_tree_that_is_taken(void **state)
{
	struct job *job = *state;
	struct str open = repeated(job, "[", YAML_DEPTH_MAX);
	struct str close = repeated(job, "]", YAML_DEPTH_MAX);

	parsed(job, str_printf(job, "%s%s", open.p, close.p).p);
}

static void
long_keys_are_taken_and_cut_in_words(void **state)
{
	struct job *job = *state;
	struct str key = repeated(job, "k", 900);

	parsed(job, str_printf(job, "%s: 1\n", key.p).p);
	check_refused(job, str_printf(job, "%s: 1\n%s: 2\n", key.p, key.p),
	    "given already");
	assert_in_range(job->c.item[0].text.n, 60, 120);
}

static void
complaints_as_lines(void **state)
{
	struct job *job = *state;
	struct yaml at = {.line = 7, .column = 3};
	const char *text;

	complain(&job->c, &at, "no %s", "more");
	complain(&job->c, NULL, "nothing");
	check_str(complaints_text(job, &job->c),
	    "f.yaml:7:3: no more\nf.yaml:1:1: nothing\n");
	for (int i = 0; i < COMPLAINTS_MAX; i++)
		complain(&job->c, NULL, "x");
	text = complaints_text(job, &job->c).p;
	assert_non_null(strstr(text, "f.yaml: and 2 more\n"));
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, prepare, done)

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST(tree_knows_its_places),
	    TEST(empty_file_is_an_empty_text),
	    TEST(refusals_name_the_place),
	    TEST(hostile_files_are_refused),
	    TEST(deepest_tree_that_is_taken),
	    TEST(long_keys_are_taken_and_cut_in_words),
	    TEST(complaints_as_lines),
	};

	return cmocka_run_group_tests_name("yaml", tests, NULL, NULL);
}
