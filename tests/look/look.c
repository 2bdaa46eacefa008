/*
 * Renders the sample pages of the look, for eyes and for the accessibility
 * test: look PAGE LANGUAGE THEME writes one page to stdout. Not part of the
 * product; tests/look/shoot.mjs takes pictures of it.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <talloc.h>

#include "look.h"
#include "look_views.h"

static const int64_t NOON = 1795604400000;

static struct frame
sample_frame(enum lang lang, const char *theme)
{
	return (struct frame){
	    .title =
		lang == LANG_DE ? STR("Anruf 10443-7") : STR("Call 10443-7"),
	    .employee = STR("Sabine Brandt"),
	    .signed_in = true,
	    .lang = lang,
	    .now_ms = NOON,
	    .theme = str_of(theme),
	    .area = STR("queue"),
	    .unanswered = 7,
	    .path = STR("/queue"),
	};
}

static void
signin_sample(struct buf *b, struct frame frame)
{
	const struct demo_login seats[] = {
	    {STR("brandt"), STR("Sabine Brandt"), STR("Agent"), STR("x")},
	    {STR("kaiser"), STR("Mehmet Kaiser"), STR("Supervisor"), STR("x")},
	};
	struct signin_view v = {
	    .frame = frame,
	    .login = STR("brand"),
	    .error =
		frame.lang == LANG_DE
		    ? STR("Benutzername und Passwort passen nicht zusammen.")
		    : STR("User name and password do not match."),
	    .next = STR("/"),
	    .demo = {seats, sizeof seats / sizeof *seats},
	};

	v.frame.signed_in = false;
	view_signin(b, frame.lang, &v);
}

static void
error_sample(struct buf *b, struct frame frame)
{
	const struct str items[] = {STR("T-2041"),
	    STR("Tischlerei Arndt GmbH")};
	struct error_view v = {
	    .frame = frame,
	    .status = 404,
	    .title = frame.lang == LANG_DE ? STR("Das gibt es hier nicht.")
					   : STR("There is no such thing."),
	    .text = frame.lang == LANG_DE
			? STR("Vielleicht wurde es inzwischen entfernt.")
			: STR("Perhaps it was removed meanwhile."),
	    .items = {items, 2},
	    .request = STR("7f3a91"),
	};

	view_error(b, frame.lang, &v);
}

int
main(int argc, char **argv)
{
	void *mem = talloc_new(NULL);
	struct look_view v = {.elapsed_ms = 134000,
	    .now_ms = NOON,
	    .recent_ms = NOON - 8000};
	enum lang lang = LANG_DE;
	struct buf b;
	struct str page;

	if (argc != 4 || !lang_of(str_of(argv[2]), &lang)) {
		fputs("usage: look call|over|parts|signin|error de|en "
		      "light|dark|auto\n",
		    stderr);
		return 2;
	}
	buf_init(&b, mem, 1 << 20);
	v.frame = sample_frame(lang, argv[3]);
	if (!strcmp(argv[1], "over"))
		v.elapsed_ms = 307000;
	if (!strcmp(argv[1], "parts")) {
		v.frame.flash =
		    lang == LANG_DE ? STR("Gespeichert.") : STR("Saved.");
		view_look_parts(&b, lang, &v);
	} else if (!strcmp(argv[1], "signin")) {
		signin_sample(&b, v.frame);
	} else if (!strcmp(argv[1], "error")) {
		error_sample(&b, v.frame);
	} else {
		v.frame.open_call = 1;
		view_look_call(&b, lang, &v);
	}
	page = buf_get(&b);
	fwrite(page.p, 1, page.n, stdout);
	talloc_free(mem);
	return 0;
}
