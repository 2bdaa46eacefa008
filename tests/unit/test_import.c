/* Customers from a table: src/desk/import.c, import_line.c, import_plan.c. */
#include "desk_fixture.h"

#include "base/buf.h"
#include "base/file.h"
#include "desk/customer.h"
#include "desk/import.h"
#include "desk/lookup.h"
#include "store/queries.h"

static enum err
imported(struct fixture *f, const char *source, struct import_report *r)
{
	return customer_import(&f->d, str_of(source), r);
}

/* Fails unless all complaints are "line field; line field". */
static void
check_complaints(struct fixture *f, const struct import_report *r,
    const char *expected)
{
	struct buf b;

	buf_init(&b, f->cx.mem, 1 << 16);
	for (size_t i = 0; i < r->kept; i++)
		buf_printf(&b, "%s%zu %s", i ? "; " : "",
		    r->complaint[i].line, r->complaint[i].field.p);
	if (strcmp(buf_get(&b).p, expected) != 0)
		for (size_t i = 0; i < r->kept; i++)
			print_error("%zu %s: %s\n", r->complaint[i].line,
			    r->complaint[i].field.p, r->complaint[i].text.p);
	check_str(buf_get(&b), expected);
}

static struct str
fixture_read(struct fixture *f, const char *name)
{
	struct str path = str_printf(f->cx.mem, "%s/import/%s",
	    getenv("FIXTURES"), name);
	struct str source;

	assert_int_equal(file_read(f->cx.mem, path.p, IMPORT_BYTES_MOST,
			     &source),
	    OK);
	return source;
}

/* Columns that the file has not are empty for a new customer. */
static void
few_columns(void **state)
{
	struct fixture *f = *state;
	struct import_report r;

	fixture_ok(f, imported(f, "number;name\n10443-7;Arndt\n", &r));
	assert_int_equal(r.customers, 1);
	assert_int_equal(r.complaints, 0);
}

/* The file as a German spreadsheet writes it. */
static void
whole_file(void **state)
{
	struct fixture *f = *state;
	struct import_report r;
	struct customer_full full;
	struct lookup l;

	fixture_ok(f, customer_import(&f->d, fixture_read(f, "german.csv"),
			  &r));
	assert_int_equal(r.complaints, 0);
	assert_int_equal(r.lines, 6);
	assert_int_equal(r.customers, 3);
	assert_int_equal(r.persons, 4);
	assert_int_equal(r.phones, 4);
	assert_int_equal(r.contracts, 3);
	fixture_ok(f, customer_lookup(&f->d, STR("10443-7"), 20, &l));
	assert_int_equal(l.n, 1);
	assert_true(l.v[0].exact && l.v[0].entitled);
	fixture_ok(f, customer_full(&f->d, l.v[0].id, &full));
	check_str(full.customer.name, "Tischlerei Arndt GmbH");
	check_str(full.customer.note, "ruft gern\nan");
	assert_int_equal(full.persons.n, 2);
	check_str(full.persons.v[1].position, "Inhaberin");
	assert_int_equal(full.phones.n, 2);
	check_str(full.phones.v[0].e164, "492214710112");
	check_str(full.phones.v[0].person_name, "Karl Arndt");
	assert_null(full.phones.v[1].person_name.p);
	assert_int_equal(full.contracts.n, 2);
	check_str(full.contracts.v[0].row.starts_on, "2026-03-01");
	check_str(full.contracts.v[1].row.ends_on, "2026-02-28");
	/* found by each of its words */
	fixture_ok(f, customer_lookup(&f->d, STR("karl koeln"), 20, &l));
	assert_int_equal(l.n, 1);
	fixture_count(f,
	    "SELECT count(*) FROM event WHERE kind = 'customer.added'", 3);
	fixture_count(f,
	    "SELECT count(*) FROM event WHERE kind = 'customer.imported'"
	    " AND payload = '{\"lines\":6,\"customers\":3,\"persons\":4,"
	    "\"phones\":4,\"contracts\":3}'",
	    1);
	/* the one without a number was given one that was free */
	fixture_count(f,
	    "SELECT count(*) FROM customer WHERE number LIKE '10002-%'", 1);
}

