#pragma once
/*
 * How the API writes: members of JSON objects, moments, entity tags. Times are
 * RFC 3339 in UTC; what is not there is null, never an empty text.
 */
#include "base/json.h"
#include "http/http.h"

/* Opens the answer's object; sets its type and language. */
void api_begin(struct http_request *rq, struct json_out *o);
/* Closes it. Always OK, so that a handler can end with it. */
enum err api_end(struct json_out *o);

/* One member each. api_text writes "" as it is; api_some writes null for it. */
void api_text(struct json_out *o, const char *name, struct str s);
void api_some(struct json_out *o, const char *name, struct str s);
void api_int(struct json_out *o, const char *name, int64_t v);
void api_bool(struct json_out *o, const char *name, bool v);
void api_null(struct json_out *o, const char *name);
void api_time(struct json_out *o, const char *name, int64_t at_ms);
/* The same, null where there is none. */
void api_int_some(struct json_out *o, const char *name, bool has, int64_t v);
void api_time_some(struct json_out *o, const char *name, bool has,
    int64_t at_ms);

/* A place in a list, "1764000000000.42": the moment and id of its last row.
 * Written as "next"; read from what `after` says, 0 and 0 for "". ERR_INVALID
 * (field after). */
void api_next(struct json_out *o, int64_t at_ms, int64_t id);
MUST_CHECK enum err api_after(struct http_request *rq, struct str after,
    int64_t *at_ms, int64_t *id);
/* A telephone number as stored, with its plus; null for "". */
void api_phone(struct json_out *o, const char *name, struct str e164);
/* The member "customer": number and name, null if there is none. */
void api_customer_name(struct json_out *o, struct str number, struct str name);
/* A member that is an object or a list; json_close() ends it. */
void api_open(struct json_out *o, const char *name, char bracket);
/* A list of names: of every bit that is set among `n`. */
void api_names(struct json_out *o, const char *name, uint64_t bits, int n,
    const char *(*name_of)(int i));

/* 201 Created at "/api/v1/…"; the format begins behind that. */
void api_created(struct http_request *rq, const char *format, ...)
    PRINTF_LIKE(2, 3);

/* The version as an ETag, and back from If-Match. Without one (or with "*",
 * which names none) ERR_PRECONDITION; a tag that is none of ours gives a
 * version that nothing has. */
void api_etag(struct http_request *rq, int64_t version);
MUST_CHECK enum err api_if_match(struct http_request *rq, int64_t *out);

/* Opens a problem's object: type, title, status, instance. */
void api_problem_begin(struct http_request *rq, enum err e,
    struct json_out *o);
