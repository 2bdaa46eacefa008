/* What the parser lets through and the guard does not: src/http/guard.c. How
 * raw bytes fare is tested against a running server in test_http_server.c. */
#include "check.h"

#include "http/guard.h"

#define PAIR(name, value)                                                      \
	{                                                                      \
		{name, sizeof(name) - 1}, {value, sizeof(value) - 1}           \
	}
#define HOST PAIR("Host", "desk.example")

static void
headers_that_may_be_understood_in_two_ways_are_refused(void **state)
{
	static const struct {
		const char *name;
		bool ok, http_1_0;
		struct http_pair header[3];
	} rows[] = {
	    {"plain", true, false, {HOST}},
	    {"port", true, false, {PAIR("host", "desk.example:8080")}},
	    {"v6", true, false, {PAIR("Host", "[::1]:8080")}},
	    {"no host", false, false, {PAIR("Accept", "*/*")}},
	    {"no host in 1.0", true, true, {PAIR("Accept", "*/*")}},
	    {"empty host", false, false, {PAIR("Host", "")}},
	    {"host with user", false, false, {PAIR("Host", "a@b")}},
	    {"host with slash", false, false, {PAIR("Host", "a/b")}},
	    {"two hosts", false, false, {HOST, HOST}},
	    {"two hosts in 1.0", false, true, {HOST, HOST}},
	    {"length", true, false, {HOST, PAIR("Content-Length", "5")}},
	    {"length sign", false, false, {HOST, PAIR("Content-Length", "+5")}},
	    {"length minus", false, false,
		{HOST, PAIR("Content-Length", "-5")}},
	    {"length list", false, false,
		{HOST, PAIR("Content-Length", "5, 5")}},
	    {"length empty", false, false, {HOST, PAIR("Content-Length", "")}},
	    {"length huge", false, false,
		{HOST, PAIR("Content-Length", "99999999999999999999")}},
	    {"two lengths", false, false,
		{HOST, PAIR("Content-Length", "5"),
		    PAIR("content-length", "5")}},
	    {"chunked", true, false,
		{HOST, PAIR("Transfer-Encoding", "Chunked")}},
	    {"chunked in 1.0", false, true,
		{HOST, PAIR("Transfer-Encoding", "chunked")}},
	    {"gzip, chunked", false, false,
		{HOST, PAIR("Transfer-Encoding", "gzip, chunked")}},
	    {"xchunked", false, false,
		{HOST, PAIR("Transfer-Encoding", "xchunked")}},
	    {"identity", false, false,
		{HOST, PAIR("Transfer-Encoding", "identity")}},
	    {"two codings", false, false,
		{HOST, PAIR("Transfer-Encoding", "chunked"),
		    PAIR("Transfer-Encoding", "chunked")}},
	    {"both", false, false,
		{HOST, PAIR("Transfer-Encoding", "chunked"),
		    PAIR("Content-Length", "5")}},
	    {"space in name", false, false, {HOST, PAIR("X ", "a")}},
	    {"empty name", false, false, {HOST, PAIR("", "a")}},
	    {"slash in name", false, false, {HOST, PAIR("a/b", "a")}},
	    {"cr in value", false, false, {HOST, PAIR("X", "a\rb")}},
	    {"nul in value", false, false, {HOST, PAIR("X", "a\0b")}},
	    {"del in value", false, false, {HOST, PAIR("X", "a\x7f")}},
	    {"tab in value", true, false, {HOST, PAIR("X", "a\tb")}},
	    {"latin-1 in value", true, false, {HOST, PAIR("X", "M\xfcller")}},
	    {"two origins", false, false,
		{HOST, PAIR("Origin", "a"), PAIR("origin", "b")}},
	    {"two cookies", true, false,
		{HOST, PAIR("Cookie", "a=b"), PAIR("Cookie", "c=d")}},
	};

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		size_t n = 0;

		while (n < 3 && rows[i].header[n].name.p)
			n++;
		check_row((guard_headers(rows[i].header, n,
			       rows[i].http_1_0) == NULL) == rows[i].ok,
		    rows[i].name);
	}
}

static void
too_many_headers_are_refused(void **state)
{
	struct http_pair many[GUARD_HEADERS_MAX + 1] = {HOST};

	for (size_t i = 1; i < GUARD_HEADERS_MAX + 1; i++)
		many[i] = (struct http_pair)PAIR("X", "a");
	assert_null(guard_headers(many, GUARD_HEADERS_MAX, false));
	assert_non_null(guard_headers(many, GUARD_HEADERS_MAX + 1, false));
}

