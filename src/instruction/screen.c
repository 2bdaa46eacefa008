/*
 * Screens a text for what must not leave the house. Absence: each sentence
 * becomes a line of search keys, in which "zzname" stands for whoever works
 * here, and patterns (data, screen_load.c reads them) say what is told of them.
 * Numbers: the digits alone count, however they are grouped. Notes: a run of
 * the same words, unless the customer knows these words. Nothing is stored.
 */
#include "instruction/screen.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/text.h"
#include "instruction/screen_rules.h"

enum {
	BYTES_MAX = 256 << 10,
	SENTENCE_WORDS = 80, /* longer ones are looked at in parts, ... */
	OVERLAP_WORDS = 25,  /* ...which overlap by so many words */
	NUMBER_DIGITS = 6,   /* shorter ones are no private numbers */
};

struct screening {
	const struct screen_rules *rules;
	const struct screen_case *sc;
	void *mem;
	struct screen_tokens t;
	struct screen_hits *out;
};

static void
hit(struct screening *s, enum screen_kind kind, size_t first, size_t last)
{
	size_t from = s->t.v[first].from;
	size_t end = s->t.v[last].from + s->t.v[last].n;

	if (s->out->n < SCREEN_HITS_MAX)
		s->out->v[s->out->n++] =
		    (struct screen_hit){kind, from, end - from};
}

/* ---- Absence ------------------------------------------------------------- */

/* A sentence, or a part of one, as keys; for each of its words where it stands
 * there and which tokens it came of. */
struct piece {
	size_t from, end, first, last;
};

struct sentence {
	struct buf key;
	struct piece piece[SENTENCE_WORDS];
	size_t n;
	bool names; /* somebody is named in it */
};

static void
piece_put(struct sentence *x, const char *word, struct str key, size_t first,
    size_t n)
{
	size_t from = x->key.n;

	buf_puts(&x->key, word);
	buf_str(&x->key, key);
	x->piece[x->n++] =
	    (struct piece){from, x->key.n, first, first + n - 1};
	buf_char(&x->key, ' ');
}

/* "Sie", "Ihr", "Ihnen" speak to the customer, "sie" and "ihr" of somebody; a
 * sentence begins with a capital either way. */
static const char *
address(const struct screen_token *k)
{
	return k->capital && k->before != '|' && (str_is(k->key, "sie") ||
		str_starts(k->key, STR("ihr")) || str_is(k->key, "ihnen"))
		? "zz"
	    : "";
}

/* Reads the sentence that begins at word `at`; returns where the next begins. */
static size_t
sentence_read(struct screening *s, const struct screen_names *names, size_t at,
    bool after, struct sentence *x)
{
	size_t begin = at;

	buf_init(&x->key, s->mem, BYTES_MAX);
	x->n = 0;
	x->names = false;
	buf_puts(&x->key, after ? "zzafter " : "zzbegin ");
	while (at < s->t.n && x->n < SENTENCE_WORDS &&
	       (at == begin || s->t.v[at].before != '|')) {
		size_t n = screen_name_at(names, &s->t, at);

		if (at > begin && s->t.v[at].before == ',')
			buf_puts(&x->key, ", ");
		piece_put(x, n ? "zzname" : address(&s->t.v[at]),
		    n ? STR("") : s->t.v[at].key, at, n ? n : 1);
		x->names = x->names || n;
		at += n ? n : 1;
	}
	if (x->n == SENTENCE_WORDS && at < s->t.n && s->t.v[at].before != '|')
		at = x->piece[x->n - OVERLAP_WORDS].first;
	return at;
}

/* What is harmless is taken out: no pattern reaches across a bar. */
static void
harmless_blank(struct screening *s, struct matcher *m, struct sentence *x)
{
	const struct pattern_list *list = &s->rules->harmless;

	for (int i = 0; i < list->n; i++) {
		size_t at = 0, n;

		while (pattern_next(list->pattern[i], m, buf_get(&x->key), at,
		    &at, &n) && n) {
			memset(x->key.p + at, '|', n);
			at += n;
		}
	}
}

