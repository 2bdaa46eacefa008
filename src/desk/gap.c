/*
 * Gaps in what the company's website and its own answers say: counted where
 * tickets are written and matters end, read and closed here.
 */
#include "desk/gap.h"

#include "answers/index.h"
#include "answers/search.h"
#include "base/text.h"
#include "desk/event.h"
#include "desk/ticket.h"
#include "store/queries.h"

const char *
reason_kind_name(enum reason_kind k)
{
	switch (k) {
	case REASON_NONE:
		return "";
#define X(id, number, name)                                                    \
	case id:                                                               \
		return name;
		REASON_LIST(X)
#undef X
	}
	return "";
}

struct gap_case
gap_case(struct desk *d, struct str words)
{
	return (struct gap_case){.words = words,
	    .stems = str_empty(words) ? STR("")
				      : answers_stems(d->cx->mem, words),
	    .reason = STR("")};
}

enum err
gap_note(struct desk *d, struct db_tx *tx, const struct gap_case *c)
{
	if (str_empty(c->stems))
		return OK;
	return q_gap_add(tx, c->stems, opt_id(c->ticket_id), c->words, c->kind,
	    c->reason, d->cx->now_ms);
}

enum err
gap_list(struct desk *d, struct q_gap_open_rows *out)
{
	enum err e;

	if ((e = desk_needs(d, ROLE_AGENT)) != OK)
		return e;
	return q_gap_open(d->db, d->cx->mem, GAP_CASES_COUNTED, GAPS_SHOWN,
	    out);
}

static enum err
gap_read(struct desk *d, struct db *db, int64_t id, struct q_gap *out)
{
	enum err e = q_gap(db, d->cx->mem, id, out);

	if (e == ERR_NOT_FOUND)
		return fail(d->cx, e, "", N_("There is no such gap."));
	return e;
}

enum err
gap_get(struct desk *d, int64_t id, struct gap_full *out)
{
	enum err e;

	if ((e = desk_needs(d, ROLE_AGENT)) != OK ||
	    (e = gap_read(d, d->db, id, &out->gap)) != OK)
		return e;
	return q_gap_cases(d->db, d->cx->mem, out->gap.stems, GAP_CASES_SHOWN,
	    &out->cases);
}

/* What the tickets are told, in the house's words. */
static struct str
note_text(struct desk *d, const struct q_answer_document *doc)
{
	return str_printf(d->cx->mem, "%s %.*s%s%.*s",
	    tr(d->cx->lang, N_("This is answered now:")), STR_FMT(doc->title),
	    doc->url.n ? "\n" : "", STR_FMT(doc->url));
}

static enum err
tickets_tell(struct desk *d, struct db_tx *tx, struct str stems,
    struct str text)
{
	struct q_gap_tickets_rows tickets;
	enum err e;

	if ((e = q_gap_tickets(tx->db, d->cx->mem, stems, GAP_TOLD_MOST,
		 &tickets)) != OK)
		return e;
	for (size_t i = 0; i < tickets.n; i++)
		if ((e = ticket_note_write(d, tx, tickets.v[i].ticket_id,
			 text)) != OK)
			return e;
	return OK;
}

/* The gap's words find the answer from now on, and no longer others that it was
 * closed with before. */
static enum err
answer_teach(struct desk *d, struct db_tx *tx, const struct q_gap *gap,
    int64_t document_id)
{
	enum { UNTAUGHT_MOST = 20 };
	struct q_gap_closed_with_rows others;
	enum err e;

	e = q_gap_closed_with(tx->db, d->cx->mem, gap->stems, document_id,
	    UNTAUGHT_MOST, &others);
	for (size_t i = 0; i < others.n && e == OK; i++)
		e = index_teach(d->cx, tx, others.v[i].document_id, gap->words,
		    false);
	return e == OK ? index_teach(d->cx, tx, document_id, gap->words, true)
		       : e;
}

enum err
gap_close(struct desk *d, int64_t id, int64_t document_id)
{
	struct q_answer_document doc;
	struct q_gap gap;
	struct event ev;
	int64_t closed;
	DB_TX tx = {0};
	enum err e;

	if ((e = desk_needs(d, ROLE_AGENT)) != OK ||
	    (e = db_begin(d->db, &tx)) != OK ||
	    (e = gap_read(d, tx.db, id, &gap)) != OK)
		return e;
	e = q_answer_document(tx.db, d->cx->mem, document_id, &doc);
	if (e == ERR_NOT_FOUND || (e == OK && !doc.place.has))
		return fail(d->cx, ERR_INVALID, "document",
		    N_("Choose the answer that serves now."));
	if (e != OK || (e = answer_teach(d, &tx, &gap, document_id)) != OK ||
	    (e = tickets_tell(d, &tx, gap.stems, note_text(d, &doc))) != OK ||
	    (e = q_gap_close(&tx, gap.stems, d->cx->now_ms, document_id,
		 &closed)) != OK)
		return e;
	if (closed == 0)
		return fail(d->cx, ERR_CONFLICT, "",
		    N_("This gap is closed already."));
	event_begin(d, &ev);
	event_text(&ev, "words", gap.words);
	event_int(&ev, "document", document_id);
	if ((e = event_add(d, &tx, &ev, "gap.closed", id)) != OK)
		return e;
	return db_commit(&tx);
}
