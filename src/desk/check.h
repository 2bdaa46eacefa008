#pragma once
/*
 * Checks of what a form, a line of an import or a command brings. Each cleans
 * its text into the form that is stored (base/text.h) or says what is wrong
 * with the field; so a function runs all its checks, and the form comes back
 * with everything that is wrong. A text that was not given becomes an empty
 * one. ERR_INVALID, nothing else.
 */
#include <stdbool.h>

#include "base/cx.h"

/* One line of at most `most` characters. */
MUST_CHECK enum err check_line(struct cx *cx, const char *field, struct str *s,
    size_t most, bool required);

/* As check_line, with line breaks. */
MUST_CHECK enum err check_text(struct cx *cx, const char *field, struct str *s,
    size_t most, bool required);

/* An e-mail address, or nothing. */
MUST_CHECK enum err check_email(struct cx *cx, const char *field,
    struct str *s);

/* A day "2026-11-24". */
MUST_CHECK enum err check_date(struct cx *cx, const char *field, struct str *s,
    bool required);

/* A telephone number as it is typed; *s becomes E.164 without plus. `country`
 * as for phone_normalise. */
MUST_CHECK enum err check_phone(struct cx *cx, const char *field, struct str *s,
    const char *country);

/* The first error among several checks; all of them were run. */
static inline enum err
check_both(enum err a, enum err b)
{
	return a != OK ? a : b;
}
