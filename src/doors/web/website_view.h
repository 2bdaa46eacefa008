#pragma once
/*
 * The company's website as it was crawled: made by web_website.c.
 */
#include "doors/web/views.h"

struct website_run_view {
	struct str when, exact;  /* it was asked for */
	struct str who;
	struct str scope;        /* "": as configured */
	struct str end;          /* "complete", "running", … */
	bool good, bad;          /* the end's colour */
	int64_t found, fetched, pages, added, changed, gone, failed;
};

struct website_progress_view {
	bool live;               /* asked for or running: looked at again */
	bool begun;
	struct website_run_view run; /* the last one */
	int percent;             /* of the addresses known so far */
};

struct website_view {
	struct frame frame;
	bool configured;
	bool may_ask;
	bool any;                /* runs at all */
	struct website_progress_view progress;
	struct {
		struct website_run_view *v;
		size_t n;
	} runs;
	struct {
		struct website_failure_view {
			struct str url, why, when, exact;
			int64_t status;  /* of HTTP; 0: none to show */
		} *v;
		size_t n;
	} failures;
	int64_t next;            /* more failures above it; 0: there are none */
};
