/*
 * The template compiler's memory, text and translations. The German texts come
 * from the .mo file that msgfmt makes of locale/de.po; they are looked up while
 * templates are compiled, so that a page costs no look-up when it is shown.
 * The same table for texts in C code is made by tools/catalogue.c.
 */
#include "template.h"

#include <errno.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

struct kept {
	struct kept *next;
	max_align_t bytes[];
};

struct asked {
	const char *msgid, *path;
	int line;
	bool missing;
};

static struct kept *kept; /* keeps everything reachable until the end */
static struct {
	const char *mo;
	size_t n;
	struct asked *asked;
	size_t n_asked, cap;
} texts;

void *
keep(size_t bytes)
{
	struct kept *k = calloc(1, sizeof *k + bytes);

	if (!k)
		abort();
	k->next = kept;
	kept = k;
	return k->bytes;
}

char *
keep_text(const char *p, size_t n)
{
	char *copy = keep(n + 1);

	memcpy(copy, p, n);
	return copy;
}

void
text_add(struct text *t, const char *p, size_t n)
{
	if (t->n + n + 1 > t->cap) {
		size_t cap = (t->n + n + 1) * 2;
		char *wider = keep(cap);

		if (t->n)
			memcpy(wider, t->p, t->n);
		t->p = wider;
		t->cap = cap;
	}
	if (n)
		memcpy(t->p + t->n, p, n);
	t->n += n;
	t->p[t->n] = '\0';
}

void
text_adds(struct text *t, const char *s)
{
	text_add(t, s, strlen(s));
}

void
text_addf(struct text *t, const char *format, ...)
{
	char line[4096];
	va_list ap;
	int n;

	va_start(ap, format);
	n = vsnprintf(line, sizeof line, format, ap);
	va_end(ap);
	if (n < 0 || (size_t)n >= sizeof line)
		abort();
	text_add(t, line, (size_t)n);
}

void
text_add_c(struct text *t, const char *p, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		unsigned char ch = (unsigned char)p[i];

		if (ch == '\n')
			text_adds(t, i + 1 < n ? "\\n\"\n\t    \"" : "\\n");
		else if (ch == '"' || ch == '\\' || ch == '?')
			text_addf(t, "\\%c", ch);
		else if (ch < 0x20 || ch == 0x7f)
			text_addf(t, "\\%03o", ch);
		else
			text_add(t, p + i, 1);
	}
}

char *
file_read(const char *path, size_t *n)
{
	struct text t = {0};
	char part[1 << 14];
	FILE *f = fopen(path, "rb");
	size_t got;
	bool bad;

	if (!f)
		return NULL;
	while ((got = fread(part, 1, sizeof part, f)) > 0)
		text_add(&t, part, got);
	text_adds(&t, "");
	bad = ferror(f);
	fclose(f);
	*n = t.n;
	return bad ? NULL : t.p;
}

const char *
file_name(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? slash + 1 : path;
}

static uint32_t
mo_word(size_t at)
{
	uint32_t w = 0;

	if (at + sizeof w <= texts.n)
		memcpy(&w, texts.mo + at, sizeof w);
	return w;
}

bool
texts_load(const char *path)
{
	texts.mo = file_read(path, &texts.n);
	return texts.mo && mo_word(0) == 0x950412de;
}

/* The `i`th text of the table that begins where the word at `table` says. */
static const char *
mo_text(size_t table, size_t i)
{
	size_t at = mo_word(mo_word(table) + 8 * i + 4);

	return at < texts.n ? texts.mo + at : "";
}

/* The German text, found by halving: the ids are sorted. */
static const char *
mo_find(const char *msgid)
{
	size_t low = 0, high = texts.mo ? mo_word(8) : 0;

	while (low < high) {
		size_t middle = (low + high) / 2;
		int order = strcmp(msgid, mo_text(12, middle));

		if (order == 0)
			return mo_text(16, middle);
		if (order < 0)
			high = middle;
		else
			low = middle + 1;
	}
	return NULL;
}

const char *
texts_find(const char *msgid, const char *path, int line)
{
	const char *german = mo_find(msgid);

	if (texts.n_asked == texts.cap) {
		size_t cap = texts.cap ? texts.cap * 2 : 256;
		struct asked *wider = keep(cap * sizeof *wider);

		if (texts.n_asked)
			memcpy(wider, texts.asked,
			    texts.n_asked * sizeof *wider);
		texts.asked = wider;
		texts.cap = cap;
	}
	texts.asked[texts.n_asked++] =
	    (struct asked){msgid, path, line, !german};
	return german;
}

size_t
texts_missing(bool ok)
{
	size_t n = 0;

	for (size_t i = 0; i < texts.n_asked; i++) {
		const struct asked *a = &texts.asked[i];

		if (!a->missing)
			continue;
		n++;
		fprintf(stderr, "%s:%d: %s: no German text for \"%s\"\n",
		    a->path, a->line, ok ? "warning" : "error", a->msgid);
	}
	return n;
}

static bool
asked_before(size_t i)
{
	for (size_t k = 0; k < i; k++)
		if (!strcmp(texts.asked[k].msgid, texts.asked[i].msgid))
			return true;
	return false;
}

bool
texts_write_pot(const char *path)
{
	FILE *f = fopen(path, "w");
	bool good;

	if (!f)
		return false;
	fputs("msgid \"\"\nmsgstr \"\"\n"
	      "\"Content-Type: text/plain; charset=UTF-8\\n\"\n",
	    f);
	for (size_t i = 0; i < texts.n_asked; i++) {
		struct text id = {0};

		if (asked_before(i))
			continue;
		for (const char *s = texts.asked[i].msgid; *s; s++) {
			if (*s == '"' || *s == '\\')
				text_adds(&id, "\\");
			text_add(&id, s, 1);
		}
		fputs("\n", f);
		for (size_t k = i; k < texts.n_asked; k++)
			if (!strcmp(texts.asked[k].msgid, texts.asked[i].msgid))
				fprintf(f, "#: %s:%d\n", texts.asked[k].path,
				    texts.asked[k].line);
		fprintf(f, "msgid \"%s\"\nmsgstr \"\"\n", id.p);
	}
	good = !ferror(f);
	return fclose(f) == 0 && good;
}
