/* Which asset, and in which form: src/http/asset.c. */
#include "check.h"

#include "http/asset.h"

static const struct http_asset files[] = {
    {"/static/b.0123abcd.css", "text/css", "0123abcd4567", NULL, 0, NULL, 0},
    {"/favicon.ico", "image/png", "\"quoted\"", NULL, 0, NULL, 0},
    {"/static/a.js", "text/javascript", "77", NULL, 0, NULL, 0},
};

static void
finds_by_path(void **state)
{
	void *mem = talloc_new(NULL);
	struct assets *a = assets_new(mem, files, 3);
	struct assets *none = assets_new(mem, NULL, 0);

	assert_int_equal(assets_find(a, STR("/static/b.0123abcd.css")), 0);
	assert_int_equal(assets_find(a, STR("/favicon.ico")), 1);
	assert_int_equal(assets_find(a, STR("/static/a.js")), 2);
	assert_int_equal(assets_find(a, STR("/static/a.jsx")), -1);
	assert_int_equal(assets_find(a, STR("/")), -1);
	assert_int_equal(assets_find(none, STR("/")), -1);
	talloc_free(mem);
}

static void
gzip_is_sent_to_those_who_take_it(void **state)
{
	static const struct {
		const char *accept;
		bool takes;
	} rows[] = {
	    {"gzip", true},
	    {"gzip, deflate, br", true},
	    {"br,GZIP", true},
	    {"deflate, gzip;q=0.5", true},
	    {"gzip; q=1.0", true},
	    {"gzip;q=0", false},
	    {"gzip; q=0.000, br", false},
	    {"gzipped", false},
	    {"identity", false},
	    {"", false},
	};

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
		check_row(asset_takes_gzip(str_of(rows[i].accept)) ==
			rows[i].takes, rows[i].accept);
}

static void
unchanged_files_are_recognised(void **state)
{
	static const struct {
		const char *match;
		bool same;
	} rows[] = {
	    {"\"0123abcd4567\"", true},
	    {"\"0123abcd4567-gzip\"", true},
	    {"W/\"0123abcd4567\"", true},
	    {"\"x\", \"0123abcd4567\"", true},
	    {"*", true},
	    {"\"0123abcd4567x\"", false},
	    {"\"0123abcd456\"", false},
	    {"0123abcd4567", false},
	    {"\"\"", false},
	    {"\"", false},
	    {"", false},
	};

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
		check_row(asset_unchanged(&files[0], str_of(rows[i].match)) ==
			rows[i].same, rows[i].match);
	assert_true(asset_unchanged(&files[1], STR("\"quoted\"")));
}

static void
only_hashed_names_are_kept_for_ever(void **state)
{
	void *mem = talloc_new(NULL);

	assert_true(asset_is_hashed(&files[0]));
	assert_false(asset_is_hashed(&files[1]));
	assert_false(asset_is_hashed(&files[2]));
	check_str(asset_etag(mem, &files[1], false), "\"quoted\"");
	check_str(asset_etag(mem, &files[2], true), "\"77-gzip\"");
	talloc_free(mem);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(finds_by_path),
	    cmocka_unit_test(gzip_is_sent_to_those_who_take_it),
	    cmocka_unit_test(unchanged_files_are_recognised),
	    cmocka_unit_test(only_hashed_names_are_kept_for_ever),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
