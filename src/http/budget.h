#pragma once
/*
 * What all connections together may hold of one thing. Many threads.
 */
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

struct budget {
	uint64_t most;
	_Atomic uint64_t used;
};

/* Takes all of `n`, or nothing and is false. */
static inline bool
budget_take(struct budget *b, uint64_t n)
{
	uint64_t used = atomic_load(&b->used);

	do {
		if (n > b->most - used)
			return false;
	} while (!atomic_compare_exchange_weak(&b->used, &used, used + n));
	return true;
}

static inline void
budget_give(struct budget *b, uint64_t n)
{
	atomic_fetch_sub(&b->used, n);
}
