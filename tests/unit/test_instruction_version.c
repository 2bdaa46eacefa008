/*
 * Versions of the instruction: src/desk/instruction_version.c and what
 * src/desk/house.c does with them at a start, on both engines. The pages are
 * tests/http/web_versions.test.mjs.
 */
#include "desk_fixture.h"

#include <fcntl.h>
#include <pthread.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/mem.h"
#include "desk/call.h"
#include "desk/call_state.h"
#include "desk/instruction_version.h"
#include "desk/shipped.h"
#include "store/migrate.h"
#include "store/queries.h"

static const char greeting[] = "de: Guten Tag.";

/* A house like the server's on the fixture's database, with the instruction
 * brought into force that stands in the configured file, or shipped. */
static struct house *
house_begin(struct fixture *f)
{
	struct desk program = f->d;
	struct house *house = NULL;
	struct str why = STR("");

	f->config.database = str_of(f->scratch->url);
	assert_int_equal(house_open(f->scratch->mem, &f->config,
			     f->house.clock, &house, &why), OK);
	program.house = house;
	program.actor = (struct actor){.role = ROLE_ADMIN,
	    .door = DOOR_COMMAND};
	fixture_ok(f, house_load(&program, &why));
	fixture_ok(f, house_renew(&program, &why));
	f->d.house = house;
	return house;
}

/* The shipped instruction with a remark at its end: another version. */
static struct str
remarked(struct fixture *f, const char *remark)
{
	return str_printf(f->cx.mem, "%s# %s\n", shipped_instruction().p,
	    remark);
}

static struct complaints *
complaints_new(struct fixture *f)
{
	struct complaints *c = mem_new(f->cx.mem, struct complaints);

	complaints_init(c, f->cx.mem, "text");
	return c;
}

static enum err
activate(struct fixture *f, struct str source, int64_t base, int64_t *number)
{
	const struct version_form form = {.base = base, .source = source,
	    .note = STR("because")};

	return version_activate(&f->d, &form, complaints_new(f), number);
}

static int64_t
current(struct fixture *f)
{
	int64_t number;

	fixture_ok(f, version_current(&f->d, &number));
	return number;
}

static void
one_after_the_other(void **state)
{
	struct fixture *f = *state;
	struct version_full full;
	struct version_list list;
	int64_t number;

	house_begin(f);
	assert_int_equal(current(f), 1);
	fixture_ok(f, activate(f, remarked(f, "two"), 1, &number));
	assert_int_equal(number, 2);
	assert_int_equal(current(f), 2);
	/* the first text comes back as a third version */
	fixture_ok(f, activate(f, shipped_instruction(), 2, &number));
	assert_int_equal(number, 3);
	fixture_ok(f, version_list(&f->d, 0, &list));
	assert_int_equal(list.rows.n, 3);
	assert_int_equal(list.rows.v[0].number, 3);
	assert_int_equal(list.rows.v[0].instruction_id,
	    list.rows.v[2].instruction_id);
	assert_true(str_is(list.rows.v[0].employee_name, "S. Brandt"));
	assert_true(str_is(list.rows.v[0].note, "because"));
	assert_null(list.rows.v[2].employee_name.p);
	fixture_ok(f, version_get(&f->d, 2, &full));
	assert_true(str_eq(full.source, remarked(f, "two")));
	assert_true(str_eq(full.before, shipped_instruction()));
	assert_false(full.in_force);
	fixture_refused(f, version_get(&f->d, 4, &full), ERR_NOT_FOUND, "");
	fixture_count(f, "SELECT count(*) FROM event"
			 " WHERE kind = 'instruction.activated'", 3);
}

static void
lists_go_on(void **state)
{
	struct fixture *f = *state;
	struct version_list list;
	int64_t number;

	house_begin(f);
	for (int i = 0; i < VERSIONS_SHOWN; i++)
		fixture_ok(f, activate(f,
		    remarked(f, str_printf(f->cx.mem, "%d", i).p), 0,
		    &number));
	fixture_ok(f, version_list(&f->d, 0, &list));
	assert_int_equal(list.rows.n, VERSIONS_SHOWN);
	assert_true(list.more);
	fixture_ok(f, version_list(&f->d, 2, &list));
	assert_int_equal(list.rows.n, 1);
	assert_false(list.more);
}

