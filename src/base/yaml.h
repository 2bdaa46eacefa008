#pragma once
/*
 * YAML as a tree that knows where each node stood, so that every complaint can
 * say file:line:column (libfyaml inside).
 */
#include <stdbool.h>

#include "base/err.h"
#include "base/str.h"

enum yaml_kind { YAML_SCALAR, YAML_LIST, YAML_MAP };

struct yaml {
	enum yaml_kind kind;
	int line, column;      /* from 1 */
	struct str text;       /* YAML_SCALAR */
	size_t n;              /* children */
	struct yaml **item;    /* YAML_LIST: children; YAML_MAP: values */
	struct yaml **key;     /* YAML_MAP: keys, in the file's order */
};

enum {
	YAML_BYTES_MAX = 4 << 20,
	YAML_DEPTH_MAX = 32,
	COMPLAINTS_MAX = 100,
};

/* What is wrong with a file, each with its place. */
struct complaint {
	int line, column;
	struct str text;
};
struct complaints {
	void *mem;
	const char *file;
	size_t n;          /* may exceed COMPLAINTS_MAX: then only counted */
	struct complaint item[COMPLAINTS_MAX];
};

/* Parses the source; on ERR_INVALID `c` says where and why. Refuses duplicate
 * keys, aliases, tags, directives, multiple documents, hundreds of empty lines
 * on end, more than YAML_BYTES_MAX bytes or YAML_DEPTH_MAX levels, and text that
 * is not UTF-8. The tree is owned by `mem`. An empty file is an empty text at
 * line 1. */
MUST_CHECK enum err yaml_parse(void *mem, struct str source,
    struct complaints *c, struct yaml **out);

/* The value under `key` of a map, or NULL (also when `y` is NULL or no map). */
struct yaml *yaml_get(const struct yaml *y, const char *key);

/* The single value under it; "" if there is none. */
struct str yaml_text(const struct yaml *y, const char *key);

void complaints_init(struct complaints *c, void *mem, const char *file);

/* Adds a complaint at a node's place (NULL: line 1, column 1; a node of line 0:
 * none, it is not about anything in the file). */
void complain(struct complaints *c, const struct yaml *at, const char *format,
    ...) PRINTF_LIKE(3, 4);

/* All of them as "file:line:column: text" lines, for people; "file: text" where
 * there is no place. */
struct str complaints_text(void *mem, const struct complaints *c);
