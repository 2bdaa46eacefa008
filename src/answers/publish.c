/*
 * A page's texts within the index's limits, cut where a character ends.
 */
#include "answers/publish.h"

#include "answers/index.h"
#include "base/text.h"

/* At most `most` bytes, whole characters. */
static struct str
within(void *mem, struct str s, size_t most)
{
	if (s.n <= most)
		return s;
	while (most && ((unsigned char)s.p[most] & 0xc0) == 0x80)
		most--;
	return str_copy(mem, s.p, most);
}

static enum err
document_put(struct index_batch *b, const struct crawl_page *p)
{
	void *mem = index_memory(b);
	const struct answer_document doc = {.kind = ANSWER_PAGE,
	    .source_id = p->id,
	    .title = text_excerpt(mem, p->title, ANSWER_TITLE_MOST),
	    .url = within(mem, p->url, ANSWER_URL_MOST),
	    .clicks = within(mem, p->clicks, ANSWER_CLICKS_MOST),
	    .headings = within(mem, p->headings, ANSWER_HEADINGS_MOST),
	    .body = within(mem, p->text, ANSWER_BODY_MOST),
	    .worth = p->worth};
	int64_t id;

	return index_batch_put(b, &doc, &id);
}

/* It stays as it is, but for its place. */
static enum err
document_place(struct index_batch *b, int64_t id, struct str clicks, int worth)
{
	struct str c = within(index_memory(b), clicks, ANSWER_CLICKS_MOST);

	return index_batch_place(b, ANSWER_PAGE, id, c, worth);
}

static enum err
document_drop(struct index_batch *b, int64_t id)
{
	return index_batch_drop(b, ANSWER_PAGE, id);
}

const struct crawl_sink publish_sink = {index_begin, document_put,
    document_place, document_drop, index_end};
