/*
 * Graphviz is asked for shapes, texts and links to places on our own pages.
 * Whatever else it might say, because of a fault in it or in us, is not shown:
 * no element that is not listed, no attribute that is not listed, no address
 * that leads elsewhere.
 */
#include "desk/chart_svg.h"

#include <ctype.h>
#include <stdbool.h>

static const char *const elements[] = {"svg", "g", "a", "title", "text", "path",
    "polygon", "polyline", "ellipse", NULL};
static const char *const attributes[] = {"class", "cx", "cy", "d", "fill",
    "fill-opacity", "font-family", "font-size", "font-style", "font-weight",
    "height", "id", "points", "rx", "ry", "stroke", "stroke-opacity",
    "stroke-width", "text-anchor", "transform", "viewBox", "width", "x",
    "xlink:href", "xlink:title", "xml:space", "xmlns", "xmlns:xlink", "y",
    "stroke-dasharray", NULL};

static bool
is_listed(const char *const *list, struct str name)
{
	while (*list && !str_is(name, *list))
		list++;
	return *list;
}

/* What stands in front of the first of these characters, taken off *rest. */
static struct str
take(struct str *rest, const char *ends)
{
	size_t n = 0;
	struct str taken;

	while (n < rest->n && !strchr(ends, rest->p[n]))
		n++;
	taken = (struct str){rest->p, n};
	rest->p += n;
	rest->n -= n;
	return taken;
}

static bool
take_char(struct str *rest, char c)
{
	if (rest->n == 0 || *rest->p != c)
		return false;
	rest->p++;
	rest->n--;
	return true;
}

static void
take_space(struct str *rest)
{
	while (rest->n && isspace((unsigned char)*rest->p))
		take_char(rest, *rest->p);
}

/* A place on a page of ours. */
static bool
is_ours(struct str address)
{
	return str_starts(address, STR("/")) && !str_starts(address, STR("//"));
}

/* name="value", the rest of the tag behind it. */
static bool
attribute_ok(struct str *rest)
{
	struct str name = take(rest, "= \n\t>/"), value;

	if (!is_listed(attributes, name) || !take_char(rest, '=') ||
	    !take_char(rest, '"'))
		return false;
	value = take(rest, "\"<>");
	return take_char(rest, '"') &&
	       (!str_is(name, "xlink:href") || is_ours(value));
}

/* A tag behind its "<". */
static bool
tag_ok(struct str *rest)
{
	if (take_char(rest, '/'))
		return is_listed(elements, take(rest, ">")) &&
		       take_char(rest, '>');
	if (!is_listed(elements, take(rest, " \n\t/>")))
		return false;
	for (take_space(rest); rest->n && !strchr("/>", *rest->p);
	     take_space(rest))
		if (!attribute_ok(rest))
			return false;
	take_char(rest, '/');
	return take_char(rest, '>');
}

/* Texts, tags and comments, in which Graphviz repeats the names. */
static bool
is_chart(struct str rest)
{
	while (rest.n) {
		long end;

		take(&rest, "<");
		if (!rest.n)
			break;
		if (str_starts(rest, STR("<!--"))) {
			if ((end = str_find(rest, STR("-->"))) < 0)
				return false;
			rest.p += end;
			rest.n -= (size_t)end;
			continue;
		}
		take_char(&rest, '<');
		if (!tag_ok(&rest))
			return false;
	}
	return true;
}

struct str
chart_svg(struct str said)
{
	long at = str_find(said, STR("<svg "));
	struct str svg;

	if (at < 0)
		return STR("");
	svg = (struct str){said.p + at, said.n - (size_t)at};
	return is_chart(svg) ? svg : STR("");
}

struct str
chart_sheet(void *mem, struct str svg)
{
	long at = str_find(svg, STR(" viewBox="));

	if (at < 0)
		return svg;
	return str_printf(mem, "<svg%.*s", (int)(svg.n - (size_t)at),
	    svg.p + at);
}
