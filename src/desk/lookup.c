/*
 * Finding a customer in a millisecond, however many there are. Each way of
 * looking is one range of one index (sql/queries/lookup.sql); they are tried in
 * the order of their worth until the list is full. Several words meet in the
 * index of words: the rarest one leads, the others are probed for each of its
 * customers. How words are made is in words.c; running text is searched
 * elsewhere.
 */
#include "desk/lookup.h"

#include <stdlib.h>

#include "base/buf.h"
#include "base/calendar.h"
#include "base/config.h"
#include "base/mem.h"
#include "base/phone.h"
#include "base/text.h"
#include "desk/house.h"
#include "desk/words.h"
#include "store/queries.h"

enum {
	PHONE_LEAST = 4,   /* digits of a telephone number worth looking for */
	WORD_SCAN = 60,    /* entries read for one word alone */
	WORDS_SCAN = 2000, /* of the leading word, when there are others */
	WORDS_COUNTED = 20000,   /* when looking for the rarest word */
	WORDS_SCAN_DEEP = 20000, /* if the first stretch found nobody */
};

/* One box being answered. */
struct search {
	struct desk *d;
	void *mem;
	struct str today;
	struct str key; /* of the number that may have been typed */
	size_t most;
	struct lookup *out;
};

struct range {
	struct str low, high;
};

/* Everything that begins so: keys compare byte by byte on both engines, and
 * nothing sorts behind U+10FFFF. */
static struct range
beginning(void *mem, struct str head)
{
	return (struct range){head,
	    str_printf(mem, "%.*s\xf4\x8f\xbf\xbf", STR_FMT(head))};
}

static bool
is_there(const struct lookup *l, int64_t id)
{
	for (size_t i = 0; i < l->n; i++)
		if (l->v[i].id == id)
			return true;
	return false;
}

static void
hits_take(struct search *s, const struct q_lookup_row_rows *rows)
{
	struct lookup *l = s->out;

	for (size_t i = 0; i < rows->n && l->n < s->most; i++) {
		const struct q_lookup_row *r = &rows->v[i];

		if (is_there(l, r->id))
			continue;
		l->v[l->n++] = (struct lookup_hit){
		    .id = r->id,
		    .number = r->number,
		    .name = r->name,
		    .city = r->city,
		    .entitled = r->entitled,
		    .exact = s->key.n && str_eq(r->number_key, s->key),
		    .e164 = r->e164,
		    .person = r->person.p ? r->person : STR(""),
		};
	}
}

/* One of the queries that take a range. */
typedef enum err lookup_query(struct db *db, void *mem, struct str low,
    struct str high, struct str today, int64_t most,
    struct q_lookup_row_rows *out);

static enum err
range_search(struct search *s, lookup_query *query, struct range r)
{
	struct q_lookup_row_rows rows;
	enum err e;

	if (s->out->n == s->most)
		return OK;
	if ((e = query(s->d->db, s->mem, r.low, r.high, s->today,
		 (int64_t)s->most, &rows)) == OK)
		hits_take(s, &rows);
	return e;
}

/* The digits of what may be the beginning of a telephone number; NULL if it
 * holds anything else. */
static struct str
phone_digits(void *mem, struct str typed, bool *plus)
{
	struct buf b;

	buf_init(&b, mem, typed.n);
	*plus = typed.n && typed.p[0] == '+';
	for (size_t i = *plus; i < typed.n; i++) {
		if (typed.p[i] >= '0' && typed.p[i] <= '9')
			buf_char(&b, typed.p[i]);
		else if (!strchr(" -/.()", typed.p[i]))
			return (struct str){0};
	}
	return buf_get(&b);
}

/* The digits as E.164 would begin. */
static struct str
e164_head(struct search *s, struct str digits, bool plus)
{
	const char *country = s->d->house->config->country_code.p;

	if (plus)
		return digits;
	if (str_starts(digits, STR("00")))
		return str_copy(s->mem, digits.p + 2, digits.n - 2);
	if (digits.p[0] == '0')
		return str_printf(s->mem, "%s%.*s", country,
		    (int)(digits.n - 1), digits.p + 1);
	return digits;
}

static enum err
phone_search(struct search *s, struct str typed)
{
	struct str digits, whole;
	bool plus;
	enum err e;

	digits = phone_digits(s->mem, typed, &plus);
	if (digits.n < PHONE_LEAST || digits.n > LOOKUP_BYTES)
		return OK;
	if (!phone_normalise(s->mem, typed, s->d->house->config->country_code.p,
		&whole))
		whole = e164_head(s, digits, plus);
	if ((e = range_search(s, q_lookup_phone, beginning(s->mem, whole))) !=
		OK ||
	    plus)
		return e;
	return range_search(s, q_lookup_phone_end,
	    beginning(s->mem, text_reverse(s->mem, digits)));
}

