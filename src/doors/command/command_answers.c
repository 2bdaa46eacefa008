/*
 * The command `answers crawl`: reads the website now, with its progress on
 * standard error and the sum on standard output. A signal ends it; the next call
 * goes on where it stood.
 */
#include <signal.h>
#include <stdio.h>

#include "base/json.h"
#include "desk/website.h"
#include "doors/command/command.h"

enum { SAY_EVERY_MS = 1000, JSON_BYTES_MAX = 4096 };

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

	buf_init(&b, r->mem, JSON_BYTES_MAX);
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

	printf("%s: %lld pages (%lld new, %lld changed, %lld gone), "
	       "%lld addresses failed\n",
	    end_name(w->state), (long long)c->pages, (long long)c->added,
	    (long long)c->changed, (long long)c->gone, (long long)c->failed);
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
