/*
 * Passwords, tokens and digests, by libsodium. Argon2id takes 64 MiB and a
 * tenth of a second on purpose, so only two run at a time, a few more wait, and
 * the rest is sent away: whoever floods the sign-in does not hold every thread,
 * and the rest of the desk does not notice. Who may sign in and how often one
 * may try is the desk's business; nothing here is ever logged.
 */
#include "base/secret.h"

#include <errno.h>
#include <semaphore.h>
#include <stdatomic.h>

#include <sodium.h>

#include "base/log.h"
#include "base/mem.h"

enum { HASHING_AT_ONCE = 2 };

static sem_t turns;
static _Atomic unsigned crowd, crowd_most;

/* No password's hash: takes as long to check as a real one. */
static const char nobody[] =
    "$argon2id$v=19$m=65536,t=2,p=1$"
    "1ZaWS0yeBKFVREuLgRtcHA$"
    "4+LqCSD/7dhKpfWJvUJTHgAIUVzYDFwRliks+x3lmTc";

void
secret_init(void)
{
	if (sodium_init() < 0)
		die("no randomness on this machine");
	if (sem_init(&turns, 0, HASHING_AT_ONCE) < 0)
		die("no semaphore on this machine");
}

void
secret_crowd_set(unsigned most)
{
	atomic_store(&crowd_most, most);
}

/* Waits for a turn; false if too many do already. */
static bool
turn_take(void)
{
	unsigned most = atomic_load(&crowd_most);
	unsigned before = atomic_fetch_add(&crowd, 1);

	if (most && before >= most) {
		atomic_fetch_sub(&crowd, 1);
		return false;
	}
	while (sem_wait(&turns) < 0 && errno == EINTR)
		;
	return true;
}

static void
turn_give(void)
{
	sem_post(&turns);
	atomic_fetch_sub(&crowd, 1);
}

enum err
secret_password_hash(void *mem, struct str password, struct str *out)
{
	char hash[crypto_pwhash_STRBYTES];
	int bad;

	if (!turn_take())
		return ERR_BUSY;
	bad = crypto_pwhash_str(hash, password.p ? password.p : "",
	    password.n, crypto_pwhash_OPSLIMIT_INTERACTIVE,
	    crypto_pwhash_MEMLIMIT_INTERACTIVE);
	turn_give();
	if (bad)
		return ERR_BUSY; /* 64 MiB were not to be had */
	*out = str_dup(mem, str_of(hash));
	return OK;
}

enum err
secret_password_check(struct str hash, struct str password, bool *right)
{
	char kept[crypto_pwhash_STRBYTES] = {0};
	bool real = hash.n > 0 && hash.n < sizeof kept;
	int bad, why;

	if (real)
		memcpy(kept, hash.p, hash.n);
	else
		memcpy(kept, nobody, sizeof nobody);
	if (!turn_take())
		return ERR_BUSY;
	errno = 0;
	bad = crypto_pwhash_str_verify(
	    kept, password.p ? password.p : "", password.n);
	why = errno;
	turn_give();
	if (bad && why == ENOMEM)
		return ERR_BUSY;
	*right = real && !bad;
	return OK;
}

struct str
secret_token(void *mem)
{
	enum { VARIANT = sodium_base64_VARIANT_URLSAFE_NO_PADDING };
	unsigned char bytes[SECRET_TOKEN_BYTES];
	char text[sodium_base64_ENCODED_LEN(SECRET_TOKEN_BYTES, VARIANT)];

	randombytes_buf(bytes, sizeof bytes);
	sodium_bin2base64(text, sizeof text, bytes, sizeof bytes, VARIANT);
	return str_dup(mem, str_of(text));
}

void
secret_random(void *p, size_t n)
{
	randombytes_buf(p, n);
}

struct str
secret_digest(void *mem, struct str s)
{
	unsigned char digest[SECRET_DIGEST_BYTES];

	crypto_generichash(digest, sizeof digest,
	    (const unsigned char *)(s.p ? s.p : ""), s.n, NULL, 0);
	return str_copy(mem, (const char *)digest, sizeof digest);
}

struct str
secret_hex(void *mem, struct str s)
{
	char *hex = mem_sure(talloc_size(mem, 2 * s.n + 1));

	sodium_bin2hex(hex, 2 * s.n + 1,
	    (const unsigned char *)(s.p ? s.p : ""), s.n);
	return (struct str){hex, 2 * s.n};
}

bool
secret_same(struct str a, struct str b)
{
	return a.n == b.n && (a.n == 0 || sodium_memcmp(a.p, b.p, a.n) == 0);
}
