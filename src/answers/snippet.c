/*
 * Snippets. The text is read word by word; only a word that begins like a stem
 * that is looked for is cut to its own stems. A stem's last two letters may not
 * be the word's ("possibly", "possibl"; "libraries", "librari").
 */
#include "answers/snippet.h"

#include "base/mem.h"
#include "base/text.h"

enum {
	SNIPPET_BYTES = 200,
	BEFORE_BYTES = 50,   /* of the text before the first match */
	MATCHES_MOST = 60,
	ALIKE_LEAST = 3,     /* letters that a word shares with its stem */
	UNLIKE_MOST = 2,     /* of the stem's end that it need not share */
};

struct match {
	size_t from, to;
	unsigned asked;      /* which word it is */
};

static bool
begins_alike(const struct word *w, const struct word *stem)
{
	size_t n = stem->n;

	if (n > ALIKE_LEAST + UNLIKE_MOST)
		n -= UNLIKE_MOST;
	else if (n > ALIKE_LEAST)
		n = ALIKE_LEAST;
	return w->n >= n && memcmp(w->p, stem->p, n) == 0;
}

/* Which of the words asked for this one is; asked->n if none. */
static size_t
asked_which(const struct asked *asked, const struct word *w)
{
	struct word own[STEMS_MOST];
	size_t own_n = 0;

	for (size_t i = 0; i < asked->n; i++)
		for (size_t k = 0; k < asked->v[i].n; k++) {
			const struct word *stem = &asked->v[i].stem[k];

			if (!begins_alike(w, stem))
				continue;
			if (!own_n)
				own_n = terms_stems(w, own);
			for (size_t j = 0; j < own_n; j++)
				if (str_eq(word_str(&own[j]), word_str(stem)))
					return i;
		}
	return asked->n;
}

/* The letters that the stems asked for begin with. */
struct letters {
	bool has[256];
};

static struct letters
first_letters(const struct asked *asked)
{
	struct letters l = {0};

	for (size_t i = 0; i < asked->n; i++)
		for (size_t k = 0; k < asked->v[i].n; k++)
			l.has[(unsigned char)asked->v[i].stem[k].p[0]] = true;
	return l;
}

static size_t
matches_find(void *mem, struct str text, const struct asked *asked,
    struct match *out)
{
	const struct letters first = first_letters(asked);
	struct terms t;
	struct term term;
	size_t n = 0;

	terms_begin(&t, mem, text);
	while (n < MATCHES_MOST && terms_next(&t, &term)) {
		size_t i = asked->n;

		if (first.has[(unsigned char)term.word.p[0]])
			i = asked_which(asked, &term.word);
		if (i == asked->n || (n && out[n - 1].to >= term.to))
			continue;
		out[n++] = (struct match){term.from, term.to, (unsigned)i};
	}
	return n;
}

/* The match from which most different words stand within a snippet. */
static size_t
best_first(const struct match *m, size_t n)
{
	size_t best = 0;
	int most = 0;

	for (size_t i = 0; i < n; i++) {
		unsigned seen = 0;

		for (size_t j = i; j < n && m[j].to < m[i].from +
		     SNIPPET_BYTES - BEFORE_BYTES; j++)
			seen |= 1u << m[j].asked;
		if (__builtin_popcount(seen) > most) {
			most = __builtin_popcount(seen);
			best = i;
		}
	}
	return best;
}

/* Where a word begins, at `at` or before it, but not before `least`. */
static size_t
word_start(struct str s, size_t at, size_t least)
{
	while (at > least && s.p[at - 1] != ' ')
		at--;
	return at;
}

static void
part_add(void *mem, struct snippet *out, struct str s, size_t from, size_t to,
    bool match)
{
	if (from < to && out->n < SNIPPET_PARTS)
		out->v[out->n++] = (struct snippet_part){
		    str_copy(mem, s.p + from, to - from), match};
}

/* The text with single blanks. */
static struct str
in_one_line(void *mem, struct str text)
{
	char *p = mem_sure(talloc_size(mem, text.n + 1));
	size_t n = 0;

	for (size_t i = 0; i < text.n; i++) {
		char c = text.p[i];

		if (c == '\n' || c == '\t')
			c = ' ';
		if (c != ' ' || (n && p[n - 1] != ' '))
			p[n++] = c;
	}
	p[n] = '\0';
	return (struct str){p, n};
}

void
snippet_make(void *mem, struct str text, const struct asked *asked,
    struct snippet *out)
{
	struct match *m = mem_array(mem, struct match, MATCHES_MOST);
	size_t n, first, from = 0, to, at;

	text = in_one_line(mem, text);
	n = matches_find(mem, text, asked, m);
	first = best_first(m, n);
	out->n = 0;
	if (n && m[first].from > BEFORE_BYTES)
		from = word_start(text, m[first].from - BEFORE_BYTES, 0);
	to = text.n;
	if (to - from > SNIPPET_BYTES)
		to = word_start(text, from + SNIPPET_BYTES, from + 1);
	while (to < text.n && ((unsigned char)text.p[to] & 0xc0) == 0x80)
		to++;
	if (from)
		part_add(mem, out, STR("… "), 0, sizeof "… " - 1, false);
	at = from;
	for (size_t i = n ? first : 0; i < n && m[i].to <= to; i++) {
		if (m[i].from < at)
			continue;
		part_add(mem, out, text, at, m[i].from, false);
		part_add(mem, out, text, m[i].from, m[i].to, true);
		at = m[i].to;
	}
	part_add(mem, out, text, at, to, false);
	if (to < text.n)
		part_add(mem, out, STR("…"), 0, sizeof "…" - 1, false);
}

struct str
snippet_text(void *mem, const struct snippet *s)
{
	struct buf b;

	buf_init(&b, mem, 1 << 16);
	for (size_t i = 0; i < s->n; i++)
		buf_str(&b, s->v[i].text);
	return buf_get(&b);
}
