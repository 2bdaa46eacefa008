/* A unit of work and its faults, and the errors' table: src/base/cx.c, err.c.
 * The catalogue is a small one of the test's own. */
#include "check.h"

#include "base/catalogue.h"
#include "base/cx.h"

const struct catalogue_row catalogue_de[] = {
    {"%s is missing", "%s fehlt"},
};
const size_t catalogue_de_count = 1;

static void
first_error_decides(void **state)
{
	struct cx cx = {.mem = talloc_new(NULL), .lang = LANG_DE};
	char field[] = "name";

	assert_int_equal(fail(&cx, ERR_INVALID, field, "%s is missing", "Ort"),
	    ERR_INVALID);
	field[0] = 'X'; /* the fault keeps its own copy */
	assert_int_equal(fail(&cx, ERR_CONFLICT, NULL, "no such text"),
	    ERR_CONFLICT);
	assert_int_equal(cx.fault.err, ERR_INVALID);
	assert_int_equal(cx.fault.n, 2);
	assert_string_equal(fault_of(&cx.fault, "name"), "Ort fehlt");
	assert_string_equal(fault_of(&cx.fault, ""), "no such text");
	assert_null(fault_of(&cx.fault, "town"));
	fault_clear(&cx.fault);
	assert_int_equal(cx.fault.err, OK);
	assert_null(fault_of(&cx.fault, "name"));
	talloc_free(cx.mem);
}

static void
too_many_faults_are_only_counted_out(void **state)
{
	struct cx cx = {.mem = talloc_new(NULL), .lang = LANG_EN};

	for (int i = 0; i < FAULT_MAX + 5; i++)
		assert_int_equal(
		    fail(&cx, ERR_INVALID, "f", "%s is missing", "x"),
		    ERR_INVALID);
	assert_int_equal(cx.fault.n, FAULT_MAX);
	assert_string_equal(fault_of(&cx.fault, "f"), "x is missing");
	talloc_free(cx.mem);
}

static void
every_error_has_a_name_and_a_status(void **state)
{
	for (int e = 0; e < ERR__MAX; e++) {
		assert_non_null(err_name((enum err)e));
		assert_in_range(err_status((enum err)e), 200, 599);
	}
	assert_string_equal(err_name(ERR_NOT_FOUND), "not-found");
	assert_int_equal(err_status(ERR_NOT_FOUND), 404);
	assert_true(err_retryable(ERR_BUSY));
	assert_false(err_retryable(ERR_STORE));
	assert_int_equal(err_status((enum err)999), 500);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(first_error_decides),
	    cmocka_unit_test(too_many_faults_are_only_counted_out),
	    cmocka_unit_test(every_error_has_a_name_and_a_status),
	};

	return cmocka_run_group_tests_name("cx", tests, NULL, NULL);
}
