/*
 * Compiles static files in: assets OUT.c OUT.h OUT.map FOLDER FILE...
 *
 * OUT.c holds the table `static_assets` of struct http_asset (src/http/http.h)
 * with each file's bytes as they are and, where that is shorter, packed by
 * gzip(1) into FOLDER. OUT.map says under which address each file is found, for
 * {{asset NAME}} in templates (tools/template.c). The address carries a hash of
 * the bytes, so a browser may keep the file for ever and never shows a stale
 * one. The bytes are taken in by the assembler's .incbin, since a compiler
 * needs seconds for a table of half a million numbers.
 */
#include <fcntl.h>
#include <limits.h>
#include <spawn.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

static const struct type {
	const char *suffix, *type;
	bool packs;
} types[] = {
    {".css", "text/css; charset=utf-8", true},
    {".js", "text/javascript; charset=utf-8", true},
    {".svg", "image/svg+xml", true},
    {".txt", "text/plain; charset=utf-8", true},
    {".png", "image/png", false},
    {".woff2", "font/woff2", false},
};

struct asset {
	const char *name; /* "app.css" */
	const struct type *type;
	char url[256];
	char path[PATH_MAX];
	char packed[PATH_MAX];
	uint64_t hash;
	size_t bytes, packed_bytes; /* the latter 0: not packed */
};

static _Noreturn void __attribute__((format(printf, 1, 2)))
refuse(const char *format, ...)
{
	va_list ap;

	fputs("assets: ", stderr);
	va_start(ap, format);
	vfprintf(stderr, format, ap);
	va_end(ap);
	fputc('\n', stderr);
	exit(1);
}

static FILE *
open_or_refuse(const char *path, const char *mode)
{
	FILE *f = fopen(path, mode);

	if (!f)
		refuse("cannot open %s", path);
	return f;
}

static void
close_or_refuse(FILE *f, const char *path)
{
	if (ferror(f) | fclose(f))
		refuse("cannot write %s", path);
}

/* FNV-1a over the file: tells one version from the next, keeps no secret. */
static void
asset_hash(struct asset *a)
{
	unsigned char part[1 << 14];
	FILE *f = open_or_refuse(a->path, "rb");
	size_t n;

	a->hash = 0xcbf29ce484222325;
	while ((n = fread(part, 1, sizeof part, f)) > 0) {
		for (size_t i = 0; i < n; i++)
			a->hash = (a->hash ^ part[i]) * 0x100000001b3;
		a->bytes += n;
	}
	if (ferror(f))
		refuse("cannot read %s", a->path);
	fclose(f);
}

/* gzip -9 without name and time, so that the same file packs the same. */
static void
asset_pack(struct asset *a, const char *folder)
{
	char *const argv[] = {"gzip", "-9nc", NULL};
	posix_spawn_file_actions_t files;
	struct stat st;
	pid_t pid;
	int status, n;

	n = snprintf(a->packed, sizeof a->packed, "%s/%s.gz", folder, a->name);
	if (n < 0 || (size_t)n >= sizeof a->packed)
		refuse("path too long: %s", folder);
	posix_spawn_file_actions_init(&files);
	posix_spawn_file_actions_addopen(&files, 0, a->path, O_RDONLY, 0);
	posix_spawn_file_actions_addopen(&files, 1, a->packed,
	    O_WRONLY | O_CREAT | O_TRUNC, 0644);
	if (posix_spawnp(&pid, argv[0], &files, NULL, argv, environ) ||
	    waitpid(pid, &status, 0) != pid || status != 0)
		refuse("gzip failed for %s", a->path);
	posix_spawn_file_actions_destroy(&files);
	if (stat(a->packed, &st) != 0)
		refuse("gzip wrote no %s", a->packed);
	if ((size_t)st.st_size < a->bytes)
		a->packed_bytes = (size_t)st.st_size;
}

static const struct type *
type_of(const char *name)
{
	const char *dot = strrchr(name, '.');

	for (size_t i = 0; dot && i < sizeof types / sizeof *types; i++)
		if (!strcmp(dot, types[i].suffix))
			return &types[i];
	refuse("no content type is known for %s", name);
}

