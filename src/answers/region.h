#pragma once
/*
 * Which part of a page an element opens, judged by what its author said of it:
 * the tag, its role, its id and its classes.
 */
#include <stdbool.h>

#include "base/str.h"

/* In the order in which a person looks for a link. Stored: never renumber. */
enum region {
	REGION_MENU = 1,
	REGION_BODY = 2,
	REGION_ASIDE = 3,
	REGION_FOOTER = 4,
	REGION_BANNER = 5,  /* asks for consent, says nothing */
	REGION_HIDDEN = 6,  /* nobody sees it */
};

/* An element's start tag; texts may be NULL. */
struct region_tag {
	const char *name;  /* lower case */
	const char *role, *id, *classes, *style, *aria_hidden;
	bool hidden;       /* attribute `hidden` */
	bool open;         /* attribute `open` */
};

/* The region inside of the element, `around` being the one it stands in, and
 * *main whether it stands in the page's main part, which it may begin. */
enum region region_inside(const struct region_tag *t, enum region around,
    bool *main);
