/*
 * The template compiler: turns web/templates/<folder>/<page>.html into one C
 * function a page, called by the build.
 *
 *   template --c OUT.c --h OUT.h [--mo de.mo [--missing-ok]] [--icons FOLDER]
 *       [--assets MAP] TEMPLATE...
 *   template --pot OUT.pot TEMPLATE...
 *
 * The first line of a template names its function and its data:
 *   {{view signin: struct signin_view from "doors/web/views.h"}}
 * makes `void view_signin(struct buf *b, enum lang lang, const struct
 * signin_view *v)`. Behind it stands HTML with:
 *   {{v.name}}                   a member's value, escaped for its place
 *   {{if C}} {{elif C}} {{else}} {{end}}     C: `v.a`, `not v.a`, `v.a == X`,
 *                                joined by `and`, `or`; X: a constant, a
 *                                number, "a text" or another path
 *   {{for row in v.rows}} {{empty}} {{end}}  over a struct {T *v; size_t n;}
 *   {{_ Text}}                   an English text; the German one is in
 *                                locale/de.po; {v.name} inside it is a value
 *   {{> head v.frame}}           another template, given a member
 *   {{icon phone}}  {{asset app.css}}   an icon's SVG, a static file's address
 *   {{path v.url}}  {{link v.url}}  {{query v.q}}  whole addresses (of ours;
 *                                of anyone), a value behind the "?"
 *   {{open}}                     elements may stay open (frames)
 *   {{# a remark}}
 * Where to look: template_emit.c (tags), template_context.c (HTML),
 * template_expr.c (conditions), template_text.c (translations).
 */
#include "template.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

enum { VIEWS_MAX = 256 };

struct arguments {
	const char *c, *h, *mo, *icons, *assets, *pot;
	bool missing_ok;
	const char *const *templates;
	size_t n;
};

void
complain(const char *path, int line, const char *format, ...)
{
	va_list ap;

	fprintf(stderr, "%s:%d: error: ", path, line);
	va_start(ap, format);
	vfprintf(stderr, format, ap);
	va_end(ap);
	fputc('\n', stderr);
}

/* What stands in `s` between `before` and `after`; NULL if they are not both
 * there. *s goes behind. */
static const char *
between(const char **s, const char *before, const char *after)
{
	const char *from = strstr(*s, before), *to;

	if (!from)
		return NULL;
	from += strlen(before);
	to = strstr(from, after);
	if (!to || to == from)
		return NULL;
	*s = to + strlen(after);
	return keep_text(from, (size_t)(to - from));
}

/* Reads a template and its first line. */
static bool
view_read(const char *path, struct view *view)
{
	const char *s, *line;

	*view = (struct view){.path = path};
	view->source = file_read(path, &view->bytes);
	if (!view->source || strlen(view->source) != view->bytes) {
		complain(path, 1, "cannot be read");
		return false;
	}
	view->body = strcspn(view->source, "\n");
	line = s = keep_text(view->source, view->body);
	view->body += view->source[view->body] == '\n';
	view->name = between(&s, "{{view ", ": ");
	view->type = view->name ? between(&s, "", " from \"") : NULL;
	view->header = view->type ? between(&s, "", "\"}}") : NULL;
	if (!view->header || *s || strncmp(line, "{{view ", 7)) {
		complain(path, 1,
		    "the first line must be {{view NAME: struct "
		    "TYPE from \"HEADER\"}}");
		return false;
	}
	return true;
}

static bool
write_file(const char *path, const struct text *t)
{
	FILE *f = fopen(path, "w");
	bool good = f && fwrite(t->p, 1, t->n, f) == t->n;

	if (f && fclose(f) != 0)
		good = false;
	if (!good)
		fprintf(stderr, "template: cannot write %s\n", path);
	return good;
}

