/*
 * Pages of gaps: the list, and one gap with its cases and the search for the
 * answer that serves now.
 */
#include "base/calendar.h"
#include "base/mem.h"
#include "desk/gap.h"
#include "desk/ticket.h"
#include "doors/web/page.h"
#include "doors/web/web_answer.h"
#include "staff_views.h"

struct str
reason_kind_text(const struct http_request *rq, int64_t kind)
{
	static const char *const texts[] = {
	    [REASON_NONE] = N_("an employee knew the answer"),
	    [REASON_NOT_THERE] = N_("stands nowhere"),
	    [REASON_NOT_CLEAR] = N_("cannot be understood"),
	    [REASON_NOT_FOUND] = N_("the caller did not find it"),
	    [REASON_OTHER] = N_("another reason"),
	};

	return page_text(rq, texts[kind]);
}

static struct str
cases_text(struct http_request *rq, int64_t n)
{
	if (n == 1)
		return page_text(rq, N_("once"));
	return str_printf(rq->cx.mem, tr(rq->cx.lang, N_("%lld times")),
	    (long long)n);
}

enum err
web_gaps(struct http_request *rq)
{
	struct gaps_view v = {.rows = {NULL, 0}};
	struct q_gap_open_rows rows;
	void *mem = rq->cx.mem;
	enum err e;

	if ((e = gap_list(door_desk(rq), &rows)) != OK)
		return e;
	v.rows.n = rows.n;
	v.rows.v = mem_array(mem, struct gap_row, rows.n);
	for (size_t i = 0; i < rows.n; i++)
		v.rows.v[i] = (struct gap_row){rows.v[i].id, rows.v[i].words,
		    cases_text(rq, rows.v[i].cases),
		    calendar_when(mem, rq->cx.lang, rq->cx.now_ms,
			rows.v[i].last_ms),
		    calendar_exact(mem, rq->cx.lang, rows.v[i].last_ms)};
	if ((e = page_frame(rq, page_text(rq, N_("Gaps")), &v.frame)) != OK)
		return e;
	v.frame.area = STR("answers");
	view_gaps(&rq->response.body, rq->cx.lang, &v);
	return OK;
}

static struct gap_case_view
case_fill(struct http_request *rq, const struct q_gap_cases *c)
{
	void *mem = rq->cx.mem;
	int64_t ticket = c->ticket_id.has ? c->ticket_id.v : 0;

	return (struct gap_case_view){ticket,
	    ticket ? ticket_number(mem, ticket) : STR(""), c->words,
	    reason_kind_text(rq, c->reason_kind), c->reason,
	    calendar_when(mem, rq->cx.lang, rq->cx.now_ms, c->at_ms),
	    calendar_exact(mem, rq->cx.lang, c->at_ms)};
}

/* What was typed, else the title of the answer that was just written for it,
 * else the gap's own words. */
static enum err
search_words(struct http_request *rq, struct gap_view *v)
{
	struct q_own own;
	int64_t id;
	enum err e;

	v->search = http_raw(rq, "q");
	if (!str_empty(v->search))
		return OK;
	v->search = v->words;
	if (!str_to_i64(http_raw(rq, "own"), &id))
		return OK;
	if ((e = answer_get(door_desk(rq), id, &own)) == OK)
		v->search = own.title;
	return e;
}

/* What might serve now. */
static enum err
search_fill(struct http_request *rq, struct gap_view *v)
{
	struct answer_hits hits;
	enum err e;

	if ((e = search_words(rq, v)) != OK)
		return e;
	e = answer_find(door_desk(rq), v->search, false, &hits);
	if (e == ERR_INVALID)
		hits.n = 0;
	else if (e != OK)
		return e;
	found_fill(rq, &hits, v->search, 0, &v->found);
	v->found.gap = v->id;
	return OK;
}

static enum err
gap_page(struct http_request *rq)
{
	struct gap_view v = {.id = http_path_id(rq, "id")};
	struct gap_full full;
	enum err e;

	if ((e = gap_get(door_desk(rq), v.id, &full)) != OK)
		return e;
	v.words = full.gap.words;
	v.cases = cases_text(rq, (int64_t)full.cases.n);
	v.closed = full.gap.closed_ms.has;
	v.closed_by = full.gap.title;
	v.rows.n = full.cases.n;
	v.rows.v = mem_array(rq->cx.mem, struct gap_case_view, full.cases.n);
	for (size_t i = 0; i < full.cases.n; i++)
		v.rows.v[i] = case_fill(rq, &full.cases.v[i]);
	v.document_fault = page_fault(rq, "document");
	if ((!v.closed && (e = search_fill(rq, &v)) != OK) ||
	    (e = page_frame(rq, page_text(rq, N_("Gap")), &v.frame)) != OK)
		return e;
	v.frame.area = STR("answers");
	view_gap(&rq->response.body, rq->cx.lang, &v);
	return OK;
}

enum err
web_gap(struct http_request *rq)
{
	return gap_page(rq);
}

enum err
web_gap_close(struct http_request *rq)
{
	const struct gap_post *f = rq->form;
	enum err e = rq->cx.fault.err;

	if (e == OK && (e = gap_close(door_desk(rq), http_path_id(rq, "id"),
			    f->document)) == OK)
		return page_done(rq, "gap-closed", "/gaps");
	return page_comes_back(rq, e) ? gap_page(rq) : e;
}
