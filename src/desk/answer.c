/*
 * Own answers: written, changed, retired; each change is an event and goes into
 * the index in the same transaction. How the index works is the floor below's
 * business (answers/index.h).
 */
#include "desk/answer.h"

#include "base/text.h"
#include "desk/change.h"
#include "desk/check.h"
#include "desk/event.h"
#include "desk/house.h"
#include "desk/once.h"
#include "desk/ticket.h"
#include "store/queries.h"

enum {
	OWN_WORTH = 60, /* of an answer that somebody took the trouble to write */
	CLICKS_LINE_MOST = 400,
	CLICK_MOST = 12,
};

struct str
answer_ids(void *mem, const struct answer_hits *hits)
{
	struct buf b;

	buf_init(&b, mem, 4096);
	for (size_t i = 0; i < hits->n; i++)
		buf_printf(&b, "%s%lld", i ? " " : "",
		    (long long)hits->v[i].id);
	return buf_get(&b);
}

struct str
answer_clicks_text(void *mem, struct str lines)
{
	struct buf b;

	buf_init(&b, mem, 3 * lines.n + 1);
	for (size_t i = 0; i < lines.n; i++)
		if (lines.p[i] == '\n')
			buf_puts(&b, " > ");
		else
			buf_char(&b, lines.p[i]);
	return buf_get(&b);
}

/* And back. */
static struct str
clicks_lines(void *mem, struct str text)
{
	struct str click;
	struct buf b;

	buf_init(&b, mem, text.n + 1);
	while (str_take(&text, '>', &click)) {
		click = str_trim(click);
		if (click.n && b.n)
			buf_char(&b, '\n');
		buf_str(&b, click);
	}
	return buf_get(&b);
}

static enum err
url_check(struct cx *cx, struct str *url)
{
	enum err e = check_line(cx, "url", url, ANSWER_URL_MOST, false);

	if (e != OK || str_empty(*url) ||
	    ((str_starts(*url, STR("https://")) ||
		 str_starts(*url, STR("http://"))) &&
		str_find(*url, STR(" ")) < 0))
		return e;
	return fail(cx, ERR_INVALID, "url",
	    N_("An address begins with https:// and has no blanks."));
}

static enum err
form_check(struct cx *cx, struct answer_form *f)
{
	enum err e = OK;

	e = check_both(e, check_line(cx, "title", &f->title,
		ANSWER_TITLE_MOST, true));
	e = check_both(e, check_text(cx, "body", &f->body, ANSWER_TEXT_MOST,
		true));
	e = check_both(e, url_check(cx, &f->url));
	e = check_both(e, check_line(cx, "clicks", &f->clicks,
		CLICKS_LINE_MOST, false));
	f->clicks = clicks_lines(cx->mem, f->clicks);
	return e;
}

/* The index shows what the answer says now. */
static enum err
indexed(struct desk *d, struct db_tx *tx, int64_t id,
    const struct answer_form *f, bool retired)
{
	struct answer_document doc = {.kind = ANSWER_OWN, .source_id = id,
	    .title = f->title, .url = f->url, .clicks = f->clicks,
	    .headings = STR(""), .body = f->body, .worth = OWN_WORTH};
	int64_t document;

	if (retired)
		return index_drop(d->cx, tx, ANSWER_OWN, id);
	return index_put(d->cx, tx, &doc, &document);
}

/* Whether the ticket's answer may become one for all. */
static enum err
ticket_check(struct desk *d, struct db *db, int64_t ticket_id)
{
	struct q_ticket t;
	int64_t other;
	enum err e;

	if (ticket_id == 0)
		return OK;
	e = q_ticket(db, d->cx->mem, ticket_id, &t);
	if (e == ERR_NOT_FOUND)
		return fail(d->cx, e, "ticket", N_("There is no such ticket."));
	if (e == OK && t.state == TICKET_UNANSWERED)
		return fail(d->cx, ERR_CONFLICT, "ticket",
		    N_("This ticket still waits for its answer."));
	if (e != OK)
		return e;
	e = q_own_of_ticket(db, d->cx->mem, ticket_id, &other);
	if (e == OK)
		return fail(d->cx, ERR_CONFLICT, "ticket",
		    N_("This ticket has become an answer already."));
	return e == ERR_NOT_FOUND ? OK : e;
}

