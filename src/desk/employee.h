#pragma once
/*
 * Employees: who they are, how they sign in, and by which token a machine acts
 * for them. Passwords are Argon2id; session and API tokens are stored as
 * digests only.
 */
#include "desk/desk.h"
#include "store/queries_rows.h"

struct employee_form {
	struct str login;     /* 2 to 40 of a-z 0-9 . _ - */
	struct str name;
	enum role role;
	struct str password;  /* at least 10 characters */
};

/* ERR_INVALID (fields login, name, role, password), ERR_CONFLICT (login is
 * taken), ERR_FORBIDDEN (admin only). */
MUST_CHECK enum err employee_add(struct desk *d, const struct employee_form *f,
    int64_t *out_id);

/* A new password; all sessions of the employee end. ERR_NOT_FOUND (field
 * login), ERR_INVALID (field password), ERR_FORBIDDEN (admin only). */
MUST_CHECK enum err employee_password(struct desk *d, struct str login,
    struct str password);

/* Bars an employee from signing in, or lets in again; sessions end at once and
 * tokens are worth nothing meanwhile. What the employee did stays. ERR_NOT_FOUND
 * (field login), ERR_FORBIDDEN (admin only). */
MUST_CHECK enum err employee_bar(struct desk *d, struct str login, bool barred);

/* Another role, or another name; they hold from the next request on. A house
 * keeps one admin who can sign in: whoever is the last is neither barred nor
 * lowered (ERR_CONFLICT, here and in employee_bar). ERR_NOT_FOUND (field login),
 * ERR_INVALID (fields role, name), ERR_FORBIDDEN (admin only). */
MUST_CHECK enum err employee_role(struct desk *d, struct str login,
    enum role role);
MUST_CHECK enum err employee_rename(struct desk *d, struct str login,
    struct str name);

MUST_CHECK enum err employee_list(struct desk *d,
    struct q_employee_row_rows *out);

/* Changes the signed-in employee's own language ("de", "en", "" for the
 * browser's), theme ("light", "dark", "" for the system's) and keys. */
MUST_CHECK enum err employee_settings(struct desk *d, struct str lang,
    struct str theme, bool keys_off);

/* Checks the password and opens a session; *out_token is the cookie's value.
 * `from` is the client's address. Wrong guesses slow further ones down, by
 * account and by address: ERR_LIMITED, as when too many sign in at once.
 * ERR_UNAUTHENTICATED does not say which of the two was wrong. */
MUST_CHECK enum err session_open(struct desk *d, struct str login,
    struct str password, struct str from, struct str *out_token);

/* The signed-in employee's own new password: the present one is asked for, wrong
 * ones slow further ones down as at signing in, and sessions elsewhere end.
 * `from` is the client's address. ERR_INVALID (fields current, password),
 * ERR_LIMITED. */
MUST_CHECK enum err password_change(struct desk *d, struct str current,
    struct str password, struct str from);

/* What a password must be. ERR_INVALID (field password). */
MUST_CHECK enum err password_check(struct cx *cx, struct str password);

/* Fills d->actor from a session's token. `used`: by a person, which keeps the
 * session alive; not by a page that looks by itself.
 * ERR_UNAUTHENTICATED when it is unknown, over or its employee was barred. */
MUST_CHECK enum err session_resume(struct desk *d, struct str token, bool used);
MUST_CHECK enum err session_close(struct desk *d);

/* A new API token for an employee; shown once. ERR_NOT_FOUND (field login). */
MUST_CHECK enum err token_create(struct desk *d, struct str login,
    struct str name, struct str *out_token);

/* The employee's tokens of that name are worth nothing from now on.
 * ERR_NOT_FOUND (fields login, name), ERR_FORBIDDEN (admin only). */
MUST_CHECK enum err token_revoke(struct desk *d, struct str login,
    struct str name);

/* Fills d->actor from an API token. ERR_UNAUTHENTICATED. */
MUST_CHECK enum err token_resume(struct desk *d, struct str token);

/* Removes what has expired (sessions, nonces, counted failures). */
MUST_CHECK enum err employee_housekeeping(struct desk *d);
