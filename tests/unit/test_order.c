/*
 * Orders and what is invoiced: src/desk/order.c, order_new.c, order_list.c,
 * invoice.c. Over HTTP: tests/http/orders.test.mjs; in calls: paid.test.mjs.
 */
#include "desk_fixture.h"

#include <pthread.h>
#include <unistd.h>

#include "desk/customer.h"
#include "desk/employee.h"
#include "desk/invoice.h"
#include "desk/shipped.h"
#include "store/queries.h"

enum { MINUTE = 60 * 1000 };

static const char exact[] =
    "Bitte auf der Seite Kontakt die Telefonnummer in der Fußzeile durch "
    "0221 4710 330 ersetzen.";

static int
setup(void **state)
{
	struct wording_rules *rules = NULL;
	struct prices *prices = NULL;
	struct complaints c;
	struct fixture *f;

	fixture_setup(state);
	f = *state;
	complaints_init(&c, f->cx.mem, "f");
	assert_int_equal(wording_load(f->cx.mem, shipped_wording(), &c,
			     &rules), OK);
	assert_int_equal(prices_load(f->cx.mem, shipped_prices(), &c,
			     &prices), OK);
	f->house.wording = rules;
	f->house.prices = prices;
	return 0;
}

static int64_t
customer_made(struct fixture *f, const char *name)
{
	struct customer_form form = {.name = str_of(name)};
	int64_t id;

	fixture_ok(f, customer_add(&f->d, &form, &id));
	return id;
}

static int64_t
employee_made(struct fixture *f, const char *login)
{
	struct employee_form form = {.login = str_of(login),
	    .name = str_of(login), .role = ROLE_AGENT,
	    .password = STR("kurze-dienstwege")};
	enum role was = f->d.actor.role;
	int64_t id;

	f->d.actor.role = ROLE_ADMIN;
	fixture_ok(f, employee_add(&f->d, &form, &id));
	f->d.actor.role = was;
	return id;
}

static struct order_offer
offer_of(int64_t customer)
{
	return (struct order_offer){.customer_id = customer,
	    .caller_name = STR("Petra Arndt"), .kind = ORDER_CHANGE,
	    .description = str_of(exact), .price = STR("website-text")};
}

static int64_t
offered(struct fixture *f, const struct order_offer *o)
{
	int64_t id;

	fixture_ok(f, order_offer(&f->d, o, &id));
	return id;
}

static struct order_full
get(struct fixture *f, int64_t id)
{
	struct order_full full;

	fixture_ok(f, order_get(&f->d, id, &full));
	return full;
}

static struct order_change
seen(struct fixture *f, int64_t id)
{
	return (struct order_change){id, get(f, id).order.version};
}

/* ---- What is done to one ------------------------------------------------- */

enum what { ACCEPT, DECLINE, TAKE, START, DONE, CANCEL, INVOICE, WHATS };

static enum err
does(struct fixture *f, int64_t id, enum what what)
{
	struct order_change c = seen(f, id);
	struct order_reply r = {what == ACCEPT, STR("Ja."), STR("P. Arndt")};

	switch (what) {
	case ACCEPT:
	case DECLINE:
		return order_reply(&f->d, &c, &r);
	case TAKE:
		return order_assign(&f->d, &c, STR("brandt"));
	case START:
		return order_start(&f->d, &c);
	case DONE:
		return order_done(&f->d, &c, 20);
	case CANCEL:
		return order_cancel(&f->d, &c, STR("zu teuer"));
	default:
		return invoice_mark(&f->d, order_number(f->cx.mem, id));
	}
}

