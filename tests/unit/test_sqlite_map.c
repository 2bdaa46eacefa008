/*
 * SQLite's file in memory (src/store/sqlite_map.c): what came into the file after
 * it was opened is there too, and is not read once more.
 */
#include <stdio.h>

#include "check.h"
#include "scratch.h"
#include "storetest.h"

enum { LARGE = 24 << 20 }; /* so much in the log goes to the file at once */

static const struct str NONE = {0};

/* What this process asked the system for so far. */
static int64_t
bytes_read(void)
{
	FILE *f = fopen("/proc/self/io", "r");
	long long n = -1;

	assert_non_null(f);
	assert_int_equal(fscanf(f, "rchar: %lld", &n), 1);
	fclose(f);
	return n;
}

static void
the_file_is_read_in_place(void **state)
{
	struct scratch *s = *state;
	struct q_note_row row;
	char *body = talloc_size(s->mem, LARGE);
	int64_t id = 0, before;

	for (int round = 0; round < 2; round++) {
		DB_TX tx = {0};

		for (size_t i = 0; i < LARGE; i++)
			body[i] = (char)('a' + (i / 97 + (size_t)round) % 26);
		assert_int_equal(db_begin(s->db, &tx), OK);
		assert_int_equal(q_note_add(&tx, s->mem, opt(1),
		    (struct str){body, LARGE}, NONE, false, NONE, &id), OK);
		assert_int_equal(db_commit(&tx), OK);
		before = bytes_read();
		assert_int_equal(q_note(s->db, s->mem, id, &row), OK);
		assert_true(str_eq(row.body, (struct str){body, LARGE}));
		assert_true(bytes_read() - before < LARGE / 10);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    ON_SQLITE(the_file_is_read_in_place),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
