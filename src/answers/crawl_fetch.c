/*
 * One address: whether it may be fetched, fetching it, and understanding what
 * came. Nothing is written here.
 */
#include <strings.h>

#include "answers/charset.h"
#include "answers/clicks.h"
#include "answers/crawl_part.h"
#include "answers/pdf.h"
#include "base/mem.h"
#include "base/secret.h"
#include "base/text.h"

enum { TRIES_MAX = 3, RETRY_S_MAX = 60, TITLE_MAX = 200,
	FIRST_LINE_MAX = 100 };

/* What forbids to fetch it; NONE: nothing does. */
static enum crawled
forbidden(struct crawl_run *r, struct crawl_host *h, const struct weburl *u,
    const struct q_crawl_task *t)
{
	if (t->depth > r->o->depth_max)
		return CRAWLED_DEEP;
	if (t->hops > HOPS_MAX)
		return CRAWLED_LOOP;
	if (trap_is_endless(u) || trap_is_one_of_many(r->shapes, u))
		return CRAWLED_TRAP;
	crawl_host_robots(r, h);
	if (h->no_robots)
		return CRAWLED_NO_ROBOTS;
	if (h->given_up)
		return CRAWLED_HOST;
	return robots_allows(&h->robots, u->path) ? CRAWLED_NONE
						  : CRAWLED_ROBOTS;
}

static bool
type_is(struct str type, const char *name)
{
	size_t n = strlen(name);

	return type.n >= n && strncasecmp(type.p, name, n) == 0 &&
	    (type.n == n || strchr("; \t", type.p[n]));
}

/* What files are called: their path's last part. */
static struct str
name_of(void *mem, const struct weburl *u)
{
	const char *q = memchr(u->path.p, '?', u->path.n);
	struct str path = {u->path.p, q ? (size_t)(q - u->path.p) : u->path.n};
	const char *slash = memrchr(path.p, '/', path.n);
	struct str name = {slash + 1, path.n - (size_t)(slash + 1 - path.p)};

	return text_excerpt(mem, name.n ? name : u->site, TITLE_MAX);
}

/* A page that leads elsewhere by what it says itself. */
static bool
leads_on(struct crawl_run *r, const struct weburl *u, struct crawl_fetched *f)
{
	const struct extract *p = &f->page;

	if (p->has_refresh && !str_eq(p->refresh.text, u->text) &&
	    crawl_host_of(r, p->refresh.site)) {
		f->outcome = CRAWLED_REDIRECT;
		f->target = p->refresh;
		return true;
	}
	if (p->has_canonical && !str_eq(p->canonical.text, u->text) &&
	    crawl_host_of(r, p->canonical.site)) {
		f->outcome = CRAWLED_CANONICAL;
		f->target = p->canonical;
		return true;
	}
	return false;
}

static void
html_understand(struct crawl_run *r, const struct weburl *u,
    const struct transfer_answer *a, struct crawl_fetched *f)
{
	if (!extract_html(r->cx.mem, u, a->type, a->body, &f->page)) {
		f->outcome = CRAWLED_UNREADABLE;
		return;
	}
	extract_directive(a->robots, &f->page);
	if (f->page.nofollow)
		f->page.links = 0;
	if (!f->page.title.n)
		f->page.title = name_of(r->cx.mem, u);
	if (!leads_on(r, u, f))
		f->outcome =
		    f->page.noindex ? CRAWLED_NOINDEX : CRAWLED_PAGE;
}

/* What a file is about: what the link to it says, or its own first line. */
static struct str
file_title(void *mem, const struct weburl *u, const struct crawl_fetched *f)
{
	struct str text = f->page.text;
	const char *end = text.n ? memchr(text.p, '\n', text.n) : NULL;
	struct str first = {text.p, end ? (size_t)(end - text.p) : text.n};

	if (f->task->label.n)
		return f->task->label;
	if (first.n)
		return text_excerpt(mem, first, FIRST_LINE_MAX);
	return name_of(mem, u);
}

