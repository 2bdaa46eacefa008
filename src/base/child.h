#pragma once
/*
 * Another program run for one answer: bytes in, bytes out, within a time.
 */
#include <stddef.h>

#include "base/err.h"
#include "base/str.h"

struct child {
	const char *const *argv; /* ends with NULL; the program is sought in
	                          * PATH */
	struct str in;           /* its standard input */
	size_t most;             /* bytes it may say */
	int time_ms;             /* it may take */
	size_t memory_bytes;     /* it may use; 0: as much as we may */
};

/* Runs it and waits. *out is what it said on standard output, owned by `mem`;
 * what it says on standard error is lost. ERR_NOT_FOUND (there is no such
 * program), ERR_LIMITED (it took too long), ERR_TOO_LARGE (it said too much),
 * ERR_INTERNAL (it failed). Whatever happens, it has ended. */
MUST_CHECK enum err child_run(void *mem, const struct child *c,
    struct str *out);
