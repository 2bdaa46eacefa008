/*
 * A program of its own, since PDF readers are where files from strangers do
 * harm: bounded in time, memory and what it may say.
 */
#include "answers/pdf.h"

#include "answers/extract.h"
#include "base/buf.h"
#include "base/child.h"
#include "base/text.h"

enum { TIME_MS = 20000, MEMORY_BYTES = 512 << 20 };

/* Lines as paragraphs: one break where it had any number. */
static struct str
paragraphs(void *mem, struct str s)
{
	struct buf b;

	buf_init(&b, mem, EXTRACT_TEXT_BYTES_MAX);
	for (size_t i = 0; i < s.n; i++) {
		bool breaks = s.p[i] == '\n' || s.p[i] == '\f' ||
		    s.p[i] == '\r';

		if (!breaks)
			buf_char(&b, s.p[i]);
		else if (b.n && b.p[b.n - 1] != '\n')
			buf_char(&b, '\n');
	}
	return text_clean(mem, text_repair(mem, buf_get(&b)));
}

enum err
pdf_text(void *mem, struct str bytes, struct str *out)
{
	static const char *const argv[] = {"pdftotext", "-q", "-enc", "UTF-8",
	    "-nopgbrk", "-", "-", NULL};
	const struct child c = {.argv = argv,
	    .in = bytes,
	    .most = 4UL * EXTRACT_TEXT_BYTES_MAX,
	    .time_ms = TIME_MS,
	    .memory_bytes = MEMORY_BYTES};
	struct str said;
	enum err e = child_run(mem, &c, &said);

	if (e == OK)
		*out = paragraphs(mem, said);
	return e;
}
