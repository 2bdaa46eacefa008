/*
 * Lines of one import that seem to be about one customer without saying so: the
 * same name in the same place, and no number. Those that are there already are
 * looked for by import_plan.c, customer by customer.
 */
#include "desk/import_line.h"

#include <stdlib.h>

#include "base/mem.h"
#include "desk/twin.h"
#include "desk/words.h"

enum { BEFORE_LOOKED_AT = 20 }; /* lines of the same name */

struct named {
	struct str key; /* of the name */
	const struct import_line *line;
};

/* By name; those with a number come first, they cannot be meant otherwise. */
static int
name_order(const void *a, const void *b)
{
	const struct named *x = a, *y = b;
	int order = str_order(x->key, y->key);

	if (order == 0)
		order = !x->line->key.n - !y->line->key.n;
	return order ? order
		     : (x->line->line > y->line->line) -
			(x->line->line < y->line->line);
}

/* The first line of each customer, by name. `line` is sorted by number. */
static struct named *
names_sorted(const struct import *im, void *mem, size_t *out_n)
{
	struct named *names = mem_array(mem, struct named, im->n);
	size_t n = 0;

	for (size_t i = 0; i < im->n; i++) {
		const struct import_line *l = &im->line[i];

		if (str_empty(l->customer.name) ||
		    (i && l->key.n && str_eq(l->key, l[-1].key)))
			continue;
		names[n++] = (struct named){
		    words_name_key(mem, l->customer.name), l};
	}
	if (n)
		qsort(names, n, sizeof *names, name_order);
	*out_n = n;
	return names;
}

/* The line before that seems to be about the same customer; NULL if none. */
static const struct import_line *
twin_before(void *mem, const struct named *names, size_t i)
{
	const struct customer_form *c = &names[i].line->customer;

	for (size_t back = 1; back <= i && back <= BEFORE_LOOKED_AT; back++) {
		const struct named *other = &names[i - back];
		const struct customer_form *o = &other->line->customer;

		if (!str_eq(other->key, names[i].key))
			return NULL;
		if (twin_place(mem, c->zip, c->city, o->zip, o->city))
			return other->line;
	}
	return NULL;
}

void
import_twins(struct import *im)
{
	void *mem = mem_sure(talloc_new(im->d->cx->mem));
	size_t n;
	const struct named *names = names_sorted(im, mem, &n);

	for (size_t i = 0; i < n; i++) {
		const struct import_line *l = names[i].line, *twin;

		if (l->key.n || l->is_another ||
		    !(twin = twin_before(mem, names, i)))
			continue;
		import_complain(im, l->line, im->label[COLUMN_NAME],
		    str_printf(mem,
			tr(im->d->cx->lang,
			    N_("This seems to be the customer of line %d. Give "
			       "both one number, or write \"yes\" into the "
			       "column \"another\".")),
			(int)twin->line));
	}
	talloc_free(mem);
}
