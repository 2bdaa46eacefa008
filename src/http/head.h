#pragma once
/*
 * From a parsed head to a call: what the library found, checked and understood.
 */
#include "http/call.h"
#include "http/guard.h"

struct head {
	const char *method, *version;
	const char *address;           /* the client's end of the connection */
	/* where it all stood; NULL if this library's way is not known */
	const struct guard_layout *layout;
	struct http_pair *header;      /* as found; trimmed in place */
	size_t n;
};

/* Fills the call; copies are owned by `mem`. Returns NULL, or what is wrong. */
const char *head_take(struct http_call *call, void *mem, const struct head *h);

/* The Content-Length, 0 if there is none. */
uint64_t head_body_bytes(const struct http_call *call);
