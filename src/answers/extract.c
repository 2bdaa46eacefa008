/*
 * The page's own text: its main part where it names one; otherwise all that is
 * neither menu nor footer nor aside, without runs of links. Where that leaves
 * next to nothing the page is built unlike any other, and all of its text is
 * taken.
 */
#include "answers/extract.h"

#include <ctype.h>
#include <stdlib.h>
#include <strings.h>

#include "answers/charset.h"
#include "answers/html.h"
#include "base/buf.h"
#include "base/mem.h"
#include "base/text.h"

enum {
	LEAST_TEXT = 40,       /* bytes that make a main part worth the name */
	LINKY_BYTES = 120,     /* blocks up to here may be menus by their look */
	HEADINGS_BYTES_MAX = 16 << 10,
	REFRESH_S_MAX = 10,
	TITLE_MAX = 200,
};

/* ---- The text ------------------------------------------------------------ */

enum choice { ONLY_MAIN, ONLY_BODY, EVERYTHING, CHOICES };

/* A block that is links and little else, outside of a main part. */
static bool
is_linky(const struct html_block *b)
{
	return !b->heading && b->text.n <= LINKY_BYTES &&
	    b->link_bytes * 10 >= b->text.n * 7;
}

static bool
is_chosen(const struct html_block *b, enum choice choice)
{
	switch (choice) {
	case ONLY_MAIN:
		return b->main && b->region == REGION_BODY;
	case ONLY_BODY:
		return b->region == REGION_BODY && !is_linky(b);
	default:
		return true;
	}
}

static size_t
chosen_bytes(const struct html *h, enum choice choice)
{
	size_t n = 0;

	for (size_t i = 0; i < h->blocks; i++)
		n += is_chosen(&h->block[i], choice) ? h->block[i].text.n : 0;
	return n;
}

static enum choice
choose(const struct html *h)
{
	for (int c = ONLY_MAIN; c < EVERYTHING; c++)
		if (chosen_bytes(h, (enum choice)c) >= LEAST_TEXT)
			return (enum choice)c;
	return EVERYTHING;
}

static void
line_put(struct buf *b, struct str line)
{
	if (b->n)
		buf_char(b, '\n');
	buf_str(b, line);
}

/* Whether `s` holds `part`, whatever the case of ASCII letters. */
static bool
holds(struct str s, struct str part)
{
	for (size_t i = 0; part.n && i + part.n <= s.n; i++)
		if (strncasecmp(s.p + i, part.p, part.n) == 0)
			return true;
	return false;
}

/* The title as far as the first " - ", behind which most put the site's name. */
static struct str
title_begin(struct str title)
{
	static const char *const between[] = {" - ", " – ", " | "};

	for (size_t i = 0; i < sizeof between / sizeof *between; i++) {
		const char *p = memmem(title.p, title.n, between[i],
		    strlen(between[i]));

		if (p)
			title.n = (size_t)(p - title.p);
	}
	return title;
}

/* The page's title without the site's name that most append: the first heading
 * says it where the title contains that, or begins with words of it. */
static struct str
title_of(void *mem, const struct html *h, struct str first)
{
	if (!h->title.n || holds(h->title, first) ||
	    holds(first, title_begin(h->title)))
		return text_excerpt(mem, first, TITLE_MAX);
	return text_excerpt(mem, h->title, TITLE_MAX);
}

static void
text_read(void *mem, const struct html *h, struct extract *out)
{
	enum choice choice = choose(h);
	struct str first = STR("");
	struct buf text, headings;

	buf_init(&text, mem, EXTRACT_TEXT_BYTES_MAX);
	buf_init(&headings, mem, HEADINGS_BYTES_MAX);
	for (size_t i = 0; i < h->blocks; i++) {
		const struct html_block *b = &h->block[i];

		if (!is_chosen(b, choice))
			continue;
		line_put(&text, b->text);
		if (b->heading)
			line_put(&headings, b->text);
		if (b->heading == 1 && !first.n)
			first = b->text;
	}
	out->text = buf_get(&text);
	out->headings = buf_get(&headings);
	out->title = title_of(mem, h, first);
}

/* ---- The links ----------------------------------------------------------- */

