/*
 * PCRE2 behind a few functions: compile with JIT, keep per-thread match data,
 * find, replace. Matching is bounded by a match limit, so hostile text costs
 * time in proportion to its length and never more. What the patterns look for
 * is data (instructions/wording.yaml); what follows from a match is in
 * wording.c.
 */
#include "instruction/pattern.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

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

bool
pattern_found(const struct pattern *p, struct matcher *m, struct str text)
{
	int n = p->quick ? pcre2_jit_match(p->code, (PCRE2_SPTR)text.p, text.n,
			       0, 0, m->data, m->limits)
			 : pcre2_match(p->code, (PCRE2_SPTR)text.p, text.n, 0,
			       PCRE2_NO_UTF_CHECK, m->data, m->limits);

	return n >= 0;
}

int
pattern_replace(const struct pattern *p, struct matcher *m, struct str text,
    struct str with, struct str *out)
{
	size_t n = text.n * (with.n + 1) + with.n + 1;
	char *to;
	int count;

	*out = text;
	if (!pattern_found(p, m, text))
		return 0;
	to = mem_sure(talloc_size(m, n));
	count = pcre2_substitute(p->code, (PCRE2_SPTR)text.p, text.n, 0,
	    PCRE2_SUBSTITUTE_GLOBAL | PCRE2_SUBSTITUTE_LITERAL |
		PCRE2_NO_UTF_CHECK, m->data, m->limits, (PCRE2_SPTR)with.p, with.n, (PCRE2_UCHAR *)to, &n);
	if (count <= 0) {
		talloc_free(to);
		return 0;
	}
	*out = (struct str){to, n};
	return count;
}
