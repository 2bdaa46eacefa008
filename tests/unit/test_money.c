/* Sums, and how they are written: src/desk/money.c. */
#include "check.h"

#include "desk/money.h"

enum { MINUTE = 60 * 1000 };

/* For static tables, with a NUL in it where there is one. */
#define TEXT(s) {(s), sizeof (s) - 1}

static void
a_begun_unit_counts(void **state)
{
	static const struct {
		int64_t unit_ms, least, worked_ms, units;
	} rows[] = {
	    {0, 0, 0, 1}, /* fixed, however long it takes */
	    {0, 0, 90 * MINUTE, 1},
	    {10 * MINUTE, 1, 0, 1},
	    {10 * MINUTE, 1, 1, 1},
	    {10 * MINUTE, 1, 10 * MINUTE - 1, 1},
	    {10 * MINUTE, 1, 10 * MINUTE, 1},
	    {10 * MINUTE, 1, 10 * MINUTE + 1, 2},
	    {10 * MINUTE, 1, 20 * MINUTE, 2},
	    {15 * MINUTE, 2, 0, 2}, /* the least */
	    {15 * MINUTE, 2, 15 * MINUTE, 2},
	    {15 * MINUTE, 2, 30 * MINUTE, 2},
	    {15 * MINUTE, 2, 30 * MINUTE + 1, 3},
	    {MINUTE, 1000, 999 * MINUTE, 1000},
	    {MINUTE, 1000, 6000 * MINUTE, 6000},
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct terms t = {.net_cents = 1, .unit_ms = rows[i].unit_ms,
		    .units_least = rows[i].least};
		int64_t units = terms_units(&t, rows[i].worked_ms);

		if (units != rows[i].units)
			print_error("row %zu: %lld\n", i, (long long)units);
		assert_int_equal(units, rows[i].units);
	}
}

static void
half_a_cent_of_tax_goes_up(void **state)
{
	static const struct {
		int64_t net, units, vat, tax;
	} rows[] = {
	    {2400, 1, 1900, 456},
	    {2250, 2, 1900, 855},
	    {50, 1, 1900, 10},   /* 9.5 */
	    {150, 1, 1900, 29},  /* 28.5 */
	    {49, 1, 1900, 9},    /* 9.31 */
	    {2, 1, 1900, 0},     /* 0.38 */
	    {3, 1, 1900, 1},     /* 0.57 */
	    {1, 50, 1900, 10},   /* rounded once, not for each unit */
	    {10, 1, 770, 1},     /* 0.77 */
	    {100, 1, 825, 8},    /* 8.25 */
	    {200, 1, 825, 17},   /* 16.5 */
	    {4900, 1, 0, 0},
	    {4901, 1, VAT_MOST, 4901},
	    {1, 1, 4999, 0},
	    {1, 1, 5000, 1},
	    {MONEY_CENTS_MOST, 6000, VAT_MOST, 600000000000},
	    {MONEY_CENTS_MOST, 6000, 1900, 114000000000},
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct terms t = {.net_cents = rows[i].net, .vat = rows[i].vat};
		struct amount a = terms_amount(&t, rows[i].units);

		if (a.vat != rows[i].tax)
			print_error("row %zu: %lld\n", i, (long long)a.vat);
		assert_int_equal(a.vat, rows[i].tax);
		assert_int_equal(a.net, rows[i].net * rows[i].units);
		assert_int_equal(a.gross, a.net + a.vat);
	}
}

static void
shown_in_both_languages(void **state)
{
	static const struct {
		int64_t cents;
		const char *de, *en;
	} rows[] = {
	    {0, "0,00\u00a0€", "€0.00"},
	    {5, "0,05\u00a0€", "€0.05"},
	    {99, "0,99\u00a0€", "€0.99"},
	    {100, "1,00\u00a0€", "€1.00"},
	    {99999, "999,99\u00a0€", "€999.99"},
	    {100000, "1.000,00\u00a0€", "€1,000.00"},
	    {123450, "1.234,50\u00a0€", "€1,234.50"},
	    {100000001, "1.000.000,01\u00a0€", "€1,000,000.01"},
	    {120000000000, "1.200.000.000,00\u00a0€", "€1,200,000,000.00"},
	    {714000000000000, "7.140.000.000.000,00\u00a0€",
		"€7,140,000,000,000.00"},
	};
	void *mem = talloc_new(NULL);

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		check_str(money_show(mem, LANG_DE, rows[i].cents), rows[i].de);
		check_str(money_show(mem, LANG_EN, rows[i].cents), rows[i].en);
	}
	talloc_free(mem);
}

