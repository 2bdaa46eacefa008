/* A search over a text, both of any bytes, the search up to the first line's
 * end: what is shown is text, in parts that stand in the text, and the gap it
 * would leave is letters and digits. */
#include "answers/snippet.h"
#include "base/mem.h"
#include "base/text.h"
#include "fuzz.h"

static void
asked_make(void *mem, struct str typed, struct asked *out)
{
	struct terms t;
	struct term term;

	terms_begin(&t, mem, typed);
	while (out->n < WORDS_MOST && terms_next(&t, &term)) {
		struct meant *m = &out->v[out->n++];

		m->typed = term.word;
		m->n = m->own = terms_stems(&term.word, m->stem);
		PROMISE(meant_has(m, word_str(&m->stem[0])) == NEAR_OWN);
	}
}

static void
snippet_check(const struct snippet *s)
{
	PROMISE(s->n <= SNIPPET_PARTS);
	for (size_t i = 0; i < s->n; i++)
		PROMISE(s->v[i].text.n && text_valid(s->v[i].text));
}

static void
stems_check(struct str stems)
{
	PROMISE(stems.n <= 201 && text_valid(stems));
	for (size_t i = 0; i < stems.n; i++)
		PROMISE(!strchr("\"'&|!():*\\", stems.p[i]));
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	void *mem = talloc_new(NULL);
	const uint8_t *end = size ? memchr(data, '\n', size) : NULL;
	size_t typed = end ? (size_t)(end - data) : size;
	struct asked *asked = mem_new(mem, struct asked);
	struct snippet *shown = mem_new(mem, struct snippet);
	struct str query = text_repair(mem,
	    (struct str){(const char *)data, typed});
	struct str text = text_repair(mem,
	    (struct str){(const char *)data + typed, size - typed});

	asked_make(mem, query, asked);
	snippet_make(mem, text, asked, shown);
	snippet_check(shown);
	stems_check(answers_stems(mem, query));
	talloc_free(mem);
	return 0;
}
