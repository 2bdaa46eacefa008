/*
 * The API's table of routes and its description say the same: every route and
 * every field of its form is in openapi.json with the same type and limit, and
 * the description promises nothing else.
 */
#include "check.h"

#include <string.h>

#include "base/json.h"
#include "desk/desk.h"
#include "doors/api/api.h"
#include "doors/api/openapi.h"

enum { PATH_MOST = 200 };

static const char *const methods[HTTP__MAX] = {
    "get", "post", "put", "patch", "delete"};

static const struct json *
document(void *mem)
{
	struct json *root = NULL;
	struct str why = STR("");

	if (json_parse(mem, openapi_json(), &root, &why) != OK)
		print_error("openapi.json: %s\n", why.p);
	assert_non_null(root);
	return root;
}

/* What "$ref" points to within the document, or the value itself. */
static const struct json *
resolve(const struct json *root, const struct json *j)
{
	struct str ref = json_text(json_member(j, "$ref"));
	char path[PATH_MOST];
	char *rest = path;

	if (!ref.p)
		return j;
	assert_true(str_starts(ref, STR("#/")));
	snprintf(path, sizeof path, "%s", ref.p + 2);
	for (char *part; (part = strsep(&rest, "/"));)
		root = json_member(root, part);
	check_row(root != NULL, ref.p);
	return root;
}

/* "/calls/{id}/inputs/{name:text}" as the description spells it. */
static const char *
described_path(const char *path)
{
	static char out[PATH_MOST];
	size_t n = 0;
	bool kind = false;

	for (; *path && n + 1 < sizeof out; path++) {
		if (*path == ':')
			kind = true;
		if (*path == '}')
			kind = false;
		if (!kind)
			out[n++] = *path;
	}
	out[n] = '\0';
	return out;
}

static const struct json *
operation(const struct json *root, const struct http_route *r)
{
	const struct json *item = json_member(json_member(root, "paths"),
	    described_path(r->path));

	return json_member(item, methods[r->method]);
}

/* ---- Fields ---------------------------------------------------------------- */

/* The schema of a field that travels in the query. */
static const struct json *
query_schema(const struct json *root, const struct json *op, const char *name)
{
	const struct json *list = json_member(op, "parameters");

	for (size_t i = 0; i < json_count(list); i++) {
		const struct json *p = resolve(root, json_at(list, i));

		if (str_is(json_text(json_member(p, "in")), "query") &&
		    str_is(json_text(json_member(p, "name")), name))
			return json_member(p, "schema");
	}
	return NULL;
}

static size_t
query_count(const struct json *root, const struct json *op)
{
	const struct json *list = json_member(op, "parameters");
	size_t n = 0;

	for (size_t i = 0; i < json_count(list); i++)
		n += str_is(json_text(json_member(
				resolve(root, json_at(list, i)), "in")),
		    "query");
	return n;
}

static const struct json *
body_schema(const struct json *root, const struct json *op)
{
	const struct json *body = json_member(op, "requestBody");
	const struct json *content = json_member(body, "content");
	const struct json *json = json_member(content, "application/json");

	return resolve(root, json_member(json, "schema"));
}

static bool
is_required(const struct json *schema, const char *name)
{
	const struct json *list = json_member(schema, "required");

	for (size_t i = 0; i < json_count(list); i++)
		if (str_is(json_text(json_at(list, i)), name))
			return true;
	return false;
}

static int64_t
length_most(const struct http_field *f)
{
	if (f->max)
		return f->max;
	return f->kind == FIELD_TEXT ? 10000 : 200;
}

static void
choices_compare(const struct json *schema, const struct http_field *f)
{
	const struct json *list = json_member(schema, "enum");
	size_t n = 0;

	for (; f->choices[n]; n++)
		check_row(str_is(json_text(json_at(list, n)), f->choices[n]),
		    f->name);
	check_row(json_count(list) == n, f->name);
}

