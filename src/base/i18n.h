#pragma once
/*
 * Every text a person sees, in German and English. The message id is the
 * English text; locale/de.po holds the German one and is compiled in, so no
 * system locale is needed. Templates carry both languages already
 * (tools/template.c); this is for texts that C code makes.
 */
#include "base/str.h"

enum lang {
	LANG_DE,
	LANG_EN,
	LANG__MAX
};

/* Marks a text for translation where it cannot be translated yet. */
#define N_(text) text

/* The text in that language; the English one if nobody translated it. */
const char *tr(enum lang lang, const char *msgid)
    __attribute__((format_arg(2)));

/* The code as in lang="de"; lang_of is the inverse, false if unknown. */
const char *lang_code(enum lang lang);
bool lang_of(struct str code, enum lang *out);

/* The best of our languages for an Accept-Language header; German when the
 * header names none of them. */
enum lang lang_accept(struct str header);

/* A text that data carries in both languages (the instruction, for example). */
struct text2 {
	struct str in[LANG__MAX];
};
