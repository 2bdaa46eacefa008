/*
 * Counts what is said in a text. It is marked (quoted messages, addresses,
 * error codes), split into sentences and turned into search keys; politeness
 * is taken out; phrases are replaced by a word for their class. Then the
 * classes of all words are counted, sentence by sentence.
 */
#include <ctype.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/text.h"
#include "instruction/wording_rules.h"

enum {
	UNKNOWN_LETTERS_MIN = 4, /* shorter unknown words say nothing */
	UNKNOWN_MUCH = 4,        /* more than who asks for somebody says */
	UNKNOWN_QUESTION = 2,    /* that many say what is asked */
};

/* What a text is about, how people are reached, and what tells no more than an
 * unknown word. */
static const unsigned in_matter = IS(WORD_THING) | IS(WORD_SYMPTOM) |
    IS(WORD_TROUBLE) | IS(WORD_ACTION) | IS(WORD_SINCE);
static const unsigned in_contact =
    IS(WORD_PHONE) | IS(WORD_REACH) | IS(WORD_TALK);
static const unsigned in_neither = IS(WORD_DOES) | IS(WORD_OPENING);

#define X(id, name, word) [id] = (word),
static const char *const mark_words[] = {MARK_LIST(X)};
static const char *const phrase_words[] = {PHRASE_LIST(X)};
#undef X

static bool
may_occur(const struct text *t, const struct pattern_list *list, int i)
{
	return beginnings_has(t->may, list->first + (unsigned)i);
}

bool
text_says(const struct text *t, enum phrase phrase)
{
	const struct pattern_list *list = &t->rules->phrase[phrase];

	for (int i = 0; i < list->n; i++)
		if (may_occur(t, list, i) &&
		    pattern_found(list->pattern[i], t->matcher, t->left))
			return true;
	return false;
}

/* Not the point of a number, nor the colon of a time. */
static bool
ends_sentence(const char *p)
{
	switch (*p) {
	case '.': case ':': case ',': case '?':
		return !isalnum((unsigned char)p[1]);
	default:
		return *p == '!' || *p == ';' || *p == '\n' || *p == '\0';
	}
}

/* The search keys of all sentences and clauses, each with its separator behind,
 * so that no pattern reaches from one into the next. */
static struct str
sentence_keys(void *mem, struct str text)
{
	struct buf b;

	buf_init(&b, mem, 8 * text.n + 64);
	buf_char(&b, ' ');
	while (text.n) {
		size_t n = 0;
		struct str key;

		while (n < text.n && !ends_sentence(text.p + n))
			n++;
		key = text_key(mem, (struct str){text.p, n});
		if (key.n) {
			buf_str(&b, key);
			buf_puts(&b, n < text.n && text.p[n] == '?' ? " |? "
								    : " | ");
		}
		n += n < text.n;
		text = (struct str){text.p + n, text.n - n};
	}
	return buf_get(&b);
}

static size_t
digits(struct str word)
{
	size_t n = 0;

	for (size_t i = 0; i < word.n; i++)
		n += isdigit((unsigned char)word.p[i]) != 0;
	return n;
}

/* Counts a word; tells its classes. `before` are those of its predecessor. */
static unsigned
count_word(const struct wording_rules *rules, struct str word, unsigned before,
    struct found *f)
{
	unsigned bits = words_classes(rules->words, word);

	if (bits & (IS(WORD_EMPTY) | IS(WORD_PERSON)))
		bits &= ~in_matter;
	if (before & IS(WORD_OWN))
		bits &= ~(IS(WORD_PERSON) | IS(WORD_TITLE));
	for (int i = 0; i < WORD__MAX; i++)
		f->word[i] += (bits & IS(i)) != 0;
	f->openings += f->words++ == 0 && (bits & IS(WORD_OPENING));
	f->phones += (bits & IS(WORD_THING)) && (bits & in_contact);
	f->numbers += digits(word) > 0;
	/* A name after a title says nothing. */
	f->unknown += !(bits & ~in_neither) && !(before & IS(WORD_TITLE)) &&
		      word.n >= UNKNOWN_LETTERS_MIN && digits(word) < word.n;
	return bits;
}

/* Whether a sentence says what fails; that nobody calls is none. */
static bool
is_symptom(const struct found *f)
{
	const int *n = f->word;

	return n[WORD_SYMPTOM] || (n[WORD_NEGATION] && !n[WORD_TALK] &&
				      (n[WORD_DOES] || n[WORD_REACH]));
}

