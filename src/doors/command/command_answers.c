/*
 * Commands on answers. `answers search` finds them as the call page does.
 * `answers crawl` reads the website now, with its progress on standard error and
 * the sum on standard output; a signal ends it, and the next call goes on where
 * it stood.
 */
#include <signal.h>
#include <stdio.h>

#include "base/json.h"
#include "desk/answer.h"
#include "desk/website.h"
#include "doors/command/command.h"

enum {
	HITS_BYTES_MAX = 1 << 20, /* of a search, as JSON */
	SUM_BYTES_MAX = 4096,     /* of a crawl, as JSON */
	SAY_EVERY_MS = 1000,
};

/* ---- Searching ----------------------------------------------------------- */

static void
clicks_json(struct json_out *o, struct str lines)
{
	struct str click;

	json_name(o, "clicks");
	json_open(o, '[');
	while (str_take(&lines, '\n', &click))
		json_put_text(o, click);
	json_close(o, ']');
}

static void
hits_json(struct command_run *r, const struct answer_hits *hits)
{
	struct json_out o;
	struct buf b;

	buf_init(&b, r->mem, HITS_BYTES_MAX);
	json_begin(&o, &b);
	json_open(&o, '[');
	for (size_t i = 0; i < hits->n; i++) {
		const struct answer_hit *hit = &hits->v[i];

		json_open(&o, '{');
		json_name(&o, "url");
		json_put_text(&o, hit->url);
		json_name(&o, "title");
		json_put_text(&o, hit->title);
		clicks_json(&o, hit->clicks);
		json_name(&o, "snippet");
		json_put_text(&o, snippet_text(r->mem, &hit->snippet));
		json_close(&o, '}');
	}
	json_close(&o, ']');
	puts(buf_get(&b).p);
}

int
command_answers_search(struct command_run *r)
{
	struct answer_hits hits;
	enum err e;

	if ((e = answer_find(&r->desk, command_words(r), false, &hits)) != OK)
		return command_failed(r, e);
	if (r->json)
		hits_json(r, &hits);
	for (size_t i = 0; i < hits.n && !r->json; i++) {
		const struct answer_hit *hit = &hits.v[i];
		struct str clicks = answer_clicks_text(r->mem, hit->clicks);

		printf("%.*s\n  %.*s%s%.*s\n  %s\n", STR_FMT(hit->title),
		    STR_FMT(clicks), clicks.n && hit->url.n ? "\n  " : "",
		    STR_FMT(hit->url), snippet_text(r->mem, &hit->snippet).p);
	}
	return hits.n ? EXIT_GOOD : EXIT_NO;
}

/* ---- Crawling ------------------------------------------------------------ */

static atomic_bool stopped;

static void
on_signal(int number)
{
	atomic_store(&stopped, true);
}

struct saying {
	const struct clock *clock;
	int64_t last_ms;
};

static bool
say(void *arg, const struct crawl_count *c)
{
	struct saying *s = arg;
	int64_t now = clock_now_ms(s->clock);

	if (now - s->last_ms < SAY_EVERY_MS)
		return true;
	s->last_ms = now;
	fprintf(stderr,
	    "answers: %lld of %lld addresses, %lld pages, %lld failed\n",
	    (long long)c->fetched, (long long)c->found, (long long)c->pages,
	    (long long)c->failed);
	return true;
}

static const char *
end_name(enum crawl_state state)
{
	return state == CRAWL_DONE ? "done"
	    : state == CRAWL_LIMIT ? "limit"
				   : "stopped";
}

static void
sum_json(struct command_run *r, const struct website_crawl *w)
{
	const struct crawl_count *c = &w->count;
	const struct {
		const char *name;
		int64_t value;
	} members[] = {{"found", c->found}, {"fetched", c->fetched},
	    {"pages", c->pages}, {"added", c->added},
	    {"changed", c->changed}, {"gone", c->gone},
	    {"failed", c->failed}, {"bytes", c->bytes}};
	struct json_out json;
	struct buf b;

	buf_init(&b, r->mem, SUM_BYTES_MAX);
	json_begin(&json, &b);
	json_open(&json, '{');
	json_name(&json, "end");
	json_put_text(&json, str_of(end_name(w->state)));
	for (size_t i = 0; i < sizeof members / sizeof *members; i++) {
		json_name(&json, members[i].name);
		json_put_int(&json, members[i].value);
	}
	json_close(&json, '}');
	puts(buf_get(&b).p);
}

static void
sum_text(const struct website_crawl *w)
{
	const struct crawl_count *c = &w->count;

	printf("%s: %lld page%s (%lld new, %lld changed, %lld gone), "
	       "%lld address%s failed%s\n",
	    end_name(w->state), (long long)c->pages, c->pages == 1 ? "" : "s",
	    (long long)c->added, (long long)c->changed, (long long)c->gone,
	    (long long)c->failed, c->failed == 1 ? "" : "es",
	    c->failed ? "; the page Website (/website) says why" : "");
}

int
command_answers_crawl(struct command_run *r)
{
	struct saying s = {.clock = r->house->clock};
	struct website_crawl w = {.start = r->argc ? str_of(r->argv[0])
						   : STR(""),
	    .stop = &stopped, .progress = say, .arg = &s};
	enum err e;

	signal(SIGINT, on_signal);
	signal(SIGTERM, on_signal);
	signal(SIGPIPE, SIG_IGN);
	if ((e = website_crawl(&r->desk, &w)) != OK)
		return command_failed(r, e);
	if (r->json)
		sum_json(r, &w);
	else
		sum_text(&w);
	return w.state == CRAWL_RUNNING ? EXIT_NO : EXIT_GOOD;
}
