/*
 * A text as the confidentiality screen reads it: its words with what stands
 * between them, and the names of those who work here found among them. A
 * surname may be an ordinary word, or the customer's own: so a bare one counts
 * only where it is written and stands as a name, and one that a person of the
 * customer bears only together with the first name.
 */
#include "base/mem.h"
#include "base/text.h"
#include "instruction/screen_rules.h"

enum { ABBREVIATION_MAX = 2, TITLES_MAX = 3, NAME_WORDS_MAX = 8 };

/* ---- Words --------------------------------------------------------------- */

static bool
is_number(struct str key)
{
	for (size_t i = 0; i < key.n; i++)
		if (key.p[i] < '0' || key.p[i] > '9')
			return false;
	return key.n > 0;
}

/* Whether the word begins with a capital (ASCII, or of the letters from U+00C0
 * to U+00DE). */
static bool
is_capital(struct str word)
{
	unsigned char first = (unsigned char)word.p[0];

	if (first < 0x80)
		return first >= 'A' && first <= 'Z';
	return first == 0xc3 && word.n > 1 && (unsigned char)word.p[1] < 0x9f;
}

/* What stands between two words, as a mark; `last` is the word before. A dot
 * behind an abbreviation, a title or a number ends no sentence. */
static char
mark_between(const struct screen_token *last, struct str gap)
{
	bool abbreviation = last->classes & (1u << SCREEN_TITLE) ||
	    last->key.n <= ABBREVIATION_MAX || last->number;
	char mark = ' ';
	int lines = 0;

	for (size_t i = 0; i < gap.n; i++) {
		lines += gap.p[i] == '\n';
		if (lines > 1 || strchr("!?;", gap.p[i]) ||
		    (gap.p[i] == '.' && !abbreviation))
			return '|';
		if (strchr(",:()\n", gap.p[i]))
			mark = ',';
	}
	if (gap.n > 2 && (str_find(gap, STR(" - ")) >= 0 ||
		str_find(gap, STR("\u2013")) >= 0 ||
		str_find(gap, STR("\u2014")) >= 0))
		mark = ',';
	return mark;
}

struct screen_tokens
screen_tokens(const struct screen_rules *rules, void *mem, struct str text)
{
	struct screen_tokens t = {
	    .v = mem_array(mem, struct screen_token, text.n / 2 + 1)};
	struct str rest = text, word;

	while (text_word(&rest, &word)) {
		size_t from = (size_t)(word.p - text.p);
		struct screen_token *k = &t.v[t.n];

		*k = (struct screen_token){.from = from, .n = word.n,
		    .key = text_key(mem, word), .capital = is_capital(word),
		    .before = '|'};
		if (str_empty(k->key))
			continue;
		k->number = is_number(k->key);
		k->classes = words_classes(rules->words, k->key);
		if (t.n) {
			size_t end = k[-1].from + k[-1].n;
			struct str gap = {text.p + end, from - end};

			k->before = mark_between(&k[-1], gap);
			k[-1].joined = str_is(gap, "-");
		}
		t.n++;
	}
	return t;
}

/* ---- Names --------------------------------------------------------------- */

struct name {
	struct str word[NAME_WORDS_MAX];
	size_t n;
};

struct screen_names {
	struct name *staff, *person;
	size_t staff_n, person_n;
};

static struct name *
names_read(void *mem, const struct screen_texts *list)
{
	struct name *all = mem_array(mem, struct name, list->n + 1);

	for (size_t i = 0; i < list->n; i++) {
		struct str key = text_key(mem, list->v[i]), word;

		while (all[i].n < NAME_WORDS_MAX && str_take(&key, ' ', &word))
			all[i].word[all[i].n++] = word;
	}
	return all;
}

struct screen_names *
screen_names(void *mem, const struct screen_case *sc)
{
	struct screen_names *names = mem_new(mem, struct screen_names);

	names->staff = names_read(mem, &sc->names);
	names->staff_n = sc->names.n;
	names->person = names_read(mem, &sc->persons);
	names->person_n = sc->persons.n;
	return names;
}

/* Whether one of the customer's persons has the word in the name. */
static bool
is_persons(const struct screen_names *names, struct str word)
{
	for (size_t i = 0; i < names->person_n; i++)
		for (size_t j = 0; j < names->person[i].n; j++)
			if (str_eq(names->person[i].word[j], word))
				return true;
	return false;
}

/* The word itself, or with the s of the genitive. */
static bool
is_word(const struct screen_token *k, struct str word)
{
	return str_starts(k->key, word) &&
	    (k->key.n == word.n ||
		(k->key.n == word.n + 1 && k->key.p[word.n] == 's'));
}

/* How many words from `at` on are those of the name from its word `from` on;
 * 0 if they are not all there. */
static size_t
words_match(const struct screen_tokens *t, size_t at, const struct name *name,
    size_t from)
{
	for (size_t i = from; i < name->n; i++, at++)
		if (at >= t->n || !is_word(&t->v[at], name->word[i]) ||
		    (i > from && t->v[at].before == '|'))
			return 0;
	return t->v[at - 1].joined ? 0 : name->n - from;
}

/* A bare word stands as a name: written so, with no article before it, and not
 * as part of somebody else's name. */
static bool
stands_as_name(const struct screen_tokens *t, size_t at, bool first_name)
{
	const struct screen_token *k = &t->v[at];
	const struct screen_token *last = at ? &k[-1] : NULL;

	if (!k->capital || k->joined || (last && last->joined))
		return false;
	if (first_name && at + 1 < t->n && k[1].capital && k[1].before == ' ')
		return false;
	if (!last || k->before != ' ')
		return true;
	if (last->classes & (1u << SCREEN_ARTICLE))
		return false;
	return !last->capital || last->before == '|';
}

static size_t
name_at(const struct screen_names *names, const struct name *name,
    const struct screen_tokens *t, size_t at, bool titled)
{
	struct str surname = name->word[name->n - 1];
	size_t n = words_match(t, at, name, 0);

	if (n > 1 || (n && titled))
		return n;
	if (name->n < 2)
		return n && stands_as_name(t, at, false) ? n : 0;
	if (!is_persons(names, surname)) {
		for (size_t i = 1; titled && i < name->n; i++)
			if ((n = words_match(t, at, name, i)))
				return n;
		if (is_word(&t->v[at], surname) &&
		    stands_as_name(t, at, false))
			return 1;
	}
	return is_word(&t->v[at], name->word[0]) &&
		!is_persons(names, name->word[0]) &&
		stands_as_name(t, at, true);
}

size_t
screen_name_at(const struct screen_names *names,
    const struct screen_tokens *t, size_t at)
{
	size_t titles = 0;

	while (titles < TITLES_MAX && at + titles < t->n &&
	       t->v[at + titles].classes & (1u << SCREEN_TITLE))
		titles++;
	if (at + titles >= t->n)
		return 0;
	for (size_t i = 0; i < names->staff_n; i++) {
		const struct name *name = &names->staff[i];
		size_t n = name->n ? name_at(names, name, t, at + titles,
				         titles > 0)
				   : 0;

		if (n)
			return titles + n;
	}
	return 0;
}
