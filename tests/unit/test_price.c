/* The price list and what it refuses: src/desk/price.c. */
#include "check.h"

#include "base/buf.h"
#include "base/mem.h"
#include "desk/price.h"
#include "desk/shipped.h"

static const char small[] =
    "prices: 1\n"                                               /* 1 */
    "vat: 19\n"                                                 /* 2 */
    "list:\n"                                                   /* 3 */
    "  - {id: w, kind: work, text: {de: Arbeit, en: Work},\n"   /* 4 */
    "      net: 22.50, unit: 15m, least: 2}\n"                  /* 5 */
    "  - {id: c, kind: change, text: {de: Website, en: Site},\n" /* 6 */
    "      net: 39}\n"                                          /* 7 */
    "  - {id: r, kind: repair, text: {de: Schaden, en: Damage},\n" /* 8 */
    "      net: 27}\n"                                          /* 9 */
    "  - {id: a, kind: consultation, text: {de: Rat, en: Advice},\n"
    "      net: 24, unit: 10m}\n";                              /* 11 */

static enum err
load(void *mem, struct str source, struct complaints *c, struct prices **out)
{
	enum err e;

	complaints_init(c, mem, "f");
	*out = NULL;
	e = prices_load(mem, source, c, out);
	assert_int_equal(e == OK, c->n == 0);
	assert_int_equal(e == OK, *out != NULL);
	return e;
}

static void
the_list_is_what_it_says(void **state)
{
	void *mem = talloc_new(NULL);
	struct complaints *c = mem_new(mem, struct complaints);
	struct prices *list;
	const struct price *w;

	(void)state;
	assert_int_equal(load(mem, str_of(small), c, &list), OK);
	assert_int_equal(list->vat, 1900);
	assert_int_equal(list->n, 4);
	w = price_find(list, STR("w"));
	assert_ptr_equal(w, &list->price[0]);
	assert_int_equal(w->kind, ORDER_WORK);
	check_str(w->text.in[LANG_DE], "Arbeit");
	check_str(w->text.in[LANG_EN], "Work");
	assert_int_equal(w->terms.net_cents, 2250);
	assert_int_equal(w->terms.unit_ms, 15 * 60 * 1000);
	assert_int_equal(w->terms.units_least, 2);
	assert_int_equal(w->terms.vat, 1900);
	assert_int_equal(list->price[1].terms.unit_ms, 0);
	assert_int_equal(list->price[1].terms.units_least, 0);
	assert_int_equal(list->price[3].terms.units_least, 1);
	assert_ptr_equal(price_of_kind(list, ORDER_CONSULTATION),
	    &list->price[3]);
	assert_null(price_find(list, STR("")));
	assert_null(price_find(list, STR("W")));
	talloc_free(mem);
}

static void
the_shipped_list_loads(void **state)
{
	void *mem = talloc_new(NULL);
	struct complaints *c = mem_new(mem, struct complaints);
	struct prices *list;

	(void)state;
	assert_int_equal(load(mem, shipped_prices(), c, &list), OK);
	for (int k = ORDER_WORK; k <= ORDER_CONSULTATION; k++)
		assert_non_null(price_of_kind(list, (enum order_kind)k));
	talloc_free(mem);
}

/* The small list with its first `find` replaced. */
static struct str
damaged(void *mem, const char *find, const char *replace)
{
	long at = str_find(str_of(small), str_of(find));
	struct buf b;

	check_row(at >= 0, find);
	buf_init(&b, mem, 1 << 20);
	buf_put(&b, small, (size_t)at);
	buf_puts(&b, replace);
	buf_puts(&b, small + at + strlen(find));
	return buf_get(&b);
}

