#pragma once
/*
 * Percent-encoding as URLs and urlencoded forms use it.
 */
#include <stdbool.h>
#include <stddef.h>

#include "base/str.h"

struct http_pair {
	struct str name, value;
};

enum { URL_PAIRS_MAX = 256 };

/* Replaces what is no text in either side (base/text.h); whether there was
 * any. */
bool pair_mend(void *mem, struct http_pair *pair);

/* Decodes %XX (and '+' to a space if `plus`) into a copy owned by `mem`. False
 * where a '%' is not followed by two hexadecimal digits. What the bytes mean is
 * not checked. */
bool url_decode(void *mem, struct str s, bool plus, struct str *out);

/* Splits "a=1&b=2" and decodes both sides; both are valid UTF-8 afterwards, and
 * *broken (unless NULL) says for each pair whether that took mending. False: a
 * wrong '%', or more than URL_PAIRS_MAX pairs. */
bool url_pairs(void *mem, struct str s, struct http_pair **out, size_t *n,
    bool **broken);

/* Percent-encodes all but letters, digits and "-._~" (RFC 3986); owned by
 * `mem`. */
struct str url_encode(void *mem, struct str s);
