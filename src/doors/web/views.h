#pragma once
/*
 * What the staff's pages are given: plain data, ready to be shown. Dates,
 * amounts and durations are texts already, in the reader's language; a page
 * only places them (web/templates/staff). Lists are {v, n}.
 */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/i18n.h"
#include "base/str.h"

/* Something alarming that no supervisor has seen (desk/alert.h). */
struct alert_view {
	int64_t ticket;
	struct str number, who, summary, since, exact;
};

struct alerts_view {
	bool watches;          /* this page is to look for new ones */
	struct str tag;        /* which ones these are */
	struct str path;       /* where to come back to after "Seen" */
	struct alert_view *v;
	size_t n;
};

/* What surrounds every page: web/templates/staff/head.html and foot.html. */
struct frame {
	struct str title;      /* of the page, without the house's name */
	struct str company;    /* whose desk it is */
	struct str employee;   /* whose session it is */
	bool signed_in;        /* false: no menu, no sign-out */
	enum lang lang;
	int64_t now_ms;        /* when the page was made */
	struct str theme;      /* "light", "dark" or "auto" */
	bool keys_off;         /* single-letter keys are switched off */
	struct str area;       /* which entry of the menu is the page's: "desk",
	                          "queue", "tickets", "customers",
	                          "answers" or "" */
	int64_t unanswered;    /* tickets */
	int64_t open_call;     /* the employee's running call, 0 for none */
	struct alerts_view alerts; /* for supervisors */
	struct str flash;      /* one message about what was just done */
	bool flash_bad;        /* it failed */
	struct str path;       /* this page with its query, to come back to */
};

/* A sign-in of the demo company, offered where one is installed. */
struct demo_login {
	struct str login, name, role, password;
};

struct signin_view {
	struct frame frame;
	struct str login;      /* as typed the last time */
	struct str error;      /* why it did not work */
	struct str next;       /* where to go afterwards */
	struct str resend_to;  /* a form was sent when the session had ended: */
	struct str resend;     /* its path and what was in it, as sent */
	struct {
		const struct demo_login *v;
		size_t n;
	} demo;
};

struct password_view {
	struct frame frame;
	struct str login;      /* for whoever keeps passwords */
	struct str current_fault, password_fault, again_fault;
};

/* A form that was sent when the session had ended, to be sent again now. */
struct resend_view {
	struct frame frame;
	struct str path;
	struct {
		struct resend_field {
			struct str name, value;
		} *v;
		size_t n;
	} fields;
};

/* Something went wrong; also the page for what does not exist. */
struct error_view {
	struct frame frame;
	int status;            /* as HTTP says it */
	struct str title;      /* what happened, in a few words */
	struct str text;       /* what to do about it */
	struct {
		const struct str *v;
		size_t n;
	} items;               /* details, for example the fields concerned */
	struct str request;    /* what to name to whoever looks after this */
};
