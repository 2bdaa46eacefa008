#pragma once
/*
 * Numbers that people say on the telephone: a check digit stands behind them, so
 * that a misheard one is found at once.
 */
#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"

/* The number as it is said and written, "1042-7". */
struct str number_checked(void *mem, int64_t n);

/* And back: false if it is no such number or the check digit is wrong. Signs
 * between the digits are passed over: "1042-7", "10427", "1042 7". */
bool number_read(void *mem, struct str typed, int64_t *out);

/* The Damm check digit ('0' to '9') of a string of decimal digits: finds every
 * single wrong digit and every swap of neighbours (H. M. Damm, 2004). Anything
 * else in it is passed over. */
char number_damm(struct str digits);