static void
field_compare(const struct json *schema, const struct http_field *f)
{
	struct str type = json_text(json_member(schema, "type"));

	check_row(schema != NULL, f->name);
	switch (f->kind) {
	case FIELD_LINE:
	case FIELD_TEXT:
	case FIELD_SECRET:
		check_row(str_is(type, "string"), f->name);
		check_row(json_int(json_member(schema, "maxLength")) ==
			length_most(f), f->name);
		break;
	case FIELD_ID:
		check_row(json_int(json_member(schema, "minimum")) == 1,
		    f->name);
		check_row(str_is(type, "integer"), f->name);
		break;
	case FIELD_INT:
		check_row(str_is(type, "integer"), f->name);
		break;
	case FIELD_BOOL:
		check_row(str_is(type, "boolean"), f->name);
		break;
	case FIELD_DATE:
		check_row(str_is(json_text(json_member(schema, "format")),
			      "date"), f->name);
		break;
	case FIELD_CHOICE:
		choices_compare(schema, f);
		break;
	}
}

static void
form_compare(const struct json *root, const struct http_route *r)
{
	const struct json *op = operation(root, r);
	bool query = r->method == HTTP_GET || r->method == HTTP_DELETE;
	const struct json *body = query ? NULL : body_schema(root, op);
	const struct json *members = json_member(body, "properties");
	size_t n = r->form ? r->form->n : 0;

	for (size_t i = 0; i < n; i++) {
		const struct http_field *f = &r->form->fields[i];

		field_compare(query ? query_schema(root, op, f->name)
				    : json_member(members, f->name), f);
		if (!query)
			check_row(is_required(body, f->name) == f->required,
			    f->name);
	}
	check_row((query ? query_count(root, op) : json_count(members)) == n,
	    r->path);
}

/* ---- The tests ------------------------------------------------------------- */

static void
test_every_route_is_described(void **state)
{
	void *mem = talloc_new(NULL);
	const struct json *root = document(mem);

	for (size_t i = 0; i < api_routes_n; i++)
		check_row(operation(root, &api_routes[i]) != NULL,
		    api_routes[i].path);
	talloc_free(mem);
}

struct promised {
	const char *path;
	size_t n;
};

static bool
method_is_there(void *arg, struct str name, const struct json *value)
{
	struct promised *p = arg;
	bool there = false;

	for (size_t i = 0; i < api_routes_n; i++)
		if (!strcmp(described_path(api_routes[i].path), p->path) &&
		    str_is(name, methods[api_routes[i].method]))
			there = true;
	check_row(there, p->path);
	p->n++;
	return true;
}

static bool
path_is_there(void *arg, struct str name, const struct json *value)
{
	struct promised *p = arg;

	p->path = name.p;
	json_members(value, p, method_is_there);
	return true;
}

static void
test_nothing_else_is_described(void **state)
{
	void *mem = talloc_new(NULL);
	struct promised p = {0};

	json_members(json_member(document(mem), "paths"), &p, path_is_there);
	assert_int_equal(p.n, api_routes_n);
	talloc_free(mem);
}

static void
test_fields_are_described_as_they_are_checked(void **state)
{
	void *mem = talloc_new(NULL);
	const struct json *root = document(mem);

	for (size_t i = 0; i < api_routes_n; i++)
		form_compare(root, &api_routes[i]);
	talloc_free(mem);
}

/* What needs no token says so, and nothing else does. */
static void
test_who_may_is_described(void **state)
{
	void *mem = talloc_new(NULL);
	const struct json *root = document(mem);

	for (size_t i = 0; i < api_routes_n; i++) {
		const struct json *security = json_member(
		    operation(root, &api_routes[i]), "security");

		check_row((security != NULL) ==
			(api_routes[i].who == ROLE_NONE), api_routes[i].path);
		assert_int_equal(json_count(security), 0);
	}
	talloc_free(mem);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_every_route_is_described),
	    cmocka_unit_test(test_nothing_else_is_described),
	    cmocka_unit_test(test_fields_are_described_as_they_are_checked),
	    cmocka_unit_test(test_who_may_is_described),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
