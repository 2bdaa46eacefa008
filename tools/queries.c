/*
 * Makes typed C functions of SQL files. Usage:
 *
 *   queries NAME.h NAME.c DEPFILE FOLDER
 *
 * reads every FOLDER/x.sql and writes a header, the structs of its rows (into
 * NAME_rows.h beside it), the code behind it (which calls src/store/query.h)
 * and the list of files that were read. A query is
 *
 *   -- What it is for, in a line or more (becomes the function's comment).
 *   -- q: name(param type, ...) one(column type, ...) write
 *   SELECT or INSERT ...;
 *
 * The types are i64, text, bool and blob, with `?` where NULL may stand. The
 * result is one(...), many(...), rows (how many changed) or none; `write` marks
 * what changes data. Columns may be `like NAME`, declared by
 * `-- row: NAME(column type, ...)` in any file. A signature may go on in the
 * comment lines that follow it. x.sqlite.sql and x.pg.sql hold the same queries
 * for one engine each. Whatever is doubtful stops the build with
 * file:line; whether the SQL itself is right is tests/unit/test_queries.c's
 * question.
 *
 * Here are the folder and the files; signatures are read in queries_parse.c,
 * SQL in queries_statement.c, C is written in queries_write.c.
 */
#include <dirent.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "queries.h"

enum { FILE_BYTES_MAX = 4 << 20, PATH_BYTES = 4096 };

const struct type types[TYPES_N] = {
    {"i64", "int64_t ", "struct opt_i64 ", "QUERY_I64", "query_i64",
	"query_opt"},
    {"text", "struct str ", "struct str ", "QUERY_TEXT", "query_str",
	"query_str"},
    {"bool", "bool ", NULL, "QUERY_BOOL", "query_i64", NULL},
    {"blob", "struct str ", "struct str ", "QUERY_BLOB", "query_str",
	"query_str"},
};

const char *const results[] = {"none", "rows", "one", "many"};

_Noreturn void
refuse(struct place at, const char *format, ...)
{
	va_list ap;

	fprintf(stderr, "%s:%d: error: ", at.file, at.line);
	va_start(ap, format);
	vfprintf(stderr, format, ap);
	va_end(ap);
	fputc('\n', stderr);
	exit(1);
}

/* All memory in one list, so that it is known to be in use. */
void *
keep(size_t n)
{
	static struct kept {
		struct kept *next;
	} *all;
	struct kept *k = calloc(1, sizeof *k + n);

	if (!k) {
		fputs("queries: out of memory\n", stderr);
		exit(1);
	}
	k->next = all;
	all = k;
	return k + 1;
}

char *
copy(const char *p, size_t n)
{
	char *c = keep(n + 1);

	memcpy(c, p, n);
	c[n] = '\0';
	return c;
}

static char *
read_whole(const char *path)
{
	char *p = keep(FILE_BYTES_MAX + 1);
	FILE *f = fopen(path, "rb");
	size_t n;

	if (!f)
		refuse((struct place){path, 0}, "cannot be read");
	n = fread(p, 1, FILE_BYTES_MAX, f);
	if (ferror(f) || n == FILE_BYTES_MAX || memchr(p, '\0', n))
		refuse((struct place){path, 0}, "not a text of this size");
	fclose(f);
	p[n] = '\0';
	return p;
}

static bool
ends_with(const char *s, const char *tail)
{
	size_t n = strlen(s), m = strlen(tail);

	return n > m && strcmp(s + n - m, tail) == 0;
}

static int
by_name(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

/* The paths of the folder's .sql files, sorted, ended by NULL. */
static char **
list_folder(const char *folder)
{
	char **paths = keep((ITEMS_MAX + 1) * sizeof *paths);
	DIR *d = opendir(folder);
	struct dirent *entry;
	size_t n = 0;

	if (!d)
		refuse((struct place){folder, 0}, "no such folder");
	while ((entry = readdir(d)) && n < ITEMS_MAX) {
		char path[PATH_BYTES];

		if (entry->d_name[0] == '.' || !ends_with(entry->d_name, ".sql"))
			continue;
		snprintf(path, sizeof path, "%s/%s", folder, entry->d_name);
		paths[n++] = copy(path, strlen(path));
	}
	closedir(d);
	qsort(paths, n, sizeof *paths, by_name);
	return paths;
}

static FILE *
create(const char *path)
{
	FILE *f = fopen(path, "wb");

	if (!f)
		refuse((struct place){path, 0}, "cannot be written");
	return f;
}

static void
finish(FILE *f, const char *path)
{
	if (fclose(f) != 0)
		refuse((struct place){path, 0}, "cannot be written");
}

static void
write_depfile(const char *path, const char *target, char **paths,
    const char *folder)
{
	FILE *f = create(path);

	fprintf(f, "%s: %s", target, folder);
	for (; *paths; paths++)
		fprintf(f, " %s", *paths);
	fputc('\n', f);
	finish(f, path);
}

/* "queries" of "some/path/queries.h". */
static char *
base_name(const char *path)
{
	const char *slash = strrchr(path, '/');
	const char *start = slash ? slash + 1 : path;

	return copy(start, strcspn(start, "."));
}

/* "some/path/queries_rows.h" of "some/path/queries.h". */
static char *
rows_name(const char *path)
{
	size_t stem = strlen(path) - strlen(".h");
	char *name = keep(stem + sizeof "_rows.h");

	memcpy(name, path, stem);
	memcpy(name + stem, "_rows.h", sizeof "_rows.h");
	return name;
}

int
main(int argc, char **argv)
{
	struct set set = {keep(ITEMS_MAX * sizeof *set.rows),
	    keep(ITEMS_MAX * sizeof *set.queries), 0, 0};
	char **paths, *base, *rows;
	FILE *h, *c;

	if (argc != 5) {
		fputs("usage: queries NAME.h NAME.c DEPFILE FOLDER\n", stderr);
		return 2;
	}
	paths = list_folder(argv[4]);
	for (char **p = paths; *p; p++) {
		struct source s = {read_whole(*p), {*p, 0}, BOTH};

		if (ends_with(*p, ".sqlite.sql"))
			s.engines = SQLITE;
		if (ends_with(*p, ".pg.sql"))
			s.engines = POSTGRES;
		read_source(&set, &s);
	}
	resolve(&set);
	base = base_name(argv[1]);
	rows = rows_name(argv[1]);
	h = create(rows);
	write_rows(h, &set);
	finish(h, rows);
	h = create(argv[1]);
	write_header(h, &set, base);
	finish(h, argv[1]);
	c = create(argv[2]);
	write_code(c, &set, base);
	finish(c, argv[2]);
	write_depfile(argv[3], argv[1], paths, argv[4]);
	return 0;
}
