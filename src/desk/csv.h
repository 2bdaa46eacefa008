#pragma once
/*
 * Tables as text (RFC 4180), as spreadsheets write them: fields separated by
 * semicolons, commas or tabs, whichever the first line has most of; quoted
 * fields may hold separators, line breaks and doubled quotes; lines end with LF
 * or CR LF; a byte-order mark in front is taken off; empty lines are skipped.
 * A quote inside a field that does not begin with one is a quote.
 */
#include <stdbool.h>

#include "base/str.h"

enum { CSV_FIELDS_MOST = 64 };

struct csv {
	struct str rest;
	char separator;
	size_t line; /* of the first byte of `rest`, from 1 */
};

struct csv_row {
	size_t line; /* where it begins */
	size_t n;
	struct str field[CSV_FIELDS_MOST];
};

enum csv_found {
	CSV_ROW,
	CSV_END,
	CSV_BAD,   /* this row cannot be read; the next one can be tried */
	CSV_ALIEN, /* no UTF-8: the whole file is something else, so it ends */
};

/* Begins; `source` is borrowed. */
void csv_open(struct csv *c, struct str source);

/* The next row, its fields owned by `mem`. With CSV_BAD and CSV_ALIEN
 * `row->line` is set and *why is a text for tr(). */
enum csv_found csv_next(struct csv *c, void *mem, struct csv_row *row,
    const char **why);
