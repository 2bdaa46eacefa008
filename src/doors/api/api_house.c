/*
 * The house itself over the API: who works here, what the wording rules say of
 * a text, the API's own description, and what a monitoring asks for.
 */
#include "doors/api/api_routes.h"

#include "desk/employee.h"
#include "desk/health.h"
#include "desk/intake.h"
#include "doors/api/api_out.h"
#include "doors/api/openapi.h"
#include "doors/door.h"

struct wording_form {
	struct str text;
};

static const struct http_field wording_fields[] = {
    {.name = "text",
	.kind = FIELD_TEXT,
	.max = TICKET_TEXT_MOST,
	.offset = offsetof(struct wording_form, text)},
};
HTTP_FORM(api_wording_form, struct wording_form, wording_fields);

enum err
api_employees(struct http_request *rq)
{
	struct q_employee_row_rows rows;
	struct json_out o;
	enum err e;

	if ((e = employee_list(door_desk(rq), &rows)) != OK)
		return e;
	api_begin(rq, &o);
	api_open(&o, "employees", '[');
	for (size_t i = 0; i < rows.n; i++) {
		const struct q_employee_row *r = &rows.v[i];

		json_open(&o, '{');
		api_int(&o, "id", r->id);
		api_text(&o, "login", r->login);
		api_text(&o, "name", r->name);
		api_text(&o, "role", str_of(role_name((enum role)r->role)));
		api_bool(&o, "active", r->active);
		json_close(&o, '}');
	}
	json_close(&o, ']');
	return api_end(&o);
}

enum err
api_wording(struct http_request *rq)
{
	const struct wording_form *f = rq->form;
	struct wording_verdict v;
	struct json_out o;
	enum err e;

	if ((e = intake_wording(door_desk(rq), f->text, &v)) != OK)
		return e;
	api_begin(rq, &o);
	api_text(&o, "wording", str_of(wording_name(v.wording)));
	api_some(&o, "reason", v.reason);
	if (v.text)
		api_some(&o, "text", v.text->in[rq->cx.lang]);
	else
		api_null(&o, "text");
	return api_end(&o);
}

enum err
api_openapi(struct http_request *rq)
{
	rq->response.type = "application/json";
	buf_str(&rq->response.body, openapi_json());
	return OK;
}

/* 200 while the database answers, else the error's status. */
enum err
api_health(struct http_request *rq)
{
	enum err e;

	if ((e = health_check(door_desk(rq))) != OK)
		return e;
	rq->response.type = "text/plain; charset=utf-8";
	buf_puts(&rq->response.body, "ok\n");
	return OK;
}

enum err
api_metrics(struct http_request *rq)
{
	struct buf *b = &rq->response.body;
	struct health h;
	enum err e;

	if ((e = health_read(door_desk(rq), &h)) != OK)
		return e;
	rq->response.type = "text/plain; version=0.0.4; charset=utf-8";
	buf_printf(b,
	    "# HELP dienstweg_build_info The program and its database.\n"
	    "# TYPE dienstweg_build_info gauge\n"
	    "dienstweg_build_info{version=\"%s\",engine=\"%s\"} 1\n",
	    DIENSTWEG_VERSION, h.engine);
	buf_printf(b,
	    "# HELP dienstweg_tickets_unanswered Tickets that wait for an "
	    "answer, counted to 100.\n"
	    "# TYPE dienstweg_tickets_unanswered gauge\n"
	    "dienstweg_tickets_unanswered %lld\n",
	    (long long)h.unanswered);
	return OK;
}
