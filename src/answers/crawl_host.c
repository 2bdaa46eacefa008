/*
 * Hosts of a crawl: what their robots.txt forbids, how often they may be asked,
 * and when to leave them alone. A robots.txt that the host refuses (4xx) forbids
 * nothing; one that it cannot give (5xx, no answer) forbids everything, as RFC
 * 9309 says, for this run.
 */
#include <time.h>

#include "answers/charset.h"
#include "answers/crawl_part.h"
#include "base/mem.h"

enum { LOOK_MS = 50, ROBOTS_HOPS_MAX = 5 };

#define AGENT_NAME "dienstweg"

int64_t
crawl_monotonic_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

bool
crawl_is_stopped(const struct crawl_run *r)
{
	return r->o->stop && atomic_load(r->o->stop);
}

struct crawl_host *
crawl_host_of(const struct crawl_run *r, struct str site)
{
	for (size_t i = 0; i < r->hosts; i++)
		if (str_eq(r->host[i].site, site))
			return &r->host[i];
	return NULL;
}

static bool
is_private_ok(const struct crawl_options *o, const struct weburl *u)
{
	for (size_t i = 0; i < o->private_hosts; i++)
		if (str_eq(o->private_host[i], u->host) ||
		    str_eq(o->private_host[i], u->site))
			return true;
	return false;
}

enum err
crawl_hosts_make(struct crawl_run *r)
{
	r->host = mem_array(r->mem, struct crawl_host, r->o->starts + 1);
	for (size_t i = 0; i < r->o->starts; i++) {
		struct crawl_host *h = &r->host[r->hosts];
		struct weburl u;

		if (!weburl_parse(r->mem, r->o->start[i], &u) ||
		    crawl_host_of(r, u.site))
			continue;
		h->site = u.site;
		h->private_ok = is_private_ok(r->o, &u);
		h->pause_ms = r->o->pause_ms;
		(void)weburl_join(r->mem, &u, STR("/"), &h->root);
		r->hosts++;
	}
	return r->hosts ? OK : ERR_INVALID;
}

static bool
wait_until(struct crawl_run *r, int64_t until_ms)
{
	for (;;) {
		int64_t left = until_ms - crawl_monotonic_ms();
		int64_t ms = left < LOOK_MS ? left : LOOK_MS;
		struct timespec pause = {.tv_nsec = (long)ms * 1000000};

		if (crawl_is_stopped(r))
			return false;
		if (left <= 0)
			return true;
		nanosleep(&pause, NULL);
	}
}

bool
crawl_host_wait(struct crawl_run *r, struct crawl_host *h)
{
	if (!wait_until(r, h->next_ms))
		return false;
	h->next_ms = crawl_monotonic_ms() + h->pause_ms;
	return true;
}

void
crawl_host_note(struct crawl_host *h, enum crawled o)
{
	h->failures = crawled_is_hosts(o) ? h->failures + 1 : 0;
	if (h->failures >= HOST_FAILURES_MAX)
		h->given_up = true;
}

enum crawled
crawl_get(struct crawl_run *r, struct crawl_host *h,
    struct transfer_request *rq, struct transfer_answer *out)
{
	enum transfer_end end;
	enum crawled o;

	*out = (struct transfer_answer){.body = STR("")};
	if (!crawl_host_wait(r, h))
		return CRAWLED_NONE;
	rq->private_ok = h->private_ok;
	rq->time_ms = (int)r->o->wait_ms;
	end = transfer_get(r->transfer, r->cx.mem, rq, out);
	o = crawled_of_end(end);
	if (end != TRANSFER_STOPPED)
		crawl_host_note(h, o);
	r->count.bytes += (int64_t)out->body.n;
	return o;
}

/* Fetches robots.txt, along redirects within the run's hosts. */
static enum crawled
robots_get(struct crawl_run *r, struct crawl_host *h,
    struct transfer_answer *out)
{
	struct weburl u;
	bool good = weburl_join(r->cx.mem, &h->root, STR("/robots.txt"), &u);

	for (int hops = 0; good && hops <= ROBOTS_HOPS_MAX; hops++) {
		struct transfer_request rq = {.url = u.text,
		    .bytes_max = ROBOTS_BYTES_MAX};
		enum crawled o = crawl_get(r, h, &rq, out);
		struct weburl next;

		if (o != CRAWLED_NONE || out->status < 300 ||
		    out->status >= 400)
			return o;
		good = weburl_join(r->cx.mem, &u, out->location, &next) &&
		    (h = crawl_host_of(r, next.site));
		u = next;
	}
	out->status = 404; /* leads nowhere: as if there were none */
	return CRAWLED_NONE;
}

void
crawl_host_robots(struct crawl_run *r, struct crawl_host *h)
{
	struct transfer_answer a;
	enum crawled o;

	if (h->asked)
		return;
	o = robots_get(r, h, &a);
	if (o == CRAWLED_NONE && !a.status)
		return; /* stopped */
	h->asked = true;
	h->no_robots = (o != CRAWLED_NONE && o != CRAWLED_TOO_LARGE) ||
	    a.status >= 500 || a.status == 429;
	if (h->no_robots || a.status >= 300)
		return;
	robots_read(r->mem, charset_decode(r->mem, STR("charset=utf-8"), a.body),
	    AGENT_NAME, &h->robots);
	if (h->robots.delay_ms > h->pause_ms && r->o->pause_ms > 0)
		h->pause_ms = h->robots.delay_ms;
}
