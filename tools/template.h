#pragma once
/*
 * Parts of the template compiler, which runs while building (tools/template.c
 * says what a template is). It lives for one command: what it allocates it
 * keeps until the end, and out of memory ends it.
 */
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

/* ---- template_text.c: memory, growing text, translations ---- */

struct text {
	char *p; /* NUL-terminated once something was written */
	size_t n, cap;
};

void *keep(size_t bytes);
char *keep_text(const char *p, size_t n);
void text_add(struct text *t, const char *p, size_t n);
void text_adds(struct text *t, const char *s);
void text_addf(struct text *t, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* The whole file; NULL if it cannot be read. */
char *file_read(const char *path, size_t *n);

/* The last part of a path. */
const char *file_name(const char *path);

/* As the inside of a C string literal. */
void text_add_c(struct text *t, const char *p, size_t n);

/* The German texts of a .mo file; false if it is none. */
bool texts_load(const char *path);

/* The German of a message id; NULL (and remembered as missing at that place) if
 * there is none. */
const char *texts_find(const char *msgid, const char *path, int line);

/* Lists what was missing on stderr; how many there were. */
size_t texts_missing(bool ok);

/* Writes every message id that texts_find() was asked for as a POT file. */
bool texts_write_pot(const char *path);

/* ---- template_context.c: where in the HTML we are ---- */

enum place {
	IN_TEXT,
	IN_TAG_START,    /* behind "<" */
	IN_TAG_NAME,
	IN_TAG,          /* where an attribute may begin */
	IN_ATTR_NAME,
	IN_ATTR_AFTER,   /* behind the name and white space */
	IN_VALUE_START,  /* behind "=" */
	IN_VALUE,        /* "..." */
	IN_VALUE_SINGLE, /* '...' */
	IN_VALUE_BARE,
	IN_VALUE_AFTER,  /* behind the closing quote */
	IN_SELF_CLOSE,   /* behind "/" in a tag */
	IN_DECLARATION,  /* <!... */
	IN_COMMENT,
};

enum attr {
	ATTR_PLAIN,
	ATTR_URL,   /* fetched or followed */
	ATTR_FIXED, /* takes no expressions */
};

enum url {
	URL_START,  /* nothing of the value yet */
	URL_SCHEME, /* letters that may become a scheme */
	URL_PATH,
	URL_QUERY,
};

enum { CONTEXT_DEEP = 48, CONTEXT_NAME = 24 };

struct context {
	enum place place;
	enum attr attr;
	enum url url;
	bool open;    /* may leave elements open, or close its caller's */
	bool closing; /* the tag being read is an end tag */
	size_t depth;
	char stack[CONTEXT_DEEP][CONTEXT_NAME]; /* open elements */
	char tag[CONTEXT_NAME];                 /* being read */
	char name[CONTEXT_NAME];                /* attribute being read */
	char word[CONTEXT_NAME];                /* scheme or declaration */
	char why[160];                          /* the complaint */
};

/* Goes one byte of literal HTML further; false if it must not stand there, and
 * c->why says why. */
bool context_feed(struct context *c, char ch);

/* A block tag stands here: an attribute without a value is complete. Returns
 * whether white space must keep what follows apart. */
bool context_settle(struct context *c);

/* Whether both are the same to what follows. */
bool context_same(const struct context *a, const struct context *b);

/* Whether we are inside that element. */
bool context_inside(const struct context *c, const char *element);

/* Whether white space may be shortened here. */
bool context_loose(const struct context *c);

/* In words, for complaints. */
const char *context_name(const struct context *c);

/* Whether text or an expression may stand here; if not, c->why says why. */
bool context_takes_text(struct context *c);

/* ---- template_expr.c: paths and conditions to C ---- */

struct names {
	const char *name[16]; /* "v" and the loops' variables, inner last */
	size_t n;
};

/* Turns `v.a.b` into C; false and `why` if it is no such path. */
bool expr_path(const struct names *names, const char *s, struct text *out,
    char why[160]);

/* Turns `a and not b == C` into C. */
bool expr_condition(const struct names *names, const char *s, struct text *out,
    char why[160]);

/* ---- template_emit.c: one template to one C function ---- */

struct view {
	const char *path;
	const char *source;
	size_t bytes;
	const char *name;   /* view_NAME */
	const char *type;   /* struct TYPE */
	const char *header; /* where TYPE is declared */
	size_t body;        /* where the source goes on behind the first line */
};

struct settings {
	const struct view *views;
	size_t n_views;
	const char *icons;  /* folder with outline/ and filled/ */
	const char *assets; /* lines of NAME TAB URL, or NULL */
	bool texts_only;    /* icons and assets are not looked up */
};

/* Prints the complaint with its place. */
void complain(const char *path, int line, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* Appends the C function; false after a complaint. */
bool view_emit(const struct settings *set, const struct view *view,
    struct text *out);

/* ---- template_icon.c ---- */

/* The icon's SVG, ready to stand in HTML; NULL if there is none. */
const char *icon_read(const char *folder, const char *name);