static void
asset_read(struct asset *a, const char *file, const char *folder)
{
	const char *slash = strrchr(file, '/'), *dot;

	a->name = slash ? slash + 1 : file;
	a->type = type_of(a->name);
	if (!realpath(file, a->path))
		refuse("no such file: %s", file);
	asset_hash(a);
	dot = strrchr(a->name, '.');
	if (strlen(a->name) > 200)
		refuse("name too long: %s", a->name);
	snprintf(a->url, sizeof a->url, "/static/%.*s.%08x%s",
	    (int)(dot - a->name), a->name, (unsigned)(a->hash ^ a->hash >> 32),
	    dot);
	if (a->type->packs)
		asset_pack(a, folder);
}

/* A path inside the assembler's string inside C's string. */
static void
path_print(FILE *f, const char *path)
{
	for (; *path; path++) {
		if (*path == '"' || *path == '\\')
			fputs("\\\\\\", f);
		fputc(*path, f);
	}
}

static void
bytes_print(FILE *f, size_t i, const char *what, const char *path)
{
	fprintf(f,
	    "__asm__(\".section .rodata\\n.balign 16\\n"
	    "asset_%zu_%s: .incbin \\\"",
	    i, what);
	path_print(f, path);
	fprintf(f,
	    "\\\"\\n.byte 0\\n.previous\\n\");\n"
	    "extern const unsigned char asset_%zu_%s[];\n",
	    i, what);
}

static void
c_write(const char *path, const char *header, const struct asset *a, size_t n)
{
	const char *slash = strrchr(header, '/');
	FILE *f = open_or_refuse(path, "w");

	fprintf(f, "/* Made by tools/assets.c. */\n#include \"%s\"\n\n",
	    slash ? slash + 1 : header);
	for (size_t i = 0; i < n; i++) {
		bytes_print(f, i, "plain", a[i].path);
		if (a[i].packed_bytes)
			bytes_print(f, i, "gzip", a[i].packed);
	}
	fputs("\nconst struct http_asset static_assets[] = {\n", f);
	for (size_t i = 0; i < n; i++) {
		fprintf(f,
		    "    {\"%s\", \"%s\", \"\\\"%016llx\\\"\",\n"
		    "\tasset_%zu_plain, %zu, ",
		    a[i].url, a[i].type->type, (unsigned long long)a[i].hash, i,
		    a[i].bytes);
		if (a[i].packed_bytes)
			fprintf(f, "asset_%zu_gzip, %zu},\n", i,
			    a[i].packed_bytes);
		else
			fputs("NULL, 0},\n", f);
	}
	fprintf(f, "};\nconst size_t static_assets_n = %zu;\n", n);
	close_or_refuse(f, path);
}

static void
header_write(const char *path)
{
	FILE *f = open_or_refuse(path, "w");

	fputs("#pragma once\n"
	      "/* The static files, compiled in; made by tools/assets.c. */\n"
	      "#include \"http/http.h\"\n\n"
	      "extern const struct http_asset static_assets[];\n"
	      "extern const size_t static_assets_n;\n",
	    f);
	close_or_refuse(f, path);
}

static void
map_write(const char *path, const struct asset *a, size_t n)
{
	FILE *f = open_or_refuse(path, "w");

	for (size_t i = 0; i < n; i++)
		fprintf(f, "%s\t%s\n", a[i].name, a[i].url);
	close_or_refuse(f, path);
}

int
main(int argc, char **argv)
{
	char folder[PATH_MAX];
	struct asset *a;
	size_t n;

	if (argc < 6)
		refuse("usage: assets OUT.c OUT.h OUT.map FOLDER FILE...");
	if (mkdir(argv[4], 0755) != 0 && access(argv[4], W_OK) != 0)
		refuse("cannot make the folder %s", argv[4]);
	if (!realpath(argv[4], folder))
		refuse("no such folder: %s", argv[4]);
	n = (size_t)(argc - 5);
	a = calloc(n, sizeof *a);
	if (!a)
		refuse("out of memory");
	for (size_t i = 0; i < n; i++)
		asset_read(&a[i], argv[5 + i], folder);
	c_write(argv[1], argv[2], a, n);
	header_write(argv[2]);
	map_write(argv[3], a, n);
	free(a);
	return 0;
}
