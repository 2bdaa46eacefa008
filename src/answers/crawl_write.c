/*
 * What was fetched goes into the database: a batch of pages, one transaction,
 * short enough that nobody waits for it. Addresses that were met are kept in a
 * fixed table, so that the menu of each page costs no question.
 */
#include "answers/clicks.h"
#include "answers/crawl_part.h"
#include "answers/pack.h"
#include "base/mem.h"
#include "base/text.h"

enum { WRITE_TRIES = 6, WORTH_UNPLACED = 5, WORTH_MOST = 90, WORTH_CLICK = 12 };

static uint64_t
key_of(struct str url)
{
	uint64_t h = 14695981039346656037ULL;

	for (size_t i = 0; i < url.n; i++)
		h = (h ^ (unsigned char)url.p[i]) * 1099511628211ULL;
	return h | 1;
}

/* For addresses that are met by their id. */
static uint64_t
key_of_id(int64_t id)
{
	return ((uint64_t)id * 0x9e3779b97f4a7c15ULL) & ~1ULL;
}

static struct crawl_met *
slot_of(struct crawl_run *r, uint64_t key)
{
	return &r->met[(key >> 32) % MET_SLOTS];
}

void
crawl_batch_begin(struct crawl_run *r)
{
	talloc_free(r->cx.mem);
	r->cx.mem = talloc_new(r->mem);
	r->cx.now_ms = clock_now_ms(r->o->clock);
	r->n = 0;
}

enum err
crawl_write(struct crawl_run *r,
    enum err (*work)(struct crawl_run *r, struct db_tx *tx, void *arg),
    void *arg)
{
	const struct crawl_count before = r->count;
	enum err e = ERR_BUSY;

	for (int i = 0; i < WRITE_TRIES && err_retryable(e); i++) {
		DB_TX tx = {0};

		r->index = r->o->sink->begin(&r->cx, &tx);
		if ((e = db_begin(r->db, &tx)) == OK &&
		    (e = work(r, &tx, arg)) == OK &&
		    (e = r->o->sink->end(r->index)) == OK)
			e = db_commit(&tx);
		if (e != OK) { /* what it met may not be there */
			memset(r->met, 0, MET_SLOTS * sizeof *r->met);
			r->count = before;
		}
	}
	return e;
}

static enum err
meet_again(struct crawl_run *r, struct db_tx *tx, int64_t id, int64_t depth,
    int64_t hops, int64_t parent, struct str label)
{
	int64_t met = 0;
	enum err e = q_crawl_meet_again(tx, id, r->id, depth, hops,
	    opt_id(parent), label, &met);

	r->count.found += met;
	return e;
}

enum err
crawl_meet(struct crawl_run *r, struct db_tx *tx, const struct weburl *u,
    int64_t depth, int64_t hops, int64_t parent, struct str label,
    int64_t *id)
{
	uint64_t key = key_of(u->text);
	struct crawl_met *slot = slot_of(r, key);
	struct q_crawl_find known;
	enum err e;

	*id = slot->id;
	if (slot->key == key)
		return OK;
	*id = 0;
	e = q_crawl_find(tx->db, r->cx.mem, u->text, &known);
	if (e == ERR_NOT_FOUND) {
		if (r->count.found >= r->o->pages_max * FOUND_FACTOR)
			return OK;
		r->count.found++;
		e = q_crawl_meet(tx, r->cx.mem, u->text, u->site, r->id, depth,
		    hops, opt_id(parent), label, id);
	} else if (e == OK) {
		*id = known.id;
		if (known.crawl_id != r->id)
			e = meet_again(r, tx, known.id, depth, hops, parent,
			    label);
	}
	if (e == OK)
		*slot = (struct crawl_met){key, *id};
	return e;
}

/* ---- Links --------------------------------------------------------------- */

static struct str
label_of(struct str text)
{
	return clicks_is_vague(text) ? STR("") : text;
}

static enum err
links_write(struct crawl_run *r, struct db_tx *tx,
    const struct crawl_fetched *f)
{
	const struct q_crawl_task *t = f->task;
	struct buf b;

	buf_init(&b, r->cx.mem, PACK_BYTES_MAX);
	for (size_t i = 0; i < f->page.links; i++) {
		const struct extract_link *l = &f->page.link[i];
		int64_t id;
		enum err e;

		if (!crawl_host_of(r, l->to.site) || trap_is_file(&l->to))
			continue;
		if ((e = crawl_meet(r, tx, &l->to, t->depth + 1, 0, t->id,
			 label_of(l->text), &id)) != OK)
			return e;
		if (id && id != t->id)
			pack_put(&b, &(struct pack_link){id, (int)l->region,
			    l->text});
	}
	return q_crawl_links_put(tx, t->id, buf_get(&b));
}

/* The links of the copy that is there lead on as before. */
static enum err
links_follow_old(struct crawl_run *r, struct db_tx *tx,
    const struct q_crawl_task *t)
{
	struct pack_link l;
	struct str links;
	enum err e = q_crawl_links(tx->db, r->cx.mem, t->id, &links);

	while (e == OK && pack_next(&links, &l)) {
		uint64_t key = key_of_id(l.to);
		struct crawl_met *slot = slot_of(r, key);

		if (slot->key == key)
			continue;
		e = meet_again(r, tx, l.to, t->depth + 1, 0, t->id,
		    label_of(str_dup(r->cx.mem, l.text)));
		*slot = (struct crawl_met){key, l.to};
	}
	return e == ERR_NOT_FOUND ? OK : e;
}

static bool
has_links(enum crawled o)
{
	return o == CRAWLED_PAGE || o == CRAWLED_NOINDEX ||
	    o == CRAWLED_CANONICAL;
}

/* ---- One address --------------------------------------------------------- */

