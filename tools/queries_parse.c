/*
 * Reads SQL files line by line: comments, rows and the signatures of queries.
 * The statements under the signatures are read in queries_statement.c. Nothing
 * is skipped: a line that is not understood ends the build.
 */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "queries.h"

/* Words. */

bool
is_word(char c)
{
	return isalnum((unsigned char)c) || c == '_';
}

static void
skip_blanks(const char **p)
{
	while (**p == ' ' || **p == '\t')
		++*p;
}

/* Whether `word` stands at *p as a whole word; steps over it. */
static bool
take_word(const char **p, const char *word)
{
	size_t n = strlen(word);

	skip_blanks(p);
	if (strncmp(*p, word, n) != 0 || is_word((*p)[n]))
		return false;
	*p += n;
	return true;
}

static void
need_char(struct place at, const char **p, char c)
{
	skip_blanks(p);
	if (**p != c)
		refuse(at, "expected '%c' at \"%.20s\"", c, *p);
	++*p;
}

static bool
is_reserved(const char *name)
{
	static const char *const reserved[] = {"auto", "bool", "break", "case",
	    "char", "const", "continue", "default", "do", "double", "else",
	    "enum", "extern", "float", "for", "goto", "if", "inline", "int",
	    "long", "register", "restrict", "return", "short", "signed",
	    "sizeof", "static", "struct", "switch", "typedef", "union",
	    "unsigned", "void", "volatile", "while", "true", "false"};

	for (size_t i = 0; i < sizeof reserved / sizeof *reserved; i++)
		if (strcmp(name, reserved[i]) == 0)
			return true;
	return false;
}

/* A name of ours: small letters, digits and _, nothing that C needs. */
static char *
need_name(struct place at, const char **p)
{
	const char *start;
	char *name;

	skip_blanks(p);
	start = *p;
	while (islower((unsigned char)**p) || isdigit((unsigned char)**p) ||
	    **p == '_')
		++*p;
	if (*p == start || !islower((unsigned char)*start) || is_word(**p))
		refuse(at, "expected a name at \"%.20s\"", start);
	name = copy(start, (size_t)(*p - start));
	if (is_reserved(name))
		refuse(at, "\"%s\" cannot be a name here", name);
	return name;
}

/* Signatures. */

static int
need_type(struct place at, const char **p)
{
	for (int i = 0; i < TYPES_N; i++)
		if (take_word(p, types[i].name))
			return i;
	skip_blanks(p);
	refuse(at, "unknown type at \"%.20s\"", *p);
}

static struct field
need_field(struct place at, const char **p, const struct fields *before)
{
	struct field f = {.name = need_name(at, p)};

	for (int i = 0; i < before->n; i++)
		if (strcmp(before->v[i].name, f.name) == 0)
			refuse(at, "\"%s\" stands there twice", f.name);
	f.type = need_type(at, p);
	if (**p == '?') {
		++*p;
		f.nullable = true;
		if (!types[f.type].c_null)
			refuse(at, "\"%s\": no NULL for %s", f.name,
			    types[f.type].name);
	}
	return f;
}

/* "(name type, ...)", or with `rows` also "(like name)". */
static void
need_fields(struct place at, const char **p, struct fields *f)
{
	need_char(at, p, '(');
	if (take_word(p, "like")) {
		f->like = need_name(at, p);
		need_char(at, p, ')');
		return;
	}
	skip_blanks(p);
	if (**p == ')') {
		++*p;
		return;
	}
	for (;;) {
		if (f->n == FIELDS_MAX)
			refuse(at, "more than %d fields", FIELDS_MAX);
		f->v[f->n] = need_field(at, p, f);
		f->n++;
		skip_blanks(p);
		if (**p != ',')
			break;
		++*p;
	}
	need_char(at, p, ')');
}

static enum result
need_result(struct place at, const char **p, struct fields *columns)
{
	enum result r;

	for (r = NONE; r <= MANY; r++)
		if (take_word(p, results[r]))
			break;
	if (r > MANY)
		refuse(at, "expected one(...), many(...), rows or none at "
		    "\"%.20s\"", *p);
	if (r == ONE || r == MANY) {
		need_fields(at, p, columns);
		if (!columns->like && columns->n == 0)
			refuse(at, "a result without columns");
	}
	return r;
}

static void
need_end(struct place at, const char **p)
{
	skip_blanks(p);
	if (**p)
		refuse(at, "unexpected \"%.20s\"", *p);
}

/* Lines. */

/* The next line without its end, or NULL. */
static char *
next_line(struct source *s)
{
	const char *end;
	char *line;

	if (!*s->p)
		return NULL;
	end = strchr(s->p, '\n');
	if (!end)
		end = s->p + strlen(s->p);
	line = copy(s->p, (size_t)(end - s->p));
	s->p = *end ? end + 1 : end;
	s->at.line++;
	return line;
}

static int
open_parens(const char *s)
{
	int n = 0;

	for (; *s; s++)
		n += *s == '(' ? 1 : *s == ')' ? -1 : 0;
	return n;
}

/* `line` with the comment lines that carry it on: for a row until its
 * parentheses close, for a query all up to the statement. */
static char *
whole_signature(struct source *s, char *line, bool row)
{
	while (strncmp(s->p, "--", 2) == 0 && !(row && open_parens(line) == 0)) {
		const char *first = line, *next = next_line(s);

		line = keep(strlen(first) + strlen(next) + 2);
		sprintf(line, "%s %s", first, next + 2);
	}
	return line;
}

/* The signature with single blanks, to compare twins by. */
static char *
evened(const char *s)
{
	char *out = keep(strlen(s) + 1);
	size_t n = 0;

	for (; *s; s++)
		if (!isspace((unsigned char)*s))
			out[n++] = *s;
		else if (n && is_word(out[n - 1]) && is_word(s[1]))
			out[n++] = ' ';
	out[n] = '\0';
	return out;
}

