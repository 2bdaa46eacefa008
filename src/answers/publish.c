/*
 * A page's texts within the index's limits, cut where a character ends.
 */
#include "answers/publish.h"

#include "answers/index.h"
#include "base/text.h"
#include "store/queries.h"

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
document_put(struct cx *cx, struct db_tx *tx, const struct crawl_page *p)
{
	const struct answer_document doc = {.kind = ANSWER_PAGE,
	    .source_id = p->id,
	    .title = text_excerpt(cx->mem, p->title, ANSWER_TITLE_MOST),
	    .url = within(cx->mem, p->url, ANSWER_URL_MOST),
	    .clicks = within(cx->mem, p->clicks, ANSWER_CLICKS_MOST),
	    .headings = within(cx->mem, p->headings, ANSWER_HEADINGS_MOST),
	    .body = within(cx->mem, p->text, ANSWER_BODY_MOST),
	    .worth = p->worth};
	int64_t id;

	return index_put(cx, tx, &doc, &id);
}

/* Puts what the index has of it again, at its new place. */
static enum err
document_place(struct cx *cx, struct db_tx *tx, int64_t id, struct str clicks,
    int worth)
{
	struct q_crawl_document d;
	enum err e =
	    q_crawl_document(tx->db, cx->mem, ANSWER_PAGE, id, &d);
	struct crawl_page page;

	if (e != OK)
		return e == ERR_NOT_FOUND ? OK : e;
	page = (struct crawl_page){.id = id, .url = d.url, .title = d.title,
	    .clicks = clicks, .headings = d.headings, .text = d.body,
	    .worth = worth};
	return document_put(cx, tx, &page);
}

static enum err
document_drop(struct cx *cx, struct db_tx *tx, int64_t id)
{
	return index_drop(cx, tx, ANSWER_PAGE, id);
}

const struct crawl_sink publish_sink = {document_put, document_place,
    document_drop};
