/*
 * Writes the German texts as a C table: reads the .mo file that msgfmt made of
 * locale/de.po (32-bit words in the machine's order: magic, revision, count,
 * where the ids stand, where the texts stand) and prints rows sorted by
 * message id, which base/i18n.c searches. The catalogue's own header (the
 * empty id) is left out; plural forms and contexts are refused, since the
 * program has no use for them.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MO_BYTES_MAX = 16 << 20 };
static const uint32_t MO_MAGIC = 0x950412de;

struct mo {
	unsigned char *p;
	size_t n;
};

static _Noreturn void
refuse(const char *why, const char *what)
{
	fprintf(stderr, "catalogue: %s%s\n", why, what);
	exit(1);
}

static struct mo
mo_read(const char *path)
{
	struct mo mo = {malloc(MO_BYTES_MAX), 0};
	FILE *f = fopen(path, "rb");

	if (!f || !mo.p)
		refuse("cannot read ", path);
	mo.n = fread(mo.p, 1, MO_BYTES_MAX, f);
	if (ferror(f) || mo.n == MO_BYTES_MAX)
		refuse("cannot read all of ", path);
	fclose(f);
	return mo;
}

static uint32_t
mo_word(const struct mo *mo, size_t at)
{
	uint32_t w;

	if (at > mo->n || mo->n - at < sizeof w)
		refuse("the .mo file is cut off", "");
	memcpy(&w, mo->p + at, sizeof w);
	return w;
}

/* The `i`th text of the table at `table`: a length and an offset. */
static const char *
mo_text(const struct mo *mo, uint32_t table, uint32_t i)
{
	uint32_t length = mo_word(mo, table + 8 * (size_t)i);
	uint32_t offset = mo_word(mo, table + 8 * (size_t)i + 4);
	const char *text = (const char *)mo->p + offset;

	if (offset > mo->n || mo->n - offset <= length || text[length])
		refuse("the .mo file is cut off", "");
	if (strlen(text) != length || strchr(text, '\4'))
		refuse("plural forms and contexts are not supported: ", text);
	return text;
}

static void
literal_print(const char *s)
{
	putchar('"');
	for (; *s; s++) {
		unsigned char c = (unsigned char)*s;

		if (c == '"' || c == '\\' || c == '?')
			printf("\\%c", c);
		else if (c < 0x20 || c >= 0x7f)
			printf("\\%03o", c);
		else
			putchar(c);
	}
	putchar('"');
}

int
main(int argc, char **argv)
{
	struct mo mo;
	uint32_t count, ids, texts, rows = 0;
	const char *before = "";

	if (argc != 2)
		refuse("usage: catalogue FILE.mo", "");
	mo = mo_read(argv[1]);
	if (mo_word(&mo, 0) != MO_MAGIC)
		refuse("not a .mo file: ", argv[1]);
	count = mo_word(&mo, 8);
	ids = mo_word(&mo, 12);
	texts = mo_word(&mo, 16);
	puts("#include \"base/catalogue.h\"\n\n"
	     "const struct catalogue_row catalogue_de[] = {");
	for (uint32_t i = 0; i < count; i++) {
		const char *id = mo_text(&mo, ids, i);

		if (!*id)
			continue;
		if (strcmp(before, id) >= 0)
			refuse("not sorted at: ", id);
		before = id;
		rows++;
		fputs("\t{", stdout);
		literal_print(id);
		fputs(",\n\t    ", stdout);
		literal_print(mo_text(&mo, texts, i));
		puts("},");
	}
	printf("\t{NULL, NULL}\n};\nconst size_t catalogue_de_count = %u;\n",
	    (unsigned)rows);
	free(mo.p);
	return fclose(stdout) ? 1 : 0;
}
