/*
 * Files that are compiled in: found by path, answered from the loop thread
 * without a worker. The answers themselves are made once at start, in server.c.
 */
#include "http/asset.h"

#include <strings.h>

#include "base/mem.h"

struct assets {
	const struct http_asset *asset;
	const struct http_asset **sorted;
	size_t n;
};

static int
by_path(const void *a, const void *b)
{
	const struct http_asset *const *x = a, *const *y = b;

	return strcmp((*x)->path, (*y)->path);
}

struct assets *
assets_new(void *mem, const struct http_asset *asset, size_t n)
{
	struct assets *a = mem_new(mem, struct assets);

	a->asset = asset;
	a->n = n;
	a->sorted = mem_array(a, const struct http_asset *, n + 1);
	for (size_t i = 0; i < n; i++)
		a->sorted[i] = &asset[i];
	qsort(a->sorted, n, sizeof a->sorted[0], by_path);
	return a;
}

long
assets_find(const struct assets *a, struct str path)
{
	size_t low = 0, high = a->n;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		int order = strcmp(path.p, a->sorted[middle]->path);

		if (order == 0)
			return a->sorted[middle] - a->asset;
		if (order < 0)
			high = middle;
		else
			low = middle + 1;
	}
	return -1;
}

/* Takes the next element off a comma-separated list. */
static bool
list_next(struct str *rest, struct str *out)
{
	const char *end;

	if (rest->n == 0)
		return false;
	end = memchr(rest->p, ',', rest->n);
	*out = str_trim((struct str){rest->p,
	    end ? (size_t)(end - rest->p) : rest->n});
	rest->n -= end ? (size_t)(end - rest->p) + 1 : rest->n;
	rest->p = end ? end + 1 : rest->p;
	return true;
}

bool
asset_takes_gzip(struct str accept)
{
	struct str one;

	while (list_next(&accept, &one)) {
		struct str rest;

		if (one.n < 4 || strncasecmp(one.p, "gzip", 4) != 0)
			continue;
		rest = str_trim((struct str){one.p + 4, one.n - 4});
		if (rest.n == 0)
			return true;
		if (rest.p[0] == ';') /* "q=0", "q=0.000": no */
			return strspn(rest.p, ";q= 0.") < rest.n;
	}
	return false;
}

static struct str
etag_bare(const struct http_asset *asset)
{
	struct str etag = str_of(asset->etag);

	if (etag.n >= 2 && etag.p[0] == '"')
		return (struct str){etag.p + 1, etag.n - 2};
	return etag;
}

struct str
asset_etag(void *mem, const struct http_asset *asset, bool gzip)
{
	struct str bare = etag_bare(asset);

	return str_printf(mem, "\"%.*s%s\"", STR_FMT(bare),
	    gzip ? "-gzip" : "");
}

bool
asset_unchanged(const struct http_asset *asset, struct str none_match)
{
	struct str bare = etag_bare(asset), one;

	while (list_next(&none_match, &one)) {
		if (str_is(one, "*"))
			return true;
		if (str_starts(one, STR("W/")))
			one = (struct str){one.p + 2, one.n - 2};
		if (one.n < 2 || one.p[0] != '"')
			continue;
		one = (struct str){one.p + 1, one.n - 2};
		if (str_starts(one, bare) &&
		    (one.n == bare.n ||
			str_is((struct str){one.p + bare.n, one.n - bare.n},
			    "-gzip")))
			return true;
	}
	return false;
}

/* "app.0f1e2d3c.css": a part between dots that is a hash. */
bool
asset_is_hashed(const struct http_asset *asset)
{
	const char *name = strrchr(asset->path, '/');
	const char *dot = name ? strchr(name, '.') : NULL;

	for (; dot; dot = strchr(dot + 1, '.')) {
		size_t n = strspn(dot + 1, "0123456789abcdef");

		if (n >= 8 && dot[1 + n] == '.')
			return true;
	}
	return false;
}
