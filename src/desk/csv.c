/*
 * Reading tables. Strict where a file would otherwise be read as something its
 * author did not mean (an open quote, text behind a closed one, other
 * encodings), lenient where all spreadsheets agree. What the columns mean is
 * in import_line.c.
 */
#include "desk/csv.h"

#include "base/buf.h"
#include "base/i18n.h"
#include "base/text.h"

/* Takes `n` bytes off and counts the lines among them. */
static void
step(struct csv *c, size_t n)
{
	for (size_t i = 0; i < n; i++)
		c->line += c->rest.p[i] == '\n';
	c->rest = (struct str){c->rest.p + n, c->rest.n - n};
}

static char
separator_find(struct str source)
{
	static const char candidates[] = ";,\t";
	size_t count[sizeof candidates] = {0}, best = 0;
	bool quoted = false;

	for (size_t i = 0; i < source.n; i++) {
		const char *found = strchr(candidates, source.p[i]);

		if (source.p[i] == '\n' && !quoted)
			break;
		if (source.p[i] == '"')
			quoted = !quoted;
		else if (found && *found && !quoted)
			count[found - candidates]++;
	}
	for (size_t i = 1; candidates[i]; i++)
		if (count[i] > count[best])
			best = i;
	return candidates[best];
}

void
csv_open(struct csv *c, struct str source)
{
	static const struct str mark = {"\xef\xbb\xbf", 3};

	if (str_starts(source, mark))
		source = (struct str){source.p + mark.n, source.n - mark.n};
	*c = (struct csv){source, separator_find(source), 1};
}

/* Bytes of the line end at the head of `s`: 0, 1 or 2. */
static size_t
line_end(struct str s)
{
	if (s.n >= 2 && s.p[0] == '\r' && s.p[1] == '\n')
		return 2;
	return s.n && s.p[0] == '\n';
}

static void
line_skip(struct csv *c)
{
	while (c->rest.n && !line_end(c->rest))
		step(c, 1);
	step(c, line_end(c->rest));
}

static bool
field_over(const struct csv *c)
{
	return !c->rest.n || c->rest.p[0] == c->separator || line_end(c->rest);
}

/* A quoted field; the rest stands at its opening quote. */
static const char *
quoted_read(struct csv *c, void *mem, struct str *out)
{
	struct buf b;

	buf_init(&b, mem, c->rest.n);
	for (;;) {
		const char *end;
		size_t n;

		step(c, 1);
		end = memchr(c->rest.p, '"', c->rest.n);
		if (!end) {
			step(c, c->rest.n);
			return N_("A quoted field is not closed.");
		}
		n = (size_t)(end - c->rest.p);
		buf_put(&b, c->rest.p, n);
		step(c, n + 1);
		if (!c->rest.n || c->rest.p[0] != '"')
			break;
		buf_char(&b, '"');
	}
	*out = buf_get(&b);
	return field_over(c)
		   ? NULL
		   : N_("There is text behind the end of a quoted field.");
}

static const char *
field_read(struct csv *c, void *mem, struct str *out)
{
	struct csv begin = *c;

	if (c->rest.n && c->rest.p[0] == '"')
		return quoted_read(c, mem, out);
	while (!field_over(c))
		step(c, 1);
	*out = str_copy(mem, begin.rest.p, begin.rest.n - c->rest.n);
	return NULL;
}

/* All fields up to the end of the row, which is taken off too. */
static enum csv_found
row_read(struct csv *c, void *mem, struct csv_row *row, const char **why)
{
	for (;;) {
		struct str *field = &row->field[row->n];

		if (row->n == CSV_FIELDS_MOST) {
			*why = N_("There are too many columns.");
			return CSV_BAD;
		}
		if ((*why = field_read(c, mem, field)))
			return CSV_BAD;
		if (!text_valid(*field)) {
			*why = N_("This file is not in UTF-8. Save it in Excel "
				  "as \"CSV UTF-8\", or convert it: iconv -f "
				  "cp1252 -t utf-8 old.csv > new.csv");
			return CSV_ALIEN;
		}
		row->n++;
		if (!c->rest.n || line_end(c->rest))
			break;
		step(c, 1);
	}
	step(c, line_end(c->rest));
	return CSV_ROW;
}

enum csv_found
csv_next(struct csv *c, void *mem, struct csv_row *row, const char **why)
{
	enum csv_found found;

	while (line_end(c->rest))
		step(c, line_end(c->rest));
	if (!c->rest.n)
		return CSV_END;
	row->line = c->line;
	row->n = 0;
	found = row_read(c, mem, row, why);
	if (found == CSV_BAD)
		line_skip(c);
	else if (found == CSV_ALIEN)
		c->rest.n = 0;
	return found;
}
