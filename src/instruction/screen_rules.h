#pragma once
/*
 * What screen_load.c makes of the file, and the text as screen_text.c prepares
 * it for screen.c. Private to this floor.
 */
#include "instruction/pattern.h"
#include "instruction/screen.h"
#include "instruction/words.h"

/* Classes of single words. */
#define SCREEN_WORD_LIST(X)                                                    \
	X(SCREEN_TITLE, "title")     /* stands before a surname */             \
	X(SCREEN_PARTICLE, "particle") /* belongs to a surname: "von der" */   \
	X(SCREEN_ARTICLE, "article") /* makes the word behind it a thing */

#define X(id, name) id,
enum screen_word { SCREEN_WORD_LIST(X) SCREEN_WORD__MAX };
#undef X

struct screen_rules {
	struct text2 reason[SCREEN__MAX];
	struct words *words;
	struct pattern_list harmless; /* taken out before the others look */
	struct pattern_list telling;
};

/* A word of the text. */
struct screen_token {
	size_t from, n;      /* in the text, in bytes */
	struct str key;
	unsigned classes;    /* bits 1 << enum screen_word */
	bool capital;        /* begins with one */
	bool joined;         /* by a hyphen with the next one: "Kaiser-Eck" */
	char before;         /* '|': a sentence ends, ',': a part of one */
	bool number;         /* nothing but digits */
};

struct screen_tokens {
	struct screen_token *v;
	size_t n;
};

/* The words of a text with what stands between them; owned by `mem`. */
struct screen_tokens screen_tokens(const struct screen_rules *rules, void *mem,
    struct str text);

/* The names of those who work here and the surnames of the customer's persons,
 * as search keys; owned by `mem`. */
struct screen_names;
struct screen_names *screen_names(void *mem, const struct screen_case *sc);

/* How many words from `at` on are such a name, with the title before it; 0 if
 * none is. */
size_t screen_name_at(const struct screen_names *names,
    const struct screen_tokens *t, size_t at);
