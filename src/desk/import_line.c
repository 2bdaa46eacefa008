/*
 * Reading an import: the first line says which column is what, every other one
 * becomes a struct import_line by the same checks that forms go through, or
 * complaints. Nothing here reads the database; how lines agree with each other
 * and with what is there is import_plan.c's question.
 */
#include "desk/import_line.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/calendar.h"
#include "base/mem.h"
#include "base/text.h"
#include "desk/customer_write.h"

static const struct {
	const char *name, *others;
	size_t offset;
} columns[COLUMN__MAX] = {
#define X(id, name, others, member)                                            \
	{name, others, offsetof(struct import_line, member)},
    COLUMN_LIST(X)
#undef X
};

static struct str *
line_text(struct import_line *l, enum column c)
{
	return (struct str *)(void *)((char *)l + columns[c].offset);
}

void
import_complain(struct import *im, size_t line, struct str field,
    struct str text)
{
	struct import_report *r = im->report;
	void *mem = im->d->cx->mem;

	if (r->kept < IMPORT_COMPLAINTS_MOST) {
		if (!r->complaint)
			r->complaint = mem_array(mem, struct import_complaint,
			    IMPORT_COMPLAINTS_MOST);
		r->complaint[r->kept++] = (struct import_complaint){line,
		    str_dup(mem, field), str_dup(mem, text)};
	}
	r->complaints++;
}

/* Whether the key is one of the names in "a|b|c". */
static bool
is_among(struct str key, const char *names)
{
	while (*names) {
		size_t n = strcspn(names, "|");

		if (str_eq(key, (struct str){names, n}))
			return true;
		names += n + (names[n] == '|');
	}
	return false;
}

/* The column that a cell of the first line names; COLUMN__MAX for none. */
static enum column
column_named(void *mem, struct str cell)
{
	struct str key = text_key(mem, cell);
	enum column c;

	for (c = 0; c < COLUMN__MAX; c++)
		if (str_eq(key, text_key(mem, str_of(columns[c].name))) ||
		    is_among(key, columns[c].others))
			break;
	return c;
}

static void
header_complain(struct import *im, const struct csv_row *row, struct str cell,
    const char *msgid)
{
	import_complain(im, row->line, cell,
	    str_of(tr(im->d->cx->lang, msgid)));
}

/* Takes the first line; false if no line can be read by it. */
static bool
header_take(struct import *im, const struct csv_row *row)
{
	void *mem = im->d->cx->mem;
	bool seen[COLUMN__MAX] = {false};

	for (int c = 0; c < COLUMN__MAX; c++)
		im->label[c] = str_of(columns[c].name);
	for (size_t i = 0; i < row->n; i++) {
		enum column c = column_named(mem, row->field[i]);

		if (c == COLUMN__MAX) {
			header_complain(im, row, row->field[i],
			    N_("This column is not known."));
			continue;
		}
		if (seen[c])
			header_complain(im, row, row->field[i],
			    N_("This column stands there twice."));
		seen[c] = true;
		im->at[i] = c;
		im->label[c] = text_line(mem, row->field[i]);
	}
	im->columns = row->n;
	if (!seen[COLUMN_NUMBER] && !seen[COLUMN_NAME])
		header_complain(im, row, STR(""),
		    N_("The first line must name the columns; there is "
		       "neither a number nor a name."));
	return im->report->complaints == 0;
}

/* Complains about all that a check has found. `own` is what the check calls
 * the column `c`, where the two names differ. */
static void
faults_take(struct import *im, struct cx *cx, size_t line, const char *own,
    enum column c)
{
	for (size_t i = 0; i < cx->fault.n; i++) {
		const struct fault_item *f = &cx->fault.item[i];
		struct str field = str_of(f->field);

		if (own && !strcmp(f->field, own))
			field = im->label[c];
		else
			for (int k = 0; k < COLUMN__MAX; k++)
				if (str_is(field, columns[k].name))
					field = im->label[k];
		import_complain(im, line, field, str_of(f->text));
	}
	fault_clear(&cx->fault);
}

/* A day as Germans write it becomes one as it is stored; anything else stays
 * for the check to judge. */
static void
date_read(void *mem, struct str *date)
{
	struct str s = str_trim(*date);
	char day[3], month[3], year[5];
	int end = 0;

	if (s.n <= DATE_BYTES && s.n &&
	    sscanf(s.p, "%2[0-9].%2[0-9].%4[0-9]%n", day, month, year, &end) ==
		3 &&
	    (size_t)end == s.n && strlen(year) == 4)
		*date = str_printf(mem, "%s-%02d-%02d", year, atoi(month),
		    atoi(day));
}

