#pragma once
/*
 * The links of a page as bytes, some ten a link beside its words.
 */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/str.h"

enum { PACK_BYTES_MAX = 1 << 20 };

struct pack_link {
	int64_t to;       /* an address's id */
	int region;       /* enum region */
	struct str text;
};

void pack_put(struct buf *b, const struct pack_link *l);

/* Takes the next link off the bytes; its text is borrowed. False at the end and
 * where they are damaged. */
bool pack_next(struct str *bytes, struct pack_link *out);
