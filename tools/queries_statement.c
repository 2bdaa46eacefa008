/*
 * Reads one SQL statement up to its ';' and notes what the signature can be
 * held against: which parameters occur, the verb, a RETURNING. It knows
 * quotations, comments and parentheses, and no more of SQL than that.
 */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "queries.h"

static void
put(struct statement *st, char c)
{
	if (c == ' ' && (st->n == 0 || st->text[st->n - 1] == ' '))
		return;
	if (st->n == SQL_BYTES_MAX)
		refuse(st->at, "a statement of more than %d bytes",
		    SQL_BYTES_MAX);
	st->text[st->n++] = c;
}

/* Steps over '...' or "..."; a doubled mark inside ends and begins anew. */
static void
read_quoted(struct source *s, struct statement *st)
{
	char mark = *s->p;

	st->text[st->n] = '\0';
	do {
		if (*s->p == '\n')
			s->at.line++;
		if (st->n == SQL_BYTES_MAX)
			put(st, 'x');
		st->text[st->n++] = *s->p++;
	} while (*s->p && *s->p != mark);
	if (!*s->p)
		refuse(st->at, "a quotation that does not end");
	put(st, *s->p++);
}

static void
read_parameter(struct source *s, struct statement *st, int params)
{
	char *end;
	long n = strtol(s->p + 1, &end, 10);

	if (!isdigit((unsigned char)s->p[1]))
		refuse(s->at, "'$' without a number");
	if (n < 1 || n > params)
		refuse(s->at, "$%ld, but there are %d parameters", n, params);
	st->used[n] = true;
	while (s->p < end)
		put(st, *s->p++);
}

static void
read_word(struct source *s, struct statement *st)
{
	static const char *const verbs[] = {"SELECT", "INSERT", "UPDATE",
	    "DELETE"};
	const char *start = s->p;
	size_t n;

	while (is_word(*s->p))
		put(st, *s->p++);
	n = (size_t)(s->p - start);
	if (st->n == n && !(n == 4 && strncasecmp(start, "WITH", 4) == 0) &&
	    (n != 6 || !strchr("SIUDsiud", *start)))
		refuse(s->at, "not a statement for a query: %.*s", (int)n,
		    start);
	if (st->depth > 0)
		return;
	for (int i = 0; i < 4 && !st->verb; i++)
		if (n == 6 && strncasecmp(start, verbs[i], 6) == 0)
			st->verb = verbs[i][0];
	if (n == 9 && strncasecmp(start, "RETURNING", 9) == 0)
		st->returning = true;
}

static void
skip_comment(struct source *s, struct statement *st)
{
	if (strncmp(s->p, "-- q:", 5) == 0 || strncmp(s->p, "-- row:", 7) == 0)
		refuse(st->at, "the statement does not end with ';'");
	while (*s->p && *s->p != '\n')
		s->p++;
}

/* At the ';': nothing but a comment may follow in its line. */
static void
read_end(struct source *s, struct statement *st)
{
	s->p++;
	while (*s->p && *s->p != '\n')
		if (s->p[0] == '-' && s->p[1] == '-')
			skip_comment(s, st);
		else if (isspace((unsigned char)*s->p))
			s->p++;
		else
			refuse(s->at, "text after the statement");
	if (*s->p)
		s->p++;
	st->done = true;
}

static void
read_char(struct source *s, struct statement *st)
{
	if (*s->p == '(')
		st->depth++;
	else if (*s->p == ')')
		st->depth--;
	else if (*s->p == '\n')
		s->at.line++;
	put(st, isspace((unsigned char)*s->p) ? ' ' : *s->p);
	s->p++;
}

/* Reads up to the ';' at the statement's end; white space becomes one blank,
 * comments go. */
void
read_statement(struct source *s, struct statement *st, int params)
{
	s->at.line++; /* the cursor stands on the line after the signature */
	st->at = s->at;
	while (!st->done) {
		if (!*s->p)
			refuse(st->at, "the statement does not end with ';'");
		else if (*s->p == '\'' || *s->p == '"')
			read_quoted(s, st);
		else if (s->p[0] == '-' && s->p[1] == '-')
			skip_comment(s, st);
		else if (*s->p == '$')
			read_parameter(s, st, params);
		else if (is_word(*s->p))
			read_word(s, st);
		else if (*s->p == ';')
			read_end(s, st);
		else
			read_char(s, st);
	}
	while (st->n && st->text[st->n - 1] == ' ')
		st->n--;
}

/* Whether the statement is what the signature says of it. */
void
check_statement(const struct query *q, const struct statement *st)
{
	bool gives = q->result == ONE || q->result == MANY;

	if (!st->verb)
		refuse(st->at, "%s: not a statement", q->name);
	if (st->depth != 0)
		refuse(st->at, "%s: parentheses do not match", q->name);
	for (int i = 1; i <= q->params.n; i++)
		if (!st->used[i])
			refuse(st->at, "%s: $%d (%s) is not used", q->name, i,
			    q->params.v[i - 1].name);
	if (st->verb == 'S' && q->write)
		refuse(q->at, "%s: a SELECT marked write", q->name);
	if (st->verb == 'S' && !gives)
		refuse(q->at, "%s: a SELECT without a result", q->name);
	if (st->verb != 'S' && !q->write)
		refuse(q->at, "%s changes data but is not marked write",
		    q->name);
	if (st->verb != 'S' && gives != st->returning)
		refuse(q->at, "%s: RETURNING and the declared result do not "
		    "agree", q->name);
}
