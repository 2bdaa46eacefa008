/*
 * The file becomes a table of stems, sorted, each with the group that it leads
 * to, and a list of sayings, which are few.
 */
#include "answers/kin.h"

#include <stdlib.h>

#include "answers/parts.h"
#include "base/mem.h"

enum { KIN_VERSION = 1 };

/* A word of a group leads to all others of it. */
struct lead {
	struct word stem;
	size_t at;         /* in the file's order */
	const struct kin_group *group;
};

struct saying {
	struct word stem[KIN_SAYING_MOST];
	size_t n;
	const struct kin_group *group;
};

struct kin {
	struct lead *lead;
	struct saying *saying;
	size_t leads, leads_cap, sayings, sayings_cap;
};

/* ---- Reading the file ---- */

struct reading {
	struct kin *kin;
	struct complaints *c;
	void *scratch;
};

/* A text's words; KIN_SAYING_MOST + 1 if they are too many. */
static size_t
words_split(void *mem, struct str text, struct word out[KIN_SAYING_MOST + 1])
{
	struct terms t;
	struct term term;
	size_t n = 0;

	terms_begin(&t, mem, text);
	while (n <= KIN_SAYING_MOST && terms_next(&t, &term))
		if (!term.part)
			out[n++] = term.word;
	return n;
}

static void
lead_add(struct kin *k, const struct word *w, const struct kin_group *group)
{
	struct word stem[STEMS_MOST];
	size_t n = terms_stems(w, stem);

	if (k->leads + n > k->leads_cap) {
		k->leads_cap = 2 * k->leads_cap + n;
		k->lead = mem_sure(talloc_realloc(k, k->lead, struct lead,
		    (unsigned)k->leads_cap));
	}
	for (size_t i = 0; i < n; i++, k->leads++)
		k->lead[k->leads] = (struct lead){stem[i], k->leads, group};
}

static void
saying_add(struct kin *k, const struct word *w, size_t n,
    const struct kin_group *group)
{
	struct saying *s;

	if (k->sayings == k->sayings_cap) {
		k->sayings_cap = k->sayings_cap ? 2 * k->sayings_cap : 32;
		k->saying = mem_sure(talloc_realloc(k, k->saying,
		    struct saying, (unsigned)k->sayings_cap));
	}
	s = &k->saying[k->sayings++];
	*s = (struct saying){.n = n, .group = group};
	for (size_t i = 0; i < n; i++)
		terms_stem(&w[i], &s->stem[i]);
}

static const struct yaml *
list_of(struct reading *r, const struct yaml *y)
{
	bool good = y->kind == YAML_LIST && y->n && y->n <= KIN_GROUP_MOST;

	if (!good)
		complain(r->c, y, "expected a list of 1 to %d words",
		    KIN_GROUP_MOST);
	return good ? y : NULL;
}

/* What may be looked for: single words. */
static struct kin_group *
group_read(struct reading *r, const struct yaml *list)
{
	struct kin_group *g = mem_new(r->kin, struct kin_group);
	struct word w[KIN_SAYING_MOST + 1];

	g->v = mem_array(g, struct word, list->n);
	for (size_t i = 0; i < list->n; i++) {
		const struct yaml *y = list->item[i];

		if (y->kind != YAML_SCALAR ||
		    words_split(r->scratch, y->text, w) != 1)
			complain(r->c, y, "it must be a single word");
		else
			g->v[g->n++] = w[0];
	}
	return g;
}

/* What callers say: words, or sayings of several. */
static void
said_read(struct reading *r, const struct yaml *list,
    const struct kin_group *group)
{
	struct word w[KIN_SAYING_MOST + 1];

	for (size_t i = 0; i < list->n; i++) {
		const struct yaml *y = list->item[i];
		size_t n = y->kind == YAML_SCALAR
		    ? words_split(r->scratch, y->text, w) : 0;

		if (n == 0 || n > KIN_SAYING_MOST)
			complain(r->c, y, "it must be 1 to %d words",
			    KIN_SAYING_MOST);
		else if (n == 1)
			lead_add(r->kin, &w[0], group);
		else
			saying_add(r->kin, w, n, group);
	}
}

static void
same_read(struct reading *r, const struct yaml *y)
{
	const struct yaml *list = list_of(r, y);
	const struct kin_group *g = list ? group_read(r, list) : NULL;

	for (size_t i = 0; g && i < g->n; i++)
		lead_add(r->kin, &g->v[i], g);
}

