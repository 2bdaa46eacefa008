#pragma once
/*
 * What every fuzz target has: the entry that libFuzzer calls with invented
 * bytes and tests/fuzz/replay.c with the committed ones, and a way to say that
 * a promise was broken.
 */
#include <stddef.h>
#include <stdint.h>

#include <talloc.h>

#include "base/str.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Ends the process where a promise does not hold. */
#define PROMISE(condition)                                                     \
	do {                                                                   \
		if (!(condition))                                              \
			__builtin_trap();                                      \
	} while (0)
