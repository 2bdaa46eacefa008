#pragma once
/*
 * Finds the one route of a method and a path.
 */
#include "http/http.h"

enum { ROUTE_VARS_MAX = 6 };

struct route_match {
	const struct http_route *route;  /* NULL unless found */
	struct str var[ROUTE_VARS_MAX];  /* in the path's order; borrowed */
	unsigned allow;                  /* bit 1 << method for each that is */
};

struct router;

/* Dies if two routes are the same or a path is malformed: routes are code. */
struct router *router_new(void *mem, const struct http_route *routes, size_t n);

/* A literal segment goes before a number, a number before a text. `method` may
 * be HTTP__MAX for one that no route has. ERR_NOT_FOUND; ERR_METHOD (`allow`
 * says which are). */
enum err router_find(const struct router *r, enum http_method method,
    struct str path, struct route_match *out);

/* The value of a path variable by its name, borrowed; NULL if the route has
 * none of that name. */
struct str router_var(const struct route_match *m, const char *name);
