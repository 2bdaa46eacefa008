/* Checked fields by table: src/http/form.c. */
#include "check.h"

#include "base/cx.h"
#include "http/form.h"

struct sample {
	struct str name, note, pin, day;
	int64_t id, count;
	bool yes;
	int colour;
};

static const char *const colours[] = {"red", "green", NULL};

static const struct http_field fields[] = {
    {"name", FIELD_LINE, true, 10, offsetof(struct sample, name), NULL},
    {"note", FIELD_TEXT, false, 0, offsetof(struct sample, note), NULL},
    {"pin", FIELD_SECRET, false, 0, offsetof(struct sample, pin), NULL},
    {"day", FIELD_DATE, false, 0, offsetof(struct sample, day), NULL},
    {"id", FIELD_ID, false, 0, offsetof(struct sample, id), NULL},
    {"count", FIELD_INT, false, 0, offsetof(struct sample, count), NULL},
    {"yes", FIELD_BOOL, false, 0, offsetof(struct sample, yes), NULL},
    {"colour", FIELD_CHOICE, false, 0, offsetof(struct sample, colour),
	colours},
};
static HTTP_FORM(form, struct sample, fields);

static enum err
read_typed(struct cx *cx, const char *source, struct sample *out)
{
	struct form_values v;
	enum err e = form_values_typed(cx, str_of(source), &v);

	return e == OK ? form_fill(cx, &form, &v, out) : e;
}

static enum err
read_json(struct cx *cx, const char *source, struct sample *out)
{
	struct form_values v;
	enum err e = form_values_json(cx, str_of(source), &v);

	return e == OK ? form_fill(cx, &form, &v, out) : e;
}

static void
every_kind_is_read(void **state)
{
	struct cx cx = {.mem = talloc_new(NULL), .lang = LANG_EN};
	struct sample s;

	assert_int_equal(read_typed(&cx,
			     "name=++Anna++B+&note=a%0D%0Ab&pin=+x+&id=7"
			     "&count=-12&yes=on&colour=green&day=2024-02-29"
			     "&other=ignored",
			     &s),
	    OK);
	check_str(s.name, "Anna B");
	check_str(s.note, "a\nb");
	check_str(s.pin, " x ");
	check_str(s.day, "2024-02-29");
	assert_int_equal(s.id, 7);
	assert_int_equal(s.count, -12);
	assert_true(s.yes);
	assert_int_equal(s.colour, 1);
	assert_int_equal(cx.fault.n, 0);
	talloc_free(cx.mem);
}

static void
what_is_not_given_is_empty(void **state)
{
	struct cx cx = {.mem = talloc_new(NULL), .lang = LANG_EN};
	struct sample s;

	memset(&s, 0xff, sizeof s);
	assert_int_equal(read_typed(&cx, "name=A&id=&count=&yes=", &s), OK);
	check_str(s.note, "");
	check_str(s.day, "");
	assert_int_equal(s.id, 0);
	assert_int_equal(s.count, 0);
	assert_false(s.yes);
	assert_int_equal(s.colour, -1);
	talloc_free(cx.mem);
}

/* Each row is wrong in one field, and says so. */
static void
wrong_fields_are_named(void **state)
{
	static const struct {
		const char *source, *field, *text;
	} rows[] = {
	    {"", "name", "must not be empty"},
	    {"name=+", "name", "must not be empty"},
	    {"name=12345678901", "name",
		"is too long: 11 characters, at most 10"},
	    {"name=%C3%BC%C3%BC%C3%BC%C3%BC%C3%BC%C3%BC%C3%BC%C3%BC%C3%BC%C3"
	     "%BCx",
		"name", "is too long: 11 characters, at most 10"},
	    {"name=a%ff", "name", "holds bytes that are no text (UTF-8)"},
	    {"name=a%00", "name", "holds bytes that are no text (UTF-8)"},
	    {"name=a&name=b", "name", "was sent more than once"},
	    {"name=a&name=b&name=c", "name", "was sent more than once"},
	    {"name=a&id=0", "id", "must be a number above zero"},
	    {"name=a&id=-3", "id", "must be a number above zero"},
	    {"name=a&id=x", "id", "must be a whole number"},
	    {"name=a&id=1.5", "id", "must be a whole number"},
	    {"name=a&count=9223372036854775808", "count",
		"must be a whole number, and not such a long one"},
	    {"name=a&count=--3", "count",
		"must be a whole number, and not such a long one"},
	    {"name=a&yes=maybe", "yes", "must be true or false"},
	    {"name=a&day=2023-02-29", "day",
		"must be a day like 2026-11-24"},
	    {"name=a&day=24.11.2026", "day",
		"must be a day like 2026-11-24"},
	    {"name=a&colour=blue", "colour",
		"must be one of these: red, green"},
	};

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct cx cx = {.mem = talloc_new(NULL), .lang = LANG_EN};
		struct sample s;

		check_row(read_typed(&cx, rows[i].source, &s) == ERR_INVALID,
		    rows[i].source);
		check_row(cx.fault.n == 1, rows[i].source);
		assert_string_equal(cx.fault.item[0].field, rows[i].field);
		assert_string_equal(cx.fault.item[0].text, rows[i].text);
		talloc_free(cx.mem);
	}
}

