/*
 * Commands about what must not leave the house: the screen on lines of text,
 * and the employees' private numbers.
 */
#include "doors/command/command.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/phone.h"
#include "desk/confidential.h"
#include "desk/private_number.h"

/* "clean", or the kinds of what was found; a tab; the text. */
static void
verdict_print(const struct screen_hits *hits, struct str text)
{
	for (size_t i = 0; i < hits->n; i++)
		printf("%s%s", i ? "," : "",
		    screen_kind_name(hits->v[i].kind));
	printf("%s\t%.*s\n", hits->n ? "" : "clean", STR_FMT(text));
}

int
command_confidential(struct command_run *r)
{
	enum err e = OK;
	char *line = NULL;
	size_t room = 0;
	ssize_t n;

	while (e == OK && (n = getline(&line, &room, stdin)) >= 0) {
		struct str text = str_trim((struct str){line, (size_t)n});
		struct leaving l = {.text = text};
		struct screen_hits hits;

		if ((e = confidential_look(&r->desk, &l, &hits)) == OK)
			verdict_print(&hits, text);
	}
	free(line);
	return e == OK ? EXIT_GOOD : command_failed(r, e);
}

int
command_private_number_add(struct command_run *r)
{
	enum err e = private_number_add(&r->desk, str_of(r->argv[0]),
	    str_of(r->argv[1]));

	return e == OK ? EXIT_GOOD : command_failed(r, e);
}

int
command_private_number_remove(struct command_run *r)
{
	enum err e = private_number_remove(&r->desk, str_of(r->argv[0]),
	    str_of(r->argv[1]));

	return e == OK ? EXIT_GOOD : command_failed(r, e);
}

int
command_private_number_list(struct command_run *r)
{
	struct q_private_numbers_rows rows;
	enum err e;

	if ((e = private_number_list(&r->desk, &rows)) != OK)
		return command_failed(r, e);
	for (size_t i = 0; i < rows.n; i++)
		printf("%.*s\t%.*s\t%s\n", STR_FMT(rows.v[i].login),
		    STR_FMT(rows.v[i].name),
		    phone_show(r->mem, rows.v[i].e164,
			r->config.country_code.p).p);
	return EXIT_GOOD;
}
