#pragma once
/*
 * Memory that is there or the process is not: talloc's allocations with the
 * one check nobody should have to write. Running out of memory aborts.
 */
#include <stddef.h>

#include <talloc.h>

/* `p` itself; aborts where an allocation gave NULL. */
void *mem_sure(void *p);

/* One zeroed object, or `n` of them, owned by `mem`. */
#define mem_new(mem, type) ((type *)mem_sure(talloc_zero(mem, type)))
#define mem_array(mem, type, n)                                                \
	((type *)mem_sure(talloc_zero_array(mem, type, (unsigned)(n))))
