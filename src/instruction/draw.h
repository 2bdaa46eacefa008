#pragma once
/*
 * An instruction as a flow chart: Graphviz source, made of the loaded file in
 * one language. Pure; what makes a picture of it is desk/chart.h. Nodes and
 * edges carry classes for whoever styles the picture:
 *
 *   step decide branch   what a box is
 *   here                 it lies on the way of a call
 *
 * Each box is named after its step's id, or "branch/" and a branch's.
 */
#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "instruction/walk.h"

enum { DRAW_BYTES_MAX = 2 << 20 };

/* What a call has passed, by index. */
struct draw_way {
	bool step[INSTRUCTION_STEPS_MAX];
	uint16_t out[INSTRUCTION_STEPS_MAX]; /* bit i: the way out number i, as
	                                      * step_target counts them */
	bool branch[INSTRUCTION_ANYTIME_MAX];
	int stands;                          /* its step now; -1: it is over */
};

/* The way of a call as it stands; what was undone by back is not part of it. */
void draw_way(const struct instruction *ins, const struct walk *w,
    struct draw_way *out);

/* Writes the chart; `way` may be NULL. Steps link to "PAGE#step-ID", unless
 * `page` is NULL. */
void draw_chart(const struct instruction *ins, enum lang lang,
    const struct draw_way *way, const char *page, struct buf *b);
