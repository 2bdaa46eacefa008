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

#define WRONG STR("geraten")
#define RIGHT STR("kurze-dienstwege")

static enum err
sign_in(struct fixture *f, struct str password, const char *from)
{
	struct str token;

	return session_open(&f->d, STR("kaiser"), password, str_of(from),
	    &token);
}

/* Who has one address of an IPv6 network has them all. */
static void
a_whole_network_is_one_guesser(void **state)
{
	struct fixture *f = *state;

	scratch_script(f->scratch, str_printf(f->cx.mem,
	    "INSERT INTO signin_failure(subject, failures, last_ms) VALUES "
	    "('from:2001:0db8:0000:0007::/64', 25, %lld), "
	    "('from:::ffff:192.0.2.1', 25, %lld)", (long long)f->now_ms,
	    (long long)f->now_ms).p);
	fixture_refused(f, sign_in(f, WRONG, "2001:db8:0:7::1"), ERR_LIMITED,
	    "");
	fixture_refused(f, sign_in(f, WRONG, "2001:db8:0:7:ffff::2"),
	    ERR_LIMITED, "");
	fixture_refused(f, sign_in(f, WRONG, "2001:db8:0:8::1"),
	    ERR_UNAUTHENTICATED, "");
	fixture_refused(f, sign_in(f, WRONG, "::ffff:192.0.2.1"), ERR_LIMITED,
	    "");
	fixture_refused(f, sign_in(f, WRONG, "::ffff:192.0.2.2"),
	    ERR_UNAUTHENTICATED, "");
}

/* Somebody who signs in again and again. */
static void
the_oldest_of_too_many_sessions_ends(void **state)
{
	enum { MOST = 20 };
	struct fixture *f = *state;
	struct employee_form form = {.login = STR("kaiser"),
	    .name = STR("T. Kaiser"), .role = ROLE_AGENT, .password = RIGHT};
	const char *hex = strcmp(f->scratch->engine, "sqlite")
	    ? "decode(lpad(CAST(i AS TEXT), 8, '0'), 'hex')"
	    : "CAST(i AS BLOB)";
	int64_t id;

	f->d.actor.role = ROLE_ADMIN;
	fixture_ok(f, employee_add(&f->d, &form, &id));
	scratch_script(f->scratch, str_printf(f->cx.mem,
	    "INSERT INTO session(digest, employee_id, created_ms, seen_ms, "
	    "expires_ms) WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL "
	    "SELECT i + 1 FROM n WHERE i < %d) "
	    "SELECT %s, %lld, i, 0, 9 FROM n", MOST, hex, (long long)id).p);
	fixture_ok(f, sign_in(f, RIGHT, "192.0.2.1"));
	fixture_count(f, "SELECT count(*) FROM session", MOST);
	fixture_count(f, "SELECT min(created_ms) FROM session", 2);
	fixture_count(f, "SELECT count(*) FROM session WHERE seen_ms > 0", 1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    DESK_ON_BOTH(failures_are_kept_to_a_number),
	    DESK_ON_BOTH(a_whole_network_is_one_guesser),
	    DESK_ON_BOTH(the_oldest_of_too_many_sessions_ends),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
