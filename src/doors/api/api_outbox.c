/*
 * What leaves the house, over the API: the outbox, and what the screen says of a
 * text.
 */
#include "doors/api/api_outbox.h"

#include "base/text.h"
#include "desk/confidential.h"
#include "desk/house.h"
#include "desk/outbox.h"
#include "desk/ticket.h"
#include "doors/api/api_routes.h"
#include "doors/door.h"

struct outbox_form {
	int64_t after;
};

struct screen_form {
	struct str text;
};

static const struct http_field outbox_fields[] = {
    {.name = "after",
	.kind = FIELD_INT,
	.offset = offsetof(struct outbox_form, after)},
};
HTTP_FORM(api_outbox_form, struct outbox_form, outbox_fields);

static const struct http_field screen_fields[] = {
    {.name = "text",
	.kind = FIELD_TEXT,
	.max = TICKET_TEXT_MOST,
	.offset = offsetof(struct screen_form, text)},
};
HTTP_FORM(api_screen_form, struct screen_form, screen_fields);

static void
letter_put(struct json_out *o, const struct q_outbox_row *r)
{
	json_open(o, '{');
	api_int(o, "id", r->id);
	api_text(o, "kind",
	    r->kind == OUTBOX_TICKET ? STR("ticket") : STR("order"));
	api_int(o, "subject", r->subject_id);
	api_text(o, "state",
	    str_of(outbox_state_name((enum outbox_state)r->state)));
	api_some(o, "person", r->person);
	api_some(o, "address", r->address);
	api_some(o, "reason", r->reason);
	api_int(o, "tries", r->tries);
	api_time(o, "created", r->created_ms);
	api_time_some(o, "done", r->done_ms.has, r->done_ms.v);
	api_some(o, "employee", r->employee_name);
	api_some(o, "told_by", r->done_by_name);
	json_close(o, '}');
}

void
api_letters_put(struct json_out *o, const char *name,
    const struct q_outbox_row_rows *rows)
{
	api_open(o, name, '[');
	for (size_t i = 0; i < rows->n; i++)
		letter_put(o, &rows->v[i]);
	json_close(o, ']');
}

enum err
api_outbox(struct http_request *rq)
{
	const struct outbox_form *f = rq->form;
	struct q_outbox_row_rows rows;
	struct json_out o;
	bool more;
	enum err e;

	if ((e = outbox_open(door_desk(rq), f->after, &rows, &more)) != OK)
		return e;
	api_begin(rq, &o);
	api_letters_put(&o, "outbox", &rows);
	if (more)
		api_int(&o, "next", rows.v[rows.n - 1].id);
	else
		api_null(&o, "next");
	return api_end(&o);
}

static enum err
outbox_do(struct http_request *rq, enum err (*make)(struct desk *d, int64_t id))
{
	enum err e = make(door_desk(rq), http_path_id(rq, "id"));

	if (e == OK)
		rq->response.status = 204;
	return e;
}

enum err
api_outbox_told(struct http_request *rq)
{
	return outbox_do(rq, outbox_told);
}

enum err
api_outbox_again(struct http_request *rq)
{
	return outbox_do(rq, outbox_again);
}

/* Places are counted in characters, as whoever reads JSON counts. */
static void
places_put(struct http_request *rq, struct json_out *o,
    const struct confidential *c)
{
	const struct screen_rules *rules = door_desk(rq)->house->screen;

	api_open(o, "places", '[');
	for (size_t i = 0; i < c->hits.n; i++) {
		const struct screen_hit *h = &c->hits.v[i];
		struct str before = {c->text.p, h->from};
		struct str words = {c->text.p + h->from, h->n};

		json_open(o, '{');
		api_text(o, "kind", str_of(screen_kind_name(h->kind)));
		api_int(o, "from", (int64_t)text_length(before));
		api_int(o, "length", (int64_t)text_length(words));
		api_text(o, "text", words);
		api_text(o, "reason",
		    screen_reason(rules, h->kind)->in[rq->cx.lang]);
		json_close(o, '}');
	}
	json_close(o, ']');
}

void
api_places_put(struct http_request *rq, struct json_out *o)
{
	places_put(rq, o, door_desk(rq)->held);
}

enum err
api_screen(struct http_request *rq)
{
	const struct screen_form *f = rq->form;
	struct confidential c = {.text = f->text};
	struct json_out o;
	enum err e;

	if ((e = confidential_ask(door_desk(rq), f->text, &c.hits)) != OK)
		return e;
	api_begin(rq, &o);
	api_bool(&o, "confidential", c.hits.n > 0);
	places_put(rq, &o, &c);
	return api_end(&o);
}
