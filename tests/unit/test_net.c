/* Going out: src/net/guard.c, weburl.c, unpack.c. */
#include "check.h"

#include <arpa/inet.h>
#include <netinet/in.h>

#include "net/guard.h"
#include "net/unpack.h"
#include "net/weburl.h"

/* Says which row it was, and fails. */
#define wrong(...) (print_error(__VA_ARGS__), _fail(__FILE__, __LINE__))

static bool
is_public(const char *text)
{
	struct sockaddr_in6 v6 = {.sin6_family = AF_INET6};
	struct sockaddr_in v4 = {.sin_family = AF_INET};

	if (inet_pton(AF_INET, text, &v4.sin_addr) == 1)
		return guard_is_public((struct sockaddr *)&v4);
	assert_int_equal(inet_pton(AF_INET6, text, &v6.sin6_addr), 1);
	return guard_is_public((struct sockaddr *)&v6);
}

static void
only_the_public_internet_is_reached(void **state)
{
	static const char *const good[] = {"1.1.1.1", "9.255.255.255",
	    "11.0.0.0", "100.63.255.255", "100.128.0.0", "126.255.255.255",
	    "128.0.0.0", "169.253.255.255", "172.15.255.255", "172.32.0.0",
	    "192.167.255.255", "192.169.0.0", "198.17.255.255", "198.20.0.0",
	    "223.255.255.255", "2a00:1450:4001::1", "2003::1",
	    "::ffff:1.1.1.1", "64:ff9b::1.1.1.1"};
	static const char *const bad[] = {"0.0.0.0", "0.1.2.3", "10.0.0.1",
	    "100.64.0.1", "100.127.255.255", "127.0.0.1", "127.255.255.255",
	    "169.254.169.254", "172.16.0.1", "172.31.255.255", "192.0.0.8",
	    "192.0.2.1", "192.88.99.1", "192.168.0.1", "198.18.0.1",
	    "198.19.255.255", "198.51.100.1", "203.0.113.1", "224.0.0.1",
	    "239.255.255.255", "240.0.0.1", "255.255.255.255", "::", "::1",
	    "::127.0.0.1", "::ffff:127.0.0.1", "::ffff:10.0.0.1",
	    "::ffff:169.254.169.254", "64:ff9b::10.0.0.1", "64:ff9b:1::1",
	    "100::1", "2001::1", "2001:db8::1", "2002:7f00:1::", "3fff::1",
	    "fc00::1", "fdff::1", "fe80::1", "fec0::1", "ff02::1"};

	for (size_t i = 0; i < sizeof good / sizeof *good; i++)
		if (!is_public(good[i]))
			wrong("%s is public\n", good[i]);
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		if (is_public(bad[i]))
			wrong("%s is not public\n", bad[i]);
}

static void
other_families_are_not_reached(void **state)
{
	struct sockaddr a = {.sa_family = AF_UNIX};

	assert_false(guard_is_public(&a));
}

static void
addresses_have_one_form(void **state)
{
	static const struct {
		const char *text, *want; /* NULL: none */
	} rows[] = {
	    {"http://Example.DE", "http://example.de/"},
	    {"HTTPS://example.de:443/", "https://example.de/"},
	    {"http://example.de:80/", "http://example.de/"},
	    {"http://example.de:443/", "http://example.de:443/"},
	    {"http://example.de:/a", "http://example.de/a"},
	    {"http://example.de./a", "http://example.de/a"},
	    {"http://user:pw@example.de/", "http://example.de/"},
	    {"http://example.de/#x", "http://example.de/"},
	    {"http://example.de?a=b", "http://example.de/?a=b"},
	    {"http://example.de/a/./b/../c", "http://example.de/a/c"},
	    {"http://example.de/../..", "http://example.de/"},
	    {"http://example.de/a/..", "http://example.de/"},
	    {"http://example.de/a/b/..", "http://example.de/a/"},
	    {"http://example.de/a//b", "http://example.de/a//b"},
	    {"http://example.de/%7ea%2f%c3%a4", "http://example.de/~a%2F%C3%A4"},
	    {"http://example.de/\xc3\xa4 b", "http://example.de/%C3%A4%20b"},
	    {"http://example.de/100%", "http://example.de/100%"},
	    {"  http://exa\nmple.de/ ", "http://example.de/"},
	    {"http:\\\\example.de\\a", "http://example.de/a"},
	    {"http://[::1]:8080/", "http://[::1]:8080/"},
	    {"http://127.0.0.1:8080/x?y", "http://127.0.0.1:8080/x?y"},
	    {"", NULL}, {"example.de", NULL}, {"//example.de/", NULL},
	    {"ftp://example.de/", NULL}, {"javascript:alert(1)", NULL},
	    {"mailto:a@example.de", NULL}, {"http:example.de", NULL},
	    {"http://", NULL}, {"http:///a", NULL}, {"http://a b/", NULL},
	    {"http://a:0/", NULL}, {"http://a:65536/", NULL},
	    {"http://a:x/", NULL}, {"http://m\xc3\xbcller.de/", NULL},
	    {"http://a%2fb/", NULL}, {"http://[::1/", NULL},
	};
	void *mem = talloc_new(NULL);

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct weburl u;
		bool good = weburl_parse(mem, str_of(rows[i].text), &u);

		if (good != (rows[i].want != NULL))
			wrong("%s: %s\n", rows[i].text, good ? u.text.p : "no");
		if (good)
			assert_string_equal(u.text.p, rows[i].want);
	}
	talloc_free(mem);
}

