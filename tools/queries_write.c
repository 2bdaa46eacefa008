/*
 * Writes the C side of the queries: structs and prototypes into the header,
 * tables of fields and statements and the functions into the code. The
 * functions only put their arguments in order and call store/query.h.
 */
#include <string.h>

#include "queries.h"

static const char *const result_tags[] = {"QUERY_NONE", "QUERY_ROWS",
    "QUERY_ONE", "QUERY_MANY"};

/* Whether the result is a single value and not a struct. */
static bool
is_single(const struct query *q)
{
	return q->result == ONE && !q->columns.like && q->columns.n == 1;
}

static const char *
c_type(const struct field *f)
{
	return f->nullable ? types[f->type].c_null : types[f->type].c;
}

static const char *
row_name(const struct query *q)
{
	return q->columns.like ? q->columns.like : q->name;
}

static void
write_struct(FILE *h, const char *name, const struct fields *f, bool many)
{
	fprintf(h, "\nstruct q_%s {\n", name);
	for (int i = 0; i < f->n; i++)
		fprintf(h, "\t%s%s;%s\n", c_type(&f->v[i]), f->v[i].name,
		    f->v[i].nullable ? " /* may be NULL */" : "");
	fprintf(h, "};\n");
	if (many)
		fprintf(h, "struct q_%s_rows {\n\tstruct q_%s *v;\n"
		    "\tsize_t n;\n};\n", name, name);
}

/* One declarator of the parameter list, broken before column 80. */
static void
write_arg(FILE *f, int *column, const char *type, const char *name)
{
	int width = (int)(strlen(type) + strlen(name));

	if (*column + width + 4 > 78) {
		fprintf(f, "\n    ");
		*column = 4;
	} else if (*column > 0) {
		fputc(' ', f);
	}
	fprintf(f, "%s%s", type, name);
	*column += width + 2;
}

static void
write_prototype(FILE *f, const struct query *q, bool definition)
{
	char out[512];
	int column = (int)strlen(q->name) + (definition ? 3 : 23);

	fprintf(f, definition ? "enum err\nq_%s(" : "MUST_CHECK enum err q_%s(",
	    q->name);
	fputs(q->write ? "struct db_tx *tx" : "struct db *db", f);
	column += 18;
	if (q->result == ONE || q->result == MANY) {
		fputc(',', f);
		write_arg(f, &column, "void *", "mem");
	}
	for (int i = 0; i < q->params.n; i++) {
		fputc(',', f);
		write_arg(f, &column, c_type(&q->params.v[i]),
		    q->params.v[i].name);
	}
	if (q->result != NONE)
		fputc(',', f);
	if (q->result == ROWS)
		write_arg(f, &column, "int64_t *", "out");
	snprintf(out, sizeof out, "struct q_%s%s *", row_name(q),
	    q->result == MANY ? "_rows" : "");
	if (is_single(q))
		snprintf(out, sizeof out, "%s*", c_type(&q->columns.v[0]));
	if (q->result == ONE || q->result == MANY)
		write_arg(f, &column, out, "out");
	fputs(definition ? ")\n" : ");\n", f);
}

void
write_rows(FILE *h, struct set *set)
{
	fputs("#pragma once\n/* Made by tools/queries; do not edit. */\n"
	    "#include \"store/query.h\"\n", h);
	for (int i = 0; i < set->rows_n; i++)
		write_struct(h, set->rows[i].name, &set->rows[i].fields, true);
	for (int i = 0; i < set->queries_n; i++) {
		const struct query *q = &set->queries[i];

		if (q->columns.n && !q->columns.like && !is_single(q))
			write_struct(h, q->name, &q->columns,
			    q->result == MANY);
	}
}

void
write_header(FILE *h, struct set *set, const char *base)
{
	fprintf(h, "#pragma once\n/* Made by tools/queries; do not edit. */\n"
	    "#include \"%s_rows.h\"\n\n"
	    "extern const struct query %s_all[];\n"
	    "extern const size_t %s_count;\n", base, base, base);
	for (int i = 0; i < set->queries_n; i++) {
		const struct query *q = &set->queries[i];

		fputc('\n', h);
		if (q->doc[0])
			fprintf(h, "/*%s */\n", q->doc);
		write_prototype(h, q, false);
	}
}

static void
write_fields(FILE *c, const char *name, const char *suffix,
    const struct fields *f, const char *of)
{
	fprintf(c, "\nstatic const struct query_field %s_%s[] = {\n", name,
	    suffix);
	for (int i = 0; i < f->n; i++) {
		fprintf(c, "    {\"%s\", %s, %s, ", f->v[i].name,
		    types[f->v[i].type].tag,
		    f->v[i].nullable ? "true" : "false");
		if (of)
			fprintf(c, "offsetof(struct q_%s, %s)},\n", of,
			    f->v[i].name);
		else
			fputs("0},\n", c);
	}
	fputs("};\n", c);
}

