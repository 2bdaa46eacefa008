/*
 * site OUT.c FOLDER NAME...
 *
 * Writes the files FOLDER/NAME of a website as a table of struct http_asset, by
 * the paths that they have on the web: "hilfe/index.html" is "/hilfe", "kontakt.html" is
 * "/kontakt", others keep their names.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void
fail(const char *what, const char *name)
{
	fprintf(stderr, "site: %s: %s\n", name, what);
	exit(1);
}

static const char *
type_of(const char *name)
{
	static const struct {
		const char *ending, *type;
	} types[] = {{".html", "text/html"}, {".css", "text/css"},
	    {".txt", "text/plain; charset=utf-8"}, {".xml", "application/xml"},
	    {".svg", "image/svg+xml"}, {".pdf", "application/pdf"}};

	for (size_t i = 0; i < sizeof types / sizeof *types; i++) {
		size_t n = strlen(types[i].ending);

		if (strlen(name) > n &&
		    strcmp(name + strlen(name) - n, types[i].ending) == 0)
			return types[i].type;
	}
	fail("what type is that?", name);
	return NULL;
}

/* "index.html" -> "/", "hilfe/index.html" -> "/hilfe", "kontakt.html" ->
 * "/kontakt". */
static void
path_write(FILE *out, const char *name)
{
	static const char index[] = "index.html", html[] = ".html";
	size_t n = strlen(name);

	if (n >= strlen(index) && strcmp(name + n - strlen(index), index) == 0)
		n -= strlen(index) + (n > strlen(index));
	else if (n > strlen(html) && strcmp(name + n - strlen(html), html) == 0)
		n -= strlen(html);
	fprintf(out, "\"/%.*s\"", (int)n, name);
}

/* Writes the bytes as an array; returns how many, and their hash. */
static size_t
bytes_write(FILE *out, int number, const char *folder, const char *name,
    uint64_t *hash)
{
	char file[4096];
	size_t n = 0;
	FILE *in;
	int c;

	snprintf(file, sizeof file, "%s/%s", folder, name);
	if (!(in = fopen(file, "rb")))
		fail("cannot be read", file);
	*hash = 14695981039346656037ULL;
	fprintf(out, "\nstatic const unsigned char file_%d[] = {", number);
	for (; (c = getc(in)) != EOF; n++) {
		*hash = (*hash ^ (uint64_t)c) * 1099511628211ULL;
		fprintf(out, "%s%d,", n % 16 ? "" : "\n\t", c);
	}
	if (ferror(in))
		fail("cannot be read", file);
	fclose(in);
	fprintf(out, "\n\t0};\n");
	return n;
}

int
main(int argc, char **argv)
{
	enum { FILES_MAX = 500 };
	static struct {
		size_t n;
		uint64_t hash;
	} file[FILES_MAX];
	FILE *out;

	if (argc < 4 || argc > FILES_MAX)
		fail("OUT.c FOLDER NAME...", "usage");
	if (!(out = fopen(argv[1], "w")))
		fail("cannot be written", argv[1]);
	fprintf(out, "#include \"demo_site.h\"\n");
	for (int i = 3; i < argc; i++)
		file[i].n = bytes_write(out, i, argv[2], argv[i],
		    &file[i].hash);
	fprintf(out, "\nconst struct http_asset demo_site_files[] = {\n");
	for (int i = 3; i < argc; i++) {
		fprintf(out, "\t{.path = ");
		path_write(out, argv[i]);
		fprintf(out,
		    ", .type = \"%s\",\n\t    .etag = \"%016llx\","
		    " .body = file_%d, .body_bytes = %zu},\n",
		    type_of(argv[i]), (unsigned long long)file[i].hash, i,
		    file[i].n);
	}
	fprintf(out, "};\n\nconst size_t demo_site_files_n = %d;\n", argc - 3);
	if (fclose(out) != 0)
		fail("cannot be written", argv[1]);
	return 0;
}
