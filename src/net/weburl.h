#pragma once
/*
 * Addresses on the web in a normal form, so that the same page has the same
 * text: scheme and host in lower case, no port that goes without saying, no
 * user, no fragment, no dot segments, nothing unencoded that must not be.
 */
#include <stdbool.h>

#include "base/str.h"

enum { WEBURL_BYTES_MAX = 2000 };

struct weburl {
	struct str text;   /* "https://www.example.de/hilfe?seite=2" */
	struct str host;   /* "www.example.de", "[::1]"; borrowed from text */
	struct str site;   /* with the port, if it is a special one */
	struct str path;   /* path and query; borrowed from text */
};

/* Reads an absolute address. False: not http or https, no host, a host that is
 * no name, or longer than WEBURL_BYTES_MAX. Owned by `mem`. */
bool weburl_parse(void *mem, struct str s, struct weburl *out);

/* Reads what a link on the page `base` says (RFC 3986, 5.2). False as above. */
bool weburl_join(void *mem, const struct weburl *base, struct str link,
    struct weburl *out);
