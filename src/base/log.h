#pragma once
/*
 * Lines on standard error: time, level, text. Only doors, background jobs and
 * main log above debug; code below returns errors. Control characters in what
 * is logged are replaced, so nobody can forge a line. Secrets never come here.
 */
#include "base/str.h"

enum log_level { LOG_DEBUG, LOG_INFO, LOG_WARN, LOG_ERROR };

void log_level_set(enum log_level least);
void log_write(enum log_level level, const char *format, ...)
    PRINTF_LIKE(2, 3);

#define log_debug(...) log_write(LOG_DEBUG, __VA_ARGS__)
#define log_info(...)  log_write(LOG_INFO, __VA_ARGS__)
#define log_warn(...)  log_write(LOG_WARN, __VA_ARGS__)
#define log_error(...) log_write(LOG_ERROR, __VA_ARGS__)

/* Says why a broken invariant makes going on dangerous, and aborts. Never for
 * anything that comes from outside. */
_Noreturn void die(const char *format, ...) PRINTF_LIKE(1, 2);