/* The SQL as a C literal. */
static void
write_literal(FILE *c, const char *s)
{
	fputs("\"", c);
	for (; *s; s++)
		if (*s == '\n')
			fputs("\\n", c);
		else if (*s == '"' || *s == '\\')
			fprintf(c, "\\%c", *s);
		else
			fputc(*s, c);
	fputs("\"", c);
}

static void
write_entry(FILE *c, const struct query *q, int number)
{
	const char *shared = q->columns.like ? q->columns.like : q->name;
	char row[512] = "0";

	if (is_single(q))
		snprintf(row, sizeof row, "sizeof(%.*s)",
		    (int)strcspn(c_type(&q->columns.v[0]), "*"),
		    c_type(&q->columns.v[0]));
	else if (q->columns.n)
		snprintf(row, sizeof row, "sizeof(struct q_%s)", shared);
	fprintf(c, "    {.number = %d, .name = \"%s\",\n\t.sqlite = ", number,
	    q->name);
	write_literal(c, q->sql[SQLITE]);
	fputs(",\n\t.postgres = ", c);
	write_literal(c, q->sql[POSTGRES]);
	fprintf(c, ",\n\t.result = %s, .write = %s,\n\t.params_n = %d, "
	    ".columns_n = %d", result_tags[q->result],
	    q->write ? "true" : "false", q->params.n, q->columns.n);
	if (q->params.n)
		fprintf(c, ",\n\t.params = %s_params", q->name);
	if (q->columns.n)
		fprintf(c, ",\n\t.columns = %s_columns", shared);
	fprintf(c, ",\n\t.row_bytes = %s},\n", row);
}

static void
write_tables(FILE *c, struct set *set, const char *base)
{
	for (int i = 0; i < set->rows_n; i++)
		write_fields(c, set->rows[i].name, "columns",
		    &set->rows[i].fields, set->rows[i].name);
	for (int i = 0; i < set->queries_n; i++) {
		const struct query *q = &set->queries[i];

		if (q->params.n)
			write_fields(c, q->name, "params", &q->params, NULL);
		if (q->columns.n && !q->columns.like)
			write_fields(c, q->name, "columns", &q->columns,
			    is_single(q) ? NULL : q->name);
	}
	fprintf(c, "\nconst size_t %s_count = %d;\n"
	    "const struct query %s_all[] = {\n", base, set->queries_n, base);
	for (int i = 0; i < set->queries_n; i++)
		write_entry(c, &set->queries[i], i);
	if (set->queries_n == 0)
		fputs("    {0},\n", c);
	fputs("};\n", c);
}

static void
write_call(FILE *c, const struct query *q, int number, const char *base)
{
	const char *db = q->write ? "tx->db" : "db";
	const char *v = q->params.n ? "q_v" : "NULL";

	if (q->result == MANY) {
		fprintf(c, "\tvoid *q_rows;\n\tsize_t q_n;\n\tenum err q_e;\n\n"
		    "\tq_e = query_many(%s, mem, &%s_all[%d], %s,\n"
		    "\t    &q_rows, &q_n);\n\tif (q_e == OK)\n"
		    "\t\t*out = (struct q_%s_rows){q_rows, q_n};\n"
		    "\treturn q_e;\n", db, base, number, v, row_name(q));
		return;
	}
	fprintf(c, "%s\treturn query_%s(%s, %s&%s_all[%d], %s%s);\n",
	    q->params.n ? "\n" : "", results[q->result], db,
	    q->result == ONE ? "mem, " : "", base, number, v,
	    q->result == NONE ? "" : ", out");
}

static void
write_function(FILE *c, const struct query *q, int number, const char *base)
{
	fputc('\n', c);
	write_prototype(c, q, true);
	fputs("{\n", c);
	if (q->params.n) {
		fputs("\tconst struct query_value q_v[] = {\n", c);
		for (int i = 0; i < q->params.n; i++) {
			const struct field *f = &q->params.v[i];

			fprintf(c, "\t    %s(%s),\n", f->nullable
			    ? types[f->type].wrap_null
			    : types[f->type].wrap, f->name);
		}
		fputs("\t};\n", c);
	}
	write_call(c, q, number, base);
	fputs("}\n", c);
}

void
write_code(FILE *c, struct set *set, const char *base)
{
	fprintf(c, "/* Made by tools/queries; do not edit. */\n"
	    "#include \"%s.h\"\n", base);
	write_tables(c, set, base);
	for (int i = 0; i < set->queries_n; i++)
		write_function(c, &set->queries[i], i, base);
}
