#pragma once
/*
 * What wording_load.c makes of the file and wording.c judges with. Private to
 * this floor.
 */
#include "instruction/beginnings.h"
#include "instruction/pattern.h"
#include "instruction/wording.h"
#include "instruction/wording_learned.h"
#include "instruction/words.h"

/* Sought in the text as it is typed, and replaced by a word that nobody types:
 * "zz" and the class it counts as. id, name in the file, that word. */
#define MARK_LIST(X)                                                           \
	X(MARK_QUOTE, "quote", " zzsymptom ")                                  \
	X(MARK_ADDRESS, "address", " zzthing ")                                \
	X(MARK_CODE, "code", " zzsymptom ")

/* Sought in the text's search key. The first are replaced in the same way; the
 * others, which have no word, are looked for only where they decide. */
#define PHRASE_LIST(X)                                                         \
	X(PHRASE_ABOUT, "about", " zzthing ")                                  \
	X(PHRASE_POLITENESS, "politeness", " ")                                \
	X(PHRASE_TALK, "talk", " zztalk ")                                     \
	X(PHRASE_REACH, "reach", " zzreach ")                                  \
	X(PHRASE_HOLLOW, "hollow", " zzhollow ")                               \
	X(PHRASE_QUESTION, "question", NULL)                                   \
	X(PHRASE_SYMPTOM, "symptom", NULL)                                     \
	X(PHRASE_SINCE, "since", NULL)                                         \
	X(PHRASE_TROUBLE, "trouble", NULL)

/* Classes of single words; an empty word says nothing of the matter. */
#define WORD_LIST(X)                                                           \
	X(WORD_EMPTY, "empty")                                                 \
	X(WORD_THING, "thing")                                                 \
	X(WORD_SYMPTOM, "symptom")                                             \
	X(WORD_TROUBLE, "trouble")                                             \
	X(WORD_ACTION, "action")                                               \
	X(WORD_WRONG, "wrong")                                                 \
	X(WORD_WHEN, "when")                                                   \
	X(WORD_HOLLOW, "hollow")                                               \
	X(WORD_SINCE, "since")                                                 \
	X(WORD_TALK, "talk")                                                   \
	X(WORD_REACH, "reach")                                                 \
	X(WORD_PERSON, "person")                                               \
	X(WORD_ANYBODY, "anybody")                                             \
	X(WORD_OWN, "own")                                                     \
	X(WORD_SELF, "self")                                                   \
	X(WORD_WISH, "wish")                                                   \
	X(WORD_PLEA, "plea")                                                   \
	X(WORD_NEGATION, "negation")                                           \
	X(WORD_DOES, "does")                                                   \
	X(WORD_OPENING, "opening")                                             \
	X(WORD_PHONE, "phone")                                                 \
	X(WORD_TITLE, "title")

#define WORDING_REASON_LIST(X)                                                 \
	X(WORDING_REASON_EXACT, "exact")                                       \
	X(WORDING_REASON_CALLBACK, "callback")                                 \
	X(WORDING_REASON_EMPTY, "empty")                                       \
	X(WORDING_REASON_NO_OBJECT, "no-object")                               \
	X(WORDING_REASON_NO_SYMPTOM, "no-symptom")                             \
	X(WORDING_REASON_WHAT_EXACTLY, "what-exactly")

#define X(id, ...) id,
enum mark { MARK_LIST(X) MARK__MAX };
enum phrase { PHRASE_LIST(X) PHRASE__MAX };
enum word { WORD_LIST(X) WORD__MAX };
enum wording_reason { WORDING_REASON_LIST(X) WORDING_REASON__MAX };
#undef X

#define IS(class) (1u << (class))

struct wording_rules {
	struct pattern_list mark[MARK__MAX], phrase[PHRASE__MAX];
	struct beginnings *beginnings; /* of all phrases */
	struct words *words;
	struct learned *learned;
	struct text2 reason[WORDING_REASON__MAX];
};

/* What was found in a text or a sentence of it, counted. */
struct found {
	int words;
	int word[WORD__MAX];
	int unknown; /* words in no list, but not those that ask for somebody */
	int numbers;
	int phones; /* things that may only serve to reach somebody */
	/* Sentences that ask for somebody, that say what fails, that begin as
	 * questions do, that end with a question mark. */
	int contacts, symptoms, openings, questions;
};

/* A text while it is judged. */
struct text {
	const struct wording_rules *rules;
	struct matcher *matcher;
	struct str left; /* its search key, with phrases replaced */
	const uint64_t *may; /* which patterns may occur: beginnings.h */
	struct found found;
};

/* What is judged of a text: at most WORDING_BYTES_MAX bytes, never half a
 * character, without quotes around the whole; borrowed. */
struct str text_bounded(struct str s);

/* Counts what is in `s` (valid UTF-8); *t lives as long as `mem`. */
void text_look(const struct wording_rules *rules, void *mem, struct str s,
    struct text *t);

bool text_says(const struct text *t, enum phrase phrase);

/* The names in the file, for example "no-object". */
const char *wording_reason_name(enum wording_reason reason);

/* Learns the examples in a file whose other rules are loaded, and complains
 * about those that are judged otherwise afterwards, since others contradict
 * them. */
struct reader;
struct yaml;
void examples_learn(struct reader *r, const struct yaml *root,
    struct wording_rules *w);
