#pragma once
/*
 * Whether a text that is about to leave the house tells what stays in it: where
 * an employee is or why not here, a number on the private list, a run of words
 * out of an internal note. The words are data (instructions/confidential.yaml),
 * compiled once; screening is thread-safe and bounded in time whatever the text.
 */
#include "base/err.h"
#include "base/i18n.h"
#include "base/str.h"
#include "base/yaml.h"

/* id, name in files and in the API */
#define SCREEN_LIST(X)                                                         \
	X(SCREEN_ABSENCE, "absence") /* somebody's absence or whereabouts */   \
	X(SCREEN_NUMBER, "number")   /* a private telephone number */          \
	X(SCREEN_NOTE, "note")       /* words of an internal note */

#define X(id, name) id,
enum screen_kind { SCREEN_LIST(X) SCREEN__MAX };
#undef X

enum {
	SCREEN_HITS_MAX = 50,
	SCREEN_RUN_WORDS = 6,   /* so many of a note's words in a row... */
	SCREEN_RUN_LETTERS = 24, /* ...of so many letters are a quotation */
};

struct screen_rules;

struct screen_texts {
	const struct str *v;
	size_t n;
};

/* All that is asked about; only `text` must be given. Any bytes. */
struct screen_case {
	struct str text;
	struct screen_texts names;    /* of those who work here */
	struct screen_texts persons;  /* the customer's: who has the surname of
	                                 one of them is told by the whole name */
	struct screen_texts numbers;  /* private ones, E.164 without plus */
	const char *country;          /* as for phone_normalise */
	struct screen_texts internal; /* must not be quoted */
	struct screen_texts known;    /* what the customer has read or said */
};

/* A place in the text, in bytes. */
struct screen_hit {
	enum screen_kind kind;
	size_t from, n;
};

/* In the order of the text; they do not overlap. */
struct screen_hits {
	struct screen_hit v[SCREEN_HITS_MAX];
	size_t n;
};

/* Loads the rules; *out is owned by `mem`, immutable, for all threads.
 * ERR_INVALID: `c` says what is wrong, each with its place. */
MUST_CHECK enum err screen_load(void *mem, struct str source,
    struct complaints *c, struct screen_rules **out);

/* Finds what must not leave. */
void screen_text(const struct screen_rules *rules, const struct screen_case *sc,
    struct screen_hits *out);

/* How many telephone numbers the text has room for, dates and sums included. */
size_t screen_numbers(const struct screen_rules *rules, struct str text);

/* "absence", "number", "note"; and why such a thing stays in the house, in
 * words (owned by the rules). */
const char *screen_kind_name(enum screen_kind kind);
const struct text2 *screen_reason(const struct screen_rules *rules,
    enum screen_kind kind);