static int
by_address(const void *a, const void *b)
{
	const struct extract_link *const *x = a, *const *y = b;
	int order = strcmp((*x)->to.text.p, (*y)->to.text.p);

	if (order)
		return order;
	return *x < *y ? -1 : *x > *y; /* as they stand on the page */
}

static bool
is_better(const struct extract_link *a, const struct extract_link *b)
{
	if (!a->text.n != !b->text.n)
		return a->text.n;
	return a->region < b->region;
}

/* Leaves the best link to each address, in the page's order. */
static size_t
links_distinct(void *mem, struct extract_link *all, size_t n)
{
	struct extract_link **by = mem_array(mem, struct extract_link *, n + 1);
	size_t kept = 0;

	for (size_t i = 0; i < n; i++)
		by[i] = &all[i];
	qsort(by, n, sizeof *by, by_address);
	for (size_t i = 0, first = 0; i < n; i++) {
		if (!str_eq(by[i]->to.text, by[first]->to.text))
			first = i;
		if (i == first)
			continue;
		if (is_better(by[i], by[first]))
			*by[first] = *by[i];
		by[i]->to.text.n = 0; /* given up */
	}
	for (size_t i = 0; i < n && kept < EXTRACT_LINKS_MAX; i++)
		if (all[i].to.text.n)
			all[kept++] = all[i];
	return kept;
}

static void
links_read(void *mem, const struct weburl *base, const struct html *h,
    struct extract *out)
{
	size_t n = 0;

	out->link = mem_array(mem, struct extract_link, h->links + 1);
	for (size_t i = 0; i < h->links && !out->nofollow; i++) {
		const struct html_link *from = &h->link[i];
		struct extract_link *to = &out->link[n];

		if (from->nofollow ||
		    !weburl_join(mem, base, from->href, &to->to) ||
		    str_eq(to->to.text, base->text))
			continue;
		to->text = text_excerpt(mem, from->text, EXTRACT_LABEL_MAX);
		to->region = from->region == REGION_BANNER ? REGION_FOOTER
							   : from->region;
		n++;
	}
	out->links = links_distinct(mem, out->link, n);
}

/* ---- The head ------------------------------------------------------------ */

void
extract_directive(struct str directive, struct extract *out)
{
	out->noindex = out->noindex || holds(directive, STR("noindex")) ||
	    holds(directive, STR("none"));
	out->nofollow = out->nofollow || holds(directive, STR("nofollow")) ||
	    holds(directive, STR("none"));
}

/* "0; url=/neu" where it is soon enough to be a way on. */
static bool
refresh_read(void *mem, const struct weburl *base, struct str s,
    struct weburl *out)
{
	size_t at = 0, digits;
	struct str rest;

	while (at < s.n && isdigit((unsigned char)s.p[at]))
		at++;
	digits = at;
	if (!digits || digits > 2 || atoi(s.p) > REFRESH_S_MAX)
		return false;
	while (at < s.n && strncasecmp(s.p + at, "url=", 4) != 0)
		at++;
	if (at >= s.n)
		return false;
	rest = str_trim((struct str){s.p + at + 4, s.n - at - 4});
	if (rest.n > 1 && (rest.p[0] == '"' || rest.p[0] == '\'')) {
		const char *end = memchr(rest.p + 1, rest.p[0], rest.n - 1);

		rest = (struct str){rest.p + 1,
		    end ? (size_t)(end - rest.p) - 1 : rest.n - 1};
	}
	return weburl_join(mem, base, rest, out);
}

bool
extract_html(void *mem, const struct weburl *base, struct str type,
    struct str bytes, struct extract *out)
{
	struct str text = charset_decode(mem, type, bytes);
	struct weburl own;
	struct html h;

	*out = (struct extract){.title = STR(""), .text = STR("")};
	if (!html_read(mem, text, &h))
		return false;
	if (!h.base.n || !weburl_join(mem, base, h.base, &own))
		own = *base;
	extract_directive(h.robots, out);
	text_read(mem, &h, out);
	links_read(mem, &own, &h, out);
	out->has_canonical = h.canonical.n &&
	    weburl_join(mem, &own, h.canonical, &out->canonical);
	out->has_refresh = h.refresh.n &&
	    refresh_read(mem, &own, h.refresh, &out->refresh);
	return true;
}
