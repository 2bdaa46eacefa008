/*
 * Gumbo makes the tree, in an arena of ours that is thrown away as a whole:
 * gumbo frees its trees by recursion, which deep ones turn into a crash. The
 * arena is also where a page that costs too much is given up, by a jump out of
 * the parser, which keeps no state elsewhere. The tree is walked with a stack
 * of our own for the same reason.
 */
#include "answers/html.h"

#include <gumbo.h>
#include <setjmp.h>
#include <strings.h>
#include <time.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/text.h"

enum {
	CHUNK_BYTES = 256 << 10,
	ARENA_BYTES_MAX = 256 << 20,
	CPU_MS_MAX = 4000,
	CPU_LOOK_EVERY = 512,    /* allocations */
	BLOCK_BYTES_MAX = 1 << 20,
	LINK_TEXT_BYTES_MAX = 400,
	ATTRIBUTE_BYTES_MAX = 4000,
	ALIGN = 16,
};

/* ---- The arena ----------------------------------------------------------- */

struct arena {
	void *mem;
	char *at;
	size_t left, used;
	int64_t cpu_ms;          /* when it began */
	unsigned calls;
	jmp_buf too_costly;
};

static int64_t
cpu_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
	return t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static void *
arena_take(void *arg, size_t n)
{
	struct arena *a = arg;
	void *p;

	n = (n + ALIGN - 1) / ALIGN * ALIGN;
	a->used += n;
	if (a->used > ARENA_BYTES_MAX ||
	    (++a->calls % CPU_LOOK_EVERY == 0 &&
		cpu_ms() - a->cpu_ms > CPU_MS_MAX))
		longjmp(a->too_costly, 1);
	if (n > a->left) {
		a->left = n > CHUNK_BYTES ? n : CHUNK_BYTES;
		a->at = mem_sure(talloc_size(a->mem, a->left));
	}
	p = a->at;
	a->at += n;
	a->left -= n;
	return p;
}

static void
arena_give(void *arg, void *p)
{
}

/* ---- The walk ------------------------------------------------------------ */

/* What holds inside an element. */
struct inside {
	enum region region;
	bool main, pre;
	int heading;
};

struct frame {
	const GumboNode *node;
	unsigned next;           /* child */
	struct inside in;
};

struct walk {
	void *mem, *scratch;
	struct html *out;
	struct frame *stack;
	size_t depth, room;
	struct buf block, link, alt;
	struct inside block_in;  /* of its first text */
	size_t link_bytes;
	const GumboElement *anchor; /* the <a> we are in */
	enum region anchor_region;
};

static const char *
attribute(const GumboElement *e, const char *name)
{
	const GumboAttribute *a = gumbo_get_attribute(&e->attributes, name);

	return a ? a->value : NULL;
}

/* An attribute as text of one line; "" if it is not there or too long. */
static struct str
attribute_line(struct walk *w, const GumboElement *e, const char *name)
{
	struct str s = str_of(attribute(e, name));

	return s.n && s.n <= ATTRIBUTE_BYTES_MAX ? text_line(w->mem, s)
						 : STR("");
}

static bool
is_block(GumboTag tag)
{
	static const GumboTag inlines[] = {GUMBO_TAG_A, GUMBO_TAG_ABBR,
	    GUMBO_TAG_B, GUMBO_TAG_BDI, GUMBO_TAG_BDO, GUMBO_TAG_BIG,
	    GUMBO_TAG_CITE, GUMBO_TAG_CODE, GUMBO_TAG_DATA, GUMBO_TAG_DEL,
	    GUMBO_TAG_DFN, GUMBO_TAG_EM, GUMBO_TAG_FONT, GUMBO_TAG_I,
	    GUMBO_TAG_IMG, GUMBO_TAG_INS, GUMBO_TAG_KBD, GUMBO_TAG_LABEL,
	    GUMBO_TAG_MARK, GUMBO_TAG_NOBR, GUMBO_TAG_Q, GUMBO_TAG_S,
	    GUMBO_TAG_SAMP, GUMBO_TAG_SMALL, GUMBO_TAG_SPAN,
	    GUMBO_TAG_STRIKE, GUMBO_TAG_STRONG, GUMBO_TAG_SUB, GUMBO_TAG_SUP,
	    GUMBO_TAG_TIME, GUMBO_TAG_TT, GUMBO_TAG_U, GUMBO_TAG_VAR,
	    GUMBO_TAG_WBR, GUMBO_TAG_BR, GUMBO_TAG_SCRIPT,
	    GUMBO_TAG_UNKNOWN};

	for (size_t i = 0; i < sizeof inlines / sizeof *inlines; i++)
		if (tag == inlines[i])
			return false;
	return true;
}

