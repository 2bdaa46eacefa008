/* JSON in and out: src/base/json.c. */
#include "check.h"

#include "base/json.h"

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

static bool
names_join(void *arg, struct str name, const struct json *value)
{
	buf_str(arg, name);
	buf_i64(arg, json_int(value));
	return !str_is(name, "c");
}

static void
reads_every_kind(void **state)
{
	struct json *j;
	struct str why;
	struct buf b;

	assert_int_equal(json_parse(*state,
			     STR("{\"b\":2,\"a\":-1,\"c\":3,\"t\":\"\\u00fc\","
				 "\"l\":[true,false,null,1.5,{}],\"z\":9}"),
			     &j, &why),
	    OK);
	assert_int_equal(json_kind(j), JSON_OBJECT);
	assert_int_equal(json_count(j), 6);
	assert_int_equal(json_int(json_member(j, "a")), -1);
	check_str(json_text(json_member(j, "t")), "ü");
	assert_int_equal(json_count(json_member(j, "l")), 5);
	assert_true(json_bool(json_at(json_member(j, "l"), 0)));
	assert_false(json_bool(json_at(json_member(j, "l"), 1)));
	assert_int_equal(
	    json_kind(json_at(json_member(j, "l"), 2)), JSON_NULL);
	assert_int_equal(
	    json_kind(json_at(json_member(j, "l"), 3)), JSON_REAL);
	assert_null(json_at(json_member(j, "l"), 5));
	assert_null(json_member(j, "none"));
	buf_init(&b, *state, 100);
	json_members(j, &b, names_join);
	check_str(buf_get(&b), "b2a-1c3"); /* in order, until told to stop */
}

static void
wrong_kinds_do_no_harm(void **state)
{
	struct json *j;
	struct str why;

	assert_int_equal(json_parse(*state, STR("[\"x\", 1]"), &j, &why), OK);
	assert_null(json_member(j, "x"));
	assert_null(json_text(json_at(j, 1)).p);
	assert_int_equal(json_int(json_at(j, 0)), 0);
	assert_false(json_bool(json_at(j, 1)));
	assert_int_equal(json_kind(NULL), JSON_NULL);
	assert_int_equal(json_count(NULL), 0);
	assert_null(json_text(NULL).p);
	json_members(j, NULL, names_join);
	json_members(NULL, NULL, names_join);
}

static struct str
nested(void *mem, int depth)
{
	struct buf b;

	buf_init(&b, mem, 1 << 20);
	for (int i = 0; i < depth; i++)
		buf_char(&b, '[');
	for (int i = 0; i < depth; i++)
		buf_char(&b, ']');
	return buf_get(&b);
}

static void
refuses_what_is_malformed(void **state)
{
	const struct str rows[] = {STR(""), STR(" "), STR("{"),
	    STR("{\"a\":1,}"), STR("{\"a\":1}x"), STR("{\"a\":1,\"a\":2}"),
	    STR("[1 2]"), STR("\"\\u0000\""), STR("\"\0\""), STR("\"\xff\""),
	    STR("\"\\ud800\""), STR("'a'"), STR("01"), STR("nul"),
	    STR("9223372036854775808"), STR("1e999"), STR("\"a\nb\""),
	    STR("\xef\xbb\xbf{}"), {NULL, 0}};
	struct json *j = NULL;

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct str why = {NULL, 0};

		check_row(json_parse(*state, rows[i], &j, &why) ==
			ERR_MALFORMED,
		    rows[i].p ? rows[i].p : "NULL");
		assert_non_null(why.p);
		assert_null(j);
	}
}

static void
says_where(void **state)
{
	struct json *j;
	struct str why;

	assert_int_equal(json_parse(*state, STR("{\n \"a\": x}"), &j, &why),
	    ERR_MALFORMED);
	assert_true(str_starts(why, STR("line 2, column ")));
}

static void
refuses_what_is_too_deep(void **state)
{
	struct json *j;
	struct str why;

	assert_int_equal(json_parse(*state, nested(*state, 64), &j, &why), OK);
	assert_int_equal(
	    json_parse(*state, nested(*state, 65), &j, &why), ERR_MALFORMED);
	assert_int_equal(json_parse(*state, nested(*state, 100000), &j, &why),
	    ERR_MALFORMED);
	/* brackets in texts nest nothing */
	assert_int_equal(
	    json_parse(*state,
		STR("\"[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[\\\"[[[[[[[[[[[[[["
		    "[[[[[[[[[[[[[[[[[[[[[[[[\""),
		&j, &why),
	    OK);
}

static void
writes(void **state)
{
	struct json_out o;
	struct buf b;

	buf_init(&b, *state, 1000);
	json_begin(&o, &b);
	json_open(&o, '{');
	json_name(&o, "a");
	json_put_int(&o, -1);
	json_name(&o, "l");
	json_open(&o, '[');
	json_put_bool(&o, true);
	json_put_bool(&o, false);
	json_put_null(&o);
	json_open(&o, '{');
	json_close(&o, '}');
	json_open(&o, '{');
	json_name(&o, "x");
	json_put_int(&o, 1);
	json_close(&o, '}');
	json_close(&o, ']');
	json_name(&o, "t");
	json_put_text(&o, STR("ä\"\\\n\x01</script>\x7f"));
	json_name(&o, "n");
	json_put_text(&o, str_of(NULL));
	json_name(&o, "e");
	json_put_text(&o, STR(""));
	json_close(&o, '}');
	check_str(buf_get(&b),
	    "{\"a\":-1,\"l\":[true,false,null,{},{\"x\":1}],"
	    "\"t\":\"ä\\\"\\\\\\n\\u0001\\u003c/script>\\u007f\","
	    "\"n\":null,\"e\":\"\"}");
}

/* Whatever is put in comes out again as valid JSON. */
static void
writes_what_it_can_read(void **state)
{
	const struct str rows[] = {STR("\xff\xfe"), STR("a\0b"),
	    STR("\xed\xa0\x80"), STR("\\u0000"), STR("\u2028😀")};

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct json_out o;
		struct json *j;
		struct buf b;
		struct str why;

		buf_init(&b, *state, 1000);
		json_begin(&o, &b);
		json_put_text(&o, rows[i]);
		assert_int_equal(json_parse(*state, buf_get(&b), &j, &why), OK);
	}
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, prepare, done)

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST(reads_every_kind),
	    TEST(wrong_kinds_do_no_harm),
	    TEST(refuses_what_is_malformed),
	    TEST(says_where),
	    TEST(refuses_what_is_too_deep),
	    TEST(writes),
	    TEST(writes_what_it_can_read),
	};

	return cmocka_run_group_tests_name("json", tests, NULL, NULL);
}
