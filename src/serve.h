#pragma once
/*
 * `dienstweg serve`: the desk behind HTTP, until a signal ends it.
 */
#include "desk/house.h"

/* Before the program's first thread: threads inherit that the signals to end
 * are not for them. One that took such a signal would end the program at once,
 * with requests half done. */
void serve_prepare(void);

/* Serves; prints "listening on http://ADDRESS:PORT" on standard output when it
 * is ready, and returns after SIGINT or SIGTERM once everything that was being
 * done is done. 0, or 1 when it could not start (said on standard error). */
int serve(struct house *house);
