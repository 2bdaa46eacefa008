/*
 * The flow chart in Graphviz's language: a box for each step with what is said,
 * below it a cell for each answer, as on the call page. An arrow leads from the
 * cell to the next box. Ends are said in the cell, as is the way back out of a
 * branch: thirty arrows to one "refused" would hide the rest. What is open at
 * any time stands in frames of its own, and so does what is asked between two
 * matters; a jump from there into the main way is said in the cell too.
 *
 * Which arrows a call has passed is found in draw_way.c; desk/chart.c has the
 * picture made.
 */
#include "instruction/draw.h"

#include "base/i18n.h"
#include "instruction/draw_text.h"
#include "instruction/names.h"

/* Widths in characters; the sizes are chosen so that the shipped instruction
 * can be read on one A3 page. */
enum { SAY_WIDTH = 44, ANSWER_WIDTH = 20, DECIDE_WIDTH = 20 };

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

#define LEFT  "<BR ALIGN=\"LEFT\"/>"
#define SPACE "&#160;" /* one that is not lost at an end */

static void
put_rules(const struct pen *p, uint64_t rules)
{
	if (!rules)
		return; /* an empty <FONT> is none */
	buf_puts(p->b, "<FONT POINT-SIZE=\"10\" COLOR=\"" QUIET "\">");
	for (int i = 0; i < p->ins->rules_n; i++)
		if (rules & BIT(i)) {
			buf_puts(p->b, SPACE SPACE);
			dot_text(p->b, p->ins->rule[i].id);
		}
	buf_puts(p->b, "</FONT>");
}

/* ---- Boxes --------------------------------------------------------------- */

/* A quoted name. Ids hold letters, digits and hyphens alone (read.h). */
static void
put_step_name(const struct pen *p, int step)
{
	buf_printf(p->b, "\"%.*s\"", STR_FMT(p->ins->step[step].id));
}

static bool
passed(const struct pen *p, int step)
{
	return p->way && p->way->step[step];
}

static bool
passed_out(const struct pen *p, int step, int i)
{
	return p->way && p->way->out[step] & 1u << i;
}

/* Begins a box and its head, over as many columns as it has ways out. */
static void
put_box(const struct pen *p, const char *kind, const char *fill, bool here,
    int columns)
{
	buf_printf(p->b,
	    " [class=\"%s%s\" label=<<TABLE BORDER=\"%d\" "
	    "CELLBORDER=\"0\" CELLSPACING=\"0\" "
	    "CELLPADDING=\"4\" COLOR=\"%s\">"
	    "<TR><TD COLSPAN=\"%d\" BALIGN=\"LEFT\" "
	    "ALIGN=\"LEFT\" BGCOLOR=\"%s\">",
	    kind, here ? " here" : "", here ? 3 : 1, here ? ACCENT : LINE,
	    columns ? columns : 1, here ? HERE : fill);
}

/* Ends a box. `anchor` is what it is called on the page, "step" or "anytime". */
static void
put_box_end(const struct pen *p, const char *anchor, struct str id)
{
	buf_printf(p->b, "</TABLE>> id=\"chart-%s-%.*s\" tooltip=\"%.*s\"",
	    anchor, STR_FMT(id), STR_FMT(id));
	if (p->page)
		buf_printf(p->b, " URL=\"%s#%s-%.*s\"", p->page, anchor,
		    STR_FMT(id));
	buf_puts(p->b, "]\n");
}

static void
put_said(const struct pen *p, const struct step *s)
{
	struct str say = s->say.in[p->lang], ask = s->ask.in[p->lang];

	if (!str_empty(say))
		dot_lines(p->b, say, SAY_WIDTH, "", LEFT);
	if (str_empty(ask))
		return;
	buf_puts(p->b, "<I>");
	dot_lines(p->b, ask, SAY_WIDTH, "", LEFT);
	buf_puts(p->b, "</I>");
}

static void
put_decided(const struct pen *p, const struct step *s)
{
	const char *asked =
	    s->by_record ? evidence_words(s->evidence) : fact_question(s->fact);

	if (s->by_record)
		dot_lines(p->b, str_of(tr(p->lang, N_("Is it on record:"))),
		    DECIDE_WIDTH, "", LEFT);
	dot_lines(p->b, str_of(tr(p->lang, asked)), DECIDE_WIDTH, "", LEFT);
}

/* ---- Ways out ------------------------------------------------------------ */

/* Whether an arrow leads to where a way out goes on. Ends and the way back out
 * of a branch are said in words, and so is a jump from a frame into the main
 * way beside it. */
static bool
has_arrow(const struct pen *p, int step, const struct target *t)
{
	return t->kind == TARGET_STEP &&
	       (p->part[step] == PART_MAIN || p->part[t->step] != PART_MAIN);
}

