/*
 * What an import adds to one customer. It runs twice: first without a
 * transaction, so that a wrong file never holds up the house, and then again
 * while writing, when the customer may have changed in between. The parts are
 * written by the same functions as everybody's (customer_write.h), events and
 * all.
 */
#include "desk/import_line.h"

#include "base/mem.h"
#include "base/text.h"
#include "desk/customer_write.h"
#include "desk/twin.h"
#include "desk/words.h"
#include "store/queries.h"

/* What the customer has, from the database and from the lines so far. */
struct known {
	struct customer_form customer;
	size_t customer_line; /* that said so first; 0: the database */
	int64_t id;           /* 0: not there yet */
	struct q_customer_persons *person;
	struct str *phone;
	struct contract_form *contract;
	size_t persons, phones, contracts;
	bool words; /* must be refreshed */
};

struct plan {
	struct import *im;
	struct desk d; /* on scratch memory */
	struct db *db;
	struct db_tx *tx; /* NULL: only complain */
	struct known has;
};

static const struct {
	enum column column;
	size_t offset;
} own_texts[] = {
    {COLUMN_NAME,   offsetof(struct customer_form, name)  },
    {COLUMN_STREET, offsetof(struct customer_form, street)},
    {COLUMN_ZIP,    offsetof(struct customer_form, zip)   },
    {COLUMN_CITY,   offsetof(struct customer_form, city)  },
    {COLUMN_EMAIL,  offsetof(struct customer_form, email) },
    {COLUMN_NOTE,   offsetof(struct customer_form, note)  },
};

static struct str *
own_text(struct customer_form *f, size_t i)
{
	return (struct str *)(void *)((char *)f + own_texts[i].offset);
}

static void complain(struct plan *p, const struct import_line *l, enum column c,
    const char *msgid, ...) PRINTF_LIKE(4, 5);

static void
complain(struct plan *p, const struct import_line *l, enum column c,
    const char *msgid, ...)
{
	struct cx *cx = p->d.cx;
	va_list ap;

	va_start(ap, msgid);
	import_complain(p->im, l->line, p->im->label[c],
	    str_vprintf(cx->mem, tr(cx->lang, msgid), ap));
	va_end(ap);
}

/* Reads a customer that is there, with room for what the lines may add. */
static enum err
known_read(struct plan *p, struct str key, size_t lines)
{
	void *mem = p->d.cx->mem;
	struct known *k = &p->has;
	struct q_customer_persons_rows persons = {0};
	struct q_customer_phones_rows phones = {0};
	struct q_contract_row_rows contracts = {0};
	struct q_customer c;
	enum err e = ERR_NOT_FOUND;

	if (key.n)
		e = q_customer_by_key(p->db, mem, key, &k->id);
	if (e == OK) {
		if ((e = q_customer(p->db, mem, k->id, &c)) != OK ||
		    (e = q_customer_persons(p->db, mem, k->id, &persons)) !=
			OK ||
		    (e = q_customer_phones(p->db, mem, k->id, &phones)) != OK ||
		    (e = q_customer_contracts(p->db, mem, k->id, &contracts)) !=
			OK)
			return e;
		k->customer = (struct customer_form){c.number, c.name, c.street,
		    c.zip, c.city, c.email, c.note, c.version};
	} else if (e == ERR_NOT_FOUND) {
		k->customer = (struct customer_form){STR(""), STR(""), STR(""),
		    STR(""), STR(""), STR(""), STR(""), 0};
	} else {
		return e;
	}
	k->person =
	    mem_array(mem, struct q_customer_persons, persons.n + lines);
	k->phone = mem_array(mem, struct str, phones.n + lines);
	k->contract = mem_array(mem, struct contract_form, contracts.n + lines);
	for (; k->persons < persons.n; k->persons++)
		k->person[k->persons] = persons.v[k->persons];
	for (; k->phones < phones.n; k->phones++)
		k->phone[k->phones] = phones.v[k->phones].e164;
	for (; k->contracts < contracts.n; k->contracts++) {
		const struct q_contract_row *r = &contracts.v[k->contracts];

		k->contract[k->contracts] = (struct contract_form){r->number,
		    r->product, r->starts_on, r->ends_on, r->note, r->version};
	}
	return OK;
}

