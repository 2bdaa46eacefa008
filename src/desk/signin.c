/*
 * Signing in: passwords and sessions. How guesses are slowed down is in
 * attempt.c, the employees themselves are in employee.c.
 */
#include "desk/employee.h"

#include "base/config.h"
#include "base/secret.h"
#include "desk/attempt.h"
#include "desk/event.h"
#include "desk/house.h"
#include "store/queries.h"

enum {
	SEEN_EVERY_MS = 60 * 1000,       /* how often a session is written */
	NONCES_KEPT_MS = 24 * 3600 * 1000,
	SESSIONS_MOST = 20,              /* of one employee */
};

/* Whether what was checked still holds: hashing takes long enough for a new
 * password, or to be barred. */
static enum err
still_right(struct desk *d, struct db *db, struct str login, struct str hash)
{
	struct q_employee_by_login who;
	enum err e = q_employee_by_login(db, d->cx->mem, login, &who);

	if (e == OK && (!who.active || !str_eq(who.password_hash, hash)))
		return fail(d->cx, ERR_UNAUTHENTICATED, "",
		    N_("Name or password is wrong."));
	return e;
}

static enum err
session_begin(struct desk *d, int64_t employee_id, const struct attempt *a,
    struct str *out_token)
{
	int64_t now = d->cx->now_ms, id, gone;
	struct str token = secret_token(d->cx->mem);
	struct event ev;
	DB_TX tx = {0};
	enum err e;

	d->actor.employee_id = employee_id;
	event_begin(d, &ev);
	if ((e = db_begin(d->db, &tx)) != OK ||
	    (e = still_right(d, tx.db, a->login, a->hash)) != OK ||
	    (e = attempt_succeeded(d, &tx, a, employee_id)) != OK ||
	    (e = q_session_add(&tx, d->cx->mem,
		 secret_digest(d->cx->mem, token), employee_id, now,
		 now + d->house->config->session_ms, &id)) != OK ||
	    (e = q_session_trim(&tx, employee_id, SESSIONS_MOST, &gone)) !=
		OK ||
	    (e = event_add(d, &tx, &ev, "session.opened", employee_id)) !=
		OK ||
	    (e = db_commit(&tx)) != OK)
		return e;
	*out_token = token;
	return OK;
}

enum err
session_open(struct desk *d, struct str login, struct str password,
    struct str from, struct str *out_token)
{
	struct attempt a = {login, from, STR(""), password};
	struct q_employee_by_login who;
	bool right;
	enum err e;

	e = q_employee_by_login(d->db, d->cx->mem, login, &who);
	if (e != OK && e != ERR_NOT_FOUND)
		return e;
	if (e == OK && who.active)
		a.hash = who.password_hash;
	if ((e = attempt_judge(d, &a, &right)) != OK)
		return e;
	if (!right)
		return fail(d->cx, ERR_UNAUTHENTICATED, "",
		    N_("Name or password is wrong."));
	return session_begin(d, who.id, &a, out_token);
}

static enum err
not_present(struct desk *d)
{
	return fail(d->cx, ERR_INVALID, "current",
	    N_("This is not your present password."));
}

/* The present password, as at signing in. */
static enum err
password_confirm(struct desk *d, struct attempt *a)
{
	struct q_employee who;
	bool right;
	enum err e;

	if ((e = q_employee(d->db, d->cx->mem, d->actor.employee_id, &who)) !=
		OK)
		return e;
	a->hash = who.password_hash;
	e = attempt_judge(d, a, &right);
	return e != OK || right ? e : not_present(d);
}

/* Whether the password that was confirmed is still the present one: an admin
 * may have set another, or barred its owner, while it was hashed. */
static enum err
still_present(struct desk *d, struct db *db, struct str hash)
{
	struct q_employee who;
	enum err e = q_employee(db, d->cx->mem, d->actor.employee_id, &who);

	if (e == OK && (!who.active || !str_eq(who.password_hash, hash)))
		return not_present(d);
	return e;
}

