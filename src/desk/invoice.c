/*
 * From done to invoiced. What is marked is named order by order, so that what
 * was done since the list was read stays on the next one.
 */
#include "desk/invoice.h"

#include <stdlib.h>

#include "base/buf.h"
#include "base/calendar.h"
#include "base/mem.h"
#include "desk/event.h"
#include "store/queries.h"

enum { CSV_BYTES_MAX = 64 << 20 };

enum err
invoice_list(struct desk *d, struct invoice *out)
{
	struct q_order_to_invoice_rows rows;
	enum err e;

	*out = (struct invoice){0};
	if ((e = desk_needs(d, ROLE_SUPERVISOR)) != OK ||
	    (e = q_order_to_invoice(d->db, d->cx->mem, ORDER_INVOICE_MOST + 1,
		 &rows)) != OK)
		return e;
	out->more = rows.n > ORDER_INVOICE_MOST;
	out->n = rows.n - out->more;
	out->v = mem_array(d->cx->mem, struct invoice_line, out->n);
	for (size_t i = 0; i < out->n; i++) {
		struct invoice_line *l = &out->v[i];

		l->row = rows.v[i];
		l->terms = ORDER_TERMS(&l->row);
		l->units = terms_units(&l->terms, l->row.worked_ms);
		l->amount = terms_amount(&l->terms, l->units);
		out->sum.net += l->amount.net;
		out->sum.vat += l->amount.vat;
		out->sum.gross += l->amount.gross;
	}
	return OK;
}

/* One field: quoted, and never a formula; whichever separator the spreadsheet
 * takes, and so wherever it has a field begin. */
static void
put_text(struct buf *b, struct str s)
{
	bool begins = true;

	buf_char(b, '"');
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];

		if (begins && strchr("=+-@", c))
			buf_char(b, '\'');
		if (c == '"')
			buf_char(b, '"');
		buf_char(b, c);
		begins = strchr(",;\t\r\n", c) ||
		    (begins && strchr(" \"", c));
	}
	buf_char(b, '"');
}

/* Hundredths as a number that the language's spreadsheet understands. */
static void
put_hundredths(struct buf *b, enum lang lang, int64_t n)
{
	buf_printf(b, "%lld%c%02d", (long long)(n / 100),
	    lang == LANG_EN ? '.' : ',', (int)(n % 100));
}

static void
put_head(struct buf *b, enum lang lang)
{
	static const char *const names[] = {N_("Order"), N_("Customer number"),
	    N_("Customer"), N_("Kind"), N_("Description"), N_("Price for"),
	    N_("Units"), N_("Net price"), N_("Net"), N_("VAT %"), N_("VAT"),
	    N_("Gross"), N_("Accepted by"), N_("Accepted on"), N_("Done on")};

	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
		if (i)
			buf_char(b, ';');
		put_text(b, str_of(tr(lang, names[i])));
	}
	buf_puts(b, "\r\n");
}

static void
put_line(struct desk *d, struct buf *b, const struct invoice_line *l)
{
	const struct q_order_to_invoice *r = &l->row;
	const struct str texts[] = {order_number(d->cx->mem, r->id),
	    r->customer_number, r->customer_name,
	    str_of(tr(d->cx->lang,
		order_kind_words((enum order_kind)r->kind))),
	    r->description, r->price_text};
	const int64_t numbers[] = {l->terms.net_cents, l->amount.net,
	    l->terms.vat, l->amount.vat, l->amount.gross};

	for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
		put_text(b, texts[i]);
		buf_char(b, ';');
	}
	buf_printf(b, "%lld", (long long)l->units);
	for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++) {
		buf_char(b, ';');
		put_hundredths(b, d->cx->lang, numbers[i]);
	}
	buf_char(b, ';');
	put_text(b, r->answer_name);
	buf_printf(b, ";%s;%s\r\n",
	    r->answered_ms.has ? calendar_date(d->cx->mem, r->answered_ms.v).p
			       : "",
	    r->done_ms.has ? calendar_date(d->cx->mem, r->done_ms.v).p : "");
}

struct str
invoice_csv(struct desk *d, const struct invoice *list)
{
	struct buf b;

	buf_init(&b, d->cx->mem, CSV_BYTES_MAX);
	buf_puts(&b, "\ufeff");
	put_head(&b, d->cx->lang);
	for (size_t i = 0; i < list->n; i++)
		put_line(d, &b, &list->v[i]);
	return buf_get(&b);
}

static enum err
mark_one(struct desk *d, struct db_tx *tx, int64_t id)
{
	struct event ev;
	int64_t marked;
	enum err e;

	if ((e = q_order_invoice(tx, id, d->cx->now_ms, &marked)) != OK)
		return e;
	if (marked == 0)
		return fail(d->cx, ERR_CONFLICT, "orders",
		    N_("%s is not done, or was invoiced before. Nothing was "
		       "marked."),
		    order_number(d->cx->mem, id).p);
	event_begin(d, &ev);
	return event_add(d, tx, &ev, "order.invoiced", id);
}

struct str
invoice_numbers(struct desk *d, const struct invoice *list)
{
	struct buf b;

	buf_init(&b, d->cx->mem, 1 << 20);
	for (size_t i = 0; i < list->n; i++)
		buf_printf(&b, "%s%s", i ? " " : "",
		    order_number(d->cx->mem, list->v[i].row.id).p);
	return buf_get(&b);
}

static int
id_compare(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

	return (x > y) - (x < y);
}

/* The ids behind the numbers, ORDER_INVOICE_MOST at most. In order, so that two
 * who mark the same ones do not wait for each other. */
static enum err
numbers_read(struct desk *d, struct str numbers, int64_t *ids, size_t *n)
{
	struct str number;

	*n = 0;
	while (str_take(&numbers, ' ', &number)) {
		if (str_empty(number))
			continue;
		if (*n == ORDER_INVOICE_MOST)
			return fail(d->cx, ERR_INVALID, "orders",
			    N_("Name 1 to %d orders."), ORDER_INVOICE_MOST);
		if (!order_number_read(d->cx->mem, number, &ids[(*n)++]))
			return fail(d->cx, ERR_INVALID, "orders",
			    N_("%.*s is no order number."), STR_FMT(number));
	}
	if (*n == 0)
		return fail(d->cx, ERR_INVALID, "orders",
		    N_("Name 1 to %d orders."), ORDER_INVOICE_MOST);
	qsort(ids, *n, sizeof *ids, id_compare);
	return OK;
}

enum err
invoice_mark(struct desk *d, struct str numbers)
{
	int64_t *ids = mem_array(d->cx->mem, int64_t, ORDER_INVOICE_MOST);
	DB_TX tx = {0};
	size_t n;
	enum err e;

	if ((e = desk_needs(d, ROLE_SUPERVISOR)) != OK ||
	    (e = numbers_read(d, numbers, ids, &n)) != OK ||
	    (e = db_begin(d->db, &tx)) != OK)
		return e;
	for (size_t i = 0; i < n; i++)
		if ((e = mark_one(d, &tx, ids[i])) != OK)
			return e;
	return db_commit(&tx);
}
