/*
 * The demo company's seats, and the mark by which its database is known again:
 * a row in the table counter. The passwords are no secret, so a database that
 * people really work in must never get that mark: only an empty one does.
 */
#include "desk/demo.h"

#include "desk/event.h"
#include "store/queries.h"

#define PASSWORD "guten-morgen"

const struct demo_seat demo_seats[DEMO_SEATS] = {
    {"brandt", "Sara Brandt", ROLE_SUPERVISOR, PASSWORD},
    {"lehmann", "Jonas Lehmann", ROLE_AGENT, PASSWORD},
    {"krueger", "Petra Krüger", ROLE_AGENT, PASSWORD},
    {"nowak", "Tomasz Nowak", ROLE_AGENT, PASSWORD},
    {"vogt", "Henrike Vogt", ROLE_ADMIN, PASSWORD},
};

enum err
demo_begin(struct desk *d)
{
	struct event ev;
	int64_t others;
	DB_TX tx = {0};
	enum err e;

	if ((e = desk_needs(d, ROLE_ADMIN)) != OK ||
	    (e = db_begin(d->db, &tx)) != OK ||
	    (e = q_demo_others(tx.db, d->cx->mem, &others)) != OK)
		return e;
	if (others)
		return fail(d->cx, ERR_CONFLICT, "",
		    N_("The database is not empty."));
	event_begin(d, &ev);
	if ((e = q_demo_mark(&tx)) != OK ||
	    (e = event_add(d, &tx, &ev, "demo.begun", 0)) != OK)
		return e;
	return db_commit(&tx);
}

bool
demo_is(struct desk *d)
{
	int64_t n;

	return q_demo_is(d->db, d->cx->mem, &n) == OK && n;
}

void
demo_seats_print(FILE *out)
{
	for (size_t i = 0; i < DEMO_SEATS; i++) {
		const struct demo_seat *s = &demo_seats[i];

		fprintf(out, "  %-10s %-12s %-12s %s\n", s->login, s->password,
		    role_name(s->role), s->name);
	}
}
