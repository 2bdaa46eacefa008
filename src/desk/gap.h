#pragma once
/*
 * Gaps: what was searched for and not answered. Cases whose words have the same
 * stems are one gap, known by the id of any of them. A gap is closed by naming
 * the answer that serves now: its words find that one from then on, and the
 * tickets that came of it are told by a note in their thread. A further case opens
 * it again.
 */
#include "desk/desk.h"
#include "store/queries_rows.h"

/* Why none of the answers served (M5). Stored: never renumber. */
#define REASON_LIST(X)                                                         \
	X(REASON_NOT_THERE, 1, "not-there") /* nothing about it is there */    \
	X(REASON_NOT_CLEAR, 2, "not-clear") /* not understandable */           \
	X(REASON_NOT_FOUND, 3, "not-found") /* there, the caller missed it */  \
	X(REASON_OTHER, 4, "other")

enum reason_kind {
	REASON_NONE = 0,
#define X(id, number, name) id = number,
	REASON_LIST(X)
#undef X
};

enum {
	GAPS_SHOWN = 100,
	GAP_CASES_COUNTED = 2000, /* the newest ones, of all gaps together */
	GAP_CASES_SHOWN = 100,
	GAP_TOLD_MOST = 500, /* tickets that are told at once */
};

/* "not-there" and so on; "" for none. */
const char *reason_kind_name(enum reason_kind k);

/* One case: these words did not lead to an answer. Words without a stem are no
 * gap. */
struct gap_case {
	struct str words, stems;
	int64_t ticket_id;     /* 0: there is none */
	enum reason_kind kind;
	struct str reason;
};
struct gap_case gap_case(struct desk *d, struct str words);
MUST_CHECK enum err gap_note(struct desk *d, struct db_tx *tx,
    const struct gap_case *c);

/* Open gaps, those that showed last first. */
MUST_CHECK enum err gap_list(struct desk *d, struct q_gap_open_rows *out);

struct gap_full {
	struct q_gap gap;
	struct q_gap_cases_rows cases; /* newest first, GAP_CASES_SHOWN at most */
};
MUST_CHECK enum err gap_get(struct desk *d, int64_t id, struct gap_full *out);

/* Closes it with the document that serves now, and tells the tickets.
 * ERR_NOT_FOUND, ERR_CONFLICT (closed already), ERR_INVALID (document). */
MUST_CHECK enum err gap_close(struct desk *d, int64_t id, int64_t document_id);
