/*
 * The template compiler: a page that uses everything, compiled while building
 * and compared as text, and what must not compile, each with its complaint.
 * The escaping itself is test_html.c's.
 */
#include "check.h"

#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/i18n.h"
#include "sample_views.h"

enum { OUTPUT_BYTES = 8192 };

static char folder[] = "/tmp/test_template_XXXXXX";

/* Runs a command, both outputs together; its exit status. */
static int
run(const char *command, char output[OUTPUT_BYTES])
{
	char line[2048];
	FILE *p;
	size_t n;

	snprintf(line, sizeof line, "%s 2>&1", command);
	p = popen(line, "r");
	assert_non_null(p);
	n = fread(output, 1, OUTPUT_BYTES - 1, p);
	output[n] = '\0';
	return pclose(p);
}

/* Writes a template into the folder and compiles it. */
static int
compile(const char *options, const char *text, char output[OUTPUT_BYTES])
{
	char command[1024], path[64];
	FILE *f;

	snprintf(path, sizeof path, "%s/page.html", folder);
	f = fopen(path, "w");
	assert_non_null(f);
	fputs("{{view page: struct sample_view from \"sample.h\"}}\n", f);
	fputs(text, f);
	fclose(f);
	snprintf(command, sizeof command,
	    "'%s' --c %s/page.c --h %s/page.h --icons '%s/icons' "
	    "--assets '%s/assets.map' %s %s/page.html",
	    TEMPLATE_TOOL, folder, folder, TEMPLATE_FIXTURES, TEMPLATE_FIXTURES,
	    options, folder);
	return run(command, output);
}

static struct sample_view
sample(void)
{
	static const struct sample_part part = {{"P", 1}, "n<"};
	static const struct str words[] = {{"w1", 2}, {"w2", 2}};
	static const struct sample_row rows[] = {
	    {.name = {"R&D", 3},
		.id = 7,
		.part = {{"q", 1}, NULL},
		.words = {words, 2}},
	};

	return (struct sample_view){
	    .title = STR("<b>\"'&"),
	    .url = STR("/a?b=1&c"),
	    .site = STR("javascript:alert(1)"),
	    .query = STR("a b/?&="),
	    .plain = "plain>",
	    .small = 4,
	    .big = 7,
	    .count = 2,
	    .on = true,
	    .state = SAMPLE_DONE,
	    .part = &part,
	    .rows = {rows, 1},
	};
}

static void
everything_is_rendered(void **state)
{
	void *mem = talloc_new(NULL);
	struct sample_view v = sample();
	struct buf b;

	(void)state;
	buf_init(&b, mem, 1 << 16);
	view_sample(&b, LANG_DE, &v);
	check_str(buf_get(&b),
	    "<h1 title=\"&lt;b&gt;&#34;&#39;&amp;\">&lt;b&gt;&#34;&#39;&amp;"
	    "</h1>\n"
	    "<p>plain&gt; 4 7 2</p>\n"
	    "<a href=\"/a?b=1&amp;c\">a</a>\n"
	    "<a href=\"#\">b</a>\n"
	    "<a href=\"/t/%3Cb%3E%22%27%26/7?q=a%20b%2F%3F%26%3D&amp;r="
	    "a%20b%2F%3F%26%3D#x\">c</a>\n"
	    "<input value=\"&lt;b&gt;&#34;&#39;&amp;\" checked >\n"
	    "<p>done</p>\n"
	    "<b>many</b>\n"
	    "<ul class=\"some\">\n"
	    " <li data-id=\"7\">R&amp;D *\n"
	    "<i>w1</i><i>w2</i>\n"
	    "<em>q</em>\n"
	    " </li>\n"
	    "</ul>\n"
	    "<em>P n&lt;</em>\n\n"
	    "<img alt=\"Ein &lt;Bild&gt;\" src=\"/static/icon.0123.svg\">\n"
	    "<p>Von &lt;b&gt;&#34;&#39;&amp;: 2</p>\n"
	    "<pre>\n\ttwo  spaces\n</pre>\n"
	    "<textarea>\n  &lt;b&gt;&#34;&#39;&amp;</textarea>\n"
	    "<svg class=\"icon\" aria-hidden=\"true\" width=\"24\" "
	    "height=\"24\" stroke=\"currentColor\"><path d=\"M12 12h.01\" />"
	    "</svg>\n");
	talloc_free(mem);
}

