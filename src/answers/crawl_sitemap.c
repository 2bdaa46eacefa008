/*
 * Sitemaps, read when links lead nowhere new any more: what they name beyond
 * that is fetched too, but no way of clicks leads there.
 */
#include "answers/crawl_part.h"
#include "answers/sitemap.h"
#include "base/mem.h"
#include "net/unpack.h"

enum { MAPS_MAX = 100, MAP_BYTES_MAX = 20 << 20, URLS_A_WRITE = 200 };

struct maps {
	struct weburl url[MAPS_MAX];
	size_t n;
};

/* Addresses of a sitemap, some at a time. */
struct share {
	const struct str *url;
	size_t n;
};

static void
map_add(struct crawl_run *r, struct maps *m, struct str url)
{
	struct weburl u;

	if (m->n == MAPS_MAX || !weburl_parse(r->mem, url, &u) ||
	    !crawl_host_of(r, u.site))
		return;
	for (size_t i = 0; i < m->n; i++)
		if (str_eq(m->url[i].text, u.text))
			return;
	m->url[m->n++] = u;
}

static enum err
share_write(struct crawl_run *r, struct db_tx *tx, void *arg)
{
	const struct share *s = arg;
	enum err e = OK;

	for (size_t i = 0; e == OK && i < s->n; i++) {
		struct weburl u;
		int64_t id;

		if (weburl_parse(r->cx.mem, s->url[i], &u) &&
		    crawl_host_of(r, u.site) && !trap_is_file(&u))
			e = crawl_meet(r, tx, &u, 1, 0, 0, STR(""), &id);
	}
	return e;
}

static enum err
urls_meet(struct crawl_run *r, const struct sitemap *map)
{
	enum err e = OK;

	for (size_t at = 0; e == OK && at < map->n; at += URLS_A_WRITE) {
		struct share s = {map->url + at,
		    map->n - at < URLS_A_WRITE ? map->n - at : URLS_A_WRITE};

		e = crawl_is_stopped(r) ? OK : crawl_write(r, share_write, &s);
	}
	return e;
}

static enum err
map_read(struct crawl_run *r, struct maps *m, const struct weburl *u)
{
	struct crawl_host *h = crawl_host_of(r, u->site);
	struct transfer_request rq = {.url = u->text,
	    .bytes_max = MAP_BYTES_MAX};
	struct transfer_answer a;
	struct sitemap map;
	struct str bytes;

	if (h->given_up || h->no_robots ||
	    crawl_get(r, h, &rq, &a) != CRAWLED_NONE || a.status != 200)
		return OK;
	bytes = a.body;
	if (unpack_is_gzip(bytes) &&
	    !unpack_gzip(r->cx.mem, bytes, MAP_BYTES_MAX, &bytes))
		return OK;
	(void)sitemap_read(r->cx.mem, bytes, &map); /* what it could read */
	if (!map.index)
		return urls_meet(r, &map);
	for (size_t i = 0; i < map.n; i++)
		map_add(r, m, map.url[i]);
	return OK;
}

static enum err
read_noted(struct crawl_run *r, struct db_tx *tx, void *arg)
{
	return q_crawl_sitemaps_read(tx, r->id);
}

enum err
crawl_sitemaps(struct crawl_run *r)
{
	struct maps *m = mem_new(r->mem, struct maps);
	enum err e = OK;

	for (size_t i = 0; i < r->hosts; i++) {
		struct crawl_host *h = &r->host[i];
		struct weburl usual;

		crawl_host_robots(r, h);
		for (size_t k = 0; k < h->robots.sitemaps; k++)
			map_add(r, m, h->robots.sitemap[k]);
		if (!h->robots.sitemaps &&
		    weburl_join(r->mem, &h->root, STR("/sitemap.xml"), &usual))
			map_add(r, m, usual.text);
	}
	for (size_t i = 0; e == OK && i < m->n && !crawl_is_stopped(r); i++) {
		e = map_read(r, m, &m->url[i]);
		crawl_batch_begin(r);
	}
	talloc_free(m);
	if (e != OK || crawl_is_stopped(r))
		return e;
	return crawl_write(r, read_noted, NULL);
}
