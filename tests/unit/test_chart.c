/* Pictures of the instruction: src/desk/chart*.c. Graphviz is played by a
 * script, so that what it does can be counted and spoilt. */
#include "check.h"

#include <pthread.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"
#include "desk/chart.h"
#include "desk/chart_svg.h"
#include "desk/house.h"
#include "load_instruction.h"

#define SMALL "instruction/small.yaml"

struct at_work {
	char folder[64];
	char *path;          /* the PATH before */
	void *mem;
	struct house house;
	const struct instruction *ins;
};

static int
prepare(void **state)
{
	struct at_work *w = talloc_zero(NULL, struct at_work);

	strcpy(w->folder, "/tmp/chart-XXXXXX");
	assert_non_null(mkdtemp(w->folder));
	w->path = talloc_strdup(w, getenv("PATH"));
	w->mem = w;
	w->house.charts = charts_new(w);
	w->ins = instruction_fixture(w, SMALL);
	setenv("PATH", w->folder, 1);
	*state = w;
	return 0;
}

static int
done(void **state)
{
	struct at_work *w = *state;
	char *remove = talloc_asprintf(w, "rm -rf %s", w->folder);

	setenv("PATH", w->path, 1);
	charts_free(w->house.charts);
	assert_int_equal(system(remove), 0);
	talloc_free(w);
	return 0;
}

/* Puts a dot in place that notes its run and then does that. */
static void
dot_does(struct at_work *w, const char *what)
{
	char *name = talloc_asprintf(w, "%s/dot", w->folder);
	FILE *f = fopen(name, "w");

	assert_non_null(f);
	fprintf(f, "#!/bin/sh\necho run >>%s/runs\n%s\n", w->folder, what);
	fclose(f);
	assert_int_equal(chmod(name, 0700), 0);
}

static int
runs(struct at_work *w)
{
	char *name = talloc_asprintf(w, "%s/runs", w->folder);
	struct str text;

	return file_read(w, name, 10000, &text) == OK ? (int)text.n / 4 : 0;
}

static enum err
get(struct at_work *w, void *mem, enum lang lang, const char *page,
    struct str *out)
{
	struct cx cx = {.mem = mem, .lang = lang};
	struct desk d = {.cx = &cx, .house = &w->house};

	return chart_get(&d, w->ins, NULL, page, out);
}

static void
the_same_is_drawn_once(void **state)
{
	struct at_work *w = *state;
	struct str svg = {0};

	dot_does(w, "echo '<svg width=\"1\">one</svg>'");
	for (int i = 0; i < 3; i++) {
		assert_int_equal(get(w, w, LANG_DE, "/a", &svg), OK);
		check_str(svg, "<svg width=\"1\">one</svg>\n");
	}
	assert_int_equal(runs(w), 1);
	assert_int_equal(get(w, w, LANG_EN, "/a", &svg), OK);
	assert_int_equal(get(w, w, LANG_DE, "/b", &svg), OK);
	assert_int_equal(runs(w), 3);
}

/* More than are remembered: the one that was asked for longest ago goes. */
static void
few_are_remembered(void **state)
{
	struct at_work *w = *state;
	struct str svg = {0};

	dot_does(w, "echo '<svg width=\"1\"></svg>'");
	for (int i = 0; i < 40; i++) {
		assert_int_equal(get(w, w, LANG_DE, "/first", &svg), OK);
		assert_int_equal(get(w, w, LANG_DE,
				     talloc_asprintf(w, "/%d", i), &svg), OK);
	}
	assert_int_equal(runs(w), 41);
	assert_int_equal(get(w, w, LANG_DE, "/0", &svg), OK);
	assert_int_equal(runs(w), 42);
}

struct asker {
	struct at_work *w;
	pthread_t thread;
	enum err e;
	struct str svg;
};

static void *
asks(void *arg)
{
	struct asker *a = arg;
	void *mem = talloc_new(NULL);
	struct str svg = {0};

	a->e = get(a->w, mem, LANG_DE, "/", &svg);
	if (a->e == OK)
		a->svg = str_dup(NULL, svg);
	talloc_free(mem);
	return NULL;
}

/* However they come, all see the one drawing. */
static void
many_at_once_are_one_run(void **state)
{
	struct at_work *w = *state;
	struct asker a[8];

	dot_does(w, "/bin/sleep 0.2; echo '<svg width=\"1\"></svg>'");
	for (int i = 0; i < 8; i++) {
		a[i] = (struct asker){.w = w};
		assert_int_equal(
		    pthread_create(&a[i].thread, NULL, asks, &a[i]), 0);
	}
	for (int i = 0; i < 8; i++) {
		pthread_join(a[i].thread, NULL);
		assert_int_equal(a[i].e, OK);
		check_str(a[i].svg, "<svg width=\"1\"></svg>\n");
		talloc_free((void *)a[i].svg.p);
	}
	assert_int_equal(runs(w), 1);
}

