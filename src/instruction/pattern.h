#pragma once
/*
 * Regular expressions that replace what they match (PCRE2 inside), compiled
 * once and shared by all threads. Private to this floor.
 */
#include "base/str.h"

enum {
	HEAD_LETTERS = 36, /* a to z, 0 to 9 */
	HEAD_WORDS = (HEAD_LETTERS + 1) * (HEAD_LETTERS + 1) / 64 + 1,
};

/* The first two letters of some words: most patterns begin with letters that
 * no word of a text begins with, and need not be sought in it. */
struct heads {
	uint64_t bits[HEAD_WORDS];
};

struct pattern;

struct pattern_list {
	int n;
	struct pattern **pattern;
};

/* Compiles a pattern, owned by `mem`; `unicode` for raw text, capitals or not,
 * else for search keys (plain bytes, small letters, a space before each word).
 * NULL: *why says what is wrong with it. A pattern that matches nothing at all
 * is wrong too. */
struct pattern *pattern_new(void *mem, struct str source, bool unicode,
    struct str *why);

/* The heads of all words of a search key. */
void heads_of(struct str key, struct heads *out);

/* Whether the pattern, not for raw text, may occur where those are the heads. */
bool pattern_may_begin(const struct pattern *p, const struct heads *heads);

/* What one judgement matches with; belongs to one thread, owned by `mem`. */
struct matcher;
struct matcher *matcher_new(void *mem);

/* Whether the pattern occurs in `text`; false where that would take too long
 * to say. `text` is valid UTF-8. */
bool pattern_found(const struct pattern *p, struct matcher *m, struct str text);

/* The first match that begins at byte `at` of `text` or behind it; false if
 * there is none, or it would take too long to say. */
bool pattern_next(const struct pattern *p, struct matcher *m, struct str text,
    size_t at, size_t *from, size_t *n);

/* Replaces every match in `text` (valid too) by `with`, into *out (owned by the
 * matcher, or `text` itself where nothing matched); returns how many there
 * were, a match that would take too long counting as none. */
int pattern_replace(const struct pattern *p, struct matcher *m,
    struct str text, struct str with, struct str *out);
