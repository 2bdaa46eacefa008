#pragma once
/*
 * Handlers of the desk's first page, of signing in and out, of one's settings,
 * and of the search in the top bar.
 */
#include "http/http.h"

struct signin_form {
	struct str login, password, next;
	struct str resend_to, resend;  /* a form the ended session left over */
};

enum { RESEND_BYTES_MAX = 256 << 10 };

/* The sign-in page for a form that came without a session; nothing of it is
 * lost. */
MUST_CHECK enum err web_signin_resend(struct http_request *rq);

struct settings_form {
	struct str lang, theme, back;
	int keys;        /* index of "", "on", "off" */
};

struct password_form {
	struct str current, password, again;
};

enum err web_password(struct http_request *rq);
enum err web_password_change(struct http_request *rq);
enum err web_home(struct http_request *rq);
enum err web_search(struct http_request *rq);
enum err web_signin_page(struct http_request *rq);
enum err web_signin(struct http_request *rq);
enum err web_signout(struct http_request *rq);
enum err web_settings(struct http_request *rq);