/* What a line says of the customer itself must agree with what is known. */
static void
own_agree(struct plan *p, const struct import_line *l)
{
	struct known *k = &p->has;
	struct customer_form line = l->customer;

	for (size_t i = 0; i < sizeof own_texts / sizeof *own_texts; i++) {
		const struct str *says = own_text(&line, i);
		struct str *known = own_text(&k->customer, i);

		if (str_empty(*says) || str_eq(*says, *known))
			continue;
		if (k->id)
			complain(p, l, own_texts[i].column,
			    N_("This customer is there already, with "
			       "\"%.*s\" here."),
			    STR_FMT(*known));
		else if (known->n)
			complain(p, l, own_texts[i].column,
			    N_("Line %d says \"%.*s\" of this customer."),
			    (int)k->customer_line, STR_FMT(*known));
		else
			*known = *says;
	}
}

/* A line without a number is not taken for somebody who is there already, and
 * makes no second one either, unless it says so. Before writing only: a second
 * look would find what this import itself has added. */
static enum err
twin_complain(struct plan *p, const struct import_line *line)
{
	struct q_customer_of_name_rows twins;
	enum err e;

	if (p->tx || line->key.n || line->is_another ||
	    str_empty(line->customer.name))
		return OK;
	e = twin_find(&p->d, p->db, &line->customer, 0, &twins);
	if (e == OK && twins.n)
		complain(p, line, COLUMN_NAME,
		    N_("This seems to be customer %.*s. Give that number, or "
		       "write \"yes\" into the column \"another\"."),
		    STR_FMT(twins.v[0].number));
	return e;
}

/* Adds the customer itself if it is not there yet. */
static enum err
own_add(struct plan *p, const struct import_line *line, size_t n)
{
	struct known *k = &p->has;
	enum err e;

	k->customer_line = line->line;
	for (size_t i = 0; i < n; i++)
		own_agree(p, &line[i]);
	if (k->id)
		return OK;
	if ((e = twin_complain(p, line)) != OK)
		return e;
	if (str_empty(k->customer.name))
		complain(p, line, COLUMN_NAME,
		    N_("A new customer needs a name."));
	k->customer.number = line->customer.number;
	k->words = true;
	p->im->report->customers++;
	if (!p->tx || p->im->report->complaints)
		return OK;
	return customer_write(&p->d, p->tx, &k->customer, &k->id);
}

/* *out_id: the person of this line, 0 if it names none. */
static enum err
person_take(struct plan *p, const struct import_line *l, int64_t *out_id)
{
	struct known *k = &p->has;
	struct str key = words_name_key(p->d.cx->mem, l->person.name);
	int64_t id = 0;
	enum err e;

	*out_id = 0;
	if (str_empty(l->person.name))
		return OK;
	for (size_t i = 0; i < k->persons; i++) {
		if (!str_eq(k->person[i].name_key, key))
			continue;
		if (l->person.position.n &&
		    !str_eq(l->person.position, k->person[i].position))
			complain(p, l, COLUMN_POSITION,
			    N_("This person is known with \"%.*s\" here."),
			    STR_FMT(k->person[i].position));
		*out_id = k->person[i].id;
		return OK;
	}
	if (k->persons >= PERSONS_MOST) {
		complain(p, l, COLUMN_PERSON,
		    N_("A customer has at most %d persons."), PERSONS_MOST);
		return OK;
	}
	if (p->tx &&
	    (e = person_write(&p->d, p->tx, k->id, &l->person, &id)) != OK)
		return e;
	k->person[k->persons++] = (struct q_customer_persons){.id = id,
	    .name_key = key,
	    .position = l->person.position};
	k->words = true;
	p->im->report->persons++;
	*out_id = id;
	return OK;
}