/* An order in that state, by the shortest way. */
static int64_t
order_in(struct fixture *f, int64_t customer, enum order_state s)
{
	static const enum what way[][4] = {
	    [ORDER_OFFERED] = {WHATS},
	    [ORDER_ACCEPTED] = {ACCEPT, WHATS},
	    [ORDER_DECLINED] = {DECLINE, WHATS},
	    [ORDER_IN_PROGRESS] = {ACCEPT, START, WHATS},
	    [ORDER_DONE] = {ACCEPT, START, DONE, WHATS},
	    [ORDER_INVOICED] = {ACCEPT, START, DONE, INVOICE},
	    [ORDER_CANCELLED] = {CANCEL, WHATS},
	};
	struct order_offer o = offer_of(customer);
	int64_t id = offered(f, &o);

	for (int i = 0; i < 4 && way[s][i] != WHATS; i++)
		fixture_ok(f, does(f, id, way[s][i]));
	assert_int_equal(get(f, id).order.state, s);
	return id;
}

static void
every_change_in_every_state(void **state)
{
	/* what it becomes; 0: refused */
	static const enum order_state becomes[][WHATS] = {
	    [ORDER_OFFERED] = {[ACCEPT] = ORDER_ACCEPTED,
		[DECLINE] = ORDER_DECLINED, [TAKE] = ORDER_OFFERED,
		[CANCEL] = ORDER_CANCELLED},
	    [ORDER_ACCEPTED] = {[TAKE] = ORDER_ACCEPTED,
		[START] = ORDER_IN_PROGRESS, [CANCEL] = ORDER_CANCELLED},
	    [ORDER_DECLINED] = {0},
	    [ORDER_IN_PROGRESS] = {[TAKE] = ORDER_IN_PROGRESS,
		[DONE] = ORDER_DONE, [CANCEL] = ORDER_CANCELLED},
	    [ORDER_DONE] = {[INVOICE] = ORDER_INVOICED},
	    [ORDER_INVOICED] = {0},
	    [ORDER_CANCELLED] = {0},
	};
	struct fixture *f = *state;
	int64_t customer = customer_made(f, "Arndt");

	for (int s = ORDER_OFFERED; s <= ORDER_CANCELLED; s++)
		for (int w = 0; w < WHATS; w++) {
			enum order_state to = becomes[s][w];
			int64_t id =
			    order_in(f, customer, (enum order_state)s);
			struct order_full was = get(f, id), is;
			enum err e = does(f, id, (enum what)w);

			if ((e == OK) != (to != 0))
				print_error("state %d, change %d\n", s, w);
			if (to)
				fixture_ok(f, e);
			else
				fixture_refused(f, e, ERR_CONFLICT, NULL);
			is = get(f, id);
			assert_int_equal(is.order.state, to ? to : (enum order_state)s);
			assert_int_equal(is.order.version,
			    was.order.version + (to != 0));
			assert_int_equal(is.history.n,
			    was.history.n + (to != 0));
		}
}

static void
whoever_was_slower_saves_nothing(void **state)
{
	struct fixture *f = *state;
	int64_t id = order_in(f, customer_made(f, "Arndt"), ORDER_OFFERED);
	struct order_change old = seen(f, id);
	struct order_change nobody = {4711, 1};
	struct order_reply r = {true, STR("Ja."), STR("P. Arndt")};

	fixture_ok(f, order_assign(&f->d, &old, STR("brandt")));
	fixture_refused(f, order_reply(&f->d, &old, &r), ERR_STALE, "");
	fixture_refused(f, order_assign(&f->d, &old, STR("")), ERR_STALE, "");
	fixture_refused(f, order_start(&f->d, &old), ERR_STALE, "");
	fixture_refused(f, order_done(&f->d, &old, 1), ERR_STALE, "");
	fixture_refused(f, order_cancel(&f->d, &old, STR("x")), ERR_STALE, "");
	fixture_refused(f, order_start(&f->d, &nobody), ERR_NOT_FOUND, "");
	assert_int_equal(get(f, id).order.version, 2);
	f->d.actor.role = ROLE_NONE;
	fixture_refused(f, order_start(&f->d, &old), ERR_FORBIDDEN, "");
}

