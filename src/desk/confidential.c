/*
 * What is confidential here, put together for the screen: who works here, which
 * numbers are private, what colleagues noted; and what becomes of a text in
 * which something was found.
 */
#include "desk/confidential.h"

#include "base/mem.h"
#include "desk/check.h"
#include "desk/employee.h"
#include "desk/event.h"
#include "desk/house.h"
#include "desk/ticket.h"
#include "store/queries.h"

/* Texts being collected. */
struct texts {
	struct str *v;
	size_t n, room;
};

static void
take(struct desk *d, struct texts *t, struct str text)
{
	if (str_empty(text))
		return;
	if (t->n == t->room) {
		t->room = t->room ? 2 * t->room : 32;
		t->v = mem_sure(
		    talloc_realloc(d->cx->mem, t->v, struct str, t->room));
	}
	t->v[t->n++] = text;
}

static struct screen_texts
given(const struct texts *t)
{
	return (struct screen_texts){t->v, t->n};
}

static enum err
take_house(struct desk *d, struct db *db, struct screen_case *sc)
{
	struct q_private_numbers_rows numbers;
	struct q_employee_row_rows staff;
	struct texts names = {0}, private = {0};
	enum err e;

	if ((e = q_employee_list(db, d->cx->mem, &staff)) != OK ||
	    (e = q_private_numbers(db, d->cx->mem, &numbers)) != OK)
		return e;
	for (size_t i = 0; i < staff.n; i++)
		take(d, &names, staff.v[i].name);
	for (size_t i = 0; i < numbers.n; i++)
		take(d, &private, numbers.v[i].e164);
	sc->names = given(&names);
	sc->numbers = given(&private);
	sc->country = d->house->config->country_code.p;
	return OK;
}

/* What is known of a ticket, inside and outside. */
static enum err
take_ticket(struct desk *d, struct db *db, int64_t id, struct texts *internal,
    struct texts *known, struct texts *persons)
{
	struct q_ticket_texts_rows rows;
	struct q_ticket t;
	enum err e;

	if ((e = q_ticket(db, d->cx->mem, id, &t)) != OK ||
	    (e = q_ticket_texts(db, d->cx->mem, id, &rows)) != OK)
		return e;
	take(d, known, t.question);
	take(d, internal, t.search_reason);
	take(d, persons, t.caller_name);
	for (size_t i = 0; i < rows.n; i++)
		take(d, rows.v[i].kind == MESSAGE_NOTE ||
			    rows.v[i].kind == MESSAGE_CLOSED
			? internal
			: known,
		    rows.v[i].body);
	return OK;
}

static enum err
take_customer(struct desk *d, struct db *db, int64_t id,
    struct texts *internal, struct texts *persons)
{
	struct q_customer_persons_rows rows;
	struct q_customer customer;
	enum err e;

	if ((e = q_customer(db, d->cx->mem, id, &customer)) != OK ||
	    (e = q_customer_persons(db, d->cx->mem, id, &rows)) != OK)
		return e;
	take(d, internal, customer.note);
	for (size_t i = 0; i < rows.n; i++)
		take(d, persons, rows.v[i].name);
	return OK;
}

static enum err
take_call(struct desk *d, struct db *db, int64_t id, struct texts *internal)
{
	struct q_call_notes_rows rows;
	enum err e = q_call_notes(db, d->cx->mem, id, &rows);

	for (size_t i = 0; e == OK && i < rows.n; i++)
		take(d, internal, rows.v[i].value);
	return e;
}

static enum err
look(struct desk *d, struct db *db, const struct leaving *l,
    struct screen_hits *out)
{
	struct texts internal = {0}, known = {0}, persons = {0};
	struct screen_case sc = {.text = l->text};
	enum err e;

	if ((e = take_house(d, db, &sc)) != OK ||
	    (l->ticket_id && (e = take_ticket(d, db, l->ticket_id, &internal,
				  &known, &persons)) != OK) ||
	    (l->customer_id && (e = take_customer(d, db, l->customer_id,
				    &internal, &persons)) != OK) ||
	    (l->call_id &&
		(e = take_call(d, db, l->call_id, &internal)) != OK))
		return e;
	sc.internal = given(&internal);
	sc.known = given(&known);
	sc.persons = given(&persons);
	screen_text(d->house->screen, &sc, out);
	return OK;
}

enum err
confidential_look(struct desk *d, const struct leaving *l,
    struct screen_hits *out)
{
	enum err e;

	if ((e = desk_needs(d, ROLE_AGENT)) != OK)
		return e;
	return look(d, d->db, l, out);
}

