/*
 * Private numbers: the list of them, and what keeps it from being read out by
 * trying. What was tried is a level that falls by one a minute, kept where
 * failed sign-ins are counted; it is counted before the answer is given, or with
 * the refusal.
 */
#include "desk/private_number.h"

#include "desk/check.h"
#include "desk/employee.h"
#include "desk/event.h"
#include "desk/house.h"
#include "store/queries.h"

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
number_event(struct desk *d, struct db_tx *tx, const char *event, int64_t id)
{
	struct event ev;

	event_begin(d, &ev);
	return event_add(d, tx, &ev, event, id);
}

enum err
private_number_add(struct desk *d, struct str login, struct str number)
{
	int64_t employee = 0, id;
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
	if (e != OK || (e = number_event(d, &tx, "employee.number_added",
			    employee)) != OK)
		return e;
	return db_commit(&tx);
}

enum err
private_number_remove(struct desk *d, struct str login, struct str number)
{
	int64_t employee = 0, n;
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
	if ((e = number_event(d, &tx, "employee.number_removed", employee)) !=
	    OK)
		return e;
	return db_commit(&tx);
}

enum err
private_number_list(struct desk *d, struct q_private_numbers_rows *out)
{
	enum err e;

	if ((e = desk_needs(d, ROLE_ADMIN)) != OK)
		return e;
	return q_private_numbers(d->db, d->cx->mem, out);
}

/* ---- Tried --------------------------------------------------------------- */

/* What is left of what was tried, reckoned up to last_ms: whole steps only, so
 * that asking often does not keep it from falling. */
static enum err
level_read(struct desk *d, struct db *db, struct q_signin_failures *level,
    struct str *subject)
{
	int64_t now = d->cx->now_ms, steps;
	enum err e;

	*subject = str_printf(d->cx->mem, "numbers:%lld",
	    (long long)d->actor.employee_id);
	e = q_signin_failures(db, d->cx->mem, *subject, level);
	if (e == ERR_NOT_FOUND) {
		*level = (struct q_signin_failures){0, now};
		return OK;
	}
	if (e != OK)
		return e;
	steps = now > level->last_ms
	    ? (now - level->last_ms) / NUMBERS_TRIED_EVERY_MS
	    : 0;
	if (steps >= level->failures)
		*level = (struct q_signin_failures){0, now};
	else
		*level = (struct q_signin_failures){level->failures - steps,
		    level->last_ms + steps * NUMBERS_TRIED_EVERY_MS};
	return OK;
}

enum err
numbers_may_try(struct desk *d, struct db *db)
{
	struct q_signin_failures level;
	struct str subject;
	int64_t left_ms;
	enum err e = level_read(d, db, &level, &subject);

	if (e != OK || level.failures < NUMBERS_TRIED_FREE)
		return e;
	left_ms = (level.failures - NUMBERS_TRIED_FREE + 1) *
		NUMBERS_TRIED_EVERY_MS - (d->cx->now_ms - level.last_ms);
	d->cx->retry_s = (int)(left_ms / 1000) + 1;
	return fail(d->cx, ERR_LIMITED, "",
	    N_("Too many telephone numbers were tried. Texts with numbers "
	       "are looked at again in %d minutes."),
	    d->cx->retry_s / 60 + 1);
}

enum err
numbers_tried(struct desk *d, struct db_tx *tx, size_t n)
{
	struct q_signin_failures level;
	struct str subject;
	enum err e;

	if (n == 0)
		return OK;
	if ((e = level_read(d, tx->db, &level, &subject)) != OK)
		return e;
	return q_numbers_tried(tx, subject, level.failures + (int64_t)n,
	    level.last_ms);
}

enum err
number_met(struct desk *d, struct db_tx *tx)
{
	return number_event(d, tx, "confidential.number_asked",
	    d->actor.employee_id);
}
