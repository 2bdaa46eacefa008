/*
 * The order of a crawl: start addresses, links until none is new, sitemaps,
 * links again; then the ways of clicks, and what is gone.
 */
#include "answers/crawl_part.h"
#include "base/mem.h"

enum { TASKS = 64, WAITING_A_WRITE = 1000 };

/* ---- The beginning ------------------------------------------------------- */

static enum err
starts_meet(struct crawl_run *r, struct db_tx *tx, void *arg)
{
	enum err e = q_crawl_start(tx, r->id, CRAWL_RUNNING, r->cx.now_ms);

	for (size_t i = 0; e == OK && i < r->o->starts; i++) {
		struct weburl u;
		int64_t id;

		if (weburl_parse(r->cx.mem, r->o->start[i], &u))
			e = crawl_meet(r, tx, &u, 0, 0, 0, STR(""), &id);
	}
	return e;
}

static enum err
begin(struct crawl_run *r, bool *sitemaps)
{
	struct q_crawl_row row;
	enum err e = q_crawl_get(r->db, r->cx.mem, r->id, &row);

	if (e != OK || (e = crawl_hosts_make(r)) != OK)
		return e;
	r->configured = !row.scope.n;
	r->count = (struct crawl_count){row.found, row.fetched, row.pages,
	    row.added, row.changed, row.gone, row.failed, row.bytes};
	*sitemaps = row.sitemaps;
	return row.state == CRAWL_ASKED ? crawl_write(r, starts_meet, NULL)
					: OK;
}

/* ---- The addresses ------------------------------------------------------- */

static bool
is_at_limit(const struct crawl_run *r)
{
	return r->count.fetched + (int64_t)r->n >= r->o->pages_max ||
	    crawl_monotonic_ms() - r->begun_ms > r->o->time_ms;
}

/* The first of the tasks whose host may be asked; else the one that may be
 * asked soonest. Done ones have no url. */
static struct q_crawl_task *
task_pick(struct crawl_run *r, struct q_crawl_task_rows *tasks)
{
	int64_t now = crawl_monotonic_ms(), soonest = INT64_MAX;
	struct q_crawl_task *best = NULL;

	for (size_t i = 0; i < tasks->n; i++) {
		struct q_crawl_task *t = &tasks->v[i];
		const struct crawl_host *h =
		    t->id ? crawl_host_of(r, t->site) : NULL;
		int64_t at = h && !h->given_up ? h->next_ms : 0;

		if (!t->id || at >= soonest)
			continue;
		best = t;
		soonest = at;
		if (at <= now)
			break;
	}
	return best;
}

static bool
batch_is_full(const struct crawl_run *r)
{
	size_t bytes = 0;

	for (size_t i = 0; i < r->n; i++)
		bytes += r->batch[i].bytes;
	return r->n == BATCH_MAX || bytes > BATCH_BYTES_MAX ||
	    (r->n && crawl_monotonic_ms() - r->batch_ms > BATCH_MS_MAX);
}

static bool
goes_on(struct crawl_run *r)
{
	return !crawl_is_stopped(r) &&
	    (!r->o->progress || r->o->progress(r->o->arg, &r->count));
}

static enum err
batch_pass(struct crawl_run *r, bool *on)
{
	enum err e = crawl_flush(r);

	*on = e == OK && goes_on(r);
	return e;
}

/* Fetches the tasks; *on becomes false where the run shall stop. */
static enum err
tasks_run(struct crawl_run *r, struct q_crawl_task_rows *tasks, bool *on)
{
	struct q_crawl_task *t;
	enum err e = OK;

	while (e == OK && *on && !is_at_limit(r) &&
	    (t = task_pick(r, tasks))) {
		struct q_crawl_task *copy =
		    mem_new(r->cx.mem, struct q_crawl_task);

		if (r->n == 0)
			r->batch_ms = crawl_monotonic_ms();
		*copy = *t;
		t->id = 0;
		crawl_fetch(r, copy, &r->batch[r->n++]);
		if (crawl_is_stopped(r) &&
		    r->batch[r->n - 1].outcome == CRAWLED_NONE)
			r->n--; /* it was not fetched at all */
		if (batch_is_full(r) || crawl_is_stopped(r))
			e = batch_pass(r, on);
	}
	return e == OK && *on ? batch_pass(r, on) : e;
}

