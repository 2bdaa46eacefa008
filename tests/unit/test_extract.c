/* What a page says: src/answers/extract.c, html.c, region.c, charset.c. */
#include "check.h"

#include "answers/charset.h"
#include "answers/extract.h"
#include "base/buf.h"

/* Says which row it was, and fails. */
#define wrong(...) (print_error(__VA_ARGS__), _fail(__FILE__, __LINE__))

static struct extract
read_page(void *mem, const char *html)
{
	struct extract x;
	struct weburl base;

	assert_true(weburl_parse(mem, STR("http://x/a/b"), &base));
	assert_true(extract_html(mem, &base, STR("text/html; charset=utf-8"),
	    str_of(html), &x));
	return x;
}

#define LONG "Dies ist ein Satz, der lang genug für den Hauptteil ist."

static void
the_text_is_the_pages_own(void **state)
{
	static const struct {
		const char *html, *title, *headings, *text;
	} rows[] = {
	    {"<title>T</title><nav>Menü</nav><main><h1>K</h1><p>" LONG
	     "</main><footer>Fuß</footer>",
		"T", "K", "K\n" LONG},
	    {"<title>Kopf – Firma</title><body><h1>Kopf</h1><p>" LONG, "Kopf",
		"Kopf", "Kopf\n" LONG},
	    {"<title>kopf | Firma - Ort</title><body><h1>Der Kopf</h1><p>" LONG,
		"Der Kopf", "Der Kopf", "Der Kopf\n" LONG},
	    {"<h1>Nur <b>die</b> Überschrift</h1><p>" LONG,
		"Nur die Überschrift", "Nur die Überschrift",
		"Nur die Überschrift\n" LONG},
	    {"<div class='cookie-banner'>Kekse?</div><p>" LONG, "", "", LONG},
	    {"<div id=hauptmenue class='nav'>M</div><p>" LONG, "", "", LONG},
	    {"<div class=sidebar>S</div><p>" LONG, "", "", LONG},
	    {"<header>Kopf</header><p>" LONG, "", "", LONG},
	    {"<main><header>Kopf</header><p>" LONG "</main>", "", "",
		"Kopf\n" LONG},
	    {"<p hidden>weg<p>" LONG "<p style='display: none'>weg"
	     "<p class=sr-only>weg<p aria-hidden=true>weg", "", "", LONG},
	    {"<p>" LONG "<p><script>weg()</script><style>weg</style>"
	     "<noscript>weg</noscript><template>weg</template>"
	     "<svg><text>weg</text></svg>",
		"", "", LONG},
	    {"<ul><li><a href=/1>Eins</a><li><a href=/2>Zwei</a></ul><p>" LONG,
		"", "", LONG},
	    {"<table><tr><td>a<td>b</table><p>" LONG, "", "", "a\nb\n" LONG},
	    {"<p>a<br>b &amp; c&nbsp;d&#8364; " LONG, "", "",
		"a b & c d\xe2\x82\xac " LONG},
	    {"<body class='has-nav menu'><p>" LONG, "", "", LONG},
	    {"<nav>Nur ein Menü, in dem aber alles steht, was zu lesen ist"
	     "</nav>", "", "",
		"Nur ein Menü, in dem aber alles steht, was zu lesen ist"},
	    {"<p>" LONG "<p>kaputt<b><i></b>noch<td>da", "", "",
		LONG "\nkaputtnochda"},
	    {"", "", "", ""},
	};

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		void *mem = talloc_new(NULL);
		struct extract x = read_page(mem, rows[i].html);

		if (!str_is(x.text, rows[i].text) ||
		    !str_is(x.title, rows[i].title) ||
		    !str_is(x.headings, rows[i].headings))
			wrong("%s:\n%s|%s|%s\n", rows[i].html, x.title.p,
			    x.headings.p, x.text.p);
		talloc_free(mem);
	}
}

