/*
 * gzip by zlib, in pieces, so that a bomb ends at the limit.
 */
#include "net/unpack.h"

#include <zlib.h>

#include "base/buf.h"

enum { PIECE = 32 << 10, GZIP_WINDOW = 15 + 16 };

bool
unpack_is_gzip(struct str s)
{
	return s.n > 2 && memcmp(s.p, "\x1f\x8b", 2) == 0;
}

bool
unpack_gzip(void *mem, struct str s, size_t max, struct str *out)
{
	z_stream z = {.next_in = (unsigned char *)s.p,
	    .avail_in = (unsigned)s.n};
	char piece[PIECE];
	struct buf b;
	int code;

	if (inflateInit2(&z, GZIP_WINDOW) != Z_OK)
		return false;
	buf_init(&b, mem, max);
	do {
		z.next_out = (unsigned char *)piece;
		z.avail_out = sizeof piece;
		code = inflate(&z, Z_NO_FLUSH);
		buf_put(&b, piece, sizeof piece - z.avail_out);
	} while (code == Z_OK && !b.full);
	inflateEnd(&z);
	*out = buf_get(&b);
	return code == Z_STREAM_END && !b.full;
}