static void
branches_and_english(void **state)
{
	void *mem = talloc_new(NULL);
	struct sample_view v = sample();
	struct str page;
	struct buf b;

	(void)state;
	v.on = false;
	v.plain = NULL;
	v.part = NULL;
	v.rows.n = 0;
	v.small = 3;
	buf_init(&b, mem, 1 << 16);
	view_sample(&b, LANG_EN, &v);
	page = buf_get(&b);
	assert_non_null(strstr(page.p, "<p>x</p>"));
	assert_non_null(strstr(page.p, "<ul class=\"none\">"));
	assert_non_null(strstr(page.p, "<li>Nobody &amp; nothing</li>"));
	assert_non_null(strstr(page.p, "alt=\"A picture\""));
	assert_non_null(strstr(page.p, "<p>2 of &lt;b&gt;"));
	assert_null(strstr(page.p, "checked"));
	assert_null(strstr(page.p, "many"));
	assert_null(strstr(page.p, "<em>"));
	v.plain = "";
	buf_init(&b, mem, 1 << 16);
	view_sample(&b, LANG_EN, &v);
	assert_non_null(strstr(buf_get(&b).p, "<p>else</p>"));
	talloc_free(mem);
}

static void
what_must_not_compile(void **state)
{
	static const struct {
		const char *text, *complaint;
	} rows[] = {
	    {"<p class={{v.title}}>", ":2: error: no expression in an unq"},
	    {"<p class=a{{v.title}}>", ":2: error: no expression in an unq"},
	    {"<p class='{{v.title}}'>", "in a single-quoted attribute"},
	    {"<{{v.title}}>", "no expression in a tag's name"},
	    {"<p {{v.title}}>", "no expression in a tag"},
	    {"<p data-{{v.title}}=\"\">", "no expression in an attribute's n"},
	    {"<!-- {{v.title}} -->", "no expression in a comment"},
	    {"<script>{{v.title}}</script>", "no expression in a script"},
	    {"<script>alert(1)</script>", "no inline script"},
	    {"<style>p {}</style>", "no <style> elements"},
	    {"<iframe src=\"/\"></iframe>", "no <iframe> elements"},
	    {"<p style=\"color: red\">", "no style attribute"},
	    {"<p onclick=\"x()\">", "no handlers in HTML (onclick)"},
	    {"<p ONCLICK=\"x()\">", "no handlers in HTML (onclick)"},
	    {"<p hx-on:click=\"x()\">", "no handlers in HTML (hx-on:click)"},
	    {"<p hx-vals=\"js:{a: 1}\">", "no js: values"},
	    {"<p hx-vals=\"{{v.title}}\">", "no expression in hx-vals"},
	    {"<a href=\"{{v.title}}\">", "cannot begin the address in href"},
	    {"<a href=\"java{{v.title}}\">", "cannot begin the address"},
	    {"<a href=\"javascript:x\">", "no javascript: addresses"},
	    {"<a href=\"data:text\">", "no data: addresses"},
	    {"<a href=\"{{_ Text}}\">", "no text in an address"},
	    {"<p title=\"{{path v.url}}\">", "an address is written at"},
	    {"<a href=\"/{{query v.url}}\">", "query stands behind the ?"},
	    {"\n\n{{if v.on}}<p>\n", ":4: error: this block is never ended"},
	    {"{{end}}", "end without if or for"},
	    {"{{else}}", "else belongs into an if"},
	    {"{{empty}}", "empty belongs into a for"},
	    {"{{if v.on}}{{else}}{{else}}{{end}}", "else belongs into an if"},
	    {"{{if v.on}}<p>{{end}}</p>", "the block of line 2 begins in te"},
	    {"{{if v.on}}<p>{{else}}<b>{{end}}", "this branch ends in text"},
	    {"<p {{if v.on}}title=\"{{end}}\">", "in an attribute"},
	    {"{{for row in v.rows}}<p>{{end}}", "the block of line 2"},
	    {"{{for v in v.rows}}{{end}}", "v is taken already"},
	    {"{{for row of v.rows}}{{end}}", "write {{for ROW in PATH}}"},
	    {"<p>", "<p> is never closed"},
	    {"<p></b>", "</b> where <p> is open"},
	    {"</p>", "</p> closes nothing"},
	    {"<br></br>", "<br> has no end tag"},
	    {"<div/>", "<div/> does not close a <div>"},
	    {"a < b", "write &lt; for a lone <"},
	    {"<p title=\"x\"class=\"y\">", "a space must follow"},
	    {"<title><b></title>", "no elements inside <title>"},
	    {"{{row.name}}", "neither v nor a loop's variable"},
	    {"{{v.a b}}", "\"b\" follows the path"},
	    {"{{v.}}", "a member's name is missing"},
	    {"{{if v.a xor v.b}}{{end}}", "\"xor v.b\" in a condition"},
	    {"{{if v.a == }}{{end}}", "nothing to compare with"},
	    {"{{if v.a < \"x\"}}{{end}}", "texts compare by == and != only"},
	    {"{{v.title", "{{ without }}"},
	    {"{{> nobody v.part}}", "no template is called \"nobody\""},
	    {"<p title=\"{{> page v}}\">", "a part stands in text alone"},
	    {"{{icon nothing}}", "no icon is called \"nothing\""},
	    {"<img src=\"{{asset no.png}}\">", "no static file is called"},
	    {"{{_ }}", "an empty text"},
	};
	char output[OUTPUT_BYTES];

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		int status = compile("", rows[i].text, output);

		if (!strstr(output, rows[i].complaint))
			print_error("said: %s\n", output);
		check_row(status != 0, rows[i].text);
		check_row(strstr(output, rows[i].complaint), rows[i].text);
	}
}

