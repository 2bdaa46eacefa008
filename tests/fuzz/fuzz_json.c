/* Any bytes as JSON, and any bytes as a text in it: what is read can be written
 * and read again. */
#include "base/json.h"
#include "base/text.h"
#include "fuzz.h"

static bool
member_write(void *arg, struct str name, const struct json *value);

static void
value_write(struct json_out *o, const struct json *j)
{
	switch (json_kind(j)) {
	case JSON_NULL:
	case JSON_REAL:
		json_put_null(o);
		break;
	case JSON_BOOL:
		json_put_bool(o, json_bool(j));
		break;
	case JSON_INT:
		json_put_int(o, json_int(j));
		break;
	case JSON_TEXT:
		PROMISE(text_valid(json_text(j)));
		json_put_text(o, json_text(j));
		break;
	case JSON_LIST:
		json_open(o, '[');
		for (size_t i = 0; i < json_count(j); i++)
			value_write(o, json_at(j, i));
		json_close(o, ']');
		break;
	case JSON_OBJECT:
		json_open(o, '{');
		json_members(j, o, member_write);
		json_close(o, '}');
		break;
	}
}

static bool
member_write(void *arg, struct str name, const struct json *value)
{
	json_name(arg, name.p);
	value_write(arg, value);
	return true;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	void *mem = talloc_new(NULL);
	struct str source = str_copy(mem, (const char *)data, size), why;
	struct json_out o;
	struct json *j;
	struct buf b;

	buf_init(&b, mem, 64 << 20);
	json_begin(&o, &b);
	if (json_parse(mem, source, &j, &why) == OK)
		value_write(&o, j);
	else
		json_put_text(&o, source);
	PROMISE(json_parse(mem, buf_get(&b), &j, &why) == OK);
	talloc_free(mem);
	return 0;
}