static int
heading_of(GumboTag tag, int around)
{
	return tag >= GUMBO_TAG_H1 && tag <= GUMBO_TAG_H6
	    ? (int)(tag - GUMBO_TAG_H1) + 1
	    : around;
}

/* Ends the block that is being written. */
static void
block_end(struct walk *w)
{
	struct html *h = w->out;
	struct str text = str_trim(buf_get(&w->block));

	if (text.n && h->blocks < HTML_BLOCKS_MAX) {
		if (h->blocks % 64 == 0)
			h->block = mem_sure(talloc_realloc(w->mem, h->block,
			    struct html_block, (unsigned)h->blocks + 64));
		h->block[h->blocks++] = (struct html_block){
		    .text = text_line(w->mem, text),
		    .heading = w->block_in.heading,
		    .region = w->block_in.region,
		    .main = w->block_in.main,
		    .link_bytes = w->link_bytes};
	}
	w->block.n = 0;
	w->block.full = false;
	w->link_bytes = 0;
	if (w->anchor) /* words of a link that holds several blocks */
		buf_char(&w->link, ' ');
}

/* Text that a person sees. */
static void
text_put(struct walk *w, const struct inside *in, struct str s)
{
	if (in->region >= REGION_HIDDEN || !s.n)
		return;
	if (w->anchor && !w->link.full)
		buf_put(&w->link, s.p, s.n);
	if (in->region >= REGION_BANNER)
		return;
	if (!w->block.n)
		w->block_in = *in;
	if (w->anchor)
		w->link_bytes += s.n;
	buf_put(&w->block, s.p, s.n);
}

static void
link_begin(struct walk *w, const GumboElement *e, const struct inside *in)
{
	if (!attribute(e, "href") || in->region >= REGION_HIDDEN)
		return;
	w->anchor = e;
	w->anchor_region = in->region;
	w->link.n = w->alt.n = 0;
	w->link.full = w->alt.full = false;
}

/* The words by which a person would name the link. */
static struct str
link_text(struct walk *w)
{
	struct str text = text_line(w->mem, buf_get(&w->link));

	if (!text.n && w->alt.n)
		text = text_line(w->mem, buf_get(&w->alt));
	if (!text.n)
		text = attribute_line(w, w->anchor, "aria-label");
	if (!text.n)
		text = attribute_line(w, w->anchor, "title");
	return text;
}

static void
link_end(struct walk *w)
{
	struct html *h = w->out;
	const char *rel = attribute(w->anchor, "rel");
	const char *href = attribute(w->anchor, "href");

	if (h->links < HTML_LINKS_MAX && strlen(href) <= ATTRIBUTE_BYTES_MAX) {
		if (h->links % 64 == 0)
			h->link = mem_sure(talloc_realloc(w->mem, h->link,
			    struct html_link, (unsigned)h->links + 64));
		h->link[h->links++] = (struct html_link){
		    .href = str_dup(w->mem, str_of(href)),
		    .text = link_text(w),
		    .region = w->anchor_region,
		    .nofollow = rel && strcasestr(rel, "nofollow")};
	}
	w->anchor = NULL;
}

/* What <meta> and <link> say; the first of a kind counts. */
static void
head_read(struct walk *w, const GumboElement *e)
{
	struct html *h = w->out;
	const char *name = attribute(e, "name"), *rel = attribute(e, "rel");
	const char *equiv = attribute(e, "http-equiv");

	if (e->tag == GUMBO_TAG_META && name && !h->robots.n &&
	    (strcasecmp(name, "robots") == 0 ||
		strcasecmp(name, "dienstweg") == 0))
		h->robots = attribute_line(w, e, "content");
	if (e->tag == GUMBO_TAG_META && equiv && !h->refresh.n &&
	    strcasecmp(equiv, "refresh") == 0)
		h->refresh = attribute_line(w, e, "content");
	if (e->tag == GUMBO_TAG_LINK && rel && !h->canonical.n &&
	    strcasecmp(rel, "canonical") == 0)
		h->canonical = attribute_line(w, e, "href");
	if (e->tag == GUMBO_TAG_BASE && !h->base.n)
		h->base = attribute_line(w, e, "href");
}

