/*
 * Reads whole files: the configuration, the instruction. Whatever serves files
 * over HTTP has them compiled in and does not come here.
 */
#include "base/file.h"

#include <errno.h>
#include <stdio.h>

#include "base/buf.h"

static enum err
stream_read(FILE *f, struct buf *b)
{
	char chunk[8192];
	size_t n;

	while ((n = fread(chunk, 1, sizeof chunk, f)) > 0)
		buf_put(b, chunk, n);
	if (ferror(f))
		return ERR_INTERNAL;
	if (b->full) {
		errno = EFBIG;
		return ERR_TOO_LARGE;
	}
	return OK;
}

enum err
file_read(void *mem, const char *path, size_t max, struct str *out)
{
	FILE *f = fopen(path, "rbe");
	struct buf b;
	enum err e;
	int why;

	if (!f)
		return ERR_NOT_FOUND;
	buf_init(&b, mem, max);
	e = stream_read(f, &b);
	why = errno;
	fclose(f);
	errno = why;
	if (e == OK)
		*out = buf_get(&b);
	return e;
}