/* Whether a sentence asks for somebody: who says that something fails or is to
 * be done, does not, unless a person is named. */
static bool
is_contact(const struct found *f)
{
	const int *n = f->word;
	bool phones_only = n[WORD_THING] == f->phones;
	bool matter = phones_only ? n[WORD_NEGATION] && !n[WORD_PLEA]
				  : n[WORD_NEGATION] || n[WORD_TROUBLE] ||
					n[WORD_ACTION] || f->symptoms;

	if (n[WORD_TALK] || !n[WORD_REACH])
		return n[WORD_TALK];
	if (!phones_only && f->unknown + f->numbers >= UNKNOWN_MUCH)
		return false;
	return (n[WORD_PERSON] || n[WORD_ANYBODY] || !matter) &&
	       (n[WORD_SELF] || n[WORD_WISH] ||
		   (phones_only && f->unknown <= 1));
}

/* Whether a text names a person, or begs for a number, and nothing that it
 * could be about. */
static bool
is_person_only(const struct found *f)
{
	const int *n = f->word;
	bool matter = n[WORD_THING] > f->phones || f->symptoms ||
		      n[WORD_TROUBLE] || n[WORD_ACTION] || n[WORD_WHEN] ||
		      (f->phones && f->numbers) ||
		      (f->questions && f->unknown >= UNKNOWN_QUESTION);

	return (n[WORD_PERSON] || (f->phones && n[WORD_PLEA])) && !matter &&
	       (n[WORD_SELF] || n[WORD_WISH] || f->phones || f->openings ||
		   !(n[WORD_HOLLOW] || n[WORD_NEGATION]));
}

/* Takes the next sentence or clause off the keys and counts it. */
static struct found
count_sentence(const struct wording_rules *rules, struct str *keys)
{
	struct found f = {0};
	struct str word;
	unsigned bits = 0;

	/* No sentence ends after "Mr." */
	while (str_take(keys, ' ', &word) &&
	       (!str_starts(word, STR("|")) || bits & IS(WORD_TITLE)))
		if (word.n && word.p[0] != '|')
			bits = count_word(rules, word, bits, &f);
	f.questions = str_is(word, "|?");
	f.symptoms = is_symptom(&f);
	f.contacts = is_contact(&f);
	if (f.contacts)
		f.unknown = 0;
	if (f.contacts && f.word[WORD_THING] == f.phones)
		f.symptoms = 0;
	return f;
}

static void
found_add(struct found *to, const struct found *f)
{
	to->words += f->words;
	to->unknown += f->unknown;
	to->numbers += f->numbers;
	to->phones += f->phones;
	to->contacts += f->contacts;
	to->symptoms += f->symptoms;
	to->openings += f->openings;
	to->questions += f->questions;
	for (int i = 0; i < WORD__MAX; i++)
		to->word[i] += f->word[i];
}

/* Marks are sought whatever words there are. */
static struct str
marks_replace(const struct text *t, struct str s)
{
	for (int m = 0; m < MARK__MAX; m++) {
		const struct pattern_list *list = &t->rules->mark[m];

		for (int i = 0; i < list->n; i++)
			s = pattern_replace(list->pattern[i], t->matcher, s,
			    str_of(mark_words[m]));
	}
	return s;
}

static struct str
phrases_replace(const struct text *t, struct str s)
{
	for (int p = 0; p < PHRASE__MAX && phrase_words[p]; p++) {
		const struct pattern_list *list = &t->rules->phrase[p];

		for (int i = 0; i < list->n; i++)
			if (may_occur(t, list, i))
				s = pattern_replace(list->pattern[i],
				    t->matcher, s, str_of(phrase_words[p]));
	}
	return s;
}

void
text_look(const struct wording_rules *rules, void *mem, struct str s,
    struct text *t)
{
	struct found *all = &t->found;

	*t = (struct text){.rules = rules, .matcher = matcher_new(mem)};
	s = sentence_keys(mem, marks_replace(t, s));
	t->may = beginnings_in(rules->beginnings, mem, s);
	s = phrases_replace(t, s);
	t->left = s;
	while (s.n) {
		struct found f = count_sentence(rules, &s);

		found_add(all, &f);
	}
	if (is_person_only(all)) {
		all->contacts++;
		all->unknown = 0;
	}
	if (all->contacts)
		all->numbers = 0; /* those of telephones */
}