/* The event of a release: why, and what it was about. */
static enum err
released(struct desk *d, struct db_tx *tx, const struct leaving *l,
    const struct screen_hits *hits, const char *event, int64_t subject_id)
{
	struct event ev;

	event_begin(d, &ev);
	event_text(&ev, "reason", l->release);
	json_name(&ev.json, "places");
	json_open(&ev.json, '[');
	for (size_t i = 0; i < hits->n; i++)
		json_put_text(&ev.json, (struct str){
		    l->text.p + hits->v[i].from, hits->v[i].n});
	json_close(&ev.json, ']');
	return event_add(d, tx, &ev, event, subject_id);
}

enum err
confidential_pass(struct desk *d, struct db_tx *tx, const struct leaving *l,
    const char *event, int64_t subject_id)
{
	struct leaving clean = *l;
	struct confidential *found = mem_new(d->cx->mem, struct confidential);
	struct screen_hits *hits = &found->hits;
	enum err e;

	if ((e = check_line(d->cx, "release", &clean.release, RELEASE_MOST,
		 false)) != OK ||
	    (e = look(d, tx->db, &clean, hits)) != OK || hits->n == 0)
		return e;
	if (clean.release.n && d->actor.role >= ROLE_SUPERVISOR)
		return released(d, tx, &clean, hits, event, subject_id);
	found->text = l->text;
	d->held = found;
	return fail(d->cx, ERR_CONFIDENTIAL, "body",
	    N_("This tells something internal. Please change the marked "
	       "places; a supervisor can release the text with a reason."));
}

/* ---- Private numbers ----------------------------------------------------- */

static enum err
number_read(struct desk *d, struct db *db, struct str login,
    struct str *number, int64_t *out_id)
{
	struct q_employee_by_login who;
	enum err e;

	if ((e = check_phone(d->cx, "number", number,
		 d->house->config->country_code.p)) != OK)
		return e;
	e = q_employee_by_login(db, d->cx->mem, login, &who);
	if (e == ERR_NOT_FOUND)
		return fail(d->cx, e, "login",
		    N_("There is no such employee."));
	if (e == OK)
		*out_id = who.id;
	return e;
}

/* The number itself is nobody's business, not even the event log's. */
static enum err
number_changed(struct desk *d, struct db_tx *tx, const char *event, int64_t id)
{
	struct event ev;
	enum err e;

	event_begin(d, &ev);
	if ((e = event_add(d, tx, &ev, event, id)) != OK)
		return e;
	return db_commit(tx);
}

enum err
private_number_add(struct desk *d, struct str login, struct str number)
{
	int64_t employee, id;
	DB_TX tx = {0};
	enum err e;

	if ((e = desk_needs(d, ROLE_ADMIN)) != OK ||
	    (e = db_begin(d->db, &tx)) != OK ||
	    (e = number_read(d, tx.db, login, &number, &employee)) != OK)
		return e;
	e = q_private_number_add(&tx, d->cx->mem, employee, number,
	    d->cx->now_ms, &id);
	if (e == ERR_CONFLICT)
		return fail(d->cx, e, "number",
		    N_("This number is on the list already."));
	return e != OK
	    ? e
	    : number_changed(d, &tx, "employee.number_added", employee);
}

enum err
private_number_remove(struct desk *d, struct str login, struct str number)
{
	int64_t employee, n;
	DB_TX tx = {0};
	enum err e;

	if ((e = desk_needs(d, ROLE_ADMIN)) != OK ||
	    (e = db_begin(d->db, &tx)) != OK ||
	    (e = number_read(d, tx.db, login, &number, &employee)) != OK ||
	    (e = q_private_number_drop(&tx, employee, number, &n)) != OK)
		return e;
	if (n == 0)
		return fail(d->cx, ERR_NOT_FOUND, "number",
		    N_("This number is not on the list."));
	return number_changed(d, &tx, "employee.number_removed", employee);
}

enum err
private_number_list(struct desk *d, struct q_private_numbers_rows *out)
{
	enum err e;

	if ((e = desk_needs(d, ROLE_ADMIN)) != OK)
		return e;
	return q_private_numbers(d->db, d->cx->mem, out);
}

/* ---- Held back ----------------------------------------------------------- */

enum err
held_list(struct desk *d, struct q_held_list_rows *out)
{
	enum err e;

	if ((e = desk_needs(d, ROLE_SUPERVISOR)) != OK)
		return e;
	return q_held_list(d->db, d->cx->mem, HELD_SHOWN, out);
}

enum err
held_of_ticket(struct desk *d, int64_t ticket_id,
    struct q_held_of_ticket_rows *out)
{
	enum err e;

	if ((e = desk_needs(d, ROLE_SUPERVISOR)) != OK)
		return e;
	return q_held_of_ticket(d->db, d->cx->mem, ticket_id, out);
}
