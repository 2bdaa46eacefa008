#pragma once
/*
 * The server's options with what was left out filled in.
 */
#include "http/http.h"

void options_take(struct http_options *o, const struct http_options *from);

/* How many connections there are files for, with some left for everything
 * else; `most` at most. */
unsigned options_connections(unsigned most);
