#pragma once
/*
 * Shared by the parts of tools/queries: what was read from the SQL files, and
 * who does what. See queries.c for the form of those files.
 */
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

enum {
	FIELDS_MAX = 64,
	ITEMS_MAX = 4096,
	SQL_BYTES_MAX = 4000, /* C promises string literals of 4095 bytes */
	TEXT_BYTES_MAX = 16 << 10, /* of a query's comment */
};

enum { SQLITE = 1, POSTGRES = 2, BOTH = 3 };

struct place {
	const char *file;
	int line;
};

struct field {
	char *name;
	int type;
	bool nullable;
};

struct fields {
	struct field v[FIELDS_MAX];
	int n;
	char *like; /* the row type they were taken from, or NULL */
};

struct row {
	struct place at;
	char *name;
	struct fields fields;
};

enum result { NONE, ROWS, ONE, MANY };

struct query {
	struct place at;
	char *name;
	char *doc;
	char *signature; /* as written, blanks evened out */
	struct fields params, columns;
	enum result result;
	bool write;
	int engines;
	char *sql[BOTH + 1]; /* by engine bit */
};

/* A file being read: the rest of it and where that begins. */
struct source {
	const char *p;
	struct place at;
	int engines;
};

/* All that the folder holds. */
struct set {
	struct row *rows;
	struct query *queries;
	int rows_n, queries_n;
};

/* A statement's text as it is read, and what was seen of it. */
struct statement {
	struct place at;
	char text[SQL_BYTES_MAX + 1];
	size_t n;
	int depth;             /* of parentheses */
	char verb;             /* 'S', 'I', 'U' or 'D', once it is known */
	bool returning;
	bool used[FIELDS_MAX + 1];
	bool done;
};

/* The types by their names in SQL files: C's type, the one that may be NULL (or
 * NULL), the runtime's tag and how the function wraps an argument. */
enum { TYPES_N = 4 };
struct type {
	const char *name, *c, *c_null, *tag, *wrap, *wrap_null;
};
extern const struct type types[TYPES_N];
extern const char *const results[];

/* Says what is wrong at that place, and ends the build. */
_Noreturn void refuse(struct place at, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Zeroed memory for as long as the program runs. */
void *keep(size_t n);
char *copy(const char *p, size_t n);

/* Whether the character may stand in a word. */
bool is_word(char c);

/* queries_parse.c: adds what the source holds; then ties rows to queries. */
void read_source(struct set *set, struct source *s);
void resolve(struct set *set);

/* queries_statement.c: reads up to the ';'; compares with the signature. */
void read_statement(struct source *s, struct statement *st, int params);
void check_statement(const struct query *q, const struct statement *st);

/* queries_write.c: the rows' structs, the header, the code of `base`.h. */
void write_rows(FILE *h, struct set *set);
void write_header(FILE *h, struct set *set, const char *base);
void write_code(FILE *c, struct set *set, const char *base);
