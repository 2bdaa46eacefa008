#pragma once
/*
 * A mail as it goes over the wire (RFC 5322, MIME): one text in UTF-8. Whatever
 * stands in the fields, no line of a header begins with it.
 */
#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"

/* Addresses are checked before; the other texts may be any UTF-8. */
struct mime_mail {
	struct str from;               /* "Kundendienst <support@house.example>"
	                                  or the address alone */
	struct str to_name, to;        /* the name may be "" */
	struct str subject;
	struct str id, reply_to;       /* Message-IDs without brackets; the
	                                  second may be "" */
	int64_t at_ms;
	bool automatic;                /* no person wrote it (RFC 3834) */
	struct str lang;               /* "de", or "" */
	struct str body;
};

/* The message, owned by `mem`. */
struct str mime_write(void *mem, const struct mime_mail *m);

/* The address in "Name <address>", or all of it if there is none. */
struct str mime_address(void *mem, struct str from);