/* A file that is text and nothing else. */
static void
file_understand(struct crawl_run *r, const struct weburl *u,
    const struct transfer_answer *a, bool pdf, struct crawl_fetched *f)
{
	void *mem = r->cx.mem;
	enum err e = OK;

	f->page = (struct extract){.headings = STR(""), .text = STR("")};
	if (pdf)
		e = pdf_text(mem, a->body, &f->page.text);
	else
		f->page.text = text_clean(mem,
		    charset_decode(mem, a->type, a->body));
	extract_directive(a->robots, &f->page);
	f->page.title = file_title(mem, u, f);
	f->outcome = e == OK && f->page.noindex ? CRAWLED_NOINDEX
	    : e == OK			       ? CRAWLED_PAGE
	    : e == ERR_NOT_FOUND	       ? CRAWLED_OTHER
					       : CRAWLED_UNREADABLE;
}

static void
content_understand(struct crawl_run *r, const struct weburl *u,
    const struct transfer_answer *a, struct crawl_fetched *f)
{
	bool pdf = type_is(a->type, "application/pdf");

	f->digest = secret_digest(r->cx.mem, a->body);
	if (f->task->offered && str_eq(f->digest, f->task->digest)) {
		f->outcome = CRAWLED_PAGE;
		f->unchanged = true;
	} else if (type_is(a->type, "text/html") ||
	    type_is(a->type, "application/xhtml+xml") ||
	    (!a->type.n && str_starts(str_trim(a->body), STR("<")))) {
		html_understand(r, u, a, f);
	} else if (pdf || type_is(a->type, "text/plain")) {
		file_understand(r, u, a, pdf, f);
	} else {
		f->outcome = CRAWLED_OTHER;
	}
}

static void
redirect_understand(struct crawl_run *r, const struct weburl *u,
    struct str location, struct crawl_fetched *f)
{
	if (!location.n ||
	    !weburl_join(r->cx.mem, u, location, &f->target))
		f->outcome = CRAWLED_BROKEN;
	else if (str_eq(f->target.text, u->text))
		f->outcome = CRAWLED_LOOP;
	else if (!crawl_host_of(r, f->target.site))
		f->outcome = CRAWLED_LEAVES;
	else
		f->outcome = CRAWLED_REDIRECT;
}

/* Whether the host asked to be asked later, and will be. */
static bool
is_for_later(struct crawl_host *h, const struct transfer_answer *a,
    const struct q_crawl_task *t)
{
	int64_t s = a->retry_s < RETRY_S_MAX ? a->retry_s : RETRY_S_MAX;

	if ((a->status != 429 && a->status != 503) || !a->retry_s ||
	    t->tries + 1 >= TRIES_MAX)
		return false;
	h->next_ms = crawl_monotonic_ms() + s * 1000;
	return true;
}

static void
answer_understand(struct crawl_run *r, struct crawl_host *h,
    const struct weburl *u, const struct transfer_answer *a,
    struct crawl_fetched *f)
{
	f->status = a->status;
	f->etag = a->etag;
	f->modified = a->modified;
	if (is_for_later(h, a, f->task))
		f->outcome = CRAWLED_NONE;
	else if (a->status == 304 && f->task->offered) {
		f->outcome = CRAWLED_PAGE;
		f->unchanged = true;
		f->digest = f->task->digest;
	} else if (a->status >= 200 && a->status < 300)
		content_understand(r, u, a, f);
	else if (a->status >= 300 && a->status < 400)
		redirect_understand(r, u, a->location, f);
	else if (a->status == 404 || a->status == 410)
		f->outcome = CRAWLED_GONE;
	else
		f->outcome = CRAWLED_STATUS;
}

void
crawl_fetch(struct crawl_run *r, const struct q_crawl_task *t,
    struct crawl_fetched *f)
{
	struct transfer_request rq = {.url = t->url,
	    .bytes_max = r->o->bytes_max};
	struct crawl_host *h = crawl_host_of(r, t->site);
	struct transfer_answer a;
	struct weburl u;

	*f = (struct crawl_fetched){.task = t, .etag = STR(""),
	    .modified = STR(""), .outcome = CRAWLED_LEAVES};
	if (!h || !weburl_parse(r->cx.mem, t->url, &u) ||
	    (f->outcome = forbidden(r, h, &u, t)) != CRAWLED_NONE ||
	    crawl_is_stopped(r))
		return;
	if (t->offered) {
		rq.etag = t->etag;
		rq.modified = t->modified;
	}
	f->outcome = crawl_get(r, h, &rq, &a);
	f->bytes = a.body.n;
	if (f->outcome == CRAWLED_NONE && a.status)
		answer_understand(r, h, &u, &a, f);
}
