#pragma once
/*
 * `dienstweg serve`: the desk behind HTTP, until a signal ends it.
 */
#include "desk/house.h"

/* Serves; prints "listening on http://ADDRESS:PORT" on standard output when it
 * is ready, and returns after SIGINT or SIGTERM once everything that was being
 * done is done. 0, or 1 when it could not start (said on standard error). */
int serve(struct house *house);
