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
	PHONE_LEAST = 4, /* digits of a telephone number worth looking for */

	/* entries of the index of words that are looked at */
	WORD_SCAN = 60,          /* for one word alone, if `most` were too few */
	WORDS_SCAN = 1000,       /* of the longest of several, at first */
	WORDS_SCAN_DEEP = 10000, /* of the rarest, if that was too few */
	WORDS_COUNTED = 5000,    /* when looking for the rarest */
	WORDS_RARE = 200,        /* rare enough to look no further */
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

/* Words that must all be found; the first one leads. */
struct words {
	struct str word[LOOKUP_WORDS];
	struct range range[LOOKUP_WORDS];
	size_t n;
};

static void
lead_by(struct words *w, size_t i)
{
	struct str word = w->word[i];
	struct range range = w->range[i];

	w->word[i] = w->word[0];
	w->range[i] = w->range[0];
	w->word[0] = word;
	w->range[0] = range;
}

/* Lets the rarest word lead, as far as counting to WORDS_COUNTED tells. */
static enum err
rarest_first(struct search *s, struct words *w)
{
	int64_t least = WORDS_COUNTED, count;
	size_t best = 0;
	enum err e;

	for (size_t i = 0; i < w->n && least >= WORDS_RARE; i++) {
		if ((e = q_lookup_count(s->d->db, s->mem, w->range[i].low,
			 w->range[i].high, least, &count)) != OK)
			return e;
		if (count < least) {
			least = count;
			best = i;
		}
	}
	lead_by(w, best);
	return OK;
}

/* Looks at `scan` entries of the leading word. */
static enum err
words_scan(struct search *s, const struct words *w, int64_t scan)
{
	struct q_lookup_row_rows rows;
	struct range r[LOOKUP_WORDS];
	int64_t mask = 0;
	enum err e;

	for (size_t i = 0; i < LOOKUP_WORDS; i++)
		r[i] = w->range[i < w->n ? i : w->n - 1];
	for (size_t i = 1; i < w->n; i++)
		mask |= words_bit(w->word[i]);
	if ((e = q_lookup_words(s->d->db, s->mem, r[0].low, r[0].high, mask,
		 r[1].low, r[1].high, r[2].low, r[2].high, r[3].low, r[3].high,
		 s->today, scan, 2L * LOOKUP_MOST, &rows)) == OK)
		hits_take(s, &rows);
	return e;
}

/* Several words. Where they often meet, a short look fills the list whichever
 * of them leads; only where it does not, the rarest one is worth finding. */
static enum err
words_meet(struct search *s, struct words *w)
{
	enum err e;

	if ((e = words_scan(s, w, WORDS_SCAN)) != OK || s->out->n == s->most ||
	    (e = rarest_first(s, w)) != OK)
		return e;
	return words_scan(s, w, WORDS_SCAN_DEEP);
}

/* Looks further where customers with two such words took the places of others. */
static enum err
word_search(struct search *s, struct range r)
{
	const size_t scan[] = {s->most, WORD_SCAN};
	struct q_lookup_row_rows rows;
	enum err e;

	for (int i = 0; i < 2; i++) {
		if ((e = q_lookup_word(s->d->db, s->mem, r.low, r.high,
			 s->today, (int64_t)scan[i], &rows)) != OK)
			return e;
		hits_take(s, &rows);
		if (s->out->n == s->most || rows.n < scan[i])
			break;
	}
	return OK;
}

static enum err
words_search(struct search *s, struct str typed)
{
	enum { TYPED_MOST = 16 };
	struct str word[TYPED_MOST];
	size_t n = words_of(s->mem, typed, word, TYPED_MOST);
	struct words w = {.n = n < LOOKUP_WORDS ? n : LOOKUP_WORDS};

	if (n == 0 || s->out->n == s->most)
		return OK;
	qsort(word, n, sizeof *word, longer_first);
	for (size_t i = 0; i < w.n; i++) {
		w.word[i] = word[i];
		w.range[i] = beginning(s->mem, word[i]);
	}
	return n == 1 ? word_search(s, w.range[0]) : words_meet(s, &w);
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
