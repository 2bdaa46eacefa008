/*
 * What a typed word may mean, judged by the words that the index has: its
 * inflections, what it may become when typed on, compounds that begin or end
 * with it, its own parts if it is a compound, and what it should have been
 * where it was mistyped. Each look is one bounded range of the vocabulary.
 */
#include "answers/parts.h"

#include "base/mem.h"
#include "store/queries.h"

enum {
	TYPED_BYTES = 400,     /* of what was typed; the rest is not looked at */
	GOING_ON_LEAST = 2,    /* letters of a word that is being typed */
	BEGINS_LEAST = 4,      /* of one that may begin a compound, */
	ENDS_LEAST = 4,        /* or end one */
	RANGE_MOST = 3000,     /* words looked at, in the vocabulary's order */
	ENDS_LOOKED_AT = 400,  /* the same, where each costs a look of its own */
	BEGINS_MOST = 14,      /* words that begin so */
	ENDS_MOST = 7,
	PART_LEAST = 4,        /* letters of a compound's part */
	TYPO_LEAST = 4,        /* letters of a word that may be mistyped */
	TYPO_TWICE = 8,        /* of one that may be mistyped twice */
	TYPO_LOOKED_AT = 600,
	TYPO_MOST = 4,
};

int
meant_has(const struct meant *m, struct str stem)
{
	for (size_t i = 0; i < m->n; i++)
		if (str_eq(word_str(&m->stem[i]), stem))
			return i < m->own ? 2 : 1;
	return 0;
}

static void
stem_add(struct meant *m, const struct word *stem)
{
	if (m->n < MEANT_MOST && !meant_has(m, word_str(stem)))
		m->stem[m->n++] = *stem;
}

static struct word
word_of(struct str s)
{
	struct word w = {.n = (unsigned char)(s.n < TERM_BYTES ? s.n
		: TERM_BYTES)};

	memcpy(w.p, s.p, w.n);
	return w;
}

/* A word of the vocabulary is meant too. Whatever holds it holds the first of
 * its stems, and each stem that is asked for costs. */
static void
word_add(struct meant *m, struct str word, int64_t documents)
{
	struct word w = word_of(word), stem[STEMS_MOST];

	(void)terms_stems(&w, stem);
	stem_add(m, &stem[0]);
	m->documents += documents;
}

static struct meant
meant_begin(const struct word *typed)
{
	struct meant m = {.typed = *typed};

	m.n = m.own = terms_stems(typed, m.stem);
	return m;
}

static struct str
past(void *mem, struct str head)
{
	return str_printf(mem, "%.*s\xf4\x8f\xbf\xbf", STR_FMT(head));
}

/* The shortest of the word's stems: its inflections begin so. */
static struct str
shortest(const struct meant *m)
{
	struct str s = word_str(&m->stem[0]);

	for (size_t i = 1; i < m->own; i++)
		if (m->stem[i].n < s.n)
			s = word_str(&m->stem[i]);
	return s;
}

/* Words that begin so. A short word that is not being typed on means itself. */
static enum err
begins(struct cx *cx, struct db *db, bool typing, struct meant *m)
{
	struct str head = typing ? word_str(&m->typed) : shortest(m);
	bool exact = !typing && m->typed.n < BEGINS_LEAST;
	struct q_answer_words_rows rows;
	enum err e;

	if (typing && m->typed.n < GOING_ON_LEAST)
		exact = true;
	if (exact)
		head = word_str(&m->typed);
	if ((e = q_answer_words(db, cx->mem, head,
		 exact ? head : past(cx->mem, head), RANGE_MOST,
		 BEGINS_MOST, &rows)) != OK)
		return e;
	for (size_t i = 0; i < rows.n; i++)
		word_add(m, rows.v[i].word, rows.v[i].documents);
	return OK;
}

/* Compounds that end so. */
static enum err
ends(struct cx *cx, struct db *db, struct meant *m)
{
	struct q_answer_words_ending_rows rows;
	struct str tail;
	enum err e;

	if (m->typed.n < ENDS_LEAST)
		return OK;
	tail = word_reversed(cx->mem, word_str(&m->typed));
	if ((e = q_answer_words_ending(db, cx->mem, tail, past(cx->mem, tail),
		 ENDS_LOOKED_AT, ENDS_MOST, &rows)) != OK)
		return e;
	for (size_t i = 0; i < rows.n; i++)
		word_add(m, rows.v[i].word, rows.v[i].documents);
	if (str_eq(word_str(&m->stem[0]), word_str(&m->typed)) ||
	    m->stem[0].n < ENDS_LEAST)
		return OK;
	tail = word_reversed(cx->mem, word_str(&m->stem[0]));
	if ((e = q_answer_words_ending(db, cx->mem, tail, past(cx->mem, tail),
		 ENDS_LOOKED_AT, ENDS_MOST, &rows)) != OK)
		return e;
	for (size_t i = 0; i < rows.n; i++)
		word_add(m, rows.v[i].word, rows.v[i].documents);
	return OK;
}

