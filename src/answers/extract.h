#pragma once
/*
 * What a page says, without what surrounds it: a pure function from bytes to
 * title, headings, text and links.
 */
#include "answers/region.h"
#include "net/weburl.h"

enum {
	EXTRACT_LINKS_MAX = 1000,       /* different ones of a page */
	EXTRACT_TEXT_BYTES_MAX = 1 << 20,
	EXTRACT_LABEL_MAX = 80,         /* characters of a link's words */
};

/* A way on from a page: the best link to that address. */
struct extract_link {
	struct weburl to;
	struct str text;       /* "" if it has no words of its own */
	enum region region;    /* MENU, BODY, ASIDE or FOOTER */
};

struct extract {
	struct str title;      /* one line; "" if there is none */
	struct str headings;   /* one a line */
	struct str text;       /* paragraphs, one a line */
	struct extract_link *link;
	size_t links;
	bool has_canonical;
	struct weburl canonical;
	bool has_refresh;      /* the page leads on by itself */
	struct weburl refresh;
	bool noindex, nofollow;
};

/* Reads the HTML at `base`; `type` is its Content-Type. Everything in *out is
 * valid UTF-8 and owned by `mem`. False if the page costs more to read than a
 * page may. */
bool extract_html(void *mem, const struct weburl *base, struct str type,
    struct str bytes, struct extract *out);

/* What a robots directive ("noindex, follow") forbids, added to *out. */
void extract_directive(struct str directive, struct extract *out);
