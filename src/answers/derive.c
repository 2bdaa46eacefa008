/*
 * The rules, one function each; the first that fits is taken.
 */
#include "answers/derive.h"

enum { ROOT_LEAST = 3, GE_LEAST = 7, VERB_LEAST = 5, UNG_LEAST = 6 };

static bool
ends(const struct word *w, const char *tail)
{
	size_t n = strlen(tail);

	return w->n >= n && memcmp(w->p + w->n - n, tail, n) == 0;
}

static bool
is_consonant(char c)
{
	return c >= 'a' && c <= 'z' && !strchr("aeiouy", c);
}

/* `w` without `n` letters from `at` on. */
static void
without(const struct word *w, size_t at, size_t n, struct word *out)
{
	size_t left = (size_t)w->n - n;

	if (out != w)
		*out = *w;
	memmove(out->p + at, out->p + at + n, left - at + 1);
	out->n = (unsigned char)left;
}

/* "t" or "et" of the third person and of participles: how many letters. */
static size_t
verb_ending(const struct word *w)
{
	const char *end = w->p + w->n;

	if (w->n < VERB_LEAST || end[-1] != 't')
		return 0;
	if (end[-2] == 'e' && is_consonant(end[-3]))
		return end[-3] == 'd' || end[-3] == 't' ||
		    ((end[-3] == 'n' || end[-3] == 'm') &&
			is_consonant(end[-4]) && !strchr("rlnm", end[-4]))
		    ? 2 : 0;
	return is_consonant(end[-2]) && end[-2] != 't' ? 1 : 0;
}

/* How long the verb's separable prefix is, 0 without one. */
static size_t
prefix(const struct word *w)
{
	static const char *const list[] = {"zusammen", "weiter", "wieder",
	    "zuruck", "durch", "unter", "frei", "fest", "nach", "los", "hin",
	    "her", "hoch", "auf", "aus", "bei", "ein", "mit", "neu", "um",
	    "vor", "weg", "ab", "an", "zu"};

	for (size_t i = 0; i < sizeof list / sizeof *list; i++)
		if (strncmp(w->p, list[i], strlen(list[i])) == 0)
			return strlen(list[i]);
	return 0;
}

bool
derive_is_particle(const struct word *w)
{
	return prefix(w) == w->n;
}

/* "meldung", "meldungen": "melden". */
static bool
of_noun(const struct word *w, struct word *out)
{
	size_t cut = ends(w, "ung") ? 3 : ends(w, "ungs") ? 4
	    : ends(w, "ungen")	    ? 5
				    : 0;

	if (!cut || w->n < UNG_LEAST || w->n < cut + ROOT_LEAST)
		return false;
	without(w, w->n - cut, cut, out);
	if (!ends(out, "er") && !ends(out, "el"))
		out->p[out->n++] = 'e';
	out->p[out->n++] = 'n';
	out->p[out->n] = '\0';
	return true;
}

/* "geanderte", "geandertes": without what makes an adjective of it. */
static struct word
bare(const struct word *w)
{
	static const char *const list[] = {"te", "ten", "ter", "tes", "tem"};
	struct word b = *w;

	for (size_t i = 0; i < sizeof list / sizeof *list; i++)
		if (ends(w, list[i])) {
			b.n = (unsigned char)(w->n - strlen(list[i]) + 1);
			b.p[b.n] = '\0';
		}
	return b;
}

/* "einzurichten". */
static bool
of_infinitive(const struct word *w, struct word *out)
{
	size_t at = prefix(w);

	if (!at || w->n < GE_LEAST + at || !ends(w, "en") ||
	    strncmp(w->p + at, "zu", 2) != 0)
		return false;
	without(w, at, 2, out);
	return true;
}

/* "eingerichtet", "angeboten", "geandert". */
static bool
of_participle(const struct word *adjective, struct word *out)
{
	struct word w = bare(adjective);
	size_t at = prefix(&w), end = verb_ending(&w);

	if (w.n < GE_LEAST + at || strncmp(w.p + at, "ge", 2) != 0 ||
	    (!end && (!at || !ends(&w, "en"))))
		return false;
	without(&w, w.n - end, end, &w);
	without(&w, at, 2, out);
	return true;
}

/* "blinkt", "offnet": "blink". */
static bool
of_third_person(const struct word *w, struct word *out)
{
	size_t end = verb_ending(w);

	if (end)
		without(w, w->n - end, end, out);
	return end > 0;
}

/* "mpms", "apps", "abos": what a stemmer takes for part of so short a word. */
static bool
of_short_plural(const struct word *w, struct word *out)
{
	enum { LETTERS = 4 };

	if (w->n != LETTERS || !ends(w, "s") || ends(w, "ss") || ends(w, "us"))
		return false;
	without(w, LETTERS - 1, 1, out);
	return true;
}

/* "kundennr". */
static bool
of_number(const struct word *w, struct word *out)
{
	static const char number[] = "nummer";

	if (!ends(w, "nr") || w->n + sizeof number > TERM_BYTES)
		return false;
	*out = *w;
	memcpy(out->p + w->n - 2, number, sizeof number);
	out->n = (unsigned char)(w->n - 2 + sizeof number - 1);
	return true;
}

bool
derive(const struct word *w, struct word *out)
{
	return of_number(w, out) || of_short_plural(w, out) || of_noun(w, out) ||
	    of_infinitive(w, out) ||
	    of_participle(w, out) || of_third_person(w, out);
}
