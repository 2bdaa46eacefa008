#pragma once
/*
 * My desk: what waits; made by web_home.c.
 */
#include "doors/web/call_view.h"
#include "doors/web/order_view.h"

struct home_view {
	struct frame frame;
	struct str greeting, day;
	int64_t unsigned_version;    /* of the instruction, to be signed; or 0 */
	int64_t untold;              /* what has not reached anybody yet */
	int64_t held;                /* answers to be released, for supervisors */
	struct ticket_rows_view waiting;     /* the oldest unanswered */
	struct order_rows_view orders;       /* that one is in charge of */
	struct { struct line_view *v; size_t n; } calls; /* one's own, newest */
};
