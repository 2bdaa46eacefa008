#pragma once
/*
 * HTTP coming in. Loop threads parse and send (libmicrohttpd, hidden in
 * server.c); a handler is plain blocking C on a worker thread. This floor knows
 * nothing of the desk: the application says how a worker is set up, who may use
 * a route, and how an error looks.
 *
 * A request's way: guard (what the parser lets through) -> route (one table
 * row) -> may() -> form (checked fields) -> handler -> response.
 */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/cx.h"
#include "base/str.h"

enum http_method {
	HTTP_GET,
	HTTP_POST,
	HTTP_PUT,
	HTTP_PATCH,
	HTTP_DELETE,
	HTTP__MAX
};

/* ---- What comes in ------------------------------------------------------ */

enum field_kind {
	FIELD_LINE,   /* one line, cleaned (base/text.h); struct str */
	FIELD_TEXT,   /* several lines, cleaned; struct str */
	FIELD_SECRET, /* as typed, not cleaned, not shown again; struct str */
	FIELD_ID,     /* a positive integer; int64_t, 0 if not given */
	FIELD_INT,    /* an integer; int64_t, 0 if not given */
	FIELD_BOOL,   /* "1", "true", "on" / "0", "false", "" ; bool */
	FIELD_DATE,   /* "2026-11-24"; struct str, "" if not given */
	FIELD_CHOICE, /* one of `choices`; int, -1 if not given */
};

struct http_field {
	const char *name;            /* in forms and JSON alike */
	enum field_kind kind;
	bool required;
	uint32_t max;                /* characters (texts); 0: 200 for a line,
	                                10,000 for a text */
	size_t offset;               /* into the form's struct */
	const char *const *choices;  /* NULL-terminated */
};

/* A form: the struct that a handler finds behind `rq->form`. */
struct http_form {
	size_t size;
	const struct http_field *fields;
	size_t n;
};

/* HTTP_FORM(customer_form, struct customer_form, fields): see routes. */
#define HTTP_FORM(name, type, table)                                           \
	const struct http_form name = {                                        \
	    sizeof(type), table, sizeof(table) / sizeof((table)[0])}

enum http_route_flag {
	/* The handler runs even if fields are wrong (rq->cx.fault says which)
	 * so that a page can come back with everything that was typed. */
	ROUTE_KEEPS_FORM = 1,
	/* Machines: JSON in and out, bearer tokens, no cross-site check for
	 * requests that carry a token. */
	ROUTE_API = 2,
	/* The body is taken as it is (a file), up to
	 * http_options.file_bytes, from those who may send it: may() is asked
	 * before it is read, and again behind it. Fields come from the query. */
	ROUTE_RAW_BODY = 4,
	/* Asked by a page by itself, again and again: no sign that a person
	 * is there. The application's to heed. */
	ROUTE_LOOKS = 8,
	/* Where the handler returns OK, the answer comes by http_answer(),
	 * perhaps later and from another thread; no worker waits for it. */
	ROUTE_LATER = 16,
};

struct http_request;

struct http_route {
	enum http_method method;
	const char *path;             /* "/tickets/{id}/answer"; {name} is a
	                                 positive integer, {name:text} any
	                                 segment */
	int who;                      /* for may(); the application's meaning */
	const struct http_form *form; /* NULL: no fields are read */
	enum err (*run)(struct http_request *rq);
	unsigned flags;
};

struct http_header {
	const char *name;
	struct str value;
};

struct http_response {
	int status;                  /* 200 unless set */
	const char *type;            /* Content-Type; HTML unless set */
	struct buf body;             /* owned by the request */
	struct http_header header[12];
	size_t headers;
};

struct http_request {
	struct cx cx;                /* memory, moment, language, faults */
	enum http_method method;
	struct str path;             /* decoded */
	struct str target;           /* as sent, with the query */
	struct str remote;           /* the client's address */
	bool secure;                 /* came by TLS or a proxy that says so */
	const struct http_route *route;
	void *form;                  /* the route's struct, filled */
	struct str body;             /* raw */
	struct http_response response;
	void *worker;                /* what worker_start() returned */
	void *who;                   /* what may() found out */
	struct http_parts *parts;    /* server's own */
};

