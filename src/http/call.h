#pragma once
/*
 * What the server's parts share about one request, from its first line until
 * its answer is sent. The loop thread fills it, a worker takes it over with the
 * queue, the loop thread has it back when the worker resumes the connection.
 */
#include "http/form.h"
#include "http/http.h"
#include "http/router.h"
#include "http/url.h"

/* What does not change while the server runs. */
struct http_core {
	struct http_app app;
	struct http_options options;   /* with the defaults filled in */
	const struct router *router;
};

enum { CALL_ID_BYTES = 24 };

struct http_call {
	const struct http_core *core;
	char id[CALL_ID_BYTES];
	enum http_method method;       /* HTTP__MAX: none of ours */
	char method_name[12];
	bool http_1_0;
	struct str target, path, query, remote;
	bool secure;
	const struct http_pair *header;   /* bytes borrowed from the library */
	size_t headers;
	struct route_match match;
	/* the header that held bytes that are no text, or "" for the path;
	 * they were replaced, nobody behind sees them */
	struct str broken;
	enum err early;                /* known before the handler may run */
	struct str body;
	/* the worker's: its own tree of memory, freed with the call */
	struct http_request *rq;
};

/* What a handler reaches through http_… functions only. */
struct http_parts {
	struct http_call *call;
	struct form_values query, body;
};

/* In a worker thread, before the body is there: whether it may come. If not,
 * call->early says why and call->rq holds the response. */
void dispatch_ask(struct http_call *call, void *worker);

/* Runs the call in a worker thread. True: it is at its end, call->rq holds the
 * response. False: that will be so after dispatch_end(), which may have been
 * called already; the call may be gone. */
bool dispatch_run(struct http_call *call, void *worker);
void dispatch_end(struct http_call *call, enum err e);

/* The header's value among pairs; NULL if absent. */
struct str pairs_get(const struct http_pair *pair, size_t n, const char *name);
