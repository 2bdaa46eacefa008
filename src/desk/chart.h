#pragma once
/*
 * The instruction's flow chart as a picture (SVG): its source is
 * instruction/draw.h's, the picture is made by Graphviz, a program of its own
 * that may be missing.
 */
#include "desk/desk.h"
#include "instruction/draw.h"

/* Makes the picture; *out is the <svg> element alone, owned by `mem`. `way` and
 * `page` as for draw_chart.
 * ERR_NOT_FOUND (Graphviz is not installed), ERR_LIMITED (it took too long),
 * ERR_TOO_LARGE, ERR_INTERNAL (it failed, or drew what we do not show). */
MUST_CHECK enum err chart_draw(void *mem, const struct instruction *ins,
    enum lang lang, const struct draw_way *way, const char *page,
    struct str *out);

/* The same out of the house's memory, where it was drawn before; whoever asks
 * while it is being drawn waits for it. */
MUST_CHECK enum err chart_get(struct desk *d, const struct instruction *ins,
    const struct draw_way *way, const char *page, struct str *out);

/* Why there is no picture, in words for people (a message id). */
const char *chart_why(enum err e);

/* The drawings that a house remembers. */
struct charts;
struct charts *charts_new(void *mem);
void charts_free(struct charts *c);
