#pragma once
/*
 * What is different between two texts, line by line, as people read it: lines
 * that went, lines that came, and a few lines around them.
 */
#include <stddef.h>

#include "base/str.h"

enum diff_kind {
	DIFF_SAME,  /* in both */
	DIFF_GONE,  /* only in the old text */
	DIFF_NEW,   /* only in the new text */
	DIFF_SKIP,  /* `skipped` lines that are in both */
};

struct diff_line {
	enum diff_kind kind;
	int old_line, new_line; /* from 1; 0 where it is not */
	int skipped;
	struct str text;        /* without its end; borrowed from the texts */
};

struct diff {
	struct diff_line *v;
	size_t n;
	int gone, added;        /* how many lines; both 0: the same */
};

/* How many lines of what is the same stand around a difference. */
enum { DIFF_AROUND = 3 };

/* Compares two texts; the result is owned by `mem`. A line feed at the very end
 * makes no difference. The difference is the shortest one, unless the texts
 * have more than a thousand lines not in common; then what lies between their
 * common beginning and end went and came as a whole. */
void diff_lines(void *mem, struct str before, struct str after,
    struct diff *out);
