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
#include "desk/private_number.h"
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
take_house(struct desk *d, struct db *db, const struct leaving *l,
    struct screen_case *sc)
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
	if (!l->typing)
		sc->numbers = given(&private);
	sc->country = d->house->config->country_code.p;
	return OK;
}

/* What is known of a ticket, inside and outside. */
static enum err
take_ticket(struct desk *d, struct db *db, const struct leaving *l,
    struct texts *internal, struct texts *known, struct texts *persons)
{
	struct q_ticket_texts_rows rows;
	struct q_ticket t;
	enum err e;

	if ((e = q_ticket(db, d->cx->mem, l->ticket_id, &t)) != OK ||
	    (e = q_ticket_texts(db, d->cx->mem, l->ticket_id, l->message_id,
		 &rows)) != OK)
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
take_all(struct desk *d, struct db *db, const struct leaving *l,
    struct screen_case *sc)
{
	struct texts internal = {0}, known = {0}, persons = {0};
	enum err e;

	if ((e = take_house(d, db, l, sc)) != OK ||
	    (l->ticket_id && (e = take_ticket(d, db, l, &internal, &known,
				  &persons)) != OK) ||
	    (l->customer_id && (e = take_customer(d, db, l->customer_id,
				    &internal, &persons)) != OK) ||
	    (l->call_id &&
		(e = take_call(d, db, l->call_id, &internal)) != OK))
		return e;
	sc->internal = given(&internal);
	sc->known = given(&known);
	sc->persons = given(&persons);
	return OK;
}

enum part { THE_TEXT, THE_SUBJECT, THE_PERSON, PARTS };

/* Each part for itself, the text first. The subject is what somebody said, but
 * not all who read the mail have; and who is written to is nobody's excuse in
 * the name itself. */
static enum err
look(struct desk *d, struct db *db, const struct leaving *l,
    struct confidential part[PARTS])
{
	const struct str texts[] = {l->text, l->subject, l->person};
	struct screen_case sc = {0};
	enum err e;

	if ((e = take_all(d, db, l, &sc)) != OK)
		return e;
	for (int i = 0; i < PARTS; i++) {
		if (i == THE_SUBJECT)
			sc.known = (struct screen_texts){0};
		if (i == THE_PERSON)
			sc.persons = (struct screen_texts){0};
		part[i].text = sc.text = texts[i];
		screen_text(d->house->screen, &sc, &part[i].hits);
	}
	return OK;
}

enum err
confidential_look(struct desk *d, const struct leaving *l,
    struct screen_hits *out)
{
	struct confidential part[PARTS];
	enum err e;

	if ((e = desk_needs(d, ROLE_AGENT)) != OK ||
	    (e = look(d, d->db, l, part)) != OK)
		return e;
	*out = part[THE_TEXT].hits;
	return OK;
}

static bool
has_number(const struct confidential *c)
{
	for (size_t i = 0; i < c->hits.n; i++)
		if (c->hits.v[i].kind == SCREEN_NUMBER)
			return true;
	return false;
}

/* Counted in the transaction that looks, so before it is answered. */
static enum err
ask_numbers(struct desk *d, const struct leaving *l, size_t numbers,
    struct confidential part[PARTS])
{
	DB_TX tx = {0};
	enum err e;

	if ((e = db_begin(d->db, &tx)) != OK ||
	    (e = numbers_may_try(d, tx.db)) != OK ||
	    (e = numbers_tried(d, &tx, numbers)) != OK ||
	    (e = look(d, tx.db, l, part)) != OK)
		return e;
	if (has_number(&part[THE_TEXT]) && (e = number_met(d, &tx)) != OK)
		return e;
	return db_commit(&tx);
}

enum err
confidential_ask(struct desk *d, struct str text, struct screen_hits *out)
{
	const struct leaving l = {.text = text};
	size_t numbers = screen_numbers(d->house->screen, text);
	struct confidential part[PARTS];
	enum err e;

	if (numbers > NUMBERS_ASKED_MOST)
		return fail(d->cx, ERR_INVALID, "text",
		    N_("At most %d telephone numbers fit into one question."),
		    NUMBERS_ASKED_MOST);
	if (numbers == 0)
		return confidential_look(d, &l, out);
	if ((e = desk_needs(d, ROLE_AGENT)) != OK ||
	    (e = ask_numbers(d, &l, numbers, part)) != OK)
		return e;
	*out = part[THE_TEXT].hits;
	return OK;
}

/* The event of a release: why, and what it was about. */
static enum err
released(struct desk *d, struct db_tx *tx, struct str reason,
    const struct confidential part[PARTS], const char *event,
    int64_t subject_id)
{
	struct event ev;

	event_begin(d, &ev);
	event_text(&ev, "reason", reason);
	json_name(&ev.json, "places");
	json_open(&ev.json, '[');
	for (int p = 0; p < PARTS; p++)
		for (size_t i = 0; i < part[p].hits.n; i++)
			json_put_text(&ev.json, (struct str){
			    part[p].text.p + part[p].hits.v[i].from,
			    part[p].hits.v[i].n});
	json_close(&ev.json, ']');
	return event_add(d, tx, &ev, event, subject_id);
}

static size_t
numbers_in(struct desk *d, const struct leaving *l)
{
	return screen_numbers(d->house->screen, l->text) +
	    screen_numbers(d->house->screen, l->subject) +
	    screen_numbers(d->house->screen, l->person);
}

/* What leaves says of all its numbers that they are not private, too. A letter
 * that anybody writes has few of them; a list of hundreds is one that tries. */
static enum err
told_numbers(struct desk *d, struct db_tx *tx, size_t n)
{
	return numbers_tried(d, tx,
	    n > NUMBERS_ASKED_MOST ? n - NUMBERS_ASKED_MOST : 0);
}

enum err
confidential_pass(struct desk *d, struct db_tx *tx, const struct leaving *l,
    const char *event, int64_t subject_id)
{
	static const char *const why[] = {
	    N_("This tells something internal. Please change the marked "
	       "places; a supervisor can release the text with a reason."),
	    N_("The subject of the mail tells something internal. Please "
	       "tell it by telephone; a supervisor can release it with a "
	       "reason."),
	    N_("The name of whom the mail is for tells something internal. "
	       "Please tell it by telephone; a supervisor can release it "
	       "with a reason."),
	};
	struct confidential *part =
	    mem_array(d->cx->mem, struct confidential, PARTS);
	struct str reason = l->release;
	size_t numbers = numbers_in(d, l);
	int first = 0;
	enum err e;

	if ((e = check_line(d->cx, "release", &reason, RELEASE_MOST,
		 false)) != OK ||
	    (numbers && (e = numbers_may_try(d, tx->db)) != OK) ||
	    (e = look(d, tx->db, l, part)) != OK)
		return e;
	while (first < PARTS && part[first].hits.n == 0)
		first++;
	if (first == PARTS)
		return told_numbers(d, tx, numbers);
	if (reason.n && d->actor.role >= ROLE_SUPERVISOR) {
		e = told_numbers(d, tx, numbers);
		return e != OK ? e : released(d, tx, reason, part, event,
		    subject_id);
	}
	part[first].numbers = numbers;
	for (int p = first; p < PARTS; p++)
		part[first].met |= has_number(&part[p]);
	d->held = &part[first];
	return fail(d->cx, ERR_CONFIDENTIAL, "body", "%s",
	    tr(d->cx->lang, why[first]));
}

enum err
confidential_held(struct desk *d, struct db_tx *tx)
{
	enum err e = numbers_tried(d, tx, d->held->numbers);

	return e == OK && d->held->met ? number_met(d, tx) : e;
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
