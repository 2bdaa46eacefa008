/* Languages: src/base/i18n.c, over a catalogue of the test's own. */
#include "check.h"

#include "base/catalogue.h"
#include "base/i18n.h"

const struct catalogue_row catalogue_de[] = {
    {"Close", "Schließen"},
    {"Open", "Öffnen"},
    {"Save", "Sichern"},
};
const size_t catalogue_de_count = 3;

static void
looks_up_german(void **state)
{
	assert_string_equal(tr(LANG_DE, "Close"), "Schließen");
	assert_string_equal(tr(LANG_DE, "Open"), "Öffnen");
	assert_string_equal(tr(LANG_DE, "Save"), "Sichern");
	assert_string_equal(tr(LANG_EN, "Save"), "Save");
	assert_string_equal(tr(LANG_DE, "Unknown"), "Unknown");
	assert_string_equal(tr(LANG_DE, "A"), "A");
	assert_string_equal(tr(LANG_DE, "Z"), "Z");
}

static void
codes_go_both_ways(void **state)
{
	enum lang lang = LANG_EN;

	for (int l = 0; l < LANG__MAX; l++) {
		assert_true(lang_of(str_of(lang_code((enum lang)l)), &lang));
		assert_int_equal(lang, l);
	}
	assert_false(lang_of(STR("fr"), &lang));
	assert_false(lang_of(STR(""), &lang));
	assert_false(lang_of(STR("den"), &lang));
}

static void
picks_from_the_header(void **state)
{
	static const struct {
		const char *header;
		enum lang lang;
	} rows[] = {
	    {"", LANG_DE},
	    {"de", LANG_DE},
	    {"en", LANG_EN},
	    {"EN-gb", LANG_EN},
	    {"en, de", LANG_EN},
	    {"de, en", LANG_DE},
	    {"de;q=0.5, en;q=0.8", LANG_EN},
	    {"en;q=0.5,de;q=0.8", LANG_DE},
	    {"fr-CH, fr;q=0.9, en;q=0.8, de;q=0.7, *;q=0.5", LANG_EN},
	    {"fr", LANG_DE},
	    {"fr, *;q=0.5", LANG_DE},
	    {"de;q=0, *", LANG_EN},
	    {"de;q=0, en;q=0", LANG_DE},
	    {"en;q=0", LANG_DE},
	    {"en;q=0.001", LANG_EN},
	    {"en ; q=0.4 , de ; Q=0.3", LANG_EN},
	    {"en;q=1.5, de;q=0.1", LANG_DE},
	    {"en;q=, de;q=0.1", LANG_DE},
	    {"en;q=0.0001, de;q=0.1", LANG_DE},
	    {"eng", LANG_DE},
	    {",,;;q=,en", LANG_EN},
	};

	assert_int_equal(lang_accept(str_of(NULL)), LANG_DE);
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		check_row(
		    lang_accept(str_of(rows[i].header)) == rows[i].lang,
		    rows[i].header);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(looks_up_german),
	    cmocka_unit_test(codes_go_both_ways),
	    cmocka_unit_test(picks_from_the_header),
	};

	return cmocka_run_group_tests_name("i18n", tests, NULL, NULL);
}
