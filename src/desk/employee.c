/*
 * Employees and their API tokens. Signing in is in signin.c.
 */
#include "desk/employee.h"

#include "base/secret.h"
#include "base/text.h"
#include "desk/change.h"
#include "desk/check.h"
#include "desk/event.h"
#include "store/queries.h"

enum { PASSWORD_LEAST = 10, PASSWORD_MOST = 200, NAME_MOST = 100 };

static bool
login_ok(struct str login)
{
	if (login.n < 2 || login.n > 40)
		return false;
	return strspn(login.p, "abcdefghijklmnopqrstuvwxyz0123456789._-") ==
	    login.n;
}

enum err
password_check(struct cx *cx, struct str password)
{
	size_t length = text_length(password);

	if (length >= PASSWORD_LEAST && length <= PASSWORD_MOST)
		return OK;
	return fail(cx, ERR_INVALID, "password",
	    N_("A password has %d to %d characters."), PASSWORD_LEAST,
	    PASSWORD_MOST);
}

static enum err
employee_check(struct desk *d, struct employee_form *f)
{
	struct cx *cx = d->cx;
	enum err e = password_check(cx, f->password);

	if (!login_ok(f->login))
		e = fail(cx, ERR_INVALID, "login",
		    N_("A sign-in name has 2 to 40 of the characters a-z, "
		       "0-9, dot, hyphen and underscore."));
	e = check_both(e, check_line(cx, "name", &f->name, NAME_MOST, true));
	if (f->role == ROLE_NONE)
		e = fail(cx, ERR_INVALID, "role",
		    N_("The role is agent, supervisor or admin."));
	return e;
}

enum err
employee_add(struct desk *d, const struct employee_form *typed,
    int64_t *out_id)
{
	struct employee_form f = *typed;
	struct str hash;
	struct event ev;
	int64_t id;
	DB_TX tx = {0};
	enum err e;

	if ((e = desk_needs(d, ROLE_ADMIN)) != OK ||
	    (e = employee_check(d, &f)) != OK ||
	    (e = secret_password_hash(d->cx->mem, f.password, &hash)) != OK ||
	    (e = db_begin(d->db, &tx)) != OK)
		return e;
	e = q_employee_add(&tx, d->cx->mem, f.login, f.name, f.role, hash,
	    d->cx->now_ms, &id);
	if (e == ERR_CONFLICT)
		return fail(d->cx, e, "login",
		    N_("This sign-in name is taken."));
	if (e != OK)
		return e;
	event_begin(d, &ev);
	event_text(&ev, "login", f.login);
	event_text(&ev, "name", f.name);
	event_text(&ev, "role", str_of(role_name(f.role)));
	if ((e = event_add(d, &tx, &ev, "employee.added", id)) != OK ||
	    (e = db_commit(&tx)) != OK)
		return e;
	*out_id = id;
	return OK;
}

/* The employee by the sign-in name. */
static enum err
employee_row(struct desk *d, struct db *db, struct str login,
    struct q_employee *out)
{
	struct q_employee_by_login who;
	enum err e = q_employee_by_login(db, d->cx->mem, login, &who);

	if (e == ERR_NOT_FOUND)
		return fail(d->cx, e, "login",
		    N_("There is no such employee."));
	return e == OK ? q_employee(db, d->cx->mem, who.id, out) : e;
}

static enum err
employee_find(struct desk *d, struct db *db, struct str login,
    int64_t *out_id)
{
	struct q_employee who;
	enum err e = employee_row(d, db, login, &who);

	if (e == OK)
		*out_id = who.id;
	return e;
}

/* Somebody must be able to look after the house. */
static enum err
not_last_admin(struct desk *d, struct db *db, const struct q_employee *who)
{
	int64_t others;
	enum err e;

	if (who->role != ROLE_ADMIN || !who->active)
		return OK;
	if ((e = q_employee_other_admins(db, d->cx->mem, who->id, &others)) !=
	    OK)
		return e;
	if (others)
		return OK;
	return fail(d->cx, ERR_CONFLICT, "login",
	    N_("This is the last admin; make another one first."));
}

enum err
employee_password(struct desk *d, struct str login, struct str password)
{
	struct str hash;
	struct event ev;
	int64_t id;
	DB_TX tx = {0};
	enum err e;

	if ((e = desk_needs(d, ROLE_ADMIN)) != OK ||
	    (e = password_check(d->cx, password)) != OK ||
	    (e = secret_password_hash(d->cx->mem, password, &hash)) != OK ||
	    (e = db_begin(d->db, &tx)) != OK ||
	    (e = employee_find(d, tx.db, login, &id)) != OK ||
	    (e = q_employee_password(&tx, id, hash)) != OK ||
	    (e = q_session_end_all(&tx, id)) != OK)
		return e;
	event_begin(d, &ev);
	if ((e = event_add(d, &tx, &ev, "employee.password", id)) != OK)
		return e;
	return db_commit(&tx);
}

