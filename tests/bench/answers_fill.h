#pragma once
/* The database that bench_answers searches: pages of made-up German. */
#include <time.h>

#include "store/db.h"

double now_ms(clockid_t clock);

/* Ends the program where something failed. */
void need(enum err e, struct db *db, const char *what);

/* Opens the store, filled with so many pages if it is new. */
struct store *answers_open(const char *url, int64_t documents);