static void
targets_are_paths_of_ours(void **state)
{
	static const struct {
		const char *target, *path, *query; /* path NULL: refused */
	} rows[] = {
	    {"/", "/", NULL},
	    {"/a/b", "/a/b", NULL},
	    {"/a?", "/a", ""},
	    {"/a?b=%zz&c", "/a", "b=%zz&c"},
	    {"/a?b?c", "/a", "b?c"},
	    {"/M%C3%BCller", "/M\xc3\xbcller", NULL},
	    {"/a%20b", "/a b", NULL},
	    {"/a+b", "/a+b", NULL},
	    {"/a..b/...", "/a..b/...", NULL},
	    {"http://desk.example/a", "/a", NULL},
	    {"HTTP://desk.example/a", NULL, NULL},
	    {"https://DESK.example/a?b", "/a", "b"},
	    {"http://other.example/a", NULL, NULL},
	    {"http://desk.example", NULL, NULL},
	    {"http://desk.example.evil/", NULL, NULL},
	    {"", NULL, NULL},
	    {"*", NULL, NULL},
	    {"a", NULL, NULL},
	    {"?a", NULL, NULL},
	    {"desk.example:80", NULL, NULL},
	    {"/a%00b", NULL, NULL},
	    {"/a%0d%0ab", NULL, NULL},
	    {"/a%7f", NULL, NULL},
	    {"/a%2fb", NULL, NULL},
	    {"/a%2Fb", NULL, NULL},
	    {"/%", NULL, NULL},
	    {"/%4", NULL, NULL},
	    {"/%zz", NULL, NULL},
	    {"/..", NULL, NULL},
	    {"/.", NULL, NULL},
	    {"/a/../b", NULL, NULL},
	    {"/a/%2e%2e/b", NULL, NULL},
	    {"/a/.%2e", NULL, NULL},
	    {"/a b", NULL, NULL},
	    {"/a\tb", NULL, NULL},
	    {"/a\x80", NULL, NULL},
	    {"/a#b", NULL, NULL},
	};
	void *mem = talloc_new(NULL);

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct str path, query;
		const char *wrong = guard_target(mem, str_of(rows[i].target),
		    STR("desk.example"), &path, &query);

		check_row((wrong == NULL) == (rows[i].path != NULL),
		    rows[i].target);
		if (wrong)
			continue;
		check_str(path, rows[i].path);
		if (rows[i].query)
			check_str(query, rows[i].query);
		else
			assert_null(query.p);
	}
	talloc_free(mem);
}

static void
long_targets_are_refused(void **state)
{
	char *target = malloc(GUARD_TARGET_BYTES + 1);
	void *mem = talloc_new(NULL);
	struct str path, query;

	memset(target, 'a', GUARD_TARGET_BYTES + 1);
	target[0] = '/';
	assert_null(guard_target(mem, (struct str){target, GUARD_TARGET_BYTES},
	    STR("h"), &path, &query));
	assert_non_null(guard_target(mem,
	    (struct str){target, GUARD_TARGET_BYTES + 1}, STR("h"), &path,
	    &query));
	talloc_free(mem);
	free(target);
}

/* As the library leaves its buffer behind: "." stands for a NUL. */
static void
lines_follow_each_other_at_two_bytes(void **state)
{
	static const char head[] = "GET./.HTTP/1.1..Host.:a..X.b....";
	struct http_pair pair[] = {
	    {{head + 16, 4}, {head + 22, 1}},
	    {{head + 25, 1}, {head + 27, 1}},
	};
	struct guard_layout l = {
	    .method = {head, 3},
	    .target = {head + 4, 1},
	    .version = head + 6,
	    .bytes = sizeof head - 1,
	    .header = pair,
	    .n = 2,
	};

	assert_null(guard_layout(&l));
	pair[0].value.n = 2; /* the next line begins after one byte: bare LF */
	assert_non_null(guard_layout(&l));
	pair[0].value.n = 0; /* the value was cut by a NUL */
	assert_non_null(guard_layout(&l));
	pair[0].value.n = 1;
	l.bytes++; /* something behind the last line */
	assert_non_null(guard_layout(&l));
	l.bytes--;
	pair[1].value.p = "b"; /* a folded value lies elsewhere */
	assert_non_null(guard_layout(&l));
	l.n = 0;
	l.bytes = 18;
	assert_null(guard_layout(&l));
	l.target.n = 0; /* cut by a NUL */
	assert_non_null(guard_layout(&l));
	l.target = (struct str){head + 5, 0}; /* two spaces in front of it */
	assert_non_null(guard_layout(&l));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(
		headers_that_may_be_understood_in_two_ways_are_refused),
	    cmocka_unit_test(too_many_headers_are_refused),
	    cmocka_unit_test(targets_are_paths_of_ours),
	    cmocka_unit_test(long_targets_are_refused),
	    cmocka_unit_test(lines_follow_each_other_at_two_bytes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
