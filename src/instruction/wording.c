/*
 * Judges how exactly a question is put. The text is marked (quoted messages,
 * addresses, error codes), split into sentences and turned into search keys;
 * politeness and wishes to be called back are taken out; of what is left, each
 * word is weighed: is a thing named, is it said what happens or what is asked?
 * All words and patterns are data (wording_load.c reads them); only the
 * weighing is here. Nothing is learned and nothing is stored.
 */
#include "instruction/wording.h"

#include "base/buf.h"
#include "base/mem.h"
#include "base/text.h"
#include "instruction/wording_rules.h"

enum {
	UNKNOWN_LETTERS_MIN = 4, /* shorter unknown words say nothing */
	WORDS_MIN = 3,
	MUCH = 4, /* things and unknown words that say something by themselves */
};

/* What was found in a text, counted. */
struct found {
	int words;
	int callback;
	int mark[MARK__MAX];
	int word[WORD__MAX];
	int unknown; /* words that are in no list */
	/* What is left of it, for the phrases that are looked for only where
	 * they decide. */
	const struct wording_rules *rules;
	struct matcher *matcher;
	struct str left;
};

#define X(id, name, word) [id] = (word),
static const char *const mark_words[] = {MARK_LIST(X)};
#undef X

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

static struct str
take_out(const struct pattern_list *list, struct matcher *m, struct str text,
    const char *with, int *count)
{
	for (int i = 0; i < list->n; i++)
		*count += pattern_replace(list->pattern[i], m, text,
		    str_of(with), &text);
	return text;
}

static bool
says(const struct found *f, enum phrase phrase)
{
	const struct pattern_list *list = &f->rules->phrase[phrase];

	for (int i = 0; i < list->n; i++)
		if (pattern_found(list->pattern[i], f->matcher, f->left))
			return true;
	return false;
}

/* At most WORDING_BYTES_MAX bytes, never half a character; without quotes
 * around the whole. */
static struct str
text_bounded(struct str s)
{
	s = str_trim(s);
	if (s.n > WORDING_BYTES_MAX) {
		s.n = WORDING_BYTES_MAX;
		while (s.n && ((unsigned char)s.p[s.n] & 0xC0) == 0x80)
			s.n--;
	}
	while (s.n >= 2 && strchr("\"'", s.p[0]) && s.p[0] == s.p[s.n - 1] &&
	       !memchr(s.p + 1, s.p[0], s.n - 2))
		s = str_trim((struct str){s.p + 1, s.n - 2});
	return s;
}

/* The search keys of all sentences, " | " between them, so that no pattern
 * reaches from one into the next. */
static struct str
sentence_keys(void *mem, struct str text)
{
	struct buf b;

	buf_init(&b, mem, 8 * text.n + 64);
	buf_char(&b, ' ');
	while (text.n) {
		size_t n = 0;
		struct str key;

		while (n < text.n && !strchr(".!?;\n", text.p[n]))
			n++;
		key = text_key(mem, (struct str){text.p, n});
		if (key.n) {
			buf_str(&b, key);
			buf_puts(&b, " | ");
		}
		n += n < text.n;
		text = (struct str){text.p + n, text.n - n};
	}
	return buf_get(&b);
}

static bool
word_is_mark(struct str word, struct found *f)
{
	for (int i = 0; i < MARK__MAX; i++)
		if (str_eq(word, str_trim(str_of(mark_words[i])))) {
			f->mark[i]++;
			return true;
		}
	return false;
}

static bool
has_letter(struct str word)
{
	for (size_t i = 0; i < word.n; i++)
		if (word.p[i] < '0' || word.p[i] > '9')
			return true;
	return false;
}

static void
weigh_word(const struct wording_rules *rules, struct str word, struct found *f)
{
	unsigned bits;

	f->words++;
	if (word_is_mark(word, f))
		return;
	bits = words_classes(rules->words, word);
	if (bits & (1u << WORD_EMPTY))
		return;
	for (int i = 0; i < WORD__MAX; i++)
		f->word[i] += (bits & (1u << i)) != 0;
	if (!bits && word.n >= UNKNOWN_LETTERS_MIN && has_letter(word))
		f->unknown++;
}

static void
weigh_words(const struct wording_rules *rules, struct str keys, struct found *f)
{
	struct str key;

	while (str_take(&keys, ' ', &key))
		if (key.n && key.p[0] != '|')
			weigh_word(rules, key, f);
}

static void
look(const struct wording_rules *rules, void *mem, struct str text,
    struct found *f)
{
	struct matcher *m = matcher_new(mem);
	int about = 0, polite = 0;

	for (int i = 0; i < MARK__MAX; i++) {
		int n = 0;

		text = take_out(&rules->mark[i], m, text, mark_words[i], &n);
	}
	text = sentence_keys(mem, text);
	text = take_out(&rules->phrase[PHRASE_ABOUT], m, text, " zzthing ",
	    &about);
	text =
	    take_out(&rules->phrase[PHRASE_POLITENESS], m, text, " ", &polite);
	text = take_out(&rules->phrase[PHRASE_CALLBACK], m, text, " | ",
	    &f->callback);
	text = take_out(&rules->phrase[PHRASE_HOLLOW], m, text, " ", &polite);
	weigh_words(rules, text, f);
	f->word[WORD_THING] += about;
	f->rules = rules;
	f->matcher = m;
	f->left = text;
}

static bool
says_trouble(const struct found *f)
{
	return f->word[WORD_TROUBLE] || says(f, PHRASE_TROUBLE);
}

/* Whether it is said what happens, or what is asked or wanted. */
static bool
has_detail(const struct found *f, int things)
{
	if (f->mark[MARK_QUOTE] || f->mark[MARK_CODE] ||
	    f->word[WORD_SYMPTOM] || says(f, PHRASE_SYMPTOM))
		return true;
	if (says_trouble(f))
		return things && (things + f->unknown >= MUCH ||
			f->word[WORD_SINCE] || says(f, PHRASE_SINCE));
	if (says(f, PHRASE_QUESTION))
		return true;
	if (f->word[WORD_ACTION])
		return things >= 1 && things + f->unknown >= 2;
	return things >= 1 && f->unknown >= 1 &&
	       (f->unknown >= 3 || things + f->unknown >= MUCH);
}

static enum wording_reason
weigh(const struct found *f)
{
	int things = f->word[WORD_THING] + f->mark[MARK_ADDRESS];
	bool object = things > 0 || f->unknown >= 2;

	if (object && f->words >= WORDS_MIN && has_detail(f, things))
		return WORDING_REASON_EXACT;
	if (f->callback || (!says_trouble(f) && says(f, PHRASE_CONTACT)))
		return WORDING_REASON_CALLBACK;
	if (f->words == 0)
		return WORDING_REASON_EMPTY;
	if (!things)
		return WORDING_REASON_NO_OBJECT;
	if (says_trouble(f))
		return WORDING_REASON_WHAT_EXACTLY;
	return WORDING_REASON_NO_SYMPTOM;
}

enum wording
wording_judge(const struct wording_rules *rules, struct str text,
    struct wording_verdict *out)
{
	enum wording_reason reason = WORDING_REASON_EMPTY;
	enum wording wording = WORDING_VAGUE;
	void *mem = mem_sure(talloc_new(NULL));
	struct found found = {0};

	text = text_bounded(text);
	if (text.n && text_valid(text)) {
		look(rules, mem, text, &found);
		reason = weigh(&found);
	}
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