static void
what_may_compile(void **state)
{
	static const char *const rows[] = {
	    "<a href=\"https://x.example/{{v.title}}\">x</a>",
	    "<a href=\"mailto:{{v.title}}\">x</a>",
	    "<a href=\"#{{v.title}}\">x</a>",
	    "<a href=\"?q={{v.title}}\">x</a>",
	    "<p id=\"a{{v.big}}\" hx-target=\"#t{{v.big}}\">x</p>",
	    "<meta name=\"a\" content='{\"a\":{\"b\":1}}'>",
	    "<script src=\"{{asset icon.svg}}\" defer></script>",
	    "{{open}}<div>",
	    "{{open}}</div>",
	    "<svg><path d=\"M0\"/></svg>",
	};
	char output[OUTPUT_BYTES];

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		check_row(compile("", rows[i], output) == 0, rows[i]);
		check_row(output[0] == '\0', rows[i]);
	}
}

static void
a_wrong_member_does_not_compile(void **state)
{
	static const struct {
		const char *text, *complaint;
	} rows[] = {
	    {"<p>\n{{v.titel}}</p>", "page.html:3:"},
	    {"<p>\n\n{{v.on}}</p>", "page.html:4:"},
	    {"{{for row in v.rows}}\n{{row.nam}}{{end}}", "page.html:3:"},
	    {"{{if v.rows}}{{end}}", "page.html:2:"},
	};
	char output[OUTPUT_BYTES], command[1024];

	(void)state;
	snprintf(command, sizeof command,
	    "'%s' -std=gnu17 -fsyntax-only -I'%s' -I'%s' %s/page.c",
	    TEMPLATE_CC, TEMPLATE_SRC, TEMPLATE_FIXTURES, folder);
	assert_int_equal(compile("", "<p>{{v.title}}</p>", output), 0);
	assert_int_equal(run(command, output), 0);
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		check_row(compile("", rows[i].text, output) == 0, rows[i].text);
		check_row(run(command, output) != 0, rows[i].text);
		check_row(strstr(output, rows[i].complaint), rows[i].text);
	}
}

static void
texts_without_german(void **state)
{
	const char *two = "<p>{{_ A picture}}</p>\n<p>{{_ No German}}</p>\n"
			  "<p title=\"{{_ None\n here}}\"></p>";
	char options[256], output[OUTPUT_BYTES], command[256];

	(void)state;
	snprintf(options, sizeof options, "--mo '%s'", TEMPLATE_MO);
	assert_int_not_equal(compile(options, two, output), 0);
	assert_non_null(strstr(output,
	    "page.html:3: error: no German text for \"No German\""));
	assert_non_null(strstr(output,
	    "page.html:4: error: no German text for \"None here\""));
	assert_null(strstr(output, "A picture"));
	snprintf(options, sizeof options, "--mo '%s' --missing-ok",
	    TEMPLATE_MO);
	assert_int_equal(compile(options, two, output), 0);
	assert_non_null(strstr(output, "page.html:3: warning:"));
	snprintf(options, sizeof options, "--pot %s/page.pot", folder);
	assert_int_equal(compile(options, two, output), 0);
	snprintf(command, sizeof command, "cat %s/page.pot", folder);
	assert_int_equal(run(command, output), 0);
	assert_non_null(strstr(output, "page.html:4\nmsgid \"None here\"\n"));
}

static void
translations_keep_their_values(void **state)
{
	char options[256], output[OUTPUT_BYTES];

	(void)state;
	snprintf(options, sizeof options, "--mo '%s'", TEMPLATE_MO);
	assert_int_equal(compile(options, "{{_ {v.count} of {v.title} }}",
			     output),
	    0);
	assert_int_not_equal(compile(options, "{{_ {v.nothing of }}", output),
	    0);
}

static int
folder_make(void **state)
{
	(void)state;
	return mkdtemp(folder) ? 0 : -1;
}

static int
folder_remove(void **state)
{
	static const char *const files[] = {"page.html", "page.c", "page.h",
	    "page.pot"};
	char path[64];

	(void)state;
	for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
		snprintf(path, sizeof path, "%s/%s", folder, files[i]);
		unlink(path);
	}
	return rmdir(folder);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(everything_is_rendered),
	    cmocka_unit_test(branches_and_english),
	    cmocka_unit_test(what_must_not_compile),
	    cmocka_unit_test(what_may_compile),
	    cmocka_unit_test(a_wrong_member_does_not_compile),
	    cmocka_unit_test(texts_without_german),
	    cmocka_unit_test(translations_keep_their_values),
	};

	return cmocka_run_group_tests(tests, folder_make, folder_remove);
}
