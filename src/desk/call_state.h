#pragma once
/*
 * What a call's rows add up to; shared by call.c and call_move.c alone.
 */
#include "desk/call.h"

/* Reads the call and folds its transcript. `db` may be a transaction's. */
MUST_CHECK enum err call_load(struct desk *d, struct db *db, int64_t id,
    struct call *out);

/* The same for a change: it must be open and the actor's own. */
MUST_CHECK enum err call_load_own(struct desk *d, struct db *db, int64_t id,
    struct call *out);

/* Keeps a text alone, within a transaction; as call_type. */
MUST_CHECK enum err call_text_write(struct desk *d, struct db_tx *tx,
    const struct call *c, struct str name, struct str value);

/* Keeps a text with what follows from it, or who is on the line, within a
 * transaction; as call_type and call_person. */
MUST_CHECK enum err call_type_write(struct desk *d, struct db_tx *tx,
    const struct call *c, struct str name, struct str value);
MUST_CHECK enum err call_person_write(struct desk *d, struct db_tx *tx,
    const struct call *c, int64_t person_id, struct str name);

/* Makes the search for these words, and keeps it, unless that was done. */
MUST_CHECK enum err call_search_write(struct desk *d, struct db_tx *tx,
    const struct call *c, struct str words);

/* Takes a document of what the last search found. ERR_EVIDENCE (search): there
 * was none. */
MUST_CHECK enum err call_take_write(struct desk *d, struct db_tx *tx,
    const struct call *c, int64_t document);

/* The number of the matter that is open (or would be next), from 1. */
int64_t call_matter(const struct call *c);

/* Facts as stored: names with commas between. */
struct str facts_text(void *mem, uint64_t facts);
uint64_t facts_of(struct str text);
