/*
 * Loads the wording rules (instructions/wording.yaml): marks and phrases are
 * compiled, words go into one list with classes, every reason needs its text in
 * both languages. How a text is judged with them is in wording.c.
 */
#include "base/mem.h"
#include "instruction/read.h"
#include "instruction/wording_rules.h"

enum { WORDING_VERSION = 1 };

#define X(id, name) [id] = (name),
static const char *const word_classes[] = {WORD_LIST(X)};
static const char *const reasons[] = {WORDING_REASON_LIST(X)};
#undef X
#define X(id, name, word) [id] = (name),
static const char *const marks[] = {MARK_LIST(X)};
static const char *const phrases[] = {PHRASE_LIST(X)};
#undef X

const char *
wording_reason_name(enum wording_reason reason)
{
	return reasons[reason];
}

/* Complains about keys of a map that are none of the names. */
static void
keys_check(struct reader *r, const struct yaml *y, const char *const *names,
    int n)
{
	for (size_t i = 0; i < y->n; i++) {
		int j = 0;

		while (j < n && !str_is(y->key[i]->text, names[j]))
			j++;
		if (j == n)
			complain(r->c, y->key[i], "unknown key \"%.*s\"",
			    STR_FMT(y->key[i]->text));
	}
}

static const struct yaml *
section(struct reader *r, const struct yaml *root, const char *key,
    const char *const *names, int n)
{
	const struct yaml *y = yaml_get(root, key);

	if (!y || y->kind != YAML_MAP) {
		complain(r->c, y ? y : root, "%s must be a map", key);
		return NULL;
	}
	keys_check(r, y, names, n);
	return y;
}

/* One item may hold several words with white space between them. */
static void
read_item_words(struct reader *r, struct wording_rules *w,
    const struct yaml *item, unsigned bits)
{
	struct str left = item->text;

	while (left.n) {
		size_t n = strcspn(left.p, " \t\n");
		struct str word = {left.p, n};

		if (n && !words_add(w->words, word, bits))
			complain(r->c, item, "\"%.*s\" is no single word",
			    STR_FMT(word));
		n += n < left.n;
		left = (struct str){left.p + n, left.n - n};
	}
}

static void
read_words(struct reader *r, const struct yaml *map, enum word class,
    struct wording_rules *w)
{
	const struct yaml *y = yaml_get(map, word_classes[class]);

	if (!y || y->kind != YAML_LIST) {
		complain(r->c, y ? y : map, "%s must be a list",
		    word_classes[class]);
		return;
	}
	for (size_t i = 0; i < y->n; i++)
		if (y->item[i]->kind == YAML_SCALAR)
			read_item_words(r, w, y->item[i], IS(class));
		else
			complain(r->c, y->item[i], "it must be a text");
}

/* Patterns for search keys, and how they begin. */
static void
read_phrases(struct reader *r, const struct yaml *map, const char *name,
    struct wording_rules *w, struct pattern_list *out)
{
	read_patterns(r, map, name, NULL, false, out);
	out->first = beginnings_count(w->beginnings);
	for (int i = 0; i < out->n; i++)
		beginnings_add(w->beginnings, out->pattern[i]);
}

static void
read_rules_file(struct reader *r, const struct yaml *root,
    struct wording_rules *w)
{
	const struct yaml *y;

	if (!read_map(r, root, "wording reasons marks phrases words examples"))
		return;
	read_int(r, root, "wording", WORDING_VERSION, WORDING_VERSION, -1);
	y = section(r, root, "reasons", reasons, WORDING_REASON__MAX);
	for (int i = 0; y && i < WORDING_REASON__MAX; i++)
		w->reason[i] = read_text2(r, y, reasons[i], true);
	y = section(r, root, "marks", marks, MARK__MAX);
	for (int i = 0; y && i < MARK__MAX; i++)
		read_patterns(r, y, marks[i], NULL, true, &w->mark[i]);
	y = section(r, root, "phrases", phrases, PHRASE__MAX);
	for (int i = 0; y && i < PHRASE__MAX; i++)
		read_phrases(r, y, phrases[i], w, &w->phrase[i]);
	y = section(r, root, "words", word_classes, WORD__MAX);
	for (int i = 0; y && i < WORD__MAX; i++)
		read_words(r, y, (enum word)i, w);
}

enum err
wording_load(void *mem, struct str source, struct complaints *c,
    struct wording_rules **out)
{
	struct wording_rules *w = mem_new(mem, struct wording_rules);
	void *scratch = mem_sure(talloc_new(mem));
	struct reader r = {.mem = w, .scratch = scratch, .c = c};
	struct yaml *root = NULL;
	size_t before = c->n;
	enum err e = yaml_parse(scratch, source, c, &root);

	w->beginnings = beginnings_new(w);
	w->learned = learned_new(w);
	w->words = words_new(w);
	for (int i = 0; i < WORD__MAX; i++)
		words_add(w->words, str_printf(scratch, "zz%s", word_classes[i]),
		    IS(i));
	if (e == OK)
		read_rules_file(&r, root, w);
	beginnings_sort(w->beginnings);
	if (e == OK && c->n == before)
		examples_learn(&r, root, w);
	if (e == OK && c->n > before)
		e = ERR_INVALID;
	talloc_free(scratch);
	if (e == OK)
		*out = w;
	else
		talloc_free(w);
	return e;
}
