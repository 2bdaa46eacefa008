/*
 * The doors that HTTP opens, put together: routes of the staff pages and of
 * the API on one server, a connection and a unit of work for each request, who
 * is asking, the jobs, and housekeeping once an hour. Everything else is on the
 * floors below.
 */
#include "serve.h"

#include <malloc.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <time.h>

#include "base/config.h"
#include "base/log.h"
#include "base/mem.h"
#include "base/secret.h"
#include "desk/demo.h"
#include "desk/employee.h"
#include "doors/api/api.h"
#include "doors/door.h"
#include "doors/web/web.h"
#include "jobs.h"
#include "static_assets.h"

enum {
	WORKERS_SQLITE = 24,  /* writers wait in groups: see docs/performance.md */
	WORKERS_POSTGRES = 16,
	HOUSEKEEPING_S = 3600,
};

struct worker {
	struct house *house;
	struct db *db;
};

static void *
worker_start(void *arg)
{
	struct worker *w = mem_new(NULL, struct worker);

	w->house = arg;
	w->db = store_connect(w->house->store);
	return w;
}

static void
worker_stop(void *worker)
{
	struct worker *w = worker;

	store_disconnect(w->db);
	talloc_free(w);
}

static bool
is_api(const struct http_request *rq)
{
	return rq->route ? rq->route->flags & ROUTE_API
			 : str_starts(rq->path, STR("/api/"));
}

/* The language: the browser's cookie, its preference; what the employee chose
 * comes before both, once it is known who it is. */
static enum lang
language(const struct http_request *rq)
{
	enum lang lang;

	if (lang_of(http_cookie(rq, "lang"), &lang))
		return lang;
	return lang_accept(http_header_get(rq, "Accept-Language"));
}

static enum err
who_asks(struct http_request *rq, struct desk *d)
{
	struct str token = http_header_get(rq, "Authorization");
	struct str bearer = STR("Bearer ");
	struct str cookie;

	if (is_api(rq)) {
		d->actor.door = DOOR_API;
		d->nonce = http_header_get(rq, "Idempotency-Key");
		if (!str_starts(token, bearer))
			return ERR_UNAUTHENTICATED;
		token.p += bearer.n;
		token.n -= bearer.n;
		return token_resume(d, token);
	}
	d->actor.door = DOOR_DESK;
	cookie = http_cookie(rq, web_cookie_name(rq));
	return str_empty(cookie) ? ERR_UNAUTHENTICATED
				 : session_resume(d, cookie,
				       !(rq->route->flags & ROUTE_LOOKS));
}

static enum err
may(struct http_request *rq)
{
	struct worker *w = rq->worker;
	struct desk *d = mem_new(rq->cx.mem, struct desk);
	enum err e;

	*d = (struct desk){.cx = &rq->cx, .db = w->db, .house = w->house};
	rq->who = d;
	e = who_asks(rq, d);
	(void)lang_of(d->actor.lang, &rq->cx.lang);
	if (e == ERR_UNAUTHENTICATED && rq->route->who == ROLE_NONE)
		return OK;
	if (e == ERR_UNAUTHENTICATED)
		return fail(&rq->cx, e, "", N_("Please sign in first."));
	return e != OK ? e : desk_needs(d, (enum role)rq->route->who);
}

static void
failed(struct http_request *rq, enum err e)
{
	if (!rq->who) { /* refused before anybody was asked who it is */
		struct worker *w = rq->worker;
		struct desk *d = mem_new(rq->cx.mem, struct desk);

		*d = (struct desk){.cx = &rq->cx,
		    .db = w ? w->db : NULL,
		    .house = w ? w->house : NULL};
		rq->who = d;
	}
	if (is_api(rq))
		api_failed(rq, e);
	else
		web_failed(rq, e);
}

static struct http_route *
routes_join(void *mem, size_t *n)
{
	struct http_route *all =
	    mem_array(mem, struct http_route, web_routes_n + api_routes_n);

	memcpy(all, web_routes, web_routes_n * sizeof *all);
	memcpy(all + web_routes_n, api_routes, api_routes_n * sizeof *all);
	*n = web_routes_n + api_routes_n;
	return all;
}

