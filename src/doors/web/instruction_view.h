#pragma once
/*
 * A whole instruction as people read it, on the page of a version and in the
 * booklet; made by instruction_page.c. Its flow chart; made by web_chart.c.
 */
#include "doors/web/order_view.h"
#include "doors/web/views.h"

struct words_view {
	const struct str *v;
	size_t n;
};

/* Rules that something serves. */
struct marks_view {
	struct mark_view {
		struct str id, text;
	} *v;
	size_t n;
};

/* Where something leads: how a matter ends, and at which step the call goes on.
 */
struct target_view {
	struct str outcome, outcome_id; /* "": no matter ends here */
	struct str step;                /* "": the call does not go on */
	int number;                     /* of that step */
	bool back;                      /* out of a branch */
	bool over;                      /* the call ends */
};

struct text_step_view {
	int number;                     /* from 1, in the file's order */
	struct str id, say, ask, hint;
	struct str note;                /* what is to be written down, or "" */
	bool decides;                   /* without asking anybody: `ask` */
	struct marks_view rules;
	struct {
		struct text_answer_view {
			struct str key, text;
			struct target_view target;
		} *v;
		size_t n;
	} answers;
};

struct instruction_view {
	struct str title, limit;        /* limit: of a call, "5:00" */
	struct {
		struct text_rule_view {
			struct str id, text, keeper; /* keeper: "", or who keeps
			                              * it where no step does */
			struct {
				struct place_view {
					struct str anchor, text;
				} *v;
				size_t n;
			} places;               /* that serve it */
		} *v;
		size_t n;
	} rules;
	struct {
		struct text_step_view *v;
		size_t n;
	} steps;
	struct {
		struct text_branch_view {
			struct str id, key, text;
			bool by_itself;         /* when the time is up */
			struct marks_view rules;
			struct target_view target;
		} *v;
		size_t n;
	} branches;
	struct {
		struct text_outcome_view {
			struct str id, text, say;
			struct words_view requires, one_of;
			struct marks_view rules;
			struct target_view then;
		} *v;
		size_t n;
	} outcomes;
};

struct booklet_view {
	struct frame frame;
	int64_t number;
	struct str when;                /* in force since */
	struct instruction_view text;
	struct price_rows_view prices;
};

struct chart_view {
	struct frame frame;
	int64_t number;                 /* of the version */
	int64_t call;                   /* whose way is marked, or 0 */
	struct str when;                /* of the call */
	struct str here;                /* this page without its query */
	bool large;                     /* to be read, else at a glance */
	struct str start;               /* the step to begin with */
	struct str why;                 /* there is no picture */
};
