/*
 * The tokenizer: from a text to folded words and stems (base/text.h folds,
 * libstemmer cuts). Which words of the index a typed one may mean is not
 * decided here but in expand.c.
 */
#include "answers/terms.h"

#include <libstemmer.h>
#include <pthread.h>
#include <stdlib.h>

#include "base/mem.h"
#include "base/text.h"

static bool
is_vowel(char c)
{
	return c && strchr("aeiouy", c);
}

/* "ae", "oe", "ue" become one letter, unless another vowel or a q before them
 * says that they are two: "neue", "Quelle". */
static void
umlauts_meet(struct word *w)
{
	size_t n = 0;

	for (size_t i = 0; i < w->n; i++) {
		char c = w->p[i], before = i ? w->p[i - 1] : '\0';

		w->p[n++] = c;
		if (strchr("aou", c) && i + 1 < w->n && w->p[i + 1] == 'e' &&
		    !is_vowel(before) && before != 'q')
			i++;
	}
	w->p[n] = '\0';
	w->n = (unsigned char)n;
}

static bool
is_ascii(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if ((unsigned char)s.p[i] >= 0x80)
			return false;
	return true;
}

/* Copies at most TERM_BYTES, whole characters only. */
static void
word_set(struct word *w, struct str s)
{
	size_t n = s.n < TERM_BYTES ? s.n : TERM_BYTES;

	while (n < s.n && n && ((unsigned char)s.p[n] & 0xc0) == 0x80)
		n--;
	memcpy(w->p, s.p, n);
	w->p[n] = '\0';
	w->n = (unsigned char)n;
}

/* What is folded to several words (a "½" among letters) is joined again. */
static void
fold(void *mem, struct str typed, struct word *w)
{
	if (is_ascii(typed)) {
		word_set(w, typed);
		for (size_t i = 0; i < w->n; i++)
			if (w->p[i] >= 'A' && w->p[i] <= 'Z')
				w->p[i] = (char)(w->p[i] + ('a' - 'A'));
	} else {
		void *scratch = mem_sure(talloc_new(mem));
		struct str key = text_key(scratch, typed);
		char *p = (char *)(uintptr_t)key.p;
		size_t n = 0;

		for (size_t i = 0; i < key.n; i++)
			if (key.p[i] != ' ')
				p[n++] = key.p[i];
		word_set(w, (struct str){p, n});
		talloc_free(scratch);
	}
	umlauts_meet(w);
}

void
terms_begin(struct terms *t, void *mem, struct str text)
{
	*t = (struct terms){.mem = mem, .all = text, .rest = text};
}

/* Takes what stands behind a single letter and a hyphen: "E-Mail". */
static bool
joined(struct terms *t, struct str letter, struct str *more)
{
	struct str rest = t->rest;

	if (letter.n != 1 || !rest.n || rest.p != letter.p + 2 ||
	    letter.p[1] != '-' || !text_word(&rest, more) ||
	    more->p != letter.p + 2)
		return false;
	t->rest = rest;
	return true;
}

static struct word
both(const struct word *a, const struct word *b)
{
	char p[2 * TERM_BYTES + 1];
	struct word w;

	memcpy(p, a->p, a->n);
	memcpy(p + a->n, b->p, b->n);
	word_set(&w, (struct str){p, (size_t)a->n + b->n});
	return w;
}

bool
terms_next(struct terms *t, struct term *out)
{
	struct str typed, more;
	struct word letter;

	*out = (struct term){.part = t->joined_rest.n};
	if (out->part) {
		out->word = t->joined_rest;
		out->from = t->from;
		out->to = t->to;
		t->joined_rest.n = 0;
		return true;
	}
	do {
		if (!text_word(&t->rest, &typed))
			return false;
		fold(t->mem, typed, &out->word);
	} while (!out->word.n);
	out->from = (size_t)(typed.p - t->all.p);
	out->to = out->from + typed.n;
	if (joined(t, typed, &more)) {
		letter = out->word;
		fold(t->mem, more, &t->joined_rest);
		out->word = both(&letter, &t->joined_rest);
		t->from = (size_t)(more.p - t->all.p);
		out->to = t->to = t->from + more.n;
	}
	return true;
}

/* A stemmer belongs to one thread. */
struct stemmers {
	struct sb_stemmer *v[STEMS_MOST];
};

static pthread_key_t stemmers_key;
static pthread_once_t stemmers_once = PTHREAD_ONCE_INIT;

