/*
 * The only file that knows libmicrohttpd. Two loop threads parse and send; a
 * request that needs work is suspended, run by a worker, and resumed:
 *
 *   line_seen -> head_seen (guard, route) -> body_take ... -> body_whole
 *   -> suspended: dispatch.c in a worker -> answer_send -> exchange_end
 *
 * A file is suspended twice: behind its head a worker asks who sends it
 * (head_asked), since it may be large.
 *
 * Memory: an exchange belongs to the loop thread, but for the time between
 * exchange_submit() and exchange_resume() it is the worker's, or with
 * ROUTE_LATER belongs to whoever will answer. What the handler allocated is a
 * tree of its own and is freed by the loop thread when the answer is sent, so
 * that the body goes out without being copied.
 *
 * Suspending comes before handing on, always: the worker may be done before
 * this thread's next line. A suspended connection is looked at by nobody, so a
 * client that left is noticed only when the answer is sent. (One that closed
 * only its sending half may be taken for gone by the library.)
 */
#include <microhttpd.h>
#include <stdatomic.h>
#include <stdio.h>
#include <unistd.h>

#include "base/log.h"
#include "base/mem.h"
#include "base/secret.h"
#include "http/asset.h"
#include "http/budget.h"
#include "http/call.h"
#include "http/head.h"
#include "http/listen.h"
#include "http/options.h"
#include "http/reaper.h"
#include "http/response.h"
#include "http/workers.h"

enum {
	LOOPS = 2,
	/* bounds a request's head; an idle connection costs as much */
	CONNECTION_BYTES = 16 << 10,
	CONNECTIONS_MAX = 10000,
	IDLE_MS = 65000,
	/* what is read and thrown away beyond a limit, so that the answer
	 * reaches a client that sends first and listens later */
	DRAIN_BYTES = 16 << 20,
	/* of each body this much is not counted against the budget of all: what
	 * a person types is taken, whatever else is under way */
	BODY_FREE_BYTES = 16 << 10,
	/* the slowest line that is waited for, in bytes a millisecond */
	SLOWEST_BYTES_MS = 8,
	SEND_MS = 60000,
	STOP_MS = 3000,
};

/* An asset's answers, made once. */
struct shelf {
	struct MHD_Response *plain, *gzip, *same;
};

struct http_server {
	struct http_core core;
	struct assets *assets;
	struct shelf *shelf;
	struct MHD_Response *bad, *busy;
	struct MHD_Daemon *daemon;
	struct workers *workers;
	struct reaper *reaper;
	int listen_fd, port;
	bool in_place;            /* the parser is the one guard_layout knows */
	uint32_t boot;            /* makes request ids differ between starts */
	_Atomic uint64_t count;
	struct budget bodies;     /* what all connections hold of bodies */
	_Atomic long running;     /* handed to a worker and not yet sent */
	_Atomic long away;        /* suspended */
	_Atomic bool stopping;
};

/* A connection. */
struct peer {
	struct conn *conn;
	char address[ADDRESS_BYTES];
};

/* A request and its answer. */
struct exchange {
	struct http_call call;    /* first: workers are handed this */
	struct http_server *s;
	struct MHD_Connection *c;
	struct peer *peer;
	const char *line_target;  /* the target in the library's buffer */
	long asset;
	struct buf body;
	uint64_t body_seen, body_limit, body_counted;
	bool begun, asking, submitted, refused;
};

/* ---- Answers ------------------------------------------------------------ */

static void
header_add(struct MHD_Response *r, const char *name, const char *value)
{
	if (MHD_add_response_header(r, name, value) != MHD_YES)
		log_warn("the header %s could not be set", name);
}

/* The body stays where it is until the answer is sent. */
static struct MHD_Response *
answer_new(struct str body)
{
	/* the library asks for a pointer it could write to, and does not */
	union {
		const char *in;
		void *out;
	} bytes = {.in = body.p};
	struct MHD_Response *r = mem_sure(MHD_create_response_from_buffer(
	    body.n, bytes.out, MHD_RESPMEM_PERSISTENT));

	for (const struct response_header *h = response_always; h->name; h++)
		header_add(r, h->name, h->value);
	return r;
}

static struct MHD_Response *
answer_short(struct str text)
{
	struct MHD_Response *r = answer_new(text);

	header_add(r, "Content-Type", "text/plain; charset=utf-8");
	header_add(r, "Cache-Control", "no-store");
	return r;
}

