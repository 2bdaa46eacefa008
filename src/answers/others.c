/*
 * Words that a typed one stands for though they are other words: what says the
 * same, compounds with its neighbours, verbs that a sentence tears apart. Only
 * what the index has of them counts, which is asked once for all words.
 */
#include "answers/parts.h"

#include "answers/derive.h"
#include "base/mem.h"
#include "store/queries.h"

/* What a word makes with its neighbours ("neu starten", "neustarten") or with the
 * particle at the end ("halte ... an", "anhalten"), and what says the same. */
struct others {
	struct word v[3 * KIN_WORDS + 3];
	size_t n;
	size_t forms;      /* those from here on are kin */
};

static void
others_add_kin(struct others *o, const struct kin *kin, const struct word *stem,
    size_t n)
{
	o->n += kin_of(kin, stem, n, &o->v[o->n]);
}

/* The verb in its first form; its stem is the word's last. */
static struct word
verb_of(const struct word *particle, const struct meant *m)
{
	static const struct word en = {.p = "en", .n = 2};
	struct word verb = word_joined(particle, &m->stem[m->own - 1]);

	return word_joined(&verb, &en);
}

static void
others_find(const struct asked *a, size_t i, struct others *out)
{
	const struct meant *m = &a->v[i];
	struct word stem;

	out->n = 0;
	if (i > 0)
		out->v[out->n++] = word_joined(&m[-1].typed, &m->typed);
	if (i + 1 < a->n)
		out->v[out->n++] = word_joined(&m->typed, &m[1].typed);
	if (a->particle.n)
		out->v[out->n++] = verb_of(&a->particle, m);
	out->forms = out->n;
	others_add_kin(out, a->kin, m->stem, m->own);
	for (size_t k = 0; m->said && k < m->said->n && k < KIN_WORDS; k++)
		out->v[out->n++] = m->said->v[k];
	if (a->particle.n) {
		terms_stem(&out->v[out->forms - 1], &stem);
		others_add_kin(out, a->kin, &stem, 1);
	}
}

/* ---- Sayings ---- */

/* The stems of all words that were typed, stop words too. */
static size_t
stems_typed(struct cx *cx, struct str typed, struct word out[SAID_MOST])
{
	struct terms t;
	struct term term;
	size_t n = 0;

	terms_begin(&t, cx->mem, typed);
	while (n < SAID_MOST && terms_next(&t, &term))
		if (!term.part)
			terms_stem(&term.word, &out[n++]);
	return n;
}

/* The word asked for that has this stem first; NULL if there is none. */
static struct meant *
meant_of(struct asked *a, const struct word *stem)
{
	for (size_t i = 0; i < a->n; i++)
		if (str_eq(word_str(&a->v[i].stem[0]), word_str(stem)))
			return &a->v[i];
	return NULL;
}

/* Gives the saying's words what it means; false if none of them says anything by
 * itself. */
static bool
saying_give(struct asked *a, const struct word *stem, uint32_t which,
    const struct kin_group *g)
{
	bool any = false;

	for (; which; which &= which - 1) {
		struct meant *m = meant_of(a, &stem[__builtin_ctz(which)]);

		any |= m != NULL;
		if (m && !m->said)
			m->said = g;
	}
	return any;
}

enum err
sayings_take(struct cx *cx, struct db *db, struct str typed, struct asked *a)
{
	struct word stem[SAID_MOST], first;
	size_t n = stems_typed(cx, typed, stem), at = 0;
	const struct kin_group *g;
	uint32_t which;
	enum err e = OK;

	while (e == OK && (g = kin_said(a->kin, &at, stem, n, &which))) {
		terms_stem(&g->v[0], &first);
		if (saying_give(a, stem, which, g) || a->n == WORDS_MOST ||
		    meant_of(a, &first))
			continue;
		e = meant_expand(cx, db, &g->v[0], false, &a->v[a->n]);
		a->v[a->n++].said = g;
	}
	return e;
}

/* ---- What the index has of them ---- */

/* What all forms of a word end with: the vocabulary is asked for these. */
static void
tails_put(void *mem, const struct others *o, struct bag *tails)
{
	for (size_t k = 0; k < o->n; k++) {
		struct word tail = word_of(word_tail(mem, &o->v[k]));

		bag_put(mem, tails, &tail);
	}
}

static int64_t
documents_of(const struct q_answer_tails_known_rows *known,
    const struct word *tail)
{
	for (size_t i = 0; i < known->n; i++)
		if (str_eq(known->v[i].tail, word_str(tail)))
			return known->v[i].documents;
	return 0;
}

/* Those that the index has in any form. */
static void
others_add_to(struct meant *m, const struct others *o, const struct word *tail,
    const struct q_answer_tails_known_rows *known)
{
	for (size_t k = 0; k < o->n; k++) {
		int64_t documents = documents_of(known, &tail[k]);

		if (!documents)
			continue;
		if (k < o->forms)
			meant_add(m, word_str(&o->v[k]), documents);
		else
			meant_add_kin(m, word_str(&o->v[k]), documents);
	}
}

static enum err
tails_known(struct cx *cx, struct db *db, const struct bag *tails,
    struct q_answer_tails_known_rows *out)
{
	return q_answer_tails_known(db, cx->mem,
	    words_json(cx->mem, tails->v, tails->n), out);
}

enum err
meant_take_kin(struct cx *cx, struct db *db, const struct kin *all,
    struct meant *m)
{
	struct q_answer_tails_known_rows known;
	struct others kin = {.n = 0};
	struct bag tails = {0};
	enum err e;

	others_add_kin(&kin, all, m->stem, m->own);
	if (!kin.n)
		return OK;
	tails_put(cx->mem, &kin, &tails);
	if ((e = tails_known(cx, db, &tails, &known)) == OK)
		others_add_to(m, &kin, tails.v, &known);
	return e;
}

enum err
others_take(struct cx *cx, struct db *db, struct asked *a)
{
	struct others *others = mem_array(cx->mem, struct others, WORDS_MOST);
	struct q_answer_tails_known_rows known;
	struct bag tails = {0};
	size_t at = 1;
	enum err e;

	bag_put(cx->mem, &tails, &every_document);
	for (size_t i = 0; i < a->n; i++) {
		others_find(a, i, &others[i]);
		tails_put(cx->mem, &others[i], &tails);
	}
	if ((e = tails_known(cx, db, &tails, &known)) != OK)
		return e;
	a->documents = documents_of(&known, &every_document);
	for (size_t i = 0; i < a->n; i++) {
		others_add_to(&a->v[i], &others[i], &tails.v[at], &known);
		at += others[i].n;
	}
	return OK;
}