static void
means_read(struct reading *r, const struct yaml *y)
{
	const struct yaml *said = yaml_get(y, "said");
	const struct yaml *means = yaml_get(y, "means");

	if (!said || !means || y->n != 2) {
		complain(r->c, y, "expected said and means");
		return;
	}
	said = list_of(r, said);
	means = list_of(r, means);
	if (said && means)
		said_read(r, said, group_read(r, means));
}

static void
part_read(struct reading *r, const struct yaml *root, const char *key,
    void (*read)(struct reading *r, const struct yaml *y))
{
	const struct yaml *list = yaml_get(root, key);

	if (!list)
		return;
	if (list->kind != YAML_LIST || list->n > KIN_GROUPS_MOST) {
		complain(r->c, list, "%s must be a list of at most %d groups",
		    key, KIN_GROUPS_MOST);
		return;
	}
	for (size_t i = 0; i < list->n; i++)
		read(r, list->item[i]);
}

static void
file_read_all(struct reading *r, const struct yaml *root)
{
	int64_t version;

	if (root->kind != YAML_MAP ||
	    !str_to_i64(yaml_text(root, "synonyms"), &version) ||
	    version != KIN_VERSION) {
		complain(r->c, root, "synonyms must be %d", KIN_VERSION);
		return;
	}
	for (size_t i = 0; i < root->n; i++)
		if (!str_is(root->key[i]->text, "synonyms") &&
		    !str_is(root->key[i]->text, "same") &&
		    !str_is(root->key[i]->text, "callers"))
			complain(r->c, root->key[i], "unknown key \"%.*s\"",
			    STR_FMT(root->key[i]->text));
	part_read(r, root, "same", same_read);
	part_read(r, root, "callers", means_read);
}

/* Leads of one stem stay in the file's order. */
static int
lead_order(const void *a, const void *b)
{
	const struct lead *x = a, *y = b;
	int order = strcmp(x->stem.p, y->stem.p);

	return order ? order : (x->at > y->at) - (x->at < y->at);
}

enum err
kin_load(void *mem, struct str source, struct complaints *c, struct kin **out)
{
	struct kin *k = mem_new(mem, struct kin);
	struct reading r = {k, c, mem_sure(talloc_new(mem))};
	struct yaml *root = NULL;
	size_t before = c->n;
	enum err e = yaml_parse(r.scratch, source, c, &root);

	if (e == OK)
		file_read_all(&r, root);
	if (e == OK && c->n > before)
		e = ERR_INVALID;
	talloc_free(r.scratch);
	if (e != OK) {
		talloc_free(k);
		return e;
	}
	if (k->leads)
		qsort(k->lead, k->leads, sizeof *k->lead, lead_order);
	*out = k;
	return OK;
}

/* ---- Looking up ---- */

static size_t
first_lead(const struct kin *k, const struct word *stem)
{
	size_t low = 0, high = k->leads;

	while (low < high) {
		size_t middle = (low + high) / 2;

		if (strcmp(k->lead[middle].stem.p, stem->p) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static bool
has(const struct word *v, size_t n, const struct word *w)
{
	for (size_t i = 0; i < n; i++)
		if (str_eq(word_str(&v[i]), word_str(w)))
			return true;
	return false;
}

/* Adds the group's words, but for the one with these stems. */
static size_t
group_take(const struct kin_group *g, const struct word *stem, size_t n,
    struct word *out, size_t found)
{
	for (size_t i = 0; i < g->n && found < KIN_WORDS; i++) {
		struct word own;

		terms_stem(&g->v[i], &own);
		if (!has(stem, n, &own) && !has(out, found, &g->v[i]))
			out[found++] = g->v[i];
	}
	return found;
}

size_t
kin_of(const struct kin *k, const struct word *stem, size_t n,
    struct word out[KIN_WORDS])
{
	size_t found = 0;

	for (size_t i = 0; k && i < n; i++)
		for (size_t at = first_lead(k, &stem[i]); at < k->leads &&
		     strcmp(k->lead[at].stem.p, stem[i].p) == 0; at++)
			found = group_take(k->lead[at].group, stem, n, out,
			    found);
	return found;
}

static bool
saying_is(const struct saying *s, const struct word *typed, size_t n,
    uint32_t *which)
{
	*which = 0;
	for (size_t i = 0; i < s->n; i++) {
		size_t k = 0;

		while (k < n && strcmp(s->stem[i].p, typed[k].p) != 0)
			k++;
		if (k == n)
			return false;
		*which |= 1u << k;
	}
	return true;
}

const struct kin_group *
kin_said(const struct kin *k, size_t *at, const struct word *typed, size_t n,
    uint32_t *which)
{
	while (k && *at < k->sayings) {
		const struct saying *s = &k->saying[(*at)++];

		if (saying_is(s, typed, n, which))
			return s->group;
	}
	return NULL;
}
