#pragma once
/*
 * A list of words with classes, asked once per word of a text. A star stands
 * for any letters at either end: "dsl*", "*formular*". Private to this floor.
 */
#include <stdbool.h>

#include "base/str.h"

struct words;

/* An empty list, owned by `mem`. */
struct words *words_new(void *mem);

/* Adds a word, which may have a star at either end, to the classes in `bits`.
 * False if nothing but stars is left of its search key, or there is a space in
 * it: only single words can be found. */
bool words_add(struct words *w, struct str word, unsigned bits);

/* The classes of a word given as a search key (base/text.h); 0 if unknown. */
unsigned words_classes(const struct words *w, struct str key);
