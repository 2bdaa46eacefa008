#pragma once
/*
 * What can come of an address. Stored: never renumber.
 */
#include <stdbool.h>

#include "base/i18n.h"
#include "net/transfer.h"

/* id, number, name for machines, what a person reads */
#define CRAWLED_LIST(X)                                                        \
	X(CRAWLED_NONE, 0, "waiting", N_("waits to be fetched"))               \
	X(CRAWLED_PAGE, 1, "page", N_("is a page"))                            \
	X(CRAWLED_REDIRECT, 2, "redirect", N_("leads to another address"))     \
	X(CRAWLED_CANONICAL, 3, "canonical",                                   \
	    N_("names another address as its proper one"))                     \
	X(CRAWLED_NOINDEX, 4, "noindex", N_("does not want to be found"))      \
	X(CRAWLED_OTHER, 5, "other-type", N_("is no text that can be read"))   \
	X(CRAWLED_ROBOTS, 6, "robots", N_("is forbidden by robots.txt"))       \
	X(CRAWLED_LOST, 7, "lost", N_("no link leads there any more"))         \
	/* From here on somebody may want to mend it. */                       \
	X(CRAWLED_GONE, 20, "gone", N_("does not exist (any more)"))           \
	X(CRAWLED_STATUS, 21, "status", N_("the server answers with an error"))\
	X(CRAWLED_RESOLVE, 22, "resolve", N_("the host's name is not known"))  \
	X(CRAWLED_PRIVATE, 23, "private",                                      \
	    N_("the host has a private address and is not named as allowed"))  \
	X(CRAWLED_CONNECT, 24, "connect", N_("the host cannot be reached"))    \
	X(CRAWLED_CERTIFICATE, 25, "certificate",                              \
	    N_("the host's certificate is not valid"))                         \
	X(CRAWLED_TIMEOUT, 26, "timeout", N_("the answer took too long"))      \
	X(CRAWLED_TOO_LARGE, 27, "too-large", N_("the answer is too large"))   \
	X(CRAWLED_BROKEN, 28, "broken", N_("the answer broke off or is none")) \
	X(CRAWLED_LEAVES, 29, "leaves",                                        \
	    N_("leads to a host that the configuration does not name"))        \
	X(CRAWLED_LOOP, 30, "loop", N_("leads round in a circle"))             \
	X(CRAWLED_TRAP, 31, "trap", N_("looks like one of endlessly many"))    \
	X(CRAWLED_DEEP, 32, "deep", N_("is too many links from the start"))    \
	X(CRAWLED_UNREADABLE, 33, "unreadable", N_("cannot be read"))          \
	X(CRAWLED_HOST, 34, "host",                                            \
	    N_("the host failed too often and was left alone"))                \
	X(CRAWLED_NO_ROBOTS, 35, "no-robots",                                  \
	    N_("the host's robots.txt could not be read"))

enum crawled {
#define X(id, number, name, text) id = number,
	CRAWLED_LIST(X)
#undef X
};

enum { CRAWLED_FAILED_LEAST = 20, CRAWLED_FAILED_MOST = 99 };

/* "timeout". */
const char *crawled_name(enum crawled o);

/* What a person reads, to be translated. */
const char *crawled_text(enum crawled o);

/* What a transfer without an answer means. */
enum crawled crawled_of_end(enum transfer_end end);

/* Whether it may be gone by itself tomorrow, so that what was read before is
 * still offered. */
bool crawled_is_passing(enum crawled o, int status);

/* Whether the host as a whole is at fault. */
bool crawled_is_hosts(enum crawled o);
