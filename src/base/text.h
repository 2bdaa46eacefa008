#pragma once
/*
 * Unicode: what may be stored, and the keys by which people's spelling of names
 * and words is found again (utf8proc).
 */
#include <stdbool.h>

#include "base/str.h"

/* Whether the bytes are UTF-8 (RFC 3629) without NUL. */
bool text_valid(struct str s);

/* The text with U+FFFD for every NUL and every byte that is not UTF-8. */
struct str text_repair(void *mem, struct str s);

/* What fits in `most` bytes of it, never half a character; borrowed. */
struct str text_head(struct str s, size_t most);

/* How many characters (code points) a person would count it by. */
size_t text_length(struct str s);

/* As stored: NFC, CR LF to LF, control characters but LF and TAB removed, and
 * what turns the direction of writing too; white space at the ends trimmed.
 * `s` must be valid. */
struct str text_clean(void *mem, struct str s);

/* As stored in one line: as text_clean, runs of white space to one space. */
struct str text_line(void *mem, struct str s);

/* The search key of a name: folded, accents off, ae/oe/ue/ss for the German
 * letters however they were written ("Müller" and "Mueller" meet), all scripts'
 * digits as 0 to 9, what is not seen off, other marks to single spaces. Both
 * "Tischlerei Arndt GmbH" and "tischlerei  arndt, gmbh" give "tischlerei arndt
 * gmbh". */
struct str text_key(void *mem, struct str s);

/* Letters and digits of a number as people type it, upper case: "10443-7",
 * "10443 7" and "104437" give "104437". */
struct str text_number_key(void *mem, struct str s);

/* Takes the next run of letters and digits (with the marks on them, and what is
 * not seen between them) off the text; false at its end. `s` must be valid. */
bool text_word(struct str *s, struct str *word);

/* The first `max` characters, cut at a word, with an ellipsis if cut; line
 * breaks become spaces. */
struct str text_excerpt(void *mem, struct str s, size_t max);

/* The bytes in reverse order, for searches by ending. ASCII only. */
struct str text_reverse(void *mem, struct str s);
