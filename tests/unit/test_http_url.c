/* Percent-encoding, read strictly: src/http/url.c. */
#include "check.h"

#include "http/url.h"

static void
decodes_or_refuses(void **state)
{
	static const struct {
		const char *in, *out; /* NULL: refused */
		bool plus;
	} rows[] = {
	    {"", "", true},
	    {"abc", "abc", true},
	    {"a+b", "a b", true},
	    {"a+b", "a+b", false},
	    {"%41%6a%6A", "Ajj", true},
	    {"M%C3%BCller", "M\xc3\xbcller", true},
	    {"100%25", "100%", true},
	    {"%", NULL, true},
	    {"%4", NULL, true},
	    {"%4g", NULL, true},
	    {"%g4", NULL, true},
	    {"%%41", NULL, true},
	    {"a%2", NULL, false},
	};
	void *mem = talloc_new(NULL);

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct str out;
		bool ok = url_decode(mem, str_of(rows[i].in), rows[i].plus,
		    &out);

		check_row(ok == (rows[i].out != NULL), rows[i].in);
		if (ok)
			check_str(out, rows[i].out);
	}
	talloc_free(mem);
}

static void
nul_is_a_byte_like_others(void **state)
{
	void *mem = talloc_new(NULL);
	struct str out;

	assert_true(url_decode(mem, STR("a%00b"), true, &out));
	assert_int_equal(out.n, 3);
	assert_memory_equal(out.p, "a\0b", 4);
	talloc_free(mem);
}

static void
pairs_are_split_before_they_are_decoded(void **state)
{
	void *mem = talloc_new(NULL);
	struct http_pair *pair;
	size_t n;

	assert_true(url_pairs(mem, STR("a=1&b=%26%3D&&c&=d&e=f=g"), &pair, &n,
	    NULL));
	assert_int_equal(n, 5);
	check_str(pair[0].name, "a");
	check_str(pair[0].value, "1");
	check_str(pair[1].value, "&=");
	check_str(pair[2].name, "c");
	check_str(pair[2].value, "");
	check_str(pair[3].name, "");
	check_str(pair[3].value, "d");
	check_str(pair[4].value, "f=g");
	assert_true(url_pairs(mem, (struct str){NULL, 0}, &pair, &n, NULL));
	assert_int_equal(n, 0);
	assert_false(url_pairs(mem, STR("a=%zz"), &pair, &n, NULL));
	talloc_free(mem);
}

static void
what_is_no_text_is_replaced_and_noted(void **state)
{
	void *mem = talloc_new(NULL);
	struct http_pair *pair;
	bool *broken;
	size_t n;

	assert_true(url_pairs(mem, STR("a=%ffb&%c3=1&c=%C3%BC&d=%00"), &pair,
	    &n, &broken));
	assert_int_equal(n, 4);
	check_str(pair[0].value, "\ufffdb");
	assert_true(broken[0]);
	check_str(pair[1].name, "\ufffd");
	assert_true(broken[1]);
	check_str(pair[2].value, "\u00fc");
	assert_false(broken[2]);
	check_str(pair[3].value, "\ufffd");
	assert_true(broken[3]);
	talloc_free(mem);
}

static void
too_many_pairs_are_refused(void **state)
{
	void *mem = talloc_new(NULL);
	char many[2 * URL_PAIRS_MAX + 2];
	struct http_pair *pair;
	size_t n;

	for (size_t i = 0; i < sizeof many; i++)
		many[i] = i % 2 ? '&' : 'a';
	assert_true(url_pairs(mem,
	    (struct str){many, 2 * URL_PAIRS_MAX - 1}, &pair, &n, NULL));
	assert_int_equal(n, URL_PAIRS_MAX);
	assert_false(url_pairs(mem, (struct str){many, 2 * URL_PAIRS_MAX + 1},
	    &pair, &n, NULL));
	talloc_free(mem);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(decodes_or_refuses),
	    cmocka_unit_test(nul_is_a_byte_like_others),
	    cmocka_unit_test(pairs_are_split_before_they_are_decoded),
	    cmocka_unit_test(what_is_no_text_is_replaced_and_noted),
	    cmocka_unit_test(too_many_pairs_are_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
