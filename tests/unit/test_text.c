/* Unicode, search keys, check digits: src/base/text.c. */
#include "check.h"

#include "base/text.h"

struct row {
	const char *in, *out;
};

static void
check_rows(const struct row *row, size_t n,
    struct str (*convert)(void *mem, struct str s))
{
	void *mem = talloc_new(NULL);

	for (size_t i = 0; i < n; i++) {
		struct str out = convert(mem, str_of(row[i].in));

		assert_string_equal(out.p, row[i].out);
		assert_int_equal(out.n, strlen(row[i].out));
	}
	talloc_free(mem);
}

#define CHECK_ROWS(rows, convert)                                              \
	check_rows(rows, sizeof(rows) / sizeof *(rows), convert)

static void
knows_utf8(void **state)
{
	static const char *const good[] = {"", "abc", "Müller", "€", "😀",
	    "\xf4\x8f\xbf\xbf", "a\n\t\x01"};
	const struct str bad[] = {STR("\xff"), STR("\xc3"),
	    STR("\xc0\x80"), STR("\xed\xa0\x80"), STR("\xf4\x90\x80\x80"),
	    STR("\xe2\x82"), STR("a\0b"), STR("\x80"), STR("\xf0\x80\x80\xaf")};
	void *mem = talloc_new(NULL);

	for (size_t i = 0; i < sizeof good / sizeof *good; i++)
		check_row(text_valid(str_of(good[i])), good[i]);
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		assert_false(text_valid(bad[i]));
		assert_true(text_valid(text_repair(mem, bad[i])));
	}
	check_str(text_repair(mem, STR("a\0b\xff")), "a\ufffdb\ufffd");
	check_str(text_repair(mem, STR("")), "");
	assert_int_equal(text_length(STR("Müller😀")), 7);
	talloc_free(mem);
}

static void
cleans(void **state)
{
	static const struct row rows[] = {
	    {"", ""},
	    {" \n a \t b \u00a0", "a \t b"},
	    {"a\r\nb\rc\nd", "a\nb\nc\nd"},
	    {"a\x01\x1b[1m\x7f\xc2\x85z", "a[1mz"},
	    {"Mu\u0308ller", "Müller"},
	    {"\u2003x\u2028", "x"},
	    {"10\u202e443\u202c \u2066M\u2069\u202aa\u2068x", "10443 Max"},
	    {"\u202e \u2067", ""},
	};

	CHECK_ROWS(rows, text_clean);
	assert_null(text_clean(NULL, str_of(NULL)).p);
}

static void
makes_one_line(void **state)
{
	static const struct row rows[] = {
	    {"", ""},
	    {"a\r\n\r\n  b\u00a0\u2009c\td", "a b c d"},
	    {"  x  ", "x"},
	    {"a \u202e b", "a b"},
	};

	CHECK_ROWS(rows, text_line);
}

static void
keys_meet(void **state)
{
	static const struct row rows[] = {
	    {"Müller", "mueller"},
	    {"Mu\u0308ller", "mueller"},
	    {"MUELLER", "mueller"},
	    {"Göthe", "goethe"},
	    {"Goethe", "goethe"},
	    {"Ährenweg", "aehrenweg"},
	    {"Straße", "strasse"},
	    {"STRASSE", "strasse"},
	    {"STRAẞE", "strasse"},
	    {"Tischlerei Arndt GmbH", "tischlerei arndt gmbh"},
	    {"tischlerei  arndt, gmbh", "tischlerei arndt gmbh"},
	    {"  .Café-Noir! ", "cafe noir"},
	    {"Łódź", "lodz"},
	    {"Citroën", "citroen"},
	    {"Çelik İnşaat", "celik insaat"},
	    {"Søren Ærø", "soeren aeroe"},
	    {"Smørrebrød & Co. KG", "smoerrebroed co kg"},
	    {"C&A", "c a"},
	    {"Ǽ Ǿ ǖ", "ae oe u"},
	    {"ﬁn Ⅳ ４２", "fin iv 42"},
	    {"Мюллер Ёлка", "мюллер елка"},
	    {"a\u00adb", "ab"},
	    {"Kai\u200bser\u2060 \ufff9x", "kaiser x"},
	    {"٠١٧١ ۲۳४५ ９ 𝟗𝟘", "0171 2345 9 90"},
	    {"x \u0301 y", "x y"},
	    {"\u0301", ""},
	    {"...", ""},
	    {"", ""},
	};
	void *mem = talloc_new(NULL);

	CHECK_ROWS(rows, text_key);
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		check_str(text_key(mem, str_of(rows[i].out)), rows[i].out);
	talloc_free(mem);
}

