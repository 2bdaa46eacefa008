/*
 * Pages as documents of the index.
 */
#include "answers/publish.h"

#include "answers/index.h"
#include "base/text.h"

static enum err
document_put(struct index_batch *b, const struct crawl_page *p)
{
	const struct answer_document doc = {.kind = ANSWER_PAGE,
	    .source_id = p->id,
	    .title = text_excerpt(index_memory(b), p->title, ANSWER_TITLE_MOST),
	    .url = p->url,
	    .clicks = p->clicks,
	    .headings = p->headings,
	    .body = p->text,
	    .worth = p->worth};
	int64_t id;

	return index_batch_put(b, &doc, &id);
}

/* It stays as it is, but for its place. */
static enum err
document_place(struct index_batch *b, int64_t id, struct str clicks, int worth)
{
	return index_batch_place(b, ANSWER_PAGE, id, clicks, worth);
}

static enum err
document_drop(struct index_batch *b, int64_t id)
{
	return index_batch_drop(b, ANSWER_PAGE, id);
}

const struct crawl_sink publish_sink = {index_begin, document_put,
    document_place, document_drop, index_end};
