/*
 * The growing buffer behind everything that is written piece by piece: pages,
 * JSON, keys. It doubles in talloc memory up to the size given when it was
 * made; what does not fit is refused whole, and from then on everything is, so
 * that a full buffer never has a hole in the middle. It knows nothing of the
 * bytes: escaping belongs to the writers above it (base/json.c, templates).
 */
#include "base/buf.h"

#include <stdio.h>

#include "base/mem.h"

enum { BUF_FIRST = 256 };

void
buf_init(struct buf *b, void *mem, size_t max)
{
	*b = (struct buf){.mem = mem, .max = max};
}

/* Grows so that `need` bytes and the NUL behind them fit. */
static void
buf_grow(struct buf *b, size_t need)
{
	size_t cap = b->cap ? b->cap : BUF_FIRST;

	while (cap < need + 1)
		cap *= 2;
	b->p = mem_sure(talloc_realloc_size(b->mem, b->p, cap));
	b->cap = cap;
	b->p[b->n] = '\0';
}

bool
buf_reserve(struct buf *b, size_t n)
{
	if (b->full || n > b->max - b->n) {
		b->full = true;
		return false;
	}
	if (b->n + n + 1 > b->cap)
		buf_grow(b, b->n + n);
	return true;
}

void
buf_put(struct buf *b, const char *p, size_t n)
{
	if (n == 0 || !buf_reserve(b, n))
		return;
	memcpy(b->p + b->n, p, n);
	b->n += n;
	b->p[b->n] = '\0';
}

void
buf_str(struct buf *b, struct str s)
{
	buf_put(b, s.p, s.n);
}

void
buf_puts(struct buf *b, const char *s)
{
	buf_put(b, s, strlen(s));
}

void
buf_char(struct buf *b, char c)
{
	if (b->full || b->n + 1 >= b->cap || b->n >= b->max) {
		buf_put(b, &c, 1);
		return;
	}
	b->p[b->n++] = c;
	b->p[b->n] = '\0';
}

void
buf_i64(struct buf *b, int64_t v)
{
	char digits[24], *end = digits + sizeof digits, *p = end;
	uint64_t u = v < 0 ? 0 - (uint64_t)v : (uint64_t)v;

	do
		*--p = (char)('0' + u % 10);
	while (u /= 10);
	if (v < 0)
		*--p = '-';
	buf_put(b, p, (size_t)(end - p));
}

void
buf_printf(struct buf *b, const char *format, ...)
{
	va_list ap, again;
	int n;

	va_start(ap, format);
	va_copy(again, ap);
	n = vsnprintf(NULL, 0, format, ap);
	if (n > 0 && buf_reserve(b, (size_t)n)) {
		vsnprintf(b->p + b->n, (size_t)n + 1, format, again);
		b->n += (size_t)n;
	}
	va_end(again);
	va_end(ap);
}

struct str
buf_get(struct buf *b)
{
	return b->n ? (struct str){b->p, b->n} : STR("");
}