/* The quick way for Latin letters and the way for everything, which a thin
 * space at the end makes it take, give the same. */
static void
keys_are_the_same_both_ways(void **state)
{
	void *mem = talloc_new(NULL);

	for (unsigned c = 0xc0; c <= 0xff; c++) {
		struct str quick = str_printf(mem, "aB\xc3%c Z9\x7f",
		    (int)(c - 0x40));
		struct str slow = str_printf(mem, "%s\u2009", quick.p);

		check_str(text_key(mem, quick), text_key(mem, slow).p);
		check_str(text_clean(mem, quick),
		    text_line(mem, slow).p);
	}
	talloc_free(mem);
}

/* What needs no cleaning is found to by a look at its bytes; a thin space makes
 * the same text take the long way. */
static void
cleaning_is_the_same_both_ways(void **state)
{
	static const char *const texts[] = {"a", "Grüße  aus\tKöln\n\nwo?",
	    "a b", " a", "a ", "a  b", "\na", "a\n", "a\tb", "\u00e4",
	    "x\u00e4", "\u00e4 ", "a\u02ff", "a\u0300", "a\u00a0b", "\xc2\x85z",
	    "a\x7fz", "a\x01z", "a\rb", "\xc3", "a\xc3", "\xc3z", "\xffz"};
	void *mem = talloc_new(NULL);

	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
		struct str quick = str_of(texts[i]);
		struct str slow = str_printf(mem, "\u2009%s\u2009", texts[i]);

		check_str(text_clean(mem, quick), text_clean(mem, slow).p);
		check_str(text_line(mem, quick), text_line(mem, slow).p);
	}
	talloc_free(mem);
}

static void
number_keys_meet(void **state)
{
	static const struct row rows[] = {
	    {"10443-7", "104437"},
	    {"10443 7", "104437"},
	    {"104437", "104437"},
	    {" kd/10443.a ", "KD10443A"},
	    {"Ä-12", "AE12"},
	    {"#", ""},
	};

	CHECK_ROWS(rows, text_number_key);
}

static void
excerpts_end_at_words(void **state)
{
	static const struct {
		const char *in;
		size_t max;
		const char *out;
	} rows[] = {
	    {"kurz", 10, "kurz"},
	    {"genau zehn", 10, "genau zehn"},
	    {"genau zehn!", 10, "genau…"},
	    {"eins zwei drei", 9, "eins zwei…"},
	    {"eins zwei drei", 8, "eins…"},
	    {"Donaudampfschiff", 5, "Donau…"},
	    {"äöüß ab", 5, "äöüß…"},
	    {"a\nb\n\nc", 9, "a b c"},
	    {"abc", 0, "…"},
	    {"", 0, ""},
	};
	void *mem = talloc_new(NULL);

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		check_str(text_excerpt(mem, str_of(rows[i].in), rows[i].max),
		    rows[i].out);
	check_str(text_reverse(mem, STR("0221")), "1220");
	check_str(text_reverse(mem, STR("")), "");
	talloc_free(mem);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(knows_utf8),
	    cmocka_unit_test(cleans),
	    cmocka_unit_test(makes_one_line),
	    cmocka_unit_test(keys_meet),
	    cmocka_unit_test(keys_are_the_same_both_ways),
	    cmocka_unit_test(cleaning_is_the_same_both_ways),
	    cmocka_unit_test(number_keys_meet),
	    cmocka_unit_test(excerpts_end_at_words),
	};

	return cmocka_run_group_tests_name("text", tests, NULL, NULL);
}