static const char *
end_words(const struct target *t)
{
	switch (t->kind) {
	case TARGET_OUTCOME:
		return outcome_words(t->outcome);
	case TARGET_RETURN:
		return N_("back into the call");
	default:
		return N_("end of the call");
	}
}

static void
put_end(const struct pen *p, const struct target *t, int width)
{
	if (t->kind != TARGET_STEP) {
		buf_puts(p->b, "<I>");
		dot_lines(p->b, str_of(tr(p->lang, end_words(t))), width, "",
		    LEFT);
		buf_puts(p->b, "</I>");
	}
	if (t->step >= 0) {
		buf_puts(p->b, "→" SPACE "<B>");
		dot_text(p->b, p->ins->step[t->step].id);
		buf_puts(p->b, "</B>" LEFT);
	}
}

/* A cell below the head, one of `n`: what is answered and, unless an arrow says
 * it, what follows. */
struct way_out {
	int port, n;
	char key; /* 0: none */
	struct str text;
	const struct target *target;
	bool arrow, here;
};

static void
put_way_out(const struct pen *p, const struct way_out *o)
{
	const struct target *t = o->target;
	int width = SAY_WIDTH / o->n;
	const char *sides = o->port ? "LT" : "T", *fill = PAPER;

	if (t->kind == TARGET_OUTCOME || t->kind == TARGET_CALL)
		fill = END;
	if (o->here) {
		sides = "LTRB";
		fill = HERE;
	}
	if (width < ANSWER_WIDTH)
		width = ANSWER_WIDTH;
	buf_printf(p->b, "<TD PORT=\"%d\" BORDER=\"%d\" SIDES=\"%s\" "
			 "COLOR=\"%s\" VALIGN=\"TOP\" ALIGN=\"LEFT\" "
			 "BALIGN=\"LEFT\" BGCOLOR=\"%s\">"
			 "<FONT POINT-SIZE=\"11\">",
	    o->port, o->here ? 3 : 1, sides, o->here ? ACCENT : LINE, fill);
	if (o->key)
		buf_printf(p->b, "<B>%c</B>" SPACE, o->key);
	if (!str_empty(o->text))
		dot_lines(p->b, o->text, width, "", LEFT);
	if (!o->arrow)
		put_end(p, t, width);
	buf_puts(p->b, "</FONT></TD>");
}

static struct str
out_text(const struct pen *p, const struct step *s, int i)
{
	if (s->decides)
		return str_of(tr(p->lang, i ? N_("yes") : N_("no")));
	return s->answer[i].text.in[p->lang];
}

static void
put_ways_out(const struct pen *p, int step)
{
	const struct step *s = &p->ins->step[step];

	buf_puts(p->b, "<TR>");
	for (int i = 0; i < step_targets(s); i++) {
		const struct target *t = step_target(s, i);
		const struct way_out o = {.port = i,
		    .n = step_targets(s),
		    .key = (char)(s->decides ? '\0' : '1' + i),
		    .text = out_text(p, s, i),
		    .target = t,
		    .arrow = has_arrow(p, step, t),
		    .here = passed_out(p, step, i)};

		put_way_out(p, &o);
	}
	buf_puts(p->b, "</TR>");
}

static void
put_step(const struct pen *p, int step)
{
	const struct step *s = &p->ins->step[step];

	put_step_name(p, step);
	put_box(p, s->decides ? "decide" : "step", s->decides ? SELF : PAPER,
	    passed(p, step), step_targets(s));
	buf_puts(p->b, "<B>");
	dot_text(p->b, s->id);
	buf_puts(p->b, "</B>");
	put_rules(p, s->rules);
	buf_puts(p->b, LEFT);
	if (s->decides)
		put_decided(p, s);
	else
		put_said(p, s);
	buf_puts(p->b, "</TD></TR>");
	put_ways_out(p, step);
	put_box_end(p, "step", s->id);
}

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
put_branch_box(const struct pen *p, const struct anytime *a, bool here)
{
	buf_printf(p->b, "\"branch/%.*s\"", STR_FMT(a->id));
	put_box(p, "branch", SELF, here, 1);
	buf_printf(p->b, "<B>%c</B>" SPACE SPACE, a->key);
	dot_lines(p->b, a->text.in[p->lang], SAY_WIDTH, "", LEFT);
	put_rules(p, a->rules);
	buf_puts(p->b, "</TD></TR>");
	if (a->target.kind != TARGET_STEP) {
		const struct way_out o = {.n = 1,
		    .target = &a->target,
		    .here = here};

		buf_puts(p->b, "<TR>");
		put_way_out(p, &o);
		buf_puts(p->b, "</TR>");
	}
	put_box_end(p, "anytime", a->id);
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
