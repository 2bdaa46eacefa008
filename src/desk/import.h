#pragma once
/*
 * Customers by the hundred: a table (desk/csv.h) whose first line names its
 * columns, in any order and in English or German:
 *
 *   number name street zip city email note person position phone contract
 *   product starts_on ends_on another
 *
 * Each line is a customer, or something more about one: lines with the same
 * number add persons, telephone numbers and contracts to it, and so do lines
 * about a customer that is there already. What a line says of the customer
 * itself must agree with what is known. A customer without a number gets one; if
 * it seems to be there already (desk/twin.h), that is a complaint, unless the
 * column "another" says yes.
 * Days are written 2026-11-24 or 24.11.2026.
 *
 * All or nothing: one complaint, and nothing is imported. Everything is checked
 * before the first write.
 */
#include "desk/desk.h"

enum {
	IMPORT_BYTES_MOST = 64 << 20,
	IMPORT_LINES_MOST = 100000,
	IMPORT_COMPLAINTS_MOST = 1000, /* kept; further ones are counted */
};

struct import_complaint {
	size_t line;
	struct str field; /* the column as the file calls it; "" for the line */
	struct str text;  /* in the unit's language */
};

struct import_report {
	size_t lines; /* without the first one and empty ones */
	size_t customers, persons, phones, contracts; /* that were added */
	size_t complaints;                            /* all of them */
	size_t kept;
	struct import_complaint *complaint; /* by line */
};

/* ERR_INVALID: *out says why, line by line. ERR_TOO_LARGE: more than
 * IMPORT_BYTES_MOST or IMPORT_LINES_MOST. Supervisors only. */
MUST_CHECK enum err customer_import(struct desk *d, struct str source,
    struct import_report *out);
