#pragma once
/*
 * HTML as it is found in the wild, read flat (gumbo): blocks of text, links,
 * and what the head says. What of it is the page's own text is page.h's matter.
 */
#include <stdbool.h>

#include "answers/region.h"

enum { HTML_LINKS_MAX = 4000, HTML_BLOCKS_MAX = 50000 };

struct html_block {
	struct str text;      /* in one line */
	int heading;          /* 1 to 6; 0: none */
	enum region region;   /* never hidden or a banner */
	bool main;            /* stands in the page's main part */
	size_t link_bytes;    /* of the text, those that are links */
};

struct html_link {
	struct str href;
	struct str text;      /* its words, else an image's, else its title */
	enum region region;
	bool nofollow;
};

struct html {
	struct str title, canonical, robots, refresh, base;
	struct html_block *block;
	size_t blocks;
	struct html_link *link;
	size_t links;
};

/* Reads valid UTF-8. False if the page costs more than a page may (memory,
 * time): then nothing of it is known. */
bool html_read(void *mem, struct str text, struct html *out);
