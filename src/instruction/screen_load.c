/*
 * Loads the rules of the confidentiality screen (instructions/
 * confidential.yaml). How a text is screened with them is in screen.c.
 */
#include "base/mem.h"
#include "instruction/read.h"
#include "instruction/screen_rules.h"

enum { CONFIDENTIAL_VERSION = 1, WORDS_MAX = 100 };

#define X(id, name) [id] = (name),
static const char *const kinds[] = {SCREEN_LIST(X)};
static const char *const classes[] = {SCREEN_WORD_LIST(X)};
#undef X

const char *
screen_kind_name(enum screen_kind kind)
{
	return kinds[kind];
}

const struct text2 *
screen_reason(const struct screen_rules *rules, enum screen_kind kind)
{
	return &rules->reason[kind];
}

static void
read_reasons(struct reader *r, const struct yaml *root, struct screen_rules *s)
{
	const struct yaml *y = yaml_get(root, "reasons");

	if (!y || !read_map(r, y, "absence number note")) {
		complain(r->c, y ? y : root, "reasons must be a map");
		return;
	}
	for (int i = 0; i < SCREEN__MAX; i++)
		s->reason[i] = read_text2(r, y, kinds[i], true);
}

static void
read_class(struct reader *r, const struct yaml *map, enum screen_word class,
    struct words *words)
{
	const struct yaml *y = yaml_get(map, classes[class]);
	int n = read_list(r, map, y, classes[class], WORDS_MAX);

	for (int i = 0; i < n; i++)
		if (!words_add(words, y->item[i]->text, 1u << class))
			complain(r->c, y->item[i], "it must be a single word");
}

static void
read_rules_file(struct reader *r, const struct yaml *root,
    struct screen_rules *s)
{
	const struct yaml *words = yaml_get(root, "words");
	const struct yaml *parts = yaml_get(root, "parts");

	if (!read_map(r, root,
		"confidential reasons words parts harmless telling"))
		return;
	read_int(r, root, "confidential", CONFIDENTIAL_VERSION,
	    CONFIDENTIAL_VERSION, -1);
	read_reasons(r, root, s);
	if (!words || !read_map(r, words, "title particle article"))
		complain(r->c, words ? words : root, "words must be a map");
	else
		for (int i = 0; i < SCREEN_WORD__MAX; i++)
			read_class(r, words, (enum screen_word)i, s->words);
	if (!parts || parts->kind != YAML_MAP) {
		complain(r->c, parts ? parts : root, "parts must be a map");
		return;
	}
	read_patterns(r, root, "harmless", parts, false, &s->harmless);
	read_patterns(r, root, "telling", parts, false, &s->telling);
}

enum err
screen_load(void *mem, struct str source, struct complaints *c,
    struct screen_rules **out)
{
	struct screen_rules *s = mem_new(mem, struct screen_rules);
	void *scratch = mem_sure(talloc_new(mem));
	struct reader r = {.mem = s, .scratch = scratch, .c = c};
	struct yaml *root = NULL;
	size_t before = c->n;
	enum err e = yaml_parse(scratch, source, c, &root);

	s->words = words_new(s);
	if (e == OK)
		read_rules_file(&r, root, s);
	if (e == OK && c->n > before)
		e = ERR_INVALID;
	talloc_free(scratch);
	if (e == OK)
		*out = s;
	else
		talloc_free(s);
	return e;
}
