#pragma once
/*
 * The part of a text that shows why it was found.
 */
#include "answers/parts.h"
#include "answers/search.h"

/* Cuts out of the text the place where most of the words stand, with the words
 * marked; its beginning if none does. */
void snippet_make(void *mem, struct str text, const struct asked *asked,
    struct snippet *out);
