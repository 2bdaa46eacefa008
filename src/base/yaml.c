/*
 * YAML by libfyaml, read event by event into a tree of our own, so that depth,
 * size and everything that a file of ours has no use for (aliases, tags,
 * further documents) is refused before it can cost anything. What the values
 * mean is said by base/config.c and by the instruction floor.
 */
#include "base/yaml.h"

#include <stdlib.h>

#include <libfyaml.h>

#include "base/log.h"
#include "base/mem.h"
#include "base/text.h"

enum { NODES_MAX = 1 << 18, BREAKS_MAX = 200 };

/* A list or map that is being read. */
struct open {
	struct yaml *node;
	struct yaml *key; /* waits for its value */
	size_t room;
};

struct reader {
	void *mem;
	struct complaints *c;
	struct yaml *root;
	struct yaml at; /* where we are, for complaints */
	struct open open[YAML_DEPTH_MAX];
	int depth, documents;
	size_t nodes;
};

static struct yaml *
node_new(struct reader *r, enum yaml_kind kind, struct str text)
{
	struct yaml *y = mem_sure(
	    talloc_zero_size(r->mem, sizeof *y + text.n + 1));
	char *copy = (char *)(y + 1);

	if (text.n)
		memcpy(copy, text.p, text.n);
	*y = (struct yaml){.kind = kind,
	    .line = r->at.line,
	    .column = r->at.column,
	    .text = {copy, text.n}};
	return y;
}

/* Whether the node is the key of a map that its value has yet to follow. */
static bool
is_key(const struct reader *r)
{
	const struct open *o = r->open + r->depth;

	return r->depth > 0 && o[-1].node->kind == YAML_MAP && !o[-1].key;
}

/* Hangs a node where the file put it. */
static void
node_hang(struct reader *r, struct yaml *y)
{
	struct open *o;
	struct yaml *parent;

	if (r->depth == 0) {
		r->root = y;
		return;
	}
	o = &r->open[r->depth - 1];
	if (is_key(r)) {
		o->key = y;
		return;
	}
	parent = o->node;
	if (parent->n == o->room) {
		o->room = o->room ? 2 * o->room : 8;
		parent->item = mem_sure(talloc_realloc(
		    parent, parent->item, struct yaml *, (unsigned)o->room));
		parent->key = mem_sure(talloc_realloc(
		    parent, parent->key, struct yaml *, (unsigned)o->room));
	}
	parent->item[parent->n] = y;
	parent->key[parent->n++] = o->key;
	o->key = NULL;
}

static bool
scalar_read(struct reader *r, struct fy_event *event)
{
	size_t n = 0;
	const char *p = fy_token_get_text(event->scalar.value, &n);
	struct str text = {p ? p : "", p ? n : 0};

	if (!text_valid(text)) {
		complain(r->c, &r->at, "the text is not valid UTF-8");
		text.n = 0;
	}
	node_hang(r, node_new(r, YAML_SCALAR, text));
	return true;
}

static bool
container_open(struct reader *r, enum yaml_kind kind)
{
	struct yaml *y = node_new(r, kind, STR(""));

	if (is_key(r)) {
		complain(r->c, &r->at, "a key must be a plain text");
		return false;
	}
	if (r->depth == YAML_DEPTH_MAX) {
		complain(r->c, &r->at, "nested more than %d levels deep",
		    YAML_DEPTH_MAX);
		return false;
	}
	node_hang(r, y);
	r->open[r->depth++] = (struct open){.node = y};
	return true;
}

static int
key_compare(const void *a, const void *b)
{
	const struct yaml *x = *(struct yaml *const *)a;
	const struct yaml *y = *(struct yaml *const *)b;
	int c = str_order(x->text, y->text);

	if (c == 0)
		c = x->line != y->line ? x->line - y->line
				       : x->column - y->column;
	return c;
}

static void
duplicates_find(struct reader *r, const struct yaml *map)
{
	struct yaml **sorted;

	if (map->n < 2)
		return;
	sorted = mem_sure(talloc_memdup(
	    r->mem, map->key, map->n * sizeof *map->key));
	qsort(sorted, map->n, sizeof *sorted, key_compare);
	for (size_t i = 1; i < map->n; i++)
		if (str_eq(sorted[i - 1]->text, sorted[i]->text))
			complain(r->c, sorted[i],
			    "\"%.*s\" was given already in line %d",
			    STR_FMT(text_excerpt(r->mem, sorted[i]->text, 60)),
			    sorted[i - 1]->line);
	talloc_free(sorted);
}

static void
container_close(struct reader *r)
{
	struct open *o = &r->open[--r->depth];

	if (o->node->kind == YAML_MAP)
		duplicates_find(r, o->node);
	else
		TALLOC_FREE(o->node->key);
}

/* Takes note of the event's place and refuses what files of ours have no use
 * for. */
static void
event_inspect(struct reader *r, struct fy_event *event)
{
	const struct fy_mark *mark = fy_event_start_mark(event);

	if (mark && mark->line >= 0 && mark->column >= 0) {
		r->at.line = mark->line + 1;
		r->at.column = mark->column + 1;
	}
	if (event->type == FYET_ALIAS || fy_event_get_anchor_token(event))
		complain(r->c, &r->at, "anchors and aliases are not allowed");
	if (fy_event_get_tag_token(event))
		complain(r->c, &r->at, "tags are not allowed");
}

