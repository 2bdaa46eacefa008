/*
 * One request on a worker thread: may it, what was sent, the handler, and an
 * answer in every case. An error resets what the handler wrote and lets the
 * application say how it looks. Work that ran into another's way (ERR_BUSY) is
 * run again from the start in fresh memory, a few times, after a pause that
 * differs from everybody else's.
 *
 * Everything here is plain blocking code; how calls come and go is server.c.
 */
#include <time.h>
#include <unistd.h>

#include "base/log.h"
#include "base/mem.h"
#include "base/secret.h"
#include "http/body.h"
#include "http/call.h"
#include "http/origin.h"
#include "http/response.h"

enum {
	RUNS_AGAIN = 3,
	PAUSE_MAX_US = 4000,
	/* most requests fit, so that they cost one allocation */
	RUN_POOL_BYTES = 16 << 10,
};

static size_t
response_max(const struct http_call *call)
{
	return call->core->options.file_bytes + (1 << 20);
}

/* A fresh request in memory of its own; what ran before is forgotten. */
static struct http_request *
request_new(struct http_call *call, void *worker)
{
	void *mem = mem_sure(talloc_pool(NULL, RUN_POOL_BYTES));
	struct http_request *rq = mem_new(mem, struct http_request);

	if (call->rq)
		talloc_free(call->rq->cx.mem);
	call->rq = rq;
	rq->cx.mem = mem;
	rq->cx.now_ms = clock_now_ms(call->core->options.clock);
	rq->cx.id = call->id;
	rq->method = call->method;
	rq->path = call->path;
	rq->target = call->target;
	rq->remote = call->remote;
	rq->secure = call->secure;
	rq->route = call->match.route;
	rq->body = call->body;
	rq->worker = worker;
	rq->parts = mem_new(mem, struct http_parts);
	rq->parts->call = call;
	if (call->core->app.lang)
		rq->cx.lang = call->core->app.lang(rq);
	response_init(rq, response_max(call));
	return rq;
}

static enum err
broken_note(struct http_request *rq, struct str header)
{
	if (header.n)
		return fail(&rq->cx, ERR_MALFORMED, "",
		    N_("The header %.*s holds bytes that are no text (UTF-8)."),
		    STR_FMT(header));
	return fail(&rq->cx, ERR_MALFORMED, "",
	    N_("The address holds bytes that are no text (UTF-8)."));
}

static enum err
early_note(struct http_request *rq, enum err e)
{
	switch (e) {
	case ERR_MALFORMED:
		return broken_note(rq, rq->parts->call->broken);
	case ERR_BUSY:
		return fail(&rq->cx, e, "",
		    N_("Too much is being sent at this moment. Nothing of it "
		       "was kept; please send it again in a moment."));
	case ERR_TOO_LARGE:
		return fail(&rq->cx, e, "",
		    N_("That was more than is taken at once."));
	case ERR_METHOD:
		return fail(&rq->cx, e, "",
		    N_("This address does not take that method."));
	default:
		return e;
	}
}

static enum err
may_run(struct http_request *rq)
{
	enum err e;

	if (!origin_ok(rq))
		return fail(&rq->cx, ERR_FORBIDDEN, "",
		    N_("The request came from another site."));
	e = body_typed(rq);
	return e != OK ? e : rq->parts->call->core->app.may(rq);
}

static enum err
handler_run(struct http_request *rq)
{
	enum err e;

	if ((e = may_run(rq)) != OK || (e = body_json(rq)) != OK)
		return e;
	e = body_form(rq);
	if (e != OK && !(rq->route->flags & ROUTE_KEEPS_FORM))
		return e;
	return rq->route->run(rq);
}

static void
pause_random(void)
{
	uint16_t random;
	struct timespec t = {0};

	secret_random(&random, sizeof random);
	t.tv_nsec = (long)(random % PAUSE_MAX_US) * 1000;
	nanosleep(&t, NULL);
}

static void
failure_log(const struct http_call *call, enum err e)
{
	const struct fault *f = &call->rq->cx.fault;

	log_error("%s %s %.*s: %s%s%s", call->id, call->method_name,
	    STR_FMT(call->path), err_name(e), f->n ? ": " : "",
	    f->n ? f->item[0].text : "");
}

static void
allow_set(struct http_request *rq, unsigned allow)
{
	static const char *const names[HTTP__MAX] = {
	    "GET, HEAD", "POST", "PUT", "PATCH", "DELETE"};
	struct buf b;

	buf_init(&b, rq->cx.mem, 100);
	for (int m = 0; m < HTTP__MAX; m++) {
		if (!(allow & 1u << m))
			continue;
		if (b.n)
			buf_puts(&b, ", ");
		buf_puts(&b, names[m]);
	}
	http_header_set(rq, "Allow", buf_get(&b));
}

/* Also a page that comes back may say when. */
static void
retry_set(struct http_request *rq)
{
	if (rq->cx.retry_s)
		http_header_set(rq, "Retry-After",
		    str_printf(rq->cx.mem, "%d", rq->cx.retry_s));
}

static void
failed_run(struct http_call *call, enum err e)
{
	struct http_request *rq = call->rq;

	response_init(rq, response_max(call));
	rq->response.status = err_status(e);
	if (rq->response.status >= 500)
		failure_log(call, e);
	call->core->app.failed(rq, e); /* may send them elsewhere instead */
	if (e == ERR_METHOD)
		allow_set(rq, call->match.allow);
	if (err_retryable(e) && !rq->cx.retry_s)
		rq->cx.retry_s = 1;
	if (rq->response.body.n == 0 && rq->response.status >= 400) {
		rq->response.type = "text/plain; charset=utf-8";
		buf_printf(&rq->response.body, "%s\n", err_name(e));
	}
}

void
dispatch_end(struct http_call *call, enum err e)
{
	struct http_request *rq = call->rq;

	if (e == OK && rq->response.body.full)
		e = fail(&rq->cx, ERR_INTERNAL, "",
		    N_("The answer is too large."));
	if (e != OK)
		failed_run(call, e);
	retry_set(rq);
}

void
dispatch_ask(struct http_call *call, void *worker)
{
	call->early = may_run(request_new(call, worker));
	if (call->early != OK)
		dispatch_end(call, call->early);
}

bool
dispatch_run(struct http_call *call, void *worker)
{
	const struct http_route *route = call->match.route;
	bool later = call->early == OK && route->flags & ROUTE_LATER;
	enum err e = OK;

	for (int run = 0; run <= RUNS_AGAIN; run++) {
		struct http_request *rq = request_new(call, worker);

		if (call->early != OK)
			e = early_note(rq, call->early);
		else
			e = handler_run(rq);
		if (e == OK && later)
			return false;
		if (call->early != OK || !err_retryable(e))
			break;
		pause_random();
	}
	dispatch_end(call, e);
	return true;
}
