/*
 * Migrations on both engines: from nothing, from an earlier state, twice at
 * once; and what must not be touched: a schema that is newer, that was edited,
 * or whose next step fails.
 */
#include <dirent.h>
#include <pthread.h>

#include "check.h"
#include "scratch.h"
#include "store/engine.h"
#include "store/migrate.h"
#include "storetest.h"

#define SAME(number, name, text)                                               \
	{number, name, {text, sizeof(text) - 1}, {text, sizeof(text) - 1}}

#define NOTE                                                                   \
	"CREATE TABLE note (id %PK%, amount %INT%, body %KEY% NOT NULL, "      \
	"title TEXT, done %BOOL% NOT NULL, bytes %BLOB%) %STRICT%;\n"          \
	"-- 100% of what the tests need; not %ELSE%\n"
#define REPLY "CREATE TABLE reply (note_id %INT% NOT NULL, body TEXT NOT NULL);"
#define FILL "INSERT INTO note(body, done) VALUES ('by 0003', FALSE)"
#define BROKEN "CREATE TABLE half (id %INT%); CREATE TABLE note (id %INT%)"

/* The list of a program; the first is the compiled-in 0000. */
struct program {
	struct migration v[5];
	size_t n;
};

static struct program
program_of(size_t n)
{
	struct program p = {{{0}, SAME(1, "note", NOTE),
	                        SAME(2, "reply", REPLY), SAME(3, "fill", FILL),
	                        SAME(4, "last", "SELECT 1")},
	    n + 1};

	p.v[0] = migrations[0];
	return p;
}

static enum err
migrate(struct scratch *s, const struct program *p, int *applied,
    struct str *why)
{
	return migrate_run(s->store, p->v, p->n, applied, why, s->mem);
}

/* How many copies lie beside the database; the last one's URL. */
static int
copies(struct scratch *s, char *url, size_t n)
{
	DIR *d = opendir(s->folder);
	struct dirent *entry;
	int found = 0;

	while ((entry = readdir(d)))
		if (strstr(entry->d_name, ".before-")) {
			snprintf(url, n, "sqlite:%s/%s", s->folder,
			    entry->d_name);
			found++;
		}
	closedir(d);
	return found;
}

static int
setup(void **state)
{
	*state = scratch_open(*state);
	return 0;
}

static void
step_by_step(void **state)
{
	struct scratch *s = *state;
	struct str why;
	int64_t n;
	int applied;

	for (size_t i = 1; i <= 3; i++) {
		struct program p = program_of(i);

		assert_int_equal(migrate(s, &p, &applied, &why), OK);
		assert_int_equal(applied, 1);
		assert_int_equal(migrate(s, &p, &applied, &why), OK);
		assert_int_equal(applied, 0);
	}
	assert_int_equal(q_note_count(s->db, s->mem, &n), OK);
	assert_int_equal(n, 1);
}

static void
all_at_once(void **state)
{
	struct scratch *s = *state;
	struct program p = program_of(4);
	char url[512];
	struct str why;
	int applied;

	assert_int_equal(migrate(s, &p, &applied, &why), OK);
	assert_int_equal(applied, 4);
	assert_int_equal(copies(s, url, sizeof url), 0); /* nothing to copy */
}

static void
the_shipped_ones(void **state)
{
	struct scratch *s = *state;
	struct str why = {0};
	int applied;
	enum err e = store_migrate(s->store, &applied, &why, s->mem);

	if (e != OK)
		print_error("%s\n", why.p);
	assert_int_equal(e, OK);
	assert_int_equal(applied, migrations_n - 1);
	assert_int_equal(store_migrate(s->store, &applied, &why, s->mem), OK);
	assert_int_equal(applied, 0);
}

static void
a_newer_schema_is_refused(void **state)
{
	struct scratch *s = *state;
	struct program newer = program_of(3), older = program_of(2);
	struct str why = {0};
	int applied;

	assert_int_equal(migrate(s, &newer, &applied, &why), OK);
	assert_int_equal(migrate(s, &older, &applied, &why), ERR_STORE);
	assert_non_null(strstr(why.p, "newer"));
	assert_non_null(strstr(why.p, "0003_fill"));
	assert_int_equal(applied, 0);
}

