#pragma once
/*
 * Text as pointer and length. The bytes are followed by a NUL, so that `p` can
 * be handed to C functions; `p == NULL` is SQL's NULL, "not given".
 */
#include <stdbool.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

struct str {
	const char *p;
	size_t n;
};

/* A literal as text. */
#define STR(literal) ((struct str){(literal), sizeof(literal) - 1})

/* For printf's "%.*s". */
#define STR_FMT(s) (int)(s).n, (s).p

#define PRINTF_LIKE(at, first) __attribute__((format(printf, at, first)))

/* The text of a C string, borrowed; NULL gives NULL. */
static inline struct str
str_of(const char *s)
{
	return (struct str){s, s ? strlen(s) : 0};
}

/* Whether there is nothing to read: not given or no bytes. */
static inline bool
str_empty(struct str s)
{
	return s.n == 0;
}

/* Whether both hold the same bytes. */
static inline bool
str_eq(struct str a, struct str b)
{
	return a.n == b.n && (a.n == 0 || memcmp(a.p, b.p, a.n) == 0);
}

/* Whether `s` holds the bytes of the C string. */
static inline bool
str_is(struct str s, const char *c)
{
	return str_eq(s, str_of(c));
}

/* FNV-1a of `n` bytes more, beginning with STR_HASH (Fowler, Noll, Vo: 32 bits,
 * offset basis and prime as published). Not for what strangers choose. */
#define STR_HASH 2166136261u

static inline uint32_t
str_hash(uint32_t hash, const char *p, size_t n)
{
	for (size_t i = 0; i < n; i++)
		hash = (hash ^ (unsigned char)p[i]) * 16777619u;
	return hash;
}

/* A copy owned by `mem` (talloc); NULL stays NULL. */
struct str str_dup(void *mem, struct str s);

/* `n` bytes at `p`, copied into `mem` with a NUL behind them. */
struct str str_copy(void *mem, const char *p, size_t n);

/* Formatted text owned by `mem`. */
struct str str_printf(void *mem, const char *format, ...) PRINTF_LIKE(2, 3);
struct str str_vprintf(void *mem, const char *format, va_list ap);

/* Without the white space (ASCII) at both ends; borrowed. */
struct str str_trim(struct str s);

/* Whether `s` begins with `head`. */
bool str_starts(struct str s, struct str head);

/* Takes what stands before the next `mark`, or all that is left, off the front
 * of *rest, and the mark with it; borrowed. False at the end, when *part is
 * empty. */
bool str_take(struct str *rest, char mark, struct str *part);

/* Bytes as they follow each other: below, equal or above 0, for sorting. */
int str_order(struct str a, struct str b);

/* The first occurrence of `needle`, or -1. */
long str_find(struct str s, struct str needle);

/* Reads a whole decimal number; false if it is anything else or too large. */
bool str_to_i64(struct str s, int64_t *out);
