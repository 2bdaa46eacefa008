#pragma once
/*
 * Moving a call to another customer: its page, and what calls and tickets show
 * of it afterwards.
 */
#include "desk/call_reassign.h"
#include "doors/web/call_view.h"
#include "http/http.h"

struct reassign_form {
	int64_t customer, person;
	struct str typed, checked, name, reason;
	int identified;  /* index of reassign_ways, -1: none */
};

extern const char *const reassign_ways[];

/* What a call was moved by, for its page and its tickets'. */
MUST_CHECK enum err moves_fill(struct http_request *rq, int64_t call,
    struct moves_view *out);

enum err web_reassign(struct http_request *rq);
enum err web_reassign_lookup(struct http_request *rq);
enum err web_reassign_save(struct http_request *rq);
