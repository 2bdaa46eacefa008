/*
 * Snippets. The text is read word by word; only a word that begins like a stem
 * that is looked for is cut to its own stems. A stem's last two letters may not
 * be the word's ("possibly", "possibl"; "libraries", "librari").
 */
#include "answers/snippet.h"

#include "base/mem.h"

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

/* A word of the text, its stems made when they are needed. */
struct read {
	const struct word *word;
	struct word stem[STEMS_MOST];
	size_t n;
};

static bool
is_meant(const struct meant *m, struct read *r)
{
	for (size_t k = 0; k < m->n; k++) {
		if (!begins_alike(r->word, &m->stem[k]))
			continue;
		if (!r->n)
			r->n = terms_stems(r->word, r->stem);
		for (size_t j = 0; j < r->n; j++)
			if (str_eq(word_str(&r->stem[j]),
				word_str(&m->stem[k])))
				return true;
	}
	return m->head && (is_meant(m->head, r) || is_meant(m->tail, r));
}

/* Which of the words asked for this one is; asked->n if none. */
static size_t
asked_which(const struct asked *asked, const struct word *w)
{
	struct read r = {.word = w};
	size_t i = 0;

	while (i < asked->n && !is_meant(&asked->v[i], &r))
		i++;
	return i;
}

/* The letters that the stems asked for begin with. */
struct letters {
	bool has[256];
};

static void
letters_add(struct letters *l, const struct meant *m)
{
	for (size_t k = 0; k < m->n; k++)
		l->has[(unsigned char)m->stem[k].p[0]] = true;
	if (m->head) {
		letters_add(l, m->head);
		letters_add(l, m->tail);
	}
}

static struct letters
first_letters(const struct asked *asked)
{
	struct letters l = {0};

	for (size_t i = 0; i < asked->n; i++)
		letters_add(&l, &asked->v[i]);
	return l;
}

/* How many different words stand within a snippet that the last match ends. */
static size_t
together(const struct match *m, size_t n)
{
	unsigned seen = 0;

	for (size_t i = n; i > 0 && m[n - 1].to < m[i - 1].from +
	     SNIPPET_BYTES - BEFORE_BYTES; i--)
		seen |= 1u << m[i - 1].asked;
	return (size_t)__builtin_popcount(seen);
}

/* There is no better place: what is read ends where the snippet may. */
static bool
end_near(struct terms *t, size_t at)
{
	size_t left = at + SNIPPET_BYTES;

	left -= (size_t)(t->rest.p - t->all.p);
	if (left < t->rest.n) {
		while (((unsigned char)t->rest.p[left] & 0xc0) == 0x80)
			left++;
		t->rest.n = left;
	}
	return true;
}

static size_t
matches_find(void *mem, struct str text, const struct asked *asked,
    struct match *out)
{
	const struct letters first = first_letters(asked);
	struct terms t;
	struct term term;
	bool near_end = false;
	size_t n = 0;

	terms_begin(&t, mem, text);
	t.first = first.has;
	while (n < MATCHES_MOST && terms_next(&t, &term)) {
		size_t i = asked_which(asked, &term.word);

		if (i == asked->n || (n && out[n - 1].to >= term.to))
			continue;
		out[n++] = (struct match){term.from, term.to, (unsigned)i};
		if (together(out, n) == asked->n && !near_end)
			near_end = end_near(&t, term.to);
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

static bool
is_blank(char c)
{
	return c == ' ' || c == '\n' || c == '\t';
}

/* Where a word begins, at `at` or before it, but not before `least`. */
static size_t
word_start(struct str s, size_t at, size_t least)
{
	while (at > least && !is_blank(s.p[at - 1]))
		at--;
	return at;
}

/* A piece of the text, with single blanks. */
static void
part_add(void *mem, struct snippet *out, struct str s, size_t from, size_t to,
    bool match)
{
	char *p;
	size_t n = 0;

	if (from >= to || out->n == SNIPPET_PARTS)
		return;
	p = mem_sure(talloc_size(mem, to - from + 1));
	for (; from < to; from++) {
		char c = is_blank(s.p[from]) ? ' ' : s.p[from];

		if (c != ' ' || !n || p[n - 1] != ' ')
			p[n++] = c;
	}
	p[n] = '\0';
	out->v[out->n++] = (struct snippet_part){{p, n}, match};
}

void
snippet_make(void *mem, struct str text, const struct asked *asked,
    struct snippet *out)
{
	struct match m[MATCHES_MOST];
	size_t n, first, from = 0, to, at;

	for (; text.n && is_blank(*text.p); text.n--)
		text.p++;
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
