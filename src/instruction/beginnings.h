#pragma once
/*
 * With which letters a word must begin so that a pattern can match there. Most
 * patterns begin with letters that no word of a text begins with, and need not
 * be sought in it. Private to this floor.
 */
#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"

struct beginnings;
struct pattern;

/* Of no pattern yet, owned by `mem`. */
struct beginnings *beginnings_new(void *mem);

/* Finds out by trying with which letters a pattern for search keys begins.
 * Patterns are numbered from 0 in the order in which they are added. */
void beginnings_add(struct beginnings *b, const struct pattern *p);

/* How many there are: the number of the next. */
unsigned beginnings_count(const struct beginnings *b);

/* After the last one. */
void beginnings_sort(struct beginnings *b);

/* A bit for each pattern that may match in a text with this search key, owned
 * by `mem`. */
const uint64_t *beginnings_in(const struct beginnings *b, void *mem,
    struct str key);

static inline bool
beginnings_has(const uint64_t *set, unsigned number)
{
	return set[number / 64] >> number % 64 & 1;
}
