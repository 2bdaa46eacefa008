#pragma once
/*
 * The notes of a test's empty database (scratch.h, store_queries/).
 */
#include "check.h"
#include "scratch.h"
#include "storetest.h"

/* How many there are, as the test's own connection sees them. */
static inline int64_t
note_count(struct scratch *s)
{
	int64_t n = -1;

	assert_int_equal(q_note_count(s->db, s->mem, &n), OK);
	return n;
}
