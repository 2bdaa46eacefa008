#pragma once
/*
 * German words that a stemmer keeps apart though they say the same: nouns made
 * of verbs ("Störungsmeldung", "Störung melden"), participles ("geändert",
 * "eingerichtet"), infinitives with "zu" in the middle ("einzurichten"), verbs
 * in the third person ("blinkt", "öffnet"). Rules alone, no dictionary: what
 * they make in addition need not be a word.
 */
#include "answers/terms.h"

/* The word that a folded one is made from; false if no rule knows one. */
bool derive(const struct word *w, struct word *out);

/* Whether it is what a separable verb puts at the end of a sentence: "an" of
 * "halte ... an". */
bool derive_is_particle(const struct word *w);
