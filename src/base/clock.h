#pragma once
/*
 * The one clock. Times are UTC milliseconds since 1970 everywhere; only
 * base/calendar.h turns them into what people read.
 */
#include <stdint.h>

enum { MINUTE_MS = 60 * 1000 };

struct clock;

/* The machine's own clock. */
const struct clock *clock_system(void);

/* A clock that tests set: `path` holds the time in milliseconds as decimal
 * text and is read anew on every call. Owned by `mem`. */
const struct clock *clock_file(void *mem, const char *path);

/* A clock that stands still at *now_ms until the owner changes it. */
const struct clock *clock_fixed(void *mem, const int64_t *now_ms);

int64_t clock_now_ms(const struct clock *c);
