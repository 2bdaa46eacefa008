/*
 * An import as a whole: read every line, sort them by customer, try, and only
 * if nobody complained do it in one transaction. For the time that takes (some
 * seconds for the largest file) other writers wait; readers do not.
 */
#include "desk/import.h"

#include <stdlib.h>

#include "desk/event.h"
#include "desk/import_line.h"

/* By number, then as in the file. Those without one come last, so that a number
 * the house gives is not one that the file uses. */
static int
line_order(const void *a, const void *b)
{
	const struct import_line *x = a, *y = b;
	int order = str_order(x->key, y->key);

	if (!x->key.n != !y->key.n)
		return x->key.n ? -1 : 1;
	return order ? order : (x->line > y->line) - (x->line < y->line);
}

static int
complaint_order(const void *a, const void *b)
{
	const struct import_complaint *x = a, *y = b;

	return (x->line > y->line) - (x->line < y->line);
}

/* Goes through the customers, without or with writing. */
static enum err
customers_take(struct import *im, struct db_tx *tx)
{
	enum err e = OK;
	size_t n;

	im->report->customers = 0;
	im->report->persons = 0;
	im->report->phones = 0;
	im->report->contracts = 0;
	for (size_t i = 0; i < im->n && e == OK; i += n) {
		const struct import_line *first = &im->line[i];

		for (n = 1; i + n < im->n && first->key.n; n++)
			if (!str_eq(first[n].key, first->key))
				break;
		e = import_customer(im, tx, first, n);
	}
	return e;
}

/* The answer to a file that somebody must mend. */
static enum err
refused(struct desk *d, struct import_report *r)
{
	r->customers = r->persons = r->phones = r->contracts = 0;
	qsort(r->complaint, r->kept, sizeof *r->complaint, complaint_order);
	return fail(d->cx, ERR_INVALID, "file",
	    N_("Nothing was imported; there are %d complaints."),
	    (int)r->complaints);
}

static enum err
imported_event(struct desk *d, struct db_tx *tx, const struct import_report *r)
{
	struct event ev;

	event_begin(d, &ev);
	event_int(&ev, "lines", (int64_t)r->lines);
	event_int(&ev, "customers", (int64_t)r->customers);
	event_int(&ev, "persons", (int64_t)r->persons);
	event_int(&ev, "phones", (int64_t)r->phones);
	event_int(&ev, "contracts", (int64_t)r->contracts);
	return event_add(d, tx, &ev, "customer.imported", 0);
}

enum err
customer_import(struct desk *d, struct str source, struct import_report *out)
{
	struct import im = {.d = d, .report = out};
	DB_TX tx = {0};
	enum err e;

	*out = (struct import_report){0};
	if ((e = desk_needs(d, ROLE_SUPERVISOR)) != OK)
		return e;
	if (source.n > IMPORT_BYTES_MOST)
		return fail(d->cx, ERR_TOO_LARGE, "file",
		    N_("An import has at most %d MB; please split the file."),
		    IMPORT_BYTES_MOST >> 20);
	if ((e = import_read(&im, source)) != OK)
		return e;
	if (im.n)
		qsort(im.line, im.n, sizeof *im.line, line_order);
	import_twins(&im);
	if ((e = customers_take(&im, NULL)) != OK)
		return e;
	if (out->complaints)
		return refused(d, out);
	if ((e = db_begin(d->db, &tx)) != OK)
		return e;
	e = customers_take(&im, &tx);
	if (out->complaints)
		return refused(d, out);
	if (e != OK || (e = imported_event(d, &tx, out)) != OK)
		return e;
	return db_commit(&tx);
}
