/*
 * JSON. What comes in is parsed by jansson and copied into a tree that talloc
 * owns, so that a request frees it with everything else; what goes out is
 * written straight into a buffer. Which members a request may have is the API
 * door's business.
 */
#include "base/json.h"

/* jansson's names for kinds are ours too, with other values. */
#define JSON_OBJECT JANSSON_OBJECT
#define JSON_REAL   JANSSON_REAL
#define JSON_NULL   JANSSON_NULL
#include <jansson.h>
#undef JSON_OBJECT
#undef JSON_REAL
#undef JSON_NULL

#include "base/mem.h"
#include "base/text.h"

enum { DEPTH_MAX = 64 };

struct json {
	enum json_kind kind;
	struct str text;    /* JSON_TEXT */
	int64_t number;     /* JSON_INT, JSON_BOOL */
	size_t n;           /* JSON_LIST, JSON_OBJECT */
	struct json *item;
	struct str *name;   /* JSON_OBJECT */
};

/* Whether the brackets outside of texts nest too deep. */
static bool
is_too_deep(struct str s)
{
	int depth = 0;
	bool quoted = false;

	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];

		if (quoted && c == '\\')
			i++;
		else if (c == '"')
			quoted = !quoted;
		else if (!quoted && (c == '{' || c == '['))
			depth++;
		else if (!quoted && (c == '}' || c == ']'))
			depth--;
		if (depth > DEPTH_MAX)
			return true;
	}
	return false;
}

static void node_copy(void *mem, json_t *from, struct json *to);

static void
object_copy(void *mem, json_t *from, struct json *to)
{
	const char *name;
	json_t *value;
	size_t i = 0;

	to->kind = JSON_OBJECT;
	to->n = json_object_size(from);
	to->item = mem_array(mem, struct json, to->n);
	to->name = mem_array(mem, struct str, to->n);
	json_object_foreach(from, name, value) {
		to->name[i] = str_dup(to->name, str_of(name));
		node_copy(to->item, value, &to->item[i++]);
	}
}

static void
list_copy(void *mem, json_t *from, struct json *to)
{
	to->kind = JSON_LIST;
	to->n = json_array_size(from);
	to->item = mem_array(mem, struct json, to->n);
	for (size_t i = 0; i < to->n; i++)
		node_copy(to->item, json_array_get(from, i), &to->item[i]);
}

static void
node_copy(void *mem, json_t *from, struct json *to)
{
	switch (json_typeof(from)) {
	case JANSSON_OBJECT:
		object_copy(mem, from, to);
		break;
	case JSON_ARRAY:
		list_copy(mem, from, to);
		break;
	case JSON_STRING:
		to->kind = JSON_TEXT;
		to->text = str_copy(mem, json_string_value(from),
		    json_string_length(from));
		break;
	case JSON_INTEGER:
		to->kind = JSON_INT;
		to->number = json_integer_value(from);
		break;
	case JANSSON_REAL:
		to->kind = JSON_REAL;
		break;
	case JSON_TRUE:
	case JSON_FALSE:
		to->kind = JSON_BOOL;
		to->number = json_typeof(from) == JSON_TRUE;
		break;
	case JANSSON_NULL:
		to->kind = JSON_NULL;
		break;
	}
}

enum err
json_parse(void *mem, struct str source, struct json **out, struct str *why)
{
	json_error_t error;
	json_t *root;

	if (is_too_deep(source)) {
		*why = str_printf(mem, "nested more than %d levels deep",
		    DEPTH_MAX);
		return ERR_MALFORMED;
	}
	root = json_loadb(source.p ? source.p : "", source.n,
	    JSON_REJECT_DUPLICATES | JSON_DECODE_ANY, &error);
	if (!root) {
		*why = str_printf(mem, "line %d, column %d: %s", error.line,
		    error.column, error.text);
		*why = text_line(mem, *why);
		return ERR_MALFORMED;
	}
	*out = mem_new(mem, struct json);
	node_copy(*out, root, *out);
	json_decref(root);
	return OK;
}

