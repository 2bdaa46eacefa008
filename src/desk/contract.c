/*
 * Contracts. Adding and editing keep the event log; entitlement is one read,
 * made anew whenever somebody asks, so it cannot be out of date. Services that
 * hang on a contract and orders that come of it are nouns of their own.
 */
#include "desk/contract.h"

#include "base/calendar.h"
#include "base/mem.h"
#include "desk/change.h"
#include "desk/check.h"
#include "desk/customer_write.h"
#include "desk/once.h"
#include "store/queries.h"

enum { NUMBER_MOST = 40, PRODUCT_MOST = 100, NOTE_MOST = 2000 };

const char *
contract_state_name(enum contract_state s)
{
	switch (s) {
	case CONTRACT_FUTURE:
		return "future";
	case CONTRACT_ENDED:
		return "ended";
	case CONTRACT_ACTIVE:
		return "active";
	}
	return "";
}

/* Days as texts compare as they follow each other. */
static bool
day_before(struct str a, struct str b)
{
	return a.n == DATE_BYTES && b.n == DATE_BYTES &&
	       memcmp(a.p, b.p, DATE_BYTES) < 0;
}

enum contract_state
contract_state_on(struct str starts_on, struct str ends_on, struct str today)
{
	if (day_before(today, starts_on))
		return CONTRACT_FUTURE;
	if (day_before(ends_on, today))
		return CONTRACT_ENDED;
	return CONTRACT_ACTIVE;
}

enum err
contract_form_check(struct cx *cx, struct contract_form *f)
{
	enum err e = OK;

	e = check_both(e,
	    check_line(cx, "number", &f->number, NUMBER_MOST, false));
	e = check_both(e,
	    check_line(cx, "product", &f->product, PRODUCT_MOST, true));
	e = check_both(e, check_date(cx, "starts_on", &f->starts_on, true));
	e = check_both(e, check_date(cx, "ends_on", &f->ends_on, false));
	e = check_both(e, check_text(cx, "note", &f->note, NOTE_MOST, false));
	if (e == OK && day_before(f->ends_on, f->starts_on))
		e = fail(cx, ERR_INVALID, "ends_on",
		    N_("The last day lies before the first one."));
	return e;
}

static enum err
added_event(struct desk *d, struct db_tx *tx, int64_t customer_id,
    const struct contract_form *f, int64_t id)
{
	struct event ev;

	event_begin(d, &ev);
	event_int(&ev, "contract", id);
	event_text(&ev, "number", f->number);
	event_text(&ev, "product", f->product);
	event_text(&ev, "starts_on", f->starts_on);
	event_text(&ev, "ends_on", f->ends_on);
	event_text(&ev, "note", f->note);
	return event_add(d, tx, &ev, "customer.contract_added", customer_id);
}

enum err
contract_write(struct desk *d, struct db_tx *tx, int64_t customer_id,
    const struct contract_form *f, int64_t *out_id)
{
	void *mem = d->cx->mem;
	struct q_contract_row_rows others;
	int64_t id;
	enum err e;

	if ((e = q_customer_contracts(tx->db, mem, customer_id, &others)) != OK)
		return e;
	if (others.n >= CONTRACTS_MOST)
		return fail(d->cx, ERR_CONFLICT, "",
		    N_("A customer has at most %d contracts."), CONTRACTS_MOST);
	if ((e = q_contract_add(tx, mem, customer_id, f->number, f->product,
		 f->starts_on, f->ends_on, f->note, &id)) != OK ||
	    (e = added_event(d, tx, customer_id, f, id)) != OK)
		return e;
	*out_id = id;
	return OK;
}

/* What a new contract's form asks for, to know it again. */
static struct str
asked_text(struct desk *d, int64_t customer_id, const struct contract_form *f)
{
	return str_printf(d->cx->mem,
	    "contract %lld\n%.*s\n%.*s\n%.*s\n%.*s\n%.*s",
	    (long long)customer_id, STR_FMT(f->number), STR_FMT(f->product),
	    STR_FMT(f->starts_on), STR_FMT(f->ends_on), STR_FMT(f->note));
}

