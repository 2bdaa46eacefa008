/* What a site says to crawlers: src/answers/robots.c, sitemap.c, trap.c. */
#include "check.h"

#include "answers/robots.h"
#include "answers/sitemap.h"
#include "answers/trap.h"
#include "base/mem.h"

/* Says which row it was, and fails. */
#define wrong(...) (print_error(__VA_ARGS__), _fail(__FILE__, __LINE__))

static void
robots_allow_and_forbid(void **state)
{
	static const struct {
		const char *file, *path;
		bool allowed;
	} rows[] = {
	    {"", "/", true},
	    {"User-agent: *\nDisallow: /", "/a", false},
	    {"User-agent: *\nDisallow:", "/a", true},
	    {"Disallow: /", "/a", true}, /* in no group */
	    {"user-AGENT:*\nDISALLOW:/a", "/a/b", false},
	    {"User-agent: *\r\nDisallow: /a\r\n", "/b", true},
	    {"User-agent: *\rDisallow: /a\r", "/a", false},
	    {"\xef\xbb\xbfUser-agent: *\nDisallow: /a", "/a", false},
	    {"User-agent: * # all\nDisallow: /a # here", "/a", false},
	    {"User-agent: other\nDisallow: /", "/a", true},
	    {"User-agent: dienstweg\nDisallow: /a\nUser-agent: *\nDisallow: /",
		"/b", true},
	    {"User-agent: Dienstweg/1.0\nDisallow: /a", "/a", false},
	    {"User-agent: dienstwegbot\nDisallow: /a", "/a", true},
	    {"User-agent: x\nUser-agent: *\nDisallow: /a", "/a", false},
	    {"User-agent: *\nDisallow: /a\nUser-agent: x\nDisallow: /b", "/b",
		true},
	    {"User-agent: *\nDisallow: /a\n\nUser-agent: *\nDisallow: /b", "/b",
		false},
	    {"User-agent: *\nDisallow: /a\nAllow: /a/b", "/a/b/c", true},
	    {"User-agent: *\nAllow: /a/b\nDisallow: /a", "/a/c", false},
	    {"User-agent: *\nAllow: /a\nDisallow: /a", "/a", true},
	    {"User-agent: *\nDisallow: /*.pdf$", "/x/y.pdf", false},
	    {"User-agent: *\nDisallow: /*.pdf$", "/x/y.pdf?a", true},
	    {"User-agent: *\nDisallow: /*?", "/x?a", false},
	    {"User-agent: *\nDisallow: /a*b*c", "/axxbyyc/z", false},
	    {"User-agent: *\nDisallow: /a*b*c", "/axxcyyb", true},
	    {"User-agent: *\nDisallow: /a$", "/a", false},
	    {"User-agent: *\nDisallow: /a$", "/ab", true},
	    {"User-agent: *\nDisallow: /\xc3\xa4", "/%C3%A4/x", false},
	    {"User-agent: *\nDisallow: /%7ea", "/~a", false},
	    {"User-agent: *\nnonsense\nDisallow: /a", "/a", false},
	    {"User-agent: *\nSitemap: http://x/\nDisallow: /a", "/a", false},
	};
	void *mem = talloc_new(NULL);

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct robots r;

		robots_read(mem, str_of(rows[i].file), "dienstweg", &r);
		if (robots_allows(&r, str_of(rows[i].path)) != rows[i].allowed)
			wrong("%s -- %s\n", rows[i].file, rows[i].path);
	}
	talloc_free(mem);
}

static void
robots_name_sitemaps_and_a_pace(void **state)
{
	void *mem = talloc_new(NULL);
	struct robots r;

	robots_read(mem, STR("Sitemap: http://x/a.xml\nUser-agent: *\n"
			     "Crawl-delay: 1.5\nSITEMAP: http://x/b.xml"),
	    "dienstweg", &r);
	assert_int_equal(r.delay_ms, 1500);
	assert_int_equal(r.sitemaps, 2);
	check_str(r.sitemap[1], "http://x/b.xml");
	robots_read(mem, STR("User-agent: *\nCrawl-delay: 1e9"), "dienstweg",
	    &r);
	assert_int_equal(r.delay_ms, 30000);
	talloc_free(mem);
}