enum json_kind
json_kind(const struct json *j)
{
	return j ? j->kind : JSON_NULL;
}

const struct json *
json_member(const struct json *object, const char *name)
{
	if (json_kind(object) != JSON_OBJECT)
		return NULL;
	for (size_t i = 0; i < object->n; i++)
		if (str_is(object->name[i], name))
			return &object->item[i];
	return NULL;
}

const struct json *
json_at(const struct json *list, size_t i)
{
	return json_kind(list) == JSON_LIST && i < list->n ? &list->item[i]
							   : NULL;
}

size_t
json_count(const struct json *j)
{
	return j ? j->n : 0;
}

struct str
json_text(const struct json *j)
{
	return json_kind(j) == JSON_TEXT ? j->text : str_of(NULL);
}

int64_t
json_int(const struct json *j)
{
	return json_kind(j) == JSON_INT ? j->number : 0;
}

bool
json_bool(const struct json *j)
{
	return json_kind(j) == JSON_BOOL && j->number;
}

void
json_members(const struct json *object, void *arg,
    bool (*each)(void *arg, struct str name, const struct json *value))
{
	if (json_kind(object) != JSON_OBJECT)
		return;
	for (size_t i = 0; i < object->n; i++)
		if (!each(arg, object->name[i], &object->item[i]))
			return;
}

void
json_begin(struct json_out *o, struct buf *b)
{
	*o = (struct json_out){.b = b};
}

/* A comma where one is due; the next value will want one before it. */
static void
value_begin(struct json_out *o)
{
	if (o->comma)
		buf_char(o->b, ',');
	o->comma = true;
}

void
json_open(struct json_out *o, char bracket)
{
	value_begin(o);
	buf_char(o->b, bracket);
	o->comma = false;
}

void
json_close(struct json_out *o, char bracket)
{
	buf_char(o->b, bracket);
	o->comma = true;
}

/* The escape of a character, NULL if it stands for itself. "<" is escaped so
 * that JSON may stand in a page. */
static const char *
escape_of(unsigned char c, char room[8])
{
	static const char hex[] = "0123456789abcdef";

	switch (c) {
	case '"':
		return "\\\"";
	case '\\':
		return "\\\\";
	case '\n':
		return "\\n";
	case '\r':
		return "\\r";
	case '\t':
		return "\\t";
	default:
		if (c >= 0x20 && c != 0x7f && c != '<')
			return NULL;
		memcpy(room, "\\u00", 4);
		room[4] = hex[c >> 4];
		room[5] = hex[c & 15];
		room[6] = '\0';
		return room;
	}
}

static void
text_put(struct buf *b, struct str s)
{
	char room[8];
	size_t from = 0;

	if (!text_valid(s))
		s = text_repair(b->mem, s);
	buf_char(b, '"');
	for (size_t i = 0; i < s.n; i++) {
		const char *escape = escape_of((unsigned char)s.p[i], room);

		if (!escape)
			continue;
		buf_put(b, s.p + from, i - from);
		buf_puts(b, escape);
		from = i + 1;
	}
	buf_put(b, s.p + from, s.n - from);
	buf_char(b, '"');
}

void
json_name(struct json_out *o, const char *name)
{
	value_begin(o);
	text_put(o->b, str_of(name));
	buf_char(o->b, ':');
	o->comma = false;
}

void
json_put_text(struct json_out *o, struct str s)
{
	if (!s.p) {
		json_put_null(o);
		return;
	}
	value_begin(o);
	text_put(o->b, s);
}

void
json_put_int(struct json_out *o, int64_t v)
{
	value_begin(o);
	buf_i64(o->b, v);
}

void
json_put_bool(struct json_out *o, bool v)
{
	value_begin(o);
	buf_puts(o->b, v ? "true" : "false");
}

void
json_put_null(struct json_out *o)
{
	value_begin(o);
	buf_puts(o->b, "null");
}
