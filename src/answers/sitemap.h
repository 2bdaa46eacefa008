#pragma once
/*
 * Sitemaps (sitemaps.org): addresses that a site names, and further sitemaps.
 */
#include "base/str.h"

enum { SITEMAP_BYTES_MAX = 50 << 20, SITEMAP_URLS_MAX = 50000 };

struct sitemap {
	bool index;          /* the addresses are sitemaps themselves */
	struct str *url;
	size_t n;
};

/* Reads XML, or a plain list of one address a line. False if it is neither;
 * what was read until then is kept. Owned by `mem`. */
bool sitemap_read(void *mem, struct str bytes, struct sitemap *out);
