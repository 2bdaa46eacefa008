/*
 * Where in the HTML a template is: follows the literal text byte by byte, knows
 * the open elements and what kind of attribute is being written, and refuses
 * what a strict content security policy or escaping by context could not bear:
 * inline scripts and styles, handlers, unquoted values around expressions. It
 * is stricter than a browser on purpose (every element is closed, quotes are
 * double), since all of its input is our own. How an expression is escaped in
 * each place is chosen in template_emit.c and done in src/http/html.c.
 */
#include "template.h"

#include <ctype.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static const char *const void_elements[] = {"area", "br", "col", "hr", "img",
    "input", "link", "meta", "source", "track", "wbr", NULL};
static const char *const banned_elements[] = {"base", "embed", "iframe",
    "object", "style", NULL};
static const char *const url_attributes[] = {"action", "cite", "data-draft",
    "data-href", "formaction", "href", "hx-delete", "hx-get", "hx-patch",
    "hx-post", "hx-push-url", "hx-put", "hx-replace-url", "poster", "src",
    "sse-connect", NULL};
static const char *const fixed_attributes[] = {"content", "http-equiv",
    "hx-headers", "hx-request", "hx-trigger", "hx-vals", "hx-vars", "rel",
    "srcset", "type", NULL};
static const char *const schemes[] = {"http", "https", "mailto", "tel", NULL};

static bool
listed(const char *const *list, const char *s)
{
	for (; *list; list++)
		if (!strcmp(*list, s))
			return true;
	return false;
}

static bool __attribute__((format(printf, 2, 3)))
refuse(struct context *c, const char *format, ...)
{
	va_list ap;

	va_start(ap, format);
	vsnprintf(c->why, sizeof c->why, format, ap);
	va_end(ap);
	return false;
}

/* Appends to one of the context's short words, in lower case. */
static bool
spell(struct context *c, char word[CONTEXT_NAME], char ch)
{
	size_t n = strlen(word);

	if (n + 1 >= CONTEXT_NAME)
		return refuse(c, "name too long: %s...", word);
	word[n] = (char)tolower((unsigned char)ch);
	word[n + 1] = '\0';
	return true;
}

static const char *
top(const struct context *c)
{
	return c->depth ? c->stack[c->depth - 1] : "";
}

bool
context_inside(const struct context *c, const char *element)
{
	for (size_t i = 0; i < c->depth; i++)
		if (!strcmp(c->stack[i], element))
			return true;
	return false;
}

static bool
element_start(struct context *c)
{
	if (listed(void_elements, c->tag))
		return true;
	if (c->depth == CONTEXT_DEEP)
		return refuse(c, "too many elements inside each other");
	memcpy(c->stack[c->depth++], c->tag, sizeof c->tag);
	return true;
}

static bool
element_end(struct context *c)
{
	if (listed(void_elements, c->tag))
		return refuse(c, "<%s> has no end tag", c->tag);
	if (c->depth == 0) {
		if (c->open)
			return true;
		return refuse(c, "</%s> closes nothing", c->tag);
	}
	if (strcmp(top(c), c->tag))
		return refuse(c, "</%s> where <%s> is open", c->tag, top(c));
	memset(c->stack[--c->depth], 0, CONTEXT_NAME);
	return true;
}

/* ">" of a tag. */
static bool
tag_end(struct context *c)
{
	c->place = IN_TEXT;
	return c->closing ? element_end(c) : element_start(c);
}

static bool
attribute_known(struct context *c)
{
	const char *a = c->name;

	if (c->closing)
		return refuse(c, "an end tag takes no attributes");
	if (!strncmp(a, "on", 2) || !strncmp(a, "hx-on", 5))
		return refuse(c, "no handlers in HTML (%s)", a);
	if (!strcmp(a, "style") || !strcmp(a, "srcdoc"))
		return refuse(c, "no %s attribute", a);
	c->attr = listed(url_attributes, a)     ? ATTR_URL
		  : listed(fixed_attributes, a) ? ATTR_FIXED
						: ATTR_PLAIN;
	c->url = URL_START;
	memset(c->word, 0, sizeof c->word);
	return true;
}

static bool
feed_text(struct context *c, char ch)
{
	const char *in = top(c);

	if (!strcmp(in, "script") && ch != '<' && !isspace((unsigned char)ch))
		return refuse(c, "no inline script");
	if (ch == '<') {
		c->place = IN_TAG_START;
		c->closing = false;
		memset(c->tag, 0, sizeof c->tag);
	}
	return true;
}

