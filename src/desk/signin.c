/*
 * Signing in: passwords, sessions, and the slowing down of guesses. The
 * employees themselves are in employee.c.
 *
 * Failures are counted by account and address together, by address, and by
 * account; past its allowance each further failure doubles the wait. A guesser
 * from elsewhere thus cannot lock out an employee quickly.
 */
#include "desk/employee.h"

#include <arpa/inet.h>

#include "base/config.h"
#include "base/secret.h"
#include "desk/event.h"
#include "desk/house.h"
#include "store/queries.h"

enum {
	SEEN_EVERY_MS = 60 * 1000,       /* how often a session is written */
	WAIT_MAX_MS = 15 * 60 * 1000,
	FAILURES_KEPT_MS = 24 * 3600 * 1000,
	NONCES_KEPT_MS = 24 * 3600 * 1000,
	CROWD_S = 3,
	FAILURES_MOST = 100000,          /* after an hour of guessing */
	SESSIONS_MOST = 20,              /* of one employee */
};

struct throttle {
	struct str subject;
	int64_t allowance; /* failures that cost nothing */
};

enum { THROTTLES = 3 };

/* Whoever has one IPv6 address has all 2^64 of its network. */
static struct str
network_of(void *mem, struct str address)
{
	struct in6_addr ip;
	const uint8_t *b = ip.s6_addr;

	if (inet_pton(AF_INET6, str_copy(mem, address.p, address.n).p,
		&ip) != 1 || IN6_IS_ADDR_V4MAPPED(&ip))
		return address;
	return str_printf(mem, "%02x%02x:%02x%02x:%02x%02x:%02x%02x::/64",
	    b[0], b[1], b[2], b[3], b[4], b[5], b[6], b[7]);
}

static void
throttles_make(struct desk *d, struct str login, struct str address,
    struct throttle t[THROTTLES])
{
	void *mem = d->cx->mem;
	struct str from = network_of(mem, address);

	t[0].subject = str_printf(mem, "both:%.*s %.*s", STR_FMT(login),
	    STR_FMT(from));
	t[0].allowance = 5;
	t[1].subject = str_printf(mem, "from:%.*s", STR_FMT(from));
	t[1].allowance = 20;
	t[2].subject = str_printf(mem, "login:%.*s", STR_FMT(login));
	t[2].allowance = 100;
}

static int64_t
wait_ms(int64_t failures, int64_t allowance)
{
	int64_t past = failures - allowance;

	if (past < 0)
		return 0;
	return past > 9 ? WAIT_MAX_MS : INT64_C(1000) << past;
}

static enum err
throttle_check(struct desk *d, const struct throttle *t)
{
	struct q_signin_failures f;
	int64_t left;
	enum err e;

	e = q_signin_failures(d->db, d->cx->mem, t->subject, &f);
	if (e == ERR_NOT_FOUND)
		return OK;
	if (e != OK)
		return e;
	left = f.last_ms + wait_ms(f.failures, t->allowance) - d->cx->now_ms;
	if (left <= 0)
		return OK;
	d->cx->retry_s = (int)(left / 1000) + 1;
	return fail(d->cx, ERR_LIMITED, "",
	    N_("Too many failed attempts. Please wait %d seconds."),
	    d->cx->retry_s);
}

static enum err
throttles_check(struct desk *d, const struct throttle t[THROTTLES])
{
	enum err e = OK;

	for (int i = 0; i < THROTTLES && e == OK; i++)
		e = throttle_check(d, &t[i]);
	return e;
}

/* Counts one more wrong password. */
static enum err
throttles_count(struct desk *d, const struct throttle t[THROTTLES])
{
	DB_TX tx = {0};
	enum err e;

	if ((e = db_begin(d->db, &tx)) != OK)
		return e;
	for (int i = 0; i < THROTTLES; i++)
		if ((e = q_signin_failure_add(&tx, t[i].subject,
			 d->cx->now_ms)) != OK)
			return e;
	return db_commit(&tx);
}

