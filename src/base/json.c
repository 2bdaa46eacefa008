/*
 * JSON. What comes in is parsed by jansson, whose tree lives as long as the
 * memory it is given to; what goes out is written straight into a buffer. Which
 * members a request may have is the API door's business.
 */
#include "base/json.h"

#include <pthread.h>
#include <stdalign.h>
#include <stddef.h>

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

enum { DEPTH_MAX = 64, BLOCK_BYTES = 2000 };

/* Our name for jansson's node. */
static const json_t *
node(const struct json *j)
{
	return (const json_t *)j;
}

static const struct json *
ours(const json_t *j)
{
	return (const struct json *)j;
}

/* jansson does not say for whom it wants memory: for the one document that the
 * thread parses at this moment. It is cut from blocks of the caller's memory and
 * goes with that as a whole, so that no node is freed. */
static _Thread_local struct {
	void *mem;
	char *at;
	size_t left;
} blocks;

static void *
block_cut(size_t n)
{
	void *p;

	n = (n + alignof(max_align_t) - 1) / alignof(max_align_t) *
	    alignof(max_align_t);
	if (n > blocks.left) {
		blocks.left = n > BLOCK_BYTES ? n : BLOCK_BYTES;
		blocks.at = mem_sure(talloc_size(blocks.mem, blocks.left));
	}
	p = blocks.at;
	blocks.at += n;
	blocks.left -= n;
	return p;
}

static void
block_keep(void *p)
{
}

static void
blocks_use(void)
{
	json_set_alloc_funcs(block_cut, block_keep);
}

static json_t *
tree_load(void *mem, struct str source, json_error_t *error)
{
	static pthread_once_t once = PTHREAD_ONCE_INIT;
	json_t *root;

	pthread_once(&once, blocks_use);
	blocks.mem = mem;
	blocks.left = 0;
	root = json_loadb(source.p ? source.p : "", source.n,
	    JSON_REJECT_DUPLICATES | JSON_DECODE_ANY, error);
	blocks.mem = NULL;
	return root;
}

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
	root = tree_load(mem, source, &error);
	if (!root) {
		*why = str_printf(mem, "line %d, column %d: %s", error.line,
		    error.column, error.text);
		*why = text_line(mem, *why);
		return ERR_MALFORMED;
	}
	*out = (struct json *)root;
	return OK;
}

enum json_kind
json_kind(const struct json *j)
{
	switch (j ? json_typeof(node(j)) : JANSSON_NULL) {
	case JANSSON_OBJECT:
		return JSON_OBJECT;
	case JSON_ARRAY:
		return JSON_LIST;
	case JSON_STRING:
		return JSON_TEXT;
	case JSON_INTEGER:
		return JSON_INT;
	case JANSSON_REAL:
		return JSON_REAL;
	case JSON_TRUE:
	case JSON_FALSE:
		return JSON_BOOL;
	case JANSSON_NULL:
		break;
	}
	return JSON_NULL;
}

const struct json *
json_member(const struct json *object, const char *name)
{
	return ours(json_object_get(node(object), name));
}

const struct json *
json_at(const struct json *list, size_t i)
{
	return ours(json_array_get(node(list), i));
}

size_t
json_count(const struct json *j)
{
	return json_object_size(node(j)) + json_array_size(node(j));
}

struct str
json_text(const struct json *j)
{
	return (struct str){json_string_value(node(j)),
	    json_string_length(node(j))};
}

int64_t
json_int(const struct json *j)
{
	return json_integer_value(node(j));
}

bool
json_bool(const struct json *j)
{
	return json_is_true(node(j));
}

void
json_members(const struct json *object, void *arg,
    bool (*each)(void *arg, struct str name, const struct json *value))
{
	/* jansson asks for an object that it could change, and does not */
	json_t *o = (json_t *)(uintptr_t)object;
	void *at;

	for (at = json_object_iter(o); at; at = json_object_iter_next(o, at))
		if (!each(arg, str_of(json_object_iter_key(at)),
			ours(json_object_iter_value(at))))
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

/* "<" does not, so that JSON may stand in a page. */
static bool
stands_for_itself(unsigned char c)
{
	return c >= 0x20 && c != '"' && c != '\\' && c != '<' && c != 0x7f;
}

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
		unsigned char c = (unsigned char)s.p[i];

		if (stands_for_itself(c))
			continue;
		buf_put(b, s.p + from, i - from);
		buf_puts(b, escape_of(c, room));
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
