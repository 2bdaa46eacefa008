/*
 * Pairs of a word's first three letters and a pattern that can begin with them,
 * sorted, so that those of a word are found together. The letters are found by
 * asking the pattern whether it could match if the text went on: first for one
 * letter, then behind those that will do for the next.
 */
#include "instruction/beginnings.h"

#include "base/mem.h"
#include "instruction/pattern.h"

enum {
	LETTERS = 3,
	TRIES_MAX = 20000, /* a pattern that begins with more is always sought */
};

static const char alphabet[] = " abcdefghijklmnopqrstuvwxyz0123456789";

/* Stands for any word. */
static const uint32_t ANYTHING = 0;

struct beginning {
	uint32_t letters; /* a byte each, spaces behind a shorter word */
	unsigned pattern;
};

struct beginnings {
	struct beginning *at;
	size_t n, room;
	unsigned patterns;
	struct matcher *matcher; /* until they are sorted */
};

struct beginnings *
beginnings_new(void *mem)
{
	struct beginnings *b = mem_new(mem, struct beginnings);

	b->matcher = matcher_new(b);
	return b;
}

static bool
is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

/* The letters of the word that begins at `p`, which a space or a NUL ends;
 * ANYTHING if there are others than patterns are tried with. */
static uint32_t
letters_of(const char *p)
{
	uint32_t letters = 0;

	for (int i = 0; i < LETTERS; i++) {
		bool ended = *p == ' ' || *p == '\0';

		if (!ended && !is_letter(*p))
			return ANYTHING;
		letters = letters << 8 | (unsigned char)(ended ? ' ' : *p);
		p += !ended;
	}
	return letters;
}

static void
put(struct beginnings *b, uint32_t letters)
{
	if (b->n == b->room) {
		b->room = b->room ? 2 * b->room : 1024;
		b->at = mem_sure(talloc_realloc(b, b->at, struct beginning,
		    (unsigned)b->room));
	}
	b->at[b->n++] = (struct beginning){letters, b->patterns};
}

/* `text` is a space and `n` letters, with which the pattern can begin. False
 * after too many tries. */
static bool
try_longer(struct beginnings *b, const struct pattern *p, char *text, int n,
    int *tries)
{
	for (const char *c = alphabet + (n == 0); *c; c++) {
		if (++*tries > TRIES_MAX)
			return false;
		text[1 + n] = *c;
		text[2 + n] = '\0';
		if (!pattern_can_begin(p, b->matcher, text, 1))
			continue;
		if (*c == ' ' || n + 1 == LETTERS)
			put(b, letters_of(text + 1));
		else if (!try_longer(b, p, text, n + 1, tries))
			return false;
	}
	return true;
}

/* Whether a match can begin within a word, before one, or with what is no
 * letter. */
static bool
begins_anywhere(const struct pattern *p, struct matcher *m)
{
	if (pattern_looks_behind(p) || pattern_can_begin(p, m, " ", 0) ||
	    pattern_can_begin(p, m, "a ", 1) ||
	    pattern_can_begin(p, m, " |", 1))
		return true;
	for (const char *c = alphabet + 1; *c; c++)
		if (pattern_can_begin(p, m, (char[]){'a', *c, '\0'}, 1))
			return true;
	return false;
}

void
beginnings_add(struct beginnings *b, const struct pattern *p)
{
	char text[LETTERS + 2] = " ";
	size_t before = b->n;
	int tries = 0;

	if (begins_anywhere(p, b->matcher) ||
	    !try_longer(b, p, text, 0, &tries)) {
		b->n = before;
		put(b, ANYTHING);
	}
	b->patterns++;
}

unsigned
beginnings_count(const struct beginnings *b)
{
	return b->patterns;
}

static int
by_letters(const void *a, const void *b)
{
	const struct beginning *x = a, *y = b;

	return (x->letters > y->letters) - (x->letters < y->letters);
}

void
beginnings_sort(struct beginnings *b)
{
	talloc_free(b->matcher);
	b->matcher = NULL;
	if (b->n)
		qsort(b->at, b->n, sizeof *b->at, by_letters);
}

/* Adds those that begin with `letters`. */
static void
take(const struct beginnings *b, uint32_t letters, uint64_t *set)
{
	size_t low = 0, high = b->n;

	while (low < high) {
		size_t middle = (low + high) / 2;

		if (b->at[middle].letters < letters)
			low = middle + 1;
		else
			high = middle;
	}
	for (; low < b->n && b->at[low].letters == letters; low++)
		set[b->at[low].pattern / 64] |= 1ull
		    << b->at[low].pattern % 64;
}

const uint64_t *
beginnings_in(const struct beginnings *b, void *mem, struct str key)
{
	size_t words = b->patterns / 64 + 1;
	uint64_t *set = mem_array(mem, uint64_t, words);
	bool strange = false;

	take(b, ANYTHING, set);
	for (size_t i = 0; i < key.n; i++) {
		bool begins = key.p[i] != ' ' && (i == 0 || key.p[i - 1] == ' ');

		if (!begins || key.p[i] == '|')
			continue;
		uint32_t letters = letters_of(key.p + i);

		strange |= letters == ANYTHING;
		take(b, letters, set);
	}
	for (size_t i = 0; strange && i < words; i++)
		set[i] = UINT64_MAX;
	return set;
}