static void
damage_is_named_with_its_place(void **state)
{
	static const struct {
		const char *find, *replace, *complaint;
	} rows[] = {
	    /* the file as a whole */
	    {small, "", "f:1:1: expected prices, vat and a list"},
	    {small, "- a", "f:1:1: expected prices, vat and a list"},
	    {small, "{prices: 1, vat: 19}",
		"f:1:1: expected prices, vat and a list"},
	    {small, "{prices: 1, vat: 19, list: 5}",
		"f:1:1: expected prices, vat and a list"},
	    {small, "{prices: 1, vat: 19, list: []}",
		"f:1:28: there is no price of kind \"consultation\""},
	    {small, "a: b: c", "f:1:"},
	    {"prices: 1", "prices: 2", "f:1:1: prices must be 1"},
	    {"prices: 1\n", "", "f:1:1: prices must be 1"},
	    {"vat: 19", "vat: 100.01", "f:1:1: vat must be a percentage"},
	    {"vat: 19", "vat: -1", "f:1:1: vat must be a percentage"},
	    {"vat: 19", "vat: 19 %", "f:1:1: vat must be a percentage"},
	    {"vat: 19\n", "", "f:1:1: vat must be a percentage"},
	    {"vat: 19", "vat: 19\ntax: 7", "f:3:1: unknown key \"tax\""},
	    {"vat: 19", "vat: 19\nvat: 7", "f:3:1: "},
	    /* one price */
	    {"  - {id: w", "  - nothing\n  - {id: w",
		"f:4:5: a price is a map with id"},
	    {"id: c", "id: w", "f:6:5: each price needs an id of its own"},
	    {"id: w, ", "", "f:4:5: each price needs an id of its own"},
	    {"id: w, ", "id: '', ", "f:4:5: each price needs an id of its own"},
	    {"id: w", "id: w, colour: red", "f:4:13: unknown key \"colour\""},
	    {"kind: work", "kind: works", "f:4:5: kind must be work, change"},
	    {"kind: work", "kind: works",
		"f:4:3: there is no price of kind \"work\""},
	    {"kind: repair", "kind: work",
		"f:4:3: there is no price of kind \"repair\""},
	    {"kind: repair, ", "", "f:8:5: kind must be work, change"},
	    {", en: Work", "", "f:4:31: text is missing in \"en\""},
	    {"de: Arbeit", "de: ' '", "f:4:31: text is missing in \"de\""},
	    {"text: {de: Arbeit, en: Work}", "text: Arbeit",
		"f:4:31: text is missing in \"de\""},
	    {"text: {de: Arbeit, en: Work},", "",
		"f:4:5: text is missing in \"en\""},
	    /* what it costs */
	    {"net: 22.50, ", "", "f:4:5: net must be an amount"},
	    {"net: 22.50", "net: 0", "f:5:12: net must be an amount"},
	    {"net: 22.50", "net: -5", "f:5:12: net must be an amount"},
	    {"net: 22.50", "net: 1.234,50", "f:5:"},
	    {"net: 22.50", "net: 1000000.01", "f:5:12: net must be an amount"},
	    {"net: 22.50", "net: [22]", "f:5:12: net must be an amount"},
	    {"net: 22.50", "net: \"12\\05\"", "f:5:13: the text is not valid"},
	    {"unit: 15m", "unit: 90s", "f:5:25: unit must be whole minutes"},
	    {"unit: 15m", "unit: 30s", "f:5:25: unit must be whole minutes"},
	    {"unit: 15m", "unit: 0m", "f:5:25: unit must be whole minutes"},
	    {"unit: 15m", "unit: 15", "f:5:25: unit must be whole minutes"},
	    {"unit: 15m", "unit: ''", "f:5:26: unit must be whole minutes"},
	    {"unit: 15m", "unit: {m: 15}",
		"f:5:25: unit must be whole minutes"},
	    {"least: 2", "least: 0", "f:5:37: least must be a number"},
	    {"least: 2", "least: 1001", "f:5:37: least must be a number"},
	    {"least: 2", "least: two", "f:5:37: least must be a number"},
	    {"least: 2", "least: [2]", "f:5:37: least must be a number"},
	    {"net: 39", "net: 39, least: 2", "f:7:23: least must be a number"},
	    {", unit: 10m", "",
		"f:10:5: the price of a consultation needs a unit"},
	};
	void *mem = talloc_new(NULL);
	struct complaints *c = mem_new(mem, struct complaints);

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct prices *list;
		struct str said;

		assert_int_equal(load(mem,
				     damaged(mem, rows[i].find,
					 rows[i].replace), c, &list),
		    ERR_INVALID);
		said = complaints_text(mem, c);
		if (str_find(said, str_of(rows[i].complaint)) < 0)
			print_error("said: %s", said.p);
		check_row(str_find(said, str_of(rows[i].complaint)) >= 0,
		    rows[i].complaint);
	}
	talloc_free(mem);
}

static void
all_that_is_wrong_is_said_at_once(void **state)
{
	void *mem = talloc_new(NULL);
	struct complaints *c = mem_new(mem, struct complaints);
	struct prices *list;
	struct str said;

	(void)state;
	assert_int_equal(load(mem,
			     STR("prices: 9\nvat: x\nlist:\n  - {id: a}\n"), c,
			     &list),
	    ERR_INVALID);
	said = complaints_text(mem, c);
	/* version, vat, two texts, net, kind, and the four kinds */
	assert_int_equal(c->n, 10);
	assert_true(str_find(said, STR("f:1:1: prices must be 1\n")) >= 0);
	assert_true(str_find(said, STR("f:4:5: kind must be")) >= 0);
	talloc_free(mem);
}

static void
a_list_has_its_limit(void **state)
{
	void *mem = talloc_new(NULL);
	struct complaints *c = mem_new(mem, struct complaints);
	struct prices *list;
	struct buf b;

	(void)state;
	buf_init(&b, mem, 1 << 20);
	buf_puts(&b, small);
	for (int i = 4; i < PRICES_MOST; i++)
		buf_printf(&b, "  - {id: x%d, kind: work, net: 1, "
			       "text: {de: A, en: B}}\n", i);
	assert_int_equal(load(mem, buf_get(&b), c, &list), OK);
	assert_int_equal(list->n, PRICES_MOST);
	buf_puts(&b, "  - {id: y, kind: work, net: 1, text: {de: A, en: B}}\n");
	assert_int_equal(load(mem, buf_get(&b), c, &list), ERR_INVALID);
	assert_true(str_find(complaints_text(mem, c),
			STR("at most 50 prices")) >= 0);
	talloc_free(mem);
}

static void
kinds_have_names(void **state)
{
	(void)state;
	for (int k = ORDER_WORK; k <= ORDER_CONSULTATION; k++)
		assert_int_equal(
		    order_kind_of(str_of(order_kind_name((enum order_kind)k))),
		    k);
	assert_string_equal(order_kind_name(ORDER_KIND_NONE), "");
	assert_int_equal(order_kind_of(STR("")), ORDER_KIND_NONE);
	assert_int_equal(order_kind_of(STR("Work")), ORDER_KIND_NONE);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(the_list_is_what_it_says),
	    cmocka_unit_test(the_shipped_list_loads),
	    cmocka_unit_test(damage_is_named_with_its_place),
	    cmocka_unit_test(all_that_is_wrong_is_said_at_once),
	    cmocka_unit_test(a_list_has_its_limit),
	    cmocka_unit_test(kinds_have_names),
	};

	return cmocka_run_group_tests_name("price", tests, NULL, NULL);
}
