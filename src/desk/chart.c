/*
 * Pictures of the instruction. A picture is known by the digest of its source,
 * so the same text, language and way are drawn once, whoever asks; a few are
 * remembered, the one that nobody asked for longest makes room. What Graphviz
 * says is let through only if it is made of the few elements that a chart
 * needs (chart_svg.c).
 */
#include "desk/chart.h"

#include <pthread.h>

#include "base/child.h"
#include "base/mem.h"
#include "base/secret.h"
#include "desk/chart_svg.h"
#include "desk/house.h"

enum {
	CHARTS_KEPT = 24,
	CHARTS_AT_ONCE = 2,        /* runs of Graphviz */
	CHART_BYTES_MAX = 2 << 20, /* of a picture */
	CHART_MS = 20000,          /* that one may take */
	CHART_MEMORY = 512 << 20,
};

struct picture {
	struct str digest; /* of its source; NULL: the place is free */
	struct str svg;    /* NULL: it is being drawn */
	uint64_t asked;    /* when, by the count of all questions */
};

struct charts {
	pthread_mutex_t lock;
	pthread_cond_t drawn; /* a drawing has ended, well or not */
	uint64_t asked;
	int drawing;
	struct picture picture[CHARTS_KEPT];
};

static struct str
source_of(void *mem, const struct instruction *ins, enum lang lang,
    const struct draw_way *way, const char *page)
{
	struct buf b;

	buf_init(&b, mem, DRAW_BYTES_MAX);
	draw_chart(ins, lang, way, page, &b);
	return b.full ? STR("") : buf_get(&b);
}

static enum err
draw(void *mem, struct str source, struct str *out)
{
	static const char *const dot[] = {"dot", "-Tsvg", NULL};
	const struct child c = {.argv = dot,
	    .in = source,
	    .most = CHART_BYTES_MAX,
	    .time_ms = CHART_MS,
	    .memory_bytes = CHART_MEMORY};
	struct str said;
	enum err e;

	if (str_empty(source))
		return ERR_TOO_LARGE;
	if ((e = child_run(mem, &c, &said)) != OK)
		return e;
	*out = chart_svg(said);
	return str_empty(*out) ? ERR_INTERNAL : OK;
}

enum err
chart_draw(void *mem, const struct instruction *ins, enum lang lang,
    const struct draw_way *way, const char *page, struct str *out)
{
	return draw(mem, source_of(mem, ins, lang, way, page), out);
}

const char *
chart_why(enum err e)
{
	switch (e) {
	case ERR_NOT_FOUND:
		return N_("The chart is drawn by Graphviz, which is not "
			  "installed here (the program dot).");
	case ERR_LIMITED:
	case ERR_TOO_LARGE:
		return N_("The instruction is too large to be drawn.");
	default:
		return N_("Graphviz could not draw the chart.");
	}
}

/* ---- What is remembered -------------------------------------------------- */

struct charts *
charts_new(void *mem)
{
	struct charts *c = mem_new(mem, struct charts);

	pthread_mutex_init(&c->lock, NULL);
	pthread_cond_init(&c->drawn, NULL);
	return c;
}

static void
picture_clear(struct picture *p)
{
	talloc_free((void *)p->digest.p);
	talloc_free((void *)p->svg.p);
	*p = (struct picture){0};
}

void
charts_free(struct charts *c)
{
	for (int i = 0; i < CHARTS_KEPT; i++)
		picture_clear(&c->picture[i]);
	pthread_cond_destroy(&c->drawn);
	pthread_mutex_destroy(&c->lock);
	talloc_free(c);
}

static struct picture *
picture_find(struct charts *c, struct str digest)
{
	for (int i = 0; i < CHARTS_KEPT; i++)
		if (str_eq(c->picture[i].digest, digest))
			return &c->picture[i];
	return NULL;
}

/* A place for one more: those being drawn keep theirs, and are fewer. */
static struct picture *
picture_place(struct charts *c)
{
	struct picture *oldest = NULL;

	for (int i = 0; i < CHARTS_KEPT; i++) {
		struct picture *p = &c->picture[i];

		if (p->digest.p && !p->svg.p)
			continue;
		if (!oldest || p->asked < oldest->asked)
			oldest = p;
	}
	picture_clear(oldest);
	return oldest;
}

/* Waits until the picture is there, copied to *out, or it is ours to be drawn:
 * its place then, else NULL. */
static struct picture *
picture_wait(struct charts *c, void *mem, struct str digest, struct str *out)
{
	struct picture *p;

	pthread_mutex_lock(&c->lock);
	while ((p = picture_find(c, digest)) ? !p->svg.p
					     : c->drawing == CHARTS_AT_ONCE)
		pthread_cond_wait(&c->drawn, &c->lock);
	if (p) {
		*out = str_dup(mem, p->svg);
		p->asked = ++c->asked;
		p = NULL;
	} else {
		p = picture_place(c);
		p->digest = str_dup(NULL, digest);
		c->drawing++;
	}
	pthread_mutex_unlock(&c->lock);
	return p;
}

/* Keeps what was drawn; after a failure the next one tries again. */
static void
picture_done(struct charts *c, struct picture *p, enum err e, struct str svg)
{
	pthread_mutex_lock(&c->lock);
	p->asked = ++c->asked;
	if (e == OK)
		p->svg = str_dup(NULL, svg);
	else
		picture_clear(p);
	c->drawing--;
	pthread_cond_broadcast(&c->drawn);
	pthread_mutex_unlock(&c->lock);
}

enum err
chart_get(struct desk *d, const struct instruction *ins,
    const struct draw_way *way, const char *page, struct str *out)
{
	struct charts *c = d->house->charts;
	void *mem = d->cx->mem;
	struct str source = source_of(mem, ins, d->cx->lang, way, page);
	struct picture *p =
	    picture_wait(c, mem, secret_digest(mem, source), out);
	enum err e;

	if (!p)
		return OK;
	e = draw(mem, source, out);
	picture_done(c, p, e, *out);
	return e;
}