/* ---- Typing errors ---- */

struct near {
	struct word word;
	int64_t documents;
	int distance;
};

struct nears {
	struct near v[TYPO_MOST];
	size_t n;
};

static void
near_take(struct nears *found, const struct word *typed, struct str word,
    int64_t documents)
{
	struct near c = {.word = word_of(word), .documents = documents};
	size_t at;

	c.distance = terms_distance(typed, &c.word,
	    typed->n < TYPO_TWICE ? 1 : 2);
	if (c.distance > (typed->n < TYPO_TWICE ? 1 : 2))
		return;
	for (size_t i = 0; i < found->n; i++)
		if (str_eq(word_str(&found->v[i].word), word))
			return;
	at = found->n < TYPO_MOST ? found->n++ : TYPO_MOST;
	for (; at > 0 && found->v[at - 1].distance > c.distance; at--)
		if (at < TYPO_MOST)
			found->v[at] = found->v[at - 1];
	if (at < TYPO_MOST)
		found->v[at] = c;
}

/* One error leaves the word's first part or its last as it was. */
static enum err
nears_find(struct cx *cx, struct db *db, const struct word *typed,
    struct nears *found)
{
	size_t half = ((size_t)typed->n - 1) / 2;
	struct str head = {typed->p, half}, tail;
	struct q_answer_words_near_rows begin;
	struct q_answer_words_near_ending_rows end;
	enum err e;

	head = str_copy(cx->mem, head.p, head.n);
	tail = word_reversed(cx->mem, word_str(typed));
	tail = str_copy(cx->mem, tail.p, half);
	if ((e = q_answer_words_near(db, cx->mem, head, past(cx->mem, head),
		 typed->n - 2, typed->n + 2, RANGE_MOST, TYPO_LOOKED_AT,
		 &begin)) != OK ||
	    (e = q_answer_words_near_ending(db, cx->mem, tail,
		 past(cx->mem, tail), typed->n - 2, typed->n + 2,
		 RANGE_MOST, TYPO_LOOKED_AT, &end)) != OK)
		return e;
	for (size_t i = 0; i < begin.n; i++)
		near_take(found, typed, begin.v[i].word, begin.v[i].documents);
	for (size_t i = 0; i < end.n; i++)
		near_take(found, typed, end.v[i].word, end.v[i].documents);
	return OK;
}

static bool
is_plain(const struct word *w)
{
	for (size_t i = 0; i < w->n; i++)
		if ((unsigned char)w->p[i] >= 0x80)
			return false;
	return true;
}

/* The nearest words, all of the same distance. */
static enum err
mistyped(struct cx *cx, struct db *db, struct meant *m)
{
	struct nears found = {0};
	enum err e;

	if (m->typed.n < TYPO_LEAST || !is_plain(&m->typed))
		return OK;
	if ((e = nears_find(cx, db, &m->typed, &found)) != OK)
		return e;
	for (size_t i = 0; i < found.n; i++)
		if (found.v[i].distance == found.v[0].distance)
			word_add(m, word_str(&found.v[i].word),
			    found.v[i].documents);
	return OK;
}

/* ---- Compounds ---- */

/* A way to take a word apart: the tail begins at `at`, the head ends there or
 * before the letters that link the two. */
struct cut {
	struct word head, tail;
};

enum { CUTS_MOST = 4 * TERM_BYTES, CUTS_TRIED = 6, LINKS = 5 };

static size_t
cuts_list(const struct word *w, struct cut *out)
{
	static const char *const link[LINKS] = {"", "s", "n", "es", "en"};
	size_t n = 0;

	for (size_t at = PART_LEAST; at + PART_LEAST <= w->n; at++)
		for (size_t i = 0; i < LINKS && n < CUTS_MOST; i++) {
			size_t k = strlen(link[i]);

			if (at < PART_LEAST + k ||
			    memcmp(w->p + at - k, link[i], k) != 0)
				continue;
			out[n++] = (struct cut){
			    word_of((struct str){w->p, at - k}),
			    word_of((struct str){w->p + at, w->n - at})};
		}
	return n;
}

static bool
is_known(const struct q_answer_words_known_rows *known, const struct word *w)
{
	for (size_t i = 0; i < known->n; i++)
		if (str_eq(known->v[i].word, word_str(w)))
			return true;
	return false;
}

static enum err
word_expand(struct cx *cx, struct db *db, const struct word *w, bool typing,
    struct meant *out)
{
	enum err e;

	*out = meant_begin(w);
	if ((e = begins(cx, db, typing, out)) != OK)
		return e;
	return ends(cx, db, out);
}