static void
refusals(void **state)
{
	struct fixture *f = *state;
	struct version_form form = {.source = remarked(f, "new")};
	struct complaints *c = complaints_new(f);
	int64_t number = 0;

	house_begin(f);
	fixture_refused(f, version_activate(&f->d, &form, c, &number),
	    ERR_INVALID, "note");
	fixture_refused(f, activate(f, STR("id: x\nfoo: bar\n"), 1, &number),
	    ERR_INVALID, "source");
	fixture_refused(f, version_propose(&f->d, STR("id: x\nfoo: bar\n"), c),
	    ERR_INVALID, "source");
	assert_true(c->n > 0);
	assert_int_equal(c->item[0].line, 2);
	fixture_refused(f, activate(f, shipped_instruction(), 1, &number),
	    ERR_CONFLICT, "source");
	fixture_ok(f, activate(f, remarked(f, "new"), 1, &number));
	fixture_refused(f, activate(f, remarked(f, "newer"), 1, &number),
	    ERR_STALE, "");
	f->d.actor.role = ROLE_AGENT;
	fixture_refused(f, activate(f, remarked(f, "newer"), 2, &number),
	    ERR_FORBIDDEN, "");
	fixture_refused(f, version_propose(&f->d, remarked(f, "x"), c),
	    ERR_FORBIDDEN, "");
	fixture_count(f, "SELECT count(*) FROM instruction_version", 2);
}

static void
too_large(void **state)
{
	struct fixture *f = *state;
	struct complaints *c = complaints_new(f);
	struct buf b;

	house_begin(f);
	buf_init(&b, f->cx.mem, VERSION_BYTES_MOST + 1);
	for (int i = 0; i <= VERSION_LINES_MOST; i++)
		buf_char(&b, '\n');
	fixture_refused(f, version_propose(&f->d, buf_get(&b), c),
	    ERR_INVALID, "source");
	while (!b.full)
		buf_char(&b, '#');
	fixture_refused(f, version_propose(&f->d, buf_get(&b), c),
	    ERR_INVALID, "source");
	assert_int_equal(c->n, 0);
}

/* A text as a form sends it is the one that the file holds. */
static void
line_ends(void **state)
{
	struct fixture *f = *state;
	struct version_full full;
	struct buf sent;
	int64_t number;

	house_begin(f);
	buf_init(&sent, f->cx.mem, VERSION_BYTES_MOST);
	for (const char *p = remarked(f, "sent").p; *p; p++)
		buf_puts(&sent, *p == '\n' ? "\r\n" : (char[]){*p, '\0'});
	fixture_ok(f, activate(f, buf_get(&sent), 1, &number));
	fixture_ok(f, version_get(&f->d, number, &full));
	assert_true(str_eq(full.source, remarked(f, "sent")));
}

static void
signing(void **state)
{
	struct fixture *f = *state;
	struct version_full full;
	int64_t number, due;

	house_begin(f);
	fixture_ok(f, version_due(&f->d, &due));
	assert_int_equal(due, 1);
	fixture_ok(f, version_get(&f->d, 1, &full));
	assert_int_equal(full.unsigned_by.n, 1);
	fixture_ok(f, version_sign(&f->d, 1));
	fixture_ok(f, version_sign(&f->d, 1));
	fixture_count(f, "SELECT count(*) FROM event"
			 " WHERE kind = 'instruction.signed'", 1);
	fixture_ok(f, version_due(&f->d, &due));
	assert_int_equal(due, 0);
	fixture_ok(f, version_get(&f->d, 1, &full));
	assert_true(full.signed_by_me);
	assert_int_equal(full.unsigned_by.n, 0);
	assert_int_equal(full.row.signers, 1);
	/* the next one is to be signed anew, and only the next one */
	fixture_ok(f, activate(f, remarked(f, "two"), 1, &number));
	fixture_ok(f, version_due(&f->d, &due));
	assert_int_equal(due, 2);
	fixture_refused(f, version_sign(&f->d, 1), ERR_CONFLICT, "");
	fixture_refused(f, version_sign(&f->d, 3), ERR_CONFLICT, "");
	f->d.actor.employee_id = 0;
	f->d.actor.door = DOOR_COMMAND;
	fixture_refused(f, version_sign(&f->d, 2), ERR_FORBIDDEN, "");
}

