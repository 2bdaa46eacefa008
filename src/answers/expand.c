/*
 * What a typed word may mean, judged by the words that the index has: its
 * inflections, what it may become when typed on, compounds that begin or end
 * with it, its own parts if it is a compound, and what it should have been
 * where it was mistyped. Each look is one bounded range of the vocabulary.
 */
#include "answers/parts.h"

#include "answers/derive.h"
#include "base/mem.h"
#include "base/text.h"
#include "store/queries.h"

enum {
	TYPED_BYTES = 400,     /* of what was typed; the rest is not looked at */
	GOING_ON_LEAST = 2,    /* letters of a word that is being typed */
	BEGINS_LEAST = 4,      /* of one that may begin a compound, */
	ENDS_LEAST = 4,        /* or end one */
	BEGINS_LOOKED_AT = 500, /* words; of "ve" or "sch" not all */
	ENDS_LOOKED_AT = 200,  /* where each costs a look of its own */
	BEGINS_MOST = 12,      /* words that begin so */
	ENDS_MOST = 6,
	KIN_MOST = 5,          /* of a word that stands in many documents itself */
	KIN_OF_MANY = 300,
};

enum nearness
meant_has(const struct meant *m, struct str stem)
{
	for (size_t i = 0; i < m->n; i++)
		if (*m->stem[i].p == *stem.p &&
		    str_eq(word_str(&m->stem[i]), stem))
			return i < m->own ? NEAR_OWN
			    : i < m->forms ? NEAR_FORM : NEAR_KIN;
	return NEAR_NOT;
}

static void
stem_add(struct meant *m, const struct word *stem)
{
	if (m->n < MEANT_MOST && !meant_has(m, word_str(stem)))
		m->stem[m->n++] = *stem;
}

/* A word of the vocabulary is meant too. Whatever holds it holds the first of
 * its stems, and each stem that is asked for costs. */
void
meant_add_kin(struct meant *m, struct str word, int64_t documents)
{
	struct word w = word_of(word), stem;

	terms_stem(&w, &stem);
	stem_add(m, &stem);
	m->documents += documents;
}

void
meant_add(struct meant *m, struct str word, int64_t documents)
{
	meant_add_kin(m, word, documents);
	m->itself += documents;
	m->forms = m->n;
}

struct meant
meant_begin(const struct word *typed)
{
	struct meant m = {.typed = *typed};

	m.n = m.own = m.forms = terms_stems(typed, m.stem);
	return m;
}

struct str
words_past(void *mem, struct str head)
{
	return str_printf(mem, "%.*s\xf4\x8f\xbf\xbf", STR_FMT(head));
}

/* The shortest of the word's stems that says enough: its inflections begin so. */
static struct str
shortest(const struct meant *m)
{
	struct str s = word_str(&m->typed);

	for (size_t i = 0; i < m->own; i++)
		if (m->stem[i].n < s.n && m->stem[i].n >= BEGINS_LEAST &&
		    str_starts(s, word_str(&m->stem[i])))
			s = word_str(&m->stem[i]);
	return s;
}

/* A range of the vocabulary, forward or backward. */
struct range {
	struct str low, high;
};

/* Words that begin so. A short word that is not being typed on means itself. */
static struct range
begins(struct cx *cx, bool typing, const struct meant *m)
{
	struct str word = word_str(&m->typed);
	struct str head = typing ? word : shortest(m);

	if (m->typed.n < (typing ? GOING_ON_LEAST : BEGINS_LEAST))
		return (struct range){word, word};
	return (struct range){head, words_past(cx->mem, head)};
}

/* Whether a word that ends like another is no compound of it but made with a
 * prefix that changes what it says: "enthalten", "verhalten" of "halten". */
