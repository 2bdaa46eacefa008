#pragma once
/*
 * The demo company's website, compiled in and served beside the desk on a port
 * of its own, so that there is something to crawl.
 */
#include "base/config.h"
#include "http/http.h"

extern const struct http_asset demo_site_files[];
extern const size_t demo_site_files_n;

/* Serves it where the configuration says (demo_site), and names it as the
 * company's website if the configuration names none. *out is NULL where it says
 * nothing. Errors as http_start. */
MUST_CHECK enum err demo_site_start(struct config *config, void *mem,
    struct http_server **out, struct str *why);
