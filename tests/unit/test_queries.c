/*
 * Every statement of sql/queries is prepared on both engines, on the schema
 * that the migrations make, and held against its declared signature: how many
 * parameters and columns, and of which types. The store's own queries, some of
 * which are wrong on purpose, show that this finds something.
 */
#include "check.h"
#include "scratch.h"
#include "store/engine.h"
#include "store/queries.h"
#include "storetest.h"

static void
every_query_fits(void **state)
{
	struct scratch *s = *state;
	struct str why;
	int applied, wrong = 0;

	assert_int_equal(store_migrate(s->store, &applied, &why, s->mem), OK);
	assert_true(queries_count > 0);
	for (size_t i = 0; i < queries_count; i++) {
		struct db *db = store_connect(s->store);

		if (s->store->engine->check(db, &queries_all[i]) != OK) {
			print_error("%s\n", db_why(db));
			wrong++;
		}
		store_disconnect(db);
	}
	assert_int_equal(wrong, 0);
}

static bool
is_wrong(const char *name)
{
	static const char *const names[] = {"note_misfit", "note_fewer",
	    "note_no_table"};

	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (strcmp(names[i], name) == 0)
			return true;
	return false;
}

static void
wrong_ones_are_found(void **state)
{
	struct scratch *s = *state;

	for (size_t i = 0; i < storetest_count; i++) {
		const struct query *q = &storetest_all[i];
		enum err e = s->store->engine->check(s->db, q);

		check_row(e == (is_wrong(q->name) ? ERR_STORE : OK), q->name);
	}
}

static int
setup(void **state)
{
	*state = scratch_open(*state);
	return 0;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    {"every_query_fits (sqlite)", every_query_fits, setup,
		scratch_teardown, (char[]){"sqlite"}},
	    {"every_query_fits (postgresql)", every_query_fits, setup,
		scratch_teardown, (char[]){"postgresql"}},
	    ON_BOTH(wrong_ones_are_found),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
