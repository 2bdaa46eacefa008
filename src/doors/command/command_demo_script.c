/*
 * Reading demo/calls.yaml. The file is part of the program, so a mistake in it
 * ends the command with its place; what the ways and steps mean is found out by
 * walking them (command_demo_call.c).
 */
#include "doors/command/command_demo.h"

#include "base/log.h"
#include "base/mem.h"
#include "base/yaml.h"

enum { PACE_USUAL = 100, TALKS_MOST = 1000 };

struct reading {
	void *mem;
	struct complaints c;
	struct demo_script *s;
};

/* Cuts the first word off. */
static struct str
word_cut(struct str *rest)
{
	struct str word;
	size_t n = 0;

	*rest = str_trim(*rest);
	while (n < rest->n && rest->p[n] != ' ')
		n++;
	word = (struct str){rest->p, n};
	rest->p += n;
	rest->n -= n;
	return word;
}

/* "step=answer step!branch …" */
static struct demo_moves
moves_read(struct reading *r, const struct yaml *map, const char *key)
{
	struct str rest = yaml_text(map, key), word;
	struct demo_moves out = {
	    .v = mem_array(r->mem, struct demo_move, rest.n / 2 + 1)};

	while ((word = word_cut(&rest)).n) {
		size_t n = 0;

		while (n < word.n && word.p[n] != '=' && word.p[n] != '!')
			n++;
		if (n == word.n) {
			complain(&r->c, map, "\"%.*s\" is no step=answer",
			    STR_FMT(word));
			continue;
		}
		out.v[out.n++] = (struct demo_move){
		    str_copy(r->mem, word.p, n),
		    str_copy(r->mem, word.p + n + 1, word.n - n - 1),
		    word.p[n] == '!'};
	}
	return out;
}

static enum demo_who
who_read(struct reading *r, const struct yaml *map)
{
	static const char *const names[] = {[WHO_CUSTOMER] = "customer",
	    [WHO_FORMER] = "former", [WHO_FUTURE] = "future",
	    [WHO_UNKNOWN] = "unknown", [WHO_NOBODY] = "nobody"};
	struct str who = yaml_text(map, "who");

	for (enum demo_who w = WHO_CUSTOMER; w <= WHO_NOBODY; w++)
		if (str_is(who, names[w]))
			return w;
	complain(&r->c, map, "\"%.*s\" is nobody who calls", STR_FMT(who));
	return WHO_NOBODY;
}

static void
ways_read(struct reading *r, const struct yaml *ways)
{
	struct demo_script *s = r->s;

	s->way = mem_array(r->mem, struct demo_way, ways ? ways->n : 0);
	for (; ways && ways->kind == YAML_MAP && s->ways < ways->n; s->ways++) {
		const struct yaml *y = ways->item[s->ways];
		struct demo_way *w = &s->way[s->ways];

		w->id = ways->key[s->ways]->text;
		w->who = who_read(r, y);
		w->moves = moves_read(r, y, "steps");
		if (!str_to_i64(yaml_text(y, "pace"), &w->pace))
			w->pace = PACE_USUAL;
	}
}

static struct demo_talk
talk_read(struct reading *r, const struct yaml *y)
{
	struct demo_talk t = {.product = yaml_text(y, "product"),
	    .caller = yaml_text(y, "caller"),
	    .search = yaml_text(y, "search"),
	    .reason = yaml_text(y, "reason"),
	    .question = yaml_text(y, "question"),
	    .answer = yaml_text(y, "answer"),
	    .note = yaml_text(y, "note"),
	    .further = yaml_text(y, "further"),
	    .further_answer = yaml_text(y, "further-answer")};
	struct str way = yaml_text(y, "way");

	for (size_t i = 0; i < r->s->ways && !t.way; i++)
		if (str_eq(r->s->way[i].id, way))
			t.way = &r->s->way[i];
	if (!t.way)
		complain(&r->c, y, "there is no way \"%.*s\"", STR_FMT(way));
	return t;
}

static void
talk_add(struct reading *r, const struct yaml *y, struct demo_talk t)
{
	if (r->s->talks == TALKS_MOST)
		complain(&r->c, y, "more than %d calls", TALKS_MOST);
	else
		r->s->talk[r->s->talks++] = t;
}

/* An entry stands for as many calls as it says, or as it has searches, or
 * questions. */
static void
short_read(struct reading *r, const struct yaml *y)
{
	const struct yaml *searches = yaml_get(y, "search");
	const struct yaml *questions = yaml_get(y, "question");
	const struct yaml *list = searches ? searches : questions;
	struct demo_talk t = talk_read(r, y);
	struct str *each = searches ? &t.search : &t.question;
	int64_t times;

	if (!str_to_i64(yaml_text(y, "times"), &times))
		times = list && list->kind == YAML_LIST ? (int64_t)list->n : 1;
	for (int64_t i = 0; i < times && i < TALKS_MOST; i++) {
		if (list && list->kind == YAML_LIST)
			*each = list->item[i]->text;
		talk_add(r, y, t);
	}
}

enum err
demo_script_read(void *mem, struct str source, struct demo_script *out)
{
	struct reading r = {.mem = mem, .s = out};
	const struct yaml *list;
	struct yaml *y;

	*out = (struct demo_script){
	    .talk = mem_array(mem, struct demo_talk, TALKS_MOST)};
	complaints_init(&r.c, mem, "calls.yaml");
	if (yaml_parse(mem, source, &r.c, &y) == OK) {
		out->usual = moves_read(&r, y, "usual");
		ways_read(&r, yaml_get(y, "ways"));
		list = yaml_get(y, "short");
		for (size_t i = 0; list && i < list->n; i++)
			short_read(&r, list->item[i]);
		list = yaml_get(y, "tickets");
		for (size_t i = 0; list && i < list->n; i++)
			talk_add(&r, list->item[i],
			    talk_read(&r, list->item[i]));
	}
	if (r.c.n == 0)
		return OK;
	log_warn("%s", complaints_text(mem, &r.c).p);
	return ERR_INVALID;
}
