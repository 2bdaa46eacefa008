/*
 * Prices and sums. Which prices there are, price.c; what becomes of them in an
 * order, order.c.
 */
#include "desk/money.h"

#include <inttypes.h>

#include "base/buf.h"
#include "base/clock.h"

enum { WHOLE = 10000 }; /* 100 % */

int64_t
terms_units(const struct terms *t, int64_t worked_ms)
{
	int64_t begun;

	if (t->unit_ms == 0)
		return 1;
	begun = (worked_ms + t->unit_ms - 1) / t->unit_ms;
	return begun < t->units_least ? t->units_least : begun;
}

struct amount
terms_amount(const struct terms *t, int64_t units)
{
	int64_t net = t->net_cents * units;
	int64_t vat = (net * t->vat + WHOLE / 2) / WHOLE;

	return (struct amount){net, vat, net + vat};
}

/* Digits in groups of three. */
static void
put_grouped(struct buf *b, int64_t n, char mark)
{
	if (n >= 1000) {
		put_grouped(b, n / 1000, mark);
		buf_printf(b, "%c%03d", mark, (int)(n % 1000));
	} else {
		buf_printf(b, "%d", (int)n);
	}
}

struct str
money_show(void *mem, enum lang lang, int64_t cents)
{
	bool english = lang == LANG_EN;
	struct buf b;

	buf_init(&b, mem, 64);
	if (english)
		buf_puts(&b, "€");
	put_grouped(&b, cents / 100, english ? ',' : '.');
	buf_printf(&b, "%c%02d", english ? '.' : ',', (int)(cents % 100));
	if (!english)
		buf_puts(&b, "\u00a0€");
	return buf_get(&b);
}

/* The digits from *at on; false if there are none, or they say too much. */
static bool
digits_read(struct str text, size_t *at, int64_t *out)
{
	size_t from = *at;

	for (*out = 0; *at < text.n && text.p[*at] >= '0' && text.p[*at] <= '9' &&
	     *out <= MONEY_CENTS_MOST; ++*at)
		*out = *out * 10 + (text.p[*at] - '0');
	return *at > from && *out <= MONEY_CENTS_MOST;
}

bool
money_read(struct str text, int64_t *out_cents)
{
	int64_t whole, part = 0;
	size_t at = 0, mark;

	if (!digits_read(text, &at, &whole))
		return false;
	mark = at;
	if (at < text.n) {
		if (text.p[at] != '.' && text.p[at] != ',')
			return false;
		at++;
		if (!digits_read(text, &at, &part) || at < text.n ||
		    at - mark > 3)
			return false;
		if (at - mark == 2)
			part *= 10;
	}
	*out_cents = whole * 100 + part;
	return *out_cents <= MONEY_CENTS_MOST;
}

struct str
money_percent(void *mem, enum lang lang, int64_t hundredths)
{
	int part = (int)(hundredths % 100);
	char mark = lang == LANG_EN ? '.' : ',';

	if (part == 0)
		return str_printf(mem, "%" PRId64, hundredths / 100);
	return str_printf(mem, part % 10 ? "%" PRId64 "%c%02d" : "%" PRId64 "%c%d",
	    hundredths / 100, mark, part % 10 ? part : part / 10);
}

/* "10 Minuten"; units are whole minutes (price.c). */
static struct str
unit_text(void *mem, enum lang lang, int64_t ms)
{
	int minutes = (int)(ms / MINUTE_MS);

	if (minutes == 1)
		return str_of(tr(lang, N_("minute")));
	if (minutes == 60)
		return str_of(tr(lang, N_("hour")));
	return str_printf(mem, tr(lang, N_("%d minutes")), minutes);
}

struct str
terms_sentence(void *mem, enum lang lang, const struct terms *t)
{
	struct amount a = terms_amount(t, 1);
	struct buf b;

	buf_init(&b, mem, 1024);
	buf_printf(&b, tr(lang, N_("%s net, with %s %% VAT %s")),
	    money_show(mem, lang, a.net).p,
	    money_percent(mem, lang, t->vat).p,
	    money_show(mem, lang, a.gross).p);
	if (t->unit_ms)
		buf_printf(&b, tr(lang, N_(", for each %s begun")),
		    unit_text(mem, lang, t->unit_ms).p);
	if (t->units_least > 1)
		buf_printf(&b, tr(lang, N_(", at least %s net")),
		    money_show(mem, lang, t->net_cents * t->units_least).p);
	return buf_get(&b);
}
