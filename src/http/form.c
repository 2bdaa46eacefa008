/*
 * Checked fields by table. A handler sees a struct whose texts are clean, whose
 * numbers are numbers and whose choices exist, or, on a page that keeps its
 * form, a struct that can be shown again beside what is wrong with it.
 *
 * Every fault names its field and says how to mend it. What a field *means*
 * (does this customer exist?) is asked in the desk. Where the values come from
 * is decided in body.c.
 */
#include "http/form.h"

#include <inttypes.h>

#include "base/calendar.h"
#include "base/json.h"
#include "base/mem.h"
#include "base/text.h"
#include "http/url.h"

enum { LINE_MAX_CHARS = 200, TEXT_MAX_CHARS = 10000, NAME_SHOWN = 60 };

/* One field while it is read. */
struct reading {
	struct cx *cx;
	const struct http_field *field;
	struct str text;       /* "" if nothing was sent */
	bool given;
	bool wrong;
	char *at;              /* its place in the struct */
};

/* ---- Values ------------------------------------------------------------- */

enum err
form_values_typed(struct cx *cx, struct str source, struct form_values *out)
{
	struct http_pair *pair;
	bool *broken;
	size_t n;

	*out = (struct form_values){0};
	if (!url_pairs(cx->mem, source, &pair, &n, &broken))
		return fail(cx, ERR_MALFORMED, "",
		    N_("The form is not encoded as forms are."));
	out->item = mem_array(cx->mem, struct form_value, n + 1);
	for (size_t i = 0; i < n; i++) {
		out->item[out->n++] = (struct form_value){pair[i].name,
		    pair[i].value, VALUE_TYPED, broken[i]};
		out->broken |= broken[i];
	}
	return OK;
}

struct gather {
	void *mem;
	struct form_values *out;
};

static bool
member_add(void *arg, struct str name, const struct json *value)
{
	struct gather *g = arg;
	struct form_value *v = &g->out->item[g->out->n++];

	v->name = name;
	v->text = STR("");
	switch (json_kind(value)) {
	case JSON_TEXT:
		v->kind = VALUE_TEXT;
		v->text = json_text(value);
		break;
	case JSON_INT:
		v->kind = VALUE_INT;
		v->text = str_printf(g->mem, "%" PRId64, json_int(value));
		break;
	case JSON_BOOL:
		v->kind = VALUE_BOOL;
		v->text = json_bool(value) ? STR("true") : STR("false");
		break;
	case JSON_NULL:
		v->kind = VALUE_NULL;
		break;
	default:
		v->kind = VALUE_OTHER;
	}
	return true;
}

enum err
form_values_json(struct cx *cx, struct str source, struct form_values *out)
{
	struct gather g = {cx->mem, out};
	struct json *root;
	struct str why;

	*out = (struct form_values){.json = true};
	if (json_parse(cx->mem, source, &root, &why) != OK)
		return fail(cx, ERR_MALFORMED, "",
		    N_("The body is no JSON: %s"), why.p);
	if (json_kind(root) != JSON_OBJECT)
		return fail(cx, ERR_MALFORMED, "",
		    N_("The body must be a JSON object."));
	if (json_count(root) > URL_PAIRS_MAX)
		return fail(cx, ERR_MALFORMED, "",
		    N_("The body has more than %d members."), URL_PAIRS_MAX);
	out->item = mem_array(cx->mem, struct form_value,
	    json_count(root) + 1);
	json_members(root, &g, member_add);
	return OK;
}

struct str
form_text(const struct form_values *v, const char *name)
{
	for (size_t i = 0; i < v->n; i++)
		if (v->item[i].kind != VALUE_NULL &&
		    str_is(v->item[i].name, name))
			return v->item[i].text;
	return (struct str){NULL, 0};
}

/* ---- One field ---------------------------------------------------------- */

/* Notes what is wrong with the field, but only the first thing. */
#define WRONG(r, ...)                                                          \
	do {                                                                   \
		if (!(r)->wrong)                                               \
			(void)fail((r)->cx, ERR_INVALID, (r)->field->name,     \
			    __VA_ARGS__);                                      \
		(r)->wrong = true;                                             \
	} while (0)

static void
text_read(struct reading *r)
{
	const struct http_field *f = r->field;
	struct str clean = r->text;
	size_t max = f->max, length;

	if (f->kind == FIELD_LINE)
		clean = text_line(r->cx->mem, clean);
	else if (f->kind == FIELD_TEXT)
		clean = text_clean(r->cx->mem, clean);
	if (!max)
		max = f->kind == FIELD_TEXT ? TEXT_MAX_CHARS : LINE_MAX_CHARS;
	*(struct str *)(void *)r->at = clean;
	length = text_length(clean);
	if (f->required && length == 0)
		WRONG(r, N_("must not be empty"));
	else if (length > max)
		WRONG(r, N_("is too long: %zu characters, at most %zu"),
		    length, max);
}

static void
number_read(struct reading *r)
{
	struct str s = str_trim(r->text);
	bool id = r->field->kind == FIELD_ID;
	int64_t v = 0;

	if (s.n == 0) {
		if (r->field->required)
			WRONG(r, N_("must not be empty"));
		return;
	}
	if (strspn(s.p, "0123456789-") < s.n)
		WRONG(r, N_("must be a whole number"));
	else if (!str_to_i64(s, &v))
		WRONG(r, N_("must be a whole number, and not such a long one"));
	else if (id && v <= 0)
		WRONG(r, N_("must be a number above zero"));
	if (!r->wrong)
		*(int64_t *)(void *)r->at = v;
}

