/*
 * Documents that are laid again though nobody changed them: they served, they
 * were taught, another version of the tokenizer made them. And the joining of
 * the full-text index's parts.
 */
#include "answers/index.h"

#include "answers/parts.h"
#include "answers/search.h"
#include "base/mem.h"
#include "base/text.h"
#include "store/queries.h"

enum {
	RENEW_DOCUMENTS = 16,   /* in one transaction */
	JOIN_PAGES = 200,       /* of the full-text index, likewise */
};

/* A document that is offered, by its id. */
static enum err
document_get(struct db *db, void *mem, int64_t id,
    struct q_answer_document *row, struct answer_document *out)
{
	enum err e = q_answer_document(db, mem, id, row);

	if (e == OK)
		*out = (struct answer_document){(enum answer_kind)row->kind,
		    row->source_id, row->title, row->url, row->clicks,
		    row->headings, row->body, (int)row->worth, row->said};
	return e;
}

enum err
index_served(struct cx *cx, struct db_tx *tx, int64_t id)
{
	struct index_batch *b = index_begin(cx, tx);
	struct q_answer_document row;
	struct answer_document doc;
	enum err e;

	if ((e = document_get(tx->db, cx->mem, id, &row, &doc)) != OK ||
	    (e = q_answer_document_served(tx, id)) != OK || !row.place.has ||
	    index_worth(doc.worth, row.served) ==
		index_worth(doc.worth, row.served + 1))
		return e;
	if ((e = document_lift(b, &doc, row.place.v, row.made)) != OK ||
	    (e = document_lay(b, id, &doc, row.served + 1)) != OK)
		return e;
	return index_end(b);
}

/* What it was taught, these words first, or without them. */
static struct str
said_with(void *mem, struct str said, struct str words, bool says)
{
	struct str line, stems;
	struct buf b;
	size_t n = says;

	words = text_head(text_line(mem, words), ANSWER_SAID_BYTES);
	stems = answers_stems(mem, words);
	buf_init(&b, mem, ANSWER_SAID_MOST * (ANSWER_SAID_BYTES + 1));
	if (says)
		buf_str(&b, words);
	while (n < ANSWER_SAID_MOST && str_take(&said, '\n', &line)) {
		if (str_eq(answers_stems(mem, line), stems))
			continue;
		buf_printf(&b, "%s%.*s", b.n ? "\n" : "", STR_FMT(line));
		n++;
	}
	return buf_get(&b);
}

enum err
index_teach(struct cx *cx, struct db_tx *tx, int64_t id, struct str words,
    bool says)
{
	struct index_batch *b = index_begin(cx, tx);
	struct q_answer_document row;
	struct answer_document doc;
	struct str said;
	enum err e;

	if ((e = document_get(tx->db, cx->mem, id, &row, &doc)) != OK ||
	    !row.place.has)
		return e;
	said = said_with(cx->mem, doc.said, words, says);
	if (str_eq(said, doc.said) || str_empty(answers_stems(cx->mem, words)))
		return OK;
	if ((e = document_lift(b, &doc, row.place.v, row.made)) != OK)
		return e;
	doc.said = said;
	if ((e = q_answer_document_teach(tx, id, said)) != OK ||
	    (e = document_lay(b, id, &doc, row.served)) != OK)
		return e;
	return index_end(b);
}

/* The vocabulary begins anew, and what was laid meanwhile is not in it. */
static enum err
vocabulary_begin(struct db *db)
{
	DB_TX tx = {0};
	enum err e;

	if ((e = db_begin(db, &tx)) != OK ||
	    (e = q_answer_words_clear(&tx)) != OK ||
	    (e = q_answer_documents_age(&tx, TERMS_VERSION)) != OK ||
	    (e = q_answer_index_save(&tx, TERMS_VERSION)) != OK)
		return e;
	return db_commit(&tx);
}

static enum err
document_renew(struct cx *cx, struct index_batch *b, struct db *db, int64_t id)
{
	struct q_answer_document row;
	struct answer_document doc;
	enum err e = document_get(db, cx->mem, id, &row, &doc);

	if (e != OK || !row.place.has || row.made == TERMS_VERSION ||
	    (e = document_lift(b, &doc, row.place.v, row.made)) != OK)
		return e;
	return document_lay(b, id, &doc, row.served);
}

static enum err
documents_renew(struct cx *cx, struct db *db,
    const struct q_answer_documents_old_rows *rows)
{
	struct index_batch *b;
	DB_TX tx = {0};
	enum err e = db_begin(db, &tx);

	b = index_begin(cx, &tx);
	for (size_t i = 0; e == OK && i < rows->n; i++)
		e = document_renew(cx, b, db, rows->v[i].id);
	if (e != OK || (e = index_end(b)) != OK)
		return e;
	return db_commit(&tx);
}

enum err
index_renew(struct cx *cx, struct db *db, bool *more)
{
	struct q_answer_documents_old_rows rows;
	int64_t version;
	enum err e = q_answer_index(db, cx->mem, &version);

	*more = e == OK && version != TERMS_VERSION;
	if (*more)
		return vocabulary_begin(db);
	if (e != OK || (e = q_answer_documents_old(db, cx->mem, TERMS_VERSION,
		 RENEW_DOCUMENTS, &rows)) != OK)
		return e;
	*more = rows.n > 0;
	return *more ? documents_renew(cx, db, &rows) : OK;
}

enum err
index_join(struct cx *cx, struct db *db, bool *more)
{
	int64_t parts;
	DB_TX tx = {0};
	enum err e = q_answer_find_parts(db, cx->mem, &parts);

	*more = e == OK && parts > 1;
	if (!*more || (e = db_begin(db, &tx)) != OK ||
	    (e = q_answer_find_merge(&tx, JOIN_PAGES)) != OK)
		return e;
	return db_commit(&tx);
}
