/*
 * dienstweg: a telephone-first support desk. This file is the list of what the
 * program can do; ARCHITECTURE.md is the map of how.
 */
#include <stdio.h>

#include "base/log.h"
#include "demo_site.h"
#include "desk/demo.h"
#include "doors/command/command.h"
#include "serve.h"

static int
command_serve(struct command_run *r)
{
	struct http_server *site = NULL;
	struct str why = STR("");
	int code;

	serve_prepare();
	if (house_renew(&r->desk, &why) != OK) {
		fprintf(stderr, "dienstweg: %s\n", why.p);
		return EXIT_NO;
	}
	if (demo_is(&r->desk) &&
	    demo_site_start(&r->config, r->mem, &site, &why) != OK)
		log_warn("the demo company's website: %s", why.p);
	if (site)
		printf("the demo company's website is on http://%.*s:%d\n",
		    STR_FMT(r->config.demo_site.host), http_port(site));
	code = serve(r->house);
	http_stop(site);
	return code;
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
	    {"confidential", "", "screen the texts on standard input", 0, 0,
		true, command_confidential},
	    {"customer import", "FILE.csv", "import customers, all or none", 1,
		1, true, command_customer_import},
	    {"customer search", "WORDS", "find customers", 1, 20, true,
		command_customer_search},
	    {"answers search", "WORDS", "find answers as the call page does", 1,
		20, true, command_answers_search},
	    {"answers crawl", "[URL]", "read the website now", 0, 1, true,
		command_answers_crawl},
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
	    {"employee private-number add", "LOGIN NUMBER",
		"is given to nobody from now on", 2, 2, true,
		command_private_number_add},
	    {"employee private-number remove", "LOGIN NUMBER",
		"may be given again", 2, 2, true,
		command_private_number_remove},
	    {"employee private-number list", "", "list the private numbers", 0,
		0, true, command_private_number_list},
	    {"token create", "LOGIN", "--name NAME; a token for the API", 1, 1,
		true, command_token_create},
	    {"token revoke", "LOGIN", "--name NAME; worth nothing any more", 1,
		1, true, command_token_revoke},
	    {0},
	};

	return command_main(commands, argc, argv);
}
