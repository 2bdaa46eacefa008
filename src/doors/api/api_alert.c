/*
 * What is alarming, over the API: for a program that shows it elsewhere. Who may
 * look, and what "seen" means, is desk/alert.h.
 */
#include "doors/api/api_routes.h"

#include "desk/alert.h"
#include "desk/ticket.h"
#include "doors/api/api_out.h"
#include "doors/door.h"

enum err
api_alerts(struct http_request *rq)
{
	struct q_alert_list_rows rows;
	struct json_out o;
	enum err e;

	if ((e = alert_list(door_desk(rq), &rows)) != OK)
		return e;
	api_begin(rq, &o);
	api_open(&o, "alerts", '[');
	for (size_t i = 0; i < rows.n; i++) {
		const struct q_alert_list *r = &rows.v[i];

		json_open(&o, '{');
		api_int(&o, "ticket", r->ticket_id);
		api_text(&o, "number", ticket_number(rq->cx.mem, r->ticket_id));
		api_customer_name(&o, r->customer_number, r->customer_name);
		api_some(&o, "person", r->caller_name);
		api_text(&o, "summary", r->summary);
		api_time(&o, "since", r->raised_ms);
		json_close(&o, '}');
	}
	json_close(&o, ']');
	return api_end(&o);
}

enum err
api_alert_seen(struct http_request *rq)
{
	enum err e = alert_seen(door_desk(rq), http_path_id(rq, "id"));

	return e == OK ? api_alerts(rq) : e;
}
