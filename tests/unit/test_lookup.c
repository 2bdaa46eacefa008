/* The one box that finds customers: src/desk/lookup.c. */
#include "desk_fixture.h"

#include "base/buf.h"
#include "desk/contract.h"
#include "desk/customer.h"
#include "desk/lookup.h"
#include "desk/words.h"
#include "store/queries.h"

static const struct {
	const char *number, *name, *city, *person, *phone;
	bool entitled;
} people[] = {
    {"10443-7", "Tischlerei Arndt GmbH", "K\xc3\xb6ln", "Karin Arndt",
	"0221 4710112", true},
    {"10444-5", "M\xc3\xbcller & S\xc3\xb6hne", "Bonn", "Jens Ost",
	"0228 4710112", false},
    {"20443", "Arndt Reisen", "Berlin", "", "030 23125001", false},
    {"K-17", "4711 Parf\xc3\xbcmerie", "K\xc3\xb6ln", "", "", false},
};

static void
people_make(struct fixture *f)
{
	for (size_t i = 0; i < sizeof people / sizeof *people; i++) {
		struct customer_form c = {.number = str_of(people[i].number),
		    .name = str_of(people[i].name),
		    .city = str_of(people[i].city)};
		struct person_form p = {.name = str_of(people[i].person)};
		struct phone_form t = {.number = str_of(people[i].phone)};
		struct contract_form k = {.product = STR("DSL"),
		    .starts_on = STR("2026-01-01"),
		    .ends_on = people[i].entitled ? STR("")
						  : STR("2026-02-01")};
		int64_t id, part;

		fixture_ok(f, customer_add(&f->d, &c, &id));
		fixture_ok(f, contract_add(&f->d, id, &k, &part));
		if (p.name.n)
			fixture_ok(f,
			    person_add(&f->d, id, &p, &t.person_id));
		if (t.number.n)
			fixture_ok(f, phone_add(&f->d, id, &t, &part));
	}
}

/* "number!" for an exact hit, "*" if entitled, "(person)", "<e164>". */
static struct str
hits_text(void *mem, const struct lookup *l)
{
	struct buf b;

	buf_init(&b, mem, 4096);
	for (size_t i = 0; i < l->n; i++) {
		const struct lookup_hit *h = &l->v[i];

		buf_printf(&b, "%s%s%s%s", i ? " " : "", h->number.p,
		    h->exact ? "!" : "", h->entitled ? "*" : "");
		if (h->person.n)
			buf_printf(&b, "(%s)", h->person.p);
		if (h->e164.n)
			buf_printf(&b, "<%s>", h->e164.p);
	}
	return buf_get(&b);
}

static void
boxes(void **state)
{
	static const struct {
		const char *typed, *expected;
	} rows[] = {
	    {"", ""},
	    {"  ", ""},
	    {"...", ""},
	    {"\xff", ""},
	    {"1", "10443-7* 10444-5"},
	    {"1044", "10443-7* 10444-5"},
	    {"10443", "10443-7*"},
	    {"10443-7", "10443-7!*"},
	    {"104437", "10443-7!*"},
	    {"k17", "K-17!"},
	    {"k-", "10443-7*(Karin Arndt) K-17"},
	    /* telephone numbers: their last digits, their beginning */
	    {"0112", "10443-7*(Karin Arndt)<492214710112>"
		     " 10444-5(Jens Ost)<492284710112>"},
	    {"112", ""},
	    {"0221 47", "10443-7*(Karin Arndt)<492214710112>"},
	    {"+49 228", "10444-5(Jens Ost)<492284710112>"},
	    {"0049 30", "20443<493023125001>"},
	    {"030 23125001", "20443<493023125001>"},
	    {"30 23125001", "20443<493023125001>"},
	    {"030 23125002", ""},
	    {"030 2312500 #", ""},
	    /* words, in any order and spelling */
	    {"tischl", "10443-7*"},
	    {"arndt", "20443 10443-7*(Karin Arndt)"},
	    {"ARNDT k", "10443-7*(Karin Arndt)"},
	    {"koeln arndt", "10443-7*(Karin Arndt)"},
	    {"k\xc3\xb6l", "10443-7* K-17"},
	    {"mueller bonn", "10444-5"},
	    {"M\xc3\xbcller, Jens", "10444-5(Jens Ost)"},
	    {"soehne m\xc3\xbc", "10444-5"},
	    {"ost", "10444-5(Jens Ost)"},
	    {"arndt bonn", ""},
	    {"arndt koeln tisch gm kar", "10443-7*(Karin Arndt)"},
	    {"4711", "K-17"},
	    {"4711 parf", "K-17"},
	    {"% _", ""},
	    {"' OR 1", ""},
	};
	struct fixture *f = *state;
	struct lookup l;

	people_make(f);
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct str got;

		fixture_ok(f, customer_lookup(&f->d, str_of(rows[i].typed),
				  LOOKUP_MOST, &l));
		got = hits_text(f->cx.mem, &l);
		if (!str_is(got, rows[i].expected))
			print_error("%s: %s\n", rows[i].typed, got.p);
		check_row(str_is(got, rows[i].expected), rows[i].typed);
	}
}