static struct MHD_Response *
asset_answer(const struct http_asset *a, struct str body, bool gzip)
{
	struct MHD_Response *r = answer_new(body);
	void *mem = talloc_new(NULL);

	header_add(r, "Content-Type", a->type);
	header_add(r, "ETag", asset_etag(mem, a, gzip).p);
	header_add(r, "Cache-Control", asset_is_hashed(a)
		? "public, max-age=31536000, immutable" : "public, no-cache");
	if (a->gzip)
		header_add(r, "Vary", "Accept-Encoding");
	if (gzip && body.n)
		header_add(r, "Content-Encoding", "gzip");
	talloc_free(mem);
	return r;
}

static void
shelf_fill(struct http_server *s)
{
	size_t n = s->core.app.n_assets;

	s->shelf = mem_array(s, struct shelf, n + 1);
	for (size_t i = 0; i < n; i++) {
		const struct http_asset *a = &s->core.app.assets[i];
		struct str plain = {(const char *)a->body, a->body_bytes};
		struct str gzip = {(const char *)a->gzip, a->gzip_bytes};

		s->shelf[i].plain = asset_answer(a, plain, false);
		s->shelf[i].same = asset_answer(a, STR(""), false);
		if (a->gzip)
			s->shelf[i].gzip = asset_answer(a, gzip, true);
	}
}

static void
shelf_clear(struct http_server *s)
{
	for (size_t i = 0; i < s->core.app.n_assets; i++) {
		MHD_destroy_response(s->shelf[i].plain);
		MHD_destroy_response(s->shelf[i].same);
		if (s->shelf[i].gzip)
			MHD_destroy_response(s->shelf[i].gzip);
	}
}

static enum MHD_Result
asset_send(struct exchange *x)
{
	const struct http_call *call = &x->call;
	const struct http_asset *a = &x->s->core.app.assets[x->asset];
	const struct shelf *shelf = &x->s->shelf[x->asset];
	struct str match = pairs_get(call->header, call->headers,
	    "If-None-Match");
	struct str accept = pairs_get(call->header, call->headers,
	    "Accept-Encoding");

	conn_deadline(x->peer->conn,
	    SEND_MS + (int64_t)a->body_bytes / SLOWEST_BYTES_MS);
	if (match.n && asset_unchanged(a, match))
		return MHD_queue_response(x->c, 304, shelf->same);
	if (shelf->gzip && asset_takes_gzip(accept))
		return MHD_queue_response(x->c, 200, shelf->gzip);
	return MHD_queue_response(x->c, 200, shelf->plain);
}

/* What the handler said, and what it left unsaid. */
static void
headers_add(struct MHD_Response *r, const struct exchange *x)
{
	const struct http_response *from = &x->call.rq->response;

	header_add(r, "X-Request-Id", x->call.id);
	if (x->call.secure)
		header_add(r, response_secure.name, response_secure.value);
	if (from->type && from->body.n)
		header_add(r, "Content-Type", from->type);
	if (!response_has(from, "Cache-Control"))
		header_add(r, "Cache-Control", "no-store");
	if (atomic_load(&x->s->stopping))
		header_add(r, "Connection", "close");
	for (size_t i = 0; i < from->headers; i++)
		header_add(r, from->header[i].name, from->header[i].value.p);
}

static enum MHD_Result
answer_send(struct exchange *x)
{
	struct http_response *from = &x->call.rq->response;
	struct MHD_Response *r = answer_new(buf_get(&from->body));
	enum MHD_Result ok;

	headers_add(r, x);
	conn_deadline(x->peer->conn,
	    SEND_MS + (int64_t)from->body.n / SLOWEST_BYTES_MS);
	ok = MHD_queue_response(x->c, (unsigned)from->status, r);
	MHD_destroy_response(r);
	return ok;
}

/* ---- Between loop and workers ------------------------------------------- */

/* After this the exchange is the loop thread's again. */
static void
exchange_resume(struct exchange *x)
{
	struct http_server *s = x->s;

	MHD_resume_connection(x->c);
	atomic_fetch_sub(&s->away, 1);
}

/* In a worker. */
static void
exchange_run(void *worker, void *job)
{
	struct exchange *x = job;

	if (x->asking)
		dispatch_ask(&x->call, worker);
	else if (!dispatch_run(&x->call, worker))
		return;
	exchange_resume(x);
}

void
http_answer(struct http_request *rq, enum err e)
{
	struct exchange *x = (struct exchange *)rq->parts->call;

	dispatch_end(&x->call, e);
	exchange_resume(x);
}