static void
links_are_joined_as_rfc_3986_says(void **state)
{
	/* Section 5.4, and what browsers forgive. */
	static const struct {
		const char *link, *want;
	} rows[] = {
	    {"g", "http://a/b/c/g"}, {"./g", "http://a/b/c/g"},
	    {"g/", "http://a/b/c/g/"}, {"/g", "http://a/g"},
	    {"//g", "http://g/"}, {"?y", "http://a/b/c/d;p?y"},
	    {"g?y", "http://a/b/c/g?y"}, {"#s", "http://a/b/c/d;p?q"},
	    {"g#s", "http://a/b/c/g"}, {";x", "http://a/b/c/;x"},
	    {"", "http://a/b/c/d;p?q"}, {".", "http://a/b/c/"},
	    {"..", "http://a/b/"}, {"../g", "http://a/b/g"},
	    {"../..", "http://a/"}, {"../../g", "http://a/g"},
	    {"../../../g", "http://a/g"}, {"/../g", "http://a/g"},
	    {"g.", "http://a/b/c/g."}, {"..g", "http://a/b/c/..g"},
	    {"./../g", "http://a/b/g"}, {"g/../h", "http://a/b/c/h"},
	    {"https:", NULL}, {"https://x", "https://x/"},
	    {"\\g", "http://a/g"}, {" g ", "http://a/b/c/g"},
	    {"%2e%2E/g", "http://a/b/g"}, {"/x/.%2e/../g%2f..", "http://a/g%2F.."},
	    {"//x../", NULL}, {"//x./", "http://x/"},
	    {"javascript:void(0)", NULL}, {"tel:040", NULL},
	};
	void *mem = talloc_new(NULL);
	struct weburl base, u;

	assert_true(weburl_parse(mem, STR("http://a/b/c/d;p?q"), &base));
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		bool good = weburl_join(mem, &base, str_of(rows[i].link), &u);

		if (good != (rows[i].want != NULL))
			wrong("%s: %s\n", rows[i].link, good ? u.text.p : "no");
		if (good)
			assert_string_equal(u.text.p, rows[i].want);
	}
	talloc_free(mem);
}

static void
an_address_knows_its_parts(void **state)
{
	void *mem = talloc_new(NULL);
	struct weburl u;

	assert_true(weburl_parse(mem, STR("https://A.de:81/x?y"), &u));
	assert_true(str_is(u.host, "a.de"));
	assert_true(str_is(u.site, "a.de:81"));
	check_str(u.path, "/x?y");
	talloc_free(mem);
}

static void
a_bomb_ends_at_the_limit(void **state)
{
	static const char hello[] = "\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03"
	    "\xcb\x48\xcd\xc9\xc9\x07\x00\x86\xa6\x10\x36\x05\x00\x00\x00";
	void *mem = talloc_new(NULL);
	struct str out;

	assert_true(unpack_is_gzip(STR(hello)));
	assert_false(unpack_is_gzip(STR("<?xml")));
	assert_true(unpack_gzip(mem, STR(hello), 5, &out));
	check_str(out, "hello");
	assert_false(unpack_gzip(mem, STR(hello), 4, &out));
	assert_false(unpack_gzip(mem,
	    (struct str){hello, sizeof hello - 9}, 100, &out));
	talloc_free(mem);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(only_the_public_internet_is_reached),
	    cmocka_unit_test(other_families_are_not_reached),
	    cmocka_unit_test(addresses_have_one_form),
	    cmocka_unit_test(links_are_joined_as_rfc_3986_says),
	    cmocka_unit_test(an_address_knows_its_parts),
	    cmocka_unit_test(a_bomb_ends_at_the_limit),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
