/*
 * A customer's persons and telephone numbers. A person is one of those who may
 * be on the line; whoever left stays in the books but is no longer offered. A
 * number belongs to a person or to the customer as a whole and is only ever a
 * hint who might be calling: it identifies nobody (M3).
 */
#include "desk/customer.h"

#include "base/config.h"
#include "base/text.h"
#include "desk/change.h"
#include "desk/check.h"
#include "desk/customer_write.h"
#include "desk/house.h"
#include "desk/once.h"
#include "desk/words.h"
#include "store/queries.h"

enum { PERSON_NAME_MOST = 100, POSITION_MOST = 100, LABEL_MOST = 60 };

enum err
person_form_check(struct cx *cx, struct person_form *f)
{
	enum err e = OK;

	e = check_both(e,
	    check_line(cx, "name", &f->name, PERSON_NAME_MOST, true));
	e = check_both(e,
	    check_line(cx, "position", &f->position, POSITION_MOST, false));
	e = check_both(e, check_email(cx, "email", &f->email));
	if (e == OK && str_empty(text_key(cx->mem, f->name)))
		e = fail(cx, ERR_INVALID, "name",
		    N_("A name has letters or digits."));
	return e;
}

/* The person of that name among the customer's, however it is spelled; 0 if
 * there is none. *count is how many persons there are. */
static enum err
person_named(struct desk *d, struct db *db, int64_t customer_id,
    struct str name, int64_t *out_id, size_t *count)
{
	void *mem = d->cx->mem;
	struct str key = words_name_key(mem, name);
	struct q_customer_persons_rows rows;
	enum err e;

	if ((e = q_customer_persons(db, mem, customer_id, &rows)) != OK)
		return e;
	*out_id = 0;
	*count = rows.n;
	for (size_t i = 0; i < rows.n; i++)
		if (str_eq(rows.v[i].name_key, key))
			*out_id = rows.v[i].id;
	return OK;
}

static enum err
name_taken(struct desk *d)
{
	return fail(d->cx, ERR_CONFLICT, "name",
	    N_("This customer has a person of that name already."));
}

/* Writes a person whose name the customer's other persons do not have. */
static enum err
person_insert(struct desk *d, struct db_tx *tx, int64_t customer_id,
    const struct person_form *f, size_t count, int64_t *out_id)
{
	void *mem = d->cx->mem;
	struct event ev;
	enum err e;

	if (count >= PERSONS_MOST)
		return fail(d->cx, ERR_CONFLICT, "name",
		    N_("A customer has at most %d persons."), PERSONS_MOST);
	if ((e = q_person_add(tx, mem, customer_id, f->name,
		 words_name_key(mem, f->name), f->position, f->email,
		 out_id)) != OK)
		return e;
	event_begin(d, &ev);
	event_int(&ev, "person", *out_id);
	event_text(&ev, "name", f->name);
	event_text(&ev, "position", f->position);
	event_text(&ev, "email", f->email);
	return event_add(d, tx, &ev, "customer.person_added", customer_id);
}

enum err
person_write(struct desk *d, struct db_tx *tx, int64_t customer_id,
    const struct person_form *f, int64_t *out_id)
{
	int64_t other;
	size_t count;
	enum err e;

	if ((e = person_named(d, tx->db, customer_id, f->name, &other,
		 &count)) != OK)
		return e;
	if (other)
		return name_taken(d);
	return person_insert(d, tx, customer_id, f, count, out_id);
}

enum err
person_find_or_add(struct desk *d, struct db_tx *tx, int64_t customer_id,
    struct str name, int64_t *out_id)
{
	struct person_form f = {.name = name};
	int64_t id;
	size_t count;
	enum err e;

	if ((e = person_form_check(d->cx, &f)) != OK ||
	    (e = person_named(d, tx->db, customer_id, f.name, &id, &count)) !=
		OK)
		return e;
	if (!id &&
	    ((e = person_insert(d, tx, customer_id, &f, count, &id)) != OK ||
		(e = words_refresh(d, tx, customer_id)) != OK))
		return e;
	*out_id = id;
	return OK;
}

/* What the forms ask for, to know them again (once.h). */
static struct str
person_asked(struct desk *d, int64_t customer_id, const struct person_form *f)
{
	return str_printf(d->cx->mem, "person %lld\n%.*s\n%.*s\n%.*s",
	    (long long)customer_id, STR_FMT(f->name), STR_FMT(f->position),
	    STR_FMT(f->email));
}

static struct str
phone_asked(struct desk *d, int64_t customer_id, const struct phone_form *f)
{
	return str_printf(d->cx->mem, "phone %lld\n%.*s\n%.*s\n%lld",
	    (long long)customer_id, STR_FMT(f->number), STR_FMT(f->label),
	    (long long)f->person_id);
}