static void
an_edited_migration_is_refused(void **state)
{
	struct scratch *s = *state;
	struct program before = program_of(2), after = program_of(3);
	struct str why = {0};
	int64_t n;
	int applied;

	after.v[1].sqlite = after.v[1].postgres = STR(NOTE "-- a word more");
	assert_int_equal(migrate(s, &before, &applied, &why), OK);
	assert_int_equal(migrate(s, &after, &applied, &why), ERR_STORE);
	assert_non_null(strstr(why.p, "0001_note"));
	assert_int_equal(q_note_count(s->db, s->mem, &n), OK);
	assert_int_equal(n, 0);
}

static void
a_failing_one_leaves_nothing(void **state)
{
	struct scratch *s = *state;
	struct program broken = program_of(3), mended = program_of(3);
	struct str why = {0};
	int64_t n;
	int applied;

	broken.v[3].sqlite = broken.v[3].postgres = STR(BROKEN);
	assert_int_equal(migrate(s, &broken, &applied, &why), ERR_STORE);
	assert_int_equal(applied, 2);
	assert_non_null(strstr(why.p, "note"));
	scratch_script(s, "CREATE TABLE half (id INTEGER)");
	assert_int_equal(migrate(s, &mended, &applied, &why), OK);
	assert_int_equal(applied, 1);
	assert_int_equal(q_note_count(s->db, s->mem, &n), OK);
	assert_int_equal(n, 1);
}

static void
data_is_copied_first(void **state)
{
	struct scratch *s = *state;
	const struct store_options options = {0};
	struct program before = program_of(1), after = program_of(3);
	struct store *copy;
	struct db *db;
	struct str why = {0};
	char url[512];
	int64_t n;
	int applied;

	assert_int_equal(migrate(s, &before, &applied, &why), OK);
	scratch_script(s, FILL);
	assert_int_equal(migrate(s, &after, &applied, &why), OK);
	assert_int_equal(applied, 2);
	assert_int_equal(copies(s, url, sizeof url), 1);
	assert_int_equal(store_open(url, &options, &copy, &why, s->mem), OK);
	db = store_connect(copy);
	assert_int_equal(q_note_count(db, s->mem, &n), OK);
	assert_int_equal(n, 1);
	assert_int_equal(q_note_replies(db, s->mem, &n), ERR_STORE);
	store_disconnect(db);
	store_close(copy);
	assert_int_equal(q_note_count(s->db, s->mem, &n), OK);
	assert_int_equal(n, 2);
}

struct node {
	struct scratch *s;
	pthread_t thread;
	struct store *store;
	enum err result;
	int applied;
};

static void *
migrate_node(void *arg)
{
	struct node *node = arg;
	struct program p = program_of(4);
	void *mem = talloc_new(NULL);
	struct str why = {0};

	node->result = migrate_run(node->store, p.v, p.n, &node->applied, &why,
	    mem);
	if (node->result != OK)
		print_error("%s\n", why.p);
	talloc_free(mem);
	return NULL;
}

static void
two_nodes_do_it_once(void **state)
{
	struct scratch *s = *state;
	const struct store_options options = {.busy_ms = 5000};
	struct node nodes[3];
	int applied = 0;
	int64_t n;

	for (int i = 0; i < 3; i++) {
		struct str why;

		nodes[i] = (struct node){.s = s};
		assert_int_equal(store_open(s->url, &options, &nodes[i].store,
		    &why, s->mem), OK);
	}
	for (int i = 0; i < 3; i++)
		pthread_create(&nodes[i].thread, NULL, migrate_node, &nodes[i]);
	for (int i = 0; i < 3; i++) {
		pthread_join(nodes[i].thread, NULL);
		store_close(nodes[i].store);
	}
	for (int i = 0; i < 3; i++) {
		assert_int_equal(nodes[i].result, OK);
		applied += nodes[i].applied;
	}
	assert_int_equal(applied, 4);
	assert_int_equal(q_note_count(s->db, s->mem, &n), OK);
	assert_int_equal(n, 1);
}

#define ON(test, engine)                                                       \
	{#test " (" engine ")", test, setup, scratch_teardown, (char[]){engine}}
#define ON_EACH(test) ON(test, "sqlite"), ON(test, "postgresql")

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    ON_EACH(step_by_step),
	    ON_EACH(all_at_once),
	    ON_EACH(the_shipped_ones),
	    ON_EACH(a_newer_schema_is_refused),
	    ON_EACH(an_edited_migration_is_refused),
	    ON_EACH(a_failing_one_leaves_nothing),
	    ON(data_is_copied_first, "sqlite"),
	    ON_EACH(two_nodes_do_it_once),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
