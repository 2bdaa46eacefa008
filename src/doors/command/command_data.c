/*
 * Commands on the house's data: the schema, customers, employees, tokens.
 */
#include "doors/command/command.h"

#include <stdio.h>

#include "base/json.h"
#include "base/mem.h"
#include "desk/employee.h"
#include "desk/import.h"
#include "desk/lookup.h"

enum { PASSWORD_BYTES_MAX = 4096, SEARCH_ROWS = 20 };

int
command_migrate(struct command_run *r)
{
	/* Opening the house has brought the schema up to date. */
	printf("%s: the schema is up to date\n",
	    store_engine(r->house->store));
	return EXIT_GOOD;
}

int
command_customer_import(struct command_run *r)
{
	struct import_report report = {0};
	struct str source;
	enum err e;

	if (!command_read(r, r->argv[0], IMPORT_BYTES_MOST, &source))
		return EXIT_NO;
	e = customer_import(&r->desk, source, &report);
	for (size_t i = 0; i < report.kept; i++)
		fprintf(stderr, "%s:%zu: %s%s%s\n", r->argv[0],
		    report.complaint[i].line, report.complaint[i].field.p,
		    report.complaint[i].field.n ? ": " : "",
		    report.complaint[i].text.p);
	if (report.complaints)
		fprintf(stderr,
		    "dienstweg: %zu complaint%s, nothing was imported\n",
		    report.complaints, report.complaints == 1 ? "" : "s");
	if (e != OK)
		return report.complaints ? EXIT_NO : command_failed(r, e);
	printf("%zu lines: %zu customers, %zu persons, %zu telephone numbers, "
	       "%zu contracts added\n",
	    report.lines, report.customers, report.persons, report.phones,
	    report.contracts);
	return EXIT_GOOD;
}

int
command_customer_search(struct command_run *r)
{
	struct lookup rows;
	enum err e;

	e = customer_lookup(&r->desk, command_words(r), SEARCH_ROWS, &rows);
	if (e != OK)
		return command_failed(r, e);
	for (size_t i = 0; i < rows.n; i++)
		printf("%.*s\t%.*s\t%.*s\n", STR_FMT(rows.v[i].number),
		    STR_FMT(rows.v[i].name), STR_FMT(rows.v[i].city));
	return rows.n ? EXIT_GOOD : EXIT_NO;
}

/* The first line of standard input, so that no password stands in a list of
 * processes or a shell's history. */
static bool
password_read(struct command_run *r, struct str *out)
{
	char line[PASSWORD_BYTES_MAX];

	if (!fgets(line, sizeof line, stdin)) {
		fputs("dienstweg: type the password on standard input\n",
		    stderr);
		return false;
	}
	line[strcspn(line, "\r\n")] = '\0';
	*out = str_dup(r->mem, str_of(line));
	return true;
}

int
command_employee_add(struct command_run *r)
{
	struct employee_form f = {.login = str_of(r->argv[0])};
	int64_t id;
	enum err e;

	f.name = r->name ? str_of(r->name) : f.login;
	f.role = r->role ? role_of(str_of(r->role)) : ROLE_AGENT;
	if (!password_read(r, &f.password))
		return EXIT_USAGE;
	if ((e = employee_add(&r->desk, &f, &id)) != OK)
		return command_failed(r, e);
	printf("%s\n", f.login.p);
	return EXIT_GOOD;
}

int
command_employee_password(struct command_run *r)
{
	struct str password;
	enum err e;

	if (!password_read(r, &password))
		return EXIT_USAGE;
	e = employee_password(&r->desk, str_of(r->argv[0]), password);
	return e == OK ? EXIT_GOOD : command_failed(r, e);
}

int
command_employee_bar(struct command_run *r)
{
	enum err e = employee_bar(&r->desk, str_of(r->argv[0]), true);

	return e == OK ? EXIT_GOOD : command_failed(r, e);
}

int
command_employee_unbar(struct command_run *r)
{
	enum err e = employee_bar(&r->desk, str_of(r->argv[0]), false);

	return e == OK ? EXIT_GOOD : command_failed(r, e);
}

int
command_employee_role(struct command_run *r)
{
	enum err e = employee_role(&r->desk, str_of(r->argv[0]),
	    role_of(str_of(r->argv[1])));

	return e == OK ? EXIT_GOOD : command_failed(r, e);
}

int
command_employee_rename(struct command_run *r)
{
	enum err e = employee_rename(&r->desk, str_of(r->argv[0]),
	    str_of(r->name ? r->name : ""));

	return e == OK ? EXIT_GOOD : command_failed(r, e);
}

int
command_employee_list(struct command_run *r)
{
	struct q_employee_row_rows rows;
	enum err e;

	if ((e = employee_list(&r->desk, &rows)) != OK)
		return command_failed(r, e);
	for (size_t i = 0; i < rows.n; i++)
		printf("%.*s\t%.*s\t%s%s\n", STR_FMT(rows.v[i].login),
		    STR_FMT(rows.v[i].name),
		    role_name((enum role)rows.v[i].role),
		    rows.v[i].active ? "" : "\tbarred");
	return EXIT_GOOD;
}

int
command_token_create(struct command_run *r)
{
	struct str token;
	enum err e;

	e = token_create(&r->desk, str_of(r->argv[0]),
	    str_of(r->name ? r->name : "token"), &token);
	if (e != OK)
		return command_failed(r, e);
	printf("%s\n", token.p);
	return EXIT_GOOD;
}

int
command_token_revoke(struct command_run *r)
{
	enum err e = token_revoke(&r->desk, str_of(r->argv[0]),
	    str_of(r->name ? r->name : "token"));

	return e == OK ? EXIT_GOOD : command_failed(r, e);
}
