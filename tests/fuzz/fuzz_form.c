/* Any bytes as a query, as a form and as JSON, and as a request's target and
 * headers: whatever is wrong, the struct can be shown again. */
#include "base/cx.h"
#include "base/text.h"
#include "fuzz.h"
#include "http/form.h"
#include "http/guard.h"

struct sample {
	struct str name, note, pin, day;
	int64_t id, count;
	bool yes;
	int colour;
};

static const char *const colours[] = {"red", "green", NULL};

static const struct http_field fields[] = {
    {"a", FIELD_LINE, true, 3, offsetof(struct sample, name), NULL},
    {"b", FIELD_TEXT, false, 9, offsetof(struct sample, note), NULL},
    {"c", FIELD_SECRET, false, 0, offsetof(struct sample, pin), NULL},
    {"d", FIELD_DATE, false, 0, offsetof(struct sample, day), NULL},
    {"e", FIELD_ID, true, 0, offsetof(struct sample, id), NULL},
    {"f", FIELD_INT, false, 0, offsetof(struct sample, count), NULL},
    {"g", FIELD_BOOL, true, 0, offsetof(struct sample, yes), NULL},
    {"h", FIELD_CHOICE, true, 0, offsetof(struct sample, colour), colours},
};
static HTTP_FORM(form, struct sample, fields);

static void
sample_check(enum err e, const struct fault *f, const struct sample *s)
{
	PROMISE(e == OK || f->n > 0);
	PROMISE(e != OK || f->n == 0);
	PROMISE(text_valid(s->name) && text_valid(s->note));
	PROMISE(text_valid(s->pin) && text_valid(s->day));
	PROMISE(s->id >= 0 && s->colour >= -1 && s->colour < 2);
	PROMISE(e != OK || (s->name.n && s->id && s->colour >= 0));
	for (size_t i = 0; i < f->n; i++)
		PROMISE(text_valid(str_of(f->item[i].text)));
}

static void
form_try(struct str source, bool json)
{
	struct cx cx = {.mem = talloc_new(NULL), .lang = LANG_EN};
	struct form_values v;
	struct sample s;
	enum err e;

	if (json)
		e = form_values_json(&cx, source, &v);
	else
		e = form_values_typed(&cx, source, &v);
	if (e == OK)
		sample_check(form_fill(&cx, &form, &v, &s), &cx.fault, &s);
	else
		PROMISE(cx.fault.n == 1);
	talloc_free(cx.mem);
}

static void
target_try(struct str source)
{
	void *mem = talloc_new(NULL);
	struct str path, query;

	if (!guard_target(mem, source, STR("h"), &path, &query)) {
		PROMISE(path.p[0] == '/');
		PROMISE(str_find(path, STR("/../")) < 0);
	}
	talloc_free(mem);
}

static void
headers_try(struct str source)
{
	void *mem = talloc_new(NULL);
	struct http_pair *pair;
	size_t n;

	if (url_pairs(mem, source, &pair, &n, NULL)) {
		for (size_t i = 0; i < n; i++)
			PROMISE(text_valid(pair[i].name) &&
			    text_valid(pair[i].value));
		(void)guard_headers(pair, n, n % 2);
	}
	talloc_free(mem);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	void *mem = talloc_new(NULL);
	struct str source = str_copy(mem, (const char *)data, size);

	form_try(source, false);
	form_try(source, true);
	target_try(source);
	headers_try(source);
	talloc_free(mem);
	return 0;
}