static void
title_read(struct walk *w, const GumboElement *e)
{
	const GumboNode *text =
	    e->children.length ? e->children.data[0] : NULL;

	if (text && text->type == GUMBO_NODE_TEXT && !w->out->title.n)
		w->out->title = text_line(w->mem, str_of(text->v.text.text));
}

/* Steps into an element. */
static void
enter(struct walk *w, const GumboNode *node, const struct inside *around)
{
	const GumboElement *e = &node->v.element;
	const char *name = gumbo_normalized_tagname(e->tag);
	struct region_tag t = {.name = name,
	    .role = attribute(e, "role"),
	    .id = attribute(e, "id"),
	    .classes = attribute(e, "class"),
	    .style = attribute(e, "style"),
	    .aria_hidden = attribute(e, "aria-hidden"),
	    .hidden = attribute(e, "hidden") != NULL,
	    .open = attribute(e, "open") != NULL};
	struct inside in = *around;

	if (e->tag_namespace != GUMBO_NAMESPACE_HTML)
		t.name = "svg";
	in.region = region_inside(&t, around->region, &in.main);
	in.heading = heading_of(e->tag, around->heading);
	if (is_block(e->tag))
		block_end(w);
	head_read(w, e);
	if (e->tag == GUMBO_TAG_TITLE && strcmp(t.name, "svg") != 0) {
		title_read(w, e);
		in.region = REGION_HIDDEN;
	} else if (e->tag == GUMBO_TAG_A) {
		link_begin(w, e, &in);
	} else if (e->tag == GUMBO_TAG_BR) {
		text_put(w, &in, STR(" "));
	} else if (e->tag == GUMBO_TAG_IMG && w->anchor) {
		buf_str(&w->alt, attribute_line(w, e, "alt"));
	}
	if (w->depth == w->room) {
		w->room = w->room ? w->room * 2 : 64;
		w->stack = mem_sure(talloc_realloc(w->scratch, w->stack,
		    struct frame, (unsigned)w->room));
	}
	w->stack[w->depth++] = (struct frame){node, 0, in};
}

static void
leave(struct walk *w)
{
	const GumboElement *e = &w->stack[--w->depth].node->v.element;

	if (w->anchor == e)
		link_end(w);
	if (is_block(e->tag))
		block_end(w);
}

static void
step(struct walk *w, const GumboNode *child)
{
	struct inside in = w->stack[w->depth - 1].in;

	switch (child->type) {
	case GUMBO_NODE_ELEMENT:
		enter(w, child, &in);
		break;
	case GUMBO_NODE_TEXT:
	case GUMBO_NODE_CDATA:
	case GUMBO_NODE_WHITESPACE:
		text_put(w, &in, str_of(child->v.text.text));
		break;
	default:
		break;
	}
}

static void
walk_all(struct walk *w, const GumboNode *root)
{
	struct inside in = {.region = REGION_BODY};

	enter(w, root, &in);
	while (w->depth) {
		struct frame *f = &w->stack[w->depth - 1];
		const GumboVector *children = &f->node->v.element.children;

		if (f->next < children->length)
			step(w, children->data[f->next++]);
		else
			leave(w);
	}
	block_end(w);
}

bool
html_read(void *mem, struct str text, struct html *out)
{
	struct arena arena = {.mem = talloc_new(mem), .cpu_ms = cpu_ms()};
	struct walk w = {.mem = mem, .scratch = arena.mem, .out = out};
	GumboOptions o = kGumboDefaultOptions;

	*out = (struct html){.title = STR(""), .canonical = STR(""),
	    .robots = STR(""), .refresh = STR(""), .base = STR("")};
	o.allocator = arena_take;
	o.deallocator = arena_give;
	o.userdata = &arena;
	o.max_errors = 0;
	buf_init(&w.block, arena.mem, BLOCK_BYTES_MAX);
	buf_init(&w.link, arena.mem, LINK_TEXT_BYTES_MAX);
	buf_init(&w.alt, arena.mem, LINK_TEXT_BYTES_MAX);
	if (setjmp(arena.too_costly)) {
		talloc_free(arena.mem);
		return false;
	}
	walk_all(&w, gumbo_parse_with_options(&o, text.p, text.n)->root);
	talloc_free(arena.mem);
	return true;
}
