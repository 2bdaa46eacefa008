/* Customers, persons and telephone numbers: src/desk/customer.c, person.c and
 * words.c, and with them src/desk/check.c. */
#include "desk_fixture.h"

#include <pthread.h>

#include "base/buf.h"
#include "base/number.h"
#include "base/text.h"
#include "desk/customer.h"
#include "desk/words.h"
#include "store/queries.h"

static int64_t
customer_made(struct fixture *f, const char *name)
{
	struct customer_form form = {.name = str_of(name)};
	int64_t id;

	fixture_ok(f, customer_add(&f->d, &form, &id));
	return id;
}

static void
numbers(void **state)
{
	struct fixture *f = *state;
	struct customer_form form = {.number = STR(" a-7 "),
	    .name = STR("Arndt")};
	struct q_customer c;
	int64_t id;

	fixture_ok(f, customer_get(&f->d, customer_made(f, "X"), &c));
	assert_true(str_starts(c.number, STR("10001-")));
	/* its own check digit makes a Damm number come out as 0 */
	assert_int_equal(number_damm(c.number_key), '0');
	fixture_ok(f, customer_add(&f->d, &form, &id));
	fixture_ok(f, customer_get(&f->d, id, &c));
	check_str(c.number, "a-7");
	check_str(c.number_key, "A7");
	form.number = STR("A 7");
	fixture_refused(f, customer_add(&f->d, &form, &id), ERR_CONFLICT,
	    "number");
	form.number = STR("--");
	fixture_refused(f, customer_add(&f->d, &form, &id), ERR_INVALID,
	    "number");
	fixture_count(f, "SELECT count(*) FROM customer", 2);
	fixture_count(f,
	    "SELECT count(*) FROM event WHERE kind = 'customer.added'", 2);
}

/* A number that somebody gave by hand is passed over. */
static void
number_taken(void **state)
{
	struct fixture *f = *state;
	struct str digits = STR("10001"), number;
	struct customer_form form = {.name = STR("by hand")};
	struct q_customer c;
	int64_t id;

	number = str_printf(f->cx.mem, "%s%c", digits.p, number_damm(digits));
	form.number = number;
	fixture_ok(f, customer_add(&f->d, &form, &id));
	fixture_ok(f, customer_get(&f->d, customer_made(f, "X"), &c));
	assert_true(str_starts(c.number, STR("10002-")));
}

static void
refusals(void **state)
{
	char longer[300];
	struct fixture *f = *state;
	const struct {
		struct customer_form form;
		const char *field;
	} rows[] = {
	    {{.city = STR("Ulm")}, "name"},
	    {{.name = STR(" \t\n")}, "name"},
	    {{.name = STR("M\xfcller")}, "name"},
	    {{.name = (struct str){longer, 201}}, "name"},
	    {{.name = STR("X"), .email = STR("nobody")}, "email"},
	    {{.name = STR("X"), .email = STR("a@b")}, "email"},
	    {{.name = STR("X"), .email = STR("a@b.example.")}, "email"},
	    {{.name = STR("X"), .email = STR("a@@b.example")}, "email"},
	    {{.name = STR("X"), .email = STR("a b@c.example")}, "email"},
	    {{.name = STR("X"), .zip = (struct str){longer, 21}}, "zip"},
	};
	struct customer_form good = {.name = (struct str){longer, 200},
	    .email = STR("a.b@c-d.example")};
	int64_t id = -1;

	memset(longer, 'x', sizeof longer);
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		fixture_refused(f, customer_add(&f->d, &rows[i].form, &id),
		    ERR_INVALID, rows[i].field);
	assert_int_equal(id, -1);
	fixture_ok(f, customer_add(&f->d, &good, &id));
	f->d.actor.employee_id = 0;
	fixture_refused(f, customer_add(&f->d, &good, &id),
	    ERR_UNAUTHENTICATED, "");
	fixture_count(f, "SELECT count(*) FROM customer", 1);
}

static void
edit(void **state)
{
	struct fixture *f = *state;
	int64_t id = customer_made(f, "Arndt"), other = customer_made(f, "B");
	struct customer_form form = {.name = STR("Tischlerei Arndt"),
	    .city = STR("K\xc3\xb6ln"), .version = 1};
	struct q_customer c, b;

	fixture_ok(f, customer_get(&f->d, other, &b));
	fixture_ok(f, customer_edit(&f->d, id, &form));
	fixture_ok(f, customer_get(&f->d, id, &c));
	check_str(c.name, "Tischlerei Arndt");
	check_str(c.name_key, "tischlerei arndt");
	assert_true(str_starts(c.number, STR("10001-")));
	assert_int_equal(c.version, 2);
	fixture_count(f,
	    "SELECT count(*) FROM event WHERE kind = 'customer.changed' AND"
	    " payload = '{\"name\":{\"before\":\"Arndt\","
	    "\"after\":\"Tischlerei Arndt\"},\"city\":{\"before\":\"\","
	    "\"after\":\"K\xc3\xb6ln\"}}'",
	    1);
	fixture_count(f, "SELECT count(*) FROM customer_word", 4);
	/* over an older version, nothing is saved */
	form.name = STR("Late");
	fixture_refused(f, customer_edit(&f->d, id, &form), ERR_STALE, "");
	form.version = 2;
	form.number = b.number;
	fixture_refused(f, customer_edit(&f->d, id, &form), ERR_CONFLICT,
	    "number");
	fixture_refused(f, customer_edit(&f->d, other + 1, &form),
	    ERR_NOT_FOUND, "");
	fixture_ok(f, customer_get(&f->d, id, &c));
	check_str(c.name, "Tischlerei Arndt");
	fixture_count(f, "SELECT count(*) FROM customer_word", 4);
}

