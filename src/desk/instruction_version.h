#pragma once
/*
 * Versions of the instruction: proposed, brought into force, read and signed.
 * A version comes into force at once for calls that begin from then on, on every
 * node; a running call keeps the text that it began with. Nothing is ever
 * deleted: an older text may come back, as a further version.
 */
#include "base/yaml.h"
#include "desk/desk.h"
#include "instruction/instruction.h"
#include "store/queries_rows.h"

enum {
	VERSION_BYTES_MOST = 512 << 10, /* of a text that a person loads */
	VERSION_LINES_MOST = 10000,
	VERSION_NOTE_MOST = 1000,       /* characters */
	VERSIONS_SHOWN = 50,            /* in one list */
};

/* Where a version came from. Stored: never renumber. */
enum version_origin {
	VERSION_SHIPPED = 1, /* with the program */
	VERSION_FILE = 2,    /* the configured file, at a start */
	VERSION_PERSON = 3,  /* a person, in the browser or by command */
};

struct version_form {
	int64_t base;       /* the version in force that it was compared with;
	                       0: whichever is */
	struct str source;  /* YAML */
	struct str note;    /* what changed, and why */
};

struct version_list {
	struct q_version_row_rows rows; /* the newest first */
	int64_t signers;                /* employees who have to sign */
	bool more;                      /* there are older ones */
};

struct version_full {
	struct q_version_row row;
	const struct instruction *instruction; /* NULL: this program does not
	                                          understand it any more */
	struct str source, before;      /* before: of the version before, "" if
	                                   there is none */
	bool in_force, signed_by_me;
	struct q_version_signatures_rows signatures; /* in their order */
	struct q_employee_row_rows unsigned_by;      /* of today's employees */
};

/* The text as it is kept: line feeds alone end lines. */
struct str version_text(void *mem, struct str source);

/* Proves a text without keeping it. ERR_INVALID (field source): too large, or
 * `c`, which must be initialised, holds complaints with their lines.
 * ERR_FORBIDDEN (supervisors and above). */
MUST_CHECK enum err version_propose(struct desk *d, struct str source,
    struct complaints *c);

/* Proves it and brings it into force. ERR_INVALID (fields source, note; `c` as
 * above), ERR_STALE (another version came into force since `base`),
 * ERR_CONFLICT (this text is in force already), ERR_FORBIDDEN (supervisors and
 * above). */
MUST_CHECK enum err version_activate(struct desk *d,
    const struct version_form *f, struct complaints *c, int64_t *out_number);

/* The program's own way, at its start: without limits and without a note.
 * ERR_INVALID with complaints, ERR_BUSY (another node was faster). */
MUST_CHECK enum err version_install(struct desk *d, enum version_origin origin,
    struct str source, struct complaints *c, int64_t *out_number);

/* The number of the version in force. */
MUST_CHECK enum err version_current(struct desk *d, int64_t *out_number);

/* Versions below the number, the newest first; 0: from the newest on. */
MUST_CHECK enum err version_list(struct desk *d, int64_t below,
    struct version_list *out);

/* ERR_NOT_FOUND. */
MUST_CHECK enum err version_get(struct desk *d, int64_t number,
    struct version_full *out);

/* What it is, without its text, difference and signatures; *ins lives as long
 * as the house. ERR_NOT_FOUND, ERR_INTERNAL (it is not understood any more). */
MUST_CHECK enum err version_instruction(struct desk *d, int64_t number,
    struct q_version_row *row, const struct instruction **ins);

/* The number under which a call's text was in force when the call began. */
MUST_CHECK enum err version_of_call(struct desk *d, const struct q_call *call,
    int64_t *out_number);

/* The signed-in employee has read the version in force. A second signature is
 * the first one. ERR_CONFLICT (it is not the one in force), ERR_FORBIDDEN (the
 * program signs nothing). */
MUST_CHECK enum err version_sign(struct desk *d, int64_t number);

/* The version in force, if the signed-in employee has still to sign it; else
 * 0. */
MUST_CHECK enum err version_due(struct desk *d, int64_t *out_number);
