/* The demo company: src/desk/demo.c and src/doors/command/command_demo_*.c. The
 * rows come through the desk's own rules; here it is only counted that they
 * came, and that they make sense together. */
#include "desk_fixture.h"

#include "base/number.h"
#include "desk/ticket.h"
#include "doors/command/command_demo.h"

enum { CUSTOMERS = 60, CALLS = 200, TICKETS = 90, WAITING = 7 };

static const int64_t HOUR = 3600 * 1000LL;

/* A house with instruction and wording on the fixture's database, and the
 * program at work in it. */
static void
house_begin(struct fixture *f)
{
	struct house *house = NULL;
	struct str why = STR("");

	f->config.database = str_of(f->scratch->url);
	assert_int_equal(house_open(f->scratch->mem, &f->config,
			     f->house.clock, &house, &why),
	    OK);
	f->d.house = house;
	f->d.actor = (struct actor){.role = ROLE_ADMIN, .door = DOOR_COMMAND};
	assert_int_equal(house_load(&f->d, &why), OK);
}

static void
made(struct fixture *f)
{
	struct demo_made m;

	scratch_script(f->scratch, "DELETE FROM employee");
	house_begin(f);
	fixture_ok(f, demo_begin(&f->d));
	fixture_ok(f, demo_make(&f->d, &m));
	assert_int_equal(m.customers, CUSTOMERS);
	assert_int_equal(m.calls, CALLS);
	assert_int_equal(m.tickets, TICKETS);
	assert_int_equal(m.unanswered, WAITING);
	/* the unit of work is as it was */
	assert_int_equal(f->cx.now_ms, f->now_ms);
	assert_int_equal(f->d.actor.door, DOOR_COMMAND);
}

static void
counts_check(struct fixture *f)
{
	static const struct {
		const char *select;
		int64_t n;
	} rows[] = {
	    {"SELECT count(*) FROM employee", DEMO_SEATS},
	    {"SELECT count(*) FROM customer", CUSTOMERS},
	    {"SELECT count(*) FROM call", CALLS},
	    {"SELECT count(*) FROM ticket", TICKETS},
	    {"SELECT count(*) FROM ticket WHERE state = 1", WAITING},
	    {"SELECT count(*) FROM ticket WHERE state = 1 AND kind = 2", 1},
	    {"SELECT count(*) FROM ticket WHERE state = 1 AND kind = 4", 1},
	    {"SELECT count(*) FROM event WHERE kind = 'call.started'", CALLS},
	    {"SELECT count(*) FROM event WHERE kind = 'ticket.opened'",
		TICKETS},
	    {"SELECT count(*) FROM call WHERE ended_ms IS NULL", 0},
	    {"SELECT count(*) FROM call c WHERE NOT EXISTS"
	     " (SELECT 1 FROM call_matter m WHERE m.call_id = c.id)", 0},
	    /* orders in every state but cancelled */
	    {"SELECT count(DISTINCT state) FROM work_order", 6},
	    {"SELECT count(*) FROM work_order WHERE state > 3"
	     " AND answer_words = ''", 0},
	    /* every outcome that the instruction offers */
	    {"SELECT count(DISTINCT outcome) FROM call", 12},
	    {"SELECT count(*) FROM customer WHERE number = '10443-7'"
	     " AND name = 'Tischlerei Arndt GmbH'", 1},
	    {"SELECT count(*) FROM phone f JOIN person p ON p.id = f.person_id"
	     " WHERE f.e164 = '492214710112' AND p.name = 'Frau Arndt'"
	     " AND p.position = 'Inhaberin'", 1},
	    {"SELECT count(*) FROM phone WHERE NOT (e164 LIKE '492214710%'"
	     " OR e164 LIKE '493023125%' OR e164 LIKE '496990009%'"
	     " OR e164 LIKE '498999998%' OR e164 LIKE '494066969%')", 0},
	    {"SELECT count(*) FROM customer WHERE email NOT LIKE '%.example'",
		0},
	    /* who may call without a contract */
	    {"SELECT count(*) FROM contract WHERE starts_on > '2026-11-24'",
		1},
	};

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		fixture_count(f, rows[i].select, rows[i].n);
}

