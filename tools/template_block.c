/*
 * Tags that make blocks: if and for with their branches. Every branch must end
 * in the same place of the HTML as the others, and a loop where it began;
 * otherwise what follows could be in a place that nobody checked.
 */
#include "template_writer.h"

#include <string.h>

/* NULL outside of any. */
static struct block *
innermost(struct writer *w)
{
	return w->blocks ? &w->block[w->blocks - 1] : NULL;
}

/* Blocks stand between attributes, inside values and in text. */
static bool
block_place(struct writer *w)
{
	if (context_settle(&w->html) && !w->space)
		w->space = ' ';
	if (w->html.place == IN_TEXT || w->html.place == IN_TAG ||
	    w->html.place == IN_VALUE)
		return true;
	return refuse(w, "no block in %s", context_name(&w->html));
}

static bool
block_begin(struct writer *w, struct block b)
{
	if (w->blocks == sizeof w->block / sizeof w->block[0])
		return refuse(w, "too many blocks inside each other");
	b.line = w->line;
	b.start = w->html;
	w->block[w->blocks++] = b;
	return true;
}

/* The branch of the innermost block is over. */
static bool
branch_end(struct writer *w, const char *tag)
{
	struct block *b = innermost(w);

	if (!b)
		return refuse(w, "%s without if or for", tag);
	if (!block_place(w))
		return false;
	literal_flush(w);
	if (!b->ended)
		b->end = w->html;
	b->ended = true;
	if (!context_same(&b->end, &w->html))
		return refuse(w,
		    "this branch ends in %s, the one of line %d "
		    "in %s",
		    context_name(&w->html), b->line, context_name(&b->end));
	return true;
}

bool
tag_for(struct writer *w, const char *rest)
{
	size_t n = strcspn(rest, " ");
	char *name = keep_text(rest, n), why[160];
	const char *in = rest + n + strspn(rest + n, " ");
	struct text rows = {0};

	if (strncmp(in, "in ", 3))
		return refuse(w, "write {{for ROW in PATH}}");
	if (!expr_path(&w->names, in + 3, &rows, why))
		return refuse(w, "%s", why);
	for (size_t i = 0; i < w->names.n; i++)
		if (!strcmp(w->names.name[i], name))
			return refuse(w, "%s is taken already", name);
	if (w->names.n == sizeof w->names.name / sizeof w->names.name[0] ||
	    !block_place(w))
		return refuse(w, "no loop can stand here");
	statement(w, "for (size_t %s_i = 0; %s_i < %s.n; %s_i++) {", name, name,
	    rows.p, name);
	statement(w, "__typeof__(&%s.v[0]) %s = &%s.v[%s_i]; (void)%s;", rows.p,
	    name, rows.p, name, name);
	if (!block_begin(w, (struct block){.kind = BLOCK_FOR, .rows = rows.p}))
		return false;
	w->names.name[w->names.n++] = name;
	return true;
}

bool
tag_empty(struct writer *w, const char *rest)
{
	struct block *b = innermost(w);

	if (*rest || !b || b->kind != BLOCK_FOR || b->last)
		return refuse(w, "empty belongs into a for");
	if (!branch_end(w, "empty"))
		return false;
	w->names.n--;
	b->last = true;
	w->html = b->start;
	text_adds(w->out, "\t}\n");
	statement(w, "if (!%s.n) {", b->rows);
	return true;
}

static bool
condition(struct writer *w, const char *rest, const char *before)
{
	struct text code = {0};
	char why[160];

	if (!expr_condition(&w->names, rest, &code, why))
		return refuse(w, "%s", why);
	statement(w, "%sif (%s) {", before, code.p);
	return true;
}

bool
tag_if(struct writer *w, const char *rest)
{
	return block_place(w) && condition(w, rest, "") &&
	       block_begin(w, (struct block){.kind = BLOCK_IF});
}

bool
tag_elif(struct writer *w, const char *rest)
{
	struct block *b = innermost(w);

	if (!b || b->kind != BLOCK_IF || b->last)
		return refuse(w, "elif belongs into an if, before else");
	if (!branch_end(w, "elif"))
		return false;
	w->html = b->start;
	return condition(w, rest, "} else ");
}

bool
tag_else(struct writer *w, const char *rest)
{
	struct block *b = innermost(w);

	if (*rest || !b || b->kind != BLOCK_IF || b->last)
		return refuse(w, "else belongs into an if, once");
	if (!branch_end(w, "else"))
		return false;
	b->last = true;
	w->html = b->start;
	text_adds(w->out, "\t} else {\n");
	return true;
}

bool
tag_end(struct writer *w, const char *rest)
{
	struct block *b = innermost(w);

	if (*rest)
		return refuse(w, "\"%s\" follows end", rest);
	if (!branch_end(w, "end"))
		return false;
	if (!b->last && !context_same(&b->start, &b->end))
		return refuse(w,
		    "the block of line %d begins in %s%s and "
		    "ends in %s%s",
		    b->line, context_name(&b->start),
		    b->start.depth > b->end.depth ? " of an element" : "",
		    context_name(&b->end),
		    b->end.depth > b->start.depth ? " of an element" : "");
	if (b->kind == BLOCK_FOR && !context_same(&b->start, &b->end))
		return refuse(w, "a loop ends in another place than it began");
	if (b->kind == BLOCK_FOR && !b->last)
		w->names.n--;
	w->blocks--;
	text_adds(w->out, "\t}\n");
	return true;
}
