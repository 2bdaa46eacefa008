/*
 * Tags that write something: values, addresses, texts in two languages, parts,
 * icons. The escaping itself is done by the functions of src/http/html.h that
 * are called here by the place where the value stands.
 */
#include "template_writer.h"

#include <ctype.h>
#include <string.h>

/* ---- Expressions ---- */

/* Writes a path's value by that function of html.h. */
static bool
value_write(struct writer *w, const char *function, const char *path)
{
	struct text code = {0};
	char why[160];

	if (!expr_path(&w->names, path, &code, why))
		return refuse(w, "%s", why);
	statement(w, "%s(b, %s);", function, code.p);
	return true;
}

static bool
in_url(const struct writer *w)
{
	return w->html.place == IN_VALUE && w->html.attr == ATTR_URL;
}

bool
tag_value(struct writer *w, const char *rest)
{
	if (!context_takes_text(&w->html))
		return refuse(w, "%s", w->html.why);
	if (!in_url(w))
		return value_write(w, "html_text", rest);
	if (w->html.url == URL_START || w->html.url == URL_SCHEME)
		return refuse(w,
		    "an expression cannot begin the address in "
		    "%s: write {{path ...}} or {{link ...}}",
		    w->html.name);
	return value_write(w,
	    w->html.url == URL_QUERY ? "html_query" : "html_segment", rest);
}

static bool
whole_address(struct writer *w, const char *function, const char *rest)
{
	if (!in_url(w) || w->html.url != URL_START)
		return refuse(w, "an address is written at the beginning of "
				 "href, src, action or the like");
	w->html.url = URL_PATH;
	return value_write(w, function, rest);
}

bool
tag_path(struct writer *w, const char *rest)
{
	return whole_address(w, "html_path", rest);
}

bool
tag_link(struct writer *w, const char *rest)
{
	return whole_address(w, "html_link", rest);
}

bool
tag_query(struct writer *w, const char *rest)
{
	if (!in_url(w) || w->html.url != URL_QUERY)
		return refuse(w, "query stands behind the ? of an address");
	return value_write(w, "html_query", rest);
}

/* ---- Texts in two languages ---- */

static void
escaped_add(struct text *t, const char *p, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		switch (p[i]) {
		case '&':
			text_adds(t, "&amp;");
			break;
		case '<':
			text_adds(t, "&lt;");
			break;
		case '>':
			text_adds(t, "&gt;");
			break;
		case '"':
			text_adds(t, "&#34;");
			break;
		default:
			text_add(t, p + i, 1);
		}
	}
}

/* One language's wording of a text with {paths} in it. */
static bool
text_parts(struct writer *w, const char *s)
{
	while (*s) {
		size_t n = strcspn(s, "{"), end;

		escaped_add(&w->literal[0], s, n);
		escaped_add(&w->literal[1], s, n);
		s += n;
		if (!*s)
			break;
		end = strcspn(s, "}");
		if (!s[end])
			return refuse(w, "{ without } in a text");
		if (!value_write(w, "html_text", keep_text(s + 1, end - 1)))
			return false;
		s += end + 1;
	}
	literal_flush(w);
	return true;
}

/* How often `needle` stands in the text. */
static size_t
count(const char *s, const char *needle)
{
	size_t n = 0;

	for (; (s = strstr(s, needle)); s += strlen(needle))
		n++;
	return n;
}

/* Whether the translation has the same {paths}, in whatever order. */
static bool
same_paths(const char *english, const char *german)
{
	if (count(english, "{") != count(german, "{"))
		return false;
	for (const char *s = english; (s = strchr(s, '{')); s++) {
		char *path = keep_text(s, strcspn(s, "}") + 1);

		if (count(english, path) != count(german, path))
			return false;
	}
	return true;
}

static char *
one_line(const char *s)
{
	struct text t = {0};

	for (text_adds(&t, ""); *s; s++) {
		bool space = isspace((unsigned char)*s);

		if (!space)
			text_add(&t, s, 1);
		else if (t.n && s[1] && !isspace((unsigned char)s[1]))
			text_adds(&t, " ");
	}
	return t.p;
}

bool
tag_text(struct writer *w, const char *rest)
{
	const char *english = one_line(rest);
	const char *german = texts_find(english, w->view->path, w->line);

	if (!*english)
		return refuse(w, "an empty text");
	if (!context_takes_text(&w->html))
		return refuse(w, "%s", w->html.why);
	if (in_url(w))
		return refuse(w, "no text in an address");
	if (!german)
		german = english;
	if (!same_paths(english, german))
		return refuse(w, "the German text has other {paths}: \"%s\"",
		    german);
	if (!strchr(english, '{')) {
		space_flush(w);
		escaped_add(&w->literal[0], german, strlen(german));
		escaped_add(&w->literal[1], english, strlen(english));
		return true;
	}
	statement(w, "if (lang == LANG_DE) {");
	if (!text_parts(w, german))
		return false;
	text_adds(w->out, "\t} else {\n");
	if (!text_parts(w, english))
		return false;
	text_adds(w->out, "\t}\n");
	return true;
}

/* ---- What is put in while compiling ---- */

bool
tag_part(struct writer *w, const char *rest)
{
	size_t n = strcspn(rest, " ");
	const char *name = keep_text(rest, n);
	struct text code = {0};
	char why[160];

	if (!context_takes_text(&w->html) || w->html.place != IN_TEXT)
		return refuse(w, "a part stands in text alone");
	if (!expr_path(&w->names, rest + n, &code, why))
		return refuse(w, "%s", why);
	for (size_t i = 0; i < w->set->n_views; i++) {
		const struct view *part = &w->set->views[i];

		if (strcmp(part->name, name))
			continue;
		statement(w, "view_%s(b, lang, html_view(%s, %s));", name,
		    code.p, part->type);
		return true;
	}
	return refuse(w, "no template is called \"%s\"", name);
}

bool
tag_icon(struct writer *w, const char *rest)
{
	const char *svg =
	    w->set->texts_only ? "" : icon_read(w->set->icons, rest);

	if (!svg)
		return refuse(w, "no icon is called \"%s\"", rest);
	return literal_add(w, svg, strlen(svg), false);
}

bool
tag_asset(struct writer *w, const char *rest)
{
	size_t n = strlen(rest);

	if (w->set->texts_only)
		return literal_add(w, "/", 1, false);
	for (const char *s = w->set->assets; s && *s;) {
		size_t line = strcspn(s, "\n");

		if (line > n && !strncmp(s, rest, n) && s[n] == '\t')
			return literal_add(w, s + n + 1, line - n - 1, false);
		s += line + (s[line] == '\n');
	}
	return refuse(w, "no static file is called \"%s\"", rest);
}

bool
tag_comment(struct writer *w, const char *rest)
{
	(void)w;
	(void)rest;
	return true;
}

bool
tag_open(struct writer *w, const char *rest)
{
	(void)rest;
	w->html.open = true;
	return true;
}