/* Marks the words from which the match was made. */
static void
telling_hit(struct screening *s, const struct sentence *x, size_t from,
    size_t n)
{
	size_t first = x->n, last = 0;

	for (size_t i = 0; i < x->n; i++) {
		if (x->piece[i].end <= from || x->piece[i].from >= from + n)
			continue;
		first = i < first ? i : first;
		last = i;
	}
	if (first < x->n)
		hit(s, SCREEN_ABSENCE, x->piece[first].first,
		    x->piece[last].last);
}

static void
absence_find(struct screening *s)
{
	struct screen_names *names = screen_names(s->mem, s->sc);
	struct sentence *x = mem_new(s->mem, struct sentence);
	const struct pattern_list *list = &s->rules->telling;
	bool after = false;
	size_t at = 0;

	while (at < s->t.n) {
		struct matcher *m = matcher_new(s->mem);
		size_t from, n;

		at = sentence_read(s, names, at, after, x);
		harmless_blank(s, m, x);
		for (int i = 0; i < list->n; i++)
			if (pattern_next(list->pattern[i], m,
				buf_get(&x->key), 0, &from, &n))
				telling_hit(s, x, from, n);
		after = x->names;
		talloc_free(m);
	}
}

/* ---- Numbers ------------------------------------------------------------- */

/* The digits that every spelling of the number has. */
static struct str
national(const struct screen_case *sc, struct str e164)
{
	struct str home = str_of(sc->country);

	if (!str_empty(home) && str_starts(e164, home))
		return (struct str){e164.p + home.n, e164.n - home.n};
	return e164;
}

/* The digits of the numbers that follow each other, and whose they are. */
static size_t
digits_read(struct screening *s, size_t at, struct buf *digits, size_t *token)
{
	buf_init(digits, s->mem, BYTES_MAX);
	while (at < s->t.n && s->t.v[at].number) {
		for (size_t i = 0; i < s->t.v[at].key.n; i++)
			token[digits->n + i] = at;
		buf_str(digits, s->t.v[at].key);
		at++;
	}
	return at;
}

/* How many digits before the number still belong to it: "0", "0049 (0)". */
static size_t
prefix(const struct screen_case *sc, struct str before)
{
	static const char *const forms[] = {
	    "00%s0", "00%s", "%s0", "%s", "0"};

	for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
		char form[16];
		size_t n = (size_t)snprintf(form, sizeof form, forms[i],
		    sc->country ? sc->country : "");

		if (n <= before.n &&
		    memcmp(before.p + before.n - n, form, n) == 0)
			return n;
	}
	return 0;
}

static void
number_find(struct screening *s, struct str digits, const size_t *token)
{
	for (size_t i = 0; i < s->sc->numbers.n; i++) {
		struct str number = national(s->sc, s->sc->numbers.v[i]);
		long at = str_find(digits, number);

		struct str before = {digits.p, at > 0 ? (size_t)at : 0};

		if (at >= 0 && number.n >= NUMBER_DIGITS)
			hit(s, SCREEN_NUMBER,
			    token[before.n - prefix(s->sc, before)],
			    token[before.n + number.n - 1]);
	}
}

static void
numbers_find(struct screening *s)
{
	size_t *token = mem_array(s->mem, size_t, s->sc->text.n + 1);
	struct buf digits;
	size_t at = 0;

	while (at < s->t.n && s->sc->numbers.n) {
		if (!s->t.v[at].number) {
			at++;
			continue;
		}
		at = digits_read(s, at, &digits, token);
		number_find(s, buf_get(&digits), token);
	}
}

size_t
screen_numbers(const struct screen_rules *rules, struct str text)
{
	enum { DIGITS_MOST = 15 }; /* of one number, by E.164 */
	void *mem = mem_sure(talloc_new(NULL));
	struct screen_tokens t = {0};
	size_t n = 0, digits = 0;

	if (text.n && text_valid(text))
		t = screen_tokens(rules, mem, text);
	for (size_t i = 0; i < t.n; i++) {
		bool last = i + 1 == t.n || !t.v[i + 1].number;

		digits = t.v[i].number ? digits + t.v[i].key.n : 0;
		if (last && digits >= NUMBER_DIGITS)
			n += (digits + DIGITS_MOST - 1) / DIGITS_MOST;
	}
	talloc_free(mem);
	return n;
}

