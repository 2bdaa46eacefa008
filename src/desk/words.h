#pragma once
/*
 * The words by which a customer is found: those of its name, its town and its
 * persons, each as a key (base/text.h) of bounded length, so that a B-tree
 * takes whatever people are called.
 */
#include "desk/desk.h"

enum {
	WORDS_MOST = 24, /* of one text; further ones are not looked for */
	WORD_BYTES = 96, /* of a word's key; a longer one is cut */
	NAME_KEY_BYTES = 384,
};

/* The words of a text, at most `most` of them, owned by `mem`. Returns how
 * many. */
size_t words_of(void *mem, struct str text, struct str *out, size_t most);

/* The bit for the beginning of a word in the masks of customer_word, the same
 * for every word that begins with its first three bytes; 0 for shorter ones,
 * which say nothing. */
int64_t words_bit(struct str word);

/* The key by which names sort, text_key of at most NAME_KEY_BYTES. */
struct str words_name_key(void *mem, struct str name);

/* Brings the customer's words up to date with what the transaction has
 * written. ERR_STORE, ERR_BUSY, ERR_NOT_FOUND. */
MUST_CHECK enum err words_refresh(struct desk *d, struct db_tx *tx,
    int64_t customer_id);