static void
every_failure_is_told_and_tried_again(void **state)
{
	struct at_work *w = *state;
	struct str svg = {0};

	assert_int_equal(get(w, w, LANG_DE, "/", &svg), ERR_NOT_FOUND);
	dot_does(w, "exit 1");
	assert_int_equal(get(w, w, LANG_DE, "/", &svg), ERR_INTERNAL);
	dot_does(w, "echo '<svg width=\"1\"><script/></svg>'");
	assert_int_equal(get(w, w, LANG_DE, "/", &svg), ERR_INTERNAL);
	dot_does(w, "while :; do echo 0123456789012345678901234567890; done");
	assert_int_equal(get(w, w, LANG_DE, "/", &svg), ERR_TOO_LARGE);
	dot_does(w, "echo '<svg width=\"1\"></svg>'");
	assert_int_equal(get(w, w, LANG_DE, "/", &svg), OK);
}

/* Only what a chart is made of is let through. */
static void
only_shapes_texts_and_links_pass(void **state)
{
	const struct {
		const char *in;
		bool ok;
	} rows[] = {
	    {"<?xml version=\"1.0\"?>\n<!DOCTYPE svg>\n<svg width=\"8pt\"\n "
	     "viewBox=\"0 0 8 8\" xmlns=\"x\"><g id=\"a\"><title>a&#45;&gt;b"
	     "</title></g><!-- a&#45;&gt;b --><text x=\"1\">t</text></svg>",
		true},
	    {"<svg width=\"1\"><a xlink:href=\"/page#step-x\"></a></svg>", true},
	    {"<svg width=\"1\"><path d=\"M1\"/></svg>", true},
	    {"", false},
	    {"no picture", false},
	    {"<svg width=\"1\"><script>alert(1)</script></svg>", false},
	    {"<svg width=\"1\"><image/></svg>", false},
	    {"<svg width=\"1\"><SCRIPT/></svg>", false},
	    {"<svg width=\"1\"><g onload=\"x\"/></svg>", false},
	    {"<svg width=\"1\"><g style=\"x\"/></svg>", false},
	    {"<svg width=\"1\"><g id=x/></svg>", false},
	    {"<svg width=\"1\"><g id='x'/></svg>", false},
	    {"<svg width=\"1\"><g id=\"x></svg>", false},
	    {"<svg width=\"1\"><g", false},
	    {"<svg width=\"1\"><", false},
	    {"<svg width=\"1\"></script></svg>", false},
	    {"<svg width=\"1\"></g onload=\"x\"></svg>", false},
	    {"<svg width=\"1\"><!-- never closed", false},
	    {"<svg width=\"1\"><!ENTITY x></svg>", false},
	    {"<svg width=\"1\"><?xml-stylesheet?></svg>", false},
	    {"<svg width=\"1\"><a xlink:href=\"javascript:x\"/></svg>", false},
	    {"<svg width=\"1\"><a xlink:href=\"//host/\"/></svg>", false},
	    {"<svg width=\"1\"><a xlink:href=\"https://host/\"/></svg>", false},
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
		check_row(!str_empty(chart_svg(str_of(rows[i].in))) ==
			rows[i].ok,
		    rows[i].in);
}

static void
a_sheet_has_no_size(void **state)
{
	check_str(chart_sheet(((struct at_work *)*state)->mem,
		      STR("<svg width=\"8pt\" height=\"9pt\"\n viewBox=\"0 0 8 "
			  "9\" xmlns=\"x\"></svg>")),
	    "<svg viewBox=\"0 0 8 9\" xmlns=\"x\"></svg>");
}

/* Graphviz itself, where it is installed. */
static void
the_real_one_is_let_through(void **state)
{
	struct at_work *w = *state;
	const char *const files[] = {SMALL,
	    "../../instructions/phone-support.yaml",
	    "../../instructions/heating-emergency.yaml"};
	struct str svg;

	setenv("PATH", w->path, 1);
	if (access("/usr/bin/dot", X_OK) != 0)
		skip();
	for (size_t i = 0; i < sizeof files / sizeof files[0]; i++)
		for (enum lang lang = 0; lang < LANG__MAX; lang++)
			check_row(chart_draw(w, instruction_fixture(w, files[i]),
				      lang, NULL, "/page", &svg) == OK,
			    files[i]);
}

int
main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, prepare, done)
	const struct CMUnitTest tests[] = {
	    TEST(the_same_is_drawn_once),
	    TEST(few_are_remembered),
	    TEST(many_at_once_are_one_run),
	    TEST(every_failure_is_told_and_tried_again),
	    TEST(only_shapes_texts_and_links_pass),
	    TEST(a_sheet_has_no_size),
	    TEST(the_real_one_is_let_through),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
