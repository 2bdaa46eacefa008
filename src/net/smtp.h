#pragma once
/*
 * One mail to one address over SMTP (libcurl), and exactly how that ended: a
 * mail may be tried again only where it is certain that the server has not
 * taken it.
 */
#include <stdatomic.h>
#include <stdbool.h>

#include "base/str.h"

struct smtp_server {
	struct str url;             /* "smtp://host:587", "smtps://host:465" */
	bool plain_ok;              /* without TLS, if the server has none */
	struct str ca_file;         /* "": the system's */
	struct str user, password;  /* "": without signing in */
	int time_ms;                /* for all of it */
};

enum smtp_end {
	SMTP_SENT,      /* the server has taken it */
	SMTP_TEMPORARY, /* it has not; another time perhaps */
	SMTP_PERMANENT, /* it has not, and never will */
	SMTP_UNCLEAR,   /* all was sent, and no answer came */
	SMTP_STOPPED,   /* it has not; *stop was set */
};

/* Sends `message` (RFC 5322, lines end with CR LF). *why says in English, or in
 * the server's words, what went wrong; owned by `mem`. Never holds the
 * password. */
enum smtp_end smtp_send(void *mem, const struct smtp_server *server,
    struct str from, struct str to, struct str message,
    const atomic_bool *stop, struct str *why);
