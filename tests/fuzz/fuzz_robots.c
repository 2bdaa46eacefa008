/* What a website says to crawlers, of any bytes: robots.txt up to a line of
 * blanks, then the path asked for. The same bytes as a sitemap, and as a link
 * on a page. */
#include "answers/robots.h"

#include <ctype.h>
#include <stdbool.h>

#include "answers/sitemap.h"
#include "base/text.h"
#include "fuzz.h"
#include "net/weburl.h"

/* Whether all that looks like an escape is one; a "%" that is none stays as it
 * is, and may become one. */
static bool
is_escaped_well(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] == '%' && (i + 2 >= s.n ||
			!isxdigit((unsigned char)s.p[i + 1]) ||
			!isxdigit((unsigned char)s.p[i + 2])))
			return false;
	return true;
}

static void
link_try(void *mem, struct str s)
{
	struct weburl base, u, again;

	PROMISE(weburl_parse(mem, STR("https://x.example:8/a/b?c"), &base));
	if (!weburl_join(mem, &base, s, &u))
		return;
	PROMISE(u.text.n <= WEBURL_BYTES_MAX && text_valid(u.text));
	PROMISE(u.host.n && u.path.n && u.path.p[0] == '/');
	PROMISE(!memchr(u.text.p, '@', u.path.p - u.text.p));
	PROMISE(weburl_parse(mem, u.text, &again));
	PROMISE(str_eq(again.site, u.site));
	PROMISE(!is_escaped_well(s) || str_eq(again.text, u.text));
}

static void
robots_try(void *mem, struct str s)
{
	static const char blanks[] = "\n   \n";
	long at = str_find(s, str_of(blanks));
	struct str path = STR("/a/b?c");
	struct robots r;

	if (at >= 0) {
		size_t past = (size_t)at + sizeof blanks - 1;

		path = (struct str){s.p + past, s.n - past};
		s = str_copy(mem, s.p, (size_t)at);
	}
	robots_read(mem, s, "dienstweg", &r);
	PROMISE(r.rules <= ROBOTS_RULES_MAX && r.delay_ms >= 0);
	PROMISE(r.sitemaps <= ROBOTS_SITEMAPS_MAX);
	if (path.n <= WEBURL_BYTES_MAX)
		(void)robots_allows(&r, path);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	void *mem = talloc_new(NULL);
	struct str s = str_copy(mem, (const char *)data, size);
	struct sitemap map;

	robots_try(mem, s);
	(void)sitemap_read(mem, s, &map);
	PROMISE(map.n <= SITEMAP_URLS_MAX);
	link_try(mem, s);
	talloc_free(mem);
	return 0;
}
