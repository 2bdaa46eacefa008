/*
 * Takes a text apart for what is learned (wording_learned.h). The letters are
 * those of its search key; of the rest only what tells questions, messages and
 * addresses apart is kept, each as a word that nobody types. Which number it is
 * does not matter.
 */
#include <ctype.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/text.h"
#include "instruction/wording_learned.h"

enum {
	GROUP_LEAST = 4,
	GROUP_MOST = 5,
	LENGTHS = 10,
	MARK_BYTES = 9, /* the longest word for a mark */
};

/* Keeps parts of different kinds apart. */
enum kind {
	KIND_WORD = 'w',
	KIND_PAIR = 'p',
	KIND_GROUP = 'g',
	KIND_LENGTH = 'n',
};

static uint32_t
hash_begin(enum kind kind)
{
	return str_hash(STR_HASH, &(char){(char)kind}, 1);
}

static void
add(struct learned_parts *out, uint32_t h)
{
	unsigned id = (h ^ h >> 16) % LEARNED_WEIGHTS;

	if (out->seen[id / 64] >> id % 64 & 1 || out->n == LEARNED_PARTS_MAX)
		return;
	out->seen[id / 64] |= 1ull << id % 64;
	out->part[out->n++] = (uint16_t)id;
}

/* The word has a space at either end, which belongs to its groups. */
static void
add_groups(struct learned_parts *out, struct str word)
{
	const char *p = word.p - 1, *end = word.p + word.n + 1;

	for (; p + GROUP_LEAST <= end; p++) {
		uint32_t h = str_hash(hash_begin(KIND_GROUP), p, GROUP_LEAST - 1);

		for (int n = GROUP_LEAST; n <= GROUP_MOST && p + n <= end; n++) {
			h = str_hash(h, p + n - 1, 1);
			add(out, h);
		}
	}
}

static void
add_word(struct learned_parts *out, struct str word, struct str before)
{
	uint32_t pair = str_hash(hash_begin(KIND_PAIR), before.p, before.n);

	add(out, str_hash(hash_begin(KIND_WORD), word.p, word.n));
	add(out, str_hash(str_hash(pair, " ", 1), word.p, word.n));
	add_groups(out, word);
}

/* What a mark is called; NULL for those that say nothing. */
static const char *
mark_word(struct str text, size_t at)
{
	static const char quotes[][4] = {"„", "“", "”", "»", "«"};
	struct str rest = {text.p + at, text.n - at};

	switch (rest.p[0]) {
	case '?':
		return " zzq ";
	case '@':
		return " zzat ";
	case '"':
		return " zzquote ";
	case '.':
		return at && rest.n > 1 && isalnum((unsigned char)rest.p[-1]) &&
			isalnum((unsigned char)rest.p[1]) ? " zzdot " : NULL;
	case '\xc2':
	case '\xe2':
		for (size_t i = 0; i < sizeof quotes / sizeof *quotes; i++)
			if (str_starts(rest, str_of(quotes[i])))
				return " zzquote ";
	}
	return NULL;
}

/* The text, with words for marks. */
static struct str
marks_named(void *mem, struct str text)
{
	struct buf b;
	size_t from = 0;

	buf_init(&b, mem, MARK_BYTES * text.n + 1);
	for (size_t i = 0; i < text.n; i++) {
		const char *mark = mark_word(text, i);

		if (!mark)
			continue;
		buf_put(&b, text.p + from, i - from);
		buf_puts(&b, mark);
		/* a quote's other bytes go with it */
		while (i + 1 < text.n &&
		    ((unsigned char)text.p[i + 1] & 0xc0) == 0x80)
			i++;
		from = i + 1;
	}
	buf_put(&b, text.p + from, text.n - from);
	return buf_get(&b);
}

/* The search key with a space at either end, and each number as "0". */
static struct str
key_make(void *mem, struct str text)
{
	struct str letters = text_key(mem, marks_named(mem, text));
	char *p = mem_sure(talloc_size(mem, letters.n + 2));
	size_t n = 0;

	p[n++] = ' ';
	for (size_t i = 0; i < letters.n; i++) {
		char c = letters.p[i];

		if (!isdigit((unsigned char)c))
			p[n++] = c;
		else if (p[n - 1] != '0')
			p[n++] = '0';
	}
	p[n++] = ' ';
	return (struct str){p, n};
}

struct learned_parts *
learned_parts(void *mem, struct str text)
{
	struct learned_parts *out = mem_sure(talloc(mem, struct learned_parts));
	void *scratch = mem_sure(talloc_new(mem));
	struct str key = key_make(scratch, text), word, before = STR("");
	int words = 0;
	char length;

	out->n = 0;
	memset(out->seen, 0, sizeof out->seen);
	while (str_take(&key, ' ', &word)) {
		if (!word.n)
			continue;
		add_word(out, word, before);
		before = word;
		words++;
	}
	length = (char)(words / 2 < LENGTHS ? words / 2 : LENGTHS);
	add(out, str_hash(hash_begin(KIND_LENGTH), &length, 1));
	talloc_free(scratch);
	return out;
}