static void
read_as_people_write_it(void **state)
{
	static const struct {
		struct str text;
		int64_t cents; /* -1: refused */
	} rows[] = {
	    {TEXT("0"), 0},
	    {TEXT("49"), 4900},
	    {TEXT("49,00"), 4900},
	    {TEXT("49.00"), 4900},
	    {TEXT("1234,5"), 123450},
	    {TEXT("1234.05"), 123405},
	    {TEXT("0,01"), 1},
	    {TEXT("007"), 700},
	    {TEXT("1000000"), MONEY_CENTS_MOST},
	    {TEXT("1000000,00"), MONEY_CENTS_MOST},
	    {TEXT("1000000,01"), -1},
	    {TEXT("1000001"), -1},
	    {TEXT("9223372036854775807"), -1},
	    {TEXT("92233720368547758070"), -1},
	    {TEXT(""), -1},
	    {TEXT(","), -1},
	    {TEXT(",50"), -1},
	    {TEXT("5,"), -1},
	    {TEXT("5,005"), -1},
	    {TEXT("1.234"), -1}, /* a thousand, or one? */
	    {TEXT("1.234,50"), -1},
	    {TEXT("1,234.50"), -1},
	    {TEXT("1,2,3"), -1},
	    {TEXT("1,,"), -1},
	    {TEXT("1,.5"), -1},
	    {TEXT("-1"), -1},
	    {TEXT("-0,50"), -1},
	    {TEXT("1,-5"), -1},
	    {TEXT("+1"), -1},
	    {TEXT("1,+5"), -1},
	    {TEXT(" 1"), -1},
	    {TEXT("1 "), -1},
	    {TEXT("1, 5"), -1},
	    {TEXT("1 €"), -1},
	    {TEXT("1e3"), -1},
	    {TEXT("0x10"), -1},
	    {TEXT("nichts"), -1},
	    {TEXT("12\0005"), -1}, /* not 12,5 */
	    {TEXT("12\000"), -1},
	    {{"49 ", 2}, 4900}, /* a part of a text */
	    {{"49,5,5", 4}, 4950},
	    {{"1234,5", 2}, 1200},
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		int64_t cents = -1;
		bool good = money_read(rows[i].text, &cents);

		check_row(good == (rows[i].cents >= 0), rows[i].text.p);
		check_row(!good || cents == rows[i].cents, rows[i].text.p);
	}
}

static void
percentages(void **state)
{
	static const struct {
		int64_t hundredths;
		const char *de, *en;
	} rows[] = {
	    {0, "0", "0"},
	    {1, "0,01", "0.01"},
	    {10, "0,1", "0.1"},
	    {700, "7", "7"},
	    {770, "7,7", "7.7"},
	    {825, "8,25", "8.25"},
	    {1900, "19", "19"},
	    {1905, "19,05", "19.05"},
	    {VAT_MOST, "100", "100"},
	};
	void *mem = talloc_new(NULL);

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		check_str(money_percent(mem, LANG_DE, rows[i].hundredths),
		    rows[i].de);
		check_str(money_percent(mem, LANG_EN, rows[i].hundredths),
		    rows[i].en);
	}
	talloc_free(mem);
}

static void
said_in_a_sentence(void **state)
{
	static const struct {
		struct terms terms;
		const char *de, *en;
	} rows[] = {
	    {{4900, 0, 0, 1900},
		"49,00\u00a0€ netto, mit 19 % Mehrwertsteuer 58,31\u00a0€",
		"€49.00 net, with 19 % VAT €58.31"},
	    {{2400, 10 * MINUTE, 1, 1900},
		"24,00\u00a0€ netto, mit 19 % Mehrwertsteuer 28,56\u00a0€, "
		"je angefangene 10 Minuten",
		"€24.00 net, with 19 % VAT €28.56, for each 10 minutes begun"},
	    {{9000, 60 * MINUTE, 2, 770},
		"90,00\u00a0€ netto, mit 7,7 % Mehrwertsteuer 96,93\u00a0€, "
		"je angefangene Stunde, mindestens 180,00\u00a0€ netto",
		"€90.00 net, with 7.7 % VAT €96.93, for each hour begun, "
		"at least €180.00 net"},
	    {{150, MINUTE, 10, 1900},
		"1,50\u00a0€ netto, mit 19 % Mehrwertsteuer 1,79\u00a0€, "
		"je angefangene Minute, mindestens 15,00\u00a0€ netto",
		"€1.50 net, with 19 % VAT €1.79, for each minute begun, "
		"at least €15.00 net"},
	};
	void *mem = talloc_new(NULL);

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		check_str(terms_sentence(mem, LANG_DE, &rows[i].terms),
		    rows[i].de);
		check_str(terms_sentence(mem, LANG_EN, &rows[i].terms),
		    rows[i].en);
	}
	talloc_free(mem);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_begun_unit_counts),
	    cmocka_unit_test(half_a_cent_of_tax_goes_up),
	    cmocka_unit_test(shown_in_both_languages),
	    cmocka_unit_test(read_as_people_write_it),
	    cmocka_unit_test(percentages),
	    cmocka_unit_test(said_in_a_sentence),
	};

	return cmocka_run_group_tests_name("money", tests, NULL, NULL);
}
