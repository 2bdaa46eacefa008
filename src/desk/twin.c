/*
 * Twins. Names are compared by the key they sort by, so that capitals, umlauts
 * and marks make no difference; an index finds them. Nothing stops two customers
 * from having one name: there are two bakers called Müller in Köln.
 */
#include "desk/twin.h"

#include "base/text.h"
#include "desk/words.h"
#include "store/queries.h"

static bool
may_agree(struct str a, struct str b)
{
	return str_empty(a) || str_empty(b) || str_eq(a, b);
}

bool
twin_place(void *mem, struct str zip, struct str city, struct str other_zip,
    struct str other_city)
{
	return may_agree(zip, other_zip) &&
	    may_agree(text_key(mem, city), text_key(mem, other_city));
}

enum err
twin_find(struct desk *d, struct db *db, const struct customer_form *f,
    int64_t but, struct q_customer_of_name_rows *out)
{
	void *mem = d->cx->mem;
	size_t kept = 0;
	enum err e;

	if ((e = q_customer_of_name(db, mem, words_name_key(mem, f->name),
		 TWINS_LOOKED_AT, out)) != OK)
		return e;
	for (size_t i = 0; i < out->n; i++) {
		const struct q_customer_of_name *c = &out->v[i];

		if (c->id != but &&
		    twin_place(mem, f->zip, f->city, c->zip, c->city))
			out->v[kept++] = *c;
	}
	out->n = kept;
	return OK;
}

enum err
customer_similar(struct desk *d, const struct customer_form *f, int64_t but,
    struct q_customer_of_name_rows *out)
{
	enum err e;

	if ((e = desk_needs(d, ROLE_AGENT)) != OK)
		return e;
	return twin_find(d, d->db, f, but, out);
}
