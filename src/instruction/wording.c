/*
 * Judges how exactly a question is put. What examples taught
 * (wording_learned.h) decides where it is sure. Else it is decided by what was
 * counted in the text (wording_look.c): is a thing named, and is it said what
 * happens or what is asked? Whoever asks for somebody must say both; else a
 * thing and a little more will do. All words, patterns and examples are data;
 * only the weighing is here. Nothing is learned from what people type, and
 * nothing of it is stored.
 */
#include "base/mem.h"
#include "base/text.h"
#include "instruction/wording_rules.h"

/* So much must be said: words of the whole text, and of them things, unknown
 * words and numbers together. */
enum {
	WORDS_MIN = 3,
	WORDS_PLENTY = 5,
	WORDS_LONG = 7,
	SAID_MIN = 2,
	SAID_OF_THING = 3,
	SAID_OF_UNKNOWN = 4,
};

/* Odds from which on what was learned decides (natural logarithms): 9 to 2. */
static const float SURELY_EXACT = 1.5f, SURELY_NOT = -1.5f;

static const char *const names[] = {
    [WORDING_EXACT] = "exact",
    [WORDING_CALLBACK] = "callback",
    [WORDING_VAGUE] = "vague",
};

const char *
wording_name(enum wording w)
{
	return names[w];
}

struct str
text_bounded(struct str s)
{
	s = text_head(str_trim(s), WORDING_BYTES_MAX);
	while (s.n >= 2 && strchr("\"'", s.p[0]) && s.p[0] == s.p[s.n - 1] &&
	       !memchr(s.p + 1, s.p[0], s.n - 2))
		s = str_trim((struct str){s.p + 1, s.n - 2});
	return s;
}

static bool
says_trouble(const struct text *t)
{
	return t->found.word[WORD_TROUBLE] || text_says(t, PHRASE_TROUBLE);
}

static bool
says_since(const struct text *t)
{
	return t->found.word[WORD_SINCE] || text_says(t, PHRASE_SINCE);
}

/* What the form and the length of a text are worth: who asks, or says more than
 * what a thing is called, need not use as many words of meaning. */
static int
form(const struct found *f)
{
	const int *n = f->word;
	bool more = n[WORD_ACTION] || n[WORD_WRONG] || n[WORD_WHEN] ||
		    f->openings || f->questions || f->words >= WORDS_PLENTY;
	bool much = (f->questions && f->words >= WORDS_PLENTY) ||
		    (f->words >= WORDS_LONG && !n[WORD_NEGATION]);

	return more + much;
}

/* Whether it is said what happens, or what is asked or wanted. */
static bool
has_detail(const struct text *t, int things)
{
	const struct found *f = &t->found;
	bool doubtful = f->contacts || f->word[WORD_HOLLOW];
	int said = things + f->unknown + f->numbers;

	if (f->symptoms || text_says(t, PHRASE_SYMPTOM))
		return true;
	if (says_trouble(t))
		return said + (f->words >= WORDS_LONG) >=
			   (things ? SAID_OF_THING : SAID_OF_UNKNOWN) ||
		       (things && says_since(t));
	if ((!f->contacts || said >= SAID_MIN) && text_says(t, PHRASE_QUESTION))
		return true;
	if (!doubtful)
		said += form(f);
	return said >= (things ? SAID_OF_THING : SAID_OF_UNKNOWN);
}

/* By what somebody is to be reached is no matter, if it works. */
static int
things_of(const struct found *f)
{
	return f->word[WORD_THING] -
	       (f->contacts && !f->symptoms ? f->phones : 0);
}

/* Whether the lists find it exact. */
static bool
counts_enough(const struct text *t)
{
	const struct found *f = &t->found;
	int things = things_of(f);
	int others = f->unknown + f->numbers + f->word[WORD_SYMPTOM];
	bool object = things || (!f->contacts && others >= SAID_MIN);

	return object && f->words >= WORDS_MIN && has_detail(t, things);
}

static bool
asks_for_somebody(const struct text *t)
{
	const struct found *f = &t->found;

	return f->contacts || (f->word[WORD_REACH] && !says_trouble(t));
}

/* What a text lacks that is not exact. */
static enum wording_reason
lacking(const struct text *t, bool callback)
{
	if (callback)
		return WORDING_REASON_CALLBACK;
	if (t->found.words == 0)
		return WORDING_REASON_EMPTY;
	if (!things_of(&t->found))
		return WORDING_REASON_NO_OBJECT;
	if (says_trouble(t))
		return WORDING_REASON_WHAT_EXACTLY;
	return WORDING_REASON_NO_SYMPTOM;
}

/* What was learned decides where it is sure; else the lists do. */
static enum wording_reason
weigh(const struct wording_rules *rules, void *mem, struct str s)
{
	const struct learned_parts *parts = learned_parts(mem, s);
	float exact = learned_odds(rules->learned, LEARNED_EXACT, parts);
	struct text t;

	if (exact > SURELY_EXACT)
		return WORDING_REASON_EXACT;
	text_look(rules, mem, s, &t);
	if (exact < SURELY_NOT)
		return lacking(&t,
		    learned_odds(rules->learned, LEARNED_CALLBACK, parts) > 0);
	if (counts_enough(&t))
		return WORDING_REASON_EXACT;
	return lacking(&t, asks_for_somebody(&t));
}

enum wording
wording_judge(const struct wording_rules *rules, struct str text,
    struct wording_verdict *out)
{
	enum wording_reason reason = WORDING_REASON_EMPTY;
	enum wording wording = WORDING_VAGUE;
	void *mem = mem_sure(talloc_new(NULL));

	text = text_bounded(text);
	if (text.n && text_valid(text))
		reason = weigh(rules, mem, text);
	talloc_free(mem);
	if (reason == WORDING_REASON_EXACT)
		wording = WORDING_EXACT;
	else if (reason == WORDING_REASON_CALLBACK)
		wording = WORDING_CALLBACK;
	if (out)
		*out = (struct wording_verdict){.wording = wording,
		    .reason = str_of(wording_reason_name(reason)),
		    .text = &rules->reason[reason]};
	return wording;
}
