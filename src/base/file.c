/*
 * Reads whole files: the configuration, the instruction. Whatever serves files
 * over HTTP has them compiled in and does not come here.
 */
#include "base/file.h"

#include <errno.h>

#include "base/buf.h"

enum err
file_read_stream(void *mem, FILE *f, size_t max, struct str *out)
{
	char chunk[64 << 10];
	struct buf b;
	size_t n;

	buf_init(&b, mem, max);
	while (!b.full && (n = fread(chunk, 1, sizeof chunk, f)) > 0)
		buf_put(&b, chunk, n);
	if (ferror(f))
		return ERR_INTERNAL;
	if (b.full) {
		errno = EFBIG;
		return ERR_TOO_LARGE;
	}
	*out = buf_get(&b);
	return OK;
}

enum err
file_read(void *mem, const char *path, size_t max, struct str *out)
{
	FILE *f = fopen(path, "rbe");
	enum err e;
	int why;

	if (!f)
		return ERR_NOT_FOUND;
	e = file_read_stream(mem, f, max, out);
	why = errno;
	fclose(f);
	errno = why;
	return e;
}