static void
list(void **state)
{
	struct fixture *f = *state;
	struct q_customer_row_rows rows;
	struct str after = STR("");
	int64_t after_id = 0, seen = 0;
	bool more = true;

	for (int i = 0; i < CUSTOMER_PAGE + 5; i++)
		customer_made(f, i % 2 ? "\xc3\x84rzte" : "Anton");
	while (more) {
		fixture_ok(f, customer_list(&f->d, after, after_id, &rows,
				  &more));
		assert_in_range(rows.n, 1, CUSTOMER_PAGE);
		for (size_t i = 0; i < rows.n; i++) {
			const struct q_customer_row *r = &rows.v[i];
			int order = strcmp(r->name_key.p, after.p);

			assert_true(order > 0 ||
			    (order == 0 && r->id > after_id));
			assert_false(r->entitled);
			after = r->name_key;
			after_id = r->id;
		}
		seen += (int64_t)rows.n;
	}
	assert_int_equal(seen, CUSTOMER_PAGE + 5);
}

static void
persons(void **state)
{
	struct fixture *f = *state;
	int64_t customer = customer_made(f, "Arndt"), id, again;
	struct person_form form = {.name = STR("J\xc3\xbcrgen M\xc3\xbcller"),
	    .position = STR("Buchhaltung")};
	struct customer_full full;
	DB_TX tx = {0};

	fixture_ok(f, person_add(&f->d, customer, &form, &id));
	form.name = STR("juergen  MUELLER");
	fixture_refused(f, person_add(&f->d, customer, &form, &again),
	    ERR_CONFLICT, "name");
	form.name = STR("...");
	fixture_refused(f, person_add(&f->d, customer, &form, &again),
	    ERR_INVALID, "name");
	form.name = STR("Ost");
	fixture_refused(f, person_add(&f->d, customer + 1, &form, &again),
	    ERR_NOT_FOUND, "");
	fixture_ok(f, db_begin(f->d.db, &tx));
	fixture_ok(f, person_find_or_add(&f->d, &tx, customer,
			  STR("Juergen Mueller"), &again));
	assert_int_equal(again, id);
	fixture_ok(f, person_find_or_add(&f->d, &tx, customer, STR("Frau Ost"),
			  &again));
	assert_int_not_equal(again, id);
	fixture_ok(f, db_commit(&tx));
	fixture_ok(f, customer_full(&f->d, customer, &full));
	assert_int_equal(full.persons.n, 2);
	check_str(full.persons.v[0].position, "Buchhaltung");
	assert_int_equal(full.entitlement, NEVER);
	/* arndt frau juergen mueller ost */
	fixture_count(f, "SELECT count(*) FROM customer_word", 5);
	fixture_count(f,
	    "SELECT count(*) FROM event WHERE kind = 'customer.person_added'",
	    2);
}

static void
person_edits(void **state)
{
	struct fixture *f = *state;
	int64_t customer = customer_made(f, "Arndt"), id, other, phone_id;
	struct person_form form = {.name = STR("Ost")};
	struct phone_form phone = {.number = STR("0221 4710112")};
	struct customer_full full;

	fixture_ok(f, person_add(&f->d, customer, &form, &id));
	form.name = STR("West");
	fixture_ok(f, person_add(&f->d, customer, &form, &other));
	phone.person_id = other;
	fixture_ok(f, phone_add(&f->d, customer, &phone, &phone_id));
	form.version = 1;
	fixture_refused(f, person_edit(&f->d, id, &form), ERR_CONFLICT,
	    "name");
	form.name = STR("OST");
	fixture_ok(f, person_edit(&f->d, id, &form));
	fixture_refused(f, person_edit(&f->d, id, &form), ERR_STALE, "");
	fixture_ok(f, person_remove(&f->d, other));
	fixture_refused(f, person_remove(&f->d, other), ERR_NOT_FOUND, "");
	fixture_refused(f, person_edit(&f->d, other, &form), ERR_NOT_FOUND,
	    "");
	fixture_ok(f, customer_full(&f->d, customer, &full));
	assert_int_equal(full.persons.n, 1);
	check_str(full.persons.v[0].name, "OST");
	assert_int_equal(full.phones.n, 1);
	assert_false(full.phones.v[0].person_id.has);
	fixture_count(f, "SELECT count(*) FROM person", 2);
	fixture_count(f, "SELECT count(*) FROM customer_word", 2);
	fixture_count(f,
	    "SELECT count(*) FROM event WHERE kind IN"
	    " ('customer.person_changed', 'customer.person_removed')",
	    2);
	/* the name is free again */
	form.name = STR("West");
	fixture_ok(f, person_add(&f->d, customer, &form, &other));
}

