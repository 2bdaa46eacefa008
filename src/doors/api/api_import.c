/*
 * Customers by the hundred over the API: the table is the body as it is. What
 * is wrong with it comes back as a problem that names lines and fields.
 */
#include "doors/api/api_routes.h"

#include "desk/import.h"
#include "doors/api/api_out.h"
#include "doors/door.h"

static enum err
refused(struct http_request *rq, const struct import_report *report)
{
	struct json_out o;

	rq->response.status = err_status(ERR_INVALID);
	api_problem_begin(rq, ERR_INVALID, &o);
	api_text(&o, "detail",
	    str_of(tr(rq->cx.lang, N_("Nothing was imported."))));
	api_int(&o, "complaints", (int64_t)report->complaints);
	api_open(&o, "errors", '[');
	for (size_t i = 0; i < report->kept; i++) {
		const struct import_complaint *c = &report->complaint[i];

		json_open(&o, '{');
		api_int(&o, "line", (int64_t)c->line);
		api_text(&o, "field", c->field);
		api_text(&o, "reason", c->text);
		json_close(&o, '}');
	}
	json_close(&o, ']');
	return api_end(&o);
}

enum err
api_import(struct http_request *rq)
{
	struct import_report report = {0};
	struct json_out o;
	enum err e;

	e = customer_import(door_desk(rq), rq->body, &report);
	if (e == ERR_INVALID && report.kept)
		return refused(rq, &report);
	if (e != OK)
		return e;
	api_begin(rq, &o);
	api_int(&o, "lines", (int64_t)report.lines);
	api_int(&o, "customers", (int64_t)report.customers);
	api_int(&o, "persons", (int64_t)report.persons);
	api_int(&o, "phones", (int64_t)report.phones);
	api_int(&o, "contracts", (int64_t)report.contracts);
	return api_end(&o);
}
