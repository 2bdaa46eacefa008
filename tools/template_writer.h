#pragma once
/*
 * What the files that compile one template share: the walk and the literal
 * text (template_emit.c), the tags that write something (template_tags.c) and
 * those that make blocks (template_block.c).
 */
#include "template.h"

enum block_kind { BLOCK_IF, BLOCK_FOR };

struct block {
	enum block_kind kind;
	int line;
	bool last;            /* behind else or empty */
	bool ended;           /* `end` is known */
	struct context start; /* where each branch begins */
	struct context end;   /* where the first branch ended */
	const char *rows;     /* BLOCK_FOR: the list in C */
};

struct writer {
	const struct settings *set;
	const struct view *view;
	struct text *out;
	struct text literal[2]; /* not yet written: German, English */
	char space;             /* white space that may have to follow */
	size_t at;              /* in the source */
	int line;
	struct context html;
	struct names names;
	struct block block[16];
	size_t blocks;
};

/* Complains about the line that is being compiled; returns false. */
bool refuse(const struct writer *w, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Appends literal HTML; `counts` if it is the template's own, whose lines
 * count. */
bool literal_add(struct writer *w, const char *p, size_t n, bool counts);

/* White space that was held back cannot be shortened any more. */
void space_flush(struct writer *w);

/* Writes the literal text that has gathered. */
void literal_flush(struct writer *w);

/* A statement of C that stands for this line of the template. */
void statement(struct writer *w, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* One tag: `rest` is what follows its word. */
bool tag_value(struct writer *w, const char *rest);
bool tag_path(struct writer *w, const char *rest);
bool tag_link(struct writer *w, const char *rest);
bool tag_query(struct writer *w, const char *rest);
bool tag_text(struct writer *w, const char *rest);
bool tag_for(struct writer *w, const char *rest);
bool tag_empty(struct writer *w, const char *rest);
bool tag_if(struct writer *w, const char *rest);
bool tag_elif(struct writer *w, const char *rest);
bool tag_else(struct writer *w, const char *rest);
bool tag_end(struct writer *w, const char *rest);
bool tag_part(struct writer *w, const char *rest);
bool tag_icon(struct writer *w, const char *rest);
bool tag_asset(struct writer *w, const char *rest);
bool tag_comment(struct writer *w, const char *rest);
bool tag_open(struct writer *w, const char *rest);