enum err
person_add(struct desk *d, int64_t customer_id, const struct person_form *typed,
    int64_t *out_id)
{
	struct person_form f = *typed;
	struct q_customer customer;
	struct once once;
	int64_t id;
	DB_TX tx = {0};
	enum err e;

	if ((e = desk_needs(d, ROLE_AGENT)) != OK ||
	    (e = person_form_check(d->cx, &f)) != OK ||
	    (e = once_make(d, person_asked(d, customer_id, &f), &once)) !=
		OK ||
	    (e = db_begin(d->db, &tx)) != OK ||
	    (e = once_claim(d, &tx, &once, &id)) != OK)
		return e;
	if (id == 0 &&
	    ((e = customer_read(d, tx.db, customer_id, &customer)) != OK ||
		(e = person_write(d, &tx, customer_id, &f, &id)) != OK ||
		(e = words_refresh(d, &tx, customer_id)) != OK ||
		(e = once_keep(d, &tx, &once, id)) != OK))
		return e;
	if ((e = db_commit(&tx)) != OK)
		return e;
	*out_id = id;
	return OK;
}

/* One that is still there. */
static enum err
person_read(struct desk *d, struct db *db, int64_t id, struct q_person *out)
{
	enum err e = q_person(db, d->cx->mem, id, out);

	if (e == ERR_NOT_FOUND || (e == OK && !out->active))
		return fail(d->cx, ERR_NOT_FOUND, "",
		    N_("There is no such person."));
	return e;
}

/* Whether anything was changed; the event is ready to be added then. */
static bool
changes_note(struct desk *d, struct event *ev, const struct q_person *was,
    const struct person_form *f)
{
	bool changed = false;

	event_begin(d, ev);
	event_int(ev, "person", was->id);
	changed |= change_text(ev, "name", was->name, f->name);
	changed |= change_text(ev, "position", was->position, f->position);
	changed |= change_text(ev, "email", was->email, f->email);
	return changed;
}

/* Writes the edited person; another may not have the name. */
static enum err
person_rewrite(struct desk *d, struct db_tx *tx, const struct q_person *was,
    const struct person_form *f)
{
	int64_t other;
	size_t count;
	enum err e;

	if ((e = person_named(d, tx->db, was->customer_id, f->name, &other,
		 &count)) != OK)
		return e;
	if (other && other != was->id)
		return name_taken(d);
	if ((e = q_person_change(tx, was->id, f->name,
		 words_name_key(d->cx->mem, f->name), f->position, f->email)) !=
	    OK)
		return e;
	return words_refresh(d, tx, was->customer_id);
}

enum err
person_edit(struct desk *d, int64_t id, const struct person_form *typed)
{
	struct person_form f = *typed;
	struct q_person was;
	struct event ev;
	DB_TX tx = {0};
	enum err e;

	if ((e = desk_needs(d, ROLE_AGENT)) != OK ||
	    (e = person_form_check(d->cx, &f)) != OK ||
	    (e = db_begin(d->db, &tx)) != OK ||
	    (e = person_read(d, tx.db, id, &was)) != OK)
		return e;
	if (was.version != f.version)
		return fail(d->cx, ERR_STALE, "",
		    N_("A colleague has changed this person meanwhile. "
		       "Please read it again; your text is still here."));
	if (!changes_note(d, &ev, &was, &f))
		return OK;
	if ((e = person_rewrite(d, &tx, &was, &f)) != OK ||
	    (e = event_add(d, &tx, &ev, "customer.person_changed",
		 was.customer_id)) != OK)
		return e;
	return db_commit(&tx);
}

enum err
person_remove(struct desk *d, int64_t id)
{
	struct q_person was;
	struct event ev;
	DB_TX tx = {0};
	enum err e;

	if ((e = desk_needs(d, ROLE_AGENT)) != OK ||
	    (e = db_begin(d->db, &tx)) != OK ||
	    (e = person_read(d, tx.db, id, &was)) != OK)
		return e;
	event_begin(d, &ev);
	event_int(&ev, "person", id);
	event_text(&ev, "name", was.name);
	event_text(&ev, "position", was.position);
	event_text(&ev, "email", was.email);
	if ((e = q_person_drop(&tx, id)) != OK ||
	    (e = q_phone_detach(&tx, id)) != OK ||
	    (e = words_refresh(d, &tx, was.customer_id)) != OK ||
	    (e = event_add(d, &tx, &ev, "customer.person_removed",
		 was.customer_id)) != OK)
		return e;
	return db_commit(&tx);
}

enum err
phone_form_check(struct desk *d, struct phone_form *f)
{
	enum err e = OK;

	e = check_both(e, check_phone(d->cx, "number", &f->number,
			      d->house->config->country_code.p));
	e = check_both(e,
	    check_line(d->cx, "label", &f->label, LABEL_MOST, false));
	return e;
}

