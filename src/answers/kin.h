#pragma once
/*
 * Words that say the same to whoever calls a help desk and to whoever writes its
 * website: "Kennwort" and "Passwort". A short list, of German as it is spoken
 * there; what it joins counts less than the word itself.
 */
#include "answers/terms.h"

enum { KIN_WORDS = 8 };

/* The other words of the groups that a word's stem is in, folded, NULL at the
 * end; none for most. */
void kin_of(const struct word *stem, const char *out[KIN_WORDS + 1]);
