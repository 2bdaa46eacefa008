#pragma once
/*
 * Bytes of a page as UTF-8, whatever they were.
 */
#include "base/str.h"

/* The page's text as valid UTF-8, owned by `mem`. What the bytes mean is said
 * by a byte order mark, by the Content-Type, by the page's own <meta>, in this
 * order; where nothing usable is said they are UTF-8 if they can be, or
 * Windows-1252. Bytes without a meaning become U+FFFD. */
struct str charset_decode(void *mem, struct str type, struct str bytes);