/* Takes one event; false where there is no use in reading on. */
static bool
event_take(struct reader *r, struct fy_event *event)
{
	event_inspect(r, event);
	switch (event->type) {
	case FYET_DOCUMENT_START:
		if (r->documents++ == 0)
			return true;
		complain(r->c, &r->at, "only one document is allowed");
		return false;
	case FYET_MAPPING_END:
	case FYET_SEQUENCE_END:
		container_close(r);
		return true;
	case FYET_MAPPING_START:
	case FYET_SEQUENCE_START:
	case FYET_SCALAR:
	case FYET_ALIAS:
		break;
	default:
		return true;
	}
	if (++r->nodes > NODES_MAX) {
		complain(r->c, &r->at, "more than %d values", NODES_MAX);
		return false;
	}
	if (event->type == FYET_SCALAR)
		return scalar_read(r, event);
	if (event->type == FYET_ALIAS) {
		node_hang(r, node_new(r, YAML_SCALAR, STR("")));
		return true;
	}
	return container_open(
	    r, event->type == FYET_MAPPING_START ? YAML_MAP : YAML_LIST);
}

/* Hands the parser's own complaints on. */
static void
diagnostics_take(struct reader *r, struct fy_diag *diag)
{
	void *iterator = NULL;
	struct fy_diag_error *error;
	size_t before = r->c->n;

	while ((error = fy_diag_errors_iterate(diag, &iterator))) {
		struct yaml at = {.line = error->line, .column = error->column};
		struct str text = text_line(r->mem, str_of(error->msg));

		complain(r->c, &at, "%.*s", STR_FMT(text));
	}
	if (r->c->n == before)
		complain(r->c, &r->at, "this cannot be read as YAML");
}

static void
silence(struct fy_diag *diag, void *user, const char *p, size_t n)
{
}

static struct fy_diag *
diag_new(void)
{
	struct fy_diag_cfg config;
	struct fy_diag *diag;

	fy_diag_cfg_default(&config);
	config.fp = NULL;
	config.output_fn = silence;
	config.colorize = false;
	diag = mem_sure(fy_diag_create(&config));
	fy_diag_set_collect_errors(diag, true);
	return diag;
}

/* What no file of ours has, and what takes the parser a time that grows with the
 * square: directives, and line after line without a text. */
static bool
lines_inspect(struct reader *r, struct str source)
{
	static const struct str mark = {"\xef\xbb\xbf", 3};
	bool begins = true;
	int breaks = 0;

	for (size_t i = str_starts(source, mark) ? mark.n : 0; i < source.n;
	     i++) {
		char c = source.p[i];

		if (begins && c == '%') {
			complain(r->c, &r->at, "directives are not allowed");
			return false;
		}
		begins = c == '\n' || c == '\r';
		r->at.line += c == '\n';
		if (!begins && c != ' ' && c != '\t')
			breaks = 0;
		if (begins && ++breaks > BREAKS_MAX) {
			complain(r->c, &r->at, "more than %d empty lines",
			    BREAKS_MAX);
			return false;
		}
	}
	return true;
}

static void
events_read(struct reader *r, struct str source)
{
	struct fy_diag *diag = diag_new();
	struct fy_parse_cfg config = {
	    .flags = FYPCF_QUIET | FYPCF_COLLECT_DIAG, .diag = diag};
	struct fy_parser *parser = mem_sure(fy_parser_create(&config));
	struct fy_event *event;
	bool more = true;

	if (fy_parser_set_string(parser, source.p, source.n))
		die("no memory for a YAML parser");
	while (more && (event = fy_parser_parse(parser))) {
		more = event_take(r, event);
		fy_parser_event_free(parser, event);
	}
	if (fy_parser_get_stream_error(parser))
		diagnostics_take(r, diag);
	fy_parser_destroy(parser);
	fy_diag_destroy(diag);
}

enum err
yaml_parse(void *mem, struct str source, struct complaints *c,
    struct yaml **out)
{
	size_t before = c->n;
	struct reader *r = mem_new(mem, struct reader);

	r->mem = r;
	r->c = c;
	r->at = (struct yaml){.line = 1, .column = 1};
	if (source.n > YAML_BYTES_MAX)
		complain(c, NULL, "more than %d bytes", YAML_BYTES_MAX);
	else if (!text_valid(source))
		complain(c, NULL, "the file is not valid UTF-8");
	else if (source.n && lines_inspect(r, source))
		events_read(r, source);
	if (c->n > before) {
		talloc_free(r);
		return ERR_INVALID;
	}
	if (!r->root) {
		r->at = (struct yaml){.line = 1, .column = 1};
		r->root = node_new(r, YAML_SCALAR, STR(""));
	}
	*out = r->root;
	return OK;
}

struct yaml *
yaml_get(const struct yaml *y, const char *key)
{
	if (!y || y->kind != YAML_MAP)
		return NULL;
	for (size_t i = 0; i < y->n; i++)
		if (str_is(y->key[i]->text, key))
			return y->item[i];
	return NULL;
}

struct str
yaml_text(const struct yaml *y, const char *key)
{
	const struct yaml *value = yaml_get(y, key);

	return value && value->kind == YAML_SCALAR ? value->text : STR("");
}
