/*
 * Words that a typed one stands for though they are other words: what says the
 * same, compounds with its neighbours, verbs that a sentence tears apart. Only
 * what the index has of them counts, which is asked once for all words.
 */
#include "answers/parts.h"

#include "answers/derive.h"
#include "base/mem.h"
#include "store/queries.h"

/* Other words that a typed one stands for: what says the same, and what it makes
 * with its neighbours ("neu starten", "neustarten") or with the particle at the
 * end ("halte ... an", "anhalten"). */
struct others {
	struct word v[3 * KIN_WORDS + 3];
	size_t n;
	size_t forms;      /* those from here on are kin */
};

static struct word
joined(const struct word *a, const struct word *b)
{
	char p[2 * TERM_BYTES];

	memcpy(p, a->p, a->n);
	memcpy(p + a->n, b->p, b->n);
	return word_of((struct str){p, (size_t)a->n + b->n});
}

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
	struct word verb = joined(particle, &m->stem[m->own - 1]);

	return joined(&verb, &en);
}

static void
others_find(const struct asked *a, size_t i, struct others *out)
{
	const struct meant *m = &a->v[i];
	struct word stem;

	out->n = 0;
	if (i > 0)
		out->v[out->n++] = joined(&m[-1].typed, &m->typed);
	if (i + 1 < a->n)
		out->v[out->n++] = joined(&m->typed, &m[1].typed);
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

enum err
meant_take_kin(struct cx *cx, struct db *db, const struct kin *all,
    struct meant *m)
{
	struct q_answer_words_known_rows known;
	struct others kin = {.n = 0};
	enum err e;

	others_add_kin(&kin, all, m->stem, m->own);
	if (!kin.n || (e = q_answer_words_known(db, cx->mem, words_json(cx->mem,
			   kin.v, kin.n), &known)) != OK)
		return kin.n ? e : OK;
	for (size_t i = 0; i < known.n; i++)
		meant_add_kin(m, known.v[i].word, known.v[i].documents);
	return OK;
}

enum err
others_take(struct cx *cx, struct db *db, struct asked *a)
{
	struct others *others = mem_array(cx->mem, struct others, WORDS_MOST);
	struct q_answer_words_known_rows known;
	struct bag all = {0};
	enum err e;

	bag_put(cx->mem, &all, &every_document);
	for (size_t i = 0; i < a->n; i++) {
		others_find(a, i, &others[i]);
		for (size_t k = 0; k < others[i].n; k++)
			bag_put(cx->mem, &all, &others[i].v[k]);
	}
	if ((e = q_answer_words_known(db, cx->mem, words_json(cx->mem, all.v,
		 all.n), &known)) != OK)
		return e;
	a->documents = words_known_in(&known, &every_document);
	for (size_t i = 0; i < a->n; i++)
		for (size_t k = 0; k < others[i].n; k++) {
			const struct word *w = &others[i].v[k];
			int64_t documents = words_known_in(&known, w);

			if (documents)
				(k < others[i].forms ? meant_add
						     : meant_add_kin)(&a->v[i],
				    word_str(w), documents);
		}
	return OK;
}
