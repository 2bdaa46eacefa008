/*
 * Outcomes by name, and what follows from them.
 */
#include "answers/crawled.h"

#include <stddef.h>

static const struct row {
	enum crawled outcome;
	const char *name, *text;
} rows[] = {
#define X(id, number, name, text) {id, name, text},
    CRAWLED_LIST(X)
#undef X
};

static const struct row *
row_of(enum crawled o)
{
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		if (rows[i].outcome == o)
			return &rows[i];
	return &rows[0];
}

const char *
crawled_name(enum crawled o)
{
	return row_of(o)->name;
}

const char *
crawled_text(enum crawled o)
{
	return row_of(o)->text;
}

enum crawled
crawled_of_end(enum transfer_end end)
{
	static const enum crawled of[] = {
	    [TRANSFER_OK] = CRAWLED_NONE,
	    [TRANSFER_RESOLVE] = CRAWLED_RESOLVE,
	    [TRANSFER_PRIVATE] = CRAWLED_PRIVATE,
	    [TRANSFER_CONNECT] = CRAWLED_CONNECT,
	    [TRANSFER_CERTIFICATE] = CRAWLED_CERTIFICATE,
	    [TRANSFER_TIMEOUT] = CRAWLED_TIMEOUT,
	    [TRANSFER_TOO_LARGE] = CRAWLED_TOO_LARGE,
	    [TRANSFER_BROKEN] = CRAWLED_BROKEN,
	    [TRANSFER_STOPPED] = CRAWLED_NONE,
	};

	return of[end];
}

bool
crawled_is_hosts(enum crawled o)
{
	return o == CRAWLED_RESOLVE || o == CRAWLED_PRIVATE ||
	    o == CRAWLED_CONNECT || o == CRAWLED_CERTIFICATE ||
	    o == CRAWLED_TIMEOUT;
}

bool
crawled_is_passing(enum crawled o, int status)
{
	return (crawled_is_hosts(o) && o != CRAWLED_PRIVATE) ||
	    o == CRAWLED_BROKEN || o == CRAWLED_HOST ||
	    o == CRAWLED_NO_ROBOTS ||
	    (o == CRAWLED_STATUS && (status >= 500 || status == 429));
}
