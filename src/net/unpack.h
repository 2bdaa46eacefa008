#pragma once
/*
 * Files that are gzip by themselves (sitemap.xml.gz).
 */
#include <stdbool.h>
#include <stddef.h>

#include "base/str.h"

/* Whether the bytes begin like gzip. */
bool unpack_is_gzip(struct str s);

/* Unpacks into `mem`; false if it is damaged or becomes larger than `max`. */
bool unpack_gzip(void *mem, struct str s, size_t max, struct str *out);
