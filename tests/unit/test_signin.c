/* What signing in leaves behind, and that it does not grow for ever:
 * src/desk/signin.c. Passwords and waiting are asked from outside,
 * tests/http/web_signin.test.mjs. */
#include "desk_fixture.h"

#include "desk/employee.h"

enum { GUESSED = 100010, KEPT = 100000 };

/* Guesses from more places than there are people. */
static void
failures_are_kept_to_a_number(void **state)
{
	struct fixture *f = *state;

	scratch_script(f->scratch, str_printf(f->cx.mem,
	    "INSERT INTO signin_failure(subject, failures, last_ms) "
	    "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL "
	    "SELECT i + 1 FROM n WHERE i < %d) "
	    "SELECT 'from:' || i, 1, %lld + i FROM n", GUESSED,
	    (long long)f->now_ms).p);
	fixture_ok(f, employee_housekeeping(&f->d));
	fixture_count(f, "SELECT count(*) FROM signin_failure", KEPT);
	fixture_count(f, "SELECT count(*) FROM signin_failure "
	    "WHERE subject = 'from:100010'", 1);
	fixture_ok(f, employee_housekeeping(&f->d));
	fixture_count(f, "SELECT count(*) FROM signin_failure", KEPT);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    DESK_ON_BOTH(failures_are_kept_to_a_number),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
