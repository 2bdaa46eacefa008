/*
 * The flow chart in Graphviz's language: a box for each step with what is said,
 * a diamond where the guide decides by itself, an arrow for each answer, and a
 * round end below each step that can end the matter. Ends are drawn once a
 * step, not once at all: thirty arrows to one "refused" would hide the rest.
 * For the same reason "and the call goes on at" is written into the end. What
 * is open at any time stands in frames of its own, beside the main way.
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
enum { SAY_WIDTH = 36, ANSWER_WIDTH = 20, END_WIDTH = 16 };

#define INK    "#18262b"
#define QUIET  "#4d5e65"
#define LINE   "#5f7078"
#define ACCENT "#0d6470"

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
	bool links;
	struct buf *b;
	uint8_t part[INSTRUCTION_STEPS_MAX];
};

#define LEFT   "<BR ALIGN=\"LEFT\"/>"
#define MIDDLE "<BR/>"
#define SPACE  "&#160;" /* between an arrow and its words */

static void
put_rules(const struct pen *p, uint64_t rules)
{
	if (!rules)
		return; /* an empty <FONT> is none */
	buf_puts(p->b, "<FONT POINT-SIZE=\"10\" COLOR=\"" QUIET "\">");
	for (int i = 0; i < p->ins->rules_n; i++)
		if (rules & BIT(i)) {
			buf_puts(p->b, "  ");
			dot_text(p->b, p->ins->rule[i].id);
		}
	buf_puts(p->b, "</FONT>");
}

/* ---- Nodes --------------------------------------------------------------- */

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

/* What classes and colours a node of that kind has; the colours are for whoever
 * shows the picture as it is. */
static void
put_look(const struct pen *p, const char *kind, bool here)
{
	buf_printf(p->b, " class=\"%s%s\"", kind, here ? " here" : "");
	if (here)
		buf_puts(p->b, " color=\"" ACCENT "\" fillcolor=\"#d5ebee\" "
			       "penwidth=2.5");
}

static void
put_link(const struct pen *p, int step)
{
	if (p->links)
		buf_printf(p->b, " URL=\"#step-%.*s\"",
		    STR_FMT(p->ins->step[step].id));
}

static void
put_asking(const struct pen *p, int step)
{
	const struct step *s = &p->ins->step[step];
	struct str say = s->say.in[p->lang], ask = s->ask.in[p->lang];

	buf_puts(p->b, " [label=<<B>");
	dot_text(p->b, s->id);
	buf_puts(p->b, "</B>");
	put_rules(p, s->rules);
	buf_puts(p->b, LEFT);
	dot_lines(p->b, say, SAY_WIDTH, "", LEFT);
	if (!str_empty(ask)) {
		buf_puts(p->b, "<I>");
		dot_lines(p->b, ask, SAY_WIDTH, "", LEFT);
		buf_puts(p->b, "</I>");
	}
	buf_puts(p->b, ">");
	put_look(p, "step", passed(p, step));
}

static void
put_deciding(const struct pen *p, int step)
{
	const struct step *s = &p->ins->step[step];
	const char *asked = s->by_record ? evidence_words(s->evidence)
					 : fact_question(s->fact);

	buf_puts(p->b, " [shape=diamond margin=\"0,0\" fillcolor=\"#fdf1d9\" "
		       "label=<<B>");
	dot_text(p->b, s->id);
	buf_puts(p->b, "</B>");
	put_rules(p, s->rules);
	buf_puts(p->b, MIDDLE);
	dot_lines(p->b, str_of(tr(p->lang, asked)), ANSWER_WIDTH, "", MIDDLE);
	buf_puts(p->b, ">");
	put_look(p, "decide", passed(p, step));
}

static void
put_step(const struct pen *p, int step)
{
	put_step_name(p, step);
	if (p->ins->step[step].decides)
		put_deciding(p, step);
	else
		put_asking(p, step);
	put_link(p, step);
	buf_puts(p->b, "]\n");
}

