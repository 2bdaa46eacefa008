#pragma once
/*
 * An empty database for a test, on either engine: a file in a temporary folder,
 * or a schema on the server that DIENSTWEG_TEST_PG names (tests/pg.sh starts
 * one). Without that variable the PostgreSQL half of a test fails: it was not
 * tested.
 */
#include <sys/resource.h>

#include "store/db.h"

struct scratch {
	const char *engine;
	char folder[64];
	char url[512];
	void *mem;            /* for the test */
	struct store *store;
	struct db *db;        /* the test's own connection */
};

/* Makes and opens one; fails the test where that does not work. */
struct scratch *scratch_open(const char *engine);

/* Closes it and removes the database and `mem`. */
void scratch_close(struct scratch *s);

/* Runs statements on the test's connection in a transaction of their own; %INT%
 * and the like are not known here. */
void scratch_script(struct scratch *s, const char *sql);

/* The tables `note` and `reply` for the queries of store_queries/. */
void scratch_notes(struct scratch *s);

/* From now on no file of this process grows beyond so many bytes, as on a full
 * disk; RLIM_INFINITY: they may again. */
void scratch_files_end(rlim_t bytes);

/* cmocka's setup and teardown: the state is the engine's name before, the
 * scratch with its notes during the test. */
int scratch_setup(void **state);
int scratch_teardown(void **state);

/* A test's row in cmocka's table, or its two rows. */
#define ON_SQLITE(test)                                                        \
	{#test " (sqlite)", test, scratch_setup, scratch_teardown,             \
	    (char[]){"sqlite"}}
#define ON_POSTGRES(test)                                                      \
	{#test " (postgresql)", test, scratch_setup, scratch_teardown,         \
	    (char[]){"postgresql"}}
#define ON_BOTH(test) ON_SQLITE(test), ON_POSTGRES(test)
