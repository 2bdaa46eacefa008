/*
 * Routes as a tree of path segments, built once at start and only read after.
 * Each node has its literal children, one child for "{name}" (a number) and one
 * for "{name:text}". The names of variables are looked up in the route's own
 * path, so that two routes may call the same segment differently.
 */
#include "http/router.h"

#include "base/log.h"
#include "base/mem.h"

enum { DEPTH_MAX = 12 };

struct node {
	struct str name;             /* of a literal segment */
	struct node *child, *next;   /* literals below and beside */
	struct node *id, *text;
	const struct http_route *route[HTTP__MAX];
};

struct router {
	struct node root;
};

/* Walks over the segments of a path: "/a/b" gives "a", "b"; "/" gives none. */
static bool
segment_next(struct str *rest, struct str *out)
{
	const char *end;

	if (rest->n < 2 || rest->p[0] != '/')
		return false;
	rest->p++;
	rest->n--;
	end = memchr(rest->p, '/', rest->n);
	out->p = rest->p;
	out->n = end ? (size_t)(end - rest->p) : rest->n;
	rest->p += out->n;
	rest->n -= out->n;
	return true;
}

static bool
is_var(struct str segment)
{
	return segment.n > 2 && segment.p[0] == '{';
}

/* "{name}" and "{name:text}" without the rest. */
static struct str
var_name(struct str segment)
{
	struct str name = {segment.p + 1, segment.n - 2};
	const char *colon = memchr(name.p, ':', name.n);

	if (colon)
		name.n = (size_t)(colon - name.p);
	return name;
}

static struct node *
literal_find(const struct node *at, struct str segment)
{
	struct node *n = at->child;

	while (n && !str_eq(n->name, segment))
		n = n->next;
	return n;
}

/* The child that a pattern's segment names, made if it is not there. */
static struct node *
child_make(void *mem, struct node *at, struct str segment)
{
	struct node *n, **place;

	if (is_var(segment)) {
		place = memchr(segment.p, ':', segment.n) ? &at->text
							  : &at->id;
		if (!*place)
			*place = mem_new(mem, struct node);
		return *place;
	}
	n = literal_find(at, segment);
	if (!n) {
		n = mem_new(mem, struct node);
		n->name = segment;
		n->next = at->child;
		at->child = n;
	}
	return n;
}

static void
route_add(struct router *r, const struct http_route *route)
{
	struct str rest = str_of(route->path), segment;
	struct node *at = &r->root;
	int vars = 0, depth = 0;

	while (segment_next(&rest, &segment)) {
		vars += is_var(segment);
		at = child_make(r, at, segment);
		depth++;
	}
	if (route->path[0] != '/' || (rest.n && depth) ||
	    vars > ROUTE_VARS_MAX || depth > DEPTH_MAX)
		die("the route %s is malformed", route->path);
	if (at->route[route->method])
		die("the route %s stands twice", route->path);
	at->route[route->method] = route;
}

struct router *
router_new(void *mem, const struct http_route *routes, size_t n)
{
	struct router *r = mem_new(mem, struct router);

	for (size_t i = 0; i < n; i++)
		route_add(r, &routes[i]);
	return r;
}

/* Takes what ends here; true if it is what was asked for. */
static bool
node_take(const struct node *at, enum http_method method,
    struct route_match *out)
{
	for (int m = 0; m < HTTP__MAX; m++)
		if (at->route[m])
			out->allow |= 1u << m;
	if (method < HTTP__MAX)
		out->route = at->route[method];
	return out->route != NULL;
}

static bool
is_id(struct str segment)
{
	int64_t id;

	return segment.n && segment.p[0] >= '1' && segment.p[0] <= '9' &&
	    str_to_i64(segment, &id);
}

/* As deep as the routes are, at most DEPTH_MAX. */
static bool /* NOLINTNEXTLINE(misc-no-recursion) */
node_find(const struct node *at, struct str rest, size_t vars,
    enum http_method method, struct route_match *out)
{
	const struct node *literal;
	struct str segment;

	if (!segment_next(&rest, &segment))
		return rest.n == 0 && node_take(at, method, out);
	literal = literal_find(at, segment);
	if (literal && node_find(literal, rest, vars, method, out))
		return true;
	if (segment.n == 0)
		return false;
	if (vars < ROUTE_VARS_MAX)
		out->var[vars] = segment;
	if (at->id && is_id(segment) &&
	    node_find(at->id, rest, vars + 1, method, out))
		return true;
	if (vars < ROUTE_VARS_MAX)
		out->var[vars] = segment;
	return at->text && node_find(at->text, rest, vars + 1, method, out);
}

enum err
router_find(const struct router *r, enum http_method method, struct str path,
    struct route_match *out)
{
	*out = (struct route_match){0};
	if (str_is(path, "/"))
		path.n = 0;
	if (node_find(&r->root, path, 0, method, out))
		return OK;
	return out->allow ? ERR_METHOD : ERR_NOT_FOUND;
}

struct str
router_var(const struct route_match *m, const char *name)
{
	struct str rest = str_of(m->route ? m->route->path : ""), segment;
	size_t i = 0;

	while (segment_next(&rest, &segment)) {
		if (!is_var(segment))
			continue;
		if (str_is(var_name(segment), name))
			return m->var[i];
		i++;
	}
	return (struct str){NULL, 0};
}