/* Whether the customer may have one more, and not the same one twice. */
static enum err
phone_fits(struct desk *d, struct db *db, int64_t customer_id, struct str e164)
{
	struct q_customer_phones_rows rows;
	enum err e;

	if ((e = q_customer_phones(db, d->cx->mem, customer_id, &rows)) != OK)
		return e;
	if (rows.n >= PHONES_MOST)
		return fail(d->cx, ERR_CONFLICT, "number",
		    N_("A customer has at most %d telephone numbers."),
		    PHONES_MOST);
	for (size_t i = 0; i < rows.n; i++)
		if (str_eq(rows.v[i].e164, e164))
			return fail(d->cx, ERR_CONFLICT, "number",
			    N_("This customer has the number already."));
	return OK;
}

enum err
phone_write(struct desk *d, struct db_tx *tx, int64_t customer_id,
    const struct phone_form *f, int64_t *out_id)
{
	void *mem = d->cx->mem;
	struct event ev;
	enum err e;

	if ((e = phone_fits(d, tx->db, customer_id, f->number)) != OK ||
	    (e = q_phone_add(tx, mem, customer_id, opt_id(f->person_id),
		 f->number, text_reverse(mem, f->number), f->label, out_id)) !=
		OK)
		return e;
	event_begin(d, &ev);
	event_int(&ev, "phone", *out_id);
	event_text(&ev, "number", f->number);
	event_text(&ev, "label", f->label);
	event_int(&ev, "person", f->person_id);
	return event_add(d, tx, &ev, "customer.phone_added", customer_id);
}

enum err
person_of_customer(struct desk *d, struct db *db, int64_t customer_id,
    int64_t person_id, struct q_person *out)
{
	enum err e = q_person(db, d->cx->mem, person_id, out);

	if (e != OK && e != ERR_NOT_FOUND)
		return e;
	if (e == ERR_NOT_FOUND || !out->active ||
	    out->customer_id != customer_id)
		return fail(d->cx, ERR_INVALID, "person",
		    N_("This person does not belong to the customer."));
	return OK;
}

enum err
caller_address(struct desk *d, struct db *db, int64_t customer_id,
    struct opt_i64 person, struct str name, struct str *out)
{
	struct str key = words_name_key(d->cx->mem, name);
	struct q_customer_persons_rows rows;
	struct q_customer customer;
	enum err e;

	*out = STR("");
	if ((e = q_customer_persons(db, d->cx->mem, customer_id, &rows)) != OK)
		return e;
	for (size_t i = 0; i < rows.n; i++)
		if (person.has ? rows.v[i].id == person.v
			       : str_eq(rows.v[i].name_key, key))
			*out = rows.v[i].email;
	if (out->n)
		return OK;
	if ((e = q_customer(db, d->cx->mem, customer_id, &customer)) == OK)
		*out = customer.email;
	return e;
}

enum err
phone_add(struct desk *d, int64_t customer_id, const struct phone_form *typed,
    int64_t *out_id)
{
	struct phone_form f = *typed;
	struct q_customer customer;
	struct q_person person;
	struct once once;
	int64_t id;
	DB_TX tx = {0};
	enum err e;

	if ((e = desk_needs(d, ROLE_AGENT)) != OK ||
	    (e = phone_form_check(d, &f)) != OK ||
	    (e = once_make(d, phone_asked(d, customer_id, &f), &once)) != OK ||
	    (e = db_begin(d->db, &tx)) != OK ||
	    (e = once_claim(d, &tx, &once, &id)) != OK)
		return e;
	if (id == 0 &&
	    ((e = customer_read(d, tx.db, customer_id, &customer)) != OK ||
		(f.person_id &&
		    (e = person_of_customer(d, tx.db, customer_id,
			 f.person_id, &person)) != OK) ||
		(e = phone_write(d, &tx, customer_id, &f, &id)) != OK ||
		(e = once_keep(d, &tx, &once, id)) != OK))
		return e;
	if ((e = db_commit(&tx)) != OK)
		return e;
	*out_id = id;
	return OK;
}

enum err
phone_remove(struct desk *d, int64_t id)
{
	struct q_phone was;
	struct event ev;
	DB_TX tx = {0};
	enum err e;

	if ((e = desk_needs(d, ROLE_AGENT)) != OK ||
	    (e = db_begin(d->db, &tx)) != OK)
		return e;
	if ((e = q_phone(tx.db, d->cx->mem, id, &was)) == ERR_NOT_FOUND)
		return fail(d->cx, e, "",
		    N_("There is no such telephone number."));
	if (e != OK)
		return e;
	event_begin(d, &ev);
	event_int(&ev, "phone", id);
	event_text(&ev, "number", was.e164);
	event_text(&ev, "label", was.label);
	if ((e = q_phone_drop(&tx, id)) != OK ||
	    (e = event_add(d, &tx, &ev, "customer.phone_removed",
		 was.customer_id)) != OK)
		return e;
	return db_commit(&tx);
}
