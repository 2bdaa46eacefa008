/*
 * How the API writes. What it writes is in the file of each resource; errors
 * are in api.c.
 */
#include "doors/api/api_out.h"

#include "base/calendar.h"

void
api_begin(struct http_request *rq, struct json_out *o)
{
	rq->response.type = "application/json";
	http_header_set(rq, "Content-Language", str_of(lang_code(rq->cx.lang)));
	json_begin(o, &rq->response.body);
	json_open(o, '{');
}

enum err
api_end(struct json_out *o)
{
	json_close(o, '}');
	buf_char(o->b, '\n');
	return OK;
}

void
api_text(struct json_out *o, const char *name, struct str s)
{
	json_name(o, name);
	json_put_text(o, s);
}

void
api_some(struct json_out *o, const char *name, struct str s)
{
	api_text(o, name, str_empty(s) ? str_of(NULL) : s);
}

void
api_int(struct json_out *o, const char *name, int64_t v)
{
	json_name(o, name);
	json_put_int(o, v);
}

void
api_bool(struct json_out *o, const char *name, bool v)
{
	json_name(o, name);
	json_put_bool(o, v);
}

void
api_null(struct json_out *o, const char *name)
{
	json_name(o, name);
	json_put_null(o);
}

void
api_time(struct json_out *o, const char *name, int64_t at_ms)
{
	api_text(o, name, calendar_rfc3339(o->b->mem, at_ms));
}

void
api_int_some(struct json_out *o, const char *name, bool has, int64_t v)
{
	if (has)
		api_int(o, name, v);
	else
		api_null(o, name);
}

void
api_time_some(struct json_out *o, const char *name, bool has, int64_t at_ms)
{
	if (has)
		api_time(o, name, at_ms);
	else
		api_null(o, name);
}

void
api_next(struct json_out *o, int64_t at_ms, int64_t id)
{
	api_text(o, "next",
	    str_printf(o->b->mem, "%lld.%lld", (long long)at_ms,
		(long long)id));
}

enum err
api_after(struct http_request *rq, struct str after, int64_t *at_ms,
    int64_t *id)
{
	struct str ms;

	*at_ms = *id = 0;
	if (str_empty(after) ||
	    (str_take(&after, '.', &ms) && str_to_i64(ms, at_ms) &&
		str_to_i64(after, id) && *id > 0))
		return OK;
	return fail(&rq->cx, ERR_INVALID, "after",
	    N_("This is no place in the list; take it from \"next\"."));
}

void
api_phone(struct json_out *o, const char *name, struct str e164)
{
	if (str_empty(e164))
		api_null(o, name);
	else
		api_text(o, name,
		    str_printf(o->b->mem, "+%.*s", STR_FMT(e164)));
}

void
api_customer_name(struct json_out *o, struct str number, struct str name)
{
	if (!number.p) {
		api_null(o, "customer");
		return;
	}
	api_open(o, "customer", '{');
	api_text(o, "number", number);
	api_text(o, "name", name);
	json_close(o, '}');
}

void
api_open(struct json_out *o, const char *name, char bracket)
{
	json_name(o, name);
	json_open(o, bracket);
}

void
api_names(struct json_out *o, const char *name, uint64_t bits, int n,
    const char *(*name_of)(int i))
{
	api_open(o, name, '[');
	for (int i = 0; i < n; i++)
		if (bits >> i & 1)
			json_put_text(o, str_of(name_of(i)));
	json_close(o, ']');
}

void
api_created(struct http_request *rq, const char *format, ...)
{
	struct str behind;
	va_list ap;

	va_start(ap, format);
	behind = str_vprintf(rq->cx.mem, format, ap);
	va_end(ap);
	rq->response.status = 201;
	http_header_set(rq, "Location",
	    str_printf(rq->cx.mem, "/api/v1/%.*s", STR_FMT(behind)));
}

void
api_etag(struct http_request *rq, int64_t version)
{
	http_header_set(rq, "ETag",
	    str_printf(rq->cx.mem, "\"%lld\"", (long long)version));
}

enum err
api_if_match(struct http_request *rq, int64_t *out)
{
	struct str tag = str_trim(http_header_get(rq, "If-Match"));
	struct str digits;

	if (str_empty(tag) || str_is(tag, "*"))
		return fail(&rq->cx, ERR_PRECONDITION, "If-Match",
		    N_("Say by If-Match which version you have read."));
	*out = -1;
	if (tag.n < 3 || tag.p[0] != '"' || tag.p[tag.n - 1] != '"')
		return OK;
	digits = str_copy(rq->cx.mem, tag.p + 1, tag.n - 2);
	if (strspn(digits.p, "0123456789") != digits.n ||
	    !str_to_i64(digits, out))
		*out = -1;
	return OK;
}
