#pragma once
/*
 * Schema versions: numbered SQL files, applied in order, never backwards. The
 * files are sql/migrations/NNNN_name.sql, compiled in by tools/migrations; 0000
 * makes the table that the others are recorded in and is run every time.
 */
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/str.h"
#include "store/db.h"

struct migration {
	int64_t number;
	const char *name;
	struct str sqlite, postgres; /* with the tokens of sql/migrations */
};

extern const struct migration migrations[];
extern const size_t migrations_n;

/* Brings the schema up to the last of the `n` in `list`, whose first is 0000.
 * As store_migrate, which calls it with the compiled-in list. */
MUST_CHECK enum err migrate_run(struct store *s, const struct migration *list,
    size_t n, int *applied, struct str *why, void *why_mem);