enum err
password_change(struct desk *d, struct str current, struct str password,
    struct str from)
{
	struct attempt a = {d->actor.login, from, STR(""), current};
	int64_t me = d->actor.employee_id;
	struct str hash;
	struct event ev;
	DB_TX tx = {0};
	enum err e;

	if ((e = desk_needs(d, ROLE_AGENT)) != OK ||
	    (e = password_check(d->cx, password)) != OK ||
	    (e = password_confirm(d, &a)) != OK ||
	    (e = secret_password_hash(d->cx->mem, password, &hash)) != OK ||
	    (e = db_begin(d->db, &tx)) != OK ||
	    (e = still_present(d, tx.db, a.hash)) != OK ||
	    (e = q_employee_password(&tx, me, hash)) != OK ||
	    (e = q_session_end_others(&tx, me, d->actor.session_id)) != OK ||
	    (e = attempt_succeeded(d, &tx, &a, me)) != OK)
		return e;
	event_begin(d, &ev);
	if ((e = event_add(d, &tx, &ev, "employee.password", me)) != OK)
		return e;
	return db_commit(&tx);
}

static void
actor_fill(struct desk *d, const struct q_actor_row *row)
{
	struct actor *a = &d->actor;

	a->employee_id = row->employee_id;
	a->role = (enum role)row->role;
	a->login = row->login;
	a->name = row->name;
	a->lang = row->lang;
	a->theme = row->theme;
	a->keys_off = row->keys_off;
	a->session_id = row->session_id;
}

/* A session lives for config.session_ms after its last use; the row is written
 * at most once a minute. If that fails (a full disk) the page is shown all the
 * same. */
static enum err
session_keep(struct desk *d, const struct q_actor_row *row)
{
	int64_t now = d->cx->now_ms;
	DB_TX tx = {0};
	enum err e;

	if (now - row->seen_ms < SEEN_EVERY_MS)
		return OK;
	if ((e = db_begin(d->db, &tx)) != OK ||
	    (e = q_session_seen(&tx, row->session_id, now,
		 now + d->house->config->session_ms)) != OK)
		return e;
	return db_commit(&tx);
}

enum err
session_resume(struct desk *d, struct str token, bool used)
{
	struct q_actor_row row;
	enum err e;

	e = q_session_actor(d->db, d->cx->mem,
	    secret_digest(d->cx->mem, token), &row);
	if (e == ERR_NOT_FOUND || (e == OK && row.expires_ms <= d->cx->now_ms))
		return ERR_UNAUTHENTICATED;
	if (e != OK)
		return e;
	actor_fill(d, &row);
	if (used)
		(void)session_keep(d, &row);
	return OK;
}

enum err
session_close(struct desk *d)
{
	struct event ev;
	DB_TX tx = {0};
	enum err e;

	if (d->actor.session_id == 0)
		return OK;
	event_begin(d, &ev);
	if ((e = db_begin(d->db, &tx)) != OK ||
	    (e = q_session_remove(&tx, d->actor.session_id)) != OK ||
	    (e = event_add(d, &tx, &ev, "session.closed",
		 d->actor.employee_id)) != OK)
		return e;
	return db_commit(&tx);
}

enum err
token_resume(struct desk *d, struct str token)
{
	struct q_actor_row row;
	enum err e;

	e = q_token_actor(d->db, d->cx->mem, secret_digest(d->cx->mem, token),
	    &row);
	if (e == ERR_NOT_FOUND)
		return ERR_UNAUTHENTICATED;
	if (e == OK)
		actor_fill(d, &row);
	return e;
}

enum err
employee_housekeeping(struct desk *d)
{
	int64_t now = d->cx->now_ms, gone;
	DB_TX tx = {0};
	enum err e;

	if ((e = db_begin(d->db, &tx)) != OK ||
	    (e = q_session_expire(&tx, now, &gone)) != OK ||
	    (e = attempt_housekeeping(d, &tx)) != OK ||
	    (e = q_once_expire(&tx, now - NONCES_KEPT_MS, &gone)) != OK)
		return e;
	return db_commit(&tx);
}