/* All addresses that wait; *state becomes LIMIT if some are left. */
static enum err
addresses_run(struct crawl_run *r, bool *on, enum crawl_state *state)
{
	enum err e = OK;

	while (e == OK && *on) {
		void *mem = talloc_new(r->mem);
		struct q_crawl_task_rows tasks;

		e = q_crawl_next(r->db, mem, r->id, TASKS, &tasks);
		if (e == OK && tasks.n && is_at_limit(r))
			*state = CRAWL_LIMIT;
		if (e != OK || tasks.n == 0 || *state == CRAWL_LIMIT) {
			talloc_free(mem);
			return e;
		}
		e = tasks_run(r, &tasks, on);
		talloc_free(mem);
	}
	return e;
}

/* ---- The end ------------------------------------------------------------- */

struct ending {
	enum crawl_state state;
	int64_t dropped;
};

static enum err
end_write(struct crawl_run *r, struct db_tx *tx, void *arg)
{
	const struct crawl_count *c = &r->count;
	struct ending *end = arg;
	enum err e = q_crawl_waiting_drop(tx, r->id, WAITING_A_WRITE,
	    &end->dropped);

	if (e != OK || end->dropped == WAITING_A_WRITE)
		return e;
	if ((e = q_crawl_count(tx, r->id, c->found, c->fetched, c->pages,
		 c->added, c->changed, c->gone, c->failed, c->bytes)) != OK)
		return e;
	return q_crawl_end(tx, r->id, end->state, r->cx.now_ms);
}

static enum err
finish(struct crawl_run *r, enum crawl_state state)
{
	struct ending end = {state, WAITING_A_WRITE};
	enum err e = OK;

	crawl_batch_begin(r);
	while (e == OK && end.dropped == WAITING_A_WRITE)
		e = crawl_write(r, end_write, &end);
	return e;
}

static enum err
run_all(struct crawl_run *r, enum crawl_state *state)
{
	enum crawl_state end = CRAWL_DONE;
	bool sitemaps, on = true;
	enum err e;

	if ((e = begin(r, &sitemaps)) != OK ||
	    (e = addresses_run(r, &on, &end)) != OK)
		return e;
	if (on && end == CRAWL_DONE && !sitemaps) {
		if ((e = crawl_sitemaps(r)) != OK ||
		    (e = addresses_run(r, &on, &end)) != OK)
			return e;
	}
	if (!on || crawl_is_stopped(r))
		return OK;
	if ((e = crawl_places(r)) != OK ||
	    (end == CRAWL_DONE && (e = crawl_sweep(r)) != OK))
		return e;
	if (crawl_is_stopped(r))
		return OK;
	*state = end;
	return finish(r, end);
}

enum err
crawl_run(struct cx *cx, struct db *db, int64_t id,
    const struct crawl_options *o, enum crawl_state *state,
    struct crawl_count *count)
{
	struct crawl_run *r = mem_new(cx->mem, struct crawl_run);
	enum err e;

	*state = CRAWL_RUNNING;
	r->cx = *cx;
	r->mem = talloc_new(r);
	r->cx.mem = talloc_new(r->mem);
	r->db = db;
	r->id = id;
	r->o = o;
	r->begun_ms = crawl_monotonic_ms();
	r->shapes = mem_new(r->mem, struct trap_shapes);
	r->met = mem_array(r->mem, struct crawl_met, MET_SLOTS);
	r->transfer = transfer_new(r->mem, o->agent, o->stop);
	e = run_all(r, state);
	*count = r->count;
	talloc_free(r);
	return e;
}
