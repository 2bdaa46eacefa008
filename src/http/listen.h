#pragma once
/*
 * The socket that the server listens on.
 */
#include "base/err.h"
#include "base/str.h"

/* Binds "127.0.0.1:8080" or "[::1]:0" and listens. The caller closes *fd.
 * ERR_INVALID: no such address; ERR_BUSY: in use; ERR_INTERNAL. *why (in `mem`)
 * says it. */
MUST_CHECK enum err listen_open(const char *address, int *fd, int *port,
    struct str *why, void *mem);