static enum MHD_Result
exchange_submit(struct exchange *x)
{
	x->submitted = true;
	x->call.body = buf_get(&x->body);
	conn_deadline(x->peer->conn, 0);
	atomic_fetch_add(&x->s->running, 1);
	atomic_fetch_add(&x->s->away, 1);
	MHD_suspend_connection(x->c);
	if (!workers_push(x->s->workers, x)) {
		x->refused = true;
		exchange_resume(x);
	}
	return MHD_YES;
}

/* ---- A request comes in ------------------------------------------------- */

static void *
line_seen(void *arg, const char *uri, struct MHD_Connection *c)
{
	struct http_server *s = arg;
	struct exchange *x = mem_sure(
	    talloc_pooled_object(NULL, struct exchange, 8, 4000));

	*x = (struct exchange){.s = s, .c = c, .asset = -1};
	x->call.core = &s->core;
	x->call.target = str_dup(x, str_of(uri ? uri : ""));
	x->line_target = uri;
	x->peer = MHD_get_connection_info(c,
	    MHD_CONNECTION_INFO_SOCKET_CONTEXT)->socket_context;
	snprintf(x->call.id, sizeof x->call.id, "%08x-%llx", s->boot,
	    (unsigned long long)atomic_fetch_add(&s->count, 1));
	conn_hurry(x->peer->conn, s->core.options.head_ms);
	return x;
}

struct gather {
	struct http_pair *pair;
	size_t n, room;
};

static enum MHD_Result
header_take(void *arg, enum MHD_ValueKind kind, const char *name,
    size_t name_bytes, const char *value, size_t value_bytes)
{
	struct gather *g = arg;

	if (g->n == g->room)
		return MHD_NO;
	g->pair[g->n++] = (struct http_pair){{name, name_bytes},
	    {value ? value : "", value_bytes}};
	return MHD_YES;
}

static const char *
head_check(struct exchange *x, const char *method, const char *version)
{
	int n = MHD_get_connection_values_n(x->c, MHD_HEADER_KIND, NULL, NULL);
	struct gather g = {.room = n > 0 ? (size_t)n : 0};
	struct guard_layout layout;
	struct head head;

	g.pair = mem_array(x, struct http_pair, g.room + 1);
	MHD_get_connection_values_n(x->c, MHD_HEADER_KIND, header_take, &g);
	layout = (struct guard_layout){
	    .method = str_of(method),
	    .target = {x->line_target, x->call.target.n},
	    .version = version,
	    .bytes = MHD_get_connection_info(x->c,
		MHD_CONNECTION_INFO_REQUEST_HEADER_SIZE)->header_size,
	    .header = g.pair,
	    .n = g.n,
	};
	head = (struct head){method, version, x->peer->address,
	    x->s->in_place ? &layout : NULL, g.pair, g.n};
	return head_take(&x->call, x, &head);
}

static void
route_choose(struct exchange *x)
{
	struct http_call *call = &x->call;
	const struct http_options *o = &x->s->core.options;
	bool raw;

	x->asset = assets_find(x->s->assets, call->path);
	if (x->asset >= 0 && call->method != HTTP_GET) {
		x->asset = -1;
		call->early = ERR_METHOD;
		call->match.allow = 1u << HTTP_GET;
	} else if (x->asset < 0) {
		call->early = router_find(x->s->core.router, call->method,
		    call->path, &call->match);
	}
	if (call->broken.p) {
		x->asset = -1;
		call->early = ERR_MALFORMED;
	}
	raw = call->match.route && (call->match.route->flags & ROUTE_RAW_BODY);
	x->body_limit = raw ? o->file_bytes : o->body_bytes;
	buf_init(&x->body, x, x->body_limit);
}

/* Says how long the body may take; true if it is not worth reading at all. */
static bool
body_foresee(struct exchange *x)
{
	const struct http_options *o = &x->s->core.options;
	uint64_t bytes = head_body_bytes(&x->call);
	bool raw = x->body_limit > o->body_bytes;
	bool asks = pairs_get(x->call.header, x->call.headers, "Expect").p;

	if (bytes <= x->body_limit) {
		conn_deadline(x->peer->conn, o->body_ms +
			(raw ? (int64_t)bytes / SLOWEST_BYTES_MS : 0));
		return asks && x->call.early != OK;
	}
	if (x->call.early == OK)
		x->call.early = ERR_TOO_LARGE;
	conn_deadline(x->peer->conn, o->body_ms);
	return asks || bytes > x->body_limit + DRAIN_BYTES;
}