static int
longer_first(const void *a, const void *b)
{
	const struct str *x = a, *y = b;

	return (x->n < y->n) - (x->n > y->n);
}

/* Puts the rarest word first; *out is how many entries it has. Words that are
 * all too common count as equal past what is worth counting. */
static enum err
rarest_first(struct search *s, struct range *r, size_t n, int64_t *out)
{
	int64_t least = INT64_MAX, count;
	struct range first = r[0];
	size_t best = 0;
	enum err e;

	for (size_t i = 0; i < n; i++) {
		if ((e = q_lookup_count(s->d->db, s->mem, r[i].low, r[i].high,
			 WORDS_COUNTED, &count)) != OK)
			return e;
		if (count < least) {
			least = count;
			best = i;
		}
		if (least < WORDS_SCAN)
			break;
	}
	r[0] = r[best];
	r[best] = first;
	*out = least;
	return OK;
}

static enum err
words_scan(struct search *s, const struct range r[LOOKUP_WORDS], int64_t scan)
{
	struct q_lookup_row_rows rows;
	enum err e;

	if ((e = q_lookup_words(s->d->db, s->mem, r[0].low, r[0].high, r[1].low,
		 r[1].high, r[2].low, r[2].high, r[3].low, r[3].high, s->today,
		 scan, (int64_t)s->most, &rows)) == OK)
		hits_take(s, &rows);
	return e;
}

/* Several words. Where all of them are common and meet in few customers, the
 * first stretch may find none; then a longer one is worth its time. */
static enum err
words_meet(struct search *s, struct range r[LOOKUP_WORDS], size_t n)
{
	size_t before = s->out->n;
	int64_t entries;
	enum err e;

	if ((e = rarest_first(s, r, n, &entries)) != OK)
		return e;
	for (size_t i = n; i < LOOKUP_WORDS; i++)
		r[i] = r[n - 1];
	if ((e = words_scan(s, r, WORDS_SCAN)) != OK || s->out->n != before ||
	    entries < WORDS_SCAN)
		return e;
	return words_scan(s, r, WORDS_SCAN_DEEP);
}

static enum err
words_search(struct search *s, struct str typed)
{
	enum { TYPED_MOST = 16 };
	struct range r[LOOKUP_WORDS];
	struct str word[TYPED_MOST];
	struct q_lookup_row_rows rows;
	size_t n = words_of(s->mem, typed, word, TYPED_MOST);
	enum err e;

	if (n == 0 || s->out->n == s->most)
		return OK;
	qsort(word, n, sizeof *word, longer_first);
	if (n > LOOKUP_WORDS)
		n = LOOKUP_WORDS;
	for (size_t i = 0; i < n; i++)
		r[i] = beginning(s->mem, word[i]);
	if (n > 1)
		return words_meet(s, r, n);
	if ((e = q_lookup_word(s->d->db, s->mem, r[0].low, r[0].high, s->today,
		 WORD_SCAN, (int64_t)s->most, &rows)) == OK)
		hits_take(s, &rows);
	return e;
}

static bool
has_digit(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] >= '0' && s.p[i] <= '9')
			return true;
	return false;
}

static void
search_begin(struct search *s, struct desk *d, size_t most, struct lookup *out)
{
	*out = (struct lookup){0};
	*s = (struct search){
	    .d = d,
	    .mem = d->cx->mem,
	    .today = calendar_date(d->cx->mem, d->cx->now_ms),
	    .most = most > LOOKUP_MOST ? LOOKUP_MOST : most,
	    .out = out,
	};
}

enum err
customer_lookup(struct desk *d, struct str typed, size_t most,
    struct lookup *out)
{
	struct str name;
	struct search s;
	enum err e;

	if ((e = desk_needs(d, ROLE_AGENT)) != OK)
		return e;
	search_begin(&s, d, most, out);
	if (typed.n > LOOKUP_BYTES || !text_valid(typed))
		return OK;
	typed = text_line(s.mem, typed);
	name = words_name_key(s.mem, typed);
	if (str_empty(name))
		return OK;
	if (has_digit(typed)) {
		s.key = text_number_key(s.mem, typed);
		if ((e = range_search(&s, q_lookup_number,
			 beginning(s.mem, s.key))) != OK ||
		    (e = phone_search(&s, typed)) != OK)
			return e;
	}
	if ((e = range_search(&s, q_lookup_name, beginning(s.mem, name))) != OK)
		return e;
	return words_search(&s, typed);
}

enum err
lookup_by_phone(struct desk *d, struct str e164, struct lookup *out)
{
	struct search s;
	enum err e;

	if ((e = desk_needs(d, ROLE_AGENT)) != OK)
		return e;
	search_begin(&s, d, LOOKUP_MOST, out);
	if (str_empty(e164))
		return OK;
	return range_search(&s, q_lookup_phone, (struct range){e164, e164});
}
