#pragma once
/*
 * Queue, ticket lists and one ticket; made by web_ticket.c.
 */
#include "doors/web/call_view.h"
#include "doors/web/outbox_view.h"

struct ticket_row_view {
	int64_t id;
	struct str number, kind, customer_number, customer, caller, summary;
	struct str when, exact, state;
	bool legal;
};

struct ticket_rows_view {
	struct ticket_row_view *v;
	size_t n;
};

struct tickets_view {
	struct frame frame;
	bool queue;                  /* the unanswered ones alone */
	bool is_unanswered, is_answered, is_closed, is_all;
	struct str kind;             /* as the API names it; "": any */
	struct str customer;         /* its number, as typed */
	struct str number;           /* of a ticket that there is not */
	int64_t untold, held;        /* of the queue's neighbour, the outbox */
	struct str customer_fault, number_fault;
	struct ticket_rows_view rows;
	bool more;
	struct str next;             /* the next page's path */
};

struct message_view {
	struct str employee, body, when, exact, what;
	bool note, answer, reopened;
};

/* A line of a ticket's history. */
struct deed_view {
	struct str what, employee, door, when, exact;
	struct str detail;           /* of orders: why, or who */
};

struct ticket_view {
	struct frame frame;
	int64_t id, version, customer, call;
	struct str number, state, kind, customer_number, customer_name, caller,
	    caller_number, question, search, reason, door, employee, opened,
	    opened_exact;
	bool unanswered, answered, closed, legal, read_back, internet_hint;
	struct { struct message_view *v; size_t n; } messages;
	struct { struct message_view *v; size_t n; } writing; /* colleagues */
	struct moves_view moved;     /* with its call */
	struct { struct deed_view *v; size_t n; } history; /* newest first */
	struct str answer, note, further;  /* what was typed */
	struct str answer_fault, note_fault, further_fault;
	int64_t for_all;             /* the own answer that it became; 0: none */
	struct str reason_kind;
	struct {
		struct searched_view {
			struct str text, label;
		} *v;
		size_t n;
	} searches;                  /* made before it was written */
	struct str once;             /* of the next note */
	struct str next;             /* the next unanswered ticket's path */
	/* How the answer reaches the customer. */
	bool mail_ready, by_mail, by_told, by_tell;
	struct str address, address_fault;
	struct letters_view letters;
	bool untold;           /* one of them has not reached the customer */
	/* The answer was held back. */
	struct places_view places;
	struct str held_by;          /* a colleague's text; "": one's own */
	bool may_release;            /* a supervisor */
	struct str release, release_fault;
};
