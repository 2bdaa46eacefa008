/*
 * The flow chart in Graphviz's language: a box for each step with what is said,
 * below it a cell for each answer, as on the call page. An arrow leads from the
 * cell to the next box. Ends are said in the cell, as is the way back out of a
 * branch: thirty arrows to one "refused" would hide the rest. What is open at
 * any time stands in frames of its own, and so does what is asked between two
 * matters; a jump from there into the main way is said in the cell too.
 *
 * The boxes themselves are draw_box.c's. Which arrows a call has passed is found
 * in draw_way.c; desk/chart.c has the picture made.
 */
#include "instruction/draw_pen.h"

/* ---- Arrows -------------------------------------------------------------- */

static void
put_arrow_look(const struct pen *p, bool here)
{
	if (here)
		buf_puts(p->b,
		    " [class=\"here\" color=\"" ACCENT "\" penwidth=3]");
	buf_puts(p->b, "\n");
}

static void
put_arrows(const struct pen *p, int step)
{
	const struct step *s = &p->ins->step[step];

	for (int i = 0; i < step_targets(s); i++) {
		const struct target *t = step_target(s, i);

		if (!has_arrow(p, step, t))
			continue;
		put_step_name(p, step);
		buf_printf(p->b, ":%d:s -> ", i);
		put_step_name(p, t->step);
		put_arrow_look(p, passed_out(p, step, i));
	}
}

/* ---- Parts --------------------------------------------------------------- */

/* Gives a step and all that follow it, by arrows, to a part. */
static void
part_take(struct pen *p, int step, int part)
{
	const struct step *s = &p->ins->step[step];

	if (p->part[step] != PART_NONE)
		return;
	p->part[step] = (uint8_t)part;
	for (int i = 0; i < step_targets(s); i++)
		if (step_target(s, i)->kind == TARGET_STEP)
			part_take(p, step_target(s, i)->step, part);
}

/* The main way first: what it holds is drawn in no frame. */
static void
parts_share(struct pen *p)
{
	const struct instruction *ins = p->ins;

	part_take(p, ins->start, PART_MAIN);
	for (int i = 0; i < ins->anytime_n; i++)
		if (ins->anytime[i].target.kind == TARGET_STEP)
			part_take(p, ins->anytime[i].target.step,
			    PART_BRANCH + i);
	for (int i = 0; i < ins->steps_n; i++)
		part_take(p, i, PART_AGAIN);
}

static void
put_part(const struct pen *p, int part)
{
	for (int i = 0; i < p->ins->steps_n; i++)
		if (p->part[i] == part)
			put_step(p, i);
}

static bool
part_is_empty(const struct pen *p, int part)
{
	return !memchr(p->part, part, (size_t)p->ins->steps_n);
}

static void
put_frame(const struct pen *p, const char *kind, struct str id)
{
	buf_printf(p->b,
	    "subgraph \"cluster_%s%.*s\" { class=frame "
	    "style=rounded color=\"#b9c5ca\" margin=6\n",
	    kind, STR_FMT(id));
}

static void
put_again(const struct pen *p)
{
	if (part_is_empty(p, PART_AGAIN))
		return;
	put_frame(p, "again", STR(""));
	put_part(p, PART_AGAIN);
	buf_puts(p->b, "}\n");
}

static void
put_branch(const struct pen *p, int branch)
{
	const struct anytime *a = &p->ins->anytime[branch];
	bool here = p->way && p->way->branch[branch];

	put_frame(p, "branch_", a->id);
	put_branch_box(p, a, here);
	put_part(p, PART_BRANCH + branch);
	buf_puts(p->b, "}\n");
	if (a->target.kind != TARGET_STEP)
		return;
	buf_printf(p->b, "\"branch/%.*s\" -> ", STR_FMT(a->id));
	put_step_name(p, a->target.step);
	put_arrow_look(p, here);
}

/* Frames are packed into the gaps beside the main way. */
static void
put_head(const struct pen *p)
{
	buf_puts(p->b,
	    "digraph instruction {\n"
	    "charset=\"UTF-8\" rankdir=TB bgcolor=transparent pad=0.1\n"
	    "pack=12 packmode=\"node\" nodesep=0.12 ranksep=0.15 "
	    "fontname=Arial\n"
	    "node [shape=plain fontname=Arial fontsize=12 "
	    "fontcolor=\"" INK "\"]\n"
	    "edge [color=\"" LINE "\" arrowsize=0.6]\n");
}

void
draw_chart(const struct instruction *ins, enum lang lang,
    const struct draw_way *way, const char *page, struct buf *b)
{
	struct pen p = {.ins = ins,
	    .lang = lang,
	    .way = way,
	    .page = page,
	    .b = b};

	parts_share(&p);
	put_head(&p);
	put_part(&p, PART_MAIN);
	for (int i = 0; i < ins->anytime_n; i++)
		put_branch(&p, i);
	put_again(&p);
	for (int i = 0; i < ins->steps_n; i++)
		put_arrows(&p, i);
	buf_puts(b, "}\n");
}
