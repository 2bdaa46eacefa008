/*
 * The tokenizer: from a text to folded words and stems (base/text.h folds,
 * libstemmer cuts). Which words of the index a typed one may mean is not
 * decided here but in expand.c.
 */
#include "answers/terms.h"

#include <libstemmer.h>
#include <pthread.h>
#include <stdlib.h>

#include "answers/derive.h"
#include "base/mem.h"
#include "base/text.h"

static bool
is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	    (c >= '0' && c <= '9');
}

static bool
is_vowel(char c)
{
	return c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u' ||
	    c == 'y';
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
		if ((c == 'a' || c == 'o' || c == 'u') && i + 1 < w->n &&
		    w->p[i + 1] == 'e' && !is_vowel(before) && before != 'q')
			i++;
	}
	w->p[n] = '\0';
	w->n = (unsigned char)n;
}

/* What a German letter of two bytes becomes; NULL for any other. */
static const char *
german_letter(const char *p)
{
	if ((unsigned char)p[0] != 0xc3)
		return NULL;
	switch ((unsigned char)p[1]) {
	case 0xa4: case 0x84: return "a";
	case 0xb6: case 0x96: return "o";
	case 0xbc: case 0x9c: return "u";
	case 0x9f: return "ss";
	default: return NULL;
	}
}

/* Folds what is written with German letters alone; false if it is not. A mark
 * may follow a letter, so a word of others is left to base/text.h as a whole. */
static bool
fold_german(struct str typed, struct word *w)
{
	size_t n = 0;

	for (size_t i = 0; i < typed.n; i++) {
		char c = typed.p[i];
		const char *two;

		if (n + 2 > TERM_BYTES)
			return false;
		if ((unsigned char)c < 0x80) {
			w->p[n++] = c >= 'A' && c <= 'Z' ? (char)(c | 0x20) : c;
		} else if (i + 1 < typed.n &&
		    (two = german_letter(&typed.p[i++]))) {
			w->p[n++] = two[0];
			if (two[1])
				w->p[n++] = two[1];
		} else {
			return false;
		}
	}
	w->p[n] = '\0';
	w->n = (unsigned char)n;
	return true;
}

struct word
word_of(struct str s)
{
	struct word w = {.n = (unsigned char)text_head(s, TERM_BYTES).n};

	memcpy(w.p, s.p, w.n);
	return w;
}

