/* Contracts and what they entitle to: src/desk/contract.c. */
#include "desk_fixture.h"

#include "desk/contract.h"
#include "desk/customer.h"
#include "store/queries.h"

static int64_t
customer_made(struct fixture *f)
{
	struct customer_form form = {.name = STR("Tischlerei Arndt GmbH")};
	int64_t id;

	fixture_ok(f, customer_add(&f->d, &form, &id));
	return id;
}

static void
states(void **state)
{
	static const struct {
		const char *starts, *ends, *today;
		enum contract_state expected;
	} rows[] = {
	    {"2026-01-01", "", "2026-11-24", CONTRACT_ACTIVE},
	    {"2026-11-24", "", "2026-11-24", CONTRACT_ACTIVE},
	    {"2026-11-25", "", "2026-11-24", CONTRACT_FUTURE},
	    {"2026-01-01", "2026-11-24", "2026-11-24", CONTRACT_ACTIVE},
	    {"2026-01-01", "2026-11-23", "2026-11-24", CONTRACT_ENDED},
	    {"2026-11-24", "2026-11-24", "2026-11-24", CONTRACT_ACTIVE},
	    {"2027-01-01", "2027-12-31", "2026-11-24", CONTRACT_FUTURE},
	};

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		assert_int_equal(contract_state_on(str_of(rows[i].starts),
				     str_of(rows[i].ends),
				     str_of(rows[i].today)),
		    rows[i].expected);
}

/* The best contract counts, and both its days do. */
static void
entitlement(void **state)
{
	static const struct {
		const char *name;
		const char *span[3][2];
		enum entitlement expected;
	} rows[] = {
	    {"none", {{0}}, NEVER},
	    {"tomorrow", {{"2026-11-25", ""}}, FUTURE},
	    {"yesterday", {{"2026-01-01", "2026-11-23"}}, FORMER},
	    {"last day", {{"2026-01-01", "2026-11-24"}}, ENTITLED},
	    {"first day", {{"2026-11-24", ""}}, ENTITLED},
	    {"past and future",
		{{"2026-12-01", ""}, {"2025-01-01", "2025-12-31"}}, FORMER},
	    {"all three",
		{{"2026-12-01", ""}, {"2026-01-01", ""},
		    {"2025-01-01", "2025-12-31"}},
		ENTITLED},
	};
	struct fixture *f = *state;

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		int64_t customer = customer_made(f), id;
		enum entitlement got;

		for (int k = 0; k < 3 && rows[i].span[k][0]; k++) {
			struct contract_form form = {
			    .product = STR("DSL 100"),
			    .starts_on = str_of(rows[i].span[k][0]),
			    .ends_on = str_of(rows[i].span[k][1])};

			fixture_ok(f,
			    contract_add(&f->d, customer, &form, &id));
		}
		fixture_ok(f, contract_entitlement(&f->d, f->d.db, customer,
				  STR("2026-11-24"), &got));
		check_row(got == rows[i].expected, rows[i].name);
	}
}

static void
refusals(void **state)
{
	const struct {
		struct contract_form form;
		const char *field;
	} rows[] = {
	    {{.starts_on = STR("2026-01-01")}, "product"},
	    {{.product = STR("X")}, "starts_on"},
	    {{.product = STR("X"), .starts_on = STR("2026-02-29")},
		"starts_on"},
	    {{.product = STR("X"), .starts_on = STR("24.11.2026")},
		"starts_on"},
	    {{.product = STR("X"), .starts_on = STR("2026-02-01"),
		 .ends_on = STR("2026-01-31")},
		"ends_on"},
	    {{.product = STR("X\xff"), .starts_on = STR("2026-02-01")},
		"product"},
	};
	struct fixture *f = *state;
	struct contract_form good = {.product = STR("X"),
	    .starts_on = STR("2026-02-01"), .ends_on = STR("2026-02-01")};
	int64_t customer = customer_made(f), id = -1;

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		fixture_refused(f,
		    contract_add(&f->d, customer, &rows[i].form, &id),
		    ERR_INVALID, rows[i].field);
	fixture_refused(f, contract_add(&f->d, customer + 1, &good, &id),
	    ERR_NOT_FOUND, "");
	assert_int_equal(id, -1);
	fixture_count(f, "SELECT count(*) FROM contract", 0);
	fixture_ok(f, contract_add(&f->d, customer, &good, &id));
	f->d.actor.role = ROLE_NONE;
	fixture_refused(f, contract_add(&f->d, customer, &good, &id),
	    ERR_FORBIDDEN, "");
	fixture_count(f, "SELECT count(*) FROM contract", 1);
}

static void
edit(void **state)
{
	struct fixture *f = *state;
	struct contract_form form = {.number = STR(" V-1 "),
	    .product = STR("DSL  100"), .starts_on = STR("2026-01-01")};
	struct q_contract_row row;
	int64_t customer = customer_made(f), id;

	fixture_ok(f, contract_add(&f->d, customer, &form, &id));
	fixture_ok(f, contract_get(&f->d, id, &row));
	check_str(row.number, "V-1");
	check_str(row.product, "DSL 100");
	form.number = row.number;
	form.ends_on = STR("2026-12-31");
	form.version = row.version;
	fixture_ok(f, contract_edit(&f->d, id, &form));
	fixture_refused(f, contract_edit(&f->d, id, &form), ERR_STALE, "");
	fixture_ok(f, contract_get(&f->d, id, &row));
	check_str(row.ends_on, "2026-12-31");
	fixture_count(f,
	    "SELECT count(*) FROM event WHERE subject_id = 1 AND"
	    " kind = 'customer.contract_changed' AND payload LIKE"
	    " '%\"ends_on\":{\"before\":\"\",\"after\":\"2026-12-31\"}%'"
	    " AND payload NOT LIKE '%number%'",
	    1);
	/* nothing changed, nothing written */
	form.version = row.version;
	fixture_ok(f, contract_edit(&f->d, id, &form));
	fixture_ok(f, contract_get(&f->d, id, &row));
	assert_int_equal(row.version, form.version);
	fixture_refused(f, contract_edit(&f->d, id + 1, &form), ERR_NOT_FOUND,
	    "");
}

static void
list(void **state)
{
	static const char *const starts[] = {"2026-01-01", "2027-01-01",
	    "2020-01-01"};
	static const char *const ends[] = {"", "", "2020-12-31"};
	static const char *const names[] = {"future", "active", "ended"};
	struct fixture *f = *state;
	int64_t customer = customer_made(f), id;
	struct contract_lines lines;

	for (int i = 0; i < 3; i++) {
		struct contract_form form = {.product = STR("X"),
		    .starts_on = str_of(starts[i]),
		    .ends_on = str_of(ends[i])};

		fixture_ok(f, contract_add(&f->d, customer, &form, &id));
	}
	fixture_ok(f, contract_list(&f->d, customer, &lines));
	assert_int_equal(lines.n, 3);
	for (int i = 0; i < 3; i++)
		assert_string_equal(contract_state_name(lines.v[i].state),
		    names[i]);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(states),
	    DESK_ON_BOTH(entitlement),
	    DESK_ON_BOTH(refusals),
	    DESK_ON_BOTH(edit),
	    DESK_ON_BOTH(list),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
