/*
 * Failures are counted by account and address together, by address, and by
 * account; past its allowance each further failure doubles the wait. A guesser
 * from elsewhere thus cannot lock out an employee quickly, and one at the same
 * address not those who sign in there.
 *
 * Each attempt is counted as a failure in the transaction that allows it, before
 * the password is hashed, and taken back if it was none: so however many guess
 * at once, no more are judged than one after the other would be.
 */
#include "desk/attempt.h"

#include <arpa/inet.h>

#include "base/secret.h"
#include "store/queries.h"

enum {
	WAIT_MAX_MS = 15 * 60 * 1000,
	FAILURES_KEPT_MS = 24 * 3600 * 1000,
	FAILURES_MOST = 100000,          /* after an hour of guessing */
	CROWD_S = 3,
	TRIES = 3,
};

/* How long an address is known as one where the name signs in. */
static const int64_t PLACE_KEPT_MS = INT64_C(30) * 24 * 3600 * 1000;

enum throttle_id { BY_BOTH, BY_ADDRESS, BY_LOGIN, THROTTLES };

struct throttle {
	struct str subject;
	int64_t allowance; /* failures that cost nothing */
	int64_t last_ms;   /* the failure before this attempt; 0: none */
};

/* Whoever has one IPv6 address has all 2^64 of its network. */
static struct str
network_of(void *mem, struct str address)
{
	struct in6_addr ip;
	const uint8_t *b = ip.s6_addr;

	if (inet_pton(AF_INET6, str_copy(mem, address.p, address.n).p,
		&ip) != 1 || IN6_IS_ADDR_V4MAPPED(&ip))
		return address;
	return str_printf(mem, "%02x%02x:%02x%02x:%02x%02x:%02x%02x::/64",
	    b[0], b[1], b[2], b[3], b[4], b[5], b[6], b[7]);
}

static struct str
subject_both(void *mem, struct str login, struct str network)
{
	return str_printf(mem, "both:%.*s %.*s", STR_FMT(login),
	    STR_FMT(network));
}

static int64_t
wait_ms(int64_t failures, int64_t allowance)
{
	int64_t past = failures - allowance;

	if (past < 0)
		return 0;
	return past > 9 ? WAIT_MAX_MS : INT64_C(1000) << past;
}

static enum err
throttle_check(struct desk *d, struct db *db, struct throttle *t)
{
	struct q_signin_failures f;
	int64_t left;
	enum err e = q_signin_failures(db, d->cx->mem, t->subject, &f);

	if (e == ERR_NOT_FOUND)
		return OK;
	if (e != OK)
		return e;
	t->last_ms = f.last_ms;
	left = f.last_ms + wait_ms(f.failures, t->allowance) - d->cx->now_ms;
	if (left <= 0)
		return OK;
	d->cx->retry_s = (int)(left / 1000) + 1;
	return fail(d->cx, ERR_LIMITED, "",
	    N_("Too many failed attempts. Please wait %d seconds."),
	    d->cx->retry_s);
}

/* Where the name signed in lately, only its own failures from there count: others
 * who fail at the same address, or with the same name from elsewhere, would lock
 * somebody out who has done nothing. */
static enum err
allowances_set(struct desk *d, struct db *db, const struct attempt *a,
    struct str network, struct throttle t[THROTTLES])
{
	int64_t known;
	enum err e = q_signin_place_known(db, d->cx->mem, a->login, network,
	    d->cx->now_ms - PLACE_KEPT_MS, &known);

	t[BY_BOTH].allowance = 5;
	t[BY_ADDRESS].allowance = e == OK && known ? INT64_MAX : 20;
	t[BY_LOGIN].allowance = e == OK && known ? INT64_MAX : 100;
	return e;
}

/* Counts the attempt as a failure, if it may be made. */
static enum err
attempt_count(struct desk *d, const struct attempt *a,
    struct throttle t[THROTTLES])
{
	void *mem = d->cx->mem;
	struct str network = network_of(mem, a->from);
	DB_TX tx = {0};
	enum err e;

	t[BY_BOTH].subject = subject_both(mem, a->login, network);
	t[BY_ADDRESS].subject =
	    str_printf(mem, "from:%.*s", STR_FMT(network));
	t[BY_LOGIN].subject =
	    str_printf(mem, "login:%.*s", STR_FMT(a->login));
	if ((e = db_begin(d->db, &tx)) != OK ||
	    (e = allowances_set(d, tx.db, a, network, t)) != OK)
		return e;
	for (int i = 0; i < THROTTLES; i++)
		if ((e = throttle_check(d, tx.db, &t[i])) != OK)
			return e;
	for (int i = 0; i < THROTTLES; i++)
		if ((e = q_signin_failure_add(&tx, t[i].subject,
			 d->cx->now_ms)) != OK)
			return e;
	return db_commit(&tx);
}

static enum err
take_back(struct desk *d, const struct throttle t[THROTTLES])
{
	DB_TX tx = {0};
	enum err e;

	if ((e = db_begin(d->db, &tx)) != OK)
		return e;
	for (int i = 0; i < THROTTLES; i++)
		if ((e = q_signin_failure_back(&tx, t[i].subject,
			 d->cx->now_ms, t[i].last_ms)) != OK)
			return e;
	return db_commit(&tx);
}

/* Whoever runs into another's way tries again here: the whole unit would count
 * once more. */
static enum err
attempt_take_back(struct desk *d, const struct throttle t[THROTTLES])
{
	enum err e = take_back(d, t);

	for (int i = 1; i < TRIES && e == ERR_BUSY; i++)
		e = take_back(d, t);
	return e;
}

enum err
attempt_judge(struct desk *d, const struct attempt *a, bool *right)
{
	struct throttle t[THROTTLES] = {0};
	bool crowd;
	enum err e;

	if ((e = attempt_count(d, a, t)) != OK)
		return e;
	crowd = secret_password_check(a->hash, a->password, right) != OK;
	if ((crowd || *right) && (e = attempt_take_back(d, t)) != OK)
		return e;
	if (!crowd)
		return OK;
	d->cx->retry_s = CROWD_S;
	return fail(d->cx, ERR_LIMITED, "",
	    N_("Very many are signing in at this moment. Please try "
	       "again in a few seconds."));
}

enum err
attempt_succeeded(struct desk *d, struct db_tx *tx, const struct attempt *a,
    int64_t employee_id)
{
	void *mem = d->cx->mem;
	struct str network = network_of(mem, a->from);
	enum err e = q_signin_failure_forget(tx,
	    subject_both(mem, a->login, network));

	return e != OK ? e
		       : q_signin_place_keep(tx, employee_id, network,
			     d->cx->now_ms);
}

enum err
attempt_housekeeping(struct desk *d, struct db_tx *tx)
{
	int64_t now = d->cx->now_ms, gone;
	enum err e;

	if ((e = q_signin_failure_expire(tx, now - FAILURES_KEPT_MS, &gone)) !=
		OK ||
	    (e = q_signin_failure_trim(tx, FAILURES_MOST, &gone)) != OK)
		return e;
	return q_signin_place_expire(tx, now - PLACE_KEPT_MS, &gone);
}
