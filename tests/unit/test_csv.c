/* Reading tables: src/desk/csv.c. */
#include "check.h"

#include "base/buf.h"
#include "desk/csv.h"

/* All rows as "line:field|field;", unreadable ones as "line!", the end
 * for another encoding as "line?". */
static struct str
rows_of(void *mem, struct str source)
{
	struct csv_row row;
	const char *why;
	struct csv c;
	struct buf b;

	buf_init(&b, mem, 1 << 20);
	csv_open(&c, source);
	for (;;) {
		switch (csv_next(&c, mem, &row, &why)) {
		case CSV_END:
			return buf_get(&b);
		case CSV_BAD:
			assert_non_null(why);
			buf_printf(&b, "%zu!", row.line);
			break;
		case CSV_ALIEN:
			assert_non_null(why);
			buf_printf(&b, "%zu?", row.line);
			break;
		case CSV_ROW:
			buf_printf(&b, "%zu:", row.line);
			for (size_t i = 0; i < row.n; i++)
				buf_printf(&b, "%s%s", i ? "|" : "",
				    row.field[i].p);
			buf_puts(&b, ";");
		}
	}
}

static void
tables(void **state)
{
	static const struct {
		const char *source, *expected;
	} rows[] = {
	    {"", ""},
	    {"\n\r\n\n", ""},
	    {"a", "1:a;"},
	    {"a,b\n1,2\n", "1:a|b;2:1|2;"},
	    {"a;b\r\n1;2\r\n", "1:a|b;2:1|2;"},
	    {"a\tb\n1\t2", "1:a|b;2:1|2;"},
	    /* the separator of the first line is that of all */
	    {"a;b,c;d\n1;2,3;4\n", "1:a|b,c|d;2:1|2,3|4;"},
	    {"\"a;b;c\",d\n1,2\n", "1:a;b;c|d;2:1|2;"},
	    {"\xef\xbb\xbf" "a;b\n", "1:a|b;"},
	    {"\xef\xbb\xbf\"a\";b\n", "1:a|b;"},
	    /* empty fields, also the last one */
	    {"a;b;c\n;;\n1;;", "1:a|b|c;2:||;3:1||;"},
	    {"a;b\n\n\n1;2\n", "1:a|b;4:1|2;"},
	    /* quotes */
	    {"a;b\n\"1;1\";\"2\"\n", "1:a|b;2:1;1|2;"},
	    {"a;b\n\"x\ny\r\nz\";2\n3;4\n", "1:a|b;2:x\ny\r\nz|2;5:3|4;"},
	    {"a\n\"say \"\"no\"\"\"\n\"\"\n", "1:a;2:say \"no\";3:;"},
	    {"a;b\nInn \"Post\";2\n", "1:a|b;2:Inn \"Post\"|2;"},
	    {"a\n\"1\"\"\n2", "1:a;2!"},
	    {"a;b\n\"1\"x;2\n3;4\n", "1:a|b;2!3:3|4;"},
	    {"a;b\n1;\"2\n3;4\n", "1:a|b;2!"},
	    {"a\n\"", "1:a;2!"},
	    /* other encodings: nothing behind is believed */
	    {"a;b\nM\xfcller;2\n3;4\n", "1:a|b;2?"},
	    {"Stra\xdf" "e;b\n1;2\n", "1?"},
	    {"a\n\xed\xa0\x80\nb\n", "1:a;2?"},
	};

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		void *mem = talloc_new(NULL);

		check_str(rows_of(mem, str_of(rows[i].source)),
		    rows[i].expected);
		talloc_free(mem);
	}
}

static void
many_columns(void **state)
{
	char source[2 * CSV_FIELDS_MOST + 8];
	void *mem = talloc_new(NULL);
	struct csv_row row;
	const char *why;
	struct csv c;

	memset(source, ';', sizeof source);
	csv_open(&c, (struct str){source, CSV_FIELDS_MOST - 1});
	assert_int_equal(csv_next(&c, mem, &row, &why), CSV_ROW);
	assert_int_equal(row.n, CSV_FIELDS_MOST);
	csv_open(&c, (struct str){source, CSV_FIELDS_MOST});
	assert_int_equal(csv_next(&c, mem, &row, &why), CSV_BAD);
	assert_int_equal(csv_next(&c, mem, &row, &why), CSV_END);
	talloc_free(mem);
}

/* A NUL is no text, and bytes behind the end are never read. */
static void
bytes(void **state)
{
	void *mem = talloc_new(NULL);

	check_str(rows_of(mem, STR("a;b\n1;\0\n3;4")), "1:a|b;2?");
	check_str(rows_of(mem, (struct str){"a;b\n1;2", 5}), "1:a|b;2:1;");
	talloc_free(mem);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(tables),
	    cmocka_unit_test(many_columns),
	    cmocka_unit_test(bytes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
