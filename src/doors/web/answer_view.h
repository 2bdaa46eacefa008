#pragma once
/*
 * Answers: what a search found, one that is read out, own answers and gaps;
 * made by web_answer.c, web_gap.c and call_page.c.
 */
#include "doors/web/views.h"

struct snippet_view {
	struct str text;
	bool match;
};

struct found_view {
	int64_t call;          /* 0: rows are links */
	int64_t gap;           /* rows close this gap; 0: none */
	bool searched;         /* something was typed */
	struct {
		struct found_row {
			int64_t id;
			int64_t own;       /* the own answer's id; 0: a page */
			struct str title, clicks, url, kind;
			struct {
				struct snippet_view *v;
				size_t n;
			} snippet;
			bool taken;
		} *v;
		size_t n;
	} rows;
};

/* A document ready to be read out and to be copied for sending. */
struct taken_view {
	bool there;
	struct str title, clicks, url, copy;
	struct {
		struct taken_line { struct str text; } *v;
		size_t n;
	} lines;
};

struct answers_view {
	struct frame frame;
	struct str words;
	bool searching, retired;
	struct found_view found;
	struct {
		struct own_row {
			int64_t id;
			struct str title, employee, when, exact, served;
		} *v;
		size_t n;
	} rows;
	bool more;
	struct str next;
};

struct own_view {
	struct frame frame;
	int64_t id, version;   /* 0: a new one */
	int64_t ticket;        /* whose answer it was, 0: nobody's */
	int64_t gap;           /* which it is to close, 0: none */
	struct str ticket_number;
	bool retired;
	struct str once, title, body, url, clicks, employee, when, exact;
	struct str title_fault, body_fault, url_fault, clicks_fault;
};

struct gaps_view {
	struct frame frame;
	struct {
		struct gap_row {
			int64_t id;
			struct str words, cases, when, exact;
		} *v;
		size_t n;
	} rows;
};

struct gap_view {
	struct frame frame;
	int64_t id;
	struct str words, cases, closed_by;
	bool closed;
	struct {
		struct gap_case_view {
			int64_t ticket;
			struct str number, words, kind, reason, when, exact;
		} *v;
		size_t n;
	} rows;
	struct str search, document_fault;
	struct found_view found;
};