static enum err
phone_take(struct plan *p, const struct import_line *l, int64_t person_id)
{
	struct known *k = &p->has;
	struct phone_form f = l->phone;
	int64_t id;
	enum err e;

	if (str_empty(f.number))
		return OK;
	for (size_t i = 0; i < k->phones; i++)
		if (str_eq(k->phone[i], f.number))
			return OK;
	if (k->phones >= PHONES_MOST) {
		complain(p, l, COLUMN_PHONE,
		    N_("A customer has at most %d telephone numbers."),
		    PHONES_MOST);
		return OK;
	}
	f.person_id = person_id;
	if (p->tx && (e = phone_write(&p->d, p->tx, k->id, &f, &id)) != OK)
		return e;
	k->phone[k->phones++] = f.number;
	p->im->report->phones++;
	return OK;
}

static bool
contract_same(const struct contract_form *a, const struct contract_form *b)
{
	return str_eq(a->product, b->product) &&
	       str_eq(a->starts_on, b->starts_on) &&
	       str_eq(a->ends_on, b->ends_on);
}

static enum err
contract_take(struct plan *p, const struct import_line *l)
{
	struct known *k = &p->has;
	const struct contract_form *f = &l->contract;
	int64_t id;
	enum err e;

	if (!l->has_contract)
		return OK;
	for (size_t i = 0; i < k->contracts; i++) {
		bool same = contract_same(f, &k->contract[i]);

		if (str_eq(f->number, k->contract[i].number) && same)
			return OK;
		if (f->number.n && str_eq(f->number, k->contract[i].number)) {
			complain(p, l, COLUMN_CONTRACT,
			    N_("This contract is known with another product "
			       "or other days."));
			return OK;
		}
	}
	if (k->contracts >= CONTRACTS_MOST) {
		complain(p, l, COLUMN_CONTRACT,
		    N_("A customer has at most %d contracts."), CONTRACTS_MOST);
		return OK;
	}
	if (p->tx && (e = contract_write(&p->d, p->tx, k->id, f, &id)) != OK)
		return e;
	k->contract[k->contracts++] = *f;
	p->im->report->contracts++;
	return OK;
}

static enum err
lines_take(struct plan *p, const struct import_line *line, size_t n)
{
	int64_t person_id;
	enum err e;

	if ((e = known_read(p, line->key, n)) != OK ||
	    (e = own_add(p, line, n)) != OK)
		return e;
	for (size_t i = 0; i < n; i++) {
		if (p->tx && p->im->report->complaints)
			return ERR_INVALID;
		if ((e = person_take(p, &line[i], &person_id)) != OK ||
		    (e = phone_take(p, &line[i], person_id)) != OK ||
		    (e = contract_take(p, &line[i])) != OK)
			return e;
	}
	return p->tx && p->has.words ? words_refresh(&p->d, p->tx, p->has.id)
				     : OK;
}

enum err
import_customer(struct import *im, struct db_tx *tx,
    const struct import_line *line, size_t n)
{
	const struct cx *unit = im->d->cx;
	struct cx cx = {.mem = mem_sure(talloc_new(unit->mem)),
	    .now_ms = unit->now_ms,
	    .lang = unit->lang,
	    .id = unit->id};
	struct plan p = {.im = im,
	    .d = *im->d,
	    .db = tx ? tx->db : im->d->db,
	    .tx = tx};
	enum err e;

	p.d.cx = &cx;
	e = lines_take(&p, line, n);
	for (size_t i = 0; i < cx.fault.n; i++)
		import_complain(im, line->line, STR(""),
		    str_of(cx.fault.item[i].text));
	talloc_free(cx.mem);
	return cx.fault.n ? ERR_INVALID : e;
}
