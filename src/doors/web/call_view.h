#pragma once
/*
 * What the call page shows; made by web_call.c, rendered by call.html and
 * lookup.html.
 */
#include "doors/web/answer_view.h"
#include "doors/web/views.h"

struct answer_view {
	int key;            /* 1 to 9; 0: none of what was found */
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
	int key;            /* chooses and goes on; 0: none */
};

struct option_view {        /* a price, an order */
	struct str id, text, detail;
	bool chosen;
	int key;            /* chooses and goes on; 0: none */
};

struct line_view {          /* a row of the customer card */
	struct str label, text, title;
	bool good, bad;
	int64_t id;
};

/* How long a call has lasted, and how long it may. */
struct clock_view {
	int64_t elapsed_ms, warn_ms, limit_ms;
	struct str length, limit;    /* as "2:14" */
	bool moves;                  /* at the limit the guide moves on */
	struct paid_view {
		bool running;
		int64_t order;       /* 0: nothing is paid for */
		struct str number;
		int64_t ms, unit_ms, least, net, vat; /* as struct terms */
		int64_t units;
		struct str length, unit, sum;
	} paid;
};

/* A call's moves to other customers, as its page and its tickets' show them. */
struct moves_view {
	struct move_view {
		struct str from;     /* "": it stood under no customer */
		struct str to, employee, reason, identified, checked, when,
		    exact;
		bool uncovered;
	} *v;
	size_t n;
};

struct lookup_view {
	int64_t call;       /* 0: links to the customers' pages */
	bool moves;         /* choosing moves the call (web_reassign.c) */
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
	bool ended;         /* the call: nobody will be identified any more */
	int64_t reassign;   /* the call, if it may be moved; else 0 */
	struct moves_view moved;
	bool identified;
	int64_t customer;
	struct str number, name, city, note, caller_number, person;
	struct str entitlement, identified_text;
	bool entitled;
	struct { struct line_view *v; size_t n; } contracts;
	struct { struct line_view *v; size_t n; } phones;
	struct { struct line_view *v; size_t n; } orders;
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
	struct clock_view clock;

	struct str closing;          /* what to say now that a matter ended */
	struct str step, say, ask, hint;
	bool in_branch;
	bool in_number, in_customer, in_confirmed, in_person, in_question,
	    in_search, in_reason, in_text, in_words;
	bool has_field;              /* of text, in which keys are typed */
	bool finds;                  /* any step that looks for a customer */
	struct str number, confirmed, question, search, reason, text, name,
	    words;
	struct str name_fault, question_fault, search_fault, reason_fault,
	    confirmed_fault, number_fault, text_fault, words_fault,
	    option_fault;
	struct str option_name;      /* "price", "order"; "": none to choose */
	bool prices;                 /* it is prices that are chosen from */
	struct { struct option_view *v; size_t n; } options;
	struct str overrun;          /* past the limit, unpaid; "": none */
	struct str unsaved;          /* typed where the call no longer stands */
	struct verdict_view judged;
	bool shows_question;         /* to be read back */
	bool for_order;              /* it says what is to be done */
	bool enter_stays;            /* Enter in a field chooses no answer */
	struct { struct person_view *v; size_t n; } persons;
	struct lookup_view lookup;
	struct found_view found;     /* answers, while one is searched for */
	struct taken_view taken;     /* the one that is read out */

	struct { struct answer_view *v; size_t n; } answers;
	struct { struct branch_view *v; size_t n; } branches;
	bool can_back;
	struct { struct rule_view *v; size_t n; } rules;
	struct { struct line_view *v; size_t n; } way;      /* crumbs */
	struct { struct matter_view {
		struct str text, ticket, order;
		int64_t ticket_id, order_id; /* 0: none */
	} *v; size_t n; } matters;   /* ended ones */
	struct caller_view caller;
};

/* The page on which a call is moved to another customer. */
struct reassign_view {
	struct frame frame;
	int64_t call;
	bool running;
	struct clock_view clock;
	struct str from;             /* where it stands; "": nowhere */
	struct str typed;
	struct lookup_view lookup;
	int64_t customer;            /* that was chosen; 0: none yet */
	struct str name, number, entitlement;
	bool entitled, by_number, by_voice, by_check;
	struct { struct person_view *v; size_t n; } persons;
	struct str checked, caller, reason;
	struct str customer_fault, number_fault, contract_fault, checked_fault,
	    name_fault, reason_fault;
};
