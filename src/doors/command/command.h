#pragma once
/*
 * The command line's door: one table of commands. Exit codes: 0 good, 1 the
 * answer is no, 2 usage; messages go to standard error.
 */
#include <stdbool.h>

#include "base/config.h"
#include "desk/house.h"

enum exit_code { EXIT_GOOD = 0, EXIT_NO = 1, EXIT_USAGE = 2 };

/* One run of the program. */
struct command_run {
	void *mem;
	struct config config;
	bool json;             /* --json */
	const char *name;      /* --name */
	const char *role;      /* --role */
	const char *note;      /* --note */
	enum lang lang;        /* --lang */
	int argc;              /* what stands behind the command's words */
	char **argv;
	struct cx cx;
	struct house *house;   /* commands that need one */
	struct desk desk;
};

struct command {
	const char *words;     /* "customer import" */
	const char *arguments; /* "FILE.csv" */
	const char *about;
	int least, most;       /* arguments */
	bool needs_house;
	int (*run)(struct command_run *r);
};

/* Finds the command in `table` (ends with words NULL), reads flags and
 * configuration, opens the house if it is needed, runs it. Returns the exit
 * code. `table` is put together by main.c. */
int command_main(const struct command *table, int argc, char **argv);

/* Prints the unit's faults, or the error's name, to standard error; EXIT_NO. */
int command_failed(struct command_run *r, enum err e);

/* All of standard input, or a file ("-"); false (said) if it cannot be read or
 * is larger than `max`. */
bool command_read(struct command_run *r, const char *path, size_t max,
    struct str *out);

/* The arguments with blanks between, as they would be typed into a box. */
struct str command_words(struct command_run *r);

int command_migrate(struct command_run *r);
int command_instruction_check(struct command_run *r);
int command_instruction_paths(struct command_run *r);
int command_instruction_draw(struct command_run *r);
int command_instruction_load(struct command_run *r);
int command_wording(struct command_run *r);
int command_confidential(struct command_run *r);
int command_private_number_add(struct command_run *r);
int command_private_number_remove(struct command_run *r);
int command_private_number_list(struct command_run *r);
int command_customer_import(struct command_run *r);
int command_customer_search(struct command_run *r);
int command_employee_add(struct command_run *r);
int command_employee_password(struct command_run *r);
int command_employee_bar(struct command_run *r);
int command_employee_unbar(struct command_run *r);
int command_employee_role(struct command_run *r);
int command_employee_rename(struct command_run *r);
int command_employee_list(struct command_run *r);
int command_token_create(struct command_run *r);
int command_token_revoke(struct command_run *r);
int command_answers_search(struct command_run *r);
int command_answers_crawl(struct command_run *r);
int command_demo(struct command_run *r);
