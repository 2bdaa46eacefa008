#pragma once
/*
 * An import on its way through import_line.c (reading and checking each line by
 * itself) and import_plan.c (what the lines about one customer add up to).
 */
#include "desk/csv.h"
#include "desk/customer.h"
#include "desk/import.h"

/* The columns: id, name, other names (as base/text.h's keys), where the text
 * goes. */
#define COLUMN_LIST(X)                                                         \
	X(NUMBER, "number", "kundennummer|kundennr|kunden nr", customer.number)\
	X(NAME, "name", "firma|name firma", customer.name)                     \
	X(STREET, "street", "strasse", customer.street)                        \
	X(ZIP, "zip", "plz|postleitzahl", customer.zip)                        \
	X(CITY, "city", "ort|stadt", customer.city)                            \
	X(EMAIL, "email", "e mail|mail", customer.email)                       \
	X(NOTE, "note", "bemerkung|notiz", customer.note)                      \
	X(PERSON, "person", "ansprechpartner", person.name)                    \
	X(POSITION, "position", "funktion", person.position)                   \
	X(PHONE, "phone", "telefon|telefonnummer", phone.number)               \
	X(CONTRACT, "contract", "vertrag|vertragsnummer", contract.number)     \
	X(PRODUCT, "product", "produkt|tarif|produkt tarif", contract.product) \
	X(STARTS, "starts_on", "beginn|vertragsbeginn", contract.starts_on)    \
	X(ENDS, "ends_on", "ende|vertragsende", contract.ends_on)              \
	X(ANOTHER, "another", "weiterer|weiterer kunde", another)

enum column {
#define X(id, name, others, member) COLUMN_##id,
	COLUMN_LIST(X)
#undef X
	COLUMN__MAX
};

/* A line that was checked by itself. What it does not mention is empty. */
struct import_line {
	size_t line;
	struct str key;       /* of the customer's number; "": gets one */
	struct customer_form customer;
	struct person_form person;
	struct phone_form phone;
	struct contract_form contract;
	bool has_contract;
	struct str another;   /* "yes": it is not the one of the same name */
	bool is_another;
};

struct import {
	struct desk *d;
	struct import_report *report;
	struct str label[COLUMN__MAX]; /* as the file calls them; else name */
	enum column at[CSV_FIELDS_MOST];
	size_t columns;
	struct import_line *line;
	size_t n, cap;
};

/* Reads and checks all lines. ERR_TOO_LARGE; complaints go to the report. */
MUST_CHECK enum err import_read(struct import *im, struct str source);

/* Works out what the lines about one customer add. Without `tx` it only
 * complains, with it it writes. `line` are `n` lines with one key, in the order
 * of the file, or a single one without a number. ERR_STORE, ERR_BUSY;
 * ERR_INVALID with `tx` when there was a complaint after all. */
MUST_CHECK enum err import_customer(struct import *im, struct db_tx *tx,
    const struct import_line *line, size_t n);

/* Complains about lines without a number that seem to be about a customer of
 * another line. The lines are sorted by number. */
void import_twins(struct import *im);

/* Notes a complaint about a line; `field` is borrowed for as long as the
 * report. */
void import_complain(struct import *im, size_t line, struct str field,
    struct str text);
