#pragma once
/*
 * Every way in which a unit of work can fail, and what HTTP says of it.
 *
 * A function that can fail returns `enum err` and must be listened to. What a
 * person needs to know beyond the name goes into the unit's `struct fault`
 * (base/cx.h).
 */
#include <stdbool.h>

/* id, name in logs and in the API's `type`, HTTP status, may be tried again */
#define ERR_LIST(X)                                                            \
	X(OK, "ok", 200, false)                                                \
	X(ERR_MALFORMED, "malformed", 400, false)                              \
	X(ERR_UNAUTHENTICATED, "unauthenticated", 401, false)                  \
	X(ERR_FORBIDDEN, "forbidden", 403, false)                              \
	X(ERR_NOT_FOUND, "not-found", 404, false)                              \
	X(ERR_METHOD, "method-not-allowed", 405, false)                        \
	X(ERR_CONFLICT, "conflict", 409, false)                                \
	X(ERR_STALE, "stale", 412, false)                                      \
	X(ERR_TOO_LARGE, "too-large", 413, false)                              \
	X(ERR_MEDIA_TYPE, "media-type", 415, false)                            \
	X(ERR_INVALID, "invalid", 422, false)                                  \
	X(ERR_EVIDENCE, "evidence-missing", 422, false)                        \
	X(ERR_CONFIDENTIAL, "confidential", 422, false)                        \
	X(ERR_PRECONDITION, "precondition-required", 428, false)               \
	X(ERR_LIMITED, "too-many", 429, false)                                 \
	X(ERR_STORE, "store", 500, false)                                      \
	X(ERR_INTERNAL, "internal", 500, false)                                \
	X(ERR_BUSY, "busy", 503, true)

enum err {
#define X(id, name, status, again) id,
	ERR_LIST(X)
#undef X
	ERR__MAX
};

#define MUST_CHECK __attribute__((warn_unused_result))

/* The error's name as logs and the API print it, for example "not-found". */
const char *err_name(enum err e);

/* The HTTP status that tells of it, for example 404. */
int err_status(enum err e);

/* Whether the same work may succeed when it is simply run again (a
 * serialisation failure of the database, for example). */
bool err_retryable(enum err e);