static enum err
own_write(struct desk *d, struct db_tx *tx, const struct answer_form *f,
    int64_t *out_id)
{
	struct event ev;
	enum err e;

	if ((e = ticket_check(d, tx->db, f->ticket_id)) != OK ||
	    (e = q_own_add(tx, d->cx->mem, f->title, f->body, f->url,
		 f->clicks, opt_id(f->ticket_id), d->actor.employee_id,
		 d->cx->now_ms, out_id)) != OK ||
	    (e = indexed(d, tx, *out_id, f, false)) != OK)
		return e;
	event_begin(d, &ev);
	event_text(&ev, "title", f->title);
	event_text(&ev, "body", f->body);
	event_text(&ev, "url", f->url);
	event_text(&ev, "clicks", f->clicks);
	event_int(&ev, "ticket", f->ticket_id);
	return event_add(d, tx, &ev, "answer.added", *out_id);
}

enum err
answer_add(struct desk *d, const struct answer_form *form, int64_t *out_id)
{
	struct answer_form f = *form;
	struct once once;
	int64_t id;
	DB_TX tx = {0};
	enum err e;

	if ((e = desk_needs(d, ROLE_AGENT)) != OK ||
	    (e = form_check(d->cx, &f)) != OK ||
	    (e = once_make(d, str_printf(d->cx->mem,
		 "answer %lld\n%.*s\n%.*s\n%.*s\n%.*s",
		 (long long)f.ticket_id, STR_FMT(f.title), STR_FMT(f.url),
		 STR_FMT(f.clicks), STR_FMT(f.body)), &once)) != OK ||
	    (e = db_begin(d->db, &tx)) != OK ||
	    (e = once_claim(d, &tx, &once, &id)) != OK)
		return e;
	if (id == 0 && ((e = own_write(d, &tx, &f, &id)) != OK ||
			   (e = once_keep(d, &tx, &once, id)) != OK))
		return e;
	if ((e = db_commit(&tx)) != OK)
		return e;
	*out_id = id;
	return OK;
}

static enum err
own_read(struct desk *d, struct db *db, int64_t id, struct q_own *out)
{
	enum err e = q_own(db, d->cx->mem, id, out);

	if (e == ERR_NOT_FOUND)
		return fail(d->cx, e, "", N_("There is no such answer."));
	return e;
}

static enum err
own_save(struct desk *d, struct db_tx *tx, int64_t id, int64_t version,
    const struct answer_form *f, bool retired)
{
	int64_t saved;
	enum err e;

	if ((e = q_own_save(tx, id, version, f->title, f->body, f->url,
		 f->clicks, retired, d->actor.employee_id, d->cx->now_ms,
		 &saved)) != OK)
		return e;
	if (saved != 1)
		return fail(d->cx, ERR_STALE, "",
		    N_("A colleague has changed this answer meanwhile. Please "
		       "read it again; your text is still here."));
	return indexed(d, tx, id, f, retired);
}

/* What the event says; false if nothing has changed. */
static bool
edit_event(struct desk *d, struct event *ev, const struct q_own *was,
    const struct answer_form *f)
{
	bool changed;

	event_begin(d, ev);
	changed = change_text(ev, "title", was->title, f->title);
	changed |= change_text(ev, "body", was->body, f->body);
	changed |= change_text(ev, "url", was->url, f->url);
	changed |= change_text(ev, "clicks", was->clicks, f->clicks);
	return changed;
}

