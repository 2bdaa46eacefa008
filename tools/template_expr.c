/*
 * Paths and conditions of templates as C. `v.customer.name` is a member of the
 * view's struct and `row.name` one of a loop's variable; both are pointers in
 * the C that is made, so the first dot becomes an arrow. What the members are
 * called and which type they have is left to the C compiler, which knows and
 * complains with the template's line.
 */
#include "template.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

static const char *const comparisons[] = {"==", "!=", "<=", ">=", "<", ">",
    NULL};

static bool
known(const struct names *names, const char *word, size_t n)
{
	for (size_t i = 0; i < names->n; i++)
		if (strlen(names->name[i]) == n &&
		    !memcmp(names->name[i], word, n))
			return true;
	return false;
}

static size_t
word_length(const char *s)
{
	size_t n = 0;

	if (!isalpha((unsigned char)*s) && *s != '_')
		return 0;
	while (isalnum((unsigned char)s[n]) || s[n] == '_')
		n++;
	return n;
}

static const char *
skip(const char *s)
{
	while (isspace((unsigned char)*s))
		s++;
	return s;
}

/* Reads one path at *s and goes behind it. */
static bool
path_read(const struct names *names, const char **s, struct text *out,
    char why[160])
{
	const char *p = *s;
	size_t n = word_length(p);

	if (!n || !known(names, p, n)) {
		snprintf(why, 160,
		    "\"%.*s\" is neither v nor a loop's variable",
		    (int)(n ? n : strcspn(p, " \n")), p);
		return false;
	}
	if (p[n] != '.')
		text_addf(out, "(*%.*s)", (int)n, p);
	else
		text_add(out, p, n);
	for (bool first = true; *(p += n) == '.' || (*p == '-' && p[1] == '>');
	     first = false) {
		bool arrow = *p == '-';

		p += arrow ? 2 : 1;
		n = word_length(p);
		if (!n) {
			snprintf(why, 160, "a member's name is missing");
			return false;
		}
		text_addf(out, "%s%.*s", first || arrow ? "->" : ".", (int)n,
		    p);
	}
	*s = p;
	return true;
}

bool
expr_path(const struct names *names, const char *s, struct text *out,
    char why[160])
{
	s = skip(s);
	if (!path_read(names, &s, out, why))
		return false;
	s = skip(s);
	if (*s) {
		snprintf(why, 160, "\"%.60s\" follows the path", s);
		return false;
	}
	return true;
}

/* The right side of a comparison: CONSTANT, number, "text" or a path. */
static bool
operand_read(const struct names *names, const char **s, struct text *out,
    bool *literal, char why[160])
{
	const char *p = *s;
	size_t n = word_length(p);

	*literal = *p == '"';
	if (*literal)
		n = strcspn(p + 1, "\"\\") + 2;
	else if (isdigit((unsigned char)*p) || *p == '-')
		n = 1 + strspn(p + 1, "0123456789");
	else if (n && known(names, p, n))
		return path_read(names, s, out, why);
	if (!n || strlen(p) < n || (*literal && p[n - 1] != '"')) {
		snprintf(why, 160, "nothing to compare with");
		return false;
	}
	text_add(out, p, n);
	*s = p + n;
	return true;
}

static const char *
comparison_at(const char *s)
{
	for (const char *const *c = comparisons; *c; c++)
		if (!strncmp(s, *c, strlen(*c)))
			return *c;
	return NULL;
}

/* `path`, `not path` or `path == C`. */
static bool
term_read(const struct names *names, const char **s, struct text *out,
    char why[160])
{
	struct text left = {0}, right = {0};
	bool negated = !strncmp(*s, "not ", 4), literal;
	const char *op;

	if (negated)
		*s = skip(*s + 4);
	if (!path_read(names, s, &left, why))
		return false;
	*s = skip(*s);
	op = comparison_at(*s);
	if (!op) {
		text_addf(out, "%shtml_true(%s)", negated ? "!" : "", left.p);
		return true;
	}
	if (negated) {
		snprintf(why, 160, "not and %s do not mix", op);
		return false;
	}
	*s = skip(*s + strlen(op));
	if (!operand_read(names, s, &right, &literal, why))
		return false;
	if (!literal)
		text_addf(out, "%s %s %s", left.p, op, right.p);
	else
		text_addf(out, "%sstr_is(%s, %s)", *op == '!' ? "!" : "",
		    left.p, right.p);
	if (literal && strcmp(op, "==") && strcmp(op, "!=")) {
		snprintf(why, 160, "texts compare by == and != only");
		return false;
	}
	return true;
}

bool
expr_condition(const struct names *names, const char *s, struct text *out,
    char why[160])
{
	struct text group = {0}; /* what "and" holds together */
	bool either = false;

	for (s = skip(s);;) {
		size_t n;

		if (!term_read(names, &s, &group, why))
			return false;
		s = skip(s);
		if (!*s)
			break;
		n = word_length(s);
		if (n == 3 && !memcmp(s, "and", 3)) {
			text_adds(&group, " && ");
		} else if (n == 2 && !memcmp(s, "or", 2)) {
			text_addf(out, "(%s) || ", group.p);
			group = (struct text){0};
			either = true;
		} else {
			snprintf(why, 160, "\"%.60s\" in a condition", s);
			return false;
		}
		s = skip(s + n);
	}
	text_addf(out, either ? "(%s)" : "%s", group.p);
	return true;
}
