#pragma once
/*
 * What wording_load.c makes of the file and wording.c judges with. Private to
 * this floor.
 */
#include "instruction/pattern.h"
#include "instruction/wording.h"
#include "instruction/words.h"

/* Sought in the text as it is typed, and replaced by a word that nobody types:
 * id, name in the file, that word. */
#define MARK_LIST(X)                                                           \
	X(MARK_QUOTE, "quote", " zzquote ")                                    \
	X(MARK_ADDRESS, "address", " zzaddress ")                              \
	X(MARK_CODE, "code", " zzcode ")

/* Sought in the text's search key. Those up to hollow are taken out. */
#define PHRASE_LIST(X)                                                         \
	X(PHRASE_ABOUT, "about")                                               \
	X(PHRASE_POLITENESS, "politeness")                                     \
	X(PHRASE_CALLBACK, "callback")                                         \
	X(PHRASE_HOLLOW, "hollow")                                             \
	X(PHRASE_QUESTION, "question")                                         \
	X(PHRASE_SYMPTOM, "symptom")                                           \
	X(PHRASE_CONTACT, "contact")                                           \
	X(PHRASE_SINCE, "since")                                               \
	X(PHRASE_TROUBLE, "trouble")

/* Classes of single words; an empty word is nothing else besides. */
#define WORD_LIST(X)                                                           \
	X(WORD_EMPTY, "empty")                                                 \
	X(WORD_THING, "thing")                                                 \
	X(WORD_SYMPTOM, "symptom")                                             \
	X(WORD_TROUBLE, "trouble")                                             \
	X(WORD_ACTION, "action")                                               \
	X(WORD_SINCE, "since")

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

struct pattern_list {
	int n;
	struct pattern **pattern;
};

struct wording_rules {
	struct pattern_list mark[MARK__MAX], phrase[PHRASE__MAX];
	struct words *words;
	struct text2 reason[WORDING_REASON__MAX];
};

/* The names in the file, for example "no-object". */
const char *wording_reason_name(enum wording_reason reason);
