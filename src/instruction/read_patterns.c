/*
 * Reading lists of patterns: wording_load.c's and screen_load.c's. Where parts
 * are given, "{name}" in a pattern, or in a part, stands for any of that part's
 * items, so that what is said once is written once.
 */
#include "base/buf.h"
#include "base/mem.h"
#include "instruction/read.h"

enum { EXPANDED_BYTES_MAX = 32 << 10, NESTED_MAX = 4 };

struct expansion {
	const struct yaml *parts;
	struct buf out;
	const char *why; /* NULL: all is well */
};

static void expand(struct expansion *x, struct str source, int depth);

/* The items of the part, one of which must stand there. */
static void
part_put(struct expansion *x, struct str name, int depth)
{
	const struct yaml *part = yaml_get(x->parts,
	    str_copy(x->out.mem, name.p, name.n).p);

	if (!part || part->kind != YAML_LIST || depth > NESTED_MAX) {
		x->why = "it names a part that there is not";
		return;
	}
	buf_puts(&x->out, "(?:");
	for (size_t i = 0; i < part->n; i++) {
		if (i)
			buf_char(&x->out, '|');
		expand(x, part->item[i]->text, depth + 1);
	}
	buf_char(&x->out, ')');
}

/* A name in braces, as "{gap}"; "{0,4}" counts and is none. */
static bool
is_name(struct str s)
{
	size_t n = 1;

	while (n < s.n && s.p[n] >= 'a' && s.p[n] <= 'z')
		n++;
	return n > 1 && n < s.n && s.p[n] == '}';
}

static void
expand(struct expansion *x, struct str source, int depth)
{
	struct str name;

	while (source.n && !x->out.full) {
		if (source.p[0] != '{' || !is_name(source)) {
			buf_char(&x->out, source.p[0]);
			source = (struct str){source.p + 1, source.n - 1};
			continue;
		}
		source = (struct str){source.p + 1, source.n - 1};
		(void)str_take(&source, '}', &name);
		part_put(x, name, depth);
	}
}

static struct pattern *
read_pattern(struct reader *r, const struct yaml *item,
    const struct yaml *parts, bool unicode, struct str *why)
{
	struct expansion x = {.parts = parts};

	*why = STR("it must be a text");
	if (item->kind != YAML_SCALAR)
		return NULL;
	if (!parts)
		return pattern_new(r->mem, item->text, unicode, why);
	buf_init(&x.out, r->scratch, EXPANDED_BYTES_MAX);
	expand(&x, item->text, 0);
	if (x.out.full)
		x.why = "with its parts it is too long";
	if (x.why) {
		*why = str_of(x.why);
		return NULL;
	}
	return pattern_new(r->mem, buf_get(&x.out), unicode, why);
}

void
read_patterns(struct reader *r, const struct yaml *map, const char *key,
    const struct yaml *parts, bool unicode, struct pattern_list *out)
{
	const struct yaml *y = yaml_get(map, key);

	if (!y || y->kind != YAML_LIST) {
		complain(r->c, y ? y : map, "%s must be a list", key);
		return;
	}
	out->pattern = mem_array(r->mem, struct pattern *, y->n + 1);
	for (size_t i = 0; i < y->n; i++) {
		struct str why;
		struct pattern *p =
		    read_pattern(r, y->item[i], parts, unicode, &why);

		if (p)
			out->pattern[out->n++] = p;
		else
			complain(r->c, y->item[i], "pattern: %.*s",
			    STR_FMT(why));
	}
}
