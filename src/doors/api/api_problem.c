/*
 * Errors as RFC 9457 problems: what went wrong, in the caller's language, and
 * every field with the reason.
 */
#include "doors/api/api.h"
#include "doors/api/api_out.h"
#include "doors/api/api_outbox.h"

static const char *const titles[ERR__MAX] = {
    [ERR_MALFORMED] = N_("The request cannot be read."),
    [ERR_UNAUTHENTICATED] = N_("A valid token is needed."),
    [ERR_FORBIDDEN] = N_("This is not allowed."),
    [ERR_NOT_FOUND] = N_("There is nothing here."),
    [ERR_METHOD] = N_("This address does not take that method."),
    [ERR_CONFLICT] = N_("This does not fit what is there."),
    [ERR_STALE] = N_("It has changed since it was read."),
    [ERR_TOO_LARGE] = N_("That was more than is taken at once."),
    [ERR_MEDIA_TYPE] = N_("The body has the wrong type."),
    [ERR_INVALID] = N_("Some of what was sent is wrong."),
    [ERR_EVIDENCE] = N_("Evidence is missing."),
    [ERR_CONFIDENTIAL] = N_("The text tells something internal."),
    [ERR_PRECONDITION] = N_("The version that was read must be named."),
    [ERR_LIMITED] = N_("Too much at once."),
    [ERR_STORE] = N_("The database failed."),
    [ERR_INTERNAL] = N_("The program failed."),
    [ERR_BUSY] = N_("Everybody is busy; please try again."),
};

/* What the desk calls a nonce is a header here. */
static struct str
field_name(const char *field)
{
	return str_of(strcmp(field, "nonce") ? field : "Idempotency-Key");
}

static void
errors_put(struct json_out *o, const struct fault *f)
{
	api_open(o, "errors", '[');
	for (size_t i = 0; i < f->n; i++) {
		if (!*f->item[i].field)
			continue;
		json_open(o, '{');
		api_text(o, "field", field_name(f->item[i].field));
		api_text(o, "reason", str_of(f->item[i].text));
		json_close(o, '}');
	}
	json_close(o, ']');
}

void
api_problem_begin(struct http_request *rq, enum err e, struct json_out *o)
{
	api_begin(rq, o);
	rq->response.type = "application/problem+json";
	api_text(o, "type",
	    str_printf(rq->cx.mem, "/problems/%s", err_name(e)));
	api_text(o, "title",
	    str_of(titles[e] ? tr(rq->cx.lang, titles[e]) : err_name(e)));
	api_int(o, "status", err_status(e));
	if (rq->target.n)
		api_text(o, "instance", rq->target);
}

void
api_failed(struct http_request *rq, enum err e)
{
	const struct fault *f = &rq->cx.fault;
	struct json_out o;

	if (e == ERR_UNAUTHENTICATED)
		http_header_set(rq, "WWW-Authenticate",
		    http_header_get(rq, "Authorization").n
			? STR("Bearer error=\"invalid_token\"")
			: STR("Bearer"));
	api_problem_begin(rq, e, &o);
	if (f->n)
		api_text(&o, "detail", str_of(f->item[0].text));
	errors_put(&o, f);
	if (e == ERR_CONFIDENTIAL)
		api_places_put(rq, &o);
	(void)api_end(&o);
}
