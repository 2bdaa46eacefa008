#pragma once
/*
 * Words as the search sees them: folded, and cut to their stems. The same
 * functions make what the index holds and what is looked up in it, so that both
 * engines find the same. Pure; no dictionary: compounds and typing errors are
 * judged against the index's own words (expand.c).
 *
 * A word is folded (case, accents), and the spellings of a German umlaut meet:
 * "Müller", "Mueller" and "Muller" all give "muller". Its stems are those of
 * Snowball's German and English, for nobody knows which it is.
 */
#include <stdbool.h>
#include <stddef.h>

#include "base/str.h"

enum {
	TERM_BYTES = 40,  /* of a folded word; a longer one is cut */
	STEMS_MOST = 3,   /* of one word */

	/* Goes up whenever other words or stems come of the same text: then
	 * the index is made anew (index_renew). */
	TERMS_VERSION = 3,
};

/* Never part of a word. */
#define MARK "§"

/* A folded word or a stem, NUL-terminated. */
struct word {
	char p[TERM_BYTES + 1];
	unsigned char n;
	bool lost; /* for vocabulary.c alone */
};

static inline struct str
word_str(const struct word *w)
{
	return (struct str){w->p, w->n};
}

/* What fits of it, whole characters only. */
struct word word_of(struct str s);
/* Both as one word. */
struct word word_joined(const struct word *a, const struct word *b);

/* Goes through a text word by word. */
struct terms {
	void *mem;         /* for scratch, freed again */
	struct str all;    /* the text */
	struct str rest;
	const bool *first; /* if set: words that begin with other letters than
	                    * these are passed over */
	struct word joined_rest; /* "mail" of "e-mail", still to be told */
	size_t from, to;
};

struct term {
	struct word word;
	size_t from, to;   /* where it stands in the text */
	bool part;         /* "mail" of "E-Mail", whose word "email" came before */
};

/* `text` must be valid UTF-8. */
void terms_begin(struct terms *t, void *mem, struct str text);

/* The next word; false at the end. Of a letter with a hyphen ("E-Mail") both
 * the joined word and the part behind the hyphen. */
bool terms_next(struct terms *t, struct term *out);

/* The stems of a folded word, each once; returns how
 * many (1 to 3): German, English, and of the word that it is made from
 * (derive.h). A stem that is a stop word, of a word that is none ("sicher", "sich"),
 * has MARK at its end. */
size_t terms_stems(const struct word *w, struct word out[STEMS_MOST]);

/* The first of them alone. */
void terms_stem(const struct word *w, struct word *out);

/* Whether a folded word says nothing: "wie", "the". */
bool terms_is_stop(const struct word *w);

/* Whether a search passes it over: part of another, a stop word, a letter. */
bool terms_is_idle(const struct term *t);

/* How many letters of one word must be changed, left out, put in or swapped
 * with their neighbour to make the other of it; most + 1 if more than `most`. */
int terms_distance(const struct word *a, const struct word *b, int most);
