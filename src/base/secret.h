#pragma once
/*
 * Passwords, tokens and digests (libsodium). Nothing here is ever logged.
 */
#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "base/str.h"

enum {
	SECRET_DIGEST_BYTES = 32,
	SECRET_TOKEN_BYTES = 32,   /* random bytes of a token, before encoding */
};

/* Once per process, before anything else here; dies if there is no
 * randomness. */
void secret_init(void);

/* How many threads may be at a password at once, those that wait for their turn
 * included; no limit until it is set. */
void secret_crowd_set(unsigned most);

/* Argon2id of a password, as text for the database (~64 MiB, ~0.1 s: worker
 * threads only, and never more than two at once; the function waits for its
 * turn). ERR_BUSY: too many are waiting, or there is no memory. */
MUST_CHECK enum err secret_password_hash(void *mem, struct str password,
    struct str *out);

/* Whether the password belongs to the hash. With an empty hash it takes as long
 * and answers false, so that nobody learns which accounts exist. ERR_BUSY as
 * above, and nothing was found out. */
MUST_CHECK enum err secret_password_check(struct str hash,
    struct str password, bool *right);

/* A new random token as unpadded URL-safe base64. */
struct str secret_token(void *mem);

/* `n` random bytes. */
void secret_random(void *p, size_t n);

/* BLAKE2b-256 of the bytes: how tokens are stored and events are sealed. */
struct str secret_digest(void *mem, struct str s);

/* The bytes as lower-case hexadecimal text. */
struct str secret_hex(void *mem, struct str s);

/* Constant-time comparison. */
bool secret_same(struct str a, struct str b);
