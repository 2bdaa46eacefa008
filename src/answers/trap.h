#pragma once
/*
 * Addresses that are not worth fetching, told by their look.
 */
#include <stdbool.h>
#include <stdint.h>

#include "net/weburl.h"

enum { TRAP_SHAPES = 4096, TRAP_ALIKE_MAX = 1000 };

/* Whether the path ends like a picture, a program, an archive: nothing to
 * read. */
bool trap_is_file(const struct weburl *u);

/* Whether the address looks made up without end: the same segment thrice, a
 * very long path, very many parameters. */
bool trap_is_endless(const struct weburl *u);

/* Counts addresses that differ in their query alone. */
struct trap_shapes {
	struct {
		uint64_t key;
		uint32_t n;
	} shape[TRAP_SHAPES];
};

/* Whether TRAP_ALIKE_MAX of its shape were seen already; counts it. */
bool trap_is_one_of_many(struct trap_shapes *t, const struct weburl *u);
