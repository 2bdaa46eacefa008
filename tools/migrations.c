/*
 * Compiles migrations in. Usage:
 *
 *   migrations OUT.c DEPFILE FOLDER
 *
 * reads FOLDER/NNNN_name.sql in order and writes the table that
 * src/store/migrate.h declares. A migration that cannot be written for both
 * engines at once is a pair of files, NNNN_name.sqlite.sql and NNNN_name.pg.sql.
 * Numbers begin with 0000 and leave nothing out. Tokens like %INT% stay as they
 * are: the running program replaces them.
 */
#include <ctype.h>
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FILES_MAX = 2000, FILE_BYTES_MAX = 1 << 20, PATH_BYTES = 4096 };

struct file {
	char path[PATH_BYTES];
	int number;
	char name[256];    /* without number and ending */
	char ending[16];   /* ".sql", ".sqlite.sql" or ".pg.sql" */
};

static _Noreturn void
refuse(const char *path, const char *why)
{
	fprintf(stderr, "%s: error: %s\n", path, why);
	exit(1);
}

/* Whether `entry` names a migration; then fills *f. Other files that end in
 * .sql stop the build, the rest is not ours. */
static int
file_of(const char *folder, const char *entry, struct file *f)
{
	size_t n = strlen(entry);
	int end = 0;

	if (entry[0] == '.' || n < 4 || strcmp(entry + n - 4, ".sql") != 0)
		return 0;
	snprintf(f->path, sizeof f->path, "%s/%s", folder, entry);
	if (n < 10 || strspn(entry, "0123456789") != 4 ||
	    sscanf(entry, "%4d_%200[a-z0-9_]%n", &f->number, f->name, &end) !=
	        2 || n - (size_t)end >= sizeof f->ending)
		refuse(f->path, "a migration is called NNNN_name.sql");
	strcpy(f->ending, entry + end);
	if (strcmp(f->ending, ".sql") != 0 &&
	    strcmp(f->ending, ".sqlite.sql") != 0 &&
	    strcmp(f->ending, ".pg.sql") != 0)
		refuse(f->path, "a migration is called NNNN_name.sql");
	return 1;
}

static int
by_path(const void *a, const void *b)
{
	return strcmp(((const struct file *)a)->path,
	    ((const struct file *)b)->path);
}

static int
list_folder(const char *folder, struct file *files)
{
	DIR *d = opendir(folder);
	struct dirent *entry;
	int n = 0;

	if (!d)
		refuse(folder, "no such folder");
	while ((entry = readdir(d)))
		if (n == FILES_MAX)
			refuse(folder, "too many files");
		else
			n += file_of(folder, entry->d_name, &files[n]);
	closedir(d);
	qsort(files, (size_t)n, sizeof *files, by_path);
	return n;
}

/* The file's bytes as a C array, since a string literal has a limit. */
static void
write_text(FILE *c, const struct file *f, int i)
{
	FILE *in = fopen(f->path, "rb");
	int b;
	long n = 0;

	if (!in)
		refuse(f->path, "cannot be read");
	fprintf(c, "\n/* %04d_%s%s */\nstatic const char text_%d[] = {",
	    f->number, f->name, f->ending, i);
	while ((b = getc(in)) != EOF) {
		if (b == 0 || ++n > FILE_BYTES_MAX)
			refuse(f->path, "not a text of this size");
		/* bytes past 127 are negative where char is signed */
		fprintf(c, "%s(char)%d,", n % 12 == 1 ? "\n    " : " ", b);
	}
	if (ferror(in))
		refuse(f->path, "cannot be read");
	fclose(in);
	fprintf(c, "%s0};\n", n ? " " : "");
}

static void
write_entry(FILE *c, const struct file *f, int sqlite, int postgres)
{
	fprintf(c, "    {%d, \"%s\",\n"
	    "\t{text_%d, sizeof text_%d - 1}, {text_%d, sizeof text_%d - 1}},\n",
	    f->number, f->name, sqlite, sqlite, postgres, postgres);
}

/* The table; the two files of a pair stand together, .pg first. */
static int
write_table(FILE *c, const struct file *files, int n)
{
	int number = 0, i = 0;

	fputs("\nconst struct migration migrations[] = {\n", c);
	for (; i < n; i++, number++) {
		const struct file *f = &files[i], *twin = f + 1;

		if (f->number != number)
			refuse(f->path, "its number is not the next one");
		if (strcmp(f->ending, ".sql") == 0) {
			write_entry(c, f, i, i);
			continue;
		}
		if (strcmp(f->ending, ".pg.sql") != 0 || i + 1 == n ||
		    twin->number != number ||
		    strcmp(twin->ending, ".sqlite.sql") != 0 ||
		    strcmp(twin->name, f->name) != 0)
			refuse(f->path, "its twin for the other engine is "
			    "missing");
		write_entry(c, f, i + 1, i);
		i++;
	}
	fprintf(c, "};\nconst size_t migrations_n = %d;\n", number);
	return number;
}

static void
write_depfile(const char *path, const char *target, const char *folder,
    const struct file *files, int n)
{
	FILE *f = fopen(path, "wb");

	if (!f)
		refuse(path, "cannot be written");
	fprintf(f, "%s: %s", target, folder);
	for (int i = 0; i < n; i++)
		fprintf(f, " %s", files[i].path);
	fputc('\n', f);
	if (fclose(f) != 0)
		refuse(path, "cannot be written");
}

int
main(int argc, char **argv)
{
	struct file *files = calloc(FILES_MAX + 1, sizeof *files);
	FILE *c;
	int n;

	if (argc != 4 || !files) {
		fputs("usage: migrations OUT.c DEPFILE FOLDER\n", stderr);
		return 2;
	}
	n = list_folder(argv[3], files);
	c = fopen(argv[1], "wb");
	if (!c)
		refuse(argv[1], "cannot be written");
	fputs("/* Made by tools/migrations; do not edit. */\n"
	    "#include \"store/migrate.h\"\n", c);
	for (int i = 0; i < n; i++)
		write_text(c, &files[i], i);
	if (write_table(c, files, n) == 0)
		refuse(argv[3], "no migration there");
	if (fclose(c) != 0)
		refuse(argv[1], "cannot be written");
	write_depfile(argv[2], argv[1], argv[3], files, n);
	free(files);
	return 0;
}
