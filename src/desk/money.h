#pragma once
/*
 * Money in whole cents (euro), and what a price comes to. No fractions, no
 * floating point: a sum is rounded once, half a cent up, when the tax is added.
 */
#include <stdbool.h>
#include <stdint.h>

#include "base/i18n.h"
#include "base/str.h"

enum {
	MONEY_CENTS_MOST = 100000000, /* of one price: a million euro */
	VAT_MOST = 10000,             /* hundredths of a percent */
};

/* What was agreed about a price. */
struct terms {
	int64_t net_cents;   /* the price, or that of a unit */
	int64_t unit_ms;     /* 0: the price is fixed */
	int64_t units_least; /* charged at least; 0 where it is fixed */
	int64_t vat;         /* hundredths of a percent */
};

struct amount {
	int64_t net, vat, gross; /* cents */
};

/* How many units are charged for that time: every one that was begun, and the
 * least that was agreed. 1 where the price is fixed. */
int64_t terms_units(const struct terms *t, int64_t worked_ms);

struct amount terms_amount(const struct terms *t, int64_t units);

/* "1.234,50 €", in English "€1,234.50"; the space does not break. */
struct str money_show(void *mem, enum lang lang, int64_t cents);

/* Reads "1234,50", "1234.5" or "1234"; false for anything else, for negative
 * ones and above MONEY_CENTS_MOST. */
bool money_read(struct str text, int64_t *out_cents);

/* A number of hundredths as a person writes it, "19", "7,7", "8,25". */
struct str money_percent(void *mem, enum lang lang, int64_t hundredths);

/* The price as it is said to the caller: "24,00 € netto, mit 19 %
 * Mehrwertsteuer 28,56 €, je angefangene 10 Minuten". */
struct str terms_sentence(void *mem, enum lang lang, const struct terms *t);
