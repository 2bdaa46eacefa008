#pragma once
/*
 * Made-up German: words of a real list, drawn by Zipf's law, the first ones the
 * commonest of the language and of a help desk; now and then two of the list
 * joined to a compound, so that new words never end.
 */
#include <stddef.h>

#include "base/str.h"

/* Reads the list, one word a line; ends the program if it cannot. */
void german_load(const char *path);

/* Between 0 and 1, the same series in each run. Its state is the caller's. */
double german_chance(uint64_t *seed);

/* A text of so many words. */
struct str german_text(void *mem, uint64_t *seed, int words);

/* What somebody searches for: one to three words, one in twenty mistyped. */
struct str german_query(void *mem, uint64_t *seed);