static bool
header_write(const char *path, const struct view *views, size_t n)
{
	struct text t = {0};

	text_adds(&t,
	    "#pragma once\n"
	    "/* The pages as functions; made by tools/template.c. */\n"
	    "#include \"base/buf.h\"\n#include \"base/i18n.h\"\n");
	for (size_t i = 0; i < n; i++) {
		bool again = false;

		for (size_t k = 0; k < i; k++)
			again |= !strcmp(views[k].header, views[i].header);
		if (!again)
			text_addf(&t, "#include \"%s\"\n", views[i].header);
	}
	text_adds(&t, "\n");
	for (size_t i = 0; i < n; i++)
		text_addf(&t,
		    "void view_%s(struct buf *b, enum lang lang,\n"
		    "    const %s *v);\n",
		    views[i].name, views[i].type);
	return write_file(path, &t);
}

/* Compiles all; how many failed. */
static size_t
compile(const struct settings *set, const char *header, struct text *out)
{
	size_t failed = 0;

	text_addf(out,
	    "/* Made by tools/template.c from the files that the "
	    "#lines name. */\n"
	    "#pragma GCC diagnostic ignored \"-Woverlength-strings\"\n"
	    "#include \"%s\"\n\n#include \"http/html.h\"\n",
	    header ? file_name(header) : "");
	for (size_t i = 0; i < set->n_views; i++)
		failed += !view_emit(set, &set->views[i], out);
	return failed;
}

static bool
arguments_read(struct arguments *a, int argc, char **argv)
{
	const struct {
		const char *name;
		const char **value;
	} options[] = {{"--c", &a->c}, {"--h", &a->h}, {"--mo", &a->mo},
	    {"--icons", &a->icons}, {"--assets", &a->assets},
	    {"--pot", &a->pot}};
	int i = 1;

	for (; i < argc && !strncmp(argv[i], "--", 2); i++) {
		bool found = !strcmp(argv[i], "--missing-ok");

		a->missing_ok |= found;
		for (size_t k = 0;
		     !found && k < sizeof options / sizeof *options; k++) {
			if (strcmp(argv[i], options[k].name) || i + 1 == argc)
				continue;
			*options[k].value = argv[++i];
			found = true;
			break;
		}
		if (!found)
			return false;
	}
	a->templates = (const char *const *)argv + i;
	a->n = (size_t)(argc - i);
	return a->n && a->n <= VIEWS_MAX && (a->pot || (a->c && a->h));
}

/* Writes what was made, unless something was wrong. */
static int
results_write(const struct arguments *a, const struct settings *set,
    const struct text *c, size_t failed)
{
	size_t missing = a->mo ? texts_missing(a->missing_ok) : 0;

	if (missing && !a->missing_ok) {
		fprintf(stderr, "template: %zu texts are not translated\n",
		    missing);
		failed++;
	}
	if (failed)
		return 1;
	if (a->pot && !texts_write_pot(a->pot))
		return 1;
	if (a->c && !write_file(a->c, c))
		return 1;
	return a->h && !header_write(a->h, set->views, set->n_views);
}

int
main(int argc, char **argv)
{
	struct arguments a = {0};
	struct view *views;
	struct settings set;
	struct text c = {0};
	size_t failed = 0, n;

	if (!arguments_read(&a, argc, argv)) {
		fputs("usage: template --c OUT.c --h OUT.h [--mo FILE "
		      "[--missing-ok]] [--icons FOLDER] [--assets MAP] "
		      "TEMPLATE...\n       template --pot OUT.pot "
		      "TEMPLATE...\n",
		    stderr);
		return 2;
	}
	if (a.mo && !texts_load(a.mo)) {
		fprintf(stderr, "template: %s is no .mo file\n", a.mo);
		return 1;
	}
	views = keep(a.n * sizeof *views);
	for (size_t i = 0; i < a.n; i++)
		failed += !view_read(a.templates[i], &views[i]);
	set = (struct settings){.views = views,
	    .n_views = a.n,
	    .icons = a.icons ? a.icons : "",
	    .assets = a.assets ? file_read(a.assets, &n) : NULL,
	    .texts_only = a.pot};
	if (!failed)
		failed = compile(&set, a.h, &c);
	return results_write(&a, &set, &c, failed);
}