/* What a ticket owes, and what became of it. */
static void
tickets_check(struct fixture *f)
{
	fixture_count(f,
	    "SELECT count(*) FROM ticket t LEFT JOIN call_matter m"
	    " ON m.ticket_id = t.id AND m.call_id = t.call_id"
	    " WHERE m.call_id IS NULL OR t.question = '' OR t.summary = ''"
	    " OR t.caller_name = '' OR NOT t.read_back",
	    0);
	fixture_count(f,
	    "SELECT count(*) FROM ticket WHERE kind = 1 AND (customer_id IS "
	    "NULL"
	    " OR person_id IS NULL OR search_words = '' OR search_reason = ''"
	    " OR NOT internet_hint)",
	    0);
	fixture_count(f,
	    "SELECT count(*) FROM ticket t WHERE state <> 1 AND NOT EXISTS"
	    " (SELECT 1 FROM ticket_message m WHERE m.ticket_id = t.id"
	    " AND m.kind = 1 AND m.at_ms > t.opened_ms)",
	    0);
	for (int kind = MESSAGE_NOTE; kind <= MESSAGE_REOPENED; kind++)
		fixture_count(f,
		    str_printf(f->cx.mem,
			"SELECT CASE WHEN count(*) >= 3 THEN 0 ELSE 1 END"
			" FROM ticket_message WHERE kind = %d",
			kind).p,
		    0);
	fixture_count(f,
	    "SELECT count(*) FROM (SELECT question FROM ticket"
	    " GROUP BY question HAVING count(*) > 1) AS twice",
	    0);
}

/* Office hours on working days (Berlin in November is UTC+1), in order, and
 * nothing that has not happened yet. */
static void
times_check(struct fixture *f)
{
	static const char *const moments[] = {
	    "SELECT started_ms AS at_ms FROM call",
	    "SELECT ended_ms AS at_ms FROM call",
	    "SELECT at_ms FROM call_entry",
	    "SELECT at_ms FROM ticket_message"};

	for (size_t i = 0; i < sizeof moments / sizeof *moments; i++)
		fixture_count(f,
		    str_printf(f->cx.mem,
			"SELECT count(*) FROM (%s) AS m"
			" WHERE at_ms > %lld OR at_ms < %lld"
			" OR (at_ms / 3600000 + 1) %% 24 NOT BETWEEN 8 AND 16"
			" OR ((at_ms + 3600000) / 86400000 + 4) %% 7 IN (0, 6)",
			moments[i], (long long)f->now_ms,
			(long long)(f->now_ms - 15 * 24 * HOUR)).p,
		    0);
	fixture_count(f,
	    "SELECT count(*) FROM event a JOIN event b ON b.id = a.id + 1"
	    " WHERE b.at_ms < a.at_ms AND a.kind <> 'instruction.activated'"
	    " AND a.kind <> 'demo.begun'",
	    0);
	fixture_count(f,
	    "SELECT count(*) FROM call c WHERE ended_ms - started_ms > 520000"
	    " AND NOT EXISTS (SELECT 1 FROM work_order o"
	    "  WHERE o.call_id = c.id AND o.kind = 4)",
	    0);
	fixture_count(f,
	    "SELECT CASE WHEN count(*) BETWEEN 3 AND 9 THEN 0 ELSE 1 END"
	    " FROM call WHERE ended_ms - started_ms > 300000",
	    0);
}

/* Numbers that the house gives carry their check digit. */
static void
numbers_check(struct fixture *f)
{
	struct q_customer_row_rows rows;
	struct str key = STR("");
	int64_t id = 0;
	bool more = true;

	while (more) {
		fixture_ok(f, customer_list(&f->d, key, id, &rows, &more));
		for (size_t i = 0; i < rows.n; i++) {
			struct str n = rows.v[i].number;

			key = rows.v[i].name_key;
			id = rows.v[i].id;
			check_row(number_damm(n) == '0' || str_is(n, "10443-7"),
			    n.p);
		}
	}
}

static void
company(void **state)
{
	struct fixture *f = *state;

	assert_false(demo_is(&f->d));
	made(f);
	assert_true(demo_is(&f->d));
	counts_check(f);
	tickets_check(f);
	times_check(f);
	numbers_check(f);
	/* once more, and nothing happens */
	fixture_refused(f, demo_begin(&f->d), ERR_CONFLICT, "");
	counts_check(f);
	house_close(f->d.house);
}

/* A weekend, early in the morning: the last day is the one before. */
static void
weekend(void **state)
{
	struct fixture *f = *state;

	f->now_ms -= 2 * 24 * HOUR + 8 * HOUR;
	f->cx.now_ms = f->now_ms;
	made(f);
	times_check(f);
	fixture_count(f,
	    str_printf(f->cx.mem,
		"SELECT count(*) FROM call WHERE started_ms > %lld",
		(long long)(f->now_ms - 24 * HOUR)).p,
	    0);
	house_close(f->d.house);
}

/* Somebody works here: the passwords of the demo stay out. */
static void
not_empty(void **state)
{
	struct fixture *f = *state;

	f->d.actor = (struct actor){.role = ROLE_ADMIN, .door = DOOR_COMMAND};
	fixture_refused(f, demo_begin(&f->d), ERR_CONFLICT, "");
	assert_false(demo_is(&f->d));
	fixture_count(f, "SELECT count(*) FROM event", 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    DESK_ON_BOTH(company),
	    DESK_ON_BOTH(not_empty),
	    {"weekend (sqlite)", weekend, fixture_setup, fixture_teardown,
		(char[]){"sqlite"}},
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
