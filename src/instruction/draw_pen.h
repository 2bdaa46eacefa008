#pragma once
/*
 * What the files of the drawing share. Private to it.
 */
#include "instruction/draw.h"

/* The pages know these colours by name (web/static/app.css). */
#define INK    "#18262b"
#define QUIET  "#4d5e65"
#define LINE   "#5f7078"
#define ACCENT "#0d6470"
#define PAPER  "#ffffff"
#define SELF   "#fdf1d9" /* what nobody is asked: decided, or opened by key */
#define END    "#e3e9eb"
#define HERE   "#d5ebee" /* on the way of a call */

/* Where a step is drawn. */
enum part {
	PART_NONE,
	PART_MAIN,  /* on the way from the start */
	PART_AGAIN, /* asked only when a matter has ended */
	PART_BRANCH /* this one and up: in that branch's frame */
};

struct pen {
	const struct instruction *ins;
	enum lang lang;
	const struct draw_way *way;
	const char *page;
	struct buf *b;
	uint8_t part[INSTRUCTION_STEPS_MAX];
};

/* The quoted name of a step's box. */
void put_step_name(const struct pen *p, int step);

/* The box of a step: what is said, below it a cell for each way out, whose port
 * is its number. */
void put_step(const struct pen *p, int step);

/* The box that opens a branch. */
void put_branch_box(const struct pen *p, const struct anytime *a, bool here);

/* Whether an arrow leads to where a way out goes on. Ends and the way back out
 * of a branch are said in words, and so is a jump from a frame into the main
 * way beside it. */
bool has_arrow(const struct pen *p, int step, const struct target *t);

/* Whether the call that is marked has taken a way out. */
bool passed_out(const struct pen *p, int step, int i);
