/*
 * One template to one C function: the walk over its source. Literal HTML
 * gathers in two buffers, one a language, until something has to be decided
 * when the page is shown; then it is written out as one string (or two, where a
 * translated text made them differ). What the tags do is in template_tags.c and
 * template_block.c; whether a thing may stand where it stands is
 * template_context.c's business.
 */
#include "template_writer.h"

#include <ctype.h>
#include <stdarg.h>
#include <string.h>

bool
refuse(const struct writer *w, const char *format, ...)
{
	char why[512];
	va_list ap;

	va_start(ap, format);
	vsnprintf(why, sizeof why, format, ap);
	va_end(ap);
	complain(w->view->path, w->line, "%s", why);
	return false;
}

/* ---- Literal HTML ---- */

void
space_flush(struct writer *w)
{
	if (!w->space)
		return;
	text_add(&w->literal[0], &w->space, 1);
	text_add(&w->literal[1], &w->space, 1);
	w->space = '\0';
}

void
literal_flush(struct writer *w)
{
	const struct text *de = &w->literal[0], *en = &w->literal[1];

	space_flush(w);
	if (de->n == en->n &&
	    !memcmp(de->p ? de->p : "", en->p ? en->p : "", de->n)) {
		if (de->n) {
			text_adds(w->out, "\tbuf_str(b, STR(\"");
			text_add_c(w->out, de->p, de->n);
			text_adds(w->out, "\"));\n");
		}
	} else {
		text_adds(w->out, "\tbuf_str(b, lang == LANG_DE ? STR(\"");
		text_add_c(w->out, de->p, de->n);
		text_adds(w->out, "\") : STR(\"");
		text_add_c(w->out, en->p, en->n);
		text_adds(w->out, "\"));\n");
	}
	w->literal[0].n = w->literal[1].n = 0;
}

void
statement(struct writer *w, const char *format, ...)
{
	char code[4096];
	va_list ap;

	literal_flush(w);
	va_start(ap, format);
	vsnprintf(code, sizeof code, format, ap);
	va_end(ap);
	text_addf(w->out, "#line %d \"%s\"\n\t%s\n", w->line, w->view->path,
	    code);
}

static bool
literal_char(struct writer *w, char ch)
{
	bool loose = context_loose(&w->html);
	bool text = w->html.place == IN_TEXT;

	if (!context_feed(&w->html, ch))
		return refuse(w, "%s", w->html.why);
	if (loose && isspace((unsigned char)ch)) {
		if (!w->space || (text && ch == '\n'))
			w->space = text && ch == '\n' ? '\n' : ' ';
		return true;
	}
	space_flush(w);
	text_add(&w->literal[0], &ch, 1);
	text_add(&w->literal[1], &ch, 1);
	return true;
}

bool
literal_add(struct writer *w, const char *p, size_t n, bool counts)
{
	for (size_t i = 0; i < n; i++) {
		if (!literal_char(w, p[i]))
			return false;
		if (counts && p[i] == '\n')
			w->line++;
	}
	return true;
}

/* ---- The walk over the source ---- */

static const struct tag {
	const char *word;
	bool (*run)(struct writer *w, const char *rest);
	bool alone; /* a line of its own leaves no line in the page */
} tags[] = {
    {"_", tag_text, false},
    {"#", tag_comment, true},
    {">", tag_part, true},
    {"for", tag_for, true},
    {"empty", tag_empty, true},
    {"if", tag_if, true},
    {"elif", tag_elif, true},
    {"else", tag_else, true},
    {"end", tag_end, true},
    {"path", tag_path, false},
    {"link", tag_link, false},
    {"query", tag_query, false},
    {"icon", tag_icon, false},
    {"asset", tag_asset, false},
    {"open", tag_open, true},
    {NULL, tag_value, false},
};

/* The tag that the inside of {{ }} names, and what follows its word. */
static const struct tag *
tag_find(const char *inside, const char **rest)
{
	size_t n = strcspn(inside, " \t\n");
	const struct tag *t;

	for (t = tags; t->word; t++)
		if (strlen(t->word) == n && !strncmp(t->word, inside, n))
			break;
	if (*inside == '#')
		t = &tags[1];
	*rest = t->word ? inside + n + strspn(inside + n, " \t\n") : inside;
	return t;
}

/* Where the "}}" of the tag is; NULL if nowhere. */
static const char *
tag_close(const char *s)
{
	const char *close = strstr(s, "}}");

	while (close && close[2] == '}')
		close++;
	return close;
}

/* How many bytes of blanks and line end follow if the tag from `from` to
 * `to` has its line for itself; -1 if it has not. */
static long
line_rest(const char *source, const char *from, const char *to)
{
	const char *end = to + strspn(to, " \t");

	while (from > source && (from[-1] == ' ' || from[-1] == '\t'))
		from--;
	if ((from > source && from[-1] != '\n') || (*end && *end != '\n'))
		return -1;
	return end - to + (*end == '\n');
}

static int
lines_in(const char *p, size_t n)
{
	int lines = 0;

	for (size_t i = 0; i < n; i++)
		lines += p[i] == '\n';
	return lines;
}

/* One tag at `open` ("{{") with the literal text before it. */
static bool
step(struct writer *w, const char *source, const char *open)
{
	const char *close = tag_close(open + 2), *rest, *text = source + w->at;
	char *inside;
	const struct tag *tag;
	long blank = -1;

	if (!close) {
		w->line += lines_in(text, (size_t)(open - text));
		return refuse(w, "{{ without }}");
	}
	inside = keep_text(open + 2, (size_t)(close - open - 2));
	for (size_t n = strlen(inside);
	     n && isspace((unsigned char)inside[n - 1]);)
		inside[--n] = '\0';
	tag = tag_find(inside + strspn(inside, " \t\n"), &rest);
	if (tag->alone)
		blank = line_rest(source, open, close + 2);
	if (blank >= 0)
		for (const char *p = open; p > text && p[-1] != '\n';)
			open = --p;
	if (!literal_add(w, text, (size_t)(open - text), true) ||
	    !tag->run(w, rest))
		return false;
	text = close + 2 + (blank > 0 ? blank : 0);
	w->line += lines_in(open, (size_t)(text - open));
	w->at = (size_t)(text - source);
	return true;
}

static bool
finish(struct writer *w)
{
	if (w->blocks) {
		w->line = w->block[w->blocks - 1].line;
		return refuse(w, "this block is never ended");
	}
	if (w->html.place != IN_TEXT)
		return refuse(w, "the template ends in %s",
		    context_name(&w->html));
	if (w->html.depth && !w->html.open)
		return refuse(w, "<%s> is never closed",
		    w->html.stack[w->html.depth - 1]);
	literal_flush(w);
	text_adds(w->out, "}\n");
	return true;
}

bool
view_emit(const struct settings *set, const struct view *view, struct text *out)
{
	struct writer w = {.set = set,
	    .view = view,
	    .out = out,
	    .at = view->body,
	    .names = {{"v"}, 1}};
	const char *open;

	w.line = 1 + lines_in(view->source, view->body);
	text_addf(out,
	    "\nvoid\nview_%s(struct buf *b, enum lang lang, "
	    "const %s *v)\n{\n\t(void)b;\n\t(void)lang;\n\t(void)v;\n",
	    view->name, view->type);
	while ((open = strstr(view->source + w.at, "{{")))
		if (!step(&w, view->source, open))
			return false;
	return literal_add(&w, view->source + w.at, view->bytes - w.at, true) &&
	       finish(&w);
}
