/*
 * The index's vocabulary: every word of every document that is offered, with
 * the number of documents that have it. A batch is written in one statement, in
 * the order of the words, so that neighbours share their pages of the B-tree.
 */
#include <stdlib.h>

#include "answers/parts.h"
#include "base/mem.h"
#include "store/queries.h"

struct str
word_tail(void *mem, const struct word *w)
{
	enum { TAIL_LEAST = 4 };
	struct word stem;
	struct buf b;
	struct str word = word_str(w);
	size_t end;

	terms_stem(w, &stem);
	if (stem.n >= TAIL_LEAST && !strstr(stem.p, MARK))
		word = word_str(&stem);
	end = word.n;
	buf_init(&b, mem, word.n + 1);
	while (end) {
		size_t from = end - 1;

		while (from && ((unsigned char)word.p[from] & 0xc0) == 0x80)
			from--;
		buf_put(&b, word.p + from, end - from);
		end = from;
	}
	return buf_get(&b);
}

struct str
words_json(void *mem, const struct word *v, size_t n)
{
	struct buf b;

	/* letters and digits alone: nothing needs escaping */
	buf_init(&b, mem, SIZE_MAX);
	buf_char(&b, '[');
	for (size_t i = 0; i < n; i++) {
		buf_puts(&b, i ? ",\"" : "\"");
		buf_str(&b, word_str(&v[i]));
		buf_char(&b, '"');
	}
	buf_char(&b, ']');
	return buf_get(&b);
}

/* Puts the words from `from` on that are equal into the JSON, unless they were
 * gained as often as lost; returns where the next ones begin. */
static size_t
change_put(void *mem, const struct bag *words, size_t from, struct buf *json,
    bool *any_lost)
{
	const struct word *w = &words->v[from];
	struct str reversed;
	size_t end = from;
	int change = 0;

	for (; end < words->n && strcmp(words->v[end].p, w->p) == 0; end++)
		change += words->v[end].lost ? -1 : 1;
	if (change == 0)
		return end;
	*any_lost |= change < 0;
	reversed = word_tail(mem, w);
	buf_printf(json, "%s[\"%s\",\"%.*s\",%d]", json->n > 1 ? "," : "", w->p,
	    STR_FMT(reversed), change);
	return end;
}

enum err
vocabulary_change(struct cx *cx, struct db_tx *tx, struct bag *words)
{
	bool any_lost = false;
	struct buf json;
	struct str text;
	enum err e;

	bag_sort(words);
	buf_init(&json, cx->mem, SIZE_MAX);
	buf_char(&json, '[');
	for (size_t i = 0; i < words->n;)
		i = change_put(cx->mem, words, i, &json, &any_lost);
	if (json.n == 1)
		return OK;
	buf_char(&json, ']');
	text = buf_get(&json);
	if ((e = q_answer_words_change(tx, text)) != OK || !any_lost)
		return e;
	return q_answer_words_gone(tx, text);
}
