/*
 * Runs are rows: asked for, running, ended. Whoever holds the lease "crawl"
 * works on them; it is kept by renewing it with each batch, so a node that died
 * leaves the run to the next one within LEASE_MS.
 */
#include "desk/website.h"

#include "answers/index.h"
#include "answers/publish.h"
#include "base/mem.h"
#include "base/secret.h"
#include "desk/event.h"
#include "desk/house.h"
#include "desk/lease.h"
#include "net/weburl.h"

enum { LEASE_MS = 120 * 1000, MEGABYTE = 1 << 20 };

/* ---- Asking -------------------------------------------------------------- */

static enum err
runs_unfinished(struct desk *d, struct db *db, int64_t *asked,
    int64_t *running)
{
	struct q_crawl_row_rows rows;
	enum err e = q_crawl_in_state(db, d->cx->mem, CRAWL_ASKED, &rows);

	if (e != OK)
		return e;
	*asked = rows.n ? rows.v[0].id : 0;
	e = q_crawl_in_state(db, d->cx->mem, CRAWL_RUNNING, &rows);
	if (e == OK)
		*running = rows.n ? rows.v[0].id : 0;
	return e;
}

static enum err
ask(struct desk *d, struct db_tx *tx, struct str scope, int64_t *id)
{
	struct event ev;
	enum err e = q_crawl_ask(tx, d->cx->mem, scope, CRAWL_ASKED,
	    opt_id(d->actor.employee_id), d->cx->now_ms, id);

	if (e != OK)
		return e;
	event_begin(d, &ev);
	if (scope.n)
		event_text(&ev, "start", scope);
	return event_add(d, tx, &ev, "website.crawl-asked", *id);
}

enum err
website_ask(struct desk *d)
{
	int64_t asked, running, id;
	DB_TX tx = {0};
	enum err e;

	if ((e = desk_needs(d, ROLE_SUPERVISOR)) != OK)
		return e;
	if (!d->house->config->sites.n)
		return fail(d->cx, ERR_INVALID, "",
		    N_("The configuration names no website."));
	if ((e = db_begin(d->db, &tx)) != OK ||
	    (e = runs_unfinished(d, tx.db, &asked, &running)) != OK)
		return e;
	if (asked || running)
		return fail(d->cx, ERR_CONFLICT, "",
		    N_("The website is being read already."));
	if ((e = ask(d, &tx, STR(""), &id)) != OK)
		return e;
	return db_commit(&tx);
}

/* Asks for one if the last was asked for long enough ago. */
static enum err
ask_if_due(struct desk *d, int64_t *id)
{
	const struct config *c = d->house->config;
	int64_t last;
	DB_TX tx = {0};
	enum err e;

	if (!c->sites.n || !c->crawl_every_ms)
		return OK;
	if ((e = q_crawl_last_asked(d->db, d->cx->mem, &last)) != OK ||
	    d->cx->now_ms - last < c->crawl_every_ms)
		return e;
	if ((e = db_begin(d->db, &tx)) != OK ||
	    (e = ask(d, &tx, STR(""), id)) != OK)
		return e;
	return db_commit(&tx);
}

/* ---- The lease ----------------------------------------------------------- */

struct working {
	struct desk *d;
	struct lease lease;
	const struct website_crawl *told;
};

static struct lease
lease_of(struct desk *d)
{
	return (struct lease){"crawl", LEASE_MS, secret_token(d->cx->mem)};
}

static bool
progress(void *arg, const struct crawl_count *count)
{
	struct working *w = arg;
	bool ours;
	enum err e = lease_take(w->d, &w->lease, &ours);

	if ((e != OK && !err_retryable(e)) || (e == OK && !ours))
		return false;
	return !w->told || !w->told->progress ||
	    w->told->progress(w->told->arg, count);
}

/* ---- Working ------------------------------------------------------------- */

