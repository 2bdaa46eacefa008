/*
 * Bringing an instruction into force from the command line. What the file must
 * be is the desk's matter (desk/instruction_version.c); commands that only look
 * at a file are in command_instruction.c.
 */
#include "doors/command/command.h"

#include <stdio.h>

#include "desk/instruction_version.h"

int
command_instruction_load(struct command_run *r)
{
	struct version_form form = {.note = str_of(r->note ? r->note : "")};
	struct complaints c;
	int64_t number;
	enum err e;

	if (!command_read(r, r->argv[0], VERSION_BYTES_MOST, &form.source))
		return EXIT_NO;
	complaints_init(&c, r->mem, r->argv[0]);
	e = version_activate(&r->desk, &form, &c, &number);
	if (c.n)
		fputs(complaints_text(r->mem, &c).p, stderr);
	if (e != OK)
		return command_failed(r, e);
	printf("version %lld is in force\n", (long long)number);
	return EXIT_GOOD;
}
