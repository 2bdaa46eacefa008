#pragma once
/*
 * Moments as the company's people read them. The time zone is set once at
 * start; dates without a time (a contract's start) are texts "2026-11-24",
 * which compare as they sort.
 */
#include <stdbool.h>
#include <stdint.h>

#include "base/i18n.h"
#include "base/str.h"

enum { DATE_BYTES = 10 };

/* Whether the machine knows a zone of that IANA name ("UTC" always is one). */
bool calendar_zone_ok(const char *zone);

/* Sets the process's zone by its IANA name; false if there is no such zone.
 * Call before any thread starts. */
bool calendar_zone_set(const char *zone);

/* The local day of a moment, "2026-11-24". */
struct str calendar_date(void *mem, int64_t at_ms);

/* Whether the text is a real day of the calendar in that form. */
bool calendar_date_ok(struct str date);

/* A day as read: "24.11.2026", in English "24 Nov 2026". */
struct str calendar_day(void *mem, enum lang lang, struct str date);

/* A moment as people say it: "vor 8 s", "heute 09:40", "gestern 17:05",
 * "Mo 09:40" up to six days back, "morgen 09:40", else "03.11.2026 09:40". */
struct str calendar_when(void *mem, enum lang lang, int64_t now_ms,
    int64_t at_ms);

/* The exact moment for a title attribute: "24.11.2026 09:40:12". */
struct str calendar_exact(void *mem, enum lang lang, int64_t at_ms);

/* RFC 3339 in UTC with milliseconds, for the API. */
struct str calendar_rfc3339(void *mem, int64_t at_ms);

/* A length as "4:07" or "1:02:09"; a negative one as "0:00". */
struct str calendar_length(void *mem, int64_t ms);

/* An hour of the local day, 0 to 23 (for "Guten Morgen"). */
int calendar_hour(int64_t at_ms);