enum err
contract_add(struct desk *d, int64_t customer_id,
    const struct contract_form *typed, int64_t *out_id)
{
	struct contract_form f = *typed;
	struct q_customer customer;
	struct once once;
	int64_t id;
	DB_TX tx = {0};
	enum err e;

	if ((e = desk_needs(d, ROLE_AGENT)) != OK ||
	    (e = contract_form_check(d->cx, &f)) != OK ||
	    (e = once_make(d, asked_text(d, customer_id, &f), &once)) != OK ||
	    (e = db_begin(d->db, &tx)) != OK ||
	    (e = once_claim(d, &tx, &once, &id)) != OK)
		return e;
	if (id == 0 &&
	    ((e = customer_read(d, tx.db, customer_id, &customer)) != OK ||
		(e = contract_write(d, &tx, customer_id, &f, &id)) != OK ||
		(e = once_keep(d, &tx, &once, id)) != OK))
		return e;
	if ((e = db_commit(&tx)) != OK)
		return e;
	*out_id = id;
	return OK;
}

static enum err
contract_read(struct desk *d, struct db *db, int64_t id,
    struct q_contract_row *out)
{
	enum err e = q_contract(db, d->cx->mem, id, out);

	if (e == ERR_NOT_FOUND)
		return fail(d->cx, e, "", N_("There is no such contract."));
	return e;
}

/* Whether anything was changed; the event is ready to be added then. */
static bool
changes_note(struct desk *d, struct event *ev, const struct q_contract_row *was,
    const struct contract_form *f)
{
	bool changed = false;

	event_begin(d, ev);
	event_int(ev, "contract", was->id);
	changed |= change_text(ev, "number", was->number, f->number);
	changed |= change_text(ev, "product", was->product, f->product);
	changed |= change_text(ev, "starts_on", was->starts_on, f->starts_on);
	changed |= change_text(ev, "ends_on", was->ends_on, f->ends_on);
	changed |= change_text(ev, "note", was->note, f->note);
	return changed;
}

enum err
contract_edit(struct desk *d, int64_t id, const struct contract_form *typed)
{
	struct contract_form f = *typed;
	struct q_contract_row was;
	struct event ev;
	DB_TX tx = {0};
	enum err e;

	if ((e = desk_needs(d, ROLE_AGENT)) != OK ||
	    (e = contract_form_check(d->cx, &f)) != OK ||
	    (e = db_begin(d->db, &tx)) != OK ||
	    (e = contract_read(d, tx.db, id, &was)) != OK)
		return e;
	if (was.version != f.version)
		return fail(d->cx, ERR_STALE, "",
		    N_("A colleague has changed this contract meanwhile. "
		       "Please read it again; your text is still here."));
	if (!changes_note(d, &ev, &was, &f))
		return OK;
	if ((e = q_contract_change(&tx, id, f.number, f.product, f.starts_on,
		 f.ends_on, f.note)) != OK ||
	    (e = event_add(d, &tx, &ev, "customer.contract_changed",
		 was.customer_id)) != OK)
		return e;
	return db_commit(&tx);
}

enum err
contract_get(struct desk *d, int64_t id, struct q_contract_row *out)
{
	enum err e;

	if ((e = desk_needs(d, ROLE_AGENT)) != OK)
		return e;
	return contract_read(d, d->db, id, out);
}

enum err
contract_list(struct desk *d, int64_t customer_id, struct contract_lines *out)
{
	struct str today = calendar_date(d->cx->mem, d->cx->now_ms);
	struct q_contract_row_rows rows;
	enum err e;

	if ((e = desk_needs(d, ROLE_AGENT)) != OK ||
	    (e = q_customer_contracts(d->db, d->cx->mem, customer_id, &rows)) !=
		OK)
		return e;
	out->v = mem_array(d->cx->mem, struct contract_line, rows.n);
	out->n = rows.n;
	for (size_t i = 0; i < rows.n; i++)
		out->v[i] = (struct contract_line){rows.v[i],
		    contract_state_on(rows.v[i].starts_on, rows.v[i].ends_on,
			today)};
	return OK;
}

enum err
contract_entitlement(struct desk *d, struct db *db, int64_t customer_id,
    struct str today, enum entitlement *out)
{
	int64_t best;
	enum err e = q_contract_best(db, d->cx->mem, customer_id, today, &best);

	if (e == OK)
		*out = (enum entitlement)best;
	return e;
}