enum err
answer_edit(struct desk *d, int64_t id, int64_t version,
    const struct answer_form *form)
{
	struct answer_form f = *form;
	struct q_own was;
	struct event ev;
	DB_TX tx = {0};
	enum err e;

	if ((e = desk_needs(d, ROLE_AGENT)) != OK ||
	    (e = form_check(d->cx, &f)) != OK ||
	    (e = db_begin(d->db, &tx)) != OK ||
	    (e = own_read(d, tx.db, id, &was)) != OK ||
	    (e = own_save(d, &tx, id, version, &f, was.retired)) != OK)
		return e;
	if (!edit_event(d, &ev, &was, &f))
		return OK; /* rolled back: nothing has changed */
	if ((e = event_add(d, &tx, &ev, "answer.edited", id)) != OK)
		return e;
	return db_commit(&tx);
}

enum err
answer_retire(struct desk *d, int64_t id, int64_t version, bool retired)
{
	struct answer_form f;
	struct q_own was;
	struct event ev;
	DB_TX tx = {0};
	enum err e;

	if ((e = desk_needs(d, ROLE_AGENT)) != OK ||
	    (e = db_begin(d->db, &tx)) != OK ||
	    (e = own_read(d, tx.db, id, &was)) != OK)
		return e;
	f = (struct answer_form){.title = was.title, .body = was.body,
	    .url = was.url, .clicks = was.clicks};
	event_begin(d, &ev);
	event_text(&ev, "title", was.title);
	if ((e = own_save(d, &tx, id, version, &f, retired)) != OK ||
	    (e = event_add(d, &tx, &ev,
		 retired ? "answer.retired" : "answer.restored", id)) != OK)
		return e;
	return db_commit(&tx);
}

enum err
answer_get(struct desk *d, int64_t id, struct q_own *out)
{
	enum err e;

	if ((e = desk_needs(d, ROLE_AGENT)) != OK)
		return e;
	return own_read(d, d->db, id, out);
}

enum err
answer_of_ticket(struct desk *d, int64_t ticket_id, int64_t *out_id)
{
	enum err e;

	if ((e = desk_needs(d, ROLE_AGENT)) != OK)
		return e;
	*out_id = 0;
	e = q_own_of_ticket(d->db, d->cx->mem, ticket_id, out_id);
	return e == ERR_NOT_FOUND ? OK : e;
}

enum err
answer_list(struct desk *d, bool retired, int64_t before_ms, int64_t before_id,
    struct q_own_list_rows *out, bool *more)
{
	enum err e;

	if ((e = desk_needs(d, ROLE_AGENT)) != OK ||
	    (e = q_own_list(d->db, d->cx->mem, retired,
		 before_id ? before_ms : INT64_MAX,
		 before_id ? before_id : INT64_MAX, ANSWER_LIST_PAGE + 1,
		 out)) != OK)
		return e;
	*more = out->n > ANSWER_LIST_PAGE;
	if (*more)
		out->n = ANSWER_LIST_PAGE;
	return OK;
}

enum err
answer_find(struct desk *d, struct str words, bool typing,
    struct answer_hits *out)
{
	enum err e;

	if ((e = desk_needs(d, ROLE_AGENT)) != OK)
		return e;
	if (text_length(words) > ANSWER_WORDS_MOST)
		return fail(d->cx, ERR_INVALID, "q",
		    N_("At most %d characters fit here."), ANSWER_WORDS_MOST);
	return answers_search(d->cx, d->db, d->house->synonyms, words, typing,
	    ANSWERS_SHOWN, out);
}

enum err
answer_document(struct desk *d, int64_t id, struct q_answer_document *out)
{
	enum err e;

	if ((e = desk_needs(d, ROLE_AGENT)) != OK)
		return e;
	e = q_answer_document(d->db, d->cx->mem, id, out);
	if (e == ERR_NOT_FOUND)
		return fail(d->cx, e, "", N_("There is no such answer."));
	return e;
}

enum err
answer_searches(struct desk *d, int64_t call_id,
    struct q_searched_row_rows *out)
{
	enum { MOST = 100 };
	enum err e;

	if ((e = desk_needs(d, ROLE_AGENT)) != OK)
		return e;
	return q_search_of_call(d->db, d->cx->mem, call_id, MOST, out);
}
