/*
 * Escaping, table by table: text and attributes, parts of addresses, whole
 * addresses with what attackers write into them.
 */
#include "check.h"

#include "base/buf.h"
#include "http/html.h"

struct row {
	const char *in, *out;
};

static void
rows_check(const struct row *rows, size_t n,
    void (*write)(struct buf *b, const char *s))
{
	void *mem = talloc_new(NULL);

	for (size_t i = 0; i < n; i++) {
		struct buf b;

		buf_init(&b, mem, 4096);
		write(&b, rows[i].in);
		check_row(str_is(buf_get(&b), rows[i].out), rows[i].in);
	}
	talloc_free(mem);
}

static void
text(void **state)
{
	static const struct row rows[] = {
	    {"", ""},
	    {"Müller", "Müller"},
	    {"a<b>c", "a&lt;b&gt;c"},
	    {"\"><script>alert(1)</script>",
		"&#34;&gt;&lt;script&gt;alert(1)&lt;/script&gt;"},
	    {"' onmouseover='x", "&#39; onmouseover=&#39;x"},
	    {"&amp;", "&amp;amp;"},
	    {"<<", "&lt;&lt;"},
	};

	(void)state;
	rows_check(rows, sizeof rows / sizeof *rows, html_text_chars);
}

static void
segment(void **state)
{
	static const struct row rows[] = {
	    {"T-2041", "T-2041"},
	    {"a/b?c#d", "a%2Fb%3Fc%23d"},
	    {"\"'&<>", "%22%27%26%3C%3E"},
	    {"ü ", "%C3%BC%20"},
	    {"a@b:c", "a@b:c"},
	    {"%41", "%2541"},
	};

	(void)state;
	rows_check(rows, sizeof rows / sizeof *rows, html_segment_chars);
}

static void
query(void **state)
{
	static const struct row rows[] = {
	    {"postfach voll", "postfach%20voll"},
	    {"a&b=c+d", "a%26b%3Dc%2Bd"},
	    {"\n", "%0A"},
	};

	(void)state;
	rows_check(rows, sizeof rows / sizeof *rows, html_query_chars);
}

static void
path(void **state)
{
	static const struct row rows[] = {
	    {"/", "/"},
	    {"/queue?after=7&x", "/queue?after=7&amp;x"},
	    {"/\"><b>", "/&#34;&gt;&lt;b&gt;"},
	    {"", "#"},
	    {"queue", "#"},
	    {"//evil.example", "#"},
	    {"/\\evil.example", "#"},
	    {"/\t/evil.example", "#"},
	    {"/\n/evil.example", "#"},
	    {"javascript:alert(1)", "#"},
	    {"https://evil.example", "#"},
	};

	(void)state;
	rows_check(rows, sizeof rows / sizeof *rows, html_path_chars);
}

static void
address(void **state)
{
	static const struct row rows[] = {
	    {"https://www.arndt.example/a?b&c",
		"https://www.arndt.example/a?b&amp;c"},
	    {"HTTP://x.example", "HTTP://x.example"},
	    {"/hilfe", "/hilfe"},
	    {"https://", "#"},
	    {"//x.example", "#"},
	    {"javascript:alert(1)", "#"},
	    {"jAvAsCrIpT:alert(1)", "#"},
	    {" javascript:alert(1)", "#"},
	    {"java\nscript:alert(1)", "#"},
	    {"data:text/html,x", "#"},
	    {"vbscript:x", "#"},
	    {"https://x.example/\" onclick=", "#"},
	};

	(void)state;
	rows_check(rows, sizeof rows / sizeof *rows, html_link_chars);
}

static void
types(void **state)
{
	void *mem = talloc_new(NULL);
	const int64_t low = INT64_MIN;
	struct buf b;

	(void)state;
	buf_init(&b, mem, 4096);
	html_text(&b, STR("a"));
	html_text(&b, "b");
	html_text(&b, -1);
	html_text(&b, low);
	html_text(&b, (size_t)3);
	html_text(&b, (struct str){0});
	check_str(buf_get(&b), "ab-1-92233720368547758083");
	assert_true(html_true(STR("a")));
	assert_false(html_true(STR("")));
	assert_true(html_true("x"));
	assert_true(html_true(low));
	assert_false(html_true((void *)NULL));
	talloc_free(mem);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(text),
	    cmocka_unit_test(segment),
	    cmocka_unit_test(query),
	    cmocka_unit_test(path),
	    cmocka_unit_test(address),
	    cmocka_unit_test(types),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
