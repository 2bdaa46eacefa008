/*
 * Calendars and filters make addresses without end. Depth bounds the former;
 * here are the marks of both.
 */
#include "answers/trap.h"

#include <strings.h>

enum {
	SEGMENTS_MAX = 20,
	ALIKE_SEGMENTS_MAX = 3,
	PARAMETERS_MAX = 8,
	PATH_BYTES_MAX = 1000,
};

static struct str
path_only(const struct weburl *u)
{
	const char *q = memchr(u->path.p, '?', u->path.n);

	return (struct str){u->path.p,
	    q ? (size_t)(q - u->path.p) : u->path.n};
}

bool
trap_is_file(const struct weburl *u)
{
	static const char *const endings[] = {"jpg", "jpeg", "png", "gif",
	    "webp", "avif", "svg", "ico", "bmp", "tif", "tiff", "css", "js",
	    "mjs", "map", "json", "xml", "rss", "atom", "woff", "woff2", "ttf",
	    "eot", "otf", "zip", "gz", "tgz", "bz2", "xz", "7z", "rar", "tar",
	    "exe", "msi", "dmg", "pkg", "deb", "rpm", "apk", "iso", "img",
	    "bin", "mp3", "ogg", "wav", "flac", "m4a", "mp4", "webm", "mov",
	    "avi", "mkv", "doc", "docx", "xls", "xlsx", "ppt", "pptx", "odt",
	    "ods", "ics", "vcf"};
	struct str path = path_only(u);
	const char *dot = memrchr(path.p, '.', path.n);
	const char *slash = memrchr(path.p, '/', path.n);
	size_t n;

	if (!dot || (slash && slash > dot))
		return false;
	n = path.n - (size_t)(dot + 1 - path.p);
	for (size_t i = 0; i < sizeof endings / sizeof *endings; i++)
		if (strlen(endings[i]) == n &&
		    strncasecmp(endings[i], dot + 1, n) == 0)
			return true;
	return false;
}

/* Takes the next segment off a path. */
static bool
segment_next(struct str *path, struct str *out)
{
	const char *end;

	if (!path->n)
		return false;
	path->p++, path->n--; /* its slash */
	end = path->n ? memchr(path->p, '/', path->n) : NULL;
	*out = (struct str){path->p,
	    end ? (size_t)(end - path->p) : path->n};
	*path = (struct str){path->p + out->n, path->n - out->n};
	return true;
}

bool
trap_is_endless(const struct weburl *u)
{
	struct str seen[SEGMENTS_MAX], rest = path_only(u), one;
	size_t n = 0, parameters = 0;

	for (size_t i = rest.n; i < u->path.n; i++)
		parameters += u->path.p[i] == '=';
	if (rest.n > PATH_BYTES_MAX || parameters > PARAMETERS_MAX)
		return true;
	while (segment_next(&rest, &one)) {
		size_t alike = 1;

		if (n == SEGMENTS_MAX)
			return true;
		for (size_t i = 0; i < n; i++)
			alike += one.n && str_eq(seen[i], one);
		if (alike >= ALIKE_SEGMENTS_MAX)
			return true;
		seen[n++] = one;
	}
	return false;
}

static uint64_t
hash(uint64_t h, struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		h = (h ^ (unsigned char)s.p[i]) * 1099511628211ULL;
	return h;
}

bool
trap_is_one_of_many(struct trap_shapes *t, const struct weburl *u)
{
	struct str path = path_only(u);
	uint64_t key = hash(hash(14695981039346656037ULL, u->site), path) | 1;

	if (path.n == u->path.n) /* no query */
		return false;
	for (size_t i = 0; i < TRAP_SHAPES; i++) {
		size_t at = (size_t)(key + i) % TRAP_SHAPES;

		if (t->shape[at].key && t->shape[at].key != key)
			continue;
		t->shape[at].key = key;
		return t->shape[at].n++ >= TRAP_ALIKE_MAX;
	}
	return true; /* thousands of shapes are a trap by themselves */
}
