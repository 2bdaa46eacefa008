#pragma once
/*
 * The socket that the server listens on.
 */
#include <sys/socket.h>

#include "base/err.h"
#include "base/str.h"

enum { ADDRESS_BYTES = 46 };

/* Binds "127.0.0.1:8080" or "[::1]:0" and listens. The caller closes *fd.
 * ERR_INVALID: no such address; ERR_BUSY: in use; ERR_INTERNAL. *why (in `mem`)
 * says it. */
MUST_CHECK enum err listen_open(const char *address, int *fd, int *port,
    struct str *why, void *mem);

/* A client's address as text, without its port; "" if it has none. IPv4 seen
 * through an IPv6 socket is written as IPv4. */
void listen_address(const struct sockaddr *from, char out[ADDRESS_BYTES]);
