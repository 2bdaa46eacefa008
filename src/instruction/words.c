/*
 * Two tries in one array: words that must begin where the text's word begins,
 * and words that may begin anywhere in it (a star in front). Each node knows
 * the classes that hold once it is passed (a star behind) and those that hold
 * only where the word ends. Phrases of several words are patterns (pattern.h).
 */
#include "instruction/words.h"

#include <limits.h>
#include <stdint.h>

#include "base/mem.h"
#include "base/text.h"

struct node {
	char c;
	uint32_t next, child; /* index; 0: none */
	unsigned passing, ending;
};

enum { ROOT_FRONT, ROOT_ANYWHERE, ROOTS };

struct words {
	struct node *node;
	uint32_t n, room;
	uint32_t first[ROOTS][UCHAR_MAX + 1]; /* the roots' children */
};

static uint32_t
node_new(struct words *w, char c)
{
	if (w->n == w->room) {
		w->room = w->room ? 2 * w->room : 256;
		w->node =
		    mem_sure(talloc_realloc(w, w->node, struct node, w->room));
	}
	w->node[w->n] = (struct node){.c = c};
	return w->n++;
}

struct words *
words_new(void *mem)
{
	struct words *w = mem_new(mem, struct words);

	for (int i = 0; i < ROOTS; i++)
		node_new(w, '\0');
	return w;
}

static uint32_t
child_of(const struct words *w, uint32_t at, char c)
{
	uint32_t i = at < ROOTS ? w->first[at][(unsigned char)c]
				: w->node[at].child;

	while (i && w->node[i].c != c)
		i = w->node[i].next;
	return i;
}

static uint32_t
child_make(struct words *w, uint32_t at, char c)
{
	uint32_t i = child_of(w, at, c);

	if (i)
		return i;
	i = node_new(w, c);
	if (at < ROOTS) {
		w->first[at][(unsigned char)c] = i;
	} else {
		w->node[i].next = w->node[at].child;
		w->node[at].child = i;
	}
	return i;
}

bool
words_add(struct words *w, struct str word, unsigned bits)
{
	bool front = word.n && word.p[0] == '*';
	bool behind = word.n && word.p[word.n - 1] == '*';
	uint32_t at = front ? ROOT_ANYWHERE : ROOT_FRONT;
	struct str key = text_key(w, word);

	if (str_empty(key) || memchr(key.p, ' ', key.n))
		return false;
	for (size_t i = 0; i < key.n; i++)
		at = child_make(w, at, key.p[i]);
	if (behind)
		w->node[at].passing |= bits;
	else
		w->node[at].ending |= bits;
	return true;
}

static unsigned
classes_from(const struct words *w, uint32_t at, struct str rest)
{
	unsigned bits = 0;

	for (size_t i = 0; i < rest.n; i++) {
		at = child_of(w, at, rest.p[i]);
		if (!at)
			return bits;
		bits |= w->node[at].passing;
	}
	return bits | w->node[at].ending;
}

unsigned
words_classes(const struct words *w, struct str key)
{
	unsigned bits = classes_from(w, ROOT_FRONT, key);

	for (size_t i = 0; i < key.n; i++)
		bits |= classes_from(w, ROOT_ANYWHERE,
		    (struct str){key.p + i, key.n - i});
	return bits;
}
