/*
 * Searching for an answer while the caller is on the line. A search is run and
 * kept: what was shown, and what was taken. Words that are typed on are one
 * search; words that are cut are being retyped and are not kept again.
 */
#include "desk/call.h"

#include "base/text.h"
#include "desk/call_state.h"
#include "desk/event.h"
#include "desk/house.h"
#include "store/queries.h"

enum { SEARCHES_MOST = 50 }; /* kept of one call; the last is written over */

/* Whether these words go on from those of the search that was kept last. */
static bool
goes_on(const struct q_search_row *last, struct str words)
{
	return !last->taken_id.has && str_starts(words, last->words);
}

static enum err
search_keep(struct desk *d, struct db_tx *tx, const struct call *c,
    struct str words, const struct answer_hits *hits)
{
	struct str shown = answer_ids(d->cx->mem, hits);
	bool over = c->searched && goes_on(&c->search, words);
	int64_t count;
	enum err e;

	if (!over && c->searched) {
		if ((e = q_search_count(tx->db, d->cx->mem, c->row.id,
			 &count)) != OK)
			return e;
		over = count >= SEARCHES_MOST;
	}
	if (over)
		return q_search_go_on(tx, c->search.id, d->cx->now_ms, words,
		    (int64_t)hits->found, shown);
	return q_search_add(tx, c->row.id, call_matter(c), d->actor.employee_id,
	    d->cx->now_ms, words, (int64_t)hits->found, shown);
}

/* Words that were kept already, or are only being deleted, are not kept, and
 * neither are the first letters. */
static bool
is_worth_keeping(const struct call *c, struct str words)
{
	return text_length(words) >= SEARCH_LEAST &&
	       !(c->searched && str_starts(c->search.words, words));
}

enum err
call_search_write(struct desk *d, struct db_tx *tx, const struct call *c,
    struct str words)
{
	struct answer_hits hits;
	enum err e;

	if (!is_worth_keeping(c, words))
		return OK;
	if ((e = answers_search(d->cx, tx->db, d->house->synonyms, words, false,
		 ANSWERS_SHOWN, &hits)) != OK)
		return e;
	return search_keep(d, tx, c, words, &hits);
}

enum err
call_search(struct desk *d, int64_t id, struct str words,
    struct answer_hits *out)
{
	struct call c;
	DB_TX tx = {0};
	enum err e;

	if ((e = answer_find(d, words, true, out)) != OK ||
	    (e = db_begin(d->db, &tx)) != OK ||
	    (e = call_load_own(d, tx.db, id, &c)) != OK ||
	    (e = call_text_write(d, &tx, &c, STR("search"), words)) != OK)
		return e;
	if (is_worth_keeping(&c, words) &&
	    (e = search_keep(d, &tx, &c, words, out)) != OK)
		return e;
	return db_commit(&tx);
}

/* The rank that a document was shown at, from 1; 0 if it was not. */
static int64_t
rank_of(struct str shown, int64_t document)
{
	struct str number;
	int64_t id;

	for (int64_t rank = 1; str_take(&shown, ' ', &number); rank++)
		if (str_to_i64(number, &id) && id == document)
			return rank;
	return 0;
}

enum err
call_take_write(struct desk *d, struct db_tx *tx, const struct call *c,
    int64_t document)
{
	struct q_answer_document doc;
	struct event ev;
	int64_t rank;
	enum err e;

	if (!c->searched)
		return fail(d->cx, ERR_EVIDENCE, "search",
		    N_("Search for the answer first."));
	e = q_answer_document(tx->db, d->cx->mem, document, &doc);
	if (e == ERR_NOT_FOUND || (e == OK && !doc.place.has))
		return fail(d->cx, ERR_CONFLICT, "",
		    N_("This answer is not offered any more."));
	if (e != OK)
		return e;
	rank = rank_of(c->search.shown, document);
	event_begin(d, &ev);
	event_text(&ev, "words", c->search.words);
	event_int(&ev, "document", document);
	event_int(&ev, "rank", rank);
	if ((e = q_search_take(tx, c->search.id, opt(document), rank)) != OK)
		return e;
	return event_add(d, tx, &ev, "call.answer_taken", c->row.id);
}
