/*
 * A search in breadth, level by level: when the pages of one level are asked
 * for their links, all ways to them are known, so the best one is final.
 */
#include "answers/clicks.h"

#include <strings.h>

#include "answers/region.h"
#include "base/mem.h"

enum { COST_VAGUE = 4, LABELS_BYTES_MAX = 256 << 20 };

/* Without one mark at either end; the same text if there is none. */
static struct str
without_mark(struct str text)
{
	static const char *const marks[] = {" ", ".", ">", ":", "!", "-", "…",
	    "»", "›", "→", "«", "„", "“"};

	for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
		struct str mark = str_of(marks[i]);

		if (text.n < mark.n)
			continue;
		if (memcmp(text.p + text.n - mark.n, mark.p, mark.n) == 0)
			return (struct str){text.p, text.n - mark.n};
		if (str_starts(text, mark))
			return (struct str){text.p + mark.n, text.n - mark.n};
	}
	return text;
}

/* Without arrows, dots and quotes around it. */
static struct str
without_marks(struct str text)
{
	size_t before;

	do {
		before = text.n;
		text = without_mark(text);
	} while (text.n < before);
	return text;
}

bool
clicks_is_vague(struct str text)
{
	static const char *const vague[] = {"", "hier", "hier klicken",
	    "klicken sie hier", "mehr", "mehr erfahren", "mehr lesen",
	    "mehr dazu", "mehr infos", "mehr informationen", "weiter",
	    "weiterlesen", "weitere informationen", "details", "zur seite",
	    "link", "here", "click here", "more", "read more", "learn more",
	    "continue"};
	bool found = false;

	text = without_marks(text);
	for (size_t i = 0; i < sizeof vague / sizeof *vague && !found; i++)
		found = strlen(vague[i]) == text.n &&
		    (!text.n || strncasecmp(vague[i], text.p, text.n) == 0);
	return found;
}

static uint32_t
cost_of(const struct clicks_link *l)
{
	return (uint32_t)l->region +
	    (clicks_is_vague(l->text) ? COST_VAGUE : 0);
}

static uint32_t
label_keep(struct clicks *c, struct str text)
{
	size_t at = c->labels.n;

	if (clicks_is_vague(text) || !buf_reserve(&c->labels, text.n + 1))
		return 0;
	buf_str(&c->labels, text);
	buf_char(&c->labels, '\0');
	return (uint32_t)at;
}

const char *
clicks_label(const struct clicks *c, uint32_t page)
{
	uint32_t at = c->page[page].label;

	return at ? c->labels.p + at : "";
}

/* Takes the link to a page of the next level if no better one is known. */
static bool
relax(struct clicks *c, uint32_t from, const struct clicks_link *l)
{
	struct clicks_page *to = &c->page[l->to];
	const struct clicks_page *p = &c->page[from];
	uint32_t cost = p->cost + cost_of(l);
	bool is_new = !to->reached;

	if (to->start || (to->reached &&
			     (to->clicks != p->clicks + 1 || to->cost <= cost)))
		return false;
	to->reached = true;
	to->clicks = (uint8_t)(p->clicks + 1);
	to->parent = from;
	to->cost = cost;
	to->label = label_keep(c, l->text);
	return is_new;
}

/* Follows the links of a page; adds the pages that it reaches first to the
 * queue. */
static enum err
follow(struct clicks *c, uint32_t from, uint32_t *queue, uint32_t *end)
{
	void *scratch = talloc_new(NULL);
	struct clicks_link *link;
	size_t n = 0;
	enum err e = c->links(c->arg, scratch, from, &link, &n);

	for (size_t i = 0; e == OK && i < n; i++) {
		if (link[i].to >= c->n || link[i].to == from)
			continue;
		c->page[link[i].to].linked++;
		if (c->page[from].clicks < CLICKS_MAX &&
		    relax(c, from, &link[i]))
			queue[(*end)++] = link[i].to;
	}
	talloc_free(scratch);
	return e;
}

enum err
clicks_find(void *mem, struct clicks *c)
{
	uint32_t *queue = mem_array(mem, uint32_t, c->n + 1);
	uint32_t begin = 0, end = 0;
	enum err e = OK;

	buf_init(&c->labels, mem, LABELS_BYTES_MAX);
	buf_char(&c->labels, '\0');
	for (uint32_t i = 0; i < c->n; i++) {
		struct clicks_page *p = &c->page[i];
		bool start = p->start;

		*p = (struct clicks_page){.parent = CLICKS_NOBODY,
		    .start = start, .reached = start};
		if (start)
			queue[end++] = i;
	}
	while (e == OK && begin < end)
		e = follow(c, queue[begin++], queue, &end);
	talloc_free(queue);
	return e;
}
