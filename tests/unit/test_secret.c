/* Passwords, tokens, digests: src/base/secret.c. */
#include "check.h"

#include <pthread.h>
#include <sys/resource.h>
#include <time.h>

#include "base/secret.h"

static int
prepare(void **state)
{
	secret_init();
	*state = talloc_new(NULL);
	return 0;
}

static int
done(void **state)
{
	talloc_free(*state);
	return 0;
}

static bool
is_right(struct str hash, struct str password)
{
	bool right = false;

	assert_int_equal(secret_password_check(hash, password, &right), OK);
	return right;
}

static void
passwords_belong_to_their_hash(void **state)
{
	struct str a, b;

	assert_int_equal(secret_password_hash(*state, STR("geheim"), &a), OK);
	assert_int_equal(secret_password_hash(*state, STR("geheim"), &b), OK);
	assert_false(str_eq(a, b)); /* salted */
	assert_true(str_starts(a, STR("$argon2id$v=19$m=65536,t=2,p=1$")));
	assert_true(is_right(a, STR("geheim")));
	assert_false(is_right(a, STR("Geheim")));
	assert_false(is_right(a, STR("")));
	assert_false(is_right(a, str_of(NULL)));
}

static double
seconds_to_refuse(struct str hash)
{
	struct timespec from, to;

	clock_gettime(CLOCK_THREAD_CPUTIME_ID, &from);
	assert_false(is_right(hash, STR("wrong")));
	clock_gettime(CLOCK_THREAD_CPUTIME_ID, &to);
	return (double)(to.tv_sec - from.tv_sec) +
	    (double)(to.tv_nsec - from.tv_nsec) / 1e9;
}

/* An account that does not exist must cost about as much as a wrong password,
 * and a broken hash as well. */
static void
nobody_takes_as_long(void **state)
{
	static char oversized[500];
	struct str hash;
	double real;

	memset(oversized, 'x', sizeof oversized - 1);
	assert_int_equal(secret_password_hash(*state, STR("x"), &hash), OK);
	real = seconds_to_refuse(hash);
	assert_true(seconds_to_refuse(STR("")) > real / 3);
	assert_true(seconds_to_refuse(str_of(NULL)) > real / 3);
	assert_true(seconds_to_refuse(str_of(oversized)) > real / 3);
	assert_false(is_right(STR("$broken$"), STR("")));
}

static void *
verify(void *hash)
{
	bool right = false;
	enum err e = secret_password_check(*(struct str *)hash, STR("geheim"),
	    &right);

	return (void *)(intptr_t)(e == OK && right);
}

static long
peak_mib(void)
{
	struct rusage usage;

	getrusage(RUSAGE_SELF, &usage);
	return usage.ru_maxrss / 1024;
}

/* One hash has run alone before; of six at once only two may hold their 64 MiB
 * at a time, so the peak rises by one share, not by five. */
static void
many_at_once_take_turns(void **state)
{
	enum { THREADS = 6, SHARE_MIB = 64 };
	pthread_t thread[THREADS];
	struct str hash;
	long before;
	void *ok;

	assert_int_equal(
	    secret_password_hash(*state, STR("geheim"), &hash), OK);
	before = peak_mib();
	for (int i = 0; i < THREADS; i++)
		assert_int_equal(
		    pthread_create(&thread[i], NULL, verify, &hash), 0);
	for (int i = 0; i < THREADS; i++) {
		pthread_join(thread[i], &ok);
		assert_non_null(ok);
	}
	assert_in_range(peak_mib() - before, 0, SHARE_MIB + SHARE_MIB / 2);
}

static void *
come(void *arg)
{
	const struct str *hash = arg;
	bool right;

	return (void *)(intptr_t)secret_password_check(*hash, STR("geheim"),
	    &right);
}

/* As many as may be there are served, the others are told at once: otherwise
 * those who sign in would hold every thread there is. */
static void
a_crowd_is_sent_away(void **state)
{
	enum { THREADS = 40, MOST = 3 };
	pthread_t thread[THREADS];
	struct str hash;
	int served = 0, away = 0;
	void *e;

	assert_int_equal(
	    secret_password_hash(*state, STR("geheim"), &hash), OK);
	secret_crowd_set(MOST);
	for (int i = 0; i < THREADS; i++)
		assert_int_equal(
		    pthread_create(&thread[i], NULL, come, &hash), 0);
	for (int i = 0; i < THREADS; i++) {
		pthread_join(thread[i], &e);
		served += (enum err)(intptr_t)e == OK;
		away += (enum err)(intptr_t)e == ERR_BUSY;
	}
	assert_int_equal(served + away, THREADS);
	assert_true(served >= MOST);
	assert_true(away > 0);
	assert_true(is_right(hash, STR("geheim"))); /* all have left */
	secret_crowd_set(0);
}

static void
tokens_are_new_and_long(void **state)
{
	struct str a = secret_token(*state), b = secret_token(*state);
	unsigned char zero[64] = {0}, random[64] = {0};

	assert_int_equal(a.n, 43);
	assert_false(str_eq(a, b));
	assert_int_equal(strspn(a.p, "abcdefghijklmnopqrstuvwxyz"
				     "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				     "0123456789-_"),
	    43);
	secret_random(random, sizeof random);
	assert_memory_not_equal(random, zero, sizeof zero);
}

static void
digests_are_known(void **state)
{
	/* BLAKE2b-256 of "abc" and of nothing */
	check_str(secret_hex(*state, secret_digest(*state, STR("abc"))),
	    "bddd813c634239723171ef3fee98579b94964e3bb1cb3e427262c8c068d52319");
	check_str(secret_hex(*state, secret_digest(*state, str_of(NULL))),
	    "0e5751c026e543b2e8ab2eb06099daa1d1e5df47778f7787faab45cdf12fe3a8");
	check_str(secret_hex(*state, STR("\xff\x0a")), "ff0a");
	check_str(secret_hex(*state, str_of(NULL)), "");
}

static void
compares(void **state)
{
	assert_true(secret_same(STR("abc"), STR("abc")));
	assert_false(secret_same(STR("abc"), STR("abd")));
	assert_false(secret_same(STR("abc"), STR("ab")));
	assert_true(secret_same(STR(""), str_of(NULL)));
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, prepare, done)

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST(passwords_belong_to_their_hash),
	    TEST(nobody_takes_as_long),
	    TEST(many_at_once_take_turns),
	    TEST(a_crowd_is_sent_away),
	    TEST(tokens_are_new_and_long),
	    TEST(digests_are_known),
	    TEST(compares),
	};

	return cmocka_run_group_tests_name("secret", tests, NULL, NULL);
}