static bool
contract_mentioned(const struct contract_form *f)
{
	return f->number.n || f->product.n || f->starts_on.n || f->ends_on.n;
}

/* Whether the line says that this is another customer of the same name. */
static void
another_read(struct import *im, struct cx *cx, struct import_line *l)
{
	struct str says = text_key(cx->mem, l->another);

	l->is_another = is_among(says, "yes|ja|y|j|x|1");
	if (!l->is_another && says.n && !is_among(says, "no|nein|n|0"))
		import_complain(im, l->line, im->label[COLUMN_ANOTHER],
		    str_of(tr(cx->lang, N_("Here stands yes, no or nothing."))));
}

/* The checks of a line, each of which complains in its own columns' names. */
static void
line_check(struct import *im, struct cx *cx, struct import_line *l)
{
	struct desk d = *im->d;

	d.cx = cx;
	another_read(im, cx, l);
	if (customer_form_check(cx, &l->customer, false))
		faults_take(im, cx, l->line, NULL, 0);
	if ((l->person.name.n || l->person.position.n) &&
	    person_form_check(cx, &l->person))
		faults_take(im, cx, l->line, "name", COLUMN_PERSON);
	if (l->phone.number.n && phone_form_check(&d, &l->phone))
		faults_take(im, cx, l->line, "number", COLUMN_PHONE);
	l->has_contract = contract_mentioned(&l->contract);
	if (!l->has_contract)
		return;
	date_read(cx->mem, &l->contract.starts_on);
	date_read(cx->mem, &l->contract.ends_on);
	if (contract_form_check(cx, &l->contract))
		faults_take(im, cx, l->line, "number", COLUMN_CONTRACT);
}

static struct import_line *
line_new(struct import *im)
{
	if (im->n == im->cap) {
		im->cap = im->cap ? 2 * im->cap : 64;
		im->line = mem_sure(talloc_realloc(im->d->cx->mem, im->line,
		    struct import_line, (unsigned)im->cap));
	}
	im->line[im->n] = (struct import_line){0};
	return &im->line[im->n++];
}

/* Checks one line on memory of its own and keeps what is needed of it. */
static void
line_take(struct import *im, void *scratch, const struct csv_row *row)
{
	const struct cx *unit = im->d->cx;
	struct cx cx = {.mem = scratch,
	    .now_ms = unit->now_ms,
	    .lang = unit->lang,
	    .id = unit->id};
	struct import_line *l;

	if (row->n != im->columns) {
		import_complain(im, row->line, STR(""),
		    str_printf(scratch,
			tr(cx.lang, N_("This line has %d fields, the first "
				       "one has %d.")),
			(int)row->n, (int)im->columns));
		return;
	}
	l = line_new(im);
	l->line = row->line;
	for (size_t i = 0; i < row->n; i++)
		*line_text(l, im->at[i]) = row->field[i];
	line_check(im, &cx, l);
	for (enum column c = 0; c < COLUMN__MAX; c++)
		*line_text(l, c) = str_dup(unit->mem, *line_text(l, c));
	l->key = text_number_key(unit->mem, l->customer.number);
}

/* The next row, on `scratch`, or a complaint about it. */
static enum csv_found
row_next(struct import *im, struct csv *csv, void *scratch, struct csv_row *row)
{
	const char *why = NULL;
	enum csv_found found = csv_next(csv, scratch, row, &why);

	if (why)
		import_complain(im, row->line, STR(""),
		    str_of(tr(im->d->cx->lang, why)));
	return found;
}

enum err
import_read(struct import *im, struct str source)
{
	void *mem = im->d->cx->mem, *scratch;
	struct csv_row row;
	struct csv csv;
	enum csv_found found;

	csv_open(&csv, source);
	found = row_next(im, &csv, mem, &row);
	if (found == CSV_END)
		import_complain(im, 1, STR(""),
		    str_of(tr(im->d->cx->lang, N_("This file is empty."))));
	if (found != CSV_ROW || !header_take(im, &row))
		return OK;
	while (found != CSV_END && im->report->lines <= IMPORT_LINES_MOST) {
		scratch = mem_sure(talloc_new(mem));
		found = row_next(im, &csv, scratch, &row);
		im->report->lines += found != CSV_END;
		if (found == CSV_ROW)
			line_take(im, scratch, &row);
		else if (found == CSV_ALIEN)
			im->n = 0; /* half a file is compared with nothing */
		talloc_free(scratch);
	}
	if (im->report->lines > IMPORT_LINES_MOST)
		return fail(im->d->cx, ERR_TOO_LARGE, "file",
		    N_("An import has at most %d lines; please split the "
		       "file."),
		    IMPORT_LINES_MOST);
	return OK;
}
