#pragma once
/*
 * Orders: lists, one of them, a new offer, the price list, what is to be
 * invoiced; made by web_order*.c.
 */
#include "doors/web/outbox_view.h"
#include "doors/web/ticket_view.h"

struct order_row_view {
	int64_t id;
	struct str number, kind, state, customer_number, customer, summary,
	    employee, price, when, exact;
	bool good, waits;
};

struct order_rows_view {
	struct order_row_view *v;
	size_t n;
};

/* A state that a list can show. */
struct order_tab_view {
	struct str state, text;
	bool here;
};

struct orders_view {
	struct frame frame;
	struct { struct order_tab_view *v; size_t n; } tabs;
	struct str state;            /* as the API names it; "": any */
	struct str customer, number; /* as typed */
	struct str customer_fault, number_fault;
	struct order_rows_view rows;
	bool more, invoices;         /* one may see what is to be invoiced */
	struct str next;             /* the next page's path */
};

/* What a sum is made of, ready to be read. */
struct amount_view {
	struct str units, net, vat_rate, vat, gross;
};

struct choice_view {
	struct str id, text;
	bool chosen;
};

struct order_view {
	struct frame frame;
	int64_t id, version, customer, call;
	struct str number, state, kind, customer_number, customer_name, caller,
	    description, price, sentence, door;
	struct str offered_by, offered, offered_exact;
	struct str words, name, answered_by, answered, answered_exact;
	struct str employee, worked;
	struct amount_view amount;
	bool sure;                   /* the sum is final */
	bool good, waits;            /* of the state's chip */
	bool can_reply, can_take, can_leave, can_start, can_done, can_cancel,
	    can_assign;
	bool by_time, consultation, unassigned;
	bool others;                 /* a colleague's, who alone goes on */
	struct { struct choice_view *v; size_t n; } employees;
	struct { struct deed_view *v; size_t n; } history; /* newest first */
	bool can_send, may_release;  /* by e-mail; what was held back */
	struct letters_view letters;
	struct places_view places;   /* that hold it back */
	struct str once;             /* of the next mail */
	/* What was typed, and what is wrong with it. */
	struct str address, release, address_fault, release_fault;
	struct str reply_words, reply_name, minutes, reason;
	struct str words_fault, name_fault, minutes_fault, reason_fault,
	    employee_fault;
};

struct order_new_view {
	struct frame frame;
	int64_t customer;
	struct str customer_name, customer_number, once;
	struct { struct person_view *v; size_t n; } persons;
	struct { struct price_view *v; size_t n; } prices;
	struct { struct choice_view *v; size_t n; } kinds; /* of one's own price */
	bool own;                    /* a price for this order alone */
	struct str name, description, net;
	struct verdict_view judged;
	struct str person_fault, description_fault, price_fault, net_fault;
};

struct price_view {
	struct str id, kind, text, net, gross, unit, least, sentence;
	bool chosen;
};

struct price_rows_view {
	struct str vat;
	struct { struct price_view *v; size_t n; } prices;
};

struct prices_view {
	struct frame frame;
	struct str file;             /* "": those that ship */
	struct price_rows_view list;
};

struct invoice_view {
	struct frame frame;
	struct {
		struct invoice_row_view {
			int64_t id;
			struct str number, customer, customer_number, text,
			    done;
			struct amount_view amount;
		} *v;
		size_t n;
	} rows;
	struct amount_view sum;
	struct str orders;           /* their numbers */
	struct str fault;            /* why none was marked */
	bool more;
};