/* "127.0.0.1", or "[::1]" as URLs write it. */
static const char *
host_text(void *mem, const struct config *c)
{
	bool v6 = memchr(c->listen.host.p, ':', c->listen.host.n) != NULL;

	return str_printf(mem, v6 ? "[%.*s]" : "%.*s",
	    STR_FMT(c->listen.host)).p;
}

static enum err
start(struct house *house, void *mem, struct http_server **out,
    struct str *why)
{
	const struct config *c = house->config;
	bool sqlite = str_is(str_of(store_engine(house->store)), "sqlite");
	struct http_app app = {.arg = house,
	    .assets = static_assets,
	    .n_assets = static_assets_n,
	    .worker_start = worker_start,
	    .worker_stop = worker_stop,
	    .lang = language,
	    .may = may,
	    .failed = failed};
	struct http_options o = {
	    .listen = str_printf(mem, "%s:%d", host_text(mem, c),
		c->listen.port).p,
	    .workers = c->workers ? (unsigned)c->workers
		: sqlite	  ? WORKERS_SQLITE
				  : WORKERS_POSTGRES,
	    .clock = house->clock,
	    .api_prefix = "/api/",
	    .behind_proxy = !str_empty(c->public_url),
	    .public_origin = c->public_url.p};

	app.routes = routes_join(mem, &app.n_routes);
	secret_crowd_set(o.workers < 2 ? 1 : o.workers / 2);
	return http_start(&o, &app, out, why, mem);
}

/* A unit of the program's own. */
static void
own_unit(struct house *house, void (*work)(struct desk *d))
{
	struct cx cx = {.mem = mem_sure(talloc_new(NULL)),
	    .now_ms = clock_now_ms(house->clock),
	    .id = "serve"};
	struct desk d = {.cx = &cx,
	    .db = store_connect(house->store),
	    .house = house,
	    .actor = {.door = DOOR_COMMAND, .role = ROLE_ADMIN}};

	work(&d);
	store_disconnect(d.db);
	talloc_free(cx.mem);
}

static void
housekeep(struct desk *d)
{
	enum err e = employee_housekeeping(d);

	if (e != OK)
		log_warn("housekeeping: %s: %s", err_name(e), db_why(d->db));
}

static void
seats_print(struct desk *d)
{
	if (!demo_is(d))
		return;
	puts("this is the demo company; sign in as one of these (name, "
	     "password, role):");
	demo_seats_print(stdout);
}

/* Waits for the signal to end, keeping house meanwhile. */
static void
wait_for_end(struct house *house, const sigset_t *ends)
{
	const struct timespec hour = {.tv_sec = HOUSEKEEPING_S};

	do
		own_unit(house, housekeep);
	while (sigtimedwait(ends, NULL, &hour) < 0);
}

/* What requests have freed is kept for the next ones: giving it back to the
 * system and asking for it again stops all threads each time. */
static void
memory_keep(void)
{
	enum { KEPT_BYTES = 64 << 20, LARGE_BYTES = 4 << 20 };

	mallopt(M_TRIM_THRESHOLD, KEPT_BYTES);
	mallopt(M_MMAP_THRESHOLD, LARGE_BYTES);
}

static sigset_t
ends_of(void)
{
	sigset_t ends;

	sigemptyset(&ends);
	sigaddset(&ends, SIGINT);
	sigaddset(&ends, SIGTERM);
	return ends;
}

void
serve_prepare(void)
{
	sigset_t ends = ends_of();

	memory_keep();
	pthread_sigmask(SIG_BLOCK, &ends, NULL);
	signal(SIGPIPE, SIG_IGN);
}

int
serve(struct house *house)
{
	void *mem = talloc_new(NULL);
	struct http_server *server;
	struct jobs *jobs;
	struct str why = STR("");
	sigset_t ends = ends_of();
	enum err e;

	if ((e = start(house, mem, &server, &why)) != OK) {
		fprintf(stderr, "dienstweg: %s%s\n", why.p,
		    e == ERR_BUSY ? "; --listen takes another" : "");
		talloc_free(mem);
		return 1;
	}
	printf("listening on http://%s:%d\n", host_text(mem, house->config),
	    http_port(server));
	own_unit(house, seats_print);
	fflush(stdout);
	jobs = jobs_start(mem, house);
	wait_for_end(house, &ends);
	jobs_stop(jobs);
	http_stop(server);
	talloc_free(mem);
	return 0;
}