/* ---- Notes --------------------------------------------------------------- */

/* The runs of SCREEN_RUN_WORDS words of some texts, as sorted digests. */
struct runs {
	uint64_t *v;
	size_t n;
};

static uint64_t
run_digest(const struct screen_token *k)
{
	uint64_t h = 14695981039346656037u;

	for (int i = 0; i < SCREEN_RUN_WORDS; i++) {
		for (size_t j = 0; j < k[i].key.n; j++)
			h = (h ^ (unsigned char)k[i].key.p[j]) *
			    1099511628211u;
		h = (h ^ ' ') * 1099511628211u;
	}
	return h;
}

static int
digest_order(const void *a, const void *b)
{
	uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

	return (x > y) - (x < y);
}

static struct runs
runs_of(struct screening *s, const struct screen_texts *texts)
{
	struct runs runs = {0};
	size_t room = 1;

	for (size_t i = 0; i < texts->n; i++)
		room += texts->v[i].n / 2 + 1;
	runs.v = mem_array(s->mem, uint64_t, room);
	for (size_t i = 0; i < texts->n; i++) {
		struct screen_tokens t =
		    screen_tokens(s->rules, s->mem, texts->v[i]);

		for (size_t at = 0; at + SCREEN_RUN_WORDS <= t.n; at++)
			runs.v[runs.n++] = run_digest(&t.v[at]);
		talloc_free(t.v);
	}
	qsort(runs.v, runs.n, sizeof *runs.v, digest_order);
	return runs;
}

static bool
runs_have(const struct runs *runs, uint64_t digest)
{
	return runs->n && bsearch(&digest, runs->v, runs->n, sizeof *runs->v,
	    digest_order);
}

static bool
long_enough(const struct screen_token *k)
{
	size_t letters = 0;

	for (int i = 0; i < SCREEN_RUN_WORDS; i++)
		letters += k[i].key.n;
	return letters >= SCREEN_RUN_LETTERS;
}

static void
notes_find(struct screening *s)
{
	struct runs internal, known;
	size_t first = 0, last = 0; /* of the quotation that is being read */

	if (!s->sc->internal.n)
		return;
	internal = runs_of(s, &s->sc->internal);
	known = runs_of(s, &s->sc->known);
	for (size_t at = 0; at + SCREEN_RUN_WORDS <= s->t.n; at++) {
		uint64_t digest = run_digest(&s->t.v[at]);

		if (!long_enough(&s->t.v[at]) || !runs_have(&internal, digest) ||
		    runs_have(&known, digest))
			continue;
		if (last && at > last) {
			hit(s, SCREEN_NOTE, first, last);
			last = 0;
		}
		first = last ? first : at;
		last = at + SCREEN_RUN_WORDS - 1;
	}
	if (last)
		hit(s, SCREEN_NOTE, first, last);
}

/* ---- Together ------------------------------------------------------------ */

static int
hit_order(const void *a, const void *b)
{
	const struct screen_hit *x = a, *y = b;

	return (x->from > y->from) - (x->from < y->from);
}

/* In order; what overlaps becomes one. */
static void
hits_join(struct screen_hits *h)
{
	size_t kept = 0;

	qsort(h->v, h->n, sizeof *h->v, hit_order);
	for (size_t i = 0; i < h->n; i++) {
		struct screen_hit *last = kept ? &h->v[kept - 1] : NULL;
		size_t end = h->v[i].from + h->v[i].n;

		if (!last || h->v[i].from >= last->from + last->n)
			h->v[kept++] = h->v[i];
		else if (end > last->from + last->n)
			last->n = end - last->from;
	}
	h->n = kept;
}

void
screen_text(const struct screen_rules *rules, const struct screen_case *sc,
    struct screen_hits *out)
{
	struct screening s = {.rules = rules, .sc = sc, .out = out,
	    .mem = mem_sure(talloc_new(NULL))};

	out->n = 0;
	if (sc->text.n && text_valid(sc->text)) {
		s.t = screen_tokens(rules, s.mem, sc->text);
		absence_find(&s);
		numbers_find(&s);
		notes_find(&s);
		hits_join(out);
	}
	talloc_free(s.mem);
}
