/* Methods and paths to routes: src/http/router.c. */
#include "check.h"

#include "http/router.h"

static enum err
nothing(struct http_request *rq)
{
	return OK;
}

#define ROUTE(method, path) {method, path, 0, NULL, nothing, 0}

static const struct http_route routes[] = {
    ROUTE(HTTP_GET, "/"),
    ROUTE(HTTP_GET, "/tickets"),
    ROUTE(HTTP_POST, "/tickets"),
    ROUTE(HTTP_GET, "/tickets/new"),
    ROUTE(HTTP_GET, "/tickets/{id}"),
    ROUTE(HTTP_POST, "/tickets/{id}/answer"),
    ROUTE(HTTP_DELETE, "/tickets/{number}"),
    ROUTE(HTTP_GET, "/pages/{name:text}"),
    ROUTE(HTTP_GET, "/pages/{id}"),
    ROUTE(HTTP_PUT, "/{door:text}/calls/{call}/steps/{step:text}"),
    ROUTE(HTTP_PATCH, "/tickets/new/{id}"),
};

enum { GET = 1 << HTTP_GET, POST = 1 << HTTP_POST, PUT = 1 << HTTP_PUT };
enum { DELETE = 1 << HTTP_DELETE };

static void
finds_the_one_route(void **state)
{
	static const struct {
		const char *path;
		enum http_method method;
		enum err e;
		const char *route;
		unsigned allow;
	} rows[] = {
	    {"/", HTTP_GET, OK, "/", 0},
	    {"/", HTTP_POST, ERR_METHOD, NULL, GET},
	    {"/tickets", HTTP_GET, OK, "/tickets", 0},
	    {"/tickets", HTTP_POST, OK, "/tickets", 0},
	    {"/tickets", HTTP_PUT, ERR_METHOD, NULL, GET | POST},
	    {"/tickets", HTTP__MAX, ERR_METHOD, NULL, GET | POST},
	    {"/tickets/", HTTP_GET, ERR_NOT_FOUND, NULL, 0},
	    {"//tickets", HTTP_GET, ERR_NOT_FOUND, NULL, 0},
	    {"//", HTTP_GET, ERR_NOT_FOUND, NULL, 0},
	    {"/Tickets", HTTP_GET, ERR_NOT_FOUND, NULL, 0},
	    {"/tickets/new", HTTP_GET, OK, "/tickets/new", 0},
	    {"/tickets/7", HTTP_GET, OK, "/tickets/{id}", 0},
	    {"/tickets/7", HTTP_DELETE, OK, "/tickets/{number}", 0},
	    {"/tickets/7", HTTP_POST, ERR_METHOD, NULL, GET | DELETE},
	    {"/tickets/07", HTTP_GET, ERR_NOT_FOUND, NULL, 0},
	    {"/tickets/0", HTTP_GET, ERR_NOT_FOUND, NULL, 0},
	    {"/tickets/-7", HTTP_GET, ERR_NOT_FOUND, NULL, 0},
	    {"/tickets/7x", HTTP_GET, ERR_NOT_FOUND, NULL, 0},
	    {"/tickets/9223372036854775807", HTTP_GET, OK, "/tickets/{id}", 0},
	    {"/tickets/9223372036854775808", HTTP_GET, ERR_NOT_FOUND, NULL, 0},
	    {"/tickets/7/answer", HTTP_POST, OK, "/tickets/{id}/answer", 0},
	    {"/tickets/7/answer/8", HTTP_POST, ERR_NOT_FOUND, NULL, 0},
	    {"/pages/7", HTTP_GET, OK, "/pages/{id}", 0},
	    {"/pages/seven", HTTP_GET, OK, "/pages/{name:text}", 0},
	    {"/pages/", HTTP_GET, ERR_NOT_FOUND, NULL, 0},
	    {"/web/calls/12/steps/hello", HTTP_PUT, OK,
		"/{door:text}/calls/{call}/steps/{step:text}", 0},
	    {"/tickets/calls/12/steps/hello", HTTP_PUT, OK,
		"/{door:text}/calls/{call}/steps/{step:text}", 0},
	    {"/web/calls/x/steps/hello", HTTP_PUT, ERR_NOT_FOUND, NULL, 0},
	    {"/web/calls/12/steps/hello", HTTP_GET, ERR_METHOD, NULL, PUT},
	};
	void *mem = talloc_new(NULL);
	struct router *r = router_new(mem, routes,
	    sizeof routes / sizeof routes[0]);

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct route_match m;
		enum err e = router_find(r, rows[i].method,
		    str_of(rows[i].path), &m);

		check_row(e == rows[i].e, rows[i].path);
		if (e == OK)
			assert_string_equal(m.route->path, rows[i].route);
		if (e == ERR_METHOD)
			check_row(m.allow == rows[i].allow, rows[i].path);
	}
	talloc_free(mem);
}

static void
variables_have_the_names_of_their_own_route(void **state)
{
	void *mem = talloc_new(NULL);
	struct router *r = router_new(mem, routes,
	    sizeof routes / sizeof routes[0]);
	struct route_match m;

	assert_int_equal(router_find(r, HTTP_DELETE, STR("/tickets/42"), &m),
	    OK);
	assert_true(str_is(router_var(&m, "number"), "42"));
	assert_null(router_var(&m, "id").p);
	assert_int_equal(router_find(r, HTTP_PUT,
			     STR("/tickets/calls/12/steps/hello"), &m),
	    OK);
	assert_true(str_is(router_var(&m, "door"), "tickets"));
	assert_true(str_is(router_var(&m, "call"), "12"));
	assert_true(str_is(router_var(&m, "step"), "hello"));
	talloc_free(mem);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(finds_the_one_route),
	    cmocka_unit_test(variables_have_the_names_of_their_own_route),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