/* A header's value (case-insensitive), NULL if absent. */
struct str http_header_get(const struct http_request *rq, const char *name);
struct str http_cookie(const struct http_request *rq, const char *name);

/* A path variable; the route guarantees that it is there and well-formed. */
int64_t http_path_id(const struct http_request *rq, const char *name);
struct str http_path_text(const struct http_request *rq, const char *name);

/* What was sent under a name, untouched (query, form or JSON text); NULL if it
 * was not sent. */
struct str http_raw(const struct http_request *rq, const char *name);

/* ---- What goes out ------------------------------------------------------ */

void http_header_set(struct http_request *rq, const char *name,
    struct str value);

/* 303 See Other to a path of our own. */
enum err http_redirect(struct http_request *rq, const char *format, ...)
    PRINTF_LIKE(2, 3);

/* Sets a cookie: HttpOnly, SameSite=Lax, Path=/, Secure when the request is;
 * max_age_s < 0 for a session cookie, 0 to delete. */
void http_cookie_set(struct http_request *rq, const char *name,
    struct str value, int64_t max_age_s);

/* Whether the client wants only a part of the page (htmx). */
bool http_wants_part(const struct http_request *rq);

/* What came of a request whose handler, on a route with ROUTE_LATER, returned OK:
 * to be said once. The request is gone afterwards. */
void http_answer(struct http_request *rq, enum err e);

/* ---- The server ---------------------------------------------------------- */

/* A file that never changes while the server runs, sent from the loop thread.
 */
struct http_asset {
	const char *path;      /* "/static/app.1f3a.css" */
	const char *type;
	const char *etag;
	const unsigned char *body;
	size_t body_bytes;
	const unsigned char *gzip; /* NULL: not compressed */
	size_t gzip_bytes;
};

struct http_app {
	void *arg;
	const struct http_route *routes;
	size_t n_routes;
	const struct http_asset *assets;
	size_t n_assets;
	void *(*worker_start)(void *arg);
	void (*worker_stop)(void *worker);
	/* The language of whatever is said before may() knows who asks; the
	 * program's own if NULL. */
	enum lang (*lang)(const struct http_request *rq);
	/* Before each run of the handler: chooses rq->cx.lang, finds out who
	 * asks (rq->who), and refuses by ERR_UNAUTHENTICATED or
	 * ERR_FORBIDDEN. */
	enum err (*may)(struct http_request *rq);
	/* Makes the response for an error; rq->route is NULL for 404 and 405
	 * (api: by path prefix). The status is set already. may() has not run
	 * for these, for bodies that are too large, for what is no text and
	 * for other sites' requests. It may answer otherwise (lead to the
	 * sign-in page, for example). */
	void (*failed)(struct http_request *rq, enum err e);
};

struct http_options {
	const char *listen;        /* "127.0.0.1:8080", "[::1]:0" */
	unsigned workers;
	const struct clock *clock;
	size_t body_bytes;         /* limit of a body; 1 MiB unless set */
	size_t file_bytes;         /* limit of a raw body; 64 MiB unless set */
	size_t bodies_bytes;       /* limit of all bodies together, but for the
	                              first 16 KiB of each; 256 MiB unless
	                              set, 503 beyond */
	const char *api_prefix;    /* "/api/" */
	bool behind_proxy;         /* believe X-Forwarded-Proto and -For */
	const char *public_origin; /* "https://desk.example"; NULL or "": the
	                              one that was asked */
	size_t queue;              /* requests that may wait for a worker; 1024
	                              unless set, 503 beyond */
	int64_t head_ms;           /* time for a request's head; 10 s unless
	                              set */
	int64_t body_ms;           /* time for its body; 60 s unless set, more
	                              for raw bodies by their length */
};

struct http_server;

/* Listens and serves until http_stop(). ERR_BUSY: the address is in use;
 * ERR_INVALID: it is none; ERR_INTERNAL: anything else. *why says it. */
MUST_CHECK enum err http_start(const struct http_options *o,
    const struct http_app *app, struct http_server **out, struct str *why,
    void *why_mem);

/* The port that was bound (for port 0). */
int http_port(const struct http_server *s);

/* Finishes what runs, answers nothing new, frees. */
void http_stop(struct http_server *s);
