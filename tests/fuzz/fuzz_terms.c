/* Any text through the tokenizer: words stand where they are said to, stems
 * are there and short, and folding a folded word changes nothing. */
#include "answers/terms.h"
#include "base/text.h"
#include "fuzz.h"

static void
word_holds(void *mem, const struct term *term, struct str text)
{
	struct word stem[STEMS_MOST];
	size_t n = terms_stems(&term->word, stem);

	PROMISE(term->word.n >= 1 && term->word.n <= TERM_BYTES);
	PROMISE(strlen(term->word.p) == term->word.n);
	PROMISE(term->from < term->to && term->to <= text.n);
	PROMISE(text_valid(word_str(&term->word)));
	PROMISE(n >= 1 && n <= STEMS_MOST);
	for (size_t i = 0; i < n; i++)
		PROMISE(stem[i].n >= 1 && text_valid(word_str(&stem[i])) &&
		    !memchr(stem[i].p, ' ', stem[i].n) &&
		    !memchr(stem[i].p, '"', stem[i].n));
	PROMISE(terms_distance(&term->word, &stem[0], TERM_BYTES) <=
	    TERM_BYTES);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	void *mem = talloc_new(NULL);
	struct str text = text_repair(mem,
	    str_copy(mem, (const char *)data, size));
	struct terms t;
	struct term term;
	size_t words = 0;

	terms_begin(&t, mem, text);
	while (terms_next(&t, &term)) {
		word_holds(mem, &term, text);
		PROMISE(++words <= 2 * text.n);
	}
	talloc_free(mem);
	return 0;
}
