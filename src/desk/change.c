/*
 * Members of an event that say what was and what is. Which fields an edit has,
 * each noun says itself (customer.c, contract.c); how events are kept is in
 * event.c.
 */
#include "desk/change.h"

bool
change_text(struct event *e, const char *name, struct str before,
    struct str after)
{
	if (str_eq(before, after))
		return false;
	json_name(&e->json, name);
	json_open(&e->json, '{');
	event_text(e, "before", before);
	event_text(e, "after", after);
	json_close(&e->json, '}');
	return true;
}
