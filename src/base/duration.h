#pragma once
/*
 * Durations as people write them into files: "30s", "5m", "12h", "7d", "250ms",
 * and together, greatest first: "1h30m".
 */
#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"

/* Reads the whole text; false if it is anything else or past 10,000 days. */
bool duration_parse(struct str text, int64_t *out_ms);