/* The same file again says nothing new. */
static void
again(void **state)
{
	static const char source[] =
	    "number,name,person,phone,product,starts_on\n"
	    "1,Arndt,Ost,0221 4710112,DSL,2026-01-01\n";
	struct fixture *f = *state;
	struct import_report r;

	fixture_ok(f, imported(f, source, &r));
	fixture_ok(f, imported(f, source, &r));
	assert_int_equal(r.customers + r.persons + r.phones + r.contracts, 0);
	fixture_ok(f, imported(f,
			  "number,name,person,phone,product,starts_on\n"
			  "1,,Ost,,,\n1,Arndt,West,,,\n1,,,,Mail,1.2.2026\n",
			  &r));
	assert_int_equal(r.customers, 0);
	assert_int_equal(r.persons, 1);
	assert_int_equal(r.contracts, 1);
	fixture_count(f, "SELECT count(*) FROM customer", 1);
	fixture_count(f, "SELECT count(*) FROM person", 2);
	fixture_count(f, "SELECT count(*) FROM phone", 1);
	fixture_count(f, "SELECT count(*) FROM contract", 2);
	fixture_count(f, "SELECT count(*) FROM customer_word", 3);
}

/* Without a number nobody is taken for another one, and nobody is added a second
 * time, unless the line says so. */
static void
twins(void **state)
{
	static const char source[] = "Firma;Ort\nMüller GmbH;Köln\nOst;Ulm\n";
	struct fixture *f = *state;
	struct import_report r;

	fixture_ok(f, imported(f, source, &r));
	fixture_refused(f, imported(f, source, &r), ERR_INVALID, "file");
	check_complaints(f, &r, "2 Firma; 3 Firma");
	assert_non_null(strstr(r.complaint[0].text.p, "10001-"));
	fixture_ok(f, imported(f,
			  "Firma;Ort;weiterer\nmüller gmbh;KÖLN;ja\n"
			  "Müller GmbH;Bonn;\nOst;Ulm;x\nOst;Ulm;Ja\n",
			  &r));
	assert_int_equal(r.customers, 4);
	fixture_ok(f,
	    imported(f, "number;name;city\n9-9;Ost;Ulm\n", &r));
	fixture_count(f, "SELECT count(*) FROM customer", 7);
}

static void
complaints(void **state)
{
	static const struct {
		const char *source, *expected;
	} rows[] = {
	    {"", "1 "},
	    {"city\nUlm\n", "1 "},
	    {"name;colour\nX;red\n", "1 colour"},
	    {"name;Firma\nX;X\n", "1 Firma"},
	    {"name;city\nX\n", "2 "},
	    {"name;city\nX;Ulm;Ulm\n", "2 "},
	    {"name\n\"X\n", "2 "},
	    {"\"name\nX\n", "1 "},
	    /* another encoding is one complaint, whatever stands around it */
	    {"name\nM\xfcller\nX\n", "2 "},
	    {"Firma;Stra\xdf" "e\nM\xfcller;Wall\nX;Y\n", "1 "},
	    {"number;name;city\n1;;Ulm\n2;M\xfcller;Ulm\n1;X;K\xf6ln\n;;\n", "3 "},
	    {"Name;E-Mail\nX;nobody\n;a@b.example\n", "2 E-Mail; 3 Name"},
	    {"name;Telefon\nX;112\nY;0221 4710112\nZ;anonymous\n",
		"2 Telefon; 4 Telefon"},
	    {"name;position\nX;boss\n", "2 person"},
	    {"name;contract\nX;7\n", "2 product; 2 starts_on"},
	    {"name;Produkt;Beginn;Ende\nX;DSL;24.11.2026;23.11.2026\n"
	     "Y;DSL;30.2.2026;\nZ;DSL;24.11.26;\n",
		"2 Ende; 3 Beginn; 4 Beginn"},
	    /* lines that contradict each other */
	    {"number;name;city\n1;X;Ulm\n1;Y;Ulm\n1;;Bonn\n",
		"3 name; 4 city"},
	    {"number;name;person;position\n1;X;Ost;A\n1;;ost;B\n",
		"3 position"},
	    {"number;name;contract;product;starts_on\n"
	     "1;X;7;DSL;2026-01-01\n1;;7;Mail;2026-01-01\n",
		"3 contract"},
	    {"number;name\n1;\n", "2 name"},
	    {"number;name\n--;X\n", "2 number"},
	    /* who seems to be one customer, and has no number that says so */
	    {"name;city\nX;Ulm\nY;Ulm\nx;ULM\n", "4 name"},
	    {"number;name;city\n;X;Ulm\n9;X;Ulm\n", "2 name"},
	    {"name;zip;city\nX;89073;Ulm\nX;;\n", "3 name"},
	    {"name;another\nX;\nY;perhaps\n", "3 another"},
	    /* and what is there already */
	    {"number;name;city\n0-1;X;\n", "2 name"},
	    {"number;name;city\n01;Known;Ulm\n", "2 city"},
	    {"number;contract;product;starts_on\n01;7;Mail;2026-01-01\n",
		"2 contract"},
	};
	struct fixture *f = *state;
	struct import_report r;

	fixture_ok(f, imported(f,
			  "number;name;contract;product;starts_on\n"
			  "01;Known;7;DSL;2026-01-01\n",
			  &r));
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		fixture_refused(f, imported(f, rows[i].source, &r),
		    ERR_INVALID, "file");
		check_complaints(f, &r, rows[i].expected);
		assert_int_equal(r.customers, 0);
	}
	fixture_count(f, "SELECT count(*) FROM customer", 1);
	fixture_count(f, "SELECT count(*) FROM contract", 1);
}

