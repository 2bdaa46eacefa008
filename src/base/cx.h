#pragma once
/*
 * One unit of work: a request, a job, a command. It owns the memory, has one
 * moment that does not change while it runs, speaks one language, and collects
 * what is wrong in words for the person who must mend it.
 */
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/i18n.h"
#include "base/str.h"

enum { FAULT_MAX = 24 };

struct fault_item {
	const char *field; /* the form field or JSON member; "" for the whole */
	const char *text;  /* in the unit's language */
};

struct fault {
	enum err err;      /* the first error; OK if nothing is wrong */
	size_t n;
	struct fault_item item[FAULT_MAX];
};

struct cx {
	void *mem;         /* talloc; freed when the unit ends */
	int64_t now_ms;    /* the unit's moment */
	enum lang lang;
	const char *id;    /* in front of its log lines */
	struct fault fault;
	int retry_s;       /* when it may be tried again, if that is known */
};

/* Notes what is wrong with `field` ("" for the whole) and returns `e`, so that
 * a function can end with it. `msgid` is translated, then formatted. Past
 * FAULT_MAX only the error is kept. */
enum err fail(struct cx *cx, enum err e, const char *field, const char *msgid,
    ...) PRINTF_LIKE(4, 5);

/* What was said of `field`, or NULL. */
const char *fault_of(const struct fault *f, const char *field);

/* Forgets everything that was noted (before the work is run again). */
void fault_clear(struct fault *f);
