#pragma once
/*
 * JSON: reading what comes in (jansson inside) and writing what goes out (a
 * streaming writer of our own, since answers are written far more often than
 * requests are read).
 */
#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/str.h"

struct json;

enum json_kind {
	JSON_NULL, JSON_BOOL, JSON_INT, JSON_REAL, JSON_TEXT, JSON_LIST, JSON_OBJECT
};

/* Parses one document, at most 64 levels deep, no duplicate members, valid
 * UTF-8, no NUL in texts. Owned by `mem`. ERR_MALFORMED: *why says where. */
MUST_CHECK enum err json_parse(void *mem, struct str source, struct json **out,
    struct str *why);

enum json_kind json_kind(const struct json *j);
const struct json *json_member(const struct json *object, const char *name);
const struct json *json_at(const struct json *list, size_t i);
size_t json_count(const struct json *j);          /* items or members */
struct str json_text(const struct json *j);       /* JSON_TEXT, borrowed */
int64_t json_int(const struct json *j);
bool json_bool(const struct json *j);

/* Calls `each` for every member of an object, in order, until it returns
 * false. */
void json_members(const struct json *object, void *arg,
    bool (*each)(void *arg, struct str name, const struct json *value));

/* Writing: open, members or items, close; commas come by themselves. */
struct json_out {
	struct buf *b;
	bool comma;
};

void json_begin(struct json_out *o, struct buf *b);
void json_open(struct json_out *o, char bracket);   /* '{' or '[' */
void json_close(struct json_out *o, char bracket);  /* '}' or ']' */
void json_name(struct json_out *o, const char *name);
void json_put_text(struct json_out *o, struct str s);  /* NULL gives null */
void json_put_int(struct json_out *o, int64_t v);
void json_put_bool(struct json_out *o, bool v);
void json_put_null(struct json_out *o);
