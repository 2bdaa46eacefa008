/* What signing in leaves behind, and that it does not grow for ever:
 * src/desk/signin.c. Passwords and waiting are asked from outside,
 * tests/http/web_signin.test.mjs. */
#include "desk_fixture.h"

#include <pthread.h>

#include "base/secret.h"
#include "desk/employee.h"
#include "store/queries.h"

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

struct change {
	struct desk d;
	struct cx cx;
	enum err e;
};

static void *
change_mine(void *arg)
{
	struct change *c = arg;

	c->e = password_change(&c->d, RIGHT, STR("meine-neue-losung"),
	    STR("192.0.2.1"));
	return NULL;
}

/* Somebody who knows the password changes it in the moment in which an admin
 * sets another: the admin's counts. The change hashes and then waits for the
 * turn, which is let go only after as much hashing. */
static void
an_admins_password_is_not_written_over(void **state)
{
	struct fixture *f = *state;
	struct employee_form form = {.login = STR("kaiser"),
	    .name = STR("T. Kaiser"), .role = ROLE_AGENT, .password = RIGHT};
	struct change c = {.d = f->d, .cx = f->cx};
	struct str hash;
	DB_TX tx = {0};
	pthread_t thread;

	f->d.actor.role = ROLE_ADMIN;
	c.cx.mem = talloc_new(NULL);
	c.d.cx = &c.cx;
	c.d.db = store_connect(f->scratch->store);
	c.d.actor.login = form.login;
	fixture_ok(f, employee_add(&f->d, &form, &c.d.actor.employee_id));
	fixture_ok(f, db_begin(f->d.db, &tx));
	pthread_create(&thread, NULL, change_mine, &c);
	for (int i = 0; i < 6; i++)
		fixture_ok(f, secret_password_hash(f->cx.mem,
		    STR("des-admins-losung"), &hash));
	fixture_ok(f, q_employee_password(&tx, c.d.actor.employee_id, hash));
	fixture_ok(f, db_commit(&tx));
	pthread_join(thread, NULL);
	assert_string_equal(err_name(c.e), err_name(ERR_INVALID));
	assert_non_null(fault_of(&c.cx.fault, "current"));
	fixture_ok(f, sign_in(f, STR("des-admins-losung"), "192.0.2.1"));
	store_disconnect(c.d.db);
	talloc_free(c.cx.mem);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    DESK_ON_BOTH(failures_are_kept_to_a_number),
	    DESK_ON_BOTH(a_whole_network_is_one_guesser),
	    DESK_ON_BOTH(the_oldest_of_too_many_sessions_ends),
	    {"an_admins_password_is_not_written_over (sqlite)",
		an_admins_password_is_not_written_over, fixture_setup,
		fixture_teardown, (char[]){"sqlite"}},
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
