/*
 * Alerts on the pages. A page that is looked at asks for the fragment every few
 * seconds and names what it has; mostly the answer is 304 and empty. (Pushing
 * would hold one connection a tab; asking holds none, and the table that is
 * asked is empty but for what is alarming.) What an alert is, and who may have
 * seen it, is desk/alert.h.
 */
#include "doors/web/web_alert.h"

#include "base/calendar.h"
#include "base/clock.h"
#include "base/mem.h"
#include "desk/alert.h"
#include "desk/ticket.h"
#include "doors/web/page.h"
#include "staff_views.h"

/* "today 14:02" from the first second on: an age would be another text at each
 * look, and be read out anew. */
static struct str
since_text(struct http_request *rq, int64_t at_ms)
{
	int64_t now = rq->cx.now_ms > at_ms + MINUTE_MS ? rq->cx.now_ms
							: at_ms + MINUTE_MS;

	return calendar_when(rq->cx.mem, rq->cx.lang, now, at_ms);
}

static struct alert_view
alert_fill(struct http_request *rq, const struct q_alert_list *r)
{
	void *mem = rq->cx.mem;
	struct str who = r->caller_name;

	if (r->customer_name.n)
		who = str_printf(mem, "%.*s, %.*s", STR_FMT(r->caller_name),
		    STR_FMT(r->customer_name));
	return (struct alert_view){
	    .ticket = r->ticket_id,
	    .number = ticket_number(mem, r->ticket_id),
	    .who = who,
	    .summary = r->summary,
	    .since = since_text(rq, r->raised_ms),
	    .exact = calendar_exact(mem, rq->cx.lang, r->raised_ms),
	};
}

/* What the fragment says, in a few letters: language and day (they are in its
 * texts), and which alerts. */
static struct str
tag_make(struct http_request *rq, const struct q_alert_list_rows *rows)
{
	uint64_t sum = 0;

	for (size_t i = 0; i < rows->n; i++)
		sum = sum * 31 + (uint64_t)rows->v[i].ticket_id +
		    (uint64_t)rows->v[i].raised_ms;
	return str_printf(rq->cx.mem, "\"%d-%s-%zu-%llx\"", rq->cx.lang,
	    calendar_date(rq->cx.mem, rq->cx.now_ms).p, rows->n,
	    (unsigned long long)sum);
}

enum err
alerts_fill(struct http_request *rq, struct alerts_view *out)
{
	struct desk *d = door_desk(rq);
	struct q_alert_list_rows rows;
	enum err e;

	*out = (struct alerts_view){0};
	if (d->actor.role < ROLE_SUPERVISOR)
		return OK;
	if ((e = alert_list(d, &rows)) != OK)
		return e;
	out->watches = true;
	out->tag = tag_make(rq, &rows);
	out->path = rq->method == HTTP_GET ? rq->target : STR("/");
	out->v = mem_array(rq->cx.mem, struct alert_view, rows.n);
	for (out->n = 0; out->n < rows.n; out->n++)
		out->v[out->n] = alert_fill(rq, &rows.v[out->n]);
	return OK;
}

static enum err
fragment(struct http_request *rq)
{
	struct alerts_view v;
	enum err e = alerts_fill(rq, &v);

	if (e != OK)
		return e;
	v.path = STR("/");
	http_header_set(rq, "ETag", v.tag);
	if (str_eq(http_header_get(rq, "If-None-Match"), v.tag))
		rq->response.status = 304;
	else
		view_alerts(&rq->response.body, rq->cx.lang, &v);
	return OK;
}

enum err
web_alerts(struct http_request *rq)
{
	return fragment(rq);
}

enum err
web_alert_seen(struct http_request *rq)
{
	const struct alert_form *f = rq->form;
	enum err e = alert_seen(door_desk(rq), http_path_id(rq, "id"));

	if (e != OK)
		return e;
	if (http_wants_part(rq))
		return fragment(rq);
	return http_redirect(rq, "%s", page_own_path(f->back).p);
}
