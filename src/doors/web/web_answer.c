/*
 * Pages of answers: the search over everything, the answers that employees
 * wrote, and one of them in its form.
 */
#include "doors/web/web_answer.h"

#include "base/calendar.h"
#include "base/mem.h"
#include "desk/gap.h"
#include "desk/ticket.h"
#include "doors/web/page.h"
#include "staff_views.h"

static void
row_fill(struct http_request *rq, const struct answer_hit *hit,
    struct found_row *row)
{
	void *mem = rq->cx.mem;

	*row = (struct found_row){.id = hit->id,
	    .title = hit->title,
	    .clicks = answer_clicks_text(mem, hit->clicks),
	    .url = hit->url,
	    .own = hit->kind == ANSWER_OWN ? hit->source_id : 0,
	    .kind = page_text(rq, N_("own answer"))};
	row->snippet.n = hit->snippet.n;
	row->snippet.v = mem_array(mem, struct snippet_view, hit->snippet.n);
	for (size_t i = 0; i < hit->snippet.n; i++)
		row->snippet.v[i] = (struct snippet_view){
		    hit->snippet.v[i].text, hit->snippet.v[i].match};
}

void
found_fill(struct http_request *rq, const struct answer_hits *hits,
    struct str words, int64_t taken, struct found_view *v)
{
	v->searched = !str_empty(words);
	v->rows.n = hits->n;
	v->rows.v = mem_array(rq->cx.mem, struct found_row, hits->n);
	for (size_t i = 0; i < hits->n; i++) {
		row_fill(rq, &hits->v[i], &v->rows.v[i]);
		v->rows.v[i].taken = hits->v[i].id == taken;
	}
}

/* The text line by line. A page's begins with its headline, which is its title
 * as a rule and stands above already. */
static void
taken_lines(void *mem, const struct q_answer_document *doc,
    struct taken_view *v)
{
	struct str rest = doc->body;

	v->lines.v = mem_array(mem, struct taken_line, rest.n / 2 + 1);
	while (rest.n) {
		long end = str_find(rest, STR("\n"));
		size_t n = end < 0 ? rest.n : (size_t)end;
		struct str line = str_trim((struct str){rest.p, n});

		rest.p += n + (end >= 0);
		rest.n -= n + (end >= 0);
		if (line.n && (v->lines.n || !str_eq(line, doc->title)))
			v->lines.v[v->lines.n++].text = line;
	}
}

void
taken_fill(struct http_request *rq, const struct q_answer_document *doc,
    struct taken_view *v)
{
	void *mem = rq->cx.mem;

	v->there = true;
	v->title = doc->title;
	taken_lines(mem, doc, v);
	v->url = doc->url;
	v->clicks = answer_clicks_text(mem, doc->clicks);
	v->copy = str_printf(mem, "%.*s\n%.*s%s%.*s", STR_FMT(doc->title),
	    STR_FMT(doc->url), doc->url.n ? "\n" : "", STR_FMT(v->clicks));
}

/* ---- The list ---- */

static enum err
search_show(struct http_request *rq, struct answers_view *v)
{
	struct answer_hits hits = {.n = 0};
	enum err e;

	v->searching = true;
	if ((e = answer_find(door_desk(rq), v->words, true, &hits)) != OK &&
	    e != ERR_INVALID)
		return e;
	found_fill(rq, &hits, v->words, 0, &v->found);
	return OK;
}

static struct own_row
own_row(struct http_request *rq, const struct q_own_list *r)
{
	void *mem = rq->cx.mem;

	return (struct own_row){r->id, r->title, r->employee_name,
	    calendar_when(mem, rq->cx.lang, rq->cx.now_ms, r->updated_ms),
	    calendar_exact(mem, rq->cx.lang, r->updated_ms),
	    str_printf(mem, "%lld",
		(long long)(r->served.has ? r->served.v : 0))};
}

static enum err
own_rows(struct http_request *rq, struct answers_view *v)
{
	struct q_own_list_rows rows;
	int64_t ms = 0, id = 0;
	enum err e;

	(void)str_to_i64(http_raw(rq, "ms"), &ms);
	(void)str_to_i64(http_raw(rq, "id"), &id);
	if ((e = answer_list(door_desk(rq), v->retired, ms, id, &rows,
		 &v->more)) != OK)
		return e;
	v->rows.n = rows.n;
	v->rows.v = mem_array(rq->cx.mem, struct own_row, rows.n);
	for (size_t i = 0; i < rows.n; i++)
		v->rows.v[i] = own_row(rq, &rows.v[i]);
	if (v->more)
		v->next = str_printf(rq->cx.mem,
		    "/answers?ms=%lld&id=%lld%s",
		    (long long)rows.v[rows.n - 1].updated_ms,
		    (long long)rows.v[rows.n - 1].id,
		    v->retired ? "&retired=1" : "");
	return OK;
}

enum err
web_answers(struct http_request *rq)
{
	struct answers_view v = {.words = http_raw(rq, "q"),
	    .retired = str_is(http_raw(rq, "retired"), "1")};
	enum err e;

	if (!v.words.p)
		v.words = STR("");
	e = v.words.n ? search_show(rq, &v) : own_rows(rq, &v);
	if (e != OK)
		return e;
	if (http_wants_part(rq)) {
		view_found(&rq->response.body, rq->cx.lang, &v.found);
		return OK;
	}
	if ((e = page_frame(rq, page_text(rq, N_("Answers")), &v.frame)) != OK)
		return e;
	v.frame.area = STR("answers");
	view_answers(&rq->response.body, rq->cx.lang, &v);
	return OK;
}

/* ---- One of them ---- */

