#pragma once
/*
 * What every unit test includes: cmocka and the headers it asks for, texts that
 * compare with a readable message, and a talloc context that must be empty of
 * surprises: it is freed at the end, so the sanitizers see what was not its.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>
#include <talloc.h>

#include "base/str.h"

/* cmocka's macro would hide base/cx.h's function; fail_msg goes with it, and
 * check_row stands in. */
#undef fail
#undef fail_msg

/* Fails unless the text has exactly the bytes of the C string, with its NUL
 * behind them. */
#define check_str(actual, expected)                                            \
	do {                                                                   \
		struct str check_s = (actual);                                 \
		assert_non_null(check_s.p);                                    \
		assert_string_equal(check_s.p, (expected));                    \
		assert_int_equal(check_s.n, strlen(expected));                 \
	} while (0)

/* For rows of a table: says which one before it fails. */
#define check_row(condition, row)                                              \
	do {                                                                   \
		if (!(condition)) {                                            \
			print_error("row \"%s\": %s\n", (row), #condition);    \
			_fail(__FILE__, __LINE__);                             \
		}                                                              \
	} while (0)
