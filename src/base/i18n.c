/*
 * Picks the language and the text. English is the message id itself; German is
 * looked up in the table that the build compiles from locale/de.po. There are
 * no plural forms and no contexts: texts are written so that they need none.
 * Dates and numbers in either language are in base/calendar.c; texts that
 * templates show are translated when they are compiled.
 */
#include "base/i18n.h"

#include <stdlib.h>
#include <strings.h>

#include "base/catalogue.h"

static const char *const codes[LANG__MAX] = {
    [LANG_DE] = "de", [LANG_EN] = "en"};

static int
row_compare(const void *msgid, const void *row)
{
	return strcmp(msgid, ((const struct catalogue_row *)row)->msgid);
}

const char *
tr(enum lang lang, const char *msgid)
{
	const struct catalogue_row *row = NULL;

	if (lang == LANG_DE)
		row = bsearch(msgid, catalogue_de, catalogue_de_count,
		    sizeof *catalogue_de, row_compare);
	return row ? row->text : msgid;
}

const char *
lang_code(enum lang lang)
{
	return codes[lang];
}

bool
lang_of(struct str code, enum lang *out)
{
	for (int l = 0; l < LANG__MAX; l++) {
		if (str_is(code, codes[l])) {
			*out = (enum lang)l;
			return true;
		}
	}
	return false;
}

/* A weight "0.85" in thousandths; -1 if it is none. */
static int
weight_read(struct str q)
{
	int v, scale = 100;

	if (q.n < 1 || q.n > 5 || (q.p[0] != '0' && q.p[0] != '1') ||
	    (q.n > 1 && q.p[1] != '.'))
		return -1;
	v = (q.p[0] - '0') * 1000;
	for (size_t i = 2; i < q.n; i++, scale /= 10) {
		if (q.p[i] < '0' || q.p[i] > '9')
			return -1;
		v += (q.p[i] - '0') * scale;
	}
	return v <= 1000 ? v : -1;
}

/* The weight among the parameters behind a language: 1000 where there is no
 * q, 0 (not wanted) where it cannot be read. */
static int
weight_of(struct str parameters)
{
	struct str p;
	int v;

	while (str_take(&parameters, ';', &p)) {
		p = str_trim(p);
		if (p.n < 2 || (p.p[0] != 'q' && p.p[0] != 'Q') ||
		    p.p[1] != '=')
			continue;
		v = weight_read((struct str){p.p + 2, p.n - 2});
		return v < 0 ? 0 : v;
	}
	return 1000;
}

/* Whether "en-GB" or "EN" speaks of the language. */
static bool
range_is(struct str range, enum lang lang)
{
	size_t n = strlen(codes[lang]);

	return range.n >= n && !strncasecmp(range.p, codes[lang], n) &&
	    (range.n == n || range.p[n] == '-');
}

enum lang
lang_accept(struct str header)
{
	int weight[LANG__MAX] = {-1, -1}, others = 0;
	enum lang best = LANG_DE, first = LANG_DE;
	bool named = false;
	struct str rest, range;

	while (str_take(&header, ',', &rest)) {
		int w;

		str_take(&rest, ';', &range);
		range = str_trim(range);
		w = weight_of(rest);
		if (str_is(range, "*"))
			others = w;
		for (int l = 0; l < LANG__MAX; l++) {
			if (!range_is(range, (enum lang)l))
				continue;
			if (!named)
				first = (enum lang)l;
			named = true;
			if (w > weight[l])
				weight[l] = w;
		}
	}
	for (int l = 0; l < LANG__MAX; l++)
		if (weight[l] < 0)
			weight[l] = others;
	for (int l = 0; l < LANG__MAX; l++)
		if (weight[l] > weight[best] ||
		    (weight[l] == weight[best] && (enum lang)l == first))
			best = (enum lang)l;
	return weight[best] > 0 ? best : LANG_DE;
}
