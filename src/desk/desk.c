/*
 * What all nouns of the desk share: names of doors and roles, and the check
 * who may. The nouns themselves are one file each beside this one; what they
 * need of the running house (configuration, instruction) is in house.h.
 */
#include "desk/desk.h"

const char *
door_name(enum door door)
{
	switch (door) {
#define X(id, number, name)                                                    \
	case id:                                                               \
		return name;
		DOOR_LIST(X)
#undef X
	}
	return "";
}

static const char *const role_names[] = {
    [ROLE_NONE] = "",
    [ROLE_AGENT] = "agent",
    [ROLE_SUPERVISOR] = "supervisor",
    [ROLE_ADMIN] = "admin",
};

const char *
role_name(enum role role)
{
	return role_names[role];
}

enum role
role_of(struct str name)
{
	for (enum role r = ROLE_AGENT; r <= ROLE_ADMIN; r++)
		if (str_is(name, role_names[r]))
			return r;
	return ROLE_NONE;
}

enum err
desk_needs(struct desk *d, enum role least)
{
	if (d->actor.employee_id == 0 && d->actor.door != DOOR_COMMAND)
		return fail(d->cx, ERR_UNAUTHENTICATED, "",
		    N_("Please sign in first."));
	if (d->actor.role < least)
		return fail(d->cx, ERR_FORBIDDEN, "",
		    N_("Your role does not allow this."));
	return OK;
}