/* One bad line among many, and nothing is there. */
static void
all_or_nothing(void **state)
{
	struct fixture *f = *state;
	struct import_report r;
	struct buf b;

	buf_init(&b, f->cx.mem, 1 << 20);
	buf_puts(&b, "name;city\n");
	for (int i = 0; i < 300; i++)
		buf_printf(&b, "Customer %d;Ulm\n", i);
	buf_puts(&b, ";Ulm\n");
	fixture_refused(f, customer_import(&f->d, buf_get(&b), &r),
	    ERR_INVALID, "file");
	check_complaints(f, &r, "302 name");
	fixture_count(f, "SELECT count(*) FROM customer", 0);
	fixture_count(f, "SELECT count(*) FROM event", 0);
}

static void
bounds(void **state)
{
	struct fixture *f = *state;
	struct import_report r;
	struct buf b;

	buf_init(&b, f->cx.mem, 1 << 20);
	buf_puts(&b, "name;zip\n");
	for (int i = 0; i < IMPORT_COMPLAINTS_MOST + 7; i++)
		buf_puts(&b, ";1\n");
	fixture_refused(f, customer_import(&f->d, buf_get(&b), &r),
	    ERR_INVALID, "file");
	assert_int_equal(r.kept, IMPORT_COMPLAINTS_MOST);
	assert_int_equal(r.complaints, IMPORT_COMPLAINTS_MOST + 7);
	buf_init(&b, f->cx.mem, 1 << 20);
	buf_puts(&b, "name\n");
	for (int i = 0; i <= IMPORT_LINES_MOST; i++)
		buf_puts(&b, "X\n");
	fixture_refused(f, customer_import(&f->d, buf_get(&b), &r),
	    ERR_TOO_LARGE, "file");
	f->d.actor.role = ROLE_AGENT;
	fixture_refused(f, imported(f, "name\nX\n", &r), ERR_FORBIDDEN, "");
	fixture_count(f, "SELECT count(*) FROM customer", 0);
}

/* The reasons speak the unit's language. */
static void
german(void **state)
{
	struct fixture *f = *state;
	struct import_report en, de;

	fixture_refused(f, imported(f, "name\n \n", &en), ERR_INVALID, "file");
	f->cx.lang = LANG_DE;
	fixture_refused(f, imported(f, "name\n \n", &de), ERR_INVALID, "file");
	assert_int_equal(en.kept, 1);
	assert_int_equal(de.kept, 1);
	assert_string_equal(de.complaint[0].text.p,
	    tr(LANG_DE, "A new customer needs a name."));
	assert_string_equal(en.complaint[0].text.p, "A new customer needs a name.");
	fixture_refused(f, imported(f, "Stra\xdf" "e\n", &de), ERR_INVALID, "file");
	assert_non_null(strstr(de.complaint[0].text.p, "Excel"));
	assert_non_null(strstr(de.complaint[0].text.p, "iconv -f cp1252"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    DESK_ON_BOTH(whole_file),
	    DESK_ON_BOTH(few_columns),
	    DESK_ON_BOTH(again),
	    DESK_ON_BOTH(twins),
	    DESK_ON_BOTH(complaints),
	    DESK_ON_BOTH(all_or_nothing),
	    DESK_ON_BOTH(bounds),
	    DESK_ON_BOTH(german),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