/* Those of the cuts' parts that stand in the index as they are. */
static enum err
parts_known(struct cx *cx, struct db *db, const struct cut *cut, size_t n,
    struct q_answer_words_known_rows *out)
{
	struct word *part = mem_array(cx->mem, struct word, 2 * n);

	for (size_t i = 0; i < n; i++) {
		part[2 * i] = cut[i].head;
		part[2 * i + 1] = cut[i].tail;
	}
	return q_answer_words_known(db, cx->mem,
	    words_json(cx->mem, part, 2 * n), out);
}

/* Takes a compound apart into words that the index has: both as they are, or
 * one so and the other in some form. */
static enum err
take_apart(struct cx *cx, struct db *db, const struct word *w,
    struct meant *head, struct meant *tail, bool *found)
{
	struct cut *cut = mem_array(cx->mem, struct cut, CUTS_MOST);
	size_t n = is_plain(w) ? cuts_list(w, cut) : 0, tries = 0;
	struct q_answer_words_known_rows known;
	enum err e;

	*found = false;
	if (n == 0 || (e = parts_known(cx, db, cut, n, &known)) != OK)
		return n ? e : OK;
	for (int both = 1; both >= 0; both--)
		for (size_t i = 0; i < n && tries < CUTS_TRIED; i++) {
			int parts = is_known(&known, &cut[i].head) +
			    is_known(&known, &cut[i].tail);

			if (parts != 1 + both)
				continue;
			tries++;
			if ((e = word_expand(cx, db, &cut[i].head, false,
				 head)) != OK ||
			    (e = word_expand(cx, db, &cut[i].tail, false,
				 tail)) != OK)
				return e;
			*found = head->documents && tail->documents;
			if (*found)
				return OK;
		}
	return OK;
}

/* ---- All together ---- */

static void
asked_add(struct asked *a, const struct meant *m)
{
	if (a->n < WORDS_MOST)
		a->v[a->n++] = *m;
}

/* A word that the index does not know is a compound, or mistyped. */
static enum err
word_take(struct cx *cx, struct db *db, const struct word *w, bool typing,
    struct asked *out)
{
	struct meant m, head, tail;
	bool found = false;
	enum err e;

	if ((e = word_expand(cx, db, w, typing, &m)) != OK ||
	    (m.documents == 0 &&
		(e = take_apart(cx, db, w, &head, &tail, &found)) != OK) ||
	    (m.documents == 0 && !found && (e = mistyped(cx, db, &m)) != OK))
		return e;
	if (found) {
		asked_add(out, &head);
		asked_add(out, &tail);
	} else {
		asked_add(out, &m);
	}
	return OK;
}

/* The words that were typed, stop words apart unless there is nothing else. */
static size_t
words_typed(struct cx *cx, struct str typed, bool stops,
    struct word out[WORDS_MOST], bool *last_open)
{
	struct terms t;
	struct term term;
	size_t n = 0, end = 0;

	if (typed.n > TYPED_BYTES)
		typed.n = TYPED_BYTES;
	terms_begin(&t, cx->mem, typed);
	while (n < WORDS_MOST && terms_next(&t, &term)) {
		bool twice = term.part || (!stops && terms_is_stop(&term.word));

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

static enum err
documents_count(struct cx *cx, struct db *db, struct asked *out)
{
	struct q_answer_words_known_rows rows;
	enum err e = q_answer_words_known(db, cx->mem,
	    words_json(cx->mem, &every_document, 1), &rows);

	if (e == OK)
		out->documents = rows.n ? rows.v[0].documents : 0;
	return e;
}

enum err
expand(struct cx *cx, struct db *db, struct str typed, bool typing,
    struct asked *out)
{
	struct word word[WORDS_MOST];
	bool open;
	size_t n = words_typed(cx, typed, false, word, &open);
	enum err e;

	*out = (struct asked){.n = 0};
	if (n == 0)
		n = words_typed(cx, typed, true, word, &open);
	for (size_t i = 0; i < n; i++)
		if ((e = word_take(cx, db, &word[i],
			 typing && open && i + 1 == n, out)) != OK)
			return e;
	rarest_first(out);
	return documents_count(cx, db, out);
}

enum err
expand_apart(struct cx *cx, struct db *db, const struct asked *asked,
    struct asked *out, bool *changed)
{
	enum err e;

	*changed = false;
	*out = (struct asked){.documents = asked->documents};
	for (size_t i = 0; i < asked->n; i++) {
		struct meant head, tail;
		bool found;

		if ((e = take_apart(cx, db, &asked->v[i].typed, &head, &tail,
			 &found)) != OK)
			return e;
		if (found) {
			asked_add(out, &head);
			asked_add(out, &tail);
		} else {
			asked_add(out, &asked->v[i]);
		}
		*changed |= found;
	}
	rarest_first(out);
	return OK;
}
