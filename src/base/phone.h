#pragma once
/*
 * Telephone numbers in any spelling, to E.164 without the plus, which is how
 * they are stored and compared. What is no number of a subscriber (anonymous,
 * emergency and short numbers, internal stars) matches nobody.
 */
#include <stdbool.h>

#include "base/str.h"

/* Writes E.164 without plus into *out (owned by `mem`); `country` is the
 * calling code that national numbers belong to ("49"). False where the text
 * must match nobody. Accepts spaces of any kind, / . - ( ) and U+2011 as
 * separators, "+49 (0)221", "0049", "tel:" (RFC 3966). */
bool phone_normalise(void *mem, struct str typed, const char *country,
    struct str *out);

/* As people read it: "0221 4710112" at home, "+43 1 5123456" from abroad. */
struct str phone_show(void *mem, struct str e164, const char *country);