/* Files. */

static struct query *
query_named(struct set *set, const char *name)
{
	for (int i = 0; i < set->queries_n; i++)
		if (strcmp(set->queries[i].name, name) == 0)
			return &set->queries[i];
	return NULL;
}

static struct row *
row_named(struct set *set, const char *name)
{
	for (int i = 0; i < set->rows_n; i++)
		if (strcmp(set->rows[i].name, name) == 0)
			return &set->rows[i];
	return NULL;
}

/* Adds the query, or the second half of a pair of dialect twins. */
static void
add_query(struct set *set, struct query *q, char *sql)
{
	struct query *twin = query_named(set, q->name);

	if (!twin) {
		if (set->queries_n == ITEMS_MAX)
			refuse(q->at, "more than %d queries", ITEMS_MAX);
		twin = &set->queries[set->queries_n++];
		*twin = *q;
	} else if (twin->engines & q->engines) {
		refuse(q->at, "%s: the name is taken, see %s:%d", q->name,
		    twin->at.file, twin->at.line);
	} else if (strcmp(twin->signature, q->signature) != 0) {
		refuse(q->at, "%s: another signature than its twin's in %s:%d",
		    q->name, twin->at.file, twin->at.line);
	}
	twin->engines |= q->engines;
	for (int bit = SQLITE; bit <= POSTGRES; bit++)
		if (q->engines & bit)
			twin->sql[bit] = sql;
}

/* Parameters must not hide what the generated function is about. */
static void
check_params(struct place at, const struct fields *f)
{
	static const char *const taken[] = {"db", "tx", "mem", "out"};

	if (f->like)
		refuse(at, "parameters cannot be 'like'");
	for (int i = 0; i < f->n; i++) {
		for (size_t t = 0; t < sizeof taken / sizeof *taken; t++)
			if (strcmp(f->v[i].name, taken[t]) == 0)
				refuse(at, "\"%s\" cannot be a parameter",
				    taken[t]);
		if (strncmp(f->v[i].name, "q_", 2) == 0)
			refuse(at, "a parameter cannot begin with q_");
	}
}

static void
read_query(struct set *set, struct source *s, char *line, const char *doc)
{
	struct query q = {.at = s->at, .engines = s->engines};
	struct statement st = {0};
	const char *p;

	line = whole_signature(s, line, false);
	q.signature = evened(line + 5);
	q.doc = copy(doc, strlen(doc));
	p = line + 5;
	q.name = need_name(q.at, &p);
	need_fields(q.at, &p, &q.params);
	check_params(q.at, &q.params);
	q.result = need_result(q.at, &p, &q.columns);
	q.write = take_word(&p, "write");
	need_end(q.at, &p);
	read_statement(s, &st, q.params.n);
	check_statement(&q, &st);
	add_query(set, &q, copy(st.text, st.n));
}

static void
read_row(struct set *set, struct source *s, char *line)
{
	struct row row = {.at = s->at};
	const char *p;

	line = whole_signature(s, line, true);
	p = line + 7;
	row.name = need_name(row.at, &p);
	need_fields(row.at, &p, &row.fields);
	need_end(row.at, &p);
	if (row.fields.like || row.fields.n == 0)
		refuse(row.at, "a row needs columns of its own");
	if (row_named(set, row.name))
		refuse(row.at, "row %s: the name is taken", row.name);
	if (set->rows_n == ITEMS_MAX)
		refuse(row.at, "more than %d rows", ITEMS_MAX);
	set->rows[set->rows_n++] = row;
}

/* Gathers a comment line of what may become a query's documentation. */
static void
doc_add(struct place at, char *doc, const char *line)
{
	size_t n = strlen(doc);

	if (strstr(line, "*/") || strstr(line, "/*"))
		refuse(at, "a comment mark of C within a comment");
	if (n + strlen(line) + 8 > TEXT_BYTES_MAX)
		refuse(at, "too long a comment");
	snprintf(doc + n, TEXT_BYTES_MAX - n, "%s%s", n ? "\n *" : "",
	    line + 2);
}

void
read_source(struct set *set, struct source *s)
{
	char doc[TEXT_BYTES_MAX] = "";
	char *line;

	while ((line = next_line(s))) {
		if (strncmp(line, "-- q:", 5) == 0) {
			read_query(set, s, line, doc);
			doc[0] = '\0';
		} else if (strncmp(line, "-- row:", 7) == 0) {
			read_row(set, s, line);
			doc[0] = '\0';
		} else if (strncmp(line, "--", 2) == 0) {
			doc_add(s->at, doc, line);
		} else if (line[strspn(line, " \t\r")] == '\0') {
			doc[0] = '\0';
		} else {
			refuse(s->at, "text outside of a query");
		}
	}
}

/* Fills in the columns of `like` and finds twins that are alone. */
void
resolve(struct set *set)
{
	for (int i = 0; i < set->queries_n; i++) {
		struct query *q = &set->queries[i];

		if (q->engines != BOTH)
			refuse(q->at, "%s: the twin for %s is missing", q->name,
			    q->engines == SQLITE ? "PostgreSQL" : "SQLite");
		if (row_named(set, q->name))
			refuse(q->at, "%s: a row has that name", q->name);
		if (q->columns.like) {
			struct row *row = row_named(set, q->columns.like);

			if (!row)
				refuse(q->at, "%s: no row %s", q->name,
				    q->columns.like);
			memcpy(q->columns.v, row->fields.v,
			    sizeof q->columns.v);
			q->columns.n = row->fields.n;
		}
	}
}
