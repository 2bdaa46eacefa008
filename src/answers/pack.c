/*
 * Id and length as base-128 numbers, least first; a region is one byte.
 */
#include "answers/pack.h"

static void
number_put(struct buf *b, uint64_t v)
{
	for (; v >= 0x80; v >>= 7)
		buf_char(b, (char)(v | 0x80));
	buf_char(b, (char)v);
}

static bool
number_next(struct str *s, uint64_t *out)
{
	*out = 0;
	for (int shift = 0; s->n && shift < 63; shift += 7) {
		unsigned char c = (unsigned char)*s->p;

		*s = (struct str){s->p + 1, s->n - 1};
		*out |= (uint64_t)(c & 0x7f) << shift;
		if (c < 0x80)
			return true;
	}
	return false;
}

void
pack_put(struct buf *b, const struct pack_link *l)
{
	enum { NUMBERS_MOST = 24 };

	if (!buf_reserve(b, l->text.n + NUMBERS_MOST))
		return;
	number_put(b, (uint64_t)l->to);
	buf_char(b, (char)l->region);
	number_put(b, l->text.n);
	buf_str(b, l->text);
}

bool
pack_next(struct str *bytes, struct pack_link *out)
{
	uint64_t id, n;

	if (!number_next(bytes, &id) || !bytes->n)
		return false;
	out->to = (int64_t)id;
	out->region = (unsigned char)*bytes->p;
	*bytes = (struct str){bytes->p + 1, bytes->n - 1};
	if (!number_next(bytes, &n) || n > bytes->n)
		return false;
	out->text = (struct str){bytes->p, (size_t)n};
	*bytes = (struct str){bytes->p + n, bytes->n - (size_t)n};
	return true;
}
