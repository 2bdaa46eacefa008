/*
 * A search in breadth, length by length: when the pages of one length are asked
 * for their links, all ways to them are known, so the best one is final.
 */
#include "answers/clicks.h"

#include <strings.h>

#include "answers/region.h"
#include "base/mem.h"

enum {
	COST_VAGUE = 4,
	LABELS_BYTES_MAX = 256 << 20,
	IN_FOOTER = 2,       /* clicks that such a link counts as, */
	IS_VAGUE = 2,
	IN_LIST = 3,
	LIST_LEAST = 80,     /* links of a text that is a list */
	LENGTH_MAX = CLICKS_MAX * IN_LIST,
};

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

static int
length_of(const struct clicks_link *l, bool list)
{
	if (list && l->region == REGION_BODY)
		return IN_LIST;
	if (l->region >= REGION_FOOTER)
		return IN_FOOTER;
	return clicks_is_vague(l->text) ? IS_VAGUE : 1;
}

/* Takes the link to a page if no better one is known. */
static void
relax(struct clicks *c, uint32_t from, const struct clicks_link *l, bool list)
{
	struct clicks_page *to = &c->page[l->to];
	const struct clicks_page *p = &c->page[from];
	int length = p->length + length_of(l, list);
	uint32_t cost = p->cost + cost_of(l);

	if (to->start || length > LENGTH_MAX || p->clicks == CLICKS_MAX ||
	    (to->reached && (to->length < length ||
				(to->length == length && to->cost <= cost))))
		return;
	to->reached = true;
	to->clicks = (uint8_t)(p->clicks + 1);
	to->length = (uint8_t)length;
	to->parent = from;
	to->cost = cost;
	to->label = label_keep(c, l->text);
}

/* Follows the links of a page. */
static enum err
follow(struct clicks *c, uint32_t from)
{
	void *scratch = talloc_new(NULL);
	struct clicks_link *link;
	size_t n = 0, in_text = 0;
	enum err e = c->links(c->arg, scratch, from, &link, &n);

	for (size_t i = 0; e == OK && i < n; i++)
		in_text += link[i].region == REGION_BODY;
	for (size_t i = 0; e == OK && i < n; i++) {
		if (link[i].to >= c->n || link[i].to == from)
			continue;
		c->page[link[i].to].linked++;
		relax(c, from, &link[i], in_text >= LIST_LEAST);
	}
	talloc_free(scratch);
	return e;
}

enum err
clicks_find(void *mem, struct clicks *c)
{
	enum err e = OK;

	buf_init(&c->labels, mem, LABELS_BYTES_MAX);
	buf_char(&c->labels, '\0');
	for (uint32_t i = 0; i < c->n; i++) {
		bool start = c->page[i].start;

		c->page[i] = (struct clicks_page){.parent = CLICKS_NOBODY,
		    .start = start, .reached = start};
	}
	for (int length = 0; length <= LENGTH_MAX; length++)
		for (uint32_t i = 0; e == OK && i < c->n; i++)
			if (c->page[i].reached && c->page[i].length == length)
				e = follow(c, i);
	return e;
}