/* Where it leads by itself; a circle is found by walking on from there. */
static enum err
target_write(struct crawl_run *r, struct db_tx *tx, struct crawl_fetched *f,
    struct opt_i64 *target)
{
	const struct q_crawl_task *t = f->task;
	bool redirect = f->outcome == CRAWLED_REDIRECT;
	struct opt_i64 at;
	int64_t id;
	enum err e;

	*target = (struct opt_i64){0};
	if (!redirect && f->outcome != CRAWLED_CANONICAL)
		return OK;
	if ((e = crawl_meet(r, tx, &f->target, t->depth,
		 redirect ? t->hops + 1 : 0,
		 t->parent_id.has ? t->parent_id.v : 0, t->label, &id)) != OK)
		return e;
	at = *target = opt_id(id);
	for (int i = 0; redirect && at.has && at.v != t->id && i < HOPS_MAX; i++)
		if ((e = q_crawl_target(tx->db, r->cx.mem, at.v, &at)) != OK)
			return e;
	if (redirect && at.has && at.v == t->id)
		f->outcome = CRAWLED_LOOP;
	return OK;
}

/* The way there as it was found, until the end of the run knows the best. */
static enum err
clicks_first(struct crawl_run *r, struct db_tx *tx,
    const struct crawl_fetched *f, struct str *clicks, int64_t *worth)
{
	const struct q_crawl_task *t = f->task;
	struct str last = t->label.n ? t->label : f->page.title;
	struct q_crawl_place parent = {.clicks = STR("")};
	enum err e = OK;

	*clicks = t->clicks;
	*worth = t->worth;
	if (t->clicks.n)
		return OK;
	if (t->parent_id.has)
		e = q_crawl_place(tx->db, r->cx.mem, t->parent_id.v, &parent);
	if (e != OK)
		return e;
	if (t->depth == 0)
		*clicks = STR("Start");
	else if (parent.clicks.n)
		*clicks = str_printf(r->cx.mem, "%.*s\n%.*s",
		    STR_FMT(parent.clicks), STR_FMT(last));
	*worth = WORTH_MOST - t->depth * WORTH_CLICK;
	if (!clicks->n || *worth < WORTH_UNPLACED)
		*worth = WORTH_UNPLACED;
	return OK;
}

static enum err
page_write(struct crawl_run *r, struct db_tx *tx,
    const struct crawl_fetched *f, struct str *clicks, int64_t *worth)
{
	const struct q_crawl_task *t = f->task;
	struct crawl_page page = {.id = t->id, .url = t->url,
	    .title = f->page.title, .headings = f->page.headings,
	    .text = f->page.text};
	enum err e;

	if ((e = clicks_first(r, tx, f, clicks, worth)) != OK)
		return e;
	page.clicks = *clicks;
	page.worth = (int)*worth;
	return r->o->sink->put(r->index, &page);
}

static void
count_it(struct crawl_run *r, const struct crawl_fetched *f, bool keeps)
{
	bool page = f->outcome == CRAWLED_PAGE;

	r->count.fetched++;
	r->count.failed += (int)f->outcome >= CRAWLED_FAILED_LEAST;
	r->count.pages += page || keeps;
	r->count.added += page && !f->task->offered;
	r->count.changed += page && f->task->offered && !f->unchanged;
	r->count.gone += f->task->offered && !page && !keeps;
}

static enum err
result_write(struct crawl_run *r, struct db_tx *tx, struct crawl_fetched *f)
{
	const struct q_crawl_task *t = f->task;
	bool keeps = t->offered &&
	    crawled_is_passing(f->outcome, f->status);
	bool old = f->unchanged || keeps;
	struct str title = old ? t->title : f->page.title;
	struct str clicks = t->clicks;
	int64_t worth = t->worth;
	struct opt_i64 target;
	bool page;
	enum err e;

	if ((e = target_write(r, tx, f, &target)) != OK)
		return e;
	page = f->outcome == CRAWLED_PAGE;
	if (page && !old)
		e = page_write(r, tx, f, &clicks, &worth);
	else if (t->offered && !old)
		e = r->o->sink->drop(r->index, t->id);
	if (e == OK && old)
		e = links_follow_old(r, tx, t);
	else if (e == OK && has_links(f->outcome))
		e = links_write(r, tx, f);
	else if (e == OK)
		e = q_crawl_links_drop(tx, t->id);
	if (e != OK)
		return e;
	count_it(r, f, keeps);
	if (!page && !keeps)
		clicks = STR("");
	return q_crawl_done(tx, t->id, f->outcome, f->status, target,
	    keeps ? t->etag : f->etag, keeps ? t->modified : f->modified,
	    keeps ? t->digest : f->digest, title.p ? title : STR(""), clicks,
	    worth, page || keeps, r->cx.now_ms);
}

/* ---- The batch ----------------------------------------------------------- */

static enum err
batch_write(struct crawl_run *r, struct db_tx *tx, void *arg)
{
	const struct crawl_count *c = &r->count;
	enum err e = OK;

	for (size_t i = 0; e == OK && i < r->n; i++) {
		struct crawl_fetched f = r->batch[i]; /* may be written twice */

		if (f.outcome == CRAWLED_NONE)
			e = q_crawl_retry(tx, f.task->id,
			    f.task->tries + (f.status != 0));
		else
			e = result_write(r, tx, &f);
	}
	if (e != OK)
		return e;
	return q_crawl_count(tx, r->id, c->found, c->fetched, c->pages,
	    c->added, c->changed, c->gone, c->failed, c->bytes);
}

enum err
crawl_flush(struct crawl_run *r)
{
	enum err e = r->n ? crawl_write(r, batch_write, NULL) : OK;

	if (e == OK)
		crawl_batch_begin(r);
	return e;
}
