/*
 * dienstweg: a telephone-first support desk. This file is the list of what the
 * program can do; ARCHITECTURE.md is the map of how.
 */
#include <stdio.h>

#include "doors/command/command.h"
#include "serve.h"

static int
command_serve(struct command_run *r)
{
	struct str why = STR("");

	if (house_renew(&r->desk, &why) == OK)
		return serve(r->house);
	fprintf(stderr, "dienstweg: %s\n", why.p);
	return EXIT_NO;
}

int
main(int argc, char **argv)
{
	static const struct command commands[] = {
	    {"serve", "", "serve the desk over HTTP", 0, 0, true,
		command_serve},
	    {"demo", "", "fill an empty database with a demo company", 0, 0,
		true, command_demo},
	    {"migrate", "", "bring the database's schema up to date", 0, 0,
		true, command_migrate},
	    {"instruction check", "FILE", "prove an instruction", 1, 1, false,
		command_instruction_check},
	    {"instruction paths", "FILE", "list every way through it", 1, 1,
		false, command_instruction_paths},
	    {"instruction draw", "FILE", "--lang de|en; its flow chart, SVG on "
		"standard output", 1, 1, false, command_instruction_draw},
	    {"instruction load", "FILE", "--note TEXT; bring it into force", 1,
		1, true, command_instruction_load},
	    {"wording", "", "judge the questions on standard input", 0, 0,
		false, command_wording},
	    {"customer import", "FILE.csv", "import customers, all or none", 1,
		1, true, command_customer_import},
	    {"answers search", "WORDS", "find answers as the call page does", 1,
		20, true, command_answers_search},
	    {"customer search", "WORDS", "find customers", 1, 20, true,
		command_customer_search},
	    {"employee add", "LOGIN", "--name NAME --role agent|supervisor|"
		"admin; password on standard input", 1, 1, true,
		command_employee_add},
	    {"employee password", "LOGIN", "a new one, on standard input", 1, 1,
		true, command_employee_password},
	    {"employee bar", "LOGIN", "no more sign-ins, sessions end", 1, 1,
		true, command_employee_bar},
	    {"employee unbar", "LOGIN", "let in again", 1, 1, true,
		command_employee_unbar},
	    {"employee role", "LOGIN agent|supervisor|admin",
		"what the employee may do", 2, 2, true, command_employee_role},
	    {"employee rename", "LOGIN --name NAME", "another name", 1, 1, true,
		command_employee_rename},
	    {"employee list", "", "list the employees", 0, 0, true,
		command_employee_list},
	    {"token create", "LOGIN", "--name NAME; a token for the API", 1, 1,
		true, command_token_create},
	    {"token revoke", "LOGIN", "--name NAME; worth nothing any more", 1,
		1, true, command_token_revoke},
	    {0},
	};

	return command_main(commands, argc, argv);
}
