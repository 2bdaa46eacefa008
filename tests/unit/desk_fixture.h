#pragma once
/*
 * A desk for a test: an empty, migrated database on either engine, a clock that
 * stands still until the test moves it, and a supervisor at work.
 */
#include "base/config.h"
#include "check.h"
#include "desk/house.h"
#include "scratch.h"

struct fixture {
	struct scratch *scratch;
	struct config config;
	struct house house;
	int64_t now_ms;      /* 2026-11-24, 13:00 in Berlin */
	struct cx cx;
	struct desk d;
};

/* cmocka's setup and teardown: the state is the engine's name before, the
 * fixture during the test. */
int fixture_setup(void **state);
int fixture_teardown(void **state);

/* A test's rows in cmocka's table, one for each engine. */
#define DESK_ON_BOTH(test)                                                     \
	{#test " (sqlite)", test, fixture_setup, fixture_teardown,             \
	    (char[]){"sqlite"}},                                               \
	{                                                                      \
		#test " (postgresql)", test, fixture_setup, fixture_teardown,  \
		    (char[]){"postgresql"}                                     \
	}

/* Fails unless the SELECT of one whole number in the database gives `n`. */
void fixture_count(struct fixture *f, const char *select, int64_t n);

/* Fails unless `e` is the expected error, with a text at `field`; then forgets
 * what was noted. `field` NULL: no matter where. */
void fixture_refused(struct fixture *f, enum err e, enum err expected,
    const char *field);

/* Fails with what was noted unless `e` is OK. */
void fixture_ok(struct fixture *f, enum err e);