static void
who_is_put_in_charge_by_whom(void **state)
{
	struct fixture *f = *state;
	int64_t id = order_in(f, customer_made(f, "Arndt"), ORDER_ACCEPTED);
	int64_t boss = f->d.actor.employee_id;
	int64_t voss = employee_made(f, "voss");
	struct order_change c = seen(f, id);

	employee_made(f, "weber");
	f->d.actor.role = ROLE_ADMIN;
	fixture_ok(f, employee_bar(&f->d, STR("weber"), true));
	f->d.actor.role = ROLE_AGENT;
	f->d.actor.employee_id = voss;
	fixture_refused(f, order_assign(&f->d, &c, STR("brandt")),
	    ERR_FORBIDDEN, "employee");
	fixture_refused(f, order_assign(&f->d, &c, STR("")), ERR_FORBIDDEN,
	    "employee");
	fixture_ok(f, order_assign(&f->d, &c, STR("voss")));
	c.version++;
	fixture_ok(f, order_assign(&f->d, &c, STR("")));
	c.version++;

	f->d.actor.role = ROLE_SUPERVISOR;
	f->d.actor.employee_id = boss;
	fixture_refused(f, order_assign(&f->d, &c, STR("weber")), ERR_INVALID,
	    "employee");
	fixture_refused(f, order_assign(&f->d, &c, STR("nobody")),
	    ERR_INVALID, "employee");
	fixture_ok(f, order_assign(&f->d, &c, STR("voss")));
	c.version++;

	/* Whoever is in charge is at it, not who pressed the button. */
	fixture_ok(f, order_start(&f->d, &c));
	c.version++;
	check_str(get(f, id).order.employee_name, "voss");
	f->d.actor.role = ROLE_AGENT;
	f->d.actor.employee_id = voss;
	fixture_refused(f, order_assign(&f->d, &c, STR("")), ERR_CONFLICT,
	    "employee");
	fixture_refused(f, order_assign(&f->d, &c, STR("brandt")),
	    ERR_FORBIDDEN, "employee");
	fixture_ok(f, order_assign(&f->d, &c, STR("voss"))); /* as it is */
}

/* Callers are put through to whoever works on an order, not to somebody who
 * was barred. */
static void
whom_callers_are_put_through_to(void **state)
{
	struct fixture *f = *state;
	int64_t customer = customer_made(f, "Arndt");
	int64_t id = order_in(f, customer, ORDER_ACCEPTED);
	struct q_order_in_hand_rows rows;
	struct order_change c = seen(f, id);

	employee_made(f, "voss");
	fixture_ok(f, order_assign(&f->d, &c, STR("voss")));
	fixture_ok(f, order_in_hand(&f->d, f->d.db, customer, &rows));
	assert_int_equal(rows.n, 0);
	c.version++;
	fixture_ok(f, order_start(&f->d, &c));
	fixture_ok(f, order_in_hand(&f->d, f->d.db, customer, &rows));
	assert_int_equal(rows.n, 1);
	check_str(rows.v[0].employee_name, "voss");
	f->d.actor.role = ROLE_ADMIN;
	fixture_ok(f, employee_bar(&f->d, STR("voss"), true));
	fixture_ok(f, order_in_hand(&f->d, f->d.db, customer, &rows));
	assert_int_equal(rows.n, 0);
}