/* ---- Calls --------------------------------------------------------------- */

static int64_t
call_begun(struct fixture *f)
{
	int64_t id;

	fixture_ok(f, call_start(&f->d, STR(""), &id));
	return id;
}

static struct str
first_words(struct fixture *f, int64_t call)
{
	struct call *c = mem_new(f->cx.mem, struct call);

	fixture_ok(f, call_load(&f->d, f->d.db, call, c));
	return c->instruction->step[c->walk.step].say.in[LANG_DE];
}

/* The shipped instruction with another greeting. */
static struct str
greets(struct fixture *f, const char *words)
{
	struct str s = shipped_instruction();
	long at = str_find(s, str_of(greeting));

	assert_true(at >= 0);
	return str_printf(f->cx.mem, "%.*sde: %s%s", (int)at, s.p, words,
	    s.p + at + sizeof greeting - 1);
}

/* The desk as another node has it: a process of its own, in effect. */
static struct fixture *
other_node(struct fixture *f)
{
	struct fixture *other = mem_new(f->cx.mem, struct fixture);

	*other = *f;
	house_begin(other);
	other->d.db = store_connect(other->d.house->store);
	return other;
}

static int64_t
employee_more(struct fixture *f, const char *login)
{
	DB_TX tx = {0};
	int64_t id;

	fixture_ok(f, db_begin(f->d.db, &tx));
	fixture_ok(f, q_employee_add(&tx, f->cx.mem, str_of(login),
			  str_of(login), ROLE_AGENT, STR(""), f->now_ms, &id));
	fixture_ok(f, db_commit(&tx));
	return id;
}

/* A running call keeps its words; one that begins has the new ones, on a node
 * that did not activate them too; after a restart the old call is read by its
 * own text. */
static void
running_calls(void **state)
{
	struct fixture *f = *state;
	struct house *first = house_begin(f), *again;
	struct fixture *other = other_node(f);
	int64_t old, new, number;

	old = call_begun(f);
	other->d.actor.employee_id = employee_more(f, "kaiser");
	fixture_ok(f, activate(f, greets(f, "Moin."), 1, &number));
	new = call_begun(other);
	assert_true(str_starts(first_words(f, old), STR("Guten Tag.")));
	assert_true(str_starts(first_words(f, new), STR("Moin.")));
	assert_true(str_starts(first_words(other, old), STR("Guten Tag.")));
	again = house_begin(f);
	assert_int_equal(current(f), 2);
	assert_true(str_starts(first_words(f, old), STR("Guten Tag.")));
	assert_true(str_starts(first_words(f, new), STR("Moin.")));
	store_disconnect(other->d.db);
	house_close(other->d.house);
	house_close(first);
	f->d.house = &f->house;
	house_close(again);
}

/* A text that this program does not understand any more is shown all the same,
 * and so is the difference to it. */