static bool
feed_tag_start(struct context *c, char ch)
{
	const char *in = top(c);

	if (ch == '/' && !c->closing) {
		c->closing = true;
		return true;
	}
	if (!c->closing && (!strcmp(in, "script") || !strcmp(in, "textarea") ||
			       !strcmp(in, "title")))
		return refuse(c, "no elements inside <%s>", in);
	if (ch == '!' && !c->closing) {
		c->place = IN_DECLARATION;
		memset(c->word, 0, sizeof c->word);
		return true;
	}
	if (!isalpha((unsigned char)ch))
		return refuse(c, "write &lt; for a lone <");
	c->place = IN_TAG_NAME;
	return spell(c, c->tag, ch);
}

static bool
feed_tag(struct context *c, char ch)
{
	if (ch == '>')
		return tag_end(c);
	if (ch == '/') {
		c->place = IN_SELF_CLOSE;
		return true;
	}
	if (isspace((unsigned char)ch)) {
		c->place = IN_TAG;
		return true;
	}
	if (c->place == IN_VALUE_AFTER)
		return refuse(c, "a space must follow the value of %s",
		    c->name);
	if (!isalpha((unsigned char)ch) && ch != ':' && ch != '@')
		return refuse(c, "'%c' cannot begin an attribute", ch);
	c->place = IN_ATTR_NAME;
	memset(c->name, 0, sizeof c->name);
	return spell(c, c->name, ch);
}

static bool
feed_tag_name(struct context *c, char ch)
{
	if (isalnum((unsigned char)ch) || ch == '-')
		return spell(c, c->tag, ch);
	if (listed(banned_elements, c->tag))
		return refuse(c, "no <%s> elements", c->tag);
	return feed_tag(c, ch);
}

static bool
feed_attr_name(struct context *c, char ch)
{
	bool space = isspace((unsigned char)ch);

	if (isalnum((unsigned char)ch) || strchr("-_:.@", ch))
		return spell(c, c->name, ch);
	if (ch != '=' && ch != '>' && ch != '/' && !space)
		return refuse(c, "'%c' in an attribute's name", ch);
	if (!attribute_known(c))
		return false;
	if (ch == '=') {
		c->place = IN_VALUE_START;
		return true;
	}
	c->place = IN_ATTR_AFTER;
	return space || feed_tag(c, ch);
}

static bool
feed_attr_after(struct context *c, char ch)
{
	if (isspace((unsigned char)ch))
		return true;
	if (ch == '=')
		return refuse(c, "no space before '='");
	c->place = IN_TAG;
	return feed_tag(c, ch);
}

static bool
feed_value_start(struct context *c, char ch)
{
	if (isspace((unsigned char)ch) || ch == '>')
		return refuse(c, "%s has no value", c->name);
	c->place = ch == '"'    ? IN_VALUE
		   : ch == '\'' ? IN_VALUE_SINGLE
				: IN_VALUE_BARE;
	if (c->place == IN_VALUE_BARE && c->attr != ATTR_PLAIN)
		return refuse(c, "%s needs double quotes", c->name);
	return true;
}

/* The value of an attribute that is followed or fetched: its scheme, and
 * whether we are behind the "?". */
static bool
feed_url(struct context *c, char ch)
{
	if (c->url == URL_START || c->url == URL_SCHEME) {
		if (ch == '?')
			c->url = URL_QUERY;
		else if (ch == '/' || ch == '#')
			c->url = URL_PATH;
		else if (ch == ':' && !listed(schemes, c->word))
			return refuse(c, "no %s: addresses", c->word);
		else if (ch == ':')
			c->url = URL_PATH;
		else if (isspace((unsigned char)ch))
			return refuse(c, "white space in an address");
		else {
			c->url = URL_SCHEME;
			return spell(c, c->word, ch);
		}
	} else if (ch == '?') {
		c->url = URL_QUERY;
	}
	return true;
}

static bool
feed_value(struct context *c, char ch)
{
	char quote = c->place == IN_VALUE ? '"' : '\'';

	if (ch == quote) {
		c->place = IN_VALUE_AFTER;
		return true;
	}
	if (c->attr == ATTR_URL)
		return feed_url(c, ch);
	if (ch == ':' &&
	    (!strcmp(c->word, "js") || !strcmp(c->word, "javascript")))
		return refuse(c, "no %s: values", c->word);
	if (c->attr == ATTR_FIXED && strlen(c->word) + 1 < CONTEXT_NAME)
		return spell(c, c->word, ch);
	return true;
}

static bool
feed_bare(struct context *c, char ch)
{
	if (ch != '>' && !isspace((unsigned char)ch))
		return true;
	c->place = IN_TAG;
	return feed_tag(c, ch);
}

