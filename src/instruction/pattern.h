#pragma once
/*
 * Regular expressions that replace what they match (PCRE2 inside), compiled
 * once and shared by all threads. Private to this floor.
 */
#include "base/str.h"

struct pattern;

struct pattern_list {
	int n;
	unsigned first; /* its first pattern's number in beginnings.h */
	struct pattern **pattern;
};

/* Compiles a pattern, owned by `mem`; `unicode` for raw text, capitals or not,
 * else for search keys (plain bytes, small letters, a space before each word).
 * NULL: *why says what is wrong with it. A pattern that matches nothing at all
 * is wrong too. */
struct pattern *pattern_new(void *mem, struct str source, bool unicode,
    struct str *why);

/* Whether it looks at more than the one character before a match. */
bool pattern_looks_behind(const struct pattern *p);

/* What one judgement matches with; belongs to one thread, owned by `mem`. */
struct matcher;
struct matcher *matcher_new(void *mem);

/* Whether a match could begin at byte `at` of a text that goes on behind its
 * end. Slow: for beginnings.c, once a pattern. */
bool pattern_can_begin(const struct pattern *p, struct matcher *m,
    const char *text, size_t at);

/* Whether the pattern occurs in `text`; false where that would take too long
 * to say. `text` is valid UTF-8. */
bool pattern_found(const struct pattern *p, struct matcher *m, struct str text);

/* The first match that begins at byte `at` of `text` or behind it; false if
 * there is none, or it would take too long to say. */
bool pattern_next(const struct pattern *p, struct matcher *m, struct str text,
    size_t at, size_t *from, size_t *n);

/* `text` (valid too) with `with` in place of every match, a match that would
 * take too long counting as none. Owned by the matcher, or `text` itself where
 * nothing matched. */
struct str pattern_replace(const struct pattern *p, struct matcher *m,
    struct str text, struct str with);