static void
the_exact_words_are_kept(void **state)
{
	struct fixture *f = *state;
	int64_t id = order_in(f, customer_made(f, "Arndt"), ORDER_OFFERED);
	struct order_change c = seen(f, id);
	char too_long[ORDER_WORDS_MOST + 2];
	struct order_reply r = {true, STR(""), STR(" ")};
	struct order_full full;

	fixture_refused(f, order_reply(&f->d, &c, &r), ERR_INVALID, "words");
	r.words = STR("Ja.");
	fixture_refused(f, order_reply(&f->d, &c, &r), ERR_INVALID, "name");
	memset(too_long, 'x', sizeof too_long);
	too_long[sizeof too_long - 1] = '\0';
	r = (struct order_reply){true, str_of(too_long), STR("P. Arndt")};
	fixture_refused(f, order_reply(&f->d, &c, &r), ERR_INVALID, "words");
	r.words = STR("„Ja, machen Sie's“; <b>aber</b> \"flott\" – 100 %!");
	fixture_ok(f, order_reply(&f->d, &c, &r));
	full = get(f, id);
	check_str(full.order.answer_words,
	    "„Ja, machen Sie's“; <b>aber</b> \"flott\" – 100 %!");
	check_str(full.order.answer_name, "P. Arndt");
	check_str(full.order.answered_name, "S. Brandt");
	assert_int_equal(full.order.answered_ms.v, f->now_ms);
	check_str(full.order.description, exact);
	check_str(full.history.v[0].kind, "order.accepted");
	check_str(full.history.v[1].kind, "order.offered");

	c.version++;
	fixture_refused(f, order_cancel(&f->d, &c, STR("  ")), ERR_INVALID,
	    "reason");
	fixture_refused(f, order_cancel(&f->d, &c, str_of(too_long)),
	    ERR_INVALID, "reason");
}

static void
work_by_time_needs_its_minutes(void **state)
{
	struct fixture *f = *state;
	struct order_offer o = offer_of(customer_made(f, "Arndt"));
	struct order_change c;
	struct order_full full;

	o.kind = ORDER_WORK;
	o.price = STR("work"); /* 22.50 for each 15 minutes, at least two */
	c.id = offered(f, &o);
	full = get(f, c.id);
	assert_false(full.sure);
	assert_int_equal(full.amount.net, 4500);
	fixture_ok(f, does(f, c.id, ACCEPT));
	fixture_ok(f, does(f, c.id, START));
	c = seen(f, c.id);
	fixture_refused(f, order_done(&f->d, &c, 0), ERR_INVALID, "minutes");
	fixture_refused(f, order_done(&f->d, &c, -1), ERR_INVALID, "minutes");
	fixture_refused(f, order_done(&f->d, &c, ORDER_WORKED_MOST + 1),
	    ERR_INVALID, "minutes");
	fixture_refused(f, order_done(&f->d, &c, INT64_MAX), ERR_INVALID,
	    "minutes");
	fixture_ok(f, order_done(&f->d, &c, 46));
	full = get(f, c.id);
	assert_true(full.sure);
	assert_int_equal(full.order.worked_ms, 46 * MINUTE);
	assert_int_equal(full.units, 4);
	assert_int_equal(full.amount.net, 9000);
	assert_int_equal(full.amount.gross, 10710);
}

/* ---- How one comes into being --------------------------------------------- */

/* What is changed in a good offer, and what is said of it. */
struct flaw {
	const char *field; /* NULL: of the whole */
	enum err e;
	const char *customer, *person, *description, *price;
	int64_t customer_id, person_id, net_cents;
	enum order_kind kind;
};