static bool
feed_self_close(struct context *c, char ch)
{
	if (ch != '>')
		return refuse(c, "'/' must be followed by '>'");
	c->place = IN_TEXT;
	if (listed(void_elements, c->tag) || !strcmp(c->tag, "svg") ||
	    context_inside(c, "svg"))
		return true;
	return refuse(c, "<%s/> does not close a <%s>", c->tag, c->tag);
}

static bool
feed_declaration(struct context *c, char ch)
{
	if (!strcmp(c->word, "-") && ch == '-')
		c->place = IN_COMMENT;
	else if (ch == '>')
		c->place = IN_TEXT;
	else if (ch == '-')
		return spell(c, c->word, ch);
	if (c->place == IN_COMMENT)
		memset(c->word, 0, sizeof c->word);
	return true;
}

static bool
feed_comment(struct context *c, char ch)
{
	size_t n = strlen(c->word);

	if (ch == '>' && n >= 2)
		c->place = IN_TEXT;
	else if (ch != '-')
		memset(c->word, 0, sizeof c->word);
	else if (n < 2)
		return spell(c, c->word, ch);
	return true;
}

bool
context_feed(struct context *c, char ch)
{
	static bool (*const feed[])(struct context *, char) = {
	    [IN_TEXT] = feed_text,
	    [IN_TAG_START] = feed_tag_start,
	    [IN_TAG_NAME] = feed_tag_name,
	    [IN_TAG] = feed_tag,
	    [IN_ATTR_NAME] = feed_attr_name,
	    [IN_ATTR_AFTER] = feed_attr_after,
	    [IN_VALUE_START] = feed_value_start,
	    [IN_VALUE] = feed_value,
	    [IN_VALUE_SINGLE] = feed_value,
	    [IN_VALUE_BARE] = feed_bare,
	    [IN_VALUE_AFTER] = feed_tag,
	    [IN_SELF_CLOSE] = feed_self_close,
	    [IN_DECLARATION] = feed_declaration,
	    [IN_COMMENT] = feed_comment,
	};

	return feed[c->place](c, ch);
}

bool
context_settle(struct context *c)
{
	if (c->place == IN_ATTR_NAME && !attribute_known(c))
		return false;
	if (c->place == IN_ATTR_NAME || c->place == IN_ATTR_AFTER ||
	    c->place == IN_VALUE_AFTER) {
		c->place = IN_TAG;
		return true;
	}
	return false;
}

bool
context_same(const struct context *a, const struct context *b)
{
	if (a->place != b->place || a->depth != b->depth ||
	    memcmp(a->stack, b->stack, a->depth * sizeof a->stack[0]))
		return false;
	if (a->place == IN_TEXT || a->place == IN_COMMENT)
		return true;
	if (strcmp(a->tag, b->tag))
		return false;
	return a->place != IN_VALUE ||
	       (!strcmp(a->name, b->name) &&
		   (a->attr != ATTR_URL || a->url == b->url));
}

bool
context_loose(const struct context *c)
{
	if (c->place == IN_TEXT)
		return !context_inside(c, "pre") &&
		       !context_inside(c, "textarea");
	return c->place == IN_TAG || c->place == IN_TAG_NAME ||
	       c->place == IN_VALUE_AFTER || c->place == IN_ATTR_AFTER;
}

const char *
context_name(const struct context *c)
{
	static const char *const names[] = {
	    [IN_TEXT] = "text",
	    [IN_TAG_START] = "a tag's name",
	    [IN_TAG_NAME] = "a tag's name",
	    [IN_TAG] = "a tag",
	    [IN_ATTR_NAME] = "an attribute's name",
	    [IN_ATTR_AFTER] = "a tag",
	    [IN_VALUE_START] = "an unquoted attribute",
	    [IN_VALUE] = "an attribute",
	    [IN_VALUE_SINGLE] = "a single-quoted attribute",
	    [IN_VALUE_BARE] = "an unquoted attribute",
	    [IN_VALUE_AFTER] = "a tag",
	    [IN_SELF_CLOSE] = "a tag",
	    [IN_DECLARATION] = "a declaration",
	    [IN_COMMENT] = "a comment",
	};

	if (c->place == IN_TEXT && !strcmp(top(c), "script"))
		return "a script";
	return names[c->place];
}

bool
context_takes_text(struct context *c)
{
	if (c->place == IN_VALUE) {
		if (c->attr != ATTR_FIXED)
			return true;
		return refuse(c, "no expression in %s", c->name);
	}
	if (c->place == IN_TEXT && strcmp(top(c), "script"))
		return true;
	return refuse(c, "no expression in %s", context_name(c));
}
