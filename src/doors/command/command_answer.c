/*
 * Commands on answers: the search, for people and for machines.
 */
#include "doors/command/command.h"

#include <stdio.h>

#include "base/json.h"
#include "desk/answer.h"

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

	buf_init(&b, r->mem, 1 << 20);
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
	struct str words = str_of(r->argv[0]);
	struct answer_hits hits;
	enum err e;

	for (int i = 1; i < r->argc; i++)
		words = str_printf(r->mem, "%.*s %s", STR_FMT(words),
		    r->argv[i]);
	if ((e = answer_find(&r->desk, words, false, &hits)) != OK)
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