static void
an_offer_is_judged(void **state)
{
	struct fixture *f = *state;
	const struct order_offer good = offer_of(customer_made(f, "Arndt"));
	const int64_t here = good.customer_id;
	const enum order_kind change = ORDER_CHANGE;
	const char *const petra = "Petra Arndt", *const text = "website-text";
	const struct flaw rows[] = {
	    {"customer", ERR_EVIDENCE, "", petra, exact, text, 0, 0, 0, change},
	    {"customer", ERR_INVALID, "4711-0", petra, exact, text, 0, 0, 0,
		change},
	    {NULL, ERR_NOT_FOUND, "", petra, exact, text, 4711, 0, 0, change},
	    {"person", ERR_EVIDENCE, "", " ", exact, text, here, 0, 0, change},
	    {"person", ERR_INVALID, "", "", exact, text, here, 4711, 0, change},
	    {"kind", ERR_INVALID, "", petra, exact, text, here, 0, 0,
		ORDER_KIND_NONE},
	    {"kind", ERR_INVALID, "", petra, exact, "consultation", here, 0, 0,
		ORDER_CONSULTATION},
	    {"description", ERR_EVIDENCE, "", petra, "", text, here, 0, 0,
		change},
	    {"description", ERR_EVIDENCE, "", petra, "Bitte kümmern.", text,
		here, 0, 0, change},
	    {"price", ERR_INVALID, "", petra, exact, "repair", here, 0, 0,
		change},
	    {"price", ERR_INVALID, "", petra, exact, "free", here, 0, 1,
		change},
	    {"net", ERR_INVALID, "", petra, exact, "", here, 0, 0, change},
	    {"net", ERR_INVALID, "", petra, exact, "", here, 0, -1, change},
	    {"net", ERR_INVALID, "", petra, exact, "", here, 0,
		MONEY_CENTS_MOST + 1, change},
	    {"net", ERR_INVALID, "", petra, exact, "", here, 0, INT64_MAX,
		change},
	};

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		const struct flaw *r = &rows[i];
		struct order_offer o = {.customer_id = r->customer_id,
		    .customer_number = str_of(r->customer),
		    .person_id = r->person_id,
		    .caller_name = str_of(r->person),
		    .kind = r->kind,
		    .description = str_of(r->description),
		    .price = str_of(r->price),
		    .net_cents = r->net_cents};
		int64_t id;

		fixture_refused(f, order_offer(&f->d, &o, &id), r->e, r->field);
	}
	fixture_count(f, "SELECT count(*) FROM work_order", 0);
}

static void
a_price_for_one_order_alone(void **state)
{
	struct fixture *f = *state;
	struct order_offer o = offer_of(customer_made(f, "Arndt"));
	struct order_full full;

	o.price = STR("");
	o.net_cents = 12345;
	full = get(f, offered(f, &o));
	check_str(full.order.price_text, "Agreed price");
	check_str(full.order.sentence,
	    "€123.45 net, with 19 % VAT €146.91");
	assert_true(full.sure);
	assert_int_equal(full.amount.gross, 14691);
	o.net_cents = MONEY_CENTS_MOST;
	assert_int_equal(get(f, offered(f, &o)).amount.net, MONEY_CENTS_MOST);
}

static void
asked_twice_is_offered_once(void **state)
{
	struct fixture *f = *state;
	struct order_offer o = offer_of(customer_made(f, "Arndt"));
	int64_t first, second;

	f->d.nonce = STR("n1");
	first = offered(f, &o);
	second = offered(f, &o);
	assert_int_equal(first, second);
	o.caller_name = STR("Jan Arndt");
	fixture_refused(f, order_offer(&f->d, &o, &second), ERR_CONFLICT,
	    "nonce");
	f->d.nonce = STR("n2");
	assert_int_not_equal(offered(f, &o), first);
	fixture_count(f, "SELECT count(*) FROM work_order", 2);
}

static void
numbers_have_an_a_and_a_digit(void **state)
{
	static const struct {
		const char *typed;
		int64_t id; /* 0: refused */
	} rows[] = {
	    {"A572-4", 572}, {"a572-4", 572}, {"5724", 572}, {" A 57 24 ", 572},
	    {"A572-5", 0}, {"AA572-4", 0}, {"B572-4", 0}, {"572-4A", 0},
	    {"A", 0}, {"", 0}, {"A0-0", 0}, {"A572", 0},
	};
	struct fixture *f = *state;

	check_str(order_number(f->cx.mem, 572), "A572-4");
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		int64_t id = 0;
		bool good = order_number_read(f->cx.mem,
		    str_of(rows[i].typed), &id);

		check_row(good == (rows[i].id != 0), rows[i].typed);
		check_row(id == rows[i].id, rows[i].typed);
	}
}