static struct crawl_options
options_of(struct desk *d, const struct working *w, const atomic_bool *stop)
{
	const struct config *c = d->house->config;
	struct str agent = str_printf(d->cx->mem, "Dienstweg/1 (%s%.*s)",
	    c->public_url.n ? "+" : "crawler", STR_FMT(c->public_url));

	return (struct crawl_options){.start = c->sites.v,
	    .starts = c->sites.n,
	    .private_host = c->private_hosts.v,
	    .private_hosts = c->private_hosts.n,
	    .pause_ms = c->crawl_pause_ms,
	    .wait_ms = c->crawl_wait_ms,
	    .time_ms = c->crawl_time_ms,
	    .pages_max = c->crawl_pages,
	    .depth_max = c->crawl_depth,
	    .bytes_max = c->crawl_megabytes * MEGABYTE,
	    .agent = agent.p,
	    .clock = d->house->clock,
	    .sink = &publish_sink,
	    .stop = stop,
	    .progress = progress,
	    .arg = (void *)w};
}

/* A run of one address alone; its host counts as named. */
static void
options_narrow(struct desk *d, struct str *start, struct crawl_options *o)
{
	struct weburl u;
	struct str *host = mem_new(d->cx->mem, struct str);

	o->start = start;
	o->starts = 1;
	if (!weburl_parse(d->cx->mem, *start, &u))
		return;
	*host = u.site;
	o->private_host = host;
	o->private_hosts = 1;
}

static enum err
told(struct desk *d, int64_t id, enum crawl_state state,
    const struct crawl_count *c)
{
	struct event ev;
	DB_TX tx = {0};
	enum err e;

	if ((e = db_begin(d->db, &tx)) != OK)
		return e;
	event_begin(d, &ev);
	event_text(&ev, "end",
	    state == CRAWL_DONE ? STR("done") : STR("limit"));
	event_int(&ev, "pages", c->pages);
	event_int(&ev, "added", c->added);
	event_int(&ev, "changed", c->changed);
	event_int(&ev, "gone", c->gone);
	event_int(&ev, "failed", c->failed);
	if ((e = event_add(d, &tx, &ev, "website.crawled", id)) != OK)
		return e;
	return db_commit(&tx);
}

/* Step after step of what the index owes itself, each a short transaction. */
static enum err
index_steps(struct desk *d, const atomic_bool *stop,
    enum err (*step)(struct cx *cx, struct db *db, bool *more))
{
	bool more = true;
	enum err e = OK;

	while (e == OK && more && !(stop && atomic_load(stop))) {
		struct cx cx = *d->cx;

		cx.mem = mem_sure(talloc_new(d->cx->mem));
		e = step(&cx, d->db, &more);
		talloc_free(cx.mem);
	}
	return e;
}

static enum err
work_on(struct desk *d, struct working *w, int64_t id, struct str scope,
    const atomic_bool *stop, enum crawl_state *state,
    struct crawl_count *count)
{
	struct crawl_options o = options_of(d, w, stop);
	enum err e;

	if (scope.n)
		options_narrow(d, &scope, &o);
	if ((e = index_steps(d, stop, index_renew)) != OK ||
	    (e = crawl_run(d->cx, d->db, id, &o, state, count)) != OK ||
	    *state == CRAWL_RUNNING || (e = told(d, id, *state, count)) != OK)
		return e;
	return index_steps(d, stop, index_join);
}

static enum err
give_up(struct desk *d, int64_t id)
{
	DB_TX tx = {0};
	enum err e;

	if ((e = db_begin(d->db, &tx)) != OK ||
	    (e = q_crawl_end(&tx, id, CRAWL_GIVEN_UP, d->cx->now_ms)) != OK)
		return e;
	return db_commit(&tx);
}

/* Runs that cannot go on because the configuration names no website any more
 * are given up. */
static enum err
job_run(struct desk *d, struct working *w, int64_t id, const atomic_bool *stop)
{
	struct crawl_count count;
	enum crawl_state state;
	struct q_crawl_row row;
	enum err e = q_crawl_get(d->db, d->cx->mem, id, &row);

	if (e != OK)
		return e;
	if (!row.scope.n && !d->house->config->sites.n)
		return give_up(d, id);
	e = work_on(d, w, id, row.scope, stop, &state, &count);
	return e == ERR_INVALID ? give_up(d, id) : e;
}