/* What is folded to several words (a "½" among letters) is joined again. */
static void
fold(void *mem, struct str typed, struct word *w)
{
	if (!fold_german(typed, w)) {
		void *scratch = mem_sure(talloc_new(mem));
		struct str key = text_key(scratch, typed);
		char *p = (char *)(uintptr_t)key.p;
		size_t n = 0;

		for (size_t i = 0; i < key.n; i++)
			if (key.p[i] != ' ')
				p[n++] = key.p[i];
		*w = word_of((struct str){p, n});
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

struct word
word_joined(const struct word *a, const struct word *b)
{
	char p[2 * TERM_BYTES];

	memcpy(p, a->p, a->n);
	memcpy(p + a->n, b->p, b->n);
	return word_of((struct str){p, (size_t)a->n + b->n});
}

/* A letter of two bytes and more may become any. */
static bool
is_passed_over(const struct terms *t, char c)
{
	if (!t->first || (unsigned char)c >= 0x80)
		return false;
	return !t->first[(unsigned char)(c >= 'A' && c <= 'Z' ? c | 0x20 : c)];
}

/* Passes over words of one-byte letters up to one that may be looked for. */
static void
pass_over(struct terms *t)
{
	const char *p = t->rest.p, *end = p + t->rest.n, *word = p;

	while (t->first && p < end && (unsigned char)*p < 0x80) {
		if (!is_letter(*p))
			word = ++p;
		else if (p == word && !is_passed_over(t, *p))
			break;
		else
			p++;
	}
	t->rest = (struct str){word, (size_t)(end - word)};
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
		pass_over(t);
		if (!text_word(&t->rest, &typed))
			return false;
		out->word.n = 0;
		if (!is_passed_over(t, *typed.p))
			fold(t->mem, typed, &out->word);
	} while (!out->word.n);
	out->from = (size_t)(typed.p - t->all.p);
	out->to = out->from + typed.n;
	if (joined(t, typed, &more)) {
		letter = out->word;
		fold(t->mem, more, &t->joined_rest);
		out->word = word_joined(&letter, &t->joined_rest);
		t->from = (size_t)(more.p - t->all.p);
		out->to = t->to = t->from + more.n;
	}
	return true;
}

enum { LANGUAGES = 2, WORDS_KNOWN = 1024 };

/* A word and its stems. */
struct known_word {
	struct word word;
	struct word stem[STEMS_MOST];
	size_t n;
};

/* A stemmer belongs to one thread, which remembers the words that it met last:
 * most words of a text are a few hundred different ones. */
struct stemmers {
	struct sb_stemmer *v[LANGUAGES];
	struct known_word known[WORDS_KNOWN];
};

static pthread_key_t stemmers_key;
static pthread_once_t stemmers_once = PTHREAD_ONCE_INIT;

static void
stemmers_free(void *p)
{
	struct stemmers *s = p;

	for (size_t i = 0; i < LANGUAGES; i++)
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
	static const char *const languages[LANGUAGES] = {"german", "english"};
	struct stemmers *s;

	(void)pthread_once(&stemmers_once, stemmers_key_make);
	if ((s = pthread_getspecific(stemmers_key)))
		return s;
	s = mem_sure(calloc(1, sizeof *s));
	for (size_t i = 0; i < LANGUAGES; i++)
		s->v[i] = mem_sure(sb_stemmer_new(languages[i], NULL));
	(void)pthread_setspecific(stemmers_key, s);
	return s;
}

/* Folded, sorted. */
static const char *const stops[] = {"a", "ab", "aber", "alle", "allem",
    "allen", "aller", "alles", "als", "also", "am", "an", "and", "andere",
    "anderem", "anderen", "anderer", "anderes", "ans", "are", "as", "at",
    "auch", "auf", "aus", "be", "bedeutet", "bei", "beim", "bekomme",
    "bekommen", "bekommt", "bin", "bis", "bisher", "bist", "bitte", "bleibt",
    "brauche", "brauchen", "braucht", "by", "bzw", "can", "da", "dabei",
    "dafur", "damit", "danke", "dann", "darf", "das", "dass", "davon", "dazu",
    "dein", "deine", "dem", "den", "denn", "der", "deren", "des", "dessen",
    "dich", "die", "dies", "diese", "diesem", "diesen", "dieser", "dieses",
    "dir", "do", "doch", "does", "dort", "du", "durch", "durfen", "eigene",
    "eigenem", "eigenen", "eigener", "eigenes", "eigentlich", "ein", "eine",
    "einem", "einen", "einer", "eines", "einfach", "einmal", "er", "erst",
    "es", "etwa", "etwas", "euch", "find", "finde", "finden", "findet", "for",
    "from", "funktionieren", "funktioniert", "fur", "ganz", "gar", "gegen",
    "gehe", "gehen", "geht", "gehts", "gekommen", "gemacht", "gerade", "gern",
    "gerne", "gewesen", "gibt", "ging", "hab", "habe", "haben", "hallo",
    "hast", "hat", "hatte", "hatten", "have", "heissen", "heisst", "hier",
    "hilft", "hin", "how", "i", "ich", "if", "ihnen", "ihr", "ihre", "ihrem",
    "ihren", "ihrer", "ihres", "im", "immer", "in", "ins", "irgendwie", "is",
    "ist", "it", "ja", "jede", "jedem", "jeden", "jeder", "jedes", "jemand",
    "jetzt", "kann", "kein", "keine", "keinen", "keiner", "komme", "kommen",
    "kommt", "konnen", "konnte", "konnten", "kriege", "kriegen", "kriegt",
    "lassen", "lasst", "leider", "mache", "machen", "macht", "mal", "man",
    "me", "mehr", "mein", "meine", "meinem", "meinen", "meiner", "mich", "mir",
    "mit", "mochte", "muss", "mussen", "my", "nach", "nein", "nicht", "nichts",
    "noch", "nochmal", "not", "nun", "nur", "ob", "oder", "of", "ohne", "on",
    "or", "per", "plotzlich", "sagen", "schon", "sehe", "sehr", "sei", "sein",
    "seit", "selbst", "sich", "sie", "sind", "so", "soll", "sollte", "sollten",
    "sonst", "stehen", "steht", "that", "the", "they", "this", "to",
    "trotzdem", "tun", "tut", "uber", "uberhaupt", "um", "und", "uns", "unser",
    "unsere", "unserem", "unseren", "unserer", "unter", "viel", "vom", "von",
    "vor", "wann", "war", "ware", "waren", "warum", "was", "we", "weil",
    "welche", "welchem", "welchen", "welcher", "welches", "wenn", "wer",
    "werden", "what", "when", "where", "which", "who", "why", "wie", "wieder",
    "wieso", "will", "wir", "wird", "with", "wo", "wofur", "woher", "wohin",
    "wollen", "wollte", "wollten", "wozu", "wurde", "wurden", "you", "your",
    "zeigt", "zu", "zum", "zur", "zurzeit", "zwischen"};

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

bool
terms_is_idle(const struct term *t)
{
	return t->part || t->word.n == 1 || terms_is_stop(&t->word);
}

/* Adds what the stemmer makes of a word, if it is new. */
static size_t
stem_add(struct sb_stemmer *stemmer, const struct word *w,
    struct word out[STEMS_MOST], size_t n)
{
	const sb_symbol *stem = sb_stemmer_stem(stemmer,
	    (const sb_symbol *)w->p, w->n);

	mem_sure((void *)(uintptr_t)stem);
	out[n] = word_of((struct str){(const char *)stem,
	    (size_t)sb_stemmer_length(stemmer)});
	if (!out[n].n)
		out[n] = *w;
	if (terms_is_stop(&out[n]) && !terms_is_stop(w)) {
		memcpy(out[n].p + out[n].n, MARK, sizeof MARK);
		out[n].n += sizeof MARK - 1;
	}
	for (size_t i = 0; i < n; i++)
		if (str_eq(word_str(&out[i]), word_str(&out[n])))
			return n;
	return n + 1;
}

static size_t
stems_make(struct stemmers *s, const struct word *w,
    struct word out[STEMS_MOST])
{
	struct word base;
	size_t n = 0;

	for (size_t i = 0; i < LANGUAGES; i++)
		n = stem_add(s->v[i], w, out, n);
	if (!terms_is_stop(w) && derive(w, &base))
		n = stem_add(s->v[0], &base, out, n);
	return n;
}

static struct known_word *
known_place(struct stemmers *s, const struct word *w)
{
	uint32_t h = str_hash(STR_HASH, w->p, w->n);

	return &s->known[(h ^ h >> 16) % WORDS_KNOWN];
}

size_t
terms_stems(const struct word *w, struct word out[STEMS_MOST])
{
	struct stemmers *s = stemmers();
	struct known_word *k = known_place(s, w);

	if (!k->n || !str_eq(word_str(&k->word), word_str(w))) {
		k->word = *w;
		k->n = stems_make(s, w, k->stem);
	}
	memcpy(out, k->stem, k->n * sizeof *out);
	return k->n;
}

void
terms_stem(const struct word *w, struct word *out)
{
	struct word all[STEMS_MOST];

	(void)terms_stems(w, all);
	*out = all[0];
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