static void
stemmers_free(void *p)
{
	struct stemmers *s = p;

	for (size_t i = 0; i < STEMS_MOST; i++)
		sb_stemmer_delete(s->v[i]);
	free(s);
}

static void
stemmers_key_make(void)
{
	if (pthread_key_create(&stemmers_key, stemmers_free) != 0)
		abort();
}

static struct stemmers *
stemmers(void)
{
	static const char *const languages[STEMS_MOST] = {"german", "english"};
	struct stemmers *s;

	(void)pthread_once(&stemmers_once, stemmers_key_make);
	if ((s = pthread_getspecific(stemmers_key)))
		return s;
	s = mem_sure(calloc(1, sizeof *s));
	for (size_t i = 0; i < STEMS_MOST; i++)
		s->v[i] = mem_sure(sb_stemmer_new(languages[i], NULL));
	(void)pthread_setspecific(stemmers_key, s);
	return s;
}

size_t
terms_stems(const struct word *w, struct word out[STEMS_MOST])
{
	struct stemmers *s = stemmers();
	size_t n = 0;

	for (size_t i = 0; i < STEMS_MOST; i++) {
		const sb_symbol *stem = sb_stemmer_stem(s->v[i],
		    (const sb_symbol *)w->p, w->n);

		mem_sure((void *)(uintptr_t)stem);
		word_set(&out[n], (struct str){(const char *)stem,
		    (size_t)sb_stemmer_length(s->v[i])});
		if (!out[n].n)
			out[n] = *w;
		if (n == 0 || !str_eq(word_str(&out[0]), word_str(&out[n])))
			n++;
	}
	return n;
}

/* Folded, sorted. */
static const char *const stops[] = {"a", "aber", "als", "also", "am", "an",
    "and", "are", "auch", "auf", "aus", "be", "bei", "beim", "bekomme",
    "bekommen", "bekommt", "bin", "bitte", "brauche", "by", "can", "da",
    "dann", "das", "dass", "dem", "den", "denn", "der", "des", "die", "dies",
    "diese", "diesem", "diesen", "dieser", "do", "doch", "does", "durch",
    "ein", "eine", "einem", "einen", "einer", "eines", "er", "es", "find",
    "finde", "finden", "findet", "for", "from", "funktioniert", "fur", "geht",
    "gerade", "gibt", "habe", "haben", "hat", "have", "how", "i", "ich", "ihr",
    "ihre", "im", "in", "is", "ist", "it", "ja", "kann", "konnen", "mache",
    "machen", "man", "mein", "meine", "meinem", "meinen", "meiner", "mich",
    "mir", "mit", "mochte", "muss", "mussen", "my", "nach", "nicht", "noch",
    "not", "nur", "ob", "oder", "of", "on", "or", "per", "schon", "sehe",
    "sein", "seit", "sich", "sie", "sind", "so", "soll", "stehen", "steht",
    "the", "to", "tun", "uber", "um", "und", "uns", "unser", "unsere", "von",
    "vor", "wann", "warum", "was", "welche", "wenn", "werden", "what", "where",
    "why", "wie", "will", "wir", "wird", "with", "wo", "you", "your", "zu",
    "zum", "zur"};

static int
stop_order(const void *word, const void *stop)
{
	return strcmp(word, *(const char *const *)stop);
}

bool
terms_is_stop(const struct word *w)
{
	return bsearch(w->p, stops, sizeof stops / sizeof stops[0],
	    sizeof stops[0], stop_order) != NULL;
}

static int
least(int a, int b)
{
	return a < b ? a : b;
}

/* Optimal string alignment, row by row; bytes, since words are folded. */
int
terms_distance(const struct word *a, const struct word *b, int most)
{
	int row[3][TERM_BYTES + 1];

	if (a->n > b->n + most || b->n > a->n + most)
		return most + 1;
	for (int j = 0; j <= b->n; j++)
		row[0][j] = j;
	for (int i = 1; i <= a->n; i++) {
		int *now = row[i % 3], *up = row[(i + 2) % 3];
		const int *above = row[(i + 1) % 3];

		now[0] = i;
		for (int j = 1; j <= b->n; j++) {
			int cost = a->p[i - 1] != b->p[j - 1];

			now[j] = least(least(up[j], now[j - 1]) + 1,
			    up[j - 1] + cost);
			if (i > 1 && j > 1 && a->p[i - 1] == b->p[j - 2] &&
			    a->p[i - 2] == b->p[j - 1])
				now[j] = least(now[j], above[j - 2] + 1);
		}
	}
	return least(row[a->n % 3][b->n], most + 1);
}
