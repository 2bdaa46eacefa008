/*
 * SQLite's log, written in larger pieces (src/store/sqlite_log.c): what is held is
 * there for whoever may see it, and what cannot be written is told.
 */
#include <sys/stat.h>

#include "check.h"
#include "notes.h"

enum { LARGE = 24 << 20 }; /* more than the writer's cache */

static const struct str NONE = {0};

static enum err
add(struct scratch *s, struct db_tx *tx, struct str body, int64_t *id)
{
	return q_note_add(tx, s->mem, opt(1), body, NONE, false, NONE, id);
}

/* A text whose every page is another. */
static struct str
large(void *mem, char first)
{
	char *p = talloc_size(mem, LARGE);

	for (size_t i = 0; i < LARGE; i++)
		p[i] = (char)('a' + (first + i / 97) % 26);
	return (struct str){p, LARGE};
}

static void
check_body(struct scratch *s, int64_t id, struct str body)
{
	struct q_note_row row;

	assert_int_equal(q_note(s->db, s->mem, id, &row), OK);
	assert_true(str_eq(row.body, body));
}

/* Pages that the cache has no room for go to the log before the commit, and again
 * to the same place if they change once more. */
static void
a_large_transaction_is_read_and_kept(void **state)
{
	struct scratch *s = *state;
	struct str one = large(s->mem, 1), two = large(s->mem, 2);
	int64_t id = 0, other = 0, first = 0, replies = 0;
	DB_TX tx = {0};

	assert_int_equal(db_begin(s->db, &tx), OK);
	assert_int_equal(add(s, &tx, STR("small"), &first), OK);
	assert_int_equal(q_note_reply(&tx, first, STR("before")), OK);
	assert_int_equal(add(s, &tx, one, &id), OK);
	check_body(s, id, one);
	assert_int_equal(q_note_reply(&tx, first, STR("behind")), OK);
	assert_int_equal(add(s, &tx, two, &other), OK);
	check_body(s, id, one);
	check_body(s, other, two);
	assert_int_equal(db_commit(&tx), OK);
	check_body(s, id, one);
	check_body(s, other, two);
	assert_int_equal(q_note_replies(s->db, s->mem, &replies), OK);
	assert_int_equal(replies, 2);
}

static void
a_large_transaction_is_undone(void **state)
{
	struct scratch *s = *state;
	struct str one = large(s->mem, 1), small = STR("small");
	int64_t id = 0;
	DB_TX tx = {0};

	assert_int_equal(db_begin(s->db, &tx), OK);
	assert_int_equal(add(s, &tx, one, &id), OK);
	db_rollback(&tx);
	assert_int_equal(note_count(s), 0);
	assert_int_equal(db_begin(s->db, &tx), OK);
	assert_int_equal(add(s, &tx, small, &id), OK);
	assert_int_equal(db_commit(&tx), OK);
	assert_int_equal(note_count(s), 1);
	check_body(s, id, small);
}

static rlim_t
log_bytes(struct scratch *s)
{
	struct str path = str_printf(s->mem, "%s-wal",
	    s->url + strlen("sqlite:"));
	struct stat st;

	assert_int_equal(stat(path.p, &st), 0);
	assert_true(st.st_size > 0);
	return (rlim_t)st.st_size;
}

/* The bytes are refused only when they are given out: at the commit, or, of the
 * large one, before. */
static void
a_full_disk_is_told(void **state)
{
	struct scratch *s = *state;
	const struct str body[] = {STR("small"), large(s->mem, 1)};
	const struct store_options options = {0};
	struct store *again;
	struct str why;
	int64_t id = 0;
	DB_TX tx = {0};

	for (int i = 0; i < 2; i++) {
		enum err e;

		scratch_files_end(log_bytes(s));
		assert_int_equal(db_begin(s->db, &tx), OK);
		e = add(s, &tx, body[i], &id);
		assert_int_equal(e, i == 0 ? OK : ERR_STORE);
		if (e == OK)
			assert_int_equal(db_commit(&tx), ERR_STORE);
		else
			db_rollback(&tx);
		assert_int_equal(note_count(s), i);
		scratch_files_end(RLIM_INFINITY);
		assert_int_equal(db_begin(s->db, &tx), OK);
		assert_int_equal(add(s, &tx, body[i], &id), OK);
		assert_int_equal(db_commit(&tx), OK);
		assert_int_equal(note_count(s), i + 1);
		check_body(s, id, body[i]);
	}
	assert_int_equal(store_open(s->url, &options, &again, &why, s->mem),
	    OK);
	store_close(again);
	assert_int_equal(note_count(s), 2);
	check_body(s, id, body[1]);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    ON_SQLITE(a_large_transaction_is_read_and_kept),
	    ON_SQLITE(a_large_transaction_is_undone),
	    ON_SQLITE(a_full_disk_is_told),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
