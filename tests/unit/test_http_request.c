/* What a handler reads and says besides the body: src/http/request.c,
 * response.c and origin.c, on requests that were made by hand. */
#include "check.h"

#include "http/call.h"
#include "http/origin.h"
#include "http/response.h"

struct fixture {
	struct http_core core;
	struct http_call call;
	struct http_parts parts;
	struct http_request rq;
	struct http_pair header[4];
};

static void
fixture_make(struct fixture *f)
{
	*f = (struct fixture){0};
	f->call.core = &f->core;
	f->call.header = f->header;
	f->parts.call = &f->call;
	f->rq.parts = &f->parts;
	f->rq.cx.mem = talloc_new(NULL);
	f->rq.cx.id = "test";
	response_init(&f->rq, 1000);
}

static void
header_push(struct fixture *f, const char *name, const char *value)
{
	if (value)
		f->header[f->call.headers++] =
		    (struct http_pair){str_of(name), str_of(value)};
}

static void
cookies_are_read_as_rfc_6265_says(void **state)
{
	static const struct {
		const char *line, *value; /* of the cookie "a" */
	} rows[] = {
	    {"a=1", "1"},
	    {"b=2; a=1; c=3", "1"},
	    {"b=2;a=1", "1"},
	    {"a = 1 ;b", "1"},
	    {"a=\"1\"", "1"},
	    {"a=1; a=2", "1"},
	    {"a=", ""},
	    {"a=b=c", "b=c"},
	    {"aa=1; ba=2", NULL},
	    {"A=1", NULL},
	    {"a; =; ;;", NULL},
	    {"", NULL},
	};

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct fixture f;
		struct str value;

		fixture_make(&f);
		header_push(&f, "cookie", rows[i].line);
		value = http_cookie(&f.rq, "a");
		check_row((value.p != NULL) == (rows[i].value != NULL),
		    rows[i].line);
		if (value.p)
			check_str(value, rows[i].value);
		talloc_free(f.rq.cx.mem);
	}
}

static void
headers_have_no_case(void **state)
{
	struct fixture f;

	fixture_make(&f);
	header_push(&f, "X-Name", "a");
	check_str(http_header_get(&f.rq, "x-NAME"), "a");
	assert_null(http_header_get(&f.rq, "X-Nam").p);
	assert_false(http_wants_part(&f.rq));
	header_push(&f, "HX-Request", "true");
	assert_true(http_wants_part(&f.rq));
	header_push(&f, "HX-Boosted", "true");
	assert_false(http_wants_part(&f.rq));
	talloc_free(f.rq.cx.mem);
}

static const char *
response_header(const struct fixture *f, const char *name)
{
	for (size_t i = 0; i < f->rq.response.headers; i++)
		if (!strcmp(f->rq.response.header[i].name, name))
			return f->rq.response.header[i].value.p;
	return NULL;
}

static void
redirects_stay_with_us(void **state)
{
	static const struct {
		const char *to, *location;
	} rows[] = {
	    {"/tickets/7", "/tickets/7"},
	    {"/a?b=c%20d#e", "/a?b=c%20d#e"},
	    {"/M\xc3\xbcller x", "/M%C3%BCller%20x"},
	    {"/a\r\nSet-Cookie: b", "/a%0D%0ASet-Cookie:%20b"},
	    {"//evil.example/", "/"},
	    {"/\\evil.example/", "/"},
	    {"https://evil.example/", "/"},
	    {"", "/"},
	};

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct fixture f;

		fixture_make(&f);
		assert_int_equal(http_redirect(&f.rq, "%s", rows[i].to), OK);
		assert_int_equal(f.rq.response.status, 303);
		assert_string_equal(response_header(&f, "Location"),
		    rows[i].location);
		talloc_free(f.rq.cx.mem);
	}
}

static void
cookies_are_set_for_us_alone(void **state)
{
	struct fixture f;

	fixture_make(&f);
	http_cookie_set(&f.rq, "a", STR("1"), -1);
	assert_string_equal(response_header(&f, "Set-Cookie"),
	    "a=1; Path=/; HttpOnly; SameSite=Lax");
	f.rq.secure = true;
	http_cookie_set(&f.rq, "b", STR("2"), 60);
	assert_int_equal(f.rq.response.headers, 2);
	assert_string_equal(f.rq.response.header[1].value.p,
	    "b=2; Max-Age=60; Path=/; HttpOnly; SameSite=Lax; Secure");
	http_cookie_set(&f.rq, "c", STR("3; Domain=evil"), 0);
	assert_int_equal(f.rq.response.headers, 2);
	talloc_free(f.rq.cx.mem);
}

static void
headers_are_replaced_and_disarmed(void **state)
{
	struct fixture f;

	fixture_make(&f);
	http_header_set(&f.rq, "ETag", STR("1"));
	http_header_set(&f.rq, "etag", STR("2\r\nX: y"));
	assert_int_equal(f.rq.response.headers, 1);
	check_str(f.rq.response.header[0].value, "2??X: y");
	assert_true(response_has(&f.rq.response, "ETAG"));
	talloc_free(f.rq.cx.mem);
}

struct asked {
	const char *name;
	bool ok;
	enum http_method method;
	unsigned flags;
	bool secure;
	const char *header, *value, *header2, *value2;
};