static enum err
own_page(struct http_request *rq, struct own_view *v)
{
	enum err e;

	v->title_fault = page_fault(rq, "title");
	v->body_fault = page_fault(rq, "body");
	v->url_fault = page_fault(rq, "url");
	v->clicks_fault = page_fault(rq, "clicks");
	if (page_fault(rq, "ticket").n)
		v->title_fault = page_fault(rq, "ticket");
	v->once = page_nonce(rq);
	if (v->ticket)
		v->ticket_number = ticket_number(rq->cx.mem, v->ticket);
	if ((e = page_frame(rq, v->id ? v->title
				      : page_text(rq, N_("New answer")),
		 &v->frame)) != OK)
		return e;
	v->frame.area = STR("answers");
	view_answer(&rq->response.body, rq->cx.lang, v);
	return OK;
}

/* The last answer of the ticket's thread. */
static struct str
last_answer(const struct ticket_full *t)
{
	for (size_t i = t->messages.n; i-- > 0;)
		if (t->messages.v[i].kind == MESSAGE_ANSWER)
			return t->messages.v[i].body;
	return STR("");
}

enum err
web_answer_new(struct http_request *rq)
{
	struct own_view v = {.title = http_raw(rq, "title")};
	struct ticket_full t;
	struct gap_full gap;
	enum err e;

	if (str_to_i64(http_raw(rq, "ticket"), &v.ticket)) {
		if ((e = ticket_get(door_desk(rq), v.ticket, &t)) != OK)
			return e;
		v.title = t.ticket.search_words;
		v.body = last_answer(&t);
	} else if (str_to_i64(http_raw(rq, "gap"), &v.gap)) {
		if ((e = gap_get(door_desk(rq), v.gap, &gap)) != OK)
			return e;
		v.title = gap.gap.words;
	}
	return own_page(rq, &v);
}

static struct answer_form
form_of(const struct own_post *f)
{
	return (struct answer_form){f->title, f->body, f->url, f->clicks,
	    f->ticket};
}

/* The form as it was sent. */
static void
typed_back(const struct own_post *f, struct own_view *v)
{
	v->title = f->title;
	v->body = f->body;
	v->url = f->url;
	v->clicks = f->clicks;
	if (!v->id) {
		v->ticket = f->ticket;
		v->gap = f->gap;
	}
}

/* Whoever wrote it for a gap closes that one next. */
static enum err
added(struct http_request *rq, int64_t id, int64_t gap)
{
	if (!gap)
		return page_done(rq, "answer-added", "/answers/%lld",
		    (long long)id);
	return http_redirect(rq, "/gaps/%lld?own=%lld&done=answer-added",
	    (long long)gap, (long long)id);
}

enum err
web_answer_add(struct http_request *rq)
{
	const struct own_post *f = rq->form;
	struct answer_form form = form_of(f);
	struct own_view v = {.id = 0};
	enum err e = rq->cx.fault.err;
	int64_t id;

	door_desk(rq)->nonce = f->once;
	if (e == OK && (e = answer_add(door_desk(rq), &form, &id)) == OK)
		return added(rq, id, f->gap);
	typed_back(f, &v);
	return page_comes_back(rq, e) ? own_page(rq, &v) : e;
}

static enum err
own_fill(struct http_request *rq, struct own_view *v)
{
	void *mem = rq->cx.mem;
	struct q_own own;
	enum err e;

	if ((e = answer_get(door_desk(rq), http_path_id(rq, "id"), &own)) != OK)
		return e;
	v->id = own.id;
	v->version = own.version;
	v->ticket = own.ticket_id.has ? own.ticket_id.v : 0;
	v->retired = own.retired;
	v->title = own.title;
	v->body = own.body;
	v->url = own.url;
	v->clicks = answer_clicks_text(mem, own.clicks);
	v->employee = own.employee_name;
	v->when = calendar_when(mem, rq->cx.lang, rq->cx.now_ms,
	    own.updated_ms);
	v->exact = calendar_exact(mem, rq->cx.lang, own.updated_ms);
	return OK;
}

enum err
web_answer(struct http_request *rq)
{
	struct own_view v = {.id = 0};
	enum err e;

	if ((e = own_fill(rq, &v)) != OK)
		return e;
	return own_page(rq, &v);
}

enum err
web_answer_save(struct http_request *rq)
{
	const struct own_post *f = rq->form;
	struct answer_form form = form_of(f);
	int64_t id = http_path_id(rq, "id");
	struct own_view v = {.id = 0};
	enum err e = rq->cx.fault.err;

	if (e == OK && (e = answer_edit(door_desk(rq), id, f->version,
			    &form)) == OK)
		return page_done(rq, "answer-saved", "/answers/%lld",
		    (long long)id);
	if (!page_comes_back(rq, e))
		return e;
	if ((e = own_fill(rq, &v)) != OK)
		return e;
	typed_back(f, &v);
	return own_page(rq, &v);
}

static enum err
retire(struct http_request *rq, bool retired, const char *done)
{
	const struct own_post *f = rq->form;
	int64_t id = http_path_id(rq, "id");
	struct own_view v = {.id = 0};
	enum err e = rq->cx.fault.err;

	if (e == OK && (e = answer_retire(door_desk(rq), id, f->version,
			    retired)) == OK)
		return page_done(rq, done, "/answers/%lld", (long long)id);
	if (!page_comes_back(rq, e))
		return e;
	if ((e = own_fill(rq, &v)) != OK)
		return e;
	return own_page(rq, &v);
}

enum err
web_answer_retire(struct http_request *rq)
{
	return retire(rq, true, "answer-retired");
}

enum err
web_answer_restore(struct http_request *rq)
{
	return retire(rq, false, "answer-restored");
}
