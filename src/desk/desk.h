#pragma once
/*
 * The desk: every rule of the house lives on this floor, so that it holds at
 * every door. A door makes a `struct desk` for each unit of work and calls one
 * function; that is one transaction and one event.
 */
#include <stdint.h>

#include "base/cx.h"
#include "base/str.h"
#include "store/db.h"

/* The ways in. Stored in the database: never renumber. */
#define DOOR_LIST(X)                                                           \
	X(DOOR_DESK, 1, "desk")       /* staff pages, no caller on the line */ \
	X(DOOR_TELEPHONE, 2, "telephone")                                      \
	X(DOOR_PORTAL, 3, "portal")                                            \
	X(DOOR_API, 4, "api")                                                  \
	X(DOOR_MAIL, 5, "mail")                                                \
	X(DOOR_IMPORT, 6, "import")                                            \
	X(DOOR_COMMAND, 7, "command")

enum door {
#define X(id, number, name) id = number,
	DOOR_LIST(X)
#undef X
};

/* What an employee may do; each role may all that the lower ones may. Stored:
 * never renumber. */
enum role {
	ROLE_NONE = 0,
	ROLE_AGENT = 1,
	ROLE_SUPERVISOR = 2,
	ROLE_ADMIN = 3,
};

/* Who does the work. */
struct actor {
	int64_t employee_id;   /* 0: the program itself, or nobody yet */
	enum role role;
	enum door door;
	struct str login, name;
	struct str lang, theme;  /* the employee's choice; empty: none */
	bool keys_off;
	int64_t session_id;      /* 0: by token, or the program */
};

struct house;
struct confidential;

struct desk {
	struct cx *cx;
	struct db *db;
	struct house *house;
	struct actor actor;
	struct str nonce;   /* the request's, if it must not be taken twice
	                       (once.h); "" if it carries none */
	const struct confidential *held; /* with ERR_CONFIDENTIAL: the places
	                       that keep a text in the house (confidential.h) */
};

const char *door_name(enum door door);

/* "agent", "supervisor", "admin"; role_of gives ROLE_NONE for anything else. */
const char *role_name(enum role role);
enum role role_of(struct str name);

/* ERR_UNAUTHENTICATED without an employee, ERR_FORBIDDEN below `least`. The
 * program itself (commands) passes. First line of every public function that
 * changes or shows something. */
MUST_CHECK enum err desk_needs(struct desk *d, enum role least);
