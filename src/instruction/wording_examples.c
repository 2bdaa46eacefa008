/*
 * The examples in a file of wording rules: what they teach is added to what the
 * program has learned from its own (wording_learned.h).
 */
#include "base/mem.h"
#include "instruction/read.h"
#include "instruction/wording_rules.h"

enum {
	EXAMPLES_MAX = 2000,
	ROUNDS = 10, /* so often they are gone through, since one may move
	              * what another needs */
};

/* A text that the file gives as an example. */
struct example {
	const struct yaml *item;
	enum wording wording;
	struct learned_parts *parts;
};

struct examples {
	struct example *at;
	size_t n;
};

/* Those of one kind. */
static void
read_example_list(struct reader *r, const struct yaml *map, enum wording kind,
    struct examples *out)
{
	const struct yaml *y = yaml_get(map, wording_name(kind));

	if (!y)
		return;
	if (y->kind != YAML_LIST) {
		complain(r->c, y, "%s must be a list", wording_name(kind));
		return;
	}
	for (size_t i = 0; i < y->n; i++) {
		const struct yaml *item = y->item[i];

		if (item->kind != YAML_SCALAR || !item->text.n) {
			complain(r->c, item, "it must be a text");
			continue;
		}
		if (out->n == EXAMPLES_MAX) {
			complain(r->c, item, "more than %d examples",
			    EXAMPLES_MAX);
			return;
		}
		out->at[out->n++] = (struct example){item, kind,
		    learned_parts(r->scratch, text_bounded(item->text))};
	}
}

static void
learn_examples(const struct examples *x, struct learned *l)
{
	for (int round = 0; round < ROUNDS; round++)
		for (size_t i = 0; i < x->n; i++) {
			const struct example *e = &x->at[i];

			learned_teach(l, LEARNED_EXACT, e->parts,
			    e->wording == WORDING_EXACT);
			if (e->wording != WORDING_EXACT)
				learned_teach(l, LEARNED_CALLBACK, e->parts,
				    e->wording == WORDING_CALLBACK);
		}
}

void
examples_learn(struct reader *r, const struct yaml *root,
    struct wording_rules *w)
{
	const struct yaml *y = yaml_get(root, "examples");
	struct examples x = {
	    .at = mem_array(r->scratch, struct example, EXAMPLES_MAX)};

	if (!y || !read_map(r, y, "exact callback vague"))
		return;
	for (int kind = 0; kind < WORDING__MAX; kind++)
		read_example_list(r, y, (enum wording)kind, &x);
	learn_examples(&x, w->learned);
	for (size_t i = 0; i < x.n; i++)
		if (wording_judge(w, x.at[i].item->text, NULL) !=
		    x.at[i].wording)
			complain(r->c, x.at[i].item,
			    "this example is still judged otherwise: others "
			    "contradict it");
}
