#pragma once
/*
 * A growing buffer that is created with the size it may never exceed. Past
 * that size it takes nothing more and says so at the end (`full`), so writers
 * need not check every call.
 */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/str.h"

struct buf {
	void *mem;   /* talloc parent */
	char *p;     /* NUL-terminated once something was written */
	size_t n, cap, max;
	bool full;   /* something did not fit */
};

/* An empty buffer that grows in `mem` up to `max` bytes. */
void buf_init(struct buf *b, void *mem, size_t max);

/* Room for `n` more bytes; false (and `full`) if `max` would be exceeded. */
bool buf_reserve(struct buf *b, size_t n);

void buf_put(struct buf *b, const char *p, size_t n);
void buf_str(struct buf *b, struct str s);
void buf_puts(struct buf *b, const char *s);
void buf_char(struct buf *b, char c);
void buf_i64(struct buf *b, int64_t v);
void buf_printf(struct buf *b, const char *format, ...) PRINTF_LIKE(2, 3);

/* What was written, borrowed from the buffer. Never NULL. */
struct str buf_get(struct buf *b);
