/*
 * PCRE2 behind a few functions: compile with JIT, keep per-thread match data,
 * find, replace. Matching is bounded by a match limit, so hostile text costs
 * time in proportion to its length and never more. What the patterns look for
 * is data (instructions/wording.yaml, confidential.yaml); what follows from a
 * match is in wording.c and screen.c.
 */
#include "instruction/pattern.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include "base/buf.h"
#include "base/mem.h"

enum {
	MATCH_LIMIT = 20000,
	DEPTH_LIMIT = 200,
	HEAP_KIB_MAX = 512,
	GROUPS_MAX = 8,
};

struct pattern {
	pcre2_code *code;
	bool quick; /* the machine code is there */
};

struct matcher {
	pcre2_match_data *data;
	pcre2_match_context *limits;
};

static int
pattern_free(struct pattern *p)
{
	pcre2_code_free(p->code);
	return 0;
}

static int
matcher_free(struct matcher *m)
{
	pcre2_match_data_free(m->data);
	pcre2_match_context_free(m->limits);
	return 0;
}

struct matcher *
matcher_new(void *mem)
{
	struct matcher *m = mem_new(mem, struct matcher);

	m->data = mem_sure(pcre2_match_data_create(GROUPS_MAX, NULL));
	m->limits = mem_sure(pcre2_match_context_create(NULL));
	pcre2_set_match_limit(m->limits, MATCH_LIMIT);
	pcre2_set_depth_limit(m->limits, DEPTH_LIMIT);
	pcre2_set_heap_limit(m->limits, HEAP_KIB_MAX);
	talloc_set_destructor(m, matcher_free);
	return m;
}

static bool
matches_nothing(const struct pattern *p)
{
	pcre2_match_data *data = mem_sure(pcre2_match_data_create(1, NULL));
	int n = pcre2_match(p->code, (PCRE2_SPTR) "", 0, 0, 0, data, NULL);

	pcre2_match_data_free(data);
	return n >= 0;
}

bool
pattern_can_begin(const struct pattern *p, struct matcher *m, const char *text,
    size_t at)
{
	int n = pcre2_match(p->code, (PCRE2_SPTR)text, strlen(text), at,
	    PCRE2_ANCHORED | PCRE2_PARTIAL_HARD, m->data, NULL);

	return n >= 0 || n == PCRE2_ERROR_PARTIAL;
}

bool
pattern_looks_behind(const struct pattern *p)
{
	uint32_t characters = 0;

	pcre2_pattern_info(p->code, PCRE2_INFO_MAXLOOKBEHIND, &characters);
	return characters > 1;
}

struct pattern *
pattern_new(void *mem, struct str source, bool unicode, struct str *why)
{
	uint32_t options = PCRE2_NEVER_BACKSLASH_C;
	struct pattern *p = mem_new(mem, struct pattern);
	PCRE2_UCHAR message[160];
	int error;
	size_t at;

	options |= unicode ? PCRE2_CASELESS | PCRE2_UTF | PCRE2_UCP
			   : PCRE2_NEVER_UTF;
	p->code = pcre2_compile((PCRE2_SPTR)source.p, source.n, options, &error,
	    &at, NULL);
	talloc_set_destructor(p, pattern_free);
	if (!p->code) {
		pcre2_get_error_message(error, message, sizeof message);
		*why = str_printf(mem, "%s at character %zu",
		    (const char *)message, at + 1);
	} else if (matches_nothing(p)) {
		*why = STR("it matches an empty text");
	} else {
		/* Without JIT it is slower, not wrong. */
		p->quick =
		    pcre2_jit_compile(p->code, PCRE2_JIT_COMPLETE) == 0;
		return p;
	}
	talloc_free(p);
	return NULL;
}

/* The first match at or behind byte `at`; below 0: none. */
static int
match(const struct pattern *p, struct matcher *m, struct str text, size_t at)
{
	return p->quick ? pcre2_jit_match(p->code, (PCRE2_SPTR)text.p, text.n,
			      at, 0, m->data, m->limits)
			: pcre2_match(p->code, (PCRE2_SPTR)text.p, text.n, at,
			      PCRE2_NO_UTF_CHECK, m->data, m->limits);
}

bool
pattern_found(const struct pattern *p, struct matcher *m, struct str text)
{
	return match(p, m, text, 0) >= 0;
}

bool
pattern_next(const struct pattern *p, struct matcher *m, struct str text,
    size_t at, size_t *from, size_t *n)
{
	const size_t *place = pcre2_get_ovector_pointer(m->data);

	if (at > text.n || match(p, m, text, at) < 0 || place[1] < place[0])
		return false;
	*from = place[0];
	*n = place[1] - place[0];
	return true;
}

struct str
pattern_replace(const struct pattern *p, struct matcher *m, struct str text,
    struct str with)
{
	size_t at = 0, from, n;
	struct buf b;

	if (!pattern_next(p, m, text, 0, &from, &n) || n == 0)
		return text;
	buf_init(&b, m, text.n * (with.n + 1) + 1);
	do {
		buf_put(&b, text.p + at, from - at);
		buf_str(&b, with);
		at = from + n;
	} while (pattern_next(p, m, text, at, &from, &n) && n > 0);
	buf_put(&b, text.p + at, text.n - at);
	return buf_get(&b);
}
