#pragma once
/*
 * The demo company: who sits at its desk, and whether this database is one of
 * its. What fills it is the command `demo` (doors/command/command_demo.h).
 */
#include <stdio.h>

#include "desk/desk.h"

/* An employee whose password everybody may know. */
struct demo_seat {
	const char *login, *name;
	enum role role;
	const char *password;
};

enum { DEMO_SEATS = 5 };

extern const struct demo_seat demo_seats[DEMO_SEATS];

/* Marks an empty database as the demo company's, with an event. ERR_CONFLICT:
 * there are employees or customers already, nothing was changed. Admin only. */
MUST_CHECK enum err demo_begin(struct desk *d);

/* Whether this database was made by the command `demo`. Anybody may ask: the
 * sign-in page does. False where the database does not answer. */
bool demo_is(struct desk *d);

/* The sign-ins, a line each, for whoever started the program. */
void demo_seats_print(FILE *out);
