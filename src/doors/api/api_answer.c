/*
 * Answers over the API: the one search over everything, and the answers that
 * employees wrote.
 */
#include "doors/api/api_routes.h"

#include "desk/answer.h"
#include "doors/api/api_out.h"
#include "doors/door.h"

struct find_form {
	struct str q;
	struct str after;
};

struct own_form {
	struct str title, body, url, clicks;
	int64_t ticket;
};

static const struct http_field find_fields[] = {
    {.name = "q",
	.kind = FIELD_LINE,
	.offset = offsetof(struct find_form, q)},
    {.name = "after",
	.kind = FIELD_LINE,
	.max = 50,
	.offset = offsetof(struct find_form, after)},
};
HTTP_FORM(api_answers_form, struct find_form, find_fields);

static const struct http_field own_fields[] = {
    {.name = "title",
	.kind = FIELD_LINE,
	.offset = offsetof(struct own_form, title)},
    {.name = "body",
	.kind = FIELD_TEXT,
	.offset = offsetof(struct own_form, body)},
    {.name = "url",
	.kind = FIELD_LINE,
	.max = ANSWER_URL_MOST,
	.offset = offsetof(struct own_form, url)},
    {.name = "clicks",
	.kind = FIELD_LINE,
	.max = ANSWER_CLICKS_MOST,
	.offset = offsetof(struct own_form, clicks)},
    {.name = "ticket",
	.kind = FIELD_ID,
	.offset = offsetof(struct own_form, ticket)},
};
HTTP_FORM(api_answer_form, struct own_form, own_fields);

/* The lines of clicks as a list. */
static void
clicks_put(struct json_out *o, struct str lines)
{
	struct str click;

	api_open(o, "clicks", '[');
	while (str_take(&lines, '\n', &click))
		json_put_text(o, click);
	json_close(o, ']');
}

static void
hit_put(struct json_out *o, const struct answer_hit *hit)
{
	json_open(o, '{');
	api_int(o, "id", hit->id);
	api_text(o, "kind",
	    hit->kind == ANSWER_OWN ? STR("own") : STR("page"));
	api_int_some(o, "answer", hit->kind == ANSWER_OWN, hit->source_id);
	api_some(o, "url", hit->url);
	api_text(o, "title", hit->title);
	clicks_put(o, hit->clicks);
	api_text(o, "snippet", snippet_text(o->b->mem, &hit->snippet));
	json_close(o, '}');
}

static enum err
answers_found(struct http_request *rq, struct str words)
{
	struct answer_hits hits;
	struct json_out o;
	enum err e;

	if ((e = answer_find(door_desk(rq), words, false, &hits)) != OK)
		return e;
	api_begin(rq, &o);
	api_open(&o, "found", '[');
	for (size_t i = 0; i < hits.n; i++)
		hit_put(&o, &hits.v[i]);
	json_close(&o, ']');
	return api_end(&o);
}

enum err
api_answers(struct http_request *rq)
{
	const struct find_form *f = rq->form;
	struct q_own_list_rows rows;
	struct json_out o;
	int64_t ms, id;
	bool more;
	enum err e;

	if (!str_empty(f->q))
		return answers_found(rq, f->q);
	if ((e = api_after(rq, f->after, &ms, &id)) != OK ||
	    (e = answer_list(door_desk(rq), false, ms, id, &rows, &more)) != OK)
		return e;
	api_begin(rq, &o);
	api_open(&o, "answers", '[');
	for (size_t i = 0; i < rows.n; i++) {
		json_open(&o, '{');
		api_int(&o, "id", rows.v[i].id);
		api_text(&o, "title", rows.v[i].title);
		api_text(&o, "employee", rows.v[i].employee_name);
		api_time(&o, "updated", rows.v[i].updated_ms);
		json_close(&o, '}');
	}
	json_close(&o, ']');
	if (more)
		api_next(&o, rows.v[rows.n - 1].updated_ms, rows.v[rows.n - 1].id);
	else
		api_null(&o, "next");
	return api_end(&o);
}

static enum err
own_answer_with(struct http_request *rq, int64_t id)
{
	struct json_out o;
	struct q_own own;
	enum err e;

	if ((e = answer_get(door_desk(rq), id, &own)) != OK)
		return e;
	api_etag(rq, own.version);
	api_begin(rq, &o);
	api_int(&o, "id", own.id);
	api_text(&o, "title", own.title);
	api_text(&o, "body", own.body);
	api_some(&o, "url", own.url);
	clicks_put(&o, own.clicks);
	api_int_some(&o, "ticket", own.ticket_id.has, own.ticket_id.v);
	api_bool(&o, "retired", own.retired);
	api_text(&o, "employee", own.employee_name);
	api_int(&o, "version", own.version);
	api_time(&o, "created", own.created_ms);
	api_time(&o, "updated", own.updated_ms);
	return api_end(&o);
}

enum err
api_answer(struct http_request *rq)
{
	return own_answer_with(rq, http_path_id(rq, "id"));
}

static struct answer_form
form_of(const struct own_form *f)
{
	return (struct answer_form){f->title, f->body, f->url, f->clicks,
	    f->ticket};
}

enum err
api_answer_add(struct http_request *rq)
{
	struct answer_form f = form_of(rq->form);
	int64_t id;
	enum err e;

	if ((e = answer_add(door_desk(rq), &f, &id)) != OK)
		return e;
	api_created(rq, "answers/%lld", (long long)id);
	return own_answer_with(rq, id);
}

enum err
api_answer_edit(struct http_request *rq)
{
	struct answer_form f = form_of(rq->form);
	int64_t id = http_path_id(rq, "id"), version;
	enum err e;

	if ((e = api_if_match(rq, &version)) != OK ||
	    (e = answer_edit(door_desk(rq), id, version, &f)) != OK)
		return e;
	return own_answer_with(rq, id);
}

static enum err
retire(struct http_request *rq, bool retired)
{
	int64_t id = http_path_id(rq, "id"), version;
	enum err e;

	if ((e = api_if_match(rq, &version)) != OK ||
	    (e = answer_retire(door_desk(rq), id, version, retired)) != OK)
		return e;
	return own_answer_with(rq, id);
}

enum err
api_answer_retire(struct http_request *rq)
{
	return retire(rq, true);
}

enum err
api_answer_restore(struct http_request *rq)
{
	return retire(rq, false);
}