static void
lists_come_page_by_page(void **state)
{
	enum { MADE = ORDER_PAGE + 5 };
	struct fixture *f = *state;
	int64_t one = customer_made(f, "Arndt");
	struct order_filter by_state = {.state = ORDER_OFFERED};
	struct order_filter both = {.state = ORDER_ACCEPTED,
	    .customer = STR("10001-0")};
	struct q_order_row_rows rows;
	struct q_customer customer;
	struct order_offer o = offer_of(one);
	int64_t last = 0;
	bool more;

	for (int i = 0; i < MADE; i++)
		last = offered(f, &o); /* all at one moment */
	fixture_ok(f, order_list(&f->d, &by_state, &rows, &more));
	assert_true(more);
	assert_int_equal(rows.n, ORDER_PAGE);
	assert_int_equal(rows.v[0].id, last);
	by_state.after_ms = rows.v[rows.n - 1].changed_ms;
	by_state.after_id = rows.v[rows.n - 1].id;
	fixture_ok(f, order_list(&f->d, &by_state, &rows, &more));
	assert_false(more);
	assert_int_equal(rows.n, MADE - ORDER_PAGE);
	assert_int_equal(rows.v[0].id, by_state.after_id - 1);

	fixture_ok(f, q_customer(f->d.db, f->cx.mem, one, &customer));
	both.customer = customer.number;
	fixture_ok(f, does(f, last, ACCEPT));
	fixture_ok(f, order_list(&f->d, &both, &rows, &more));
	assert_int_equal(rows.n, 1);
	assert_int_equal(rows.v[0].id, last);
	both.customer = STR("nobody");
	fixture_refused(f, order_list(&f->d, &both, &rows, &more),
	    ERR_INVALID, "customer");
	fixture_refused(f, order_list(&f->d, &(struct order_filter){0}, &rows,
			       &more), ERR_INVALID, "state");
}

/* ---- What is invoiced ------------------------------------------------------ */

static void
the_csv_byte_by_byte(void **state)
{
	static const char german[] =
	    "\ufeff\"Auftrag\";\"Kundennummer\";\"Kunde\";\"Art\";"
	    "\"Beschreibung\";\"Preis für\";\"Einheiten\";"
	    "\"Einzelpreis netto\";\"Netto\";\"MwSt. %\";\"MwSt.\";"
	    "\"Brutto\";\"Angenommen von\";\"Angenommen am\";"
	    "\"Erledigt am\"\r\n"
	    "\"A1-3\";\"10001-4\";\"'=HYPERLINK(\"\"x\"\")\";"
	    "\"Änderung an einer Website\";\"Bitte auf der Seite Kontakt die "
	    "Telefonnummer in der Fußzeile durch 0221 4710 330 ersetzen.\";"
	    "\"Vereinbarter Preis\";1;1234,50;1234,50;19,00;234,56;1469,06;"
	    "\"'@Arndt; \"\"P.\"\"\";2026-11-24;2026-11-24\r\n";
	struct fixture *f = *state;
	struct order_offer o =
	    offer_of(customer_made(f, "=HYPERLINK(\"x\")"));
	struct order_reply r = {true, STR("Ja."), STR("@Arndt; \"P.\"")};
	struct order_change c;
	struct invoice list;
	struct str csv;

	f->cx.lang = LANG_DE;
	o.price = STR("");
	o.net_cents = 123450;
	c.id = offered(f, &o);
	c.version = 1;
	fixture_ok(f, order_reply(&f->d, &c, &r));
	fixture_ok(f, does(f, c.id, START));
	fixture_ok(f, does(f, c.id, DONE));
	fixture_ok(f, invoice_list(&f->d, &list));
	check_str(invoice_csv(&f->d, &list), german);
	f->cx.lang = LANG_EN;
	csv = invoice_csv(&f->d, &list);
	assert_true(str_find(csv, STR("\ufeff\"Order\";\"Customer number\"")) == 0);
	assert_true(str_find(csv,
			STR(";1;1234.50;1234.50;19.00;234.56;1469.06;")) > 0);
}