static void
bool_read(struct reading *r)
{
	struct str s = str_trim(r->text);
	bool yes = str_is(s, "1") || str_is(s, "true") || str_is(s, "on");

	*(bool *)(void *)r->at = yes;
	if (r->field->required && !r->given)
		WRONG(r, N_("must be given"));
	else if (!yes && s.n && !str_is(s, "0") && !str_is(s, "false"))
		WRONG(r, N_("must be true or false"));
}

static void
date_read(struct reading *r)
{
	struct str s = str_trim(r->text);

	s = str_copy(r->cx->mem, s.p, s.n);
	*(struct str *)(void *)r->at = s;
	if (s.n == 0 && r->field->required)
		WRONG(r, N_("must not be empty"));
	else if (s.n && !calendar_date_ok(s))
		WRONG(r, N_("must be a day like 2026-11-24"));
}

static struct str
choices_list(struct reading *r)
{
	struct buf b;

	buf_init(&b, r->cx->mem, 1000);
	for (const char *const *c = r->field->choices; *c; c++) {
		if (c != r->field->choices)
			buf_puts(&b, ", ");
		buf_puts(&b, *c);
	}
	return buf_get(&b);
}

static void
choice_read(struct reading *r)
{
	struct str s = str_trim(r->text);
	int *out = (int *)(void *)r->at;

	*out = -1;
	for (int i = 0; r->field->choices[i]; i++)
		if (str_is(s, r->field->choices[i]))
			*out = i;
	if (*out >= 0)
		return;
	if (s.n)
		WRONG(r, N_("must be one of these: %s"), choices_list(r).p);
	else if (r->field->required)
		WRONG(r, N_("must be chosen"));
}

static void
value_read(struct reading *r)
{
	switch (r->field->kind) {
	case FIELD_LINE:
	case FIELD_TEXT:
	case FIELD_SECRET:
		text_read(r);
		break;
	case FIELD_ID:
	case FIELD_INT:
		number_read(r);
		break;
	case FIELD_BOOL:
		bool_read(r);
		break;
	case FIELD_DATE:
		date_read(r);
		break;
	case FIELD_CHOICE:
		choice_read(r);
		break;
	}
}

/* ---- The kinds of JSON -------------------------------------------------- */

static void
kind_check(struct reading *r, enum value_kind kind)
{
	enum field_kind want = r->field->kind;

	if (kind == VALUE_TYPED || kind == VALUE_NULL)
		return;
	if (want == FIELD_ID || want == FIELD_INT) {
		if (kind != VALUE_INT)
			WRONG(r, N_("must be a whole number"));
	} else if (want == FIELD_BOOL) {
		if (kind != VALUE_BOOL)
			WRONG(r, N_("must be true or false"));
	} else if (kind != VALUE_TEXT) {
		WRONG(r, N_("must be a text"));
	}
}

/* ---- The whole form ----------------------------------------------------- */

/* The one value sent for the field; notes it if there were more. */
static const struct form_value *
value_find(struct reading *r, const struct form_values *v)
{
	const struct form_value *found = NULL;

	for (size_t i = 0; i < v->n; i++) {
		if (!str_is(v->item[i].name, r->field->name))
			continue;
		if (found)
			WRONG(r, N_("was sent more than once"));
		if (!found)
			found = &v->item[i];
	}
	return found;
}

static void
field_read(struct reading *r, const struct form_values *v)
{
	const struct form_value *value = value_find(r, v);

	if (value && value->kind != VALUE_NULL) {
		r->given = true;
		r->text = value->text;
		kind_check(r, value->kind);
	}
	if (value && value->broken)
		WRONG(r, N_("holds bytes that are no text (UTF-8)"));
	value_read(r);
}

bool
form_knows(const struct http_form *form, struct str name)
{
	for (size_t i = 0; i < form->n; i++)
		if (str_is(name, form->fields[i].name))
			return true;
	return false;
}

static bool
unknown_note(struct cx *cx, const struct http_form *form,
    const struct form_values *v)
{
	bool any = false;

	for (size_t i = 0; i < v->n; i++) {
		struct str name = v->item[i].name;

		if (form_knows(form, name))
			continue;
		name = text_excerpt(cx->mem, name, NAME_SHOWN);
		(void)fail(cx, ERR_INVALID, name.p,
		    N_("is not known here"));
		any = true;
	}
	return any;
}

enum err
form_fill(struct cx *cx, const struct http_form *form,
    const struct form_values *v, void *into)
{
	bool wrong = false;

	memset(into, 0, form->size);
	for (size_t i = 0; i < form->n; i++) {
		struct reading r = {
		    .cx = cx,
		    .field = &form->fields[i],
		    .text = STR(""),
		    .at = (char *)into + form->fields[i].offset,
		};

		field_read(&r, v);
		wrong |= r.wrong;
	}
	if (v->json && unknown_note(cx, form, v))
		wrong = true;
	return wrong ? ERR_INVALID : OK;
}