enum err
employee_bar(struct desk *d, struct str login, bool barred)
{
	struct q_employee who;
	struct event ev;
	DB_TX tx = {0};
	enum err e;

	if ((e = desk_needs(d, ROLE_ADMIN)) != OK ||
	    (e = db_begin(d->db, &tx)) != OK ||
	    (e = employee_row(d, tx.db, login, &who)) != OK ||
	    (barred && (e = not_last_admin(d, tx.db, &who)) != OK) ||
	    (e = q_employee_active(&tx, who.id, !barred)) != OK ||
	    (e = q_session_end_all(&tx, who.id)) != OK)
		return e;
	event_begin(d, &ev);
	if ((e = event_add(d, &tx, &ev,
		 barred ? "employee.barred" : "employee.unbarred", who.id)) !=
	    OK)
		return e;
	return db_commit(&tx);
}

enum err
employee_role(struct desk *d, struct str login, enum role role)
{
	struct q_employee who;
	struct event ev;
	DB_TX tx = {0};
	enum err e;

	if ((e = desk_needs(d, ROLE_ADMIN)) != OK)
		return e;
	if (role == ROLE_NONE)
		return fail(d->cx, ERR_INVALID, "role",
		    N_("The role is agent, supervisor or admin."));
	if ((e = db_begin(d->db, &tx)) != OK ||
	    (e = employee_row(d, tx.db, login, &who)) != OK ||
	    (role != ROLE_ADMIN && (e = not_last_admin(d, tx.db, &who)) != OK))
		return e;
	event_begin(d, &ev);
	if (!change_text(&ev, "role",
		str_of(role_name((enum role)who.role)),
		str_of(role_name(role))))
		return OK;
	if ((e = q_employee_role(&tx, who.id, role)) != OK ||
	    (e = event_add(d, &tx, &ev, "employee.role", who.id)) != OK)
		return e;
	return db_commit(&tx);
}

enum err
employee_rename(struct desk *d, struct str login, struct str name)
{
	struct q_employee who;
	struct event ev;
	DB_TX tx = {0};
	enum err e;

	if ((e = desk_needs(d, ROLE_ADMIN)) != OK ||
	    (e = check_line(d->cx, "name", &name, NAME_MOST, true)) != OK ||
	    (e = db_begin(d->db, &tx)) != OK ||
	    (e = employee_row(d, tx.db, login, &who)) != OK)
		return e;
	event_begin(d, &ev);
	if (!change_text(&ev, "name", who.name, name))
		return OK;
	if ((e = q_employee_rename(&tx, who.id, name)) != OK ||
	    (e = event_add(d, &tx, &ev, "employee.renamed", who.id)) != OK)
		return e;
	return db_commit(&tx);
}

enum err
employee_list(struct desk *d, struct q_employee_row_rows *out)
{
	enum err e;

	if ((e = desk_needs(d, ROLE_AGENT)) != OK)
		return e;
	return q_employee_list(d->db, d->cx->mem, out);
}

enum err
employee_settings(struct desk *d, struct str lang, struct str theme,
    bool keys_off)
{
	enum lang ignored;
	DB_TX tx = {0};
	enum err e;

	if ((e = desk_needs(d, ROLE_AGENT)) != OK)
		return e;
	if (!str_empty(lang) && !lang_of(lang, &ignored))
		return fail(d->cx, ERR_INVALID, "lang",
		    N_("The language is de or en."));
	if (!str_empty(theme) && !str_is(theme, "light") &&
	    !str_is(theme, "dark"))
		return fail(d->cx, ERR_INVALID, "theme",
		    N_("The theme is light or dark."));
	if ((e = db_begin(d->db, &tx)) != OK ||
	    (e = q_employee_settings(&tx, d->actor.employee_id, lang, theme,
		 keys_off)) != OK)
		return e;
	return db_commit(&tx);
}

enum err
token_create(struct desk *d, struct str login, struct str name,
    struct str *out_token)
{
	struct str token = secret_token(d->cx->mem);
	int64_t employee, id;
	struct event ev;
	DB_TX tx = {0};
	enum err e;

	if ((e = desk_needs(d, ROLE_ADMIN)) != OK ||
	    (e = check_line(d->cx, "name", &name, NAME_MOST, true)) != OK ||
	    (e = employee_find(d, d->db, login, &employee)) != OK)
		return e;
	event_begin(d, &ev);
	event_text(&ev, "name", name);
	if ((e = db_begin(d->db, &tx)) != OK ||
	    (e = q_token_add(&tx, d->cx->mem,
		 secret_digest(d->cx->mem, token), employee, name,
		 d->cx->now_ms, &id)) != OK ||
	    (e = event_add(d, &tx, &ev, "token.created", employee)) != OK ||
	    (e = db_commit(&tx)) != OK)
		return e;
	*out_token = token;
	return OK;
}

enum err
token_revoke(struct desk *d, struct str login, struct str name)
{
	int64_t employee, n;
	struct event ev;
	DB_TX tx = {0};
	enum err e;

	if ((e = desk_needs(d, ROLE_ADMIN)) != OK ||
	    (e = employee_find(d, d->db, login, &employee)) != OK)
		return e;
	event_begin(d, &ev);
	event_text(&ev, "name", name);
	if ((e = db_begin(d->db, &tx)) != OK ||
	    (e = q_token_revoke(&tx, employee, name, d->cx->now_ms, &n)) != OK)
		return e;
	if (n == 0)
		return fail(d->cx, ERR_NOT_FOUND, "name",
		    N_("There is no such token."));
	if ((e = event_add(d, &tx, &ev, "token.revoked", employee)) != OK)
		return e;
	return db_commit(&tx);
}
