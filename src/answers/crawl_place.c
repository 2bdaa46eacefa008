/*
 * The end of a run: each page learns the shortest way of clicks to it, and what
 * no way led to is taken back. What is held for this is an entry an address
 * (its id, where it leads by itself, and struct clicks_page), and the words of
 * one link each.
 */
#include <stdlib.h>

#include "answers/clicks.h"
#include "answers/crawl_part.h"
#include "answers/pack.h"
#include "base/mem.h"

enum {
	WALK_ROWS = 1000,
	PLACES_A_WRITE = 16,
	LOSSES_A_WRITE = 100,
	WORTH_MOST = 90,
	WORTH_CLICK = 12,
	WORTH_LEAST = 10,
	WORTH_UNPLACED = 5,
	WORTH_SAME = 5,          /* differences that are none */
	LINKED_MUCH = 16,
};

struct places {
	struct crawl_run *r;
	int64_t *id;             /* ascending */
	int64_t *leads_to;       /* an address's id; 0: it is a page */
	bool *offered;
	uint32_t n;
	struct clicks clicks;
};

struct placing {
	int64_t id;
	struct str clicks;
	int worth;
};

struct share {
	struct placing v[PLACES_A_WRITE];
	size_t n;
};

/* ---- What there is ------------------------------------------------------- */

static bool
is_on_a_way(const struct q_crawl_walk *row)
{
	return row->offered || row->outcome == CRAWLED_PAGE ||
	    row->outcome == CRAWLED_NOINDEX ||
	    row->outcome == CRAWLED_REDIRECT ||
	    row->outcome == CRAWLED_CANONICAL;
}

static void
place_add(struct places *p, const struct q_crawl_walk *row)
{
	if (p->n % WALK_ROWS == 0) {
		p->id = mem_sure(talloc_realloc(p->r->mem, p->id, int64_t,
		    p->n + WALK_ROWS));
		p->leads_to = mem_sure(talloc_realloc(p->r->mem, p->leads_to,
		    int64_t, p->n + WALK_ROWS));
		p->offered = mem_sure(talloc_realloc(p->r->mem, p->offered,
		    bool, p->n + WALK_ROWS));
	}
	p->id[p->n] = row->id;
	p->leads_to[p->n] = row->target_id.has ? row->target_id.v : 0;
	p->offered[p->n++] = row->offered;
}

static enum err
places_load(struct places *p)
{
	struct q_crawl_walk_rows rows = {.n = WALK_ROWS};
	int64_t above = 0;
	enum err e = OK;

	while (e == OK && rows.n == WALK_ROWS) {
		void *mem = talloc_new(NULL);

		e = q_crawl_walk(p->r->db, mem, above, WALK_ROWS, &rows);
		for (size_t i = 0; e == OK && i < rows.n; i++) {
			above = rows.v[i].id;
			if (rows.v[i].crawl_id == p->r->id &&
			    is_on_a_way(&rows.v[i]))
				place_add(p, &rows.v[i]);
		}
		talloc_free(mem);
	}
	return e;
}

static uint32_t
place_find(const struct places *p, int64_t id)
{
	uint32_t low = 0, high = p->n;

	while (low < high) {
		uint32_t middle = low + (high - low) / 2;

		if (p->id[middle] < id)
			low = middle + 1;
		else
			high = middle;
	}
	return low < p->n && p->id[low] == id ? low : CLICKS_NOBODY;
}

/* The page that an address leads to in the end. */
static uint32_t
page_of(const struct places *p, int64_t id)
{
	uint32_t at = place_find(p, id);

	for (int i = 0; at != CLICKS_NOBODY && p->leads_to[at]; i++)
		at = i < HOPS_MAX ? place_find(p, p->leads_to[at])
				  : CLICKS_NOBODY;
	return at;
}

static enum err
links_of(void *arg, void *mem, uint32_t page, struct clicks_link **out,
    size_t *n)
{
	struct places *p = arg;
	struct pack_link l;
	struct str packed;
	enum err e = q_crawl_links(p->r->db, mem, p->id[page], &packed);

	*n = 0;
	*out = mem_array(mem, struct clicks_link, EXTRACT_LINKS_MAX);
	while (e == OK && *n < EXTRACT_LINKS_MAX && pack_next(&packed, &l)) {
		uint32_t to = page_of(p, l.to);

		if (to != CLICKS_NOBODY)
			(*out)[(*n)++] =
			    (struct clicks_link){to, l.region, l.text};
	}
	return e == ERR_NOT_FOUND ? OK : e;
}

static enum err
starts_mark(struct places *p)
{
	for (size_t i = 0; i < p->r->o->starts; i++) {
		struct q_crawl_find found;
		struct weburl u;
		uint32_t page;
		enum err e;

		if (!weburl_parse(p->r->cx.mem, p->r->o->start[i], &u))
			continue;
		e = q_crawl_find(p->r->db, p->r->cx.mem, u.text, &found);
		if (e == ERR_NOT_FOUND)
			continue;
		if (e != OK)
			return e;
		if ((page = page_of(p, found.id)) != CLICKS_NOBODY)
			p->clicks.page[page].start = true;
	}
	return OK;
}

/* ---- What it is worth ---------------------------------------------------- */

static int
worth_of(const struct clicks_page *page)
{
	int worth = WORTH_MOST - page->clicks * WORTH_CLICK;

	if (!page->reached)
		return WORTH_UNPLACED;
	if (worth < WORTH_LEAST)
		worth = WORTH_LEAST;
	for (uint32_t n = page->linked / LINKED_MUCH; n; n /= 4)
		worth += 2;
	return worth < 100 ? worth : 100;
}

