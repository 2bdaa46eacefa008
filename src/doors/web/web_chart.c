/*
 * Pages: the flow chart of a version, the way of a call in it, the sheet for
 * printing, and the booklet for the day the desk cannot be reached. The drawing
 * stands in the page as it is, so that it follows the page's colours and its
 * boxes are links; what may be in it is seen to by desk/chart_svg.c.
 */
#include "doors/web/web_chart.h"

#include "base/calendar.h"
#include "base/mem.h"
#include "desk/call.h"
#include "desk/chart.h"
#include "desk/chart_svg.h"
#include "desk/instruction_version.h"
#include "doors/web/instruction_page.h"
#include "doors/web/page.h"
#include "doors/web/web_price.h"
#include "staff_views.h"

/* The picture, whose steps lead to the version's page. */
static enum err
picture(struct http_request *rq, const struct instruction *ins,
    const struct draw_way *way, int64_t number, struct str *out)
{
	struct str page = str_printf(rq->cx.mem, "/instruction/versions/%lld",
	    (long long)number);

	return chart_get(door_desk(rq), ins, way, page.p, out);
}

/* A page without its picture says why, and is an error for those who count. */
static enum err
chart_page(struct http_request *rq, const struct instruction *ins,
    const struct draw_way *way, struct chart_view *v)
{
	struct str svg = STR("");
	enum err e = picture(rq, ins, way, v->number, &svg);

	if (e != OK) {
		v->why = page_text(rq, chart_why(e));
		rq->response.status = err_status(ERR_BUSY);
	}
	v->large = str_is(http_raw(rq, "large"), "1");
	v->start = ins->step[way && way->stands >= 0 ? way->stands
						     : ins->start].id;
	v->here = rq->path;
	view_chart(&rq->response.body, rq->cx.lang, v);
	buf_str(&rq->response.body, svg);
	view_chart_end(&rq->response.body, rq->cx.lang, v);
	return OK;
}

enum err
web_version_chart(struct http_request *rq)
{
	struct chart_view v = {.number = http_path_id(rq, "number")};
	const struct instruction *ins;
	struct q_version_row row;
	enum err e;

	if ((e = version_instruction(door_desk(rq), v.number, &row, &ins)) !=
		OK ||
	    (e = page_frame(rq, page_text(rq, N_("Flow chart")), &v.frame)) !=
		OK)
		return e;
	v.frame.area = STR("instruction");
	return chart_page(rq, ins, NULL, &v);
}

/* The picture alone, in a browser that is told to take it for nothing else. */
enum err
web_version_sheet(struct http_request *rq)
{
	int64_t number = http_path_id(rq, "number");
	const struct instruction *ins;
	struct q_version_row row;
	struct str svg;
	enum err e;

	if ((e = version_instruction(door_desk(rq), number, &row, &ins)) != OK)
		return e;
	if ((e = picture(rq, ins, NULL, number, &svg)) != OK)
		return fail(&rq->cx, ERR_INTERNAL, "", "%s",
		    tr(rq->cx.lang, chart_why(e)));
	rq->response.type = "image/svg+xml; charset=utf-8";
	http_header_set(rq, "Content-Security-Policy",
	    STR("default-src 'none'; frame-ancestors 'none'; sandbox "
		"allow-top-navigation-by-user-activation"));
	buf_str(&rq->response.body, chart_sheet(rq->cx.mem, svg));
	return OK;
}

enum err
web_call_chart(struct http_request *rq)
{
	struct desk *d = door_desk(rq);
	struct call *c = mem_new(rq->cx.mem, struct call);
	struct draw_way *way = mem_new(rq->cx.mem, struct draw_way);
	struct chart_view v = {.call = http_path_id(rq, "id")};
	enum err e;

	if ((e = call_get(d, v.call, c)) != OK ||
	    (e = version_of_call(d, &c->row, &v.number)) != OK ||
	    (e = page_frame(rq, page_text(rq, N_("The way of this call")),
		 &v.frame)) != OK)
		return e;
	v.when = calendar_exact(rq->cx.mem, rq->cx.lang, c->row.started_ms);
	draw_way(c->instruction, &c->walk, way);
	return chart_page(rq, c->instruction, way, &v);
}

enum err
web_version_booklet(struct http_request *rq)
{
	struct booklet_view v = {.number = http_path_id(rq, "number")};
	const struct instruction *ins;
	struct q_version_row row;
	enum err e;

	if ((e = version_instruction(door_desk(rq), v.number, &row, &ins)) !=
		OK ||
	    (e = page_frame(rq, page_text(rq, N_("Booklet")), &v.frame)) != OK)
		return e;
	v.frame.area = STR("instruction");
	v.when = calendar_exact(rq->cx.mem, rq->cx.lang, row.active_ms);
	instruction_view_fill(rq, ins, &v.text);
	price_rows_fill(rq, &v.prices);
	view_booklet(&rq->response.body, rq->cx.lang, &v);
	return OK;
}