static void
bounds(void **state)
{
	struct fixture *f = *state;
	char longer[LOOKUP_BYTES + 1];
	struct customer_form form = {.name = STR("Same Name")};
	struct lookup l;
	int64_t id;

	memset(longer, '1', sizeof longer);
	for (int i = 0; i < LOOKUP_MOST + 5; i++)
		fixture_ok(f, customer_add(&f->d, &form, &id));
	fixture_ok(f, customer_lookup(&f->d, STR("same"), 100, &l));
	assert_int_equal(l.n, LOOKUP_MOST);
	fixture_ok(f, customer_lookup(&f->d, STR("name same"), 3, &l));
	assert_int_equal(l.n, 3);
	fixture_ok(f, customer_lookup(&f->d, STR("same"), 0, &l));
	assert_int_equal(l.n, 0);
	fixture_ok(f, customer_lookup(&f->d,
			  (struct str){longer, sizeof longer}, 20, &l));
	assert_int_equal(l.n, 0);
	f->d.actor.role = ROLE_NONE;
	fixture_refused(f, customer_lookup(&f->d, STR("same"), 20, &l),
	    ERR_FORBIDDEN, "");
}

static void
caller(void **state)
{
	struct fixture *f = *state;
	struct lookup l;

	people_make(f);
	fixture_ok(f, lookup_by_phone(&f->d, STR("492214710112"), &l));
	check_str(hits_text(f->cx.mem, &l),
	    "10443-7*(Karin Arndt)<492214710112>");
	fixture_ok(f, lookup_by_phone(&f->d, STR("49221471011"), &l));
	assert_int_equal(l.n, 0);
	fixture_ok(f, lookup_by_phone(&f->d, STR(""), &l));
	assert_int_equal(l.n, 0);
}

/* Who was renamed or removed is no longer found by the old words. */
static void
forgotten(void **state)
{
	struct fixture *f = *state;
	struct customer_form form = {.name = STR("Neumann"), .version = 1};
	struct lookup l;

	people_make(f);
	fixture_ok(f, customer_edit(&f->d, 1, &form));
	fixture_ok(f, customer_lookup(&f->d, STR("tischlerei"), 20, &l));
	assert_int_equal(l.n, 0);
	fixture_ok(f, customer_lookup(&f->d, STR("neum"), 20, &l));
	assert_int_equal(l.n, 1);
	fixture_ok(f, person_remove(&f->d, 1));
	fixture_ok(f, customer_lookup(&f->d, STR("karin"), 20, &l));
	assert_int_equal(l.n, 0);
}

/* Who has two words that begin so takes nobody's place. */
static void
two_words_alike(void **state)
{
	struct fixture *f = *state;
	struct customer_form both = {.number = STR("1"),
	    .name = STR("Arnd Arndt")};
	struct customer_form other = {.number = STR("2"),
	    .name = STR("Zoo Arndt")};
	struct lookup l;
	int64_t id;

	fixture_ok(f, customer_add(&f->d, &both, &id));
	fixture_ok(f, customer_add(&f->d, &other, &id));
	fixture_ok(f, customer_lookup(&f->d, STR("arn"), 2, &l));
	check_str(hits_text(f->cx.mem, &l), "1 2");
}

/* Two words that thousands have, and one customer both, far behind. */
static void
common_words(void **state)
{
	enum { MANY = 2100 };
	struct fixture *f = *state;
	int64_t mask = words_bit(STR("meier")) | words_bit(STR("bonn")), id;
	struct lookup l;
	DB_TX tx = {0};

	fixture_ok(f, db_begin(f->d.db, &tx));
	for (int i = 0; i < 2 * MANY; i++) {
		struct str number = str_printf(f->cx.mem, "N%d", i);

		fixture_ok(f, q_customer_add(&tx, f->cx.mem, number, number,
				  STR("-"), STR("-"), STR(""), STR(""),
				  STR(""), STR(""), STR(""), 0, &id));
		if (i < MANY)
			fixture_ok(f,
			    q_customer_word_add(&tx, STR("meier"), id,
				  mask));
		if (i >= MANY - 1)
			fixture_ok(f,
			    q_customer_word_add(&tx, STR("bonn"), id,
				  mask));
	}
	fixture_ok(f, db_commit(&tx));
	fixture_ok(f, customer_lookup(&f->d, STR("meier bonn"), 20, &l));
	assert_int_equal(l.n, 1);
	check_str(l.v[0].number, "N2099");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    DESK_ON_BOTH(boxes),
	    DESK_ON_BOTH(bounds),
	    DESK_ON_BOTH(caller),
	    DESK_ON_BOTH(forgotten),
	    DESK_ON_BOTH(two_words_alike),
	    DESK_ON_BOTH(common_words),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