static void
what_was_typed_comes_back(void **state)
{
	struct cx cx = {.mem = talloc_new(NULL), .lang = LANG_EN};
	struct sample s;

	assert_int_equal(read_typed(&cx,
			     "name=a+very+long+name&note=x%ffy%00&day=soon"
			     "&colour=blue&id=x&count=5",
			     &s),
	    ERR_INVALID);
	check_str(s.name, "a very long name");
	check_str(s.note, "x\xef\xbf\xbdy\xef\xbf\xbd");
	check_str(s.day, "soon");
	assert_int_equal(s.colour, -1);
	assert_int_equal(s.id, 0);
	assert_int_equal(s.count, 5);
	assert_int_equal(cx.fault.n, 5);
	talloc_free(cx.mem);
}

static void
json_has_kinds_of_its_own(void **state)
{
	static const struct {
		const char *source, *field, *text; /* field NULL: fine */
	} rows[] = {
	    {"{\"name\":\"a\",\"id\":5,\"yes\":true,\"colour\":\"red\"}", NULL,
		NULL},
	    {"{\"name\":\"a\",\"id\":null,\"day\":null}", NULL, NULL},
	    {"{\"name\":null}", "name", "must not be empty"},
	    {"{\"name\":5}", "name", "must be a text"},
	    {"{\"name\":[\"a\"]}", "name", "must be a text"},
	    {"{\"name\":\"a\",\"id\":\"5\"}", "id", "must be a whole number"},
	    {"{\"name\":\"a\",\"id\":5.5}", "id", "must be a whole number"},
	    {"{\"name\":\"a\",\"id\":true}", "id", "must be a whole number"},
	    {"{\"name\":\"a\",\"yes\":1}", "yes", "must be true or false"},
	    {"{\"name\":\"a\",\"yes\":\"true\"}", "yes",
		"must be true or false"},
	    {"{\"name\":\"a\",\"colour\":1}", "colour", "must be a text"},
	    {"{\"name\":\"a\",\"nmae\":\"b\"}", "nmae", "is not known here"},
	};

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct cx cx = {.mem = talloc_new(NULL), .lang = LANG_EN};
		struct sample s;
		enum err e = read_json(&cx, rows[i].source, &s);

		check_row((e == OK) == (rows[i].field == NULL),
		    rows[i].source);
		if (e != OK) {
			check_row(cx.fault.n == 1, rows[i].source);
			assert_string_equal(cx.fault.item[0].field,
			    rows[i].field);
			assert_string_equal(cx.fault.item[0].text,
			    rows[i].text);
		}
		talloc_free(cx.mem);
	}
}

static void
what_is_no_form_is_malformed(void **state)
{
	static const char *const typed[] = {"name=%", "name=%zz", "%=a"};
	static const char *const json[] = {"", "[]", "5", "{", "{\"a\":1,}",
	    "{\"a\":1,\"a\":2}", "{\"a\":\"\\u0000\"}"};
	struct sample s;

	for (size_t i = 0; i < sizeof typed / sizeof typed[0]; i++) {
		struct cx cx = {.mem = talloc_new(NULL), .lang = LANG_EN};

		check_row(read_typed(&cx, typed[i], &s) == ERR_MALFORMED,
		    typed[i]);
		assert_non_null(fault_of(&cx.fault, ""));
		talloc_free(cx.mem);
	}
	for (size_t i = 0; i < sizeof json / sizeof json[0]; i++) {
		struct cx cx = {.mem = talloc_new(NULL), .lang = LANG_EN};

		check_row(read_json(&cx, json[i], &s) == ERR_MALFORMED,
		    json[i]);
		assert_non_null(fault_of(&cx.fault, ""));
		talloc_free(cx.mem);
	}
}

static void
required_means_given(void **state)
{
	static const struct http_field must[] = {
	    {"yes", FIELD_BOOL, true, 0, offsetof(struct sample, yes), NULL},
	    {"id", FIELD_ID, true, 0, offsetof(struct sample, id), NULL},
	    {"day", FIELD_DATE, true, 0, offsetof(struct sample, day), NULL},
	    {"colour", FIELD_CHOICE, true, 0, offsetof(struct sample, colour),
		colours},
	};
	static HTTP_FORM(all, struct sample, must);
	struct cx cx = {.mem = talloc_new(NULL), .lang = LANG_EN};
	struct form_values v;
	struct sample s;

	assert_int_equal(form_values_typed(&cx, STR("day=&id="), &v), OK);
	assert_int_equal(form_fill(&cx, &all, &v, &s), ERR_INVALID);
	assert_string_equal(fault_of(&cx.fault, "yes"), "must be given");
	assert_string_equal(fault_of(&cx.fault, "id"), "must not be empty");
	assert_string_equal(fault_of(&cx.fault, "day"), "must not be empty");
	assert_string_equal(fault_of(&cx.fault, "colour"), "must be chosen");
	assert_int_equal(form_values_typed(&cx,
			     STR("yes=0&id=1&day=2026-11-24&colour=red"), &v),
	    OK);
	assert_int_equal(form_fill(&cx, &all, &v, &s), OK);
	talloc_free(cx.mem);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(every_kind_is_read),
	    cmocka_unit_test(what_is_not_given_is_empty),
	    cmocka_unit_test(wrong_fields_are_named),
	    cmocka_unit_test(what_was_typed_comes_back),
	    cmocka_unit_test(json_has_kinds_of_its_own),
	    cmocka_unit_test(what_is_no_form_is_malformed),
	    cmocka_unit_test(required_means_given),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
