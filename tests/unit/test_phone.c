/* Telephone numbers: src/base/phone.c, by tests/fixtures/phone-numbers.tsv and
 * the odd cases beside it. */
#include "check.h"

#include "base/phone.h"

static void
check_number(const char *typed, const char *country, const char *expected)
{
	void *mem = talloc_new(NULL);
	struct str out = STR("untouched");
	bool ok = phone_normalise(mem, str_of(typed), country, &out);

	if (strcmp(expected, "-") != 0) {
		check_row(ok, typed);
		check_str(out, expected);
	} else {
		check_row(!ok, typed);
		check_str(out, "untouched");
	}
	talloc_free(mem);
}

static void
fixture_holds(void **state)
{
	char path[4096], line[512];
	int rows = 0;
	FILE *f;

	snprintf(path, sizeof path, "%s/phone-numbers.tsv", getenv("FIXTURES"));
	f = fopen(path, "r");
	assert_non_null(f);
	while (fgets(line, sizeof line, f)) {
		char *p = line, *typed, *country, *expected;

		if (line[0] == '#')
			continue;
		typed = strsep(&p, "\t");
		country = strsep(&p, "\t");
		expected = strsep(&p, "\n");
		assert_non_null(expected);
		check_number(typed, country, expected);
		rows++;
	}
	fclose(f);
	assert_in_range(rows, 20, 10000);
}

static void
odd_cases(void **state)
{
	static const struct {
		const char *typed, *country, *expected;
	} rows[] = {
	    {"+49 0221 1234567", "49", "492211234567"},
	    {"0049 (0) 221 1234567", "49", "492211234567"},
	    {"(0)221 1234567", "49", "492211234567"},
	    {"(+49) 221 1234567", "49", "492211234567"},
	    {"tel:+49-221-1234567;ext=12", "49", "492211234567"},
	    {"TEL:0221-1234567", "49", "492211234567"},
	    {"\u202a+49 221 1234567\u202c", "49", "492211234567"},
	    {"0221\u00a01234567", "49", "492211234567"},
	    {"0221\u20131234567", "49", "492211234567"},
	    {"01 5123456", "43", "4315123456"},
	    {"06 69812345", "39", "390669812345"},
	    {"+39 06 69812345", "49", "390669812345"},
	    {"+39 (0) 6 69812345", "49", "39669812345"},
	    {"+123456789012345", "49", "123456789012345"},
	    {"+1234567890123456", "49", "-"},
	    {"00123456789012345678901", "49", "-"},
	    {"4912345", "49", "-"},
	    {"4710112", "49", "-"},
	    {"+49 112", "49", "-"},
	    {"0112", "49", "-"},
	    {"115", "49", "-"},
	    {"116117", "49", "-"},
	    {"0", "49", "-"},
	    {"00", "49", "-"},
	    {"+", "49", "-"},
	    {"++49 221 1234567", "49", "-"},
	    {"0221+1234567", "49", "-"},
	    {"+0 221 1234567", "49", "-"},
	    {"000221 1234567", "49", "-"},
	    {"+49 00221 1234567", "49", "-"},
	    {"0221 1234567#", "49", "-"},
	    {"0221 1234567 Durchwahl 3", "49", "-"},
	    {"0221 123456\xff", "49", "-"},
	    {"sip:0221@example.org", "49", "-"},
	    {"()", "49", "-"},
	    {"tel:", "49", "-"},
	    {"0221                                                    "
	     "                                             1234567",
		"49", "-"},
	};
	struct str out;

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		check_number(
		    rows[i].typed, rows[i].country, rows[i].expected);
	assert_false(phone_normalise(NULL, str_of(NULL), "49", &out));
	assert_false(
	    phone_normalise(NULL, STR("0221\0001234567"), "49", &out));
}

static void
shows_as_people_read(void **state)
{
	static const struct {
		const char *e164, *country, *expected;
	} rows[] = {
	    {"492214710112", "49", "0221 4710112"},
	    {"49301234567", "49", "030 1234567"},
	    {"491711234567", "49", "0171 1234567"},
	    {"4935112345", "49", "0351 12345"},
	    {"4926611234", "49", "02661 1234"},
	    {"498001234567", "49", "0800 1234567"},
	    {"4940123456", "49", "040 123456"},
	    {"499061234", "49", "0906 1234"},
	    {"4315123456", "49", "+43 1 5123456"},
	    {"4315123456", "43", "01 5123456"},
	    {"41441234567", "49", "+41 44 1234567"},
	    {"12125550123", "49", "+1 212 5550123"},
	    {"35312345678", "49", "+353 12345678"},
	    {"492211234567", "43", "+49 221 1234567"},
	    {"390669812345", "39", "+39 0669812345"},
	    {"not a number", "49", "not a number"},
	    {"", "49", ""},
	};
	void *mem = talloc_new(NULL);

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		check_str(
		    phone_show(mem, str_of(rows[i].e164), rows[i].country),
		    rows[i].expected);
	talloc_free(mem);
}

/* What is shown must be understood again when somebody types it. */
static void
shown_numbers_can_be_typed(void **state)
{
	static const char *const numbers[] = {"492214710112", "4315123456",
	    "12125550123", "35312345678", "491711234567", "390669812345"};
	void *mem = talloc_new(NULL);

	for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
		check_number(
		    phone_show(mem, str_of(numbers[i]), "49").p, "49",
		    numbers[i]);
	talloc_free(mem);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(fixture_holds),
	    cmocka_unit_test(odd_cases),
	    cmocka_unit_test(shows_as_people_read),
	    cmocka_unit_test(shown_numbers_can_be_typed),
	};

	return cmocka_run_group_tests_name("phone", tests, NULL, NULL);
}
