#pragma once
/*
 * What has (not) reached the customer, and a text with the places marked that
 * keep it in the house; made by web_outbox.c.
 */
#include "doors/web/views.h"

/* A text in pieces; those that are marked say why. */
struct places_view {
	struct place_piece {
		struct str text, why;
	} *v;
	size_t n;
};

struct letter_view {
	int64_t id, subject_id;
	bool linked;            /* its ticket or order is named */
	struct str number;      /* of its ticket; "" for an order's */
	struct str state, person, address, reason, when, exact, employee;
	struct str back;        /* where its buttons lead back to */
	bool bad, done;
	bool may_tell, may_again;
};

struct letters_view {
	struct letter_view *v;
	size_t n;
};

struct held_view {
	int64_t ticket;
	struct str number, employee, when, summary;
};

struct outbox_view {
	struct frame frame;
	struct letters_view letters;
	struct { struct held_view *v; size_t n; } held; /* for supervisors */
	bool mail_ready;
	int64_t next;           /* the next page's first row is behind it */
};
