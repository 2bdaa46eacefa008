/* Any bytes as a table: every row lies inside the source, lines only grow,
 * fields are text, and what is none ends it. What was read can be written quoted
 * and read again. */
#include "base/buf.h"
#include "base/text.h"
#include "desk/csv.h"
#include "fuzz.h"

static void
row_write(struct buf *b, const struct csv_row *row)
{
	for (size_t i = 0; i < row->n; i++) {
		struct str s = row->field[i];

		buf_puts(b, i ? ";\"" : "\"");
		for (size_t k = 0; k < s.n; k++) {
			if (s.p[k] == '"')
				buf_char(b, '"');
			buf_char(b, s.p[k]);
		}
		buf_char(b, '"');
	}
	buf_char(b, '\n');
}

static void
same_again(void *mem, const struct csv_row *row)
{
	struct csv_row again;
	const char *why;
	struct csv c;
	struct buf b;

	buf_init(&b, mem, 64 << 20);
	row_write(&b, row);
	csv_open(&c, buf_get(&b));
	c.separator = ';';
	PROMISE(csv_next(&c, mem, &again, &why) == CSV_ROW);
	PROMISE(again.n == row->n);
	for (size_t i = 0; i < row->n; i++)
		PROMISE(str_eq(again.field[i], row->field[i]));
	PROMISE(csv_next(&c, mem, &again, &why) == CSV_END);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	void *mem = talloc_new(NULL);
	struct str source = str_copy(mem, (const char *)data, size);
	enum csv_found found;
	size_t line = 0;
	struct csv_row row;
	const char *why;
	struct csv c;

	csv_open(&c, source);
	while ((found = csv_next(&c, mem, &row, &why)) != CSV_END) {
		PROMISE(row.line > line);
		line = row.line;
		if (found == CSV_ALIEN)
			PROMISE(c.rest.n == 0);
		if (found != CSV_ROW)
			continue;
		PROMISE(row.n >= 1 && row.n <= CSV_FIELDS_MOST);
		for (size_t i = 0; i < row.n; i++)
			PROMISE(text_valid(row.field[i]));
		same_again(mem, &row);
	}
	talloc_free(mem);
	return 0;
}
