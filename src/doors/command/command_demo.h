#pragma once
/*
 * The demo company: three files in demo/ that become a desk's last ten working
 * days. Everything goes through the desk's own
 * functions, with the clock set back and as the employee who acts, so every row
 * has passed the rules that hold for people, and has its event.
 *
 * Private to the files command_demo*.c; the test of it looks in as well.
 */
#include "desk/customer.h"
#include "desk/demo.h"
#include "desk/desk.h"

/* Numbers that look like chance and are the same every time. */
struct demo_chance {
	uint64_t state;
};

/* A number from 0 to n - 1. */
int64_t demo_chance(struct demo_chance *c, int64_t n);

/* The script (command_demo_script.c): demo/calls.yaml as it is read. */

enum demo_who {
	WHO_CUSTOMER, /* with a contract that runs */
	WHO_FORMER,
	WHO_FUTURE,
	WHO_UNKNOWN,  /* cannot say which customer */
	WHO_NOBODY,   /* is none */
};

/* One move: the answer to a step, or a branch that is opened there. */
struct demo_move {
	struct str step, answer;
	bool branch;
};

struct demo_moves {
	struct demo_move *v;
	size_t n;
};

/* A way through the instruction, where it is not the usual one. */
struct demo_way {
	struct str id;
	enum demo_who who;
	int64_t pace; /* percent of what the steps usually take */
	struct demo_moves moves;
};

/* A call; what is not said is empty. */
struct demo_talk {
	const struct demo_way *way;
	struct str product, caller, search, reason;
	struct str question; /* not empty: it ends with a ticket */
	struct str answer;   /* empty: the ticket waits */
	struct str note, further, further_answer;
};

struct demo_script {
	struct demo_moves usual;
	struct demo_way *way;
	size_t ways;
	struct demo_talk *talk;
	size_t talks;
};

/* Reads a script into memory of `mem`. ERR_INVALID, after logging where it is
 * wrong. */
MUST_CHECK enum err demo_script_read(void *mem, struct str source,
    struct demo_script *out);

/* The people (command_demo_people.c). */

/* A customer, and how often it has called. */
struct demo_customer {
	struct customer_full full;
	int calls;
};

struct demo_people {
	int64_t employee[DEMO_SEATS]; /* ids, as in demo_seats */
	struct demo_customer *customer;
	size_t n;
};

/* Adds the employees and imports the customers, `d` being the program's. */
MUST_CHECK enum err demo_people_make(struct desk *d, int64_t now_ms,
    struct demo_people *out);

/* A customer for this talk, NULL if it is nobody's; those that have called
 * less are preferred. */
struct demo_customer *demo_people_pick(struct demo_people *p,
    struct demo_chance *c, const struct demo_talk *t);

/* A member of staff, agents more often than others. */
size_t demo_people_seat(struct demo_chance *c);

/* The answers (command_demo_answers.c), by the employee that `d` acts for. */
MUST_CHECK enum err demo_answers_make(struct desk *d);

/* The call (command_demo_call.c). */

/* Leads a call through the instruction from d->cx->now_ms on, which is moved to
 * its end. `customer` may be NULL. *out_ticket is 0 if there came none. */
MUST_CHECK enum err demo_call_lead(struct desk *d,
    const struct demo_script *s, const struct demo_talk *t,
    const struct demo_customer *customer, struct demo_chance *c,
    int64_t *out_ticket);

/* The orders (command_demo_orders.c): what is to be done about them by now, by
 * the supervisor that `d` acts for. */
MUST_CHECK enum err demo_orders_go_on(struct desk *d);

/* The days (command_demo_days.c). */

struct demo_made {
	size_t customers, calls, tickets, unanswered;
};

/* Makes the company in a database that demo_begin has marked. `d` acts for the
 * program; its clock stands at the present. ERR_CONFLICT: the house's
 * instruction is another one than the demo's calls were written for. */
MUST_CHECK enum err demo_make(struct desk *d, struct demo_made *out);
