/* Any bytes as text: cleaning and folding give valid text, and doing it twice
 * changes nothing more. */
#include "base/number.h"
#include "base/text.h"
#include "fuzz.h"

static void
settles(void *mem, struct str s, struct str (*convert)(void *, struct str))
{
	struct str once = convert(mem, s), twice = convert(mem, once);

	PROMISE(text_valid(once));
	PROMISE(once.p[once.n] == '\0');
	PROMISE(str_eq(once, twice));
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	void *mem = talloc_new(NULL);
	struct str s = str_copy(mem, (const char *)data, size);
	size_t max = size ? data[0] : 0;

	PROMISE(str_eq(text_repair(mem, s), s) == text_valid(s));
	settles(mem, s, text_repair);
	settles(mem, s, text_clean);
	settles(mem, s, text_line);
	settles(mem, s, text_key);
	settles(mem, s, text_number_key);
	PROMISE(text_length(text_excerpt(mem, s, max)) <= max + 1);
	PROMISE(str_eq(text_reverse(mem, text_reverse(mem, s)), s));
	number_damm(s);
	talloc_free(mem);
	return 0;
}
