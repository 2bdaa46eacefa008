/*
 * Check digits. Which numbers are there, and whether somebody has one, their
 * nouns know (desk/ticket.c, desk/customer.c); how a typed one is compared is
 * text_number_key's matter.
 */
#include "base/number.h"

#include "base/buf.h"
#include "base/text.h"

enum { NUMBER_BYTES = 24 };

struct str
number_checked(void *mem, int64_t n)
{
	struct buf b;
	char check;

	buf_init(&b, mem, NUMBER_BYTES);
	buf_i64(&b, n);
	check = number_damm(buf_get(&b));
	buf_char(&b, '-');
	buf_char(&b, check);
	return buf_get(&b);
}

bool
number_read(void *mem, struct str typed, int64_t *out)
{
	struct str key = text_number_key(mem, typed);
	struct str digits;
	int64_t n;

	if (key.n < 2)
		return false;
	digits = str_copy(mem, key.p, key.n - 1);
	if (!str_to_i64(digits, &n) || n <= 0 ||
	    number_damm(digits) != key.p[key.n - 1])
		return false;
	*out = n;
	return true;
}

char
number_damm(struct str digits)
{
	/* a totally anti-symmetric quasigroup: the test proves the property */
	static const char *const table[10] = {"0317598642", "7092154863",
	    "4206871359", "1750983426", "6123045978", "3674209581",
	    "5869720134", "8945362017", "9438617205", "2581436790"};
	int check = 0;

	for (size_t i = 0; i < digits.n; i++)
		if (digits.p[i] >= '0' && digits.p[i] <= '9')
			check = table[check][digits.p[i] - '0'] - '0';
	return (char)('0' + check);
}
