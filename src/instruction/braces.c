/*
 * Puts values into texts. What the names mean is up to whoever gives them.
 */
#include "instruction/braces.h"

#include "base/buf.h"

struct str
braces_fill(void *mem, struct str text,
    struct str (*value)(void *arg, struct str name), void *arg)
{
	struct buf b;
	long open;

	if (str_find(text, STR("{")) < 0)
		return text;
	buf_init(&b, mem, 1 << 16);
	while ((open = str_find(text, STR("{"))) >= 0) {
		struct str name = {text.p + open + 1, 0};
		size_t past;

		name.n = strcspn(name.p, "}");
		past = (size_t)open + 1 + name.n;
		past += past < text.n;
		buf_str(&b, (struct str){text.p, (size_t)open});
		buf_str(&b, value(arg, name));
		text = (struct str){text.p + past, text.n - past};
	}
	buf_str(&b, text);
	return buf_get(&b);
}

static struct str
word_of(void *arg, struct str name)
{
	enum lang lang = *(const enum lang *)arg;

	if (str_is(name, "price"))
		return str_of(tr(lang, N_("[price]")));
	if (str_is(name, "order"))
		return str_of(tr(lang, N_("[order]")));
	return str_of(tr(lang, N_("[employee]")));
}

struct str
braces_shown(void *mem, enum lang lang, struct str text)
{
	return braces_fill(mem, text, word_of, &lang);
}
