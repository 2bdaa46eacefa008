#pragma once
/*
 * One GET over HTTP (libcurl), with limits on everything: time, bytes on the
 * way and unpacked, and the addresses that may be reached. Redirects are not
 * followed; whoever asks decides where it goes next.
 *
 * Whether an address may be reached is asked of the very address that is about
 * to be connected to, so a name that resolves differently the second time gains
 * nothing.
 */
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"

struct transfer_request {
	struct str url;
	struct str etag, modified; /* of the copy that is there; may be empty */
	bool private_ok;           /* the host is named as allowed */
	int64_t bytes_max;         /* of the body, unpacked and on the way */
	int time_ms;
};

/* Why there is no answer. */
enum transfer_end {
	TRANSFER_OK,
	TRANSFER_RESOLVE,     /* the name is not known */
	TRANSFER_PRIVATE,     /* the address may not be reached */
	TRANSFER_CONNECT,     /* nobody listens, or the way is closed */
	TRANSFER_CERTIFICATE, /* it could not be shown who answers */
	TRANSFER_TIMEOUT,
	TRANSFER_TOO_LARGE,
	TRANSFER_BROKEN,      /* what came is no HTTP, or broke off */
	TRANSFER_STOPPED,     /* *stop was set */
};

struct transfer_answer {
	int status;
	/* Empty if not sent, longer than 200 bytes, or no printable ASCII: */
	struct str type;               /* Content-Type */
	struct str etag, modified;
	struct str robots;             /* X-Robots-Tag */
	struct str location;           /* any bytes */
	int64_t retry_s;               /* Retry-After in seconds; 0: not said */
	struct str body;
};

struct transfer;

/* A client with its own connections, for one thread; freed with `mem`. `stop`
 * ends what is under way. */
struct transfer *transfer_new(void *mem, const char *agent,
    const atomic_bool *stop);

/* *out is owned by `mem`. */
enum transfer_end transfer_get(struct transfer *t, void *mem,
    const struct transfer_request *rq, struct transfer_answer *out);
