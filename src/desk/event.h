#pragma once
/*
 * The event log: every change writes one row in the same transaction. The audit
 * log, live updates and outgoing messages feed on it.
 */
#include "base/json.h"
#include "desk/desk.h"

/* A payload being written: an open JSON object with a bound. */
struct event {
	struct buf buf;
	struct json_out json;
};

/* Begins an event's payload; add members with event_text/event_int, or with
 * base/json.h. */
void event_begin(struct desk *d, struct event *e);
void event_text(struct event *e, const char *name, struct str value);
void event_int(struct event *e, const char *name, int64_t value);

/* Forgets what was added since the copy *mark was taken of it. */
void event_rewind(struct event *e, const struct event *mark);

/* Writes it: `kind` as "ticket.opened", about the subject. ERR_STORE,
 * ERR_BUSY. */
MUST_CHECK enum err event_add(struct desk *d, struct db_tx *tx,
    struct event *e, const char *kind, int64_t subject_id);
