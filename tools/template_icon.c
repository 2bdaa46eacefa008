/*
 * Reads one icon of @tabler/icons so that it can stand inside a page: without
 * comment, namespace and line breaks, hidden from screen readers (the text
 * beside it speaks), sized by the style sheet's class "icon".
 */
#include "template.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

/* Copies the attributes of <svg ...> but for those that we set or do not
 * need; `s` is behind "<svg". Returns what follows ">". */
static const char *
attributes_copy(const char *s, struct text *out)
{
	while (*s && *s != '>') {
		size_t name = strcspn(s, "=> \t\n");
		const char *end = s + name;

		if (*end == '=' && end[1] == '"')
			end += 3 + strcspn(end + 2, "\"");
		if (name && strncmp(s, "xmlns", 5) && strncmp(s, "class", 5) &&
		    strncmp(s, "style", 5)) {
			text_adds(out, " ");
			text_add(out, s, (size_t)(end - s));
		}
		s = end + strspn(end, " \t\n");
	}
	return *s ? s + 1 : s;
}

/* Without the empty square that every icon begins with. */
static const char *
square_skip(const char *s)
{
	static const char square[] =
	    "<path stroke=\"none\" d=\"M0 0h24v24H0z\" fill=\"none\" />";
	const char *path = s + strspn(s, " \t\n");
	size_t n = sizeof square - 1;

	return strncmp(path, square, n) ? s : path + n;
}

const char *
icon_read(const char *folder, const char *name)
{
	struct text path = {0}, out = {0};
	size_t n;
	const char *s;

	text_addf(&path, "%s/%s%s.svg", folder,
	    strchr(name, '/') ? "" : "outline/", name);
	s = file_read(path.p, &n);
	s = s ? strstr(s, "<svg") : NULL;
	if (!s)
		return NULL;
	text_adds(&out, "<svg class=\"icon\" aria-hidden=\"true\"");
	s += 4;
	s = square_skip(attributes_copy(s + strspn(s, " \t\n"), &out));
	text_adds(&out, ">");
	for (; *s; s++) {
		if (*s != '\n' && *s != '\t' &&
		    !(*s == ' ' && (s[1] == ' ' || s[1] == '<')))
			text_add(&out, s, 1);
	}
	return out.p;
}
