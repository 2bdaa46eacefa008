/*
 * The command `demo`: fills an empty database with an invented company and says
 * how to sign in. What is made is in command_demo_days.c, and what that is made
 * of in the folder demo/.
 */
#include "doors/command/command_demo.h"

#include "doors/command/command.h"

int
command_demo(struct command_run *r)
{
	struct demo_made made;
	enum err e = demo_begin(&r->desk);

	if (e == ERR_CONFLICT) {
		puts("demo: the database is not empty, nothing was changed");
		return EXIT_GOOD;
	}
	if (e != OK || (e = demo_make(&r->desk, &made)) != OK)
		return command_failed(r, e);
	printf("demo: %zu customers, %zu calls, %zu tickets (%zu unanswered)\n"
	       "sign in as one of these (name, password, role):\n",
	    made.customers, made.calls, made.tickets, made.unanswered);
	demo_seats_print(stdout);
	return EXIT_GOOD;
}
