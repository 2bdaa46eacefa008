#pragma once
/*
 * What is to be invoiced: orders that are done. They are given out as CSV for
 * the house's accounts, and marked as invoiced once. Supervisors' business.
 */
#include "desk/order.h"

struct invoice_line {
	struct q_order_to_invoice row;
	struct terms terms;
	int64_t units;
	struct amount amount;
};

struct invoice {
	struct invoice_line *v; /* what was done first comes first */
	size_t n;
	bool more;              /* than ORDER_INVOICE_MOST */
	struct amount sum;
};

/* ERR_FORBIDDEN. */
MUST_CHECK enum err invoice_list(struct desk *d, struct invoice *out);

/* The lines as CSV in the actor's language: UTF-8 with a byte order mark,
 * semicolons, CRLF (RFC 4180), amounts as the language writes them. A text that
 * a spreadsheet would take for a formula gets an apostrophe in front. */
struct str invoice_csv(struct desk *d, const struct invoice *list);

/* The orders of a list by their numbers, with spaces between. */
struct str invoice_numbers(struct desk *d, const struct invoice *list);

/* Marks these orders as invoiced, all of them or none; `numbers` as
 * invoice_numbers gives them. ERR_CONFLICT (orders): one of them is not done, or
 * was invoiced before. ERR_INVALID (orders): none was named, or one that is no
 * number. */
MUST_CHECK enum err invoice_mark(struct desk *d, struct str numbers);