/* ---- Ends ---------------------------------------------------------------- */

/* Whether a way out of a step is drawn as an end: it is one, or it jumps into
 * the main way from a frame beside it. */
static bool
is_end(const struct pen *p, int step, const struct target *t)
{
	return t->kind != TARGET_STEP ||
	    (p->part[step] != PART_MAIN && p->part[t->step] == PART_MAIN);
}

static bool
same_end(const struct target *a, const struct target *b)
{
	return a->kind == b->kind && a->step == b->step &&
	    (a->kind != TARGET_OUTCOME || a->outcome == b->outcome);
}

/* What an end is called in names, below the id of a step or a branch. */
static const char *
end_kind(const struct target *t)
{
	switch (t->kind) {
	case TARGET_OUTCOME:
		return outcome_name(t->outcome);
	case TARGET_RETURN:
		return "return";
	case TARGET_STEP:
		return "go";
	default:
		return "call";
	}
}

static void
put_end_name(const struct pen *p, struct str from, const struct target *t)
{
	buf_printf(p->b, "\"%.*s/%s", STR_FMT(from), end_kind(t));
	if (t->step >= 0)
		buf_printf(p->b, "/%.*s", STR_FMT(p->ins->step[t->step].id));
	buf_puts(p->b, "\"");
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
put_end(const struct pen *p, struct str from, const struct target *t,
    bool here)
{
	bool ends = t->kind == TARGET_OUTCOME || t->kind == TARGET_CALL;

	put_end_name(p, from, t);
	buf_printf(p->b,
	    " [style=\"rounded,filled\" margin=\"0.07,0.02\" fontsize=11 "
	    "fillcolor=\"%s\" label=<",
	    ends ? "#e3e9eb" : "#ffffff");
	if (t->kind != TARGET_STEP)
		dot_lines(p->b, str_of(tr(p->lang, end_words(t))), END_WIDTH,
		    "", MIDDLE);
	if (t->step >= 0) {
		buf_puts(p->b, "→ <B>");
		dot_text(p->b, p->ins->step[t->step].id);
		buf_puts(p->b, "</B>" MIDDLE);
	}
	buf_puts(p->b, ">");
	put_look(p, ends ? "end" : "jump", here);
	buf_puts(p->b, "]\n");
}

/* Whether an earlier way out of the step has drawn this end already. */
static bool
end_drawn(const struct step *s, int i)
{
	for (int k = 0; k < i; k++)
		if (same_end(step_target(s, k), step_target(s, i)))
			return true;
	return false;
}

static bool
end_passed(const struct pen *p, int step, const struct target *t)
{
	const struct step *s = &p->ins->step[step];

	for (int i = 0; i < step_targets(s); i++)
		if (passed_out(p, step, i) && same_end(step_target(s, i), t))
			return true;
	return false;
}

static void
put_ends(const struct pen *p, int step)
{
	const struct step *s = &p->ins->step[step];

	for (int i = 0; i < step_targets(s); i++) {
		const struct target *t = step_target(s, i);

		if (is_end(p, step, t) && !end_drawn(s, i))
			put_end(p, s->id, t, end_passed(p, step, t));
	}
}

/* ---- Arrows -------------------------------------------------------------- */

static struct str
out_text(const struct pen *p, const struct step *s, int i)
{
	if (s->decides)
		return str_of(tr(p->lang, i ? N_("yes") : N_("no")));
	return s->answer[i].text.in[p->lang];
}

static void
put_arrow_look(const struct pen *p, bool here)
{
	if (here)
		buf_puts(p->b, " class=\"here\" color=\"" ACCENT
			       "\" penwidth=3");
	buf_puts(p->b, "]\n");
}

static void
put_arrows(const struct pen *p, int step)
{
	const struct step *s = &p->ins->step[step];

	for (int i = 0; i < step_targets(s); i++) {
		const struct target *t = step_target(s, i);

		put_step_name(p, step);
		buf_puts(p->b, " -> ");
		if (is_end(p, step, t))
			put_end_name(p, s->id, t);
		else
			put_step_name(p, t->step);
		buf_puts(p->b, " [label=<");
		dot_lines(p->b, out_text(p, s, i), ANSWER_WIDTH, SPACE, LEFT);
		buf_puts(p->b, ">");
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
		if (p->part[i] == part) {
			put_step(p, i);
			put_ends(p, i);
		}
}

static bool
part_is_empty(const struct pen *p, int part)
{
	return !memchr(p->part, part, (size_t)p->ins->steps_n);
}

static void
put_frame(const struct pen *p, const char *kind, struct str id)
{
	buf_printf(p->b, "subgraph \"cluster_%s%.*s\" { class=frame "
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
	buf_printf(p->b, "\"branch/%.*s\" [style=\"rounded,filled\" "
			 "fillcolor=\"#fdf1d9\" label=<<B>%c</B>  ",
	    STR_FMT(a->id), a->key);
	dot_lines(p->b, a->text.in[p->lang], END_WIDTH, "", LEFT);
	put_rules(p, a->rules);
	buf_puts(p->b, ">");
	put_look(p, "branch", here);
	buf_puts(p->b, "]\n");
	put_part(p, PART_BRANCH + branch);
	if (a->target.kind != TARGET_STEP)
		put_end(p, a->id, &a->target, here);
	buf_printf(p->b, "}\n\"branch/%.*s\" -> ", STR_FMT(a->id));
	if (a->target.kind == TARGET_STEP)
		put_step_name(p, a->target.step);
	else
		put_end_name(p, a->id, &a->target);
	buf_puts(p->b, " [");
	put_arrow_look(p, here);
}

/* Arrows that nobody sees, from the ends of one branch's steps to the next
 * branch, so that the frames stand below each other. */
static void
put_order(const struct pen *p, int step)
{
	const struct step *s = &p->ins->step[step];
	int next = p->part[step] - PART_BRANCH + 1;

	if (next < 1 || next >= p->ins->anytime_n)
		return;
	for (int i = 0; i < step_targets(s); i++) {
		if (!is_end(p, step, step_target(s, i)))
			continue;
		put_end_name(p, s->id, step_target(s, i));
		buf_printf(p->b, " -> \"branch/%.*s\" [style=invis weight=0]\n",
		    STR_FMT(p->ins->anytime[next].id));
	}
}

static void
put_head(const struct pen *p)
{
	buf_puts(p->b, "digraph instruction {\n"
	    "charset=\"UTF-8\" rankdir=TB bgcolor=transparent pad=0.1\n"
	    "nodesep=0.06 ranksep=0.12 fontname=Arial\n"
	    "node [shape=box style=filled fontname=Arial fontsize=12 "
	    "fontcolor=\"" INK "\" color=\"" LINE "\" fillcolor=\"#ffffff\" "
	    "margin=\"0.08,0.04\" height=0.2 width=0.2]\n"
	    "edge [fontname=Arial fontsize=11 fontcolor=\"" QUIET
	    "\" color=\"" LINE "\" arrowsize=0.6]\n");
}

void
draw_chart(const struct instruction *ins, enum lang lang,
    const struct draw_way *way, bool links, struct buf *b)
{
	struct pen p = {.ins = ins, .lang = lang, .way = way, .links = links,
	    .b = b};

	parts_share(&p);
	put_head(&p);
	put_part(&p, PART_MAIN);
	for (int i = 0; i < ins->anytime_n; i++)
		put_branch(&p, i);
	put_again(&p);
	for (int i = 0; i < ins->steps_n; i++) {
		put_order(&p, i);
		put_arrows(&p, i);
	}
	buf_puts(b, "}\n");
}
