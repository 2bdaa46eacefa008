#pragma once
/*
 * What examples taught about how a question is put: two weights for every
 * group of letters and words, made while building (tools/learn.c) from
 * instructions/wording-examples.tsv. The tool and the judge take a text apart
 * by the same functions. Private to this floor.
 */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/str.h"

enum {
	LEARNED_WEIGHTS = 1 << 16,
	LEARNED_PARTS_MAX = 8192, /* of one text; what comes behind is left out */
	LEARNED_STEPS = 32,       /* a weight of 1 is so many steps */
};

/* What is asked about a text: is it exact, and if not, is it a wish for a
 * conversation. */
enum learned_of { LEARNED_EXACT, LEARNED_CALLBACK, LEARNED__MAX };

/* Weights in steps; generated. */
extern const signed char learned_shipped[LEARNED__MAX][LEARNED_WEIGHTS];

/* The parts of a text, each once: words, pairs of words, and groups of
 * four and five letters of a word, by their hashes. */
struct learned_parts {
	size_t n;
	uint16_t part[LEARNED_PARTS_MAX];
	uint64_t seen[LEARNED_WEIGHTS / 64];
};

/* Takes `text` (valid UTF-8) apart; owned by `mem`. */
struct learned_parts *learned_parts(void *mem, struct str text);

/* Weights that can learn more, as they ship; owned by `mem`. */
struct learned;
struct learned *learned_new(void *mem);

/* How much speaks for a yes: the logarithm of its odds, 0 for none. */
float learned_odds(const struct learned *l, enum learned_of what,
    const struct learned_parts *p);

/* Moves the weights of these parts until yes (or no) is likely. */
void learned_teach(struct learned *l, enum learned_of what,
    const struct learned_parts *p, bool yes);
