#pragma once
/*
 * Deadlines of connections: who has not sent a whole request by then is cut
 * off.
 */
#include <stdint.h>

struct reaper;

/* A connection as the server keeps it. Its deadline may be set from any thread.
 */
struct conn;

struct reaper *reaper_start(void *mem, int64_t tick_ms);

/* Ends the thread and frees; all connections must be gone. */
void reaper_stop(struct reaper *r);

/* Watches a socket until conn_end(), which must come before it is closed. */
struct conn *conn_begin(struct reaper *r, int fd, int64_t deadline_ms);
void conn_end(struct reaper *r, struct conn *c);

/* Sets the deadline to so many milliseconds from now; 0: none. */
void conn_deadline(struct conn *c, int64_t in_ms);

/* The same, unless it is earlier already. */
void conn_hurry(struct conn *c, int64_t in_ms);
