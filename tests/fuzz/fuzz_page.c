/* Pages of strangers: the extractor with its letters, and robots.txt and
 * sitemaps of the same bytes. The first byte chooses the Content-Type. */
#include "fuzz.h"

#include "answers/charset.h"
#include "answers/extract.h"
#include "answers/robots.h"
#include "answers/sitemap.h"
#include "base/text.h"

static void
page(void *mem, struct str type, struct str s)
{
	struct weburl base;
	struct extract x;

	PROMISE(weburl_parse(mem, STR("http://x/a/b?c"), &base));
	if (!extract_html(mem, &base, type, s, &x))
		return;
	PROMISE(text_valid(x.title) && text_valid(x.text) &&
	    text_valid(x.headings));
	PROMISE(x.links <= EXTRACT_LINKS_MAX);
	for (size_t i = 0; i < x.links; i++) {
		struct weburl again;

		PROMISE(text_valid(x.link[i].text));
		PROMISE(weburl_parse(mem, x.link[i].to.text, &again));
		PROMISE(str_eq(again.text, x.link[i].to.text));
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	static const char *const types[] = {"", "text/html; charset=utf-8",
	    "text/html; charset=utf-16", "text/html; charset=iso-8859-15"};
	void *mem = talloc_new(NULL);
	struct sitemap map;
	struct robots robots;
	struct str s;

	if (n > 0) {
		s = str_copy(mem, (const char *)data + 1, n - 1);
		page(mem, str_of(types[data[0] % 4]), s);
		robots_read(mem, charset_decode(mem, STR(""), s), "dienstweg",
		    &robots);
		(void)robots_allows(&robots, STR("/a/b?c"));
		(void)sitemap_read(mem, s, &map);
	}
	talloc_free(mem);
	return 0;
}