/* Wherever a spreadsheet might have a field begin, it begins no formula. */
static void
no_formula_behind_any_separator(void **state)
{
	static const struct {
		const char *said, *written;
	} rows[] = {
	    {"a,=1", "\"a,'=1\""}, {"a; +1", "\"a; '+1\""},
	    {"a,\"@1", "\"a,\"\"'@1\""}, {"\" -1", "\"\"\" '-1\""},
	    {",,=1", "\",,'=1\""}, {"a - 1 = 2, b@c", "\"a - 1 = 2, b@c\""},
	};
	struct fixture *f = *state;

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct order_offer o = offer_of(customer_made(f, rows[i].said));
		struct order_reply r = {true, STR("Ja."), STR("P. Arndt")};
		struct order_change c = {offered(f, &o), 1};
		struct invoice list;

		fixture_ok(f, order_reply(&f->d, &c, &r));
		fixture_ok(f, does(f, c.id, START));
		fixture_ok(f, does(f, c.id, DONE));
		fixture_ok(f, invoice_list(&f->d, &list));
		check_row(str_find(invoice_csv(&f->d, &list),
			      str_of(rows[i].written)) > 0, rows[i].said);
	}
}

static void
a_list_with_its_sum(void **state)
{
	struct fixture *f = *state;
	int64_t customer = customer_made(f, "Arndt");
	int64_t first = order_in(f, customer, ORDER_DONE), second;
	struct invoice list;

	f->cx.now_ms = f->now_ms += MINUTE;
	second = order_in(f, customer, ORDER_DONE);
	order_in(f, customer, ORDER_IN_PROGRESS);
	order_in(f, customer, ORDER_INVOICED);
	fixture_ok(f, invoice_list(&f->d, &list));
	assert_int_equal(list.n, 2);
	assert_false(list.more);
	assert_int_equal(list.v[0].row.id, first);
	assert_int_equal(list.v[1].row.id, second);
	assert_int_equal(list.sum.net, 7800);
	assert_int_equal(list.sum.vat, 1482);
	assert_int_equal(list.sum.gross, 9282);
	fixture_ok(f, invoice_mark(&f->d, invoice_numbers(&f->d, &list)));
	fixture_ok(f, invoice_list(&f->d, &list));
	assert_int_equal(list.n, 0);
	assert_int_equal(get(f, second).order.invoiced_ms.v, f->now_ms);
	f->d.actor.role = ROLE_AGENT;
	fixture_refused(f, invoice_list(&f->d, &list), ERR_FORBIDDEN, "");
	fixture_refused(f, invoice_mark(&f->d, STR("A1-3")), ERR_FORBIDDEN, "");
}

static void
marked_all_or_none(void **state)
{
	struct fixture *f = *state;
	int64_t customer = customer_made(f, "Arndt");
	struct str one = order_number(f->cx.mem,
	    order_in(f, customer, ORDER_DONE));
	struct str two = order_number(f->cx.mem,
	    order_in(f, customer, ORDER_DONE));
	struct str open = order_number(f->cx.mem,
	    order_in(f, customer, ORDER_IN_PROGRESS));
	struct str none = order_number(f->cx.mem, 4711);
	const struct {
		enum err e;
		struct str numbers;
	} rows[] = {
	    {ERR_CONFLICT, str_printf(f->cx.mem, "%s %s", one.p, open.p)},
	    {ERR_CONFLICT, str_printf(f->cx.mem, "%s %s", one.p, none.p)},
	    {ERR_CONFLICT, str_printf(f->cx.mem, "%s %s", one.p, one.p)},
	    {ERR_INVALID, str_printf(f->cx.mem, "%s A1-99", one.p)},
	    {ERR_INVALID, str_printf(f->cx.mem, "%s;%s", one.p, two.p)},
	    {ERR_INVALID, STR("all")},
	    {ERR_INVALID, STR("")},
	    {ERR_INVALID, STR("   ")},
	};

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		fixture_refused(f, invoice_mark(&f->d, rows[i].numbers),
		    rows[i].e, "orders");
	fixture_count(f, "SELECT count(*) FROM work_order WHERE state = 6", 0);
	fixture_count(f,
	    "SELECT count(*) FROM event WHERE kind = 'order.invoiced'", 0);
	fixture_ok(f, invoice_mark(&f->d,
			  str_printf(f->cx.mem, "  %s   %s ", one.p, two.p)));
	fixture_refused(f, invoice_mark(&f->d, two), ERR_CONFLICT, "orders");
	fixture_count(f,
	    "SELECT count(*) FROM event WHERE kind = 'order.invoiced'", 2);
}

