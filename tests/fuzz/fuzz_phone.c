/* Any bytes as a telephone number: what is taken is E.164, and what is shown of
 * it can be typed again. */
#include "base/phone.h"
#include "fuzz.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char *const countries[] = {"49", "43", "39", "1", "353"};
	void *mem = talloc_new(NULL);
	struct str typed = str_copy(mem, (const char *)data, size), out, again;
	const char *country = countries[size % 5];

	phone_show(mem, typed, country);
	if (phone_normalise(mem, typed, country, &out)) {
		PROMISE(out.n >= 7 && out.n <= 15 && out.p[0] != '0');
		for (size_t i = 0; i < out.n; i++)
			PROMISE(out.p[i] >= '0' && out.p[i] <= '9');
		PROMISE(phone_normalise(
		    mem, phone_show(mem, out, country), country, &again));
		PROMISE(str_eq(out, again));
	}
	talloc_free(mem);
	return 0;
}
