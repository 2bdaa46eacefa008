/*
 * The table of words beside the customers. It holds nothing that could not be
 * made again from the customers and their persons; it is brought up to date in
 * the transaction that changes them, unless no word has changed. How the words
 * are used is in lookup.c.
 */
#include "desk/words.h"

#include <stdlib.h>

#include "base/mem.h"
#include "base/text.h"
#include "store/queries.h"

size_t
words_of(void *mem, struct str text, struct str *out, size_t most)
{
	struct str rest = text_key(mem, text), word;
	size_t n = 0;

	while (n < most && str_take(&rest, ' ', &word))
		out[n++] = str_dup(mem, text_head(word, WORD_BYTES));
	return n;
}

struct str
words_name_key(void *mem, struct str name)
{
	return text_head(text_key(mem, name), NAME_KEY_BYTES);
}

static int
word_order(const void *a, const void *b)
{
	return str_order(*(const struct str *)a, *(const struct str *)b);
}

struct set {
	struct str *v;
	size_t n;
};

/* The words a customer should have, sorted, each once. */
static enum err
words_wanted(struct desk *d, struct db *db, int64_t customer_id,
    struct set *out)
{
	void *mem = d->cx->mem;
	struct q_customer_persons_rows persons;
	struct q_customer customer;
	size_t kept = 0;
	enum err e;

	if ((e = q_customer(db, mem, customer_id, &customer)) != OK ||
	    (e = q_customer_persons(db, mem, customer_id, &persons)) != OK)
		return e;
	out->v = mem_array(mem, struct str, (persons.n + 2) * WORDS_MOST);
	out->n = words_of(mem, customer.name, out->v, WORDS_MOST);
	out->n += words_of(mem, customer.city, out->v + out->n, WORDS_MOST);
	for (size_t i = 0; i < persons.n; i++)
		out->n += words_of(mem, persons.v[i].name, out->v + out->n,
		    WORDS_MOST);
	qsort(out->v, out->n, sizeof *out->v, word_order);
	for (size_t i = 0; i < out->n; i++)
		if (i == 0 || !str_eq(out->v[i], out->v[kept - 1]))
			out->v[kept++] = out->v[i];
	out->n = kept;
	return OK;
}

int64_t
words_bit(struct str word)
{
	enum { HEAD = 3, BITS = 61, FACTOR = 31 };
	unsigned hash = 0;

	if (word.n < HEAD)
		return 0;
	for (size_t i = 0; i < HEAD; i++)
		hash = hash * FACTOR + (unsigned char)word.p[i];
	return (int64_t)1 << hash % BITS;
}

/* Whether the customer has just these words already. */
static bool
is_same(const struct q_customer_words_rows *has, const struct set *wanted,
    int64_t mask)
{
	if (has->n != wanted->n)
		return false;
	for (size_t i = 0; i < has->n; i++)
		if (!str_eq(has->v[i].word, wanted->v[i]) ||
		    has->v[i].mask != mask)
			return false;
	return true;
}

enum err
words_refresh(struct desk *d, struct db_tx *tx, int64_t customer_id)
{
	struct q_customer_words_rows has;
	struct set wanted;
	int64_t mask = 0;
	enum err e;

	if ((e = words_wanted(d, tx->db, customer_id, &wanted)) != OK ||
	    (e = q_customer_words(tx->db, d->cx->mem, customer_id, &has)) != OK)
		return e;
	for (size_t i = 0; i < wanted.n; i++)
		mask |= words_bit(wanted.v[i]);
	if (is_same(&has, &wanted, mask))
		return OK;
	e = has.n ? q_customer_words_drop(tx, customer_id) : OK;
	for (size_t i = 0; i < wanted.n && e == OK; i++)
		e = q_customer_word_add(tx, wanted.v[i], customer_id, mask);
	return e;
}
