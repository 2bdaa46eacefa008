/* Any bytes as a file of words that say the same, which every word of the file
 * is then looked up in. */
#include "answers/parts.h"
#include "base/mem.h"
#include "base/text.h"
#include "fuzz.h"

static void
word_is_whole(const struct word *w)
{
	PROMISE(w->n && w->n <= TERM_BYTES && strlen(w->p) == w->n);
	PROMISE(text_valid(word_str(w)));
}

static void
kin_is_whole(const struct kin *kin, const struct word *w)
{
	struct word stem[STEMS_MOST], other[KIN_WORDS];
	size_t n = kin_of(kin, stem, terms_stems(w, stem), other);

	PROMISE(n <= KIN_WORDS);
	for (size_t i = 0; i < n; i++)
		word_is_whole(&other[i]);
}

static void
sayings_are_whole(const struct kin *kin, const struct word *typed, size_t n)
{
	const struct kin_group *g;
	uint32_t which;
	size_t at = 0;

	while ((g = kin_said(kin, &at, typed, n, &which))) {
		PROMISE(g->n && g->n <= KIN_GROUP_MOST);
		PROMISE(which && !(which >> n));
		for (size_t i = 0; i < g->n; i++)
			word_is_whole(&g->v[i]);
	}
}

static void
file_is_looked_up(const struct kin *kin, void *mem, struct str source)
{
	struct word typed[SAID_MOST];
	struct terms t;
	struct term term;
	size_t n = 0;

	terms_begin(&t, mem, text_repair(mem, source));
	while (terms_next(&t, &term)) {
		kin_is_whole(kin, &term.word);
		terms_stem(&term.word, &typed[n++ % SAID_MOST]);
	}
	sayings_are_whole(kin, typed, n < SAID_MOST ? n : SAID_MOST);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct complaints *c = talloc(NULL, struct complaints);
	struct str source = str_copy(c, (const char *)data, size);
	struct kin *kin = NULL;

	complaints_init(c, c, "fuzz");
	if (kin_load(c, source, c, &kin) == OK)
		file_is_looked_up(kin, c, source);
	else
		PROMISE(c->n > 0 && !kin);
	talloc_free(c);
	return 0;
}