static enum err
signin_failed(struct desk *d, const struct throttle t[THROTTLES])
{
	enum err e = throttles_count(d, t);

	if (e != OK)
		return e;
	return fail(d->cx, ERR_UNAUTHENTICATED, "",
	    N_("Name or password is wrong."));
}

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
session_begin(struct desk *d, int64_t employee_id, struct str login,
    struct str hash, struct str forget, struct str *out_token)
{
	int64_t now = d->cx->now_ms, id, gone;
	struct str token = secret_token(d->cx->mem);
	struct event ev;
	DB_TX tx = {0};
	enum err e;

	d->actor.employee_id = employee_id;
	event_begin(d, &ev);
	if ((e = db_begin(d->db, &tx)) != OK ||
	    (e = still_right(d, tx.db, login, hash)) != OK ||
	    (e = q_signin_failure_forget(&tx, forget)) != OK ||
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

static enum err
crowded(struct desk *d)
{
	d->cx->retry_s = CROWD_S;
	return fail(d->cx, ERR_LIMITED, "",
	    N_("Very many are signing in at this moment. Please try "
	       "again in a few seconds."));
}

enum err
session_open(struct desk *d, struct str login, struct str password,
    struct str from, struct str *out_token)
{
	struct throttle t[THROTTLES];
	struct q_employee_by_login who = {.password_hash = STR("")};
	bool right;
	enum err e;

	throttles_make(d, login, from, t);
	if ((e = throttles_check(d, t)) != OK)
		return e;
	e = q_employee_by_login(d->db, d->cx->mem, login, &who);
	if (e != OK && e != ERR_NOT_FOUND)
		return e;
	if (secret_password_check(who.password_hash, password, &right) != OK)
		return crowded(d);
	if (!right || !who.active)
		return signin_failed(d, t);
	return session_begin(d, who.id, login, who.password_hash, t[0].subject,
	    out_token);
}

static enum err
not_present(struct desk *d)
{
	return fail(d->cx, ERR_INVALID, "current",
	    N_("This is not your present password."));
}

/* The present password, as at signing in. */
static enum err
password_confirm(struct desk *d, struct str current, struct str from,
    struct str *out_forget, struct str *out_hash)
{
	struct throttle t[THROTTLES];
	struct q_employee who;
	bool right;
	enum err e;

	throttles_make(d, d->actor.login, from, t);
	if ((e = throttles_check(d, t)) != OK ||
	    (e = q_employee(d->db, d->cx->mem, d->actor.employee_id, &who)) !=
		OK)
		return e;
	*out_forget = t[0].subject;
	*out_hash = who.password_hash;
	if ((e = secret_password_check(who.password_hash, current, &right)) !=
	    OK)
		return crowded(d);
	if (right)
		return OK;
	if ((e = throttles_count(d, t)) != OK)
		return e;
	return not_present(d);
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
	int64_t me = d->actor.employee_id;
	struct str hash, forget, before;
	struct event ev;
	DB_TX tx = {0};
	enum err e;

	if ((e = desk_needs(d, ROLE_AGENT)) != OK ||
	    (e = password_check(d->cx, password)) != OK ||
	    (e = password_confirm(d, current, from, &forget, &before)) != OK ||
	    (e = secret_password_hash(d->cx->mem, password, &hash)) != OK ||
	    (e = db_begin(d->db, &tx)) != OK ||
	    (e = still_present(d, tx.db, before)) != OK ||
	    (e = q_employee_password(&tx, me, hash)) != OK ||
	    (e = q_session_end_others(&tx, me, d->actor.session_id)) != OK ||
	    (e = q_signin_failure_forget(&tx, forget)) != OK)
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
	    (e = q_signin_failure_expire(&tx, now - FAILURES_KEPT_MS,
		 &gone)) != OK ||
	    (e = q_signin_failure_trim(&tx, FAILURES_MOST, &gone)) != OK ||
	    (e = q_once_expire(&tx, now - NONCES_KEPT_MS, &gone)) != OK)
		return e;
	return db_commit(&tx);
}
