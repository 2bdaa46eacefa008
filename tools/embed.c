/*
 * embed OUT.c HEADER FUNCTION=FILE ...
 *
 * Writes C functions that return files' contents as text, for the few files
 * that ship inside the program.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void
fail(const char *what, const char *name)
{
	fprintf(stderr, "embed: %s: %s\n", name, what);
	exit(1);
}

static void
embed(FILE *out, const char *function, const char *file)
{
	FILE *in = fopen(file, "rb");
	size_t n = 0;
	int c;

	if (!in)
		fail("cannot be read", file);
	fprintf(out, "\nstatic const char %s_bytes[] = {", function);
	for (; (c = getc(in)) != EOF; n++)
		fprintf(out, "%s%d,", n % 16 ? "" : "\n\t", (signed char)c);
	if (ferror(in))
		fail("cannot be read", file);
	fclose(in);
	fprintf(out,
	    "\n\t0};\n\nstruct str\n%s(void)\n{\n"
	    "\treturn (struct str){%s_bytes, %zu};\n}\n",
	    function, function, n);
}

int
main(int argc, char **argv)
{
	FILE *out;

	if (argc < 4)
		fail("OUT.c HEADER FUNCTION=FILE ...", "usage");
	if (!(out = fopen(argv[1], "w")))
		fail("cannot be written", argv[1]);
	fprintf(out, "#include \"%s\"\n", argv[2]);
	for (int i = 3; i < argc; i++) {
		char *equals = strchr(argv[i], '=');

		if (!equals)
			fail("wants FUNCTION=FILE", argv[i]);
		*equals = '\0';
		embed(out, argv[i], equals + 1);
	}
	if (fclose(out) != 0)
		fail("cannot be written", argv[1]);
	return 0;
}
