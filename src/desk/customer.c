/*
 * Customers. A new one gets its number here; an edit is saved only over the
 * version that was seen and tells the event log what was and what is. Persons
 * and telephone numbers are in person.c, the words by which customers are found
 * in words.c, finding itself in lookup.c.
 */
#include "desk/customer.h"

#include "base/calendar.h"
#include "base/number.h"
#include "base/text.h"
#include "desk/change.h"
#include "desk/check.h"
#include "desk/customer_write.h"
#include "desk/once.h"
#include "desk/twin.h"
#include "desk/words.h"
#include "store/queries.h"

enum {
	NUMBER_MOST = 40,
	NAME_MOST = 200,
	STREET_MOST = 200,
	ZIP_MOST = 20,
	CITY_MOST = 100,
	NOTE_MOST = 2000,
};

enum err
customer_form_check(struct cx *cx, struct customer_form *f, bool name_required)
{
	enum err e = OK;

	e = check_both(e,
	    check_line(cx, "number", &f->number, NUMBER_MOST, false));
	e = check_both(e,
	    check_line(cx, "name", &f->name, NAME_MOST, name_required));
	e = check_both(e,
	    check_line(cx, "street", &f->street, STREET_MOST, false));
	e = check_both(e, check_line(cx, "zip", &f->zip, ZIP_MOST, false));
	e = check_both(e, check_line(cx, "city", &f->city, CITY_MOST, false));
	e = check_both(e, check_email(cx, "email", &f->email));
	e = check_both(e, check_text(cx, "note", &f->note, NOTE_MOST, false));
	if (e == OK && f->number.n &&
	    str_empty(text_number_key(cx->mem, f->number)))
		e = fail(cx, ERR_INVALID, "number",
		    N_("A customer number has letters or digits."));
	return e;
}

enum err
customer_by_number(struct desk *d, struct db *db, struct str number,
    int64_t *out_id)
{
	struct str key = text_number_key(d->cx->mem, number);
	enum err e = q_customer_by_key(db, d->cx->mem, key, out_id);

	if (e == ERR_NOT_FOUND)
		return fail(d->cx, ERR_INVALID, "customer",
		    N_("No customer has this number."));
	return e;
}

enum err
customer_read(struct desk *d, struct db *db, int64_t id, struct q_customer *out)
{
	enum err e = q_customer(db, d->cx->mem, id, out);

	if (e == ERR_NOT_FOUND)
		return fail(d->cx, e, "", N_("There is no such customer."));
	return e;
}

/* The next number that nobody has. It ends, because the counter goes up and
 * customers are finite; it goes round more than once only where somebody gave
 * such numbers by hand. */
static enum err
number_next(struct desk *d, struct db_tx *tx, struct str *out)
{
	void *mem = d->cx->mem;
	int64_t value, other;
	enum err e;

	do {
		e = q_counter_next(tx, mem, STR("customer"), &value);
		if (e != OK)
			return e;
		*out = number_checked(mem, value);
		e = q_customer_by_key(tx->db, mem, text_number_key(mem, *out),
		    &other);
	} while (e == OK);
	return e == ERR_NOT_FOUND ? OK : e;
}

static enum err
added_event(struct desk *d, struct db_tx *tx, const struct customer_form *f,
    struct str number, int64_t id)
{
	struct event ev;

	event_begin(d, &ev);
	event_text(&ev, "number", number);
	event_text(&ev, "name", f->name);
	event_text(&ev, "street", f->street);
	event_text(&ev, "zip", f->zip);
	event_text(&ev, "city", f->city);
	event_text(&ev, "email", f->email);
	event_text(&ev, "note", f->note);
	return event_add(d, tx, &ev, "customer.added", id);
}

static enum err
number_taken(struct desk *d)
{
	return fail(d->cx, ERR_CONFLICT, "number",
	    N_("Another customer has this number."));
}

enum err
customer_write(struct desk *d, struct db_tx *tx, const struct customer_form *f,
    int64_t *out_id)
{
	void *mem = d->cx->mem;
	struct str number = f->number;
	int64_t id;
	enum err e;

	if (str_empty(number) && (e = number_next(d, tx, &number)) != OK)
		return e;
	e = q_customer_add(tx, mem, number, text_number_key(mem, number),
	    f->name, words_name_key(mem, f->name), f->street, f->zip, f->city,
	    f->email, f->note, d->cx->now_ms, &id);
	if (e == ERR_CONFLICT)
		return number_taken(d);
	if (e != OK || (e = added_event(d, tx, f, number, id)) != OK)
		return e;
	*out_id = id;
	return OK;
}

/* What a new customer's form asks for, to know it again. */
static struct str
asked_text(struct desk *d, const struct customer_form *f)
{
	return str_printf(d->cx->mem,
	    "customer\n%.*s\n%.*s\n%.*s\n%.*s\n%.*s\n%.*s\n%.*s",
	    STR_FMT(f->number), STR_FMT(f->name), STR_FMT(f->street),
	    STR_FMT(f->zip), STR_FMT(f->city), STR_FMT(f->email),
	    STR_FMT(f->note));
}

/* `twins` NULL: whoever is there already is no matter. */
static enum err
add(struct desk *d, const struct customer_form *typed,
    struct q_customer_of_name_rows *twins, int64_t *out_id)
{
	struct customer_form f = *typed;
	struct once once;
	int64_t id;
	DB_TX tx = {0};
	enum err e;

