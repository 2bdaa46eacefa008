/*
 * Fields come from the query (GET and DELETE, and routes that take their body
 * raw), from a JSON object (machines), or from an urlencoded form (pages). A
 * body in any other form is refused rather than guessed at; multipart is for
 * nobody, since files travel as raw bodies. An empty body has no type and no
 * fields. Bytes that are no text end here: behind it everything is valid UTF-8
 * (the head's part of this is in head.c).
 */
#include "http/body.h"

#include <strings.h>

#include "base/mem.h"
#include "base/text.h"
#include "http/call.h"

/* Whether the type is `want`, in UTF-8 if it says in what. */
static bool
is_type(struct str type, const char *want)
{
	size_t n = strlen(want);
	struct str rest;

	if (type.n < n || strncasecmp(type.p, want, n) != 0)
		return false;
	rest = str_trim((struct str){type.p + n, type.n - n});
	if (rest.n == 0)
		return true;
	if (rest.p[0] != ';')
		return false;
	rest = str_trim((struct str){rest.p + 1, rest.n - 1});
	return rest.n == 0 ||
	    (rest.n == 13 && !strncasecmp(rest.p, "charset=utf-8", 13)) ||
	    (rest.n == 15 && !strncasecmp(rest.p, "charset=\"utf-8\"", 15));
}

static bool
has_fields_in_body(const struct http_request *rq)
{
	return rq->method != HTTP_GET && rq->method != HTTP_DELETE &&
	    !(rq->route->flags & ROUTE_RAW_BODY);
}

static bool
is_json(const struct http_request *rq)
{
	return rq->route->flags & ROUTE_API;
}

static enum err
query_read(struct http_request *rq)
{
	struct form_values *query = &rq->parts->query;
	enum err e = form_values_typed(&rq->cx, rq->parts->call->query, query);

	if (e == OK && query->broken)
		return fail(&rq->cx, ERR_MALFORMED, "",
		    N_("The address holds bytes that are no text (UTF-8)."));
	return e;
}

/* Whether what is broken can be shown at its field. */
static bool
broken_comes_back(const struct http_request *rq)
{
	const struct http_form *form = rq->route->form;
	const struct form_values *v = &rq->parts->body;

	if (!form || !(rq->route->flags & ROUTE_KEEPS_FORM))
		return false;
	for (size_t i = 0; i < v->n; i++)
		if (v->item[i].broken && !form_knows(form, v->item[i].name))
			return false;
	return true;
}

enum err
body_typed(struct http_request *rq)
{
	struct form_values *body = &rq->parts->body;
	enum err e = query_read(rq);

	if (e != OK || rq->body.n == 0 || !has_fields_in_body(rq) ||
	    is_json(rq))
		return e;
	if (!is_type(http_header_get(rq, "Content-Type"),
		"application/x-www-form-urlencoded"))
		return fail(&rq->cx, ERR_MEDIA_TYPE, "",
		    N_("The body must be a form "
		       "(application/x-www-form-urlencoded)."));
	if (!text_valid(rq->body))
		return fail(&rq->cx, ERR_MALFORMED, "",
		    N_("The form is not encoded as forms are."));
	e = form_values_typed(&rq->cx, rq->body, body);
	if (e == OK && body->broken && !broken_comes_back(rq))
		return fail(&rq->cx, ERR_MALFORMED, "",
		    N_("The form holds bytes that are no text (UTF-8)."));
	return e;
}

enum err
body_json(struct http_request *rq)
{
	if (rq->body.n == 0 || !has_fields_in_body(rq) || !is_json(rq))
		return OK;
	if (!is_type(http_header_get(rq, "Content-Type"), "application/json"))
		return fail(&rq->cx, ERR_MEDIA_TYPE, "",
		    N_("The body must be application/json."));
	return form_values_json(&rq->cx, rq->body, &rq->parts->body);
}

enum err
body_form(struct http_request *rq)
{
	const struct http_form *form = rq->route->form;

	if (!form)
		return OK;
	rq->form = mem_sure(talloc_zero_size(rq->cx.mem, form->size));
	return form_fill(&rq->cx, form, has_fields_in_body(rq)
		? &rq->parts->body : &rq->parts->query, rq->form);
}