static enum MHD_Result
head_seen(struct exchange *x, const char *method, const char *version)
{
	const char *wrong;

	x->begun = true;
	if ((wrong = head_check(x, method, version))) {
		log_debug("%s %s: refused for %s", x->call.id,
		    x->peer->address, wrong);
		return MHD_queue_response(x->c, 400, x->s->bad);
	}
	route_choose(x);
	if (body_foresee(x))
		return exchange_submit(x); /* its answer closes */
	x->asking = x->call.early == OK && x->asset < 0 &&
	    x->call.match.route->flags & ROUTE_RAW_BODY;
	return x->asking ? exchange_submit(x) : MHD_YES;
}

/* It is known now who sends this. Whoever may not is answered at once, or behind
 * a body that is short enough to be thrown away. */
static enum MHD_Result
head_asked(struct exchange *x)
{
	x->asking = false;
	if (x->refused)
		return MHD_queue_response(x->c, 503, x->s->busy);
	if (x->call.early == OK) {
		x->submitted = false;
		atomic_fetch_sub(&x->s->running, 1);
	} else {
		x->body_limit = 0;
	}
	return body_foresee(x) ? answer_send(x) : MHD_YES;
}

/* Counts what has come; false if all bodies together would be too much. */
static bool
body_count(struct exchange *x)
{
	uint64_t counts = x->body_seen > BODY_FREE_BYTES
		? x->body_seen - BODY_FREE_BYTES : 0;

	if (counts <= x->body_counted)
		return true;
	if (!budget_take(&x->s->bodies, counts - x->body_counted))
		return false;
	x->body_counted = counts;
	return true;
}

static void
body_forget(struct exchange *x)
{
	budget_give(&x->s->bodies, x->body_counted);
	x->body_counted = 0;
	talloc_free(x->body.p);
	buf_init(&x->body, x, 0);
}

/* What nobody will read is not kept, but taken off the line all the same, up to
 * a point. */
static enum MHD_Result
body_take(struct exchange *x, const char *data, size_t *bytes)
{
	struct http_call *call = &x->call;

	x->body_seen += *bytes;
	if (x->body_seen > x->body_limit + DRAIN_BYTES)
		return MHD_NO;
	if (call->early == OK && x->body_seen > x->body_limit)
		call->early = ERR_TOO_LARGE;
	if (call->early == OK && !body_count(x))
		call->early = ERR_BUSY;
	if (call->early == OK)
		buf_put(&x->body, data, *bytes);
	else
		body_forget(x);
	*bytes = 0;
	return MHD_YES;
}

/* The library calls this for the head, for each piece of the body, at its end,
 * and again for the same after the connection was resumed. */
static enum MHD_Result
request_seen(void *arg, struct MHD_Connection *c, const char *url,
    const char *method, const char *version, const char *data, size_t *bytes,
    void **context)
{
	struct exchange *x = *context;

	if (!x)
		return MHD_NO;
	if (!x->begun)
		return head_seen(x, method, version);
	if (x->asking)
		return head_asked(x);
	if (*bytes)
		return body_take(x, data, bytes);
	if (x->refused)
		return MHD_queue_response(c, 503, x->s->busy);
	if (x->submitted)
		return answer_send(x);
	if (x->asset >= 0)
		return asset_send(x);
	return exchange_submit(x);
}

static void
exchange_end(void *arg, struct MHD_Connection *c, void **context,
    enum MHD_RequestTerminationCode how)
{
	struct exchange *x = *context;

	if (!x)
		return;
	*context = NULL;
	budget_give(&x->s->bodies, x->body_counted);
	if (x->submitted)
		atomic_fetch_sub(&x->s->running, 1);
	conn_deadline(x->peer->conn,
	    IDLE_MS + x->s->core.options.head_ms);
	if (x->call.rq)
		talloc_free(x->call.rq->cx.mem);
	talloc_free(x);
}

/* ---- Connections -------------------------------------------------------- */

static void
connection_seen(void *arg, struct MHD_Connection *c, void **context,
    enum MHD_ConnectionNotificationCode what)
{
	struct http_server *s = arg;
	struct peer *peer = *context;

	if (what == MHD_CONNECTION_NOTIFY_STARTED) {
		*context = peer = mem_new(NULL, struct peer);
		peer->conn = conn_begin(s->reaper,
		    MHD_get_connection_info(c,
			MHD_CONNECTION_INFO_CONNECTION_FD)->connect_fd,
		    s->core.options.head_ms);
		listen_address(MHD_get_connection_info(c,
				   MHD_CONNECTION_INFO_CLIENT_ADDRESS)
				   ->client_addr,
		    peer->address);
	} else if (peer) {
		conn_end(s->reaper, peer->conn);
		talloc_free(peer);
		*context = NULL;
	}
}

/* Paths are decoded in guard.c, which is stricter. */
static size_t
unescape_not(void *arg, struct MHD_Connection *c, char *s)
{
	return strlen(s);
}