	if ((e = desk_needs(d, ROLE_AGENT)) != OK ||
	    (e = customer_form_check(d->cx, &f, true)) != OK ||
	    (e = once_make(d, asked_text(d, &f), &once)) != OK ||
	    (e = db_begin(d->db, &tx)) != OK ||
	    (e = once_claim(d, &tx, &once, &id)) != OK)
		return e;
	if (id == 0 && twins &&
	    ((e = twin_find(d, tx.db, &f, 0, twins)) != OK || twins->n))
		return e != OK ? e
			       : fail(d->cx, ERR_CONFLICT, "twin",
				     N_("There is such a customer already."));
	if (id == 0 &&
	    ((e = customer_write(d, &tx, &f, &id)) != OK ||
		(e = words_refresh(d, &tx, id)) != OK ||
		(e = once_keep(d, &tx, &once, id)) != OK))
		return e;
	if ((e = db_commit(&tx)) != OK)
		return e;
	*out_id = id;
	return OK;
}

enum err
customer_add(struct desk *d, const struct customer_form *f, int64_t *out_id)
{
	return add(d, f, NULL, out_id);
}

enum err
customer_add_single(struct desk *d, const struct customer_form *f,
    struct q_customer_of_name_rows *twins, int64_t *out_id)
{
	return add(d, f, twins, out_id);
}

/* Whether anything was changed; the event is ready to be added then. */
static bool
changes_note(struct desk *d, struct event *ev, const struct q_customer *was,
    const struct customer_form *f)
{
	bool changed = false;

	event_begin(d, ev);
	changed |= change_text(ev, "number", was->number, f->number);
	changed |= change_text(ev, "name", was->name, f->name);
	changed |= change_text(ev, "street", was->street, f->street);
	changed |= change_text(ev, "zip", was->zip, f->zip);
	changed |= change_text(ev, "city", was->city, f->city);
	changed |= change_text(ev, "email", was->email, f->email);
	changed |= change_text(ev, "note", was->note, f->note);
	return changed;
}

static enum err
customer_rewrite(struct desk *d, struct db_tx *tx, int64_t id,
    const struct customer_form *f)
{
	void *mem = d->cx->mem;
	enum err e;

	e = q_customer_change(tx, id, f->number,
	    text_number_key(mem, f->number), f->name,
	    words_name_key(mem, f->name), f->street, f->zip, f->city, f->email,
	    f->note, d->cx->now_ms);
	if (e == ERR_CONFLICT)
		return number_taken(d);
	return e == OK ? words_refresh(d, tx, id) : e;
}

enum err
customer_edit(struct desk *d, int64_t id, const struct customer_form *typed)
{
	struct customer_form f = *typed;
	struct q_customer was;
	struct event ev;
	DB_TX tx = {0};
	enum err e;

	if ((e = desk_needs(d, ROLE_AGENT)) != OK ||
	    (e = customer_form_check(d->cx, &f, true)) != OK ||
	    (e = db_begin(d->db, &tx)) != OK ||
	    (e = customer_read(d, tx.db, id, &was)) != OK)
		return e;
	if (was.version != f.version)
		return fail(d->cx, ERR_STALE, "",
		    N_("A colleague has changed this customer meanwhile. "
		       "Please read it again; your text is still here."));
	if (str_empty(f.number))
		f.number = was.number;
	if (!changes_note(d, &ev, &was, &f))
		return OK;
	if ((e = customer_rewrite(d, &tx, id, &f)) != OK ||
	    (e = event_add(d, &tx, &ev, "customer.changed", id)) != OK)
		return e;
	return db_commit(&tx);
}

enum err
customer_get(struct desk *d, int64_t id, struct q_customer *out)
{
	enum err e;

	if ((e = desk_needs(d, ROLE_AGENT)) != OK)
		return e;
	return customer_read(d, d->db, id, out);
}

enum err
customer_full(struct desk *d, int64_t id, struct customer_full *out)
{
	void *mem = d->cx->mem;
	struct str today = calendar_date(mem, d->cx->now_ms);
	enum err e;

	if ((e = customer_get(d, id, &out->customer)) != OK ||
	    (e = q_customer_persons(d->db, mem, id, &out->persons)) != OK ||
	    (e = q_customer_phones(d->db, mem, id, &out->phones)) != OK ||
	    (e = contract_list(d, id, &out->contracts)) != OK)
		return e;
	return contract_entitlement(d, d->db, id, today, &out->entitlement);
}

enum err
customer_list(struct desk *d, struct str after_key, int64_t after_id,
    struct q_customer_row_rows *out, bool *more)
{
	struct str today = calendar_date(d->cx->mem, d->cx->now_ms);
	enum err e;

	if ((e = desk_needs(d, ROLE_AGENT)) != OK)
		return e;
	if (!after_key.p)
		after_key = STR("");
	if ((e = q_customer_page(d->db, d->cx->mem, after_key, after_id, today,
		 CUSTOMER_PAGE + 1, out)) != OK)
		return e;
	*more = out->n > CUSTOMER_PAGE;
	if (*more)
		out->n = CUSTOMER_PAGE;
	return OK;
}