static void
phones(void **state)
{
	static const char *const none[] = {"", "112", "anonymous",
	    "0221 47x", "**9", "\xff"};
	struct fixture *f = *state;
	int64_t customer = customer_made(f, "Arndt"), id, other;
	int64_t stranger = customer_made(f, "B");
	struct person_form person = {.name = STR("Ost")};
	struct phone_form form = {.number = STR("0221/4710-112"),
	    .label = STR(" mobil ")};
	struct customer_full full;

	fixture_ok(f, person_add(&f->d, stranger, &person, &other));
	fixture_ok(f, phone_add(&f->d, customer, &form, &id));
	form.number = STR("+49 221 4710112");
	fixture_refused(f, phone_add(&f->d, customer, &form, &id),
	    ERR_CONFLICT, "number");
	for (size_t i = 0; i < sizeof none / sizeof *none; i++) {
		form.number = str_of(none[i]);
		fixture_refused(f, phone_add(&f->d, customer, &form, &id),
		    ERR_INVALID, "number");
	}
	form.number = STR("030 2312500");
	form.person_id = other;
	fixture_refused(f, phone_add(&f->d, customer, &form, &id), ERR_INVALID,
	    "person");
	fixture_ok(f, customer_full(&f->d, customer, &full));
	assert_int_equal(full.phones.n, 1);
	check_str(full.phones.v[0].e164, "492214710112");
	check_str(full.phones.v[0].label, "mobil");
	fixture_ok(f, phone_remove(&f->d, full.phones.v[0].id));
	fixture_refused(f, phone_remove(&f->d, full.phones.v[0].id),
	    ERR_NOT_FOUND, "");
	fixture_count(f, "SELECT count(*) FROM phone", 0);
	fixture_count(f,
	    "SELECT count(*) FROM event WHERE payload LIKE '%492214710112%'",
	    2);
}

/* Whatever somebody is called, the keys fit into an index. */
static void
long_names(void **state)
{
	struct fixture *f = *state;
	struct str words[WORDS_MOST + 1];
	struct customer_form form = {0};
	struct buf b;
	int64_t id;

	buf_init(&b, f->cx.mem, 4096);
	/* one letter that its key writes with many */
	for (int i = 0; i < 200; i++)
		buf_puts(&b, "\xef\xb7\xba");
	form.name = buf_get(&b);
	fixture_ok(f, customer_add(&f->d, &form, &id));
	assert_int_equal(words_of(f->cx.mem, STR("a b c"), words, 2), 2);
	check_str(words[1], "b");
	assert_true(words_name_key(f->cx.mem, form.name).n <= NAME_KEY_BYTES);
	assert_true(text_valid(words_name_key(f->cx.mem, form.name)));
}

/* Two edits over the same version at once: exactly one is saved. */
struct rival {
	struct fixture *f;
	int64_t customer;
	pthread_t thread;
	enum err e;
};

static void *
rival_run(void *arg)
{
	struct rival *r = arg;
	void *mem = talloc_new(NULL);
	struct cx cx = {.mem = mem, .now_ms = r->f->now_ms, .lang = LANG_EN};
	struct desk d = r->f->d;
	struct customer_form form = {.name = STR("Rival"), .version = 1};

	d.cx = &cx;
	d.db = store_connect(r->f->scratch->store);
	do {
		fault_clear(&cx.fault);
		r->e = customer_edit(&d, r->customer, &form);
	} while (r->e == ERR_BUSY);
	store_disconnect(d.db);
	talloc_free(mem);
	return NULL;
}

static void
rivals(void **state)
{
	enum { RIVALS = 8 };
	struct fixture *f = *state;
	struct rival r[RIVALS];
	int saved = 0, stale = 0;
	int64_t customer = customer_made(f, "Arndt");

	for (int i = 0; i < RIVALS; i++) {
		r[i] = (struct rival){.f = f, .customer = customer};
		pthread_create(&r[i].thread, NULL, rival_run, &r[i]);
	}
	for (int i = 0; i < RIVALS; i++) {
		pthread_join(r[i].thread, NULL);
		saved += r[i].e == OK;
		stale += r[i].e == ERR_STALE;
	}
	assert_int_equal(saved, 1);
	assert_int_equal(stale, RIVALS - 1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    DESK_ON_BOTH(numbers),
	    DESK_ON_BOTH(number_taken),
	    DESK_ON_BOTH(refusals),
	    DESK_ON_BOTH(edit),
	    DESK_ON_BOTH(list),
	    DESK_ON_BOTH(persons),
	    DESK_ON_BOTH(person_edits),
	    DESK_ON_BOTH(phones),
	    DESK_ON_BOTH(long_names),
	    DESK_ON_BOTH(rivals),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
