#pragma once
/*
 * The shortest way from the start page to every page, along links that a person
 * can see. Pure: the links of a page are asked for when the page is reached,
 * each page once, so that a site of any size needs a few bytes a page.
 *
 * Fewer clicks are better. A link that somebody has to search for, in the footer
 * or in a list of very many (an index from A to Z), or whose words do not say where
 * it leads ("here"), counts as several. Of ways as long, links in the menu are
 * better than in the text.
 */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/str.h"

#define CLICKS_NOBODY UINT32_MAX

enum { CLICKS_MAX = 30 };

/* A link to a page by its index. */
struct clicks_link {
	uint32_t to;
	int region;        /* enum region */
	struct str text;
};

/* Where a page stands. */
struct clicks_page {
	uint32_t parent;   /* CLICKS_NOBODY: a start page, or not reached */
	uint32_t cost;     /* among ways as long */
	uint32_t linked;   /* by how many pages */
	uint8_t clicks;    /* from the start page */
	uint8_t length;    /* the same, as it counts */
	bool reached;
	bool start;        /* said by whoever asks */
	uint32_t label;    /* where the link's words stand; 0: they say nothing */
};

struct clicks {
	struct clicks_page *page;
	uint32_t n;
	struct buf labels; /* of all pages, each ends with NUL */
	void *arg;
	/* The links of a page, owned by `mem`. Links to pages that only lead on
	 * name the page they lead to. */
	enum err (*links)(void *arg, void *mem, uint32_t page,
	    struct clicks_link **out, size_t *n);
};

/* Fills the pages, of which the start pages are marked. What is made is owned
 * by `mem`. Errors are those of `links`. */
MUST_CHECK enum err clicks_find(void *mem, struct clicks *c);

/* The words of the link by which a page is reached; "" if they say nothing. */
const char *clicks_label(const struct clicks *c, uint32_t page);

/* Whether words say nothing of where they lead: "hier", "mehr …", "weiter". */
bool clicks_is_vague(struct str text);
