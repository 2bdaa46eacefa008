#pragma once
/*
 * Whether a question is put exactly enough to be taken into support. The
 * patterns are data (instructions/wording.yaml), compiled once; judging is
 * thread-safe and bounded in time whatever the text.
 */
#include "base/err.h"
#include "base/i18n.h"
#include "base/str.h"
#include "base/yaml.h"

enum wording {
	WORDING_EXACT,
	WORDING_CALLBACK, /* asks to be called back, and says nothing else */
	WORDING_VAGUE,    /* nobody could work on it */
	WORDING__MAX
};

enum { WORDING_BYTES_MAX = 16384 }; /* of a longer text, this much is judged */

struct wording_rules;

struct wording_verdict {
	enum wording wording;
	struct str reason;        /* id, for example "no-object" */
	const struct text2 *text; /* the reason in words: what is missing */
};

/* Loads the patterns; *out is owned by `mem`, immutable, for all threads.
 * ERR_INVALID: `c` says what is wrong, each with its place. */
MUST_CHECK enum err wording_load(void *mem, struct str source,
    struct complaints *c, struct wording_rules **out);

/* Judges a text (any bytes: what is not UTF-8 is vague). *out borrows from the
 * rules; it may be NULL. A pattern that would take too long counts as not
 * matched. */
enum wording wording_judge(const struct wording_rules *rules, struct str text,
    struct wording_verdict *out);

/* "exact", "callback", "vague". */
const char *wording_name(enum wording w);
