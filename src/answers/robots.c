/*
 * Read in two passes: the first looks whether a group names this crawler, the
 * second takes the rules of those groups.
 */
#include "answers/robots.h"

#include <ctype.h>
#include <stdlib.h>
#include <strings.h>

#include "base/mem.h"

enum { DELAY_MS_MAX = 30000 };

struct line {
	struct str key, value;
};

/* The next line that says something; false at the end. */
static bool
line_next(struct str *rest, struct line *out)
{
	while (rest->n) {
		size_t n = 0;
		struct str line;
		const char *hash, *colon;

		while (n < rest->n && rest->p[n] != '\n' && rest->p[n] != '\r')
			n++;
		line = (struct str){rest->p, n};
		n += n < rest->n;
		*rest = (struct str){rest->p + n, rest->n - n};
		if ((hash = line.n ? memchr(line.p, '#', line.n) : NULL))
			line.n = (size_t)(hash - line.p);
		if (!(colon = line.n ? memchr(line.p, ':', line.n) : NULL))
			continue;
		out->key = str_trim(
		    (struct str){line.p, (size_t)(colon - line.p)});
		out->value = str_trim((struct str){colon + 1,
		    line.n - (size_t)(colon - line.p) - 1});
		return true;
	}
	return false;
}

static bool
key_is(struct line l, const char *name)
{
	return l.key.n == strlen(name) &&
	    strncasecmp(l.key.p, name, l.key.n) == 0;
}

/* Whether a User-agent line speaks to us: "*", or our name, which may be
 * followed by a version. */
static bool
names(struct str value, const char *agent)
{
	size_t n = strlen(agent);

	return value.n >= n && strncasecmp(value.p, agent, n) == 0 &&
	    (value.n == n || !(isalnum((unsigned char)value.p[n]) ||
				 value.p[n] == '-' || value.p[n] == '_'));
}

static bool
is_named(struct str text, const char *agent)
{
	struct line l;

	while (line_next(&text, &l))
		if (key_is(l, "user-agent") && names(l.value, agent))
			return true;
	return false;
}

static int
hex_of(char c)
{
	return isdigit((unsigned char)c) ? c - '0'
	    : isxdigit((unsigned char)c)
	    ? tolower((unsigned char)c) - 'a' + 10
	    : -1;
}

/* Encoded as addresses in normal form are, so that the bytes can be compared.
 */
static struct str
normal(void *mem, struct str s)
{
	char *p = mem_array(mem, char, s.n * 3 + 1);
	size_t n = 0;

	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];
		bool escaped = c == '%' && i + 2 < s.n + 0 &&
		    hex_of(s.p[i + 1]) >= 0 && hex_of(s.p[i + 2]) >= 0;

		if (escaped) {
			c = (unsigned char)(hex_of(s.p[i + 1]) * 16 +
			    hex_of(s.p[i + 2]));
			i += 2;
			escaped = !(c < 0x80 && c &&
			    (isalnum(c) || strchr("-._~", c)));
		}
		if (escaped || c <= ' ' || c >= 0x7f ||
		    strchr("\"<>^`{|}", c)) {
			static const char hex[] = "0123456789ABCDEF";

			p[n++] = '%';
			p[n++] = hex[c >> 4];
			c = (unsigned char)hex[c & 15];
		}
		p[n++] = (char)c;
	}
	return (struct str){p, n};
}

static void
rule_add(void *mem, struct robots *r, struct str path, bool allow)
{
	if (!path.n || r->rules == ROBOTS_RULES_MAX)
		return;
	if (r->rules % 32 == 0)
		r->rule = mem_sure(talloc_realloc(mem, r->rule,
		    struct robots_rule, (unsigned)r->rules + 32));
	r->rule[r->rules++] = (struct robots_rule){normal(mem, path), allow};
}

static void
sitemap_add(void *mem, struct robots *r, struct str url)
{
	if (!r->sitemap)
		r->sitemap = mem_array(mem, struct str, ROBOTS_SITEMAPS_MAX);
	if (url.n && r->sitemaps < ROBOTS_SITEMAPS_MAX)
		r->sitemap[r->sitemaps++] = str_dup(mem, url);
}

static void
delay_read(struct robots *r, struct str value)
{
	double s = strtod(value.p, NULL); /* the text ends with its line */

	if (s > 0)
		r->delay_ms = s * 1000 > DELAY_MS_MAX ? DELAY_MS_MAX
						      : (int64_t)(s * 1000);
}

void
robots_read(void *mem, struct str text, const char *agent, struct robots *out)
{
	bool named, ours = false, in_rules = true;
	struct line l;

	*out = (struct robots){0};
	if (str_starts(text, STR("\xef\xbb\xbf")))
		text = (struct str){text.p + 3, text.n - 3};
	named = is_named(text, agent);
	while (line_next(&text, &l)) {
		if (key_is(l, "sitemap")) {
			sitemap_add(mem, out, l.value);
		} else if (key_is(l, "user-agent")) {
			if (in_rules)
				ours = false;
			in_rules = false;
			ours = ours || (named ? names(l.value, agent)
					      : str_is(l.value, "*"));
		} else if (key_is(l, "allow") || key_is(l, "disallow")) {
			in_rules = true;
			if (ours)
				rule_add(mem, out, l.value,
				    key_is(l, "allow"));
		} else if (key_is(l, "crawl-delay")) {
			in_rules = true;
			if (ours)
				delay_read(out, l.value);
		}
	}
}

/* Whether the pattern ('*': anything, '$' at its end: the end) matches at the
 * path's beginning. Goes back to the last star only, so it is linear enough. */
static bool
matches(struct str pattern, struct str path)
{
	bool ends = pattern.n && pattern.p[pattern.n - 1] == '$';
	size_t p = 0, s = 0, star = SIZE_MAX, mark = 0;
	size_t n = pattern.n - ends;

	for (;;) {
		if (p == n && (!ends || s == path.n))
			return true;
		if (p < n && pattern.p[p] == '*') {
			star = p++;
			mark = s;
		} else if (p < n && s < path.n && pattern.p[p] == path.p[s]) {
			p++, s++;
		} else if (star != SIZE_MAX && mark < path.n) {
			p = star + 1;
			s = ++mark;
		} else {
			return false;
		}
	}
}

bool
robots_allows(const struct robots *r, struct str path)
{
	size_t longest = 0;
	bool allowed = true;

	for (size_t i = 0; i < r->rules; i++) {
		const struct robots_rule *rule = &r->rule[i];

		if (rule->path.n < longest || !matches(rule->path, path))
			continue;
		if (rule->path.n > longest)
			allowed = rule->allow;
		else
			allowed = allowed || rule->allow;
		longest = rule->path.n;
	}
	return allowed;
}
