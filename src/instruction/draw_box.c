/*
 * The boxes of the chart, as Graphviz's tables: a head with what is said, below
 * it a cell for each answer, and in the cell what follows where no arrow leads
 * there.
 */
#include "instruction/draw_pen.h"

#include "base/i18n.h"
#include "instruction/braces.h"
#include "instruction/draw_text.h"
#include "instruction/names.h"

/* Widths in characters; the sizes are chosen so that the shipped instruction
 * can be read on one A3 page. */
enum { SAY_WIDTH = 44, ANSWER_WIDTH = 20, DECIDE_WIDTH = 20 };

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

/* A quoted name. Ids hold letters, digits and hyphens alone (read.h). */
void
put_step_name(const struct pen *p, int step)
{
	buf_printf(p->b, "\"%.*s\"", STR_FMT(p->ins->step[step].id));
}

static bool
passed(const struct pen *p, int step)
{
	return p->way && p->way->step[step];
}

bool
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
	void *mem = p->b->mem;
	struct str say = braces_shown(mem, p->lang, s->say.in[p->lang]);
	struct str ask = braces_shown(mem, p->lang, s->ask.in[p->lang]);

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

bool
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

void
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

void
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
