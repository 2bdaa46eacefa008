#pragma once
/*
 * Customers: the search, one customer, the forms; made by web_customer.c.
 */
#include "desk/twin.h"
#include "doors/web/call_view.h"
#include "doors/web/order_view.h"

struct customers_view {
	struct frame frame;
	struct lookup_view lookup;
	struct str next;
};

struct customer_edit_view {
	struct frame frame;
	bool fresh;                  /* a new one */
	int64_t id, version;
	struct str once;             /* of a new one */
	struct {                     /* who seem to be the same */
		struct q_customer_of_name *v;
		size_t n;
	} twins;
	struct str number, name, street, zip, city, email, note;
	struct str number_fault, name_fault, street_fault, zip_fault,
	    city_fault, email_fault, note_fault;
};

struct contract_edit_view {
	struct frame frame;
	bool fresh;
	int64_t customer, id, version;
	struct str customer_name;
	struct str once;             /* of a new one */
	struct str number, product, starts_on, ends_on, note;
	struct str number_fault, product_fault, starts_on_fault, ends_on_fault,
	    note_fault;
};

struct contract_view {
	int64_t id;
	struct str number, product, starts, ends, state, note;
	bool active, ended;
};

struct contact_view {                /* a person or a telephone number */
	int64_t id;
	struct str name, position, email, phone, label;
};

struct customer_view {
	struct frame frame;
	int64_t id;
	struct str number, name, street, zip, city, email, note;
	struct str entitlement;
	bool entitled;
	struct { struct contract_view *v; size_t n; } contracts;
	struct { struct contact_view *v; size_t n; } persons;
	struct { struct contact_view *v; size_t n; } phones;
	struct order_rows_view orders;
	struct ticket_rows_view tickets;
	struct { struct line_view *v; size_t n; } calls;
	struct str person_once, phone_once;
	struct str person_name, person_position, person_email, person_fault;
	struct str phone, phone_label, phone_fault;
};