static void
stars_cost_little(void **state)
{
	void *mem = talloc_new(NULL);
	char stars[2001], as[2001];
	struct robots r;

	for (int i = 0; i < 2000; i++) {
		stars[i] = i % 2 ? 'a' : '*';
		as[i] = 'a';
	}
	stars[1999] = 'b';
	robots_read(mem, str_printf(mem, "User-agent: *\nDisallow: /%.2000s",
	    stars), "dienstweg", &r);
	assert_true(robots_allows(&r, str_printf(mem, "/%.2000s", as)));
	talloc_free(mem);
}

static void
sitemaps_are_read(void **state)
{
	static const struct {
		const char *text;
		bool good, index;
		size_t n;
		const char *first;
	} rows[] = {
	    {"<urlset><url><loc> http://x/a&amp;b </loc></url></urlset>", true,
		false, 1, "http://x/a&b"},
	    {"<?xml version='1.0' encoding='iso-8859-1'?><s:urlset xmlns:s='u'>"
	     "<s:url><s:loc><![CDATA[http://x/]]></s:loc></s:url></s:urlset>",
		true, false, 1, "http://x/"},
	    {"<sitemapindex><sitemap><loc>http://x/1.xml</loc></sitemap>"
	     "</sitemapindex>", true, true, 1, "http://x/1.xml"},
	    {"http://x/a\nhttp://x/b\n", true, false, 2, "http://x/a"},
	    {"<urlset><url><loc>http://x/</loc></url><url>", false, false, 1,
		"http://x/"},
	    {"<!DOCTYPE a [<!ENTITY b 'c'>]><urlset/>", false, false, 0, NULL},
	    {"", false, false, 0, NULL},
	    {"<html><p>404", false, false, 0, NULL},
	};
	void *mem = talloc_new(NULL);

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct sitemap s;

		assert_int_equal(sitemap_read(mem, str_of(rows[i].text), &s),
		    rows[i].good);
		assert_int_equal(s.index, rows[i].index);
		assert_int_equal(s.n, rows[i].n);
		if (s.n)
			check_str(s.url[0], rows[i].first);
	}
	talloc_free(mem);
}

static void
traps_are_told_by_their_look(void **state)
{
	static const struct {
		const char *url;
		bool endless, file;
	} rows[] = {
	    {"http://x/", false, false},
	    {"http://x/a/b/c.html", false, false},
	    {"http://x/a/a/b", false, false},
	    {"http://x/a/a/b/a", true, false},
	    {"http://x/1/2/3/4/5/6/7/8/9/10/11/12/13/14/15/16/17/18/19/20",
		false, false},
	    {"http://x/1/2/3/4/5/6/7/8/9/10/11/12/13/14/15/16/17/18/19/20/21",
		true, false},
	    {"http://x/?a=1&b=2&c=3&d=4&e=5&f=6&g=7&h=8", false, false},
	    {"http://x/?a=1&b=2&c=3&d=4&e=5&f=6&g=7&h=8&i=9", true, false},
	    {"http://x/bild.JPG", false, true},
	    {"http://x/a.zip?b", false, true},
	    {"http://x/a.pdf", false, false},
	    {"http://x/zip", false, false},
	    {"http://x/a.zip/b", false, false},
	};
	void *mem = talloc_new(NULL);

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct weburl u;

		assert_true(weburl_parse(mem, str_of(rows[i].url), &u));
		assert_int_equal(trap_is_endless(&u), rows[i].endless);
		assert_int_equal(trap_is_file(&u), rows[i].file);
	}
	talloc_free(mem);
}

static void
a_calendar_ends(void **state)
{
	void *mem = talloc_new(NULL);
	struct trap_shapes *t = mem_new(mem, struct trap_shapes);
	struct weburl u;

	for (int i = 0; i < TRAP_ALIKE_MAX; i++) {
		assert_true(weburl_parse(mem,
		    str_printf(mem, "http://x/kalender?tag=%d", i), &u));
		assert_false(trap_is_one_of_many(t, &u));
	}
	assert_true(trap_is_one_of_many(t, &u));
	assert_true(weburl_parse(mem, STR("http://x/suche?wort=a"), &u));
	assert_false(trap_is_one_of_many(t, &u));
	assert_true(weburl_parse(mem, STR("http://x/kalender"), &u));
	assert_false(trap_is_one_of_many(t, &u));
	talloc_free(mem);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(robots_allow_and_forbid),
	    cmocka_unit_test(robots_name_sitemaps_and_a_pace),
	    cmocka_unit_test(stars_cost_little),
	    cmocka_unit_test(sitemaps_are_read),
	    cmocka_unit_test(traps_are_told_by_their_look),
	    cmocka_unit_test(a_calendar_ends),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
