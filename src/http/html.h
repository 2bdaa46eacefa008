#pragma once
/*
 * Text into HTML, escaped for the place where it stands. The functions that
 * tools/template.c makes of templates call these; nobody else needs to. Each
 * macro takes a struct str, a C string or a number; any other type, bool
 * among them, does not compile.
 */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/str.h"

/* Picks the function by the value's type; html_NAME_str is written by hand. */
#define HTML_BY_TYPE(x, name)                                                  \
	_Generic((x),                                                          \
	    struct str: name##_str,                                            \
	    char *: name##_chars,                                              \
	    const char *: name##_chars,                                        \
	    int: html_int,                                                     \
	    int64_t: html_i64,                                                 \
	    size_t: html_size)

/* In text and in double-quoted attributes. */
#define html_text(b, x) HTML_BY_TYPE(x, html_text)(b, x)
/* One part of an address's path, percent-encoded, "/" and "?" too. */
#define html_segment(b, x) HTML_BY_TYPE(x, html_segment)(b, x)
/* A value behind the "?" of an address, percent-encoded. */
#define html_query(b, x) HTML_BY_TYPE(x, html_query)(b, x)
/* A whole address of our own: begins with one "/"; anything else gives "#". */
#define html_path(b, x)                                                        \
	_Generic((x), struct str: html_path_str, char *: html_path_chars,      \
	    const char *: html_path_chars)(b, x)
/* A whole address of anyone's: http, https or one of our own, else "#". */
#define html_link(b, x)                                                        \
	_Generic((x), struct str: html_link_str, char *: html_link_chars,      \
	    const char *: html_link_chars)(b, x)

/* What a condition makes of a member: text has bytes, a number is not 0, a
 * pointer is not NULL. */
#define html_true(x)                                                           \
	_Generic((x),                                                          \
	    struct str: html_true_str,                                         \
	    bool: html_true_bool,                                              \
	    int: html_true_int,                                                \
	    unsigned: html_true_unsigned,                                      \
	    int64_t: html_true_i64,                                            \
	    size_t: html_true_size,                                            \
	    default: html_true_pointer)(x)

/* A part's argument, whether the member is a struct or points to one. */
#define html_view(x, type)                                                     \
	_Generic((x), type: &(x), type *: (x), const type *: (x))

void html_text_str(struct buf *b, struct str s);
void html_text_chars(struct buf *b, const char *s);
void html_segment_str(struct buf *b, struct str s);
void html_segment_chars(struct buf *b, const char *s);
void html_query_str(struct buf *b, struct str s);
void html_query_chars(struct buf *b, const char *s);
void html_path_str(struct buf *b, struct str s);
void html_path_chars(struct buf *b, const char *s);
void html_link_str(struct buf *b, struct str s);
void html_link_chars(struct buf *b, const char *s);
void html_int(struct buf *b, int v);
void html_i64(struct buf *b, int64_t v);
void html_size(struct buf *b, size_t v);

static inline bool
html_true_str(struct str s)
{
	return s.n > 0;
}

static inline bool
html_true_bool(bool v)
{
	return v;
}

static inline bool
html_true_int(int v)
{
	return v != 0;
}

static inline bool
html_true_unsigned(unsigned v)
{
	return v != 0;
}

static inline bool
html_true_i64(int64_t v)
{
	return v != 0;
}

static inline bool
html_true_size(size_t v)
{
	return v != 0;
}

static inline bool
html_true_pointer(const void *p)
{
	return p;
}
