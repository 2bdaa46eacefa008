#pragma once
/*
 * From what was sent to a form's struct: values, wherever they came from, and
 * the checks of a table of fields.
 */
#include "http/http.h"

enum value_kind {
	VALUE_TYPED,   /* out of a form or a query: a text to be read */
	VALUE_TEXT,    /* these are JSON's kinds */
	VALUE_INT,
	VALUE_BOOL,
	VALUE_NULL,
	VALUE_OTHER,   /* a list, an object, a fraction */
};

struct form_value {
	struct str name;
	struct str text;   /* also of numbers and booleans */
	enum value_kind kind;
	bool broken;       /* held bytes that are no text; they were replaced */
};

struct form_values {
	struct form_value *item;
	size_t n;
	bool json;
	bool broken;       /* one of them was */
};

/* Each fills *out, with nothing in it but valid UTF-8; ERR_MALFORMED with the
 * reason noted. */
MUST_CHECK enum err form_values_typed(struct cx *cx, struct str source,
    struct form_values *out);
MUST_CHECK enum err form_values_json(struct cx *cx, struct str source,
    struct form_values *out);

/* Reads every field of the form from `v` into the struct at `into`, of
 * `form->size` bytes. Wrong fields are noted one by one and are still put there
 * as far as they can be: texts as they were typed, everything else as not
 * given. ERR_INVALID if any is wrong. Fields nobody asked for are an error in
 * JSON and ignored otherwise. */
MUST_CHECK enum err form_fill(struct cx *cx, const struct http_form *form,
    const struct form_values *v, void *into);

bool form_knows(const struct http_form *form, struct str name);

/* The text that was sent under the name; NULL if none was. */
struct str form_text(const struct form_values *v, const char *name);