static bool
is_prefixed(struct str word, const struct word *tail)
{
	static const char *const prefix[] = {"be", "ent", "er", "ge", "in", "ver",
	    "zer"};

	for (size_t i = 0; i < sizeof prefix / sizeof *prefix; i++)
		if (str_starts(word, str_of(prefix[i])) &&
		    strncmp(word.p + strlen(prefix[i]), tail->p, ENDS_LEAST) == 0)
			return true;
	return false;
}

/* Compounds that end so, in any inflection; none for a short word. */
static struct range
ends(struct cx *cx, const struct meant *m)
{
	struct str tail = word_tail(cx->mem, &m->typed);

	if (tail.n < ENDS_LEAST)
		return (struct range){tail, STR("")};
	return (struct range){tail, words_past(cx->mem, tail)};
}

/* The commonest first, as far as they are needed: where many documents are found
 * by the first, the others add little. */
static void
kin_add(struct meant *m, const struct q_answer_words_rows *rows, bool ends)
{
	size_t n = 0;

	for (size_t i = 0; i < rows->n; i++) {
		if (rows->v[i].ends != ends ||
		    (ends && is_prefixed(rows->v[i].word, &m->typed)))
			continue;
		if (n++ < KIN_MOST || m->documents < KIN_OF_MANY)
			meant_add(m, rows->v[i].word, rows->v[i].documents);
	}
}

enum err
meant_expand(struct cx *cx, struct db *db, const struct word *w, bool typing,
    struct meant *out)
{
	struct q_answer_words_rows rows;
	struct range begin, end;
	enum err e;

	*out = meant_begin(w);
	begin = begins(cx, typing, out);
	end = ends(cx, out);
	if ((e = q_answer_words(db, cx->mem, begin.low, begin.high,
		 BEGINS_LOOKED_AT, BEGINS_MOST, end.low, end.high,
		 ENDS_LOOKED_AT, ENDS_MOST, &rows)) != OK)
		return e;
	kin_add(out, &rows, false);
	kin_add(out, &rows, true);
	return OK;
}

bool
word_is_plain(const struct word *w)
{
	for (size_t i = 0; i < w->n; i++)
		if ((unsigned char)w->p[i] >= 0x80)
			return false;
	return true;
}

/* In how many documents it stands as it is. */
int64_t
words_known_in(const struct q_answer_words_known_rows *known, const struct word *w)
{
	for (size_t i = 0; i < known->n; i++)
		if (str_eq(known->v[i].word, word_str(w)))
			return known->v[i].documents;
	return 0;
}

/* ---- All together ---- */

void
match_word(struct buf *b, const struct meant *m, const char *mark)
{
	buf_char(b, '(');
	for (size_t i = 0; i < m->n; i++)
		buf_printf(b, "%s\"%s%s\"", i ? " OR " : "", mark,
		    m->stem[i].p);
	if (m->head) {
		buf_puts(b, " OR (");
		match_word(b, m->head, mark);
		buf_puts(b, m->loose ? " OR " : " AND ");
		match_word(b, m->tail, mark);
		buf_char(b, ')');
	}
	buf_char(b, ')');
}

/* Documents may have what the word is made from, where the vocabulary has nothing
 * that begins or ends like it: "ändern", "geändert". */
static enum err
own_count(struct cx *cx, struct db *db, struct meant *m)
{
	enum { ENOUGH = 40 };
	struct q_match_row_rows rows;
	struct buf b;
	enum err e;

	buf_init(&b, cx->mem, 1024);
	match_word(&b, &(struct meant){.n = m->own, .stem = {m->stem[0],
		m->stem[1], m->stem[2]}}, "");
	if ((e = q_answer_match_few(db, cx->mem, buf_get(&b), ENOUGH,
		 &rows)) == OK)
		m->documents = m->itself = (int64_t)rows.n;
	return e;
}

/* A word that the index does not know is a compound, or mistyped, or at least its
 * longest part is known. */
static enum err
unknown_take(struct cx *cx, struct db *db, const struct kin *kin,
    struct meant *m)
{
	struct word part;
	int64_t documents;
	bool found;
	enum err e = own_count(cx, db, m);

