/*
 * Page: the company's website as a source of answers: how the crawl stands,
 * what the last ones brought, which addresses failed and why. What a crawl is
 * and who may ask for one: desk/website.h.
 */
#include "doors/web/web_website.h"

#include "base/calendar.h"
#include "base/mem.h"
#include "desk/website.h"
#include "doors/web/page.h"
#include "doors/web/website_view.h"
#include "staff_views.h"

static struct str
when(struct http_request *rq, int64_t at_ms)
{
	return calendar_when(rq->cx.mem, rq->cx.lang, rq->cx.now_ms, at_ms);
}

static struct str
exact(struct http_request *rq, int64_t at_ms)
{
	return calendar_exact(rq->cx.mem, rq->cx.lang, at_ms);
}

static const char *
end_text(int64_t state)
{
	switch (state) {
	case CRAWL_ASKED:
		return N_("about to begin");
	case CRAWL_RUNNING:
		return N_("running");
	case CRAWL_DONE:
		return N_("complete");
	case CRAWL_LIMIT:
		return N_("ended at a limit");
	default:
		return N_("given up");
	}
}

static void
run_fill(struct http_request *rq, const struct q_crawl_row *r,
    struct website_run_view *v)
{
	*v = (struct website_run_view){
	    .when = when(rq, r->asked_ms),
	    .exact = exact(rq, r->asked_ms),
	    .who = r->employee_name.n
		? r->employee_name
		: page_text(rq, N_("by itself or by command")),
	    .scope = r->scope,
	    .end = page_text(rq, end_text(r->state)),
	    .good = r->state == CRAWL_DONE,
	    .bad = r->state == CRAWL_LIMIT || r->state == CRAWL_GIVEN_UP,
	    .found = r->found,
	    .fetched = r->fetched,
	    .pages = r->pages,
	    .added = r->added,
	    .changed = r->changed,
	    .gone = r->gone,
	    .failed = r->failed};
}

static void
progress_fill(struct http_request *rq, const struct website *w,
    struct website_progress_view *v)
{
	*v = (struct website_progress_view){.live = w->asked || w->running,
	    .begun = w->running};
	if (!w->runs.n)
		return;
	run_fill(rq, &w->runs.v[0], &v->run);
	if (v->run.found)
		v->percent = (int)(v->run.fetched * 100 / v->run.found);
}

/* The newest is the state's (progress_fill). */
static void
runs_fill(struct http_request *rq, const struct website *w,
    struct website_view *v)
{
	v->any = w->runs.n > 0;
	v->runs.v = mem_array(rq->cx.mem, struct website_run_view, w->runs.n);
	for (size_t i = 1; i < w->runs.n; i++)
		run_fill(rq, &w->runs.v[i], &v->runs.v[v->runs.n++]);
}

static void
failures_fill(struct http_request *rq, const struct website *w,
    struct website_view *v)
{
	v->failures.n = w->failures.n;
	v->failures.v = mem_array(rq->cx.mem, struct website_failure_view,
	    w->failures.n);
	v->next = w->next;
	for (size_t i = 0; i < w->failures.n; i++) {
		const struct q_crawl_failure *f = &w->failures.v[i];
		int64_t at = f->fetched_ms.has ? f->fetched_ms.v : 0;

		v->failures.v[i] = (struct website_failure_view){
		    .url = f->url,
		    .why = page_text(rq,
			crawled_text((enum crawled)f->outcome)),
		    .when = at ? when(rq, at) : STR(""),
		    .exact = at ? exact(rq, at) : STR(""),
		    .status = f->outcome == CRAWLED_STATUS ||
			    f->outcome == CRAWLED_GONE
			? f->status
			: 0};
	}
}

enum err
web_website(struct http_request *rq)
{
	struct desk *d = door_desk(rq);
	struct website_view v = {0};
	struct website w;
	int64_t above = 0;
	enum err e;

	if (!str_to_i64(http_raw(rq, "above"), &above))
		above = 0;
	if ((e = website_read(d, above, &w)) != OK ||
	    (e = page_frame(rq, page_text(rq, N_("Website")), &v.frame)) != OK)
		return e;
	v.frame.area = STR("answers");
	v.configured = w.configured;
	v.may_ask = w.configured && d->actor.role >= ROLE_SUPERVISOR;
	progress_fill(rq, &w, &v.progress);
	runs_fill(rq, &w, &v);
	failures_fill(rq, &w, &v);
	view_website(&rq->response.body, rq->cx.lang, &v);
	return OK;
}

/* The part that changes while a crawl runs; once it has ended the page is
 * loaded anew. */
enum err
web_website_progress(struct http_request *rq)
{
	struct website_progress_view v;
	struct website w;
	enum err e = website_read(door_desk(rq), 0, &w);

	if (e != OK)
		return e;
	progress_fill(rq, &w, &v);
	if (!v.live)
		http_header_set(rq, "HX-Refresh", STR("true"));
	view_website_progress(&rq->response.body, rq->cx.lang, &v);
	return OK;
}

enum err
web_website_crawl(struct http_request *rq)
{
	enum err e = website_ask(door_desk(rq));

	if (e == OK)
		return page_done(rq, "crawl-asked", "/website");
	return page_comes_back(rq, e) ? web_website(rq) : e;
}
