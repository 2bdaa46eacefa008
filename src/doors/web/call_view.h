#pragma once
/*
 * What the call page shows; made by web_call.c, rendered by call.html and
 * lookup.html.
 */
#include "doors/web/views.h"

struct answer_view {
	int key;            /* 1 to 9 */
	struct str id, text;
	bool open;
	struct str why;     /* what is missing, when it is not open */
};

struct branch_view {
	struct str key, id, text;
};

struct rule_view {
	struct str id, text;
};

struct person_view {
	int64_t id;
	struct str name, position;
	bool chosen;
};

struct line_view {          /* a row of the customer card */
	struct str label, text, title;
	bool good, bad;
	int64_t id;
};

struct lookup_view {
	int64_t call;       /* 0: links to the customers' pages */
	struct str typed;
	struct {
		struct lookup_row_view {
			int64_t id;
			struct str number, name, city, why;
			bool exact, entitled, chosen;
		} *v;
		size_t n;
	} rows;
};

/* The caller, beside the question; never moves. */
struct caller_view {
	bool known;         /* a customer was chosen */
	bool identified;
	int64_t customer;
	struct str number, name, city, note, caller_number, person;
	struct str entitlement, identified_text;
	bool entitled;
	struct { struct line_view *v; size_t n; } contracts;
	struct { struct line_view *v; size_t n; } phones;
	struct { struct line_view *v; size_t n; } tickets;
	struct { struct line_view *v; size_t n; } calls;
	struct { struct line_view *v; size_t n; } suggested; /* caller ID */
};

/* What is said of a question while it is typed. */
struct verdict_view {
	bool exact, empty;
	struct str text;
};

struct call_view {
	struct frame frame;
	int64_t id, seq;
	bool ended, may_lead;
	struct str employee;
	int64_t elapsed_ms, warn_ms, limit_ms;
	struct str length, limit;    /* as "2:14" */

	struct str closing;          /* what to say now that a matter ended */
	struct str step, say, ask, hint;
	bool in_branch;
	bool in_number, in_customer, in_confirmed, in_person, in_question,
	    in_search, in_reason, in_text;
	bool finds;                  /* any step that looks for a customer */
	struct str number, confirmed, question, search, reason, text, name;
	struct str name_fault, question_fault, search_fault, reason_fault,
	    confirmed_fault, number_fault, text_fault;
	struct str unsaved;          /* typed where the call no longer stands */
	struct verdict_view judged;
	bool shows_question;         /* to be read back */
	bool enter_stays;            /* Enter in a field chooses no answer */
	struct { struct person_view *v; size_t n; } persons;
	struct lookup_view lookup;

	struct { struct answer_view *v; size_t n; } answers;
	struct { struct branch_view *v; size_t n; } branches;
	bool can_back;
	struct { struct rule_view *v; size_t n; } rules;
	struct { struct line_view *v; size_t n; } way;      /* crumbs */
	struct { struct line_view *v; size_t n; } matters;  /* ended ones */
	struct caller_view caller;
};