enum err
website_job(struct desk *d, const atomic_bool *stop)
{
	struct working w = {.d = d, .lease = lease_of(d)};
	int64_t asked, running;
	enum err e, given;
	bool ours;

	if ((e = index_steps(d, stop, index_renew)) != OK ||
	    (e = runs_unfinished(d, d->db, &asked, &running)) != OK)
		return e;
	if (!asked && !running)
		e = ask_if_due(d, &asked);
	if (e != OK || (!asked && !running) ||
	    (e = lease_take(d, &w.lease, &ours)) != OK || !ours)
		return e;
	/* Another node may have ended it just before. */
	if ((e = runs_unfinished(d, d->db, &asked, &running)) == OK &&
	    (asked || running))
		e = job_run(d, &w, running ? running : asked, stop);
	given = lease_give(d, &w.lease);
	return e != OK ? e : given;
}

/* The run that a command works on: a new one, or the one of the same scope that
 * was not finished. Others that were not finished are given up. */
static enum err
run_for(struct desk *d, struct str scope, int64_t *id)
{
	struct q_crawl_row_rows rows;
	DB_TX tx = {0};
	enum err e;

	*id = 0;
	for (int state = CRAWL_ASKED; state <= CRAWL_RUNNING; state++) {
		e = q_crawl_in_state(d->db, d->cx->mem, state, &rows);
		for (size_t i = 0; e == OK && i < rows.n; i++) {
			if (!*id && str_eq(rows.v[i].scope, scope))
				*id = rows.v[i].id;
			else
				e = give_up(d, rows.v[i].id);
		}
		if (e != OK)
			return e;
	}
	if (*id)
		return OK;
	if ((e = db_begin(d->db, &tx)) != OK ||
	    (e = ask(d, &tx, scope, id)) != OK)
		return e;
	return db_commit(&tx);
}

enum err
website_crawl(struct desk *d, struct website_crawl *c)
{
	struct working w = {.d = d, .lease = lease_of(d),
	    .told = c};
	struct weburl u;
	enum err e, given;
	int64_t id;
	bool ours;

	if ((e = desk_needs(d, ROLE_ADMIN)) != OK)
		return e;
	if (!c->start.n && !d->house->config->sites.n)
		return fail(d->cx, ERR_INVALID, "",
		    N_("The configuration names no website."));
	if (c->start.n && !weburl_parse(d->cx->mem, c->start, &u))
		return fail(d->cx, ERR_INVALID, "",
		    N_("This is no address of a website."));
	if ((e = lease_take(d, &w.lease, &ours)) != OK)
		return e;
	if (!ours)
		return fail(d->cx, ERR_CONFLICT, "",
		    N_("The website is being read already."));
	if ((e = run_for(d, c->start.n ? u.text : STR(""), &id)) == OK)
		e = work_on(d, &w, id, c->start.n ? u.text : STR(""), c->stop,
		    &c->state, &c->count);
	given = lease_give(d, &w.lease);
	return e != OK ? e : given;
}

/* ---- Reading ------------------------------------------------------------- */

enum err
website_read(struct desk *d, int64_t above, struct website *out)
{
	void *mem = d->cx->mem;
	int64_t asked, running;
	enum err e;

	*out = (struct website){.configured = d->house->config->sites.n > 0};
	if ((e = desk_needs(d, ROLE_AGENT)) != OK ||
	    (e = runs_unfinished(d, d->db, &asked, &running)) != OK ||
	    (e = q_crawl_last(d->db, mem, WEBSITE_RUNS_SHOWN, &out->runs)) !=
		OK ||
	    (e = q_crawl_failures(d->db, mem, CRAWLED_FAILED_LEAST,
		 CRAWLED_FAILED_MOST, above, WEBSITE_FAILURES_SHOWN + 1,
		 &out->failures)) != OK)
		return e;
	out->asked = asked != 0;
	out->running = running != 0;
	if (out->failures.n > WEBSITE_FAILURES_SHOWN) {
		out->failures.n = WEBSITE_FAILURES_SHOWN;
		out->next = out->failures.v[out->failures.n - 1].id;
	}
	return OK;
}
