#pragma once
/*
 * Numbers that people say on the telephone: a check digit stands behind them, so
 * that a misheard one is found at once.
 */
#include <stdint.h>

#include "base/str.h"

/* The number as it is said and written, "1042-7". */
struct str number_checked(void *mem, int64_t n);

/* The Damm check digit ('0' to '9') of a string of decimal digits: finds every
 * single wrong digit and every swap of neighbours (H. M. Damm, 2004). Anything
 * else in it is passed over. */
char number_damm(struct str digits);
