#pragma once
/*
 * Versions of the instruction: the list, one of them, a new one; made by
 * web_versions.c.
 */
#include "doors/web/instruction_view.h"

struct names_view {
	const struct str *v;
	size_t n;
};

struct versions_view {
	struct frame frame;
	struct {
		struct version_row_view {
			int64_t number;
			struct str when, exact, who, note;
			int64_t signers;
			bool in_force;
		} *v;
		size_t n;
	} rows;
	int64_t signers;           /* employees who have to sign */
	int64_t current;           /* the version in force */
	struct names_view missing; /* who has not signed it */
	bool due;                  /* the reader is one of them */
	bool may_load;
	int64_t next;              /* older ones are below it; 0: there are none */
};

/* A difference, ready to be shown. */
struct diff_view {
	struct {
		struct diff_line_view {
			bool gone, added, skip;
			int old_line, new_line, skipped;
			struct str text;
		} *v;
		size_t n;
	} lines;
	int gone, added;
	size_t left_out;           /* lines that are not shown */
};

/* Line numbers beside a text. */
struct numbers_view {
	struct number_view {
		int n;
		bool wrong;        /* a complaint is about it */
	} *v;
	size_t n;
};

struct version_view {
	struct frame frame;
	int64_t number, before, current;
	struct str when, exact, who, note;
	bool in_force, signed_by_me, may_load;
	struct str source;
	struct numbers_view numbers;
	struct diff_view diff;
	struct {
		struct signature_view {
			struct str name, when, exact;
		} *v;
		size_t n;
	} signatures;
	struct names_view missing;
	bool readable;             /* `text` is there */
	struct instruction_view text;
};

struct version_new_view {
	struct frame frame;
	int64_t base;              /* the version that it is compared with */
	struct str source, note;
	struct str source_fault, note_fault;
	int rows;                  /* of the field */
	struct numbers_view numbers;
	struct {
		struct complaint_view {
			int line, column;
			struct str text;
		} *v;
		size_t n;
	} complaints;
	size_t complaints_more;
	bool proved;
	struct str digest;         /* of the text that was proved */
	struct diff_view diff;     /* once it is */
};