/* Host is desk.example. */
static void
check_origins(const struct asked *rows, size_t n, const char *public)
{
	for (size_t i = 0; i < n; i++) {
		struct http_route route = {.flags = rows[i].flags};
		struct fixture f;

		fixture_make(&f);
		f.core.options.public_origin = public;
		f.rq.route = &route;
		f.rq.method = rows[i].method;
		f.rq.secure = rows[i].secure;
		header_push(&f, "Host", "desk.example");
		header_push(&f, rows[i].header, rows[i].value);
		header_push(&f, rows[i].header2, rows[i].value2);
		check_row(origin_ok(&f.rq) == rows[i].ok, rows[i].name);
		talloc_free(f.rq.cx.mem);
	}
}

#define CHECK_ORIGINS(rows, public)                                            \
	check_origins(rows, sizeof(rows) / sizeof *(rows), public)

static void
other_sites_cannot_act(void **state)
{
	static const struct asked rows[] = {
	    {"a link", true, HTTP_GET, 0, false, "Sec-Fetch-Site",
		"cross-site", NULL, NULL},
	    {"same origin", true, HTTP_POST, 0, false, "Sec-Fetch-Site",
		"same-origin", NULL, NULL},
	    {"by hand", true, HTTP_POST, 0, false, "Sec-Fetch-Site", "none",
		NULL, NULL},
	    {"cross site", false, HTTP_POST, 0, false, "Sec-Fetch-Site",
		"cross-site", NULL, NULL},
	    {"a neighbour", false, HTTP_DELETE, 0, false, "Sec-Fetch-Site",
		"same-site", NULL, NULL},
	    {"the mark goes before Origin", false, HTTP_POST, 0, false,
		"Sec-Fetch-Site", "cross-site", "Origin",
		"http://desk.example"},
	    {"own origin", true, HTTP_POST, 0, false, "Origin",
		"http://desk.example", NULL, NULL},
	    {"own origin in capitals", true, HTTP_POST, 0, false, "Origin",
		"http://DESK.example", NULL, NULL},
	    {"own origin by TLS", true, HTTP_POST, 0, true, "Origin",
		"https://desk.example", NULL, NULL},
	    {"the scheme counts", false, HTTP_POST, 0, true, "Origin",
		"http://desk.example", NULL, NULL},
	    {"other origin", false, HTTP_POST, 0, false, "Origin",
		"http://evil.example", NULL, NULL},
	    {"longer origin", false, HTTP_POST, 0, false, "Origin",
		"http://desk.example.evil", NULL, NULL},
	    {"no origin", false, HTTP_POST, 0, false, "Origin", "null", NULL,
		NULL},
	    {"an empty origin", false, HTTP_POST, 0, false, "Origin", "",
		"Cookie", "a=b"},
	    {"a referer that names no site", false, HTTP_POST, 0, false,
		"Referer", "about:blank", "Cookie", "a=b"},
	    {"own referer", true, HTTP_POST, 0, false, "Referer",
		"http://desk.example/a?b", "Cookie", "a=b"},
	    {"other referer", false, HTTP_POST, 0, false, "Referer",
		"http://evil.example/http://desk.example/", NULL, NULL},
	    {"no mark, no cookie", true, HTTP_POST, 0, false, NULL, NULL, NULL,
		NULL},
	    {"no mark, a cookie", false, HTTP_POST, 0, false, "Cookie", "a=b",
		NULL, NULL},
	    {"no mark, a cookie, a form", false, HTTP_POST, 0, false, "Cookie",
		"a=b", "Content-Type", "Text/plain;x=application/json"},
	    {"no mark, a cookie, JSON", true, HTTP_POST, 0, false, "Cookie",
		"a=b", "Content-Type", "application/json"},
	    {"no mark, a cookie, PUT", true, HTTP_PUT, 0, false, "Cookie",
		"a=b", NULL, NULL},
	    {"a machine", true, HTTP_POST, ROUTE_API, false, "Authorization",
		"Bearer x", "Sec-Fetch-Site", "cross-site"},
	    {"a machine at a page", false, HTTP_POST, 0, false,
		"Authorization", "Bearer x", "Sec-Fetch-Site", "cross-site"},
	    {"a machine without a token", false, HTTP_POST, ROUTE_API, false,
		"Sec-Fetch-Site", "cross-site", NULL, NULL},
	};

	CHECK_ORIGINS(rows, NULL);
	CHECK_ORIGINS(rows, "");
}

/* Behind a proxy the name that was asked is what a stranger may have written. */
static void
the_public_origin_alone(void **state)
{
	static const struct asked rows[] = {
	    {"public origin", true, HTTP_POST, 0, false, "Origin",
		"https://public.example", NULL, NULL},
	    {"public referer", true, HTTP_POST, 0, true, "Referer",
		"https://Public.example/a", "Cookie", "a=b"},
	    {"as Host says", false, HTTP_POST, 0, false, "Origin",
		"http://desk.example", NULL, NULL},
	    {"as Host says, by TLS", false, HTTP_POST, 0, true, "Origin",
		"https://desk.example", NULL, NULL},
	    {"referer as Host says", false, HTTP_POST, 0, true, "Referer",
		"https://desk.example/a", "Cookie", "a=b"},
	    {"an empty origin", false, HTTP_POST, 0, false, "Origin", "",
		NULL, NULL},
	};

	CHECK_ORIGINS(rows, "https://public.example");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(cookies_are_read_as_rfc_6265_says),
	    cmocka_unit_test(headers_have_no_case),
	    cmocka_unit_test(redirects_stay_with_us),
	    cmocka_unit_test(cookies_are_set_for_us_alone),
	    cmocka_unit_test(headers_are_replaced_and_disarmed),
	    cmocka_unit_test(other_sites_cannot_act),
	    cmocka_unit_test(the_public_origin_alone),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