/* ---- Two who ask for the same ---------------------------------------------- */

/* One of those who send the same at once, with a connection of its own. */
struct sender {
	const struct fixture *f;
	int64_t customer, id;
	enum err told;
	pthread_t thread;
};

static void *
send_same(void *arg)
{
	struct sender *s = arg;
	struct order_offer o = offer_of(s->customer);
	struct cx cx = s->f->cx;
	struct desk d = s->f->d;

	cx.mem = talloc_new(NULL);
	d.cx = &cx;
	d.db = store_connect(s->f->house.store);
	d.nonce = STR("the-same");
	s->told = order_offer(&d, &o, &s->id);
	store_disconnect(d.db);
	talloc_free(cx.mem);
	return NULL;
}

/* Both wait for the turn; then they share one commit, which fails. */
static void
who_comes_second_is_told_no_sooner(void **state)
{
	struct fixture *f = *state;
	int64_t customer = customer_made(f, "Arndt GmbH");
	struct sender s[2];
	struct db_tx before = {0};

	assert_int_equal(db_begin(f->d.db, &before), OK);
	for (int i = 0; i < 2; i++) {
		s[i] = (struct sender){.f = f, .customer = customer};
		pthread_create(&s[i].thread, NULL, send_same, &s[i]);
	}
	usleep(100000); /* they stand in line */
	scratch_files_end(1);
	db_rollback(&before);
	for (int i = 0; i < 2; i++)
		pthread_join(s[i].thread, NULL);
	scratch_files_end(RLIM_INFINITY);
	for (int i = 0; i < 2; i++)
		assert_string_equal(err_name(s[i].told), err_name(ERR_STORE));
	fixture_count(f, "SELECT count(*) FROM work_order", 0);
}

#define SQLITE_ONLY(test)                                                      \
	{#test " (sqlite)", test, setup, fixture_teardown, (char[]){"sqlite"}}
#define BOTH(test)                                                             \
	{#test " (sqlite)", test, setup, fixture_teardown, (char[]){"sqlite"}}, \
	{                                                                      \
		#test " (postgresql)", test, setup, fixture_teardown,          \
		    (char[]){"postgresql"}                                     \
	}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    BOTH(every_change_in_every_state),
	    BOTH(whoever_was_slower_saves_nothing),
	    BOTH(who_is_put_in_charge_by_whom),
	    BOTH(whom_callers_are_put_through_to),
	    BOTH(the_exact_words_are_kept),
	    BOTH(work_by_time_needs_its_minutes),
	    BOTH(an_offer_is_judged),
	    BOTH(a_price_for_one_order_alone),
	    BOTH(asked_twice_is_offered_once),
	    SQLITE_ONLY(who_comes_second_is_told_no_sooner),
	    BOTH(numbers_have_an_a_and_a_digit),
	    BOTH(lists_come_page_by_page),
	    BOTH(the_csv_byte_by_byte),
	    BOTH(no_formula_behind_any_separator),
	    BOTH(a_list_with_its_sum),
	    BOTH(marked_all_or_none),
	};

	return cmocka_run_group_tests_name("order", tests, NULL, NULL);
}