	if (e != OK || m->documents)
		return e;
	e = compound_take_apart(cx, db, kin, m, &found, &part, &documents);
	if (e == OK && !found && (e = typo_correct(cx, db, m)) == OK &&
	    m->documents == 0 && documents) {
		meant_add(m, word_str(&part), documents);
		m->guessed = true;
	}
	if (e != OK || !found)
		return e;
	m->unknown = true;
	m->documents = m->head->documents < m->tail->documents
	    ? m->head->documents
	    : m->tail->documents;
	return OK;
}

/* The words that were typed, stop words apart unless there is nothing else. */
static size_t
words_typed(struct cx *cx, struct str typed, bool stops,
    struct word out[WORDS_MOST], struct word *last, bool *last_open)
{
	struct terms t;
	struct term term;
	size_t n = 0, end = 0;

	terms_begin(&t, cx->mem, typed);
	while (n < WORDS_MOST && terms_next(&t, &term)) {
		bool twice = stops ? term.part : terms_is_idle(&term);

		*last = term.word;
		for (size_t i = 0; i < n && !twice; i++)
			twice = str_eq(word_str(&out[i]), word_str(&term.word));
		if (twice)
			continue;
		out[n++] = term.word;
		end = term.to;
	}
	*last_open = end == typed.n;
	return n;
}

static void
rarest_first(struct asked *a)
{
	for (size_t i = 1; i < a->n; i++)
		for (size_t j = i; j > 0 &&
		     a->v[j].documents < a->v[j - 1].documents; j--) {
			struct meant m = a->v[j];

			a->v[j] = a->v[j - 1];
			a->v[j - 1] = m;
		}
}

enum err
expand(struct cx *cx, struct db *db, const struct kin *kin, struct str typed,
    bool typing, struct asked *out)
{
	struct word word[WORDS_MOST], last = {.n = 0};
	bool open;
	size_t n;
	enum err e;

	*out = (struct asked){.kin = kin};
	typed = text_head(typed, TYPED_BYTES);
	n = words_typed(cx, typed, false, word, &last, &open);
	if (n == 0)
		n = words_typed(cx, typed, true, word, &last, &open);
	else if (derive_is_particle(&last) && terms_is_stop(&last))
		out->particle = last;
	for (; out->n < n; out->n++)
		if ((e = meant_expand(cx, db, &word[out->n],
			 typing && open && out->n + 1 == n,
			 &out->v[out->n])) != OK)
			return e;
	if ((e = sayings_take(cx, db, typed, out)) != OK ||
	    (e = others_take(cx, db, out)) != OK)
		return e;
	for (size_t i = 0; i < out->n; i++)
		if (out->v[i].documents == 0 &&
		    (e = unknown_take(cx, db, kin, &out->v[i])) != OK)
			return e;
	rarest_first(out);
	return OK;
}

enum err
expand_apart(struct cx *cx, struct db *db, struct asked *asked, bool *changed)
{
	enum err e = OK;

	*changed = false;
	for (size_t i = 0; e == OK && i < asked->n; i++) {
		struct word part;
		int64_t documents;
		bool found = false;

		if (!asked->v[i].head)
			e = compound_take_apart(cx, db, asked->kin,
			    &asked->v[i], &found, &part, &documents);
		*changed |= found;
	}
	return e;
}

void
expand_loosen(struct asked *asked, bool *changed)
{
	*changed = false;
	for (size_t i = 0; i < asked->n; i++) {
		struct meant *m = &asked->v[i];

		if (!m->head)
			continue;
		stem_add(m, &m->head->stem[0]);
		stem_add(m, &m->tail->stem[0]);
		m->documents = m->head->documents + m->tail->documents;
		m->head = m->tail = NULL;
		m->unknown = false;
		*changed = true;
	}
}
