/*
 * Fields come from the query (GET and DELETE, and routes that take their body
 * raw), from a JSON object (machines), or from an urlencoded form (pages). A
 * body in any other form is refused rather than guessed at; multipart is for
 * nobody, since files travel as raw bodies. An empty body has no type and no
 * fields.
 */
#include "http/body.h"

#include <strings.h>

#include "base/mem.h"
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

static enum err
typed_read(struct http_request *rq)
{
	struct str type = http_header_get(rq, "Content-Type");
	struct form_values *out = &rq->parts->body;

	if (rq->route->flags & ROUTE_API) {
		if (!is_type(type, "application/json"))
			return fail(&rq->cx, ERR_MEDIA_TYPE, "",
			    N_("The body must be application/json."));
		return form_values_json(&rq->cx, rq->body, out);
	}
	if (!is_type(type, "application/x-www-form-urlencoded"))
		return fail(&rq->cx, ERR_MEDIA_TYPE, "",
		    N_("The body must be a form "
		       "(application/x-www-form-urlencoded)."));
	return form_values_typed(&rq->cx, rq->body, out);
}

static bool
has_fields_in_body(const struct http_request *rq)
{
	return rq->method != HTTP_GET && rq->method != HTTP_DELETE &&
	    !(rq->route->flags & ROUTE_RAW_BODY);
}

enum err
body_read(struct http_request *rq)
{
	enum err e = form_values_typed(&rq->cx, rq->parts->call->query,
	    &rq->parts->query);

	if (e != OK)
		return e;
	if (rq->body.n && has_fields_in_body(rq))
		return typed_read(rq);
	return OK;
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