static void
not_understood_any_more(void **state)
{
	struct fixture *f = *state;
	const struct instruction *ins;
	struct q_version_row row;
	struct version_full full;
	int64_t id, number;
	DB_TX tx = {0};

	house_begin(f);
	fixture_ok(f, db_begin(f->d.db, &tx));
	fixture_ok(f, q_instruction_add(&tx, f->cx.mem, STR("old"),
			  STR("its digest"), STR("old: words\n"), 1, &id));
	fixture_ok(f, q_version_add(&tx, 2, id, VERSION_FILE,
			  (struct opt_i64){0}, STR(""), 2));
	fixture_ok(f, db_commit(&tx));
	fixture_ok(f, activate(f, remarked(f, "new"), 2, &number));

	fixture_ok(f, version_get(&f->d, 2, &full));
	assert_null(full.instruction);
	check_str(full.source, "old: words\n");
	fixture_ok(f, version_get(&f->d, 3, &full));
	assert_non_null(full.instruction);
	check_str(full.before, "old: words\n");
	assert_int_equal(version_instruction(&f->d, 2, &row, &ins),
	    ERR_INTERNAL);
}

/* ---- Together ------------------------------------------------------------ */

struct rival {
	struct fixture *f;
	pthread_t thread;
	int number;
	enum err e;
};

static void *
rival_run(void *arg)
{
	struct rival *r = arg;
	struct desk d = r->f->d;
	struct cx cx = *d.cx;
	struct complaints *c;
	struct version_form form = {.base = 1, .note = STR("because")};
	int64_t number;

	do {
		cx.mem = talloc_new(NULL);
		fault_clear(&cx.fault);
		d.cx = &cx;
		d.db = store_connect(d.house->store);
		c = mem_new(cx.mem, struct complaints);
		complaints_init(c, cx.mem, "text");
		form.source = str_printf(cx.mem, "%s# rival %d\n",
		    shipped_instruction().p, r->number);
		r->e = version_activate(&d, &form, c, &number);
		store_disconnect(d.db);
		talloc_free(cx.mem);
	} while (r->e == ERR_BUSY);
	return NULL;
}

/* Of several who bring their text into force at once, one comes first; the
 * others are told. */
static void
rivals(void **state)
{
	enum { RIVALS = 6 };
	struct fixture *f = *state;
	struct rival r[RIVALS];
	int came = 0, stale = 0;

	house_begin(f);
	for (int i = 0; i < RIVALS; i++) {
		r[i] = (struct rival){.f = f, .number = i};
		pthread_create(&r[i].thread, NULL, rival_run, &r[i]);
	}
	for (int i = 0; i < RIVALS; i++) {
		pthread_join(r[i].thread, NULL);
		came += r[i].e == OK;
		stale += r[i].e == ERR_STALE;
	}
	assert_int_equal(came, 1);
	assert_int_equal(stale, RIVALS - 1);
	assert_int_equal(current(f), 2);
}

/* ---- At a start ---------------------------------------------------------- */

static void
file_write(const char *path, struct str text)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);

	assert_true(fd >= 0);
	assert_int_equal(write(fd, text.p, text.n), (ssize_t)text.n);
	close(fd);
}

static void
starts(struct fixture *f)
{
	house_close(f->d.house == &f->house ? NULL : f->d.house);
	house_begin(f);
}

static void
the_configured_file(void **state)
{
	struct fixture *f = *state;
	struct str path = str_printf(f->cx.mem, "%s/own.yaml",
	    f->scratch->folder);
	struct version_full full;
	int64_t number;

	house_begin(f); /* the shipped one is version 1 */
	f->config.instruction_file = path;
	file_write(path.p, remarked(f, "file"));
	starts(f);
	assert_int_equal(current(f), 2);
	fixture_ok(f, version_get(&f->d, 2, &full));
	assert_int_equal(full.row.origin, VERSION_FILE);
	/* what a person brings into force later stays over a restart */
	fixture_ok(f, activate(f, remarked(f, "person"), 2, &number));
	starts(f);
	assert_int_equal(current(f), 3);
	/* until the file changes; without it nothing comes by itself */
	file_write(path.p, remarked(f, "file, changed"));
	starts(f);
	assert_int_equal(current(f), 4);
	f->config.instruction_file = STR("");
	starts(f);
	assert_int_equal(current(f), 4);
}