static void __attribute__((format(printf, 2, 0)))
library_log(void *arg, const char *format, va_list ap)
{
	char line[500];

	vsnprintf(line, sizeof line, format, ap);
	log_debug("http: %s", line);
}

/* ---- Start and stop ----------------------------------------------------- */

static bool
daemon_start(struct http_server *s)
{
	s->daemon = MHD_start_daemon(MHD_USE_EPOLL_INTERNAL_THREAD |
		MHD_ALLOW_SUSPEND_RESUME | MHD_USE_ERROR_LOG,
	    0, NULL, NULL, request_seen, s,
	    MHD_OPTION_EXTERNAL_LOGGER, library_log, NULL,
	    MHD_OPTION_LISTEN_SOCKET, s->listen_fd,
	    MHD_OPTION_THREAD_POOL_SIZE, (unsigned)LOOPS,
	    MHD_OPTION_CONNECTION_LIMIT, options_connections(CONNECTIONS_MAX),
	    MHD_OPTION_CONNECTION_TIMEOUT, IDLE_MS / 1000u,
	    MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)CONNECTION_BYTES,
	    MHD_OPTION_STRICT_FOR_CLIENT, 1,
	    MHD_OPTION_UNESCAPE_CALLBACK, unescape_not, NULL,
	    MHD_OPTION_URI_LOG_CALLBACK, line_seen, s,
	    MHD_OPTION_NOTIFY_CONNECTION, connection_seen, s,
	    MHD_OPTION_NOTIFY_COMPLETED, exchange_end, s,
	    MHD_OPTION_END);
	return s->daemon != NULL;
}

static void
server_furnish(struct http_server *s)
{
	const struct http_app *app = &s->core.app;
	const struct http_options *o = &s->core.options;
	const struct workers_plan plan = {
	    .n = o->workers,
	    .queue = o->queue,
	    .arg = app->arg,
	    .start = app->worker_start,
	    .stop = app->worker_stop,
	    .run = exchange_run,
	};

	s->bodies.most = o->bodies_bytes;
	s->core.router = router_new(s, app->routes, app->n_routes);
	s->assets = assets_new(s, app->assets, app->n_assets);
	shelf_fill(s);
	s->bad = answer_short(STR("400 Bad Request\n"));
	header_add(s->bad, "Connection", "close");
	s->busy = answer_short(STR("503 Service Unavailable\n"));
	header_add(s->busy, "Retry-After", "1");
	s->in_place = !strcmp(MHD_get_version(), "0.9.75");
	secret_random(&s->boot, sizeof s->boot);
	s->reaper = reaper_start(NULL,
	    o->head_ms < 4000 ? o->head_ms / 4 + 1 : 1000);
	s->workers = workers_start(NULL, &plan);
}

/* Everything, once the workers have stopped. Their queue goes after the loop
 * threads, which may still be handing on: they are refused and answer 503. All
 * connections have been resumed by then, as the library demands: where their
 * requests were answered or refused. */
static void
server_clear(struct http_server *s)
{
	if (s->daemon)
		MHD_stop_daemon(s->daemon);
	workers_free(s->workers);
	reaper_stop(s->reaper);
	shelf_clear(s);
	MHD_destroy_response(s->bad);
	MHD_destroy_response(s->busy);
	talloc_free(s);
}

enum err
http_start(const struct http_options *o, const struct http_app *app,
    struct http_server **out, struct str *why, void *why_mem)
{
	struct http_server *s = mem_new(NULL, struct http_server);
	enum err e;

	s->core.app = *app;
	options_take(&s->core.options, o);
	e = listen_open(o->listen, &s->listen_fd, &s->port, why, why_mem);
	if (e != OK) {
		talloc_free(s);
		return e;
	}
	server_furnish(s);
	if (daemon_start(s)) {
		*out = s;
		return OK;
	}
	*why = str_dup(why_mem, STR("the HTTP library did not start"));
	close(s->listen_fd);
	workers_stop(s->workers);
	server_clear(s);
	return ERR_INTERNAL;
}

int
http_port(const struct http_server *s)
{
	return s->port;
}

void
http_stop(struct http_server *s)
{
	if (!s)
		return;
	atomic_store(&s->stopping, true);
	MHD_quiesce_daemon(s->daemon);
	close(s->listen_fd);
	workers_stop(s->workers);
	while (atomic_load(&s->away)) /* answers that come later do come */
		usleep(1000);
	for (int i = 0; i < STOP_MS && atomic_load(&s->running); i++)
		usleep(1000);
	server_clear(s);
}
