#pragma once
/*
 * robots.txt (RFC 9309): which paths of a host a crawler may fetch.
 */
#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"

enum {
	ROBOTS_BYTES_MAX = 500 << 10,
	ROBOTS_RULES_MAX = 5000,
	ROBOTS_SITEMAPS_MAX = 50,
};

struct robots {
	struct robots_rule {
		struct str path;
		bool allow;
	} *rule;
	size_t rules;
	struct str *sitemap;
	size_t sitemaps;
	int64_t delay_ms;   /* Crawl-delay; 0: none */
};

/* Reads the file for the crawler `agent` ("dienstweg"): its own groups, or
 * those for all. What is not understood is skipped. Owned by `mem`. */
void robots_read(void *mem, struct str text, const char *agent,
    struct robots *out);

/* Whether path and query (percent-encoded, beginning with a slash) may be
 * fetched: the longest rule that matches decides, allowing where two are as
 * long. */
bool robots_allows(const struct robots *r, struct str path);