static void
links_have_words_and_a_place(void **state)
{
	static const struct {
		const char *html, *to, *text;
		enum region region; /* 0: there is no link */
	} rows[] = {
	    {"<a href=c>Text</a>", "http://x/a/c", "Text", REGION_BODY},
	    {"<nav><a href=/c>Text", "http://x/c", "Text", REGION_MENU},
	    {"<div role=navigation><a href=/c>T", "http://x/c", "T",
		REGION_MENU},
	    {"<footer><a href=/c>Text", "http://x/c", "Text", REGION_FOOTER},
	    {"<footer><nav><a href=/c>Text", "http://x/c", "Text",
		REGION_FOOTER},
	    {"<aside><a href=/c>Text", "http://x/c", "Text", REGION_ASIDE},
	    {"<div class=cookies><a href=/c>Text", "http://x/c", "Text",
		REGION_FOOTER},
	    {"<a href=/c><img alt=' Bild '></a>", "http://x/c", "Bild",
		REGION_BODY},
	    {"<a href=/c><img alt=Bild>Text</a>", "http://x/c", "Text",
		REGION_BODY},
	    {"<a href=/c title=Titel></a>", "http://x/c", "Titel", REGION_BODY},
	    {"<a href=/c aria-label=Name><svg></svg></a>", "http://x/c", "Name",
		REGION_BODY},
	    {"<a href=/c><h2>Karte</h2><p>Mehr</p></a>", "http://x/c",
		"Karte Mehr", REGION_BODY},
	    {"<a href=/c>T</a><nav><a href=/c>M</a></nav>", "http://x/c", "M",
		REGION_MENU},
	    {"<nav><a href=/c></a></nav><a href=/c>T</a>", "http://x/c", "T",
		REGION_BODY},
	    {"<base href=//y/z/><a href=c>T</a>", "http://y/z/c", "T",
		REGION_BODY},
	    {"<a href=/c hidden>T</a>", "", "", 0},
	    {"<div style='visibility:hidden'><a href=/c>T</a></div>", "", "",
		0},
	    {"<a href=/c rel='nofollow'>T</a>", "", "", 0},
	    {"<a href=#oben>T</a>", "", "", 0},
	    {"<a href=javascript:x()>T</a>", "", "", 0},
	    {"<a name=c>T</a>", "", "", 0},
	    {"<meta name=robots content='NoFollow'><a href=/c>T</a>", "", "",
		0},
	};

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		void *mem = talloc_new(NULL);
		struct extract x = read_page(mem, rows[i].html);

		if (x.links != (rows[i].region != 0))
			wrong("%s: %zu links\n", rows[i].html, x.links);
		if (x.links && (!str_is(x.link[0].to.text, rows[i].to) ||
				   !str_is(x.link[0].text, rows[i].text) ||
				   x.link[0].region != rows[i].region))
			wrong("%s: %s %s %d\n", rows[i].html,
			    x.link[0].to.text.p, x.link[0].text.p,
			    x.link[0].region);
		talloc_free(mem);
	}
}

static void
the_head_leads_on(void **state)
{
	void *mem = talloc_new(NULL);
	struct extract x = read_page(mem,
	    "<link rel=canonical href=/c><meta name=robots content='noindex'>");

	assert_true(x.has_canonical);
	check_str(x.canonical.text, "http://x/c");
	assert_true(x.noindex && !x.nofollow);
	x = read_page(mem,
	    "<meta http-equiv=Refresh content=\"0; URL='/neu'\">");
	assert_true(x.has_refresh);
	check_str(x.refresh.text, "http://x/neu");
	assert_false(read_page(mem, "<meta http-equiv=refresh content=600>")
			 .has_refresh);
	assert_false(read_page(mem,
	    "<meta http-equiv=refresh content='60; url=/x'>").has_refresh);
	assert_true(read_page(mem, "<meta name=robots content=none>").noindex);
	talloc_free(mem);
}

static void
depth_is_no_danger(void **state)
{
	void *mem = talloc_new(NULL);
	struct weburl base;
	struct extract x;
	struct buf b;

	buf_init(&b, mem, 1 << 20);
	for (int i = 0; i < 5000; i++)
		buf_puts(&b, "<div><span>");
	buf_puts(&b, LONG);
	assert_true(weburl_parse(mem, STR("http://x/"), &base));
	assert_true(extract_html(mem, &base, STR(""), buf_get(&b), &x));
	check_str(x.text, LONG);
	talloc_free(mem);
}

static void
letters_are_understood(void **state)
{
	const struct {
		const char *type;
		struct str bytes;
		const char *want;
	} rows[] = {
	    {"text/html", STR("Gr\xc3\xbc\xc3\x9f"), "Grüß"},
	    {"text/html", STR("Gr\xfc\xdf"), "Grüß"},
	    {"text/html; charset=ISO-8859-1", STR("Gr\xfc\xdf \x80"),
		"Grüß €"},
	    {"text/html;charset=\"utf-8\"", STR("Gr\xfc"), "Gr\xef\xbf\xbd"},
	    {"", STR("<meta charset='latin1'>\xe4"),
		"<meta charset='latin1'>ä"},
	    {"", STR("<META http-equiv=Content-Type content='text/html; "
		     "charset=iso-8859-15'>\xa4"),
		"<META http-equiv=Content-Type content='text/html; "
		"charset=iso-8859-15'>€"},
	    {"text/html; charset=latin1", STR("\xef\xbb\xbf\xc3\xa4"), "ä"},
	    {"", STR("\xff\xfe\xe4\0b\0"), "äb"},
	    {"", STR("\xfe\xff\0\xe4\0b"), "äb"},
	    {"text/html; charset=klingon", STR("\xc3\xa4"), "ä"},
	    {"text/html; charset=utf-16", STR("a\0\xe4"), "a\xef\xbf\xbd"},
	    {"text/html; charset=", STR("\xc3\xa4"), "ä"},
	    {"", STR(""), ""},
	};
	void *mem = talloc_new(NULL);

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		check_str(charset_decode(mem, str_of(rows[i].type),
			      rows[i].bytes),
		    rows[i].want);
	talloc_free(mem);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(the_text_is_the_pages_own),
	    cmocka_unit_test(links_have_words_and_a_place),
	    cmocka_unit_test(the_head_leads_on),
	    cmocka_unit_test(depth_is_no_danger),
	    cmocka_unit_test(letters_are_understood),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
