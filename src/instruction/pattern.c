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

#include "base/mem.h"

enum {
	MATCH_LIMIT = 20000,
	DEPTH_LIMIT = 200,
	HEAP_KIB_MAX = 512,
	GROUPS_MAX = 8,
};

struct pattern {
	pcre2_code *code;
	bool quick;    /* the machine code is there */
	bool anywhere; /* a match may begin elsewhere than at a word */
	struct heads heads;
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

/* The place of a letter, of a digit, of anything else. */
static unsigned
place(unsigned char c)
{
	if (c >= 'a' && c <= 'z')
		return c - 'a';
	return c >= '0' && c <= '9' ? 26u + c - '0' : HEAD_LETTERS;
}

static void
heads_add(struct heads *h, const char *word)
{
	unsigned pair = place((unsigned char)word[0]) * (HEAD_LETTERS + 1) +
			place((unsigned char)word[1]);

	h->bits[pair / 64] |= 1ull << pair % 64;
}

void
heads_of(struct str key, struct heads *out)
{
	*out = (struct heads){0};
	for (size_t i = 0; i < key.n; i++)
		if (key.p[i] != ' ' && (i == 0 || key.p[i - 1] == ' '))
			heads_add(out, key.p + i);
}

bool
pattern_may_begin(const struct pattern *p, const struct heads *heads)
{
	uint64_t both = p->anywhere;

	for (int i = 0; i < HEAD_WORDS; i++)
		both |= p->heads.bits[i] & heads->bits[i];
	return both;
}

/* Whether a match can begin at `at`, the text going on behind its end. */
static bool
can_begin(const struct pattern *p, const char *text, size_t at,
    pcre2_match_data *data)
{
	int n = pcre2_match(p->code, (PCRE2_SPTR)text, strlen(text), at,
	    PCRE2_ANCHORED | PCRE2_PARTIAL_HARD, data, NULL);

	return n >= 0 || n == PCRE2_ERROR_PARTIAL;
}

/* Finds out by trying with which two letters of a word a match can begin, and
 * whether it can within a word or before one. */
static void
heads_find(struct pattern *p)
{
	static const char letters[] = "abcdefghijklmnopqrstuvwxyz0123456789 ";
	pcre2_match_data *data = mem_sure(pcre2_match_data_create(1, NULL));
	uint32_t behind = 0;

	pcre2_pattern_info(p->code, PCRE2_INFO_MAXLOOKBEHIND, &behind);
	p->anywhere = behind > 1 || can_begin(p, " ", 0, data) ||
		      can_begin(p, "a ", 1, data) || can_begin(p, " |", 1, data);
	for (const char *a = letters; *a != ' ' && !p->anywhere; a++) {
		p->anywhere = can_begin(p, (char[]){'a', *a, '\0'}, 1, data);
		if (!can_begin(p, (char[]){' ', *a, '\0'}, 1, data))
			continue;
		for (const char *b = letters; *b; b++) {
			char text[] = {' ', *a, *b, '\0'};

			if (can_begin(p, text, 1, data))
				heads_add(&p->heads, text + 1);
		}
	}
	pcre2_match_data_free(data);
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
		if (!unicode)
			heads_find(p);
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
