/*
 * expat reads it, so that encodings and entities are somebody's business who
 * knows. Only <loc> is of interest; a document type is refused.
 */
#include "answers/sitemap.h"

#include <expat.h>

#include "base/buf.h"
#include "base/mem.h"

enum { URL_BYTES_MAX = 2000, PIECE = 64 << 10 };

struct reading {
	void *mem;
	struct sitemap *out;
	XML_Parser parser;
	struct buf loc;
	bool in_loc;
};

/* The name without its namespace's prefix. */
static const char *
local(const char *name)
{
	const char *colon = strrchr(name, ':');

	return colon ? colon + 1 : name;
}

static void
url_add(void *mem, struct sitemap *s, struct str url)
{
	url = str_trim(url);
	if (!url.n || s->n == SITEMAP_URLS_MAX)
		return;
	if (s->n % 256 == 0)
		s->url = mem_sure(talloc_realloc(mem, s->url, struct str,
		    (unsigned)s->n + 256));
	s->url[s->n++] = str_dup(mem, url);
}

static void
begin(void *arg, const char *name, const char **attributes)
{
	struct reading *r = arg;

	name = local(name);
	if (strcmp(name, "sitemapindex") == 0)
		r->out->index = true;
	r->in_loc = strcmp(name, "loc") == 0;
	r->loc.n = 0;
	r->loc.full = false;
}

static void
end(void *arg, const char *name)
{
	struct reading *r = arg;

	if (r->in_loc && strcmp(local(name), "loc") == 0 && !r->loc.full)
		url_add(r->mem, r->out, buf_get(&r->loc));
	r->in_loc = false;
}

static void
characters(void *arg, const char *p, int n)
{
	struct reading *r = arg;

	if (r->in_loc)
		buf_put(&r->loc, p, (size_t)n);
}

static void
refuse(void *arg, const char *name, const char *system, const char *public,
    int internal)
{
	struct reading *r = arg;

	XML_StopParser(r->parser, XML_FALSE);
}

static bool
xml_read(void *mem, struct str bytes, struct sitemap *out)
{
	struct reading r = {.mem = mem, .out = out};
	bool good = true;

	r.parser = mem_sure(XML_ParserCreate(NULL));
	buf_init(&r.loc, mem, URL_BYTES_MAX);
	XML_SetUserData(r.parser, &r);
	XML_SetElementHandler(r.parser, begin, end);
	XML_SetCharacterDataHandler(r.parser, characters);
	XML_SetStartDoctypeDeclHandler(r.parser, refuse);
	for (size_t at = 0; good && at < bytes.n; at += PIECE) {
		size_t n = bytes.n - at < PIECE ? bytes.n - at : PIECE;

		good = XML_Parse(r.parser, bytes.p + at, (int)n,
			   at + n == bytes.n) == XML_STATUS_OK;
	}
	XML_ParserFree(r.parser);
	return good;
}

static bool
list_read(void *mem, struct str bytes, struct sitemap *out)
{
	while (bytes.n) {
		const char *end = memchr(bytes.p, '\n', bytes.n);
		size_t n = end ? (size_t)(end - bytes.p) : bytes.n;

		if (n > URL_BYTES_MAX)
			return false;
		url_add(mem, out, (struct str){bytes.p, n});
		n += end != NULL;
		bytes = (struct str){bytes.p + n, bytes.n - n};
	}
	return true;
}

bool
sitemap_read(void *mem, struct str bytes, struct sitemap *out)
{
	*out = (struct sitemap){0};
	if (str_starts(bytes, STR("\xef\xbb\xbf")))
		bytes = (struct str){bytes.p + 3, bytes.n - 3};
	if (str_starts(str_trim(bytes), STR("http")))
		return list_read(mem, bytes, out);
	return bytes.n && xml_read(mem, bytes, out);
}