/* A newer program's shipped instruction takes the place of an older one. */
static void
the_shipped_one(void **state)
{
	struct fixture *f = *state;
	struct complaints *c = complaints_new(f);
	int64_t number;

	house_begin(f);
	f->d.actor.role = ROLE_ADMIN;
	fixture_ok(f, version_install(&f->d, VERSION_SHIPPED,
			  remarked(f, "older"), c, &number));
	assert_int_equal(number, 2);
	starts(f);
	assert_int_equal(current(f), 3);
	fixture_ok(f, activate(f, remarked(f, "own"), 3, &number));
	starts(f);
	assert_int_equal(current(f), 4);
}

/* A file that is not proved stops the start with its line, and what was in
 * force stays so. */
static void
a_damaged_file(void **state)
{
	struct fixture *f = *state;
	struct str path = str_printf(f->cx.mem, "%s/own.yaml",
	    f->scratch->folder), why = STR("");

	house_begin(f);
	f->config.instruction_file = path;
	file_write(path.p, STR("id: x\nfoo: bar\n"));
	f->d.actor.role = ROLE_ADMIN;
	assert_int_equal(house_renew(&f->d, &why), ERR_INVALID);
	assert_true(str_find(why, STR("own.yaml:2:")) >= 0);
	assert_int_equal(current(f), 1);
}

/* ---- What was there before ----------------------------------------------- */

/* The texts of a database from before there were versions become versions. */
static void
texts_of_old(void **state)
{
	enum { BEFORE = 2 }; /* migrations: 0000, 0001 */
	struct scratch *s = scratch_open(*state);
	const char *blob = strcmp(s->engine, "sqlite") == 0 ? "BLOB" : "BYTEA";
	struct str why = STR("");
	int applied;

	assert_int_equal(migrate_run(s->store, migrations, BEFORE, &applied,
			     &why, s->mem), OK);
	for (const char *id = "37"; *id; id++)
		scratch_script(s, str_printf(s->mem,
		    "INSERT INTO instruction(id, name, digest, source, "
		    "loaded_ms) VALUES (%c, 'x', CAST('%c' AS %s), 'y', 1%c)",
		    *id, *id, blob, *id).p);
	assert_int_equal(store_migrate(s->store, &applied, &why, s->mem), OK);
	scratch_script(s, "CREATE TABLE expectation (n BIGINT CHECK (n = 0))");
	scratch_script(s, "INSERT INTO expectation SELECT count(*) - 2"
			  " FROM instruction_version WHERE origin = 1 AND"
			  " active_ms = 10 + instruction_id AND"
			  " instruction_id = 4 * number - 1");
	scratch_close(s);
}

static int
end(void **state)
{
	struct fixture *f = *state;

	if (f->d.house != &f->house)
		house_close(f->d.house);
	return fixture_teardown(state);
}

#define VERSIONS_ON_BOTH(test)                                                 \
	{#test " (sqlite)", test, fixture_setup, end, (char[]){"sqlite"}},     \
	{                                                                      \
		#test " (postgresql)", test, fixture_setup, end,               \
		    (char[]){"postgresql"}                                     \
	}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    VERSIONS_ON_BOTH(one_after_the_other),
	    VERSIONS_ON_BOTH(lists_go_on),
	    VERSIONS_ON_BOTH(refusals),
	    VERSIONS_ON_BOTH(too_large),
	    VERSIONS_ON_BOTH(line_ends),
	    VERSIONS_ON_BOTH(signing),
	    VERSIONS_ON_BOTH(running_calls),
	    VERSIONS_ON_BOTH(not_understood_any_more),
	    VERSIONS_ON_BOTH(rivals),
	    VERSIONS_ON_BOTH(the_configured_file),
	    VERSIONS_ON_BOTH(the_shipped_one),
	    VERSIONS_ON_BOTH(a_damaged_file),
	    {"texts_of_old (sqlite)", texts_of_old, NULL, NULL,
		(char[]){"sqlite"}},
	    {"texts_of_old (postgresql)", texts_of_old, NULL, NULL,
		(char[]){"postgresql"}},
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