/* "Start\nHilfe\nE-Mail"; words that say nothing become the page's title. */
static enum err
way_of(struct places *p, void *mem, uint32_t page, struct str *out)
{
	uint32_t step[CLICKS_MAX + 1];
	size_t n = 0;

	*out = STR("");
	if (!p->clicks.page[page].reached)
		return OK;
	while (p->clicks.page[page].parent != CLICKS_NOBODY &&
	    n < CLICKS_MAX) {
		step[n++] = page;
		page = p->clicks.page[page].parent;
	}
	*out = STR("Start");
	while (n) {
		struct str words = str_of(clicks_label(&p->clicks, step[--n]));
		struct q_crawl_place named;
		enum err e;

		if (!words.n) {
			if ((e = q_crawl_place(p->r->db, mem, p->id[step[n]],
				 &named)) != OK)
				return e;
			words = named.title;
		}
		*out = str_printf(mem, "%.*s\n%.*s", STR_FMT(*out),
		    STR_FMT(words));
	}
	return OK;
}

static enum err
share_write(struct crawl_run *r, struct db_tx *tx, void *arg)
{
	const struct share *s = arg;
	enum err e = OK;

	for (size_t i = 0; e == OK && i < s->n; i++) {
		const struct placing *v = &s->v[i];

		if ((e = q_crawl_place_set(tx, v->id, v->clicks, v->worth)) ==
		    OK)
			e = r->o->sink->place(r->index, v->id, v->clicks,
			    v->worth);
	}
	return e;
}

/* Writes what is due once it is enough, or at the end. */
static enum err
share_pass(struct crawl_run *r, struct share *s, bool end)
{
	enum err e = OK;

	if (s->n == PLACES_A_WRITE || (end && s->n))
		e = crawl_write(r, share_write, s);
	if (s->n == PLACES_A_WRITE || end) {
		s->n = 0;
		crawl_batch_begin(r);
	}
	return e;
}

/* Adds the page to the share if it moved. */
static enum err
place_check(struct places *p, uint32_t page, struct share *s)
{
	void *mem = talloc_new(p->r->cx.mem);
	int worth = worth_of(&p->clicks.page[page]);
	struct q_crawl_place now;
	struct str clicks;
	enum err e;

	if ((e = q_crawl_place(p->r->db, mem, p->id[page], &now)) != OK ||
	    (e = way_of(p, mem, page, &clicks)) != OK)
		return e;
	if (!str_eq(now.clicks, clicks) || llabs(now.worth - worth) > WORTH_SAME)
		s->v[s->n++] = (struct placing){p->id[page],
		    str_dup(p->r->cx.mem, clicks), worth};
	talloc_free(mem);
	return OK;
}

enum err
crawl_places(struct crawl_run *r)
{
	struct places p = {.r = r};
	struct share *s = mem_new(r->mem, struct share);
	enum err e;

	if ((e = places_load(&p)) != OK)
		return e;
	p.clicks = (struct clicks){.n = p.n, .arg = &p, .links = links_of,
	    .page = mem_array(r->mem, struct clicks_page, p.n + 1)};
	if ((e = starts_mark(&p)) != OK ||
	    (e = clicks_find(r->mem, &p.clicks)) != OK)
		return e;
	for (uint32_t i = 0; e == OK && i < p.n && !crawl_is_stopped(r); i++) {
		if (p.offered[i])
			e = place_check(&p, i, s);
		if (e == OK)
			e = share_pass(r, s, i + 1 == p.n);
	}
	talloc_free(p.id);
	talloc_free(p.leads_to);
	talloc_free(p.offered);
	talloc_free(p.clicks.page);
	talloc_free(p.clicks.labels.p);
	talloc_free(s);
	return e;
}

/* ---- What is gone -------------------------------------------------------- */

static bool
is_lost(const struct crawl_run *r, const struct q_crawl_walk *row)
{
	return row->crawl_id != r->id && row->outcome != CRAWLED_LOST &&
	    (r->configured || crawl_host_of(r, row->site));
}

static enum err
losses_write(struct crawl_run *r, struct db_tx *tx, void *arg)
{
	const struct q_crawl_walk_rows *rows = arg;
	enum err e = OK;

	for (size_t i = 0; e == OK && i < rows->n; i++) {
		const struct q_crawl_walk *row = &rows->v[i];

		if (!is_lost(r, row))
			continue;
		if (row->offered) {
			r->count.gone++;
			e = r->o->sink->drop(r->index, row->id);
		}
		if (e == OK)
			e = q_crawl_lose(tx, row->id, CRAWLED_LOST);
		if (e == OK)
			e = q_crawl_links_drop(tx, row->id);
	}
	return e;
}

enum err
crawl_sweep(struct crawl_run *r)
{
	struct q_crawl_walk_rows rows = {.n = LOSSES_A_WRITE};
	int64_t above = 0;
	enum err e = OK;

	while (e == OK && rows.n == LOSSES_A_WRITE && !crawl_is_stopped(r)) {
		bool any = false;

		crawl_batch_begin(r);
		e = q_crawl_walk(r->db, r->cx.mem, above, LOSSES_A_WRITE,
		    &rows);
		for (size_t i = 0; e == OK && i < rows.n; i++) {
			above = rows.v[i].id;
			any = any || is_lost(r, &rows.v[i]);
		}
		if (e == OK && any)
			e = crawl_write(r, losses_write, &rows);
	}
	return e;
}
