/*
 * The command line: finding the command, its flags, the configuration, the
 * house. What each command does is in the files beside this one.
 */
#include "doors/command/command.h"

#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "base/calendar.h"
#include "base/file.h"
#include "base/mem.h"
#include "base/secret.h"

enum { FLAG_CONFIG = 1, FLAG_DATABASE, FLAG_LISTEN, FLAG_JSON, FLAG_NAME,
	FLAG_ROLE, FLAG_NOTE, FLAG_LANG, FLAG_HELP, FLAG_VERSION,
	FLAG_DEMO_SITE };

static const struct option flags[] = {
    {"config", required_argument, NULL, FLAG_CONFIG},
    {"database", required_argument, NULL, FLAG_DATABASE},
    {"listen", required_argument, NULL, FLAG_LISTEN},
    {"demo-site", required_argument, NULL, FLAG_DEMO_SITE},
    {"json", no_argument, NULL, FLAG_JSON},
    {"name", required_argument, NULL, FLAG_NAME},
    {"role", required_argument, NULL, FLAG_ROLE},
    {"note", required_argument, NULL, FLAG_NOTE},
    {"lang", required_argument, NULL, FLAG_LANG},
    {"help", no_argument, NULL, FLAG_HELP},
    {"version", no_argument, NULL, FLAG_VERSION},
    {0},
};

/* What the flags said, before the configuration is read. */
struct flags_read {
	const char *config, *database, *listen, *demo_site;
	bool help, version;
};

static void
usage(const struct command *table, FILE *to)
{
	fputs("usage: dienstweg COMMAND [FLAGS]\n\n", to);
	for (const struct command *c = table; c->words; c++)
		fprintf(to, "  %-20s %-20s %s\n", c->words, c->arguments,
		    c->about);
	fputs("\n  --config FILE    configuration (YAML)\n"
	      "  --database URL   sqlite:PATH or postgresql://…\n"
	      "  --listen ADDR    127.0.0.1:8080\n"
	      "  --demo-site ADDR where the demo company's website is shown\n"
	      "  --json           answers for machines\n",
	    to);
}

/* Everybody on the machine can read a command line, and this one may hold a
 * password. */
static const char *
argument_take(void *mem, char *value)
{
	const char *kept = str_dup(mem, str_of(value)).p;

	if (!str_starts(str_of(kept), STR("sqlite:")))
		memset(value, '*', strlen(value));
	return kept;
}

/* Says what is wrong with the command line, without burying it under the list
 * of all commands. */
static void refuse(const char *format, ...) PRINTF_LIKE(1, 2);

static void
refuse(const char *format, ...)
{
	va_list ap;

	va_start(ap, format);
	fputs("dienstweg: ", stderr);
	vfprintf(stderr, format, ap);
	fputs("; dienstweg --help lists what there is\n", stderr);
	va_end(ap);
}

/* Whether the flag before it was given no value, and took the next flag for
 * one. "--note=--x" is a value all the same. */
static bool
is_flag(const char *value, const char *word)
{
	return value && value == word && str_starts(str_of(value), STR("--"));
}

static bool
flags_parse(struct command_run *r, int argc, char **argv,
    struct flags_read *out)
{
	int flag, at = 0;

	opterr = 0;
	while ((flag = getopt_long(argc, argv, ":", flags, &at)) != -1) {
		if (flag == ':' || is_flag(optarg, argv[optind - 1])) {
			refuse("%s needs a value",
			    argv[optind - (flag == ':' ? 1 : 2)]);
			return false;
		}
		switch (flag) {
		case FLAG_CONFIG:
			out->config = optarg;
			break;
		case FLAG_DATABASE:
			out->database = argument_take(r->mem, optarg);
			break;
		case FLAG_LISTEN:
			out->listen = optarg;
			break;
		case FLAG_DEMO_SITE:
			out->demo_site = optarg;
			break;
		case FLAG_JSON:
			r->json = true;
			break;
		case FLAG_NAME:
			r->name = optarg;
			break;
		case FLAG_ROLE:
			r->role = optarg;
			break;
		case FLAG_NOTE:
			r->note = optarg;
			break;
		case FLAG_LANG:
			if (!lang_of(str_of(optarg), &r->lang)) {
				refuse("--lang must be de or en");
				return false;
			}
			break;
		case FLAG_HELP:
			out->help = true;
			break;
		case FLAG_VERSION:
			out->version = true;
			break;
		default:
			refuse("%s is no flag here", argv[optind - 1]);
			return false;
		}
	}
	r->argc = argc - optind;
	r->argv = argv + optind;
	return true;
}

/* How many of the arguments are the command's words; 0 if it is another. */
static int
words_match(const char *words, int argc, char **argv)
{
	char copy[64], *word, *rest = copy;
	int n = 0;

	snprintf(copy, sizeof copy, "%s", words);
	while ((word = strsep(&rest, " ")))
		if (n >= argc || strcmp(word, argv[n++]) != 0)
			return 0;
	return n;
}

static const struct command *
command_find(const struct command *table, struct command_run *r)
{
	for (const struct command *c = table; c->words; c++) {
		int n = words_match(c->words, r->argc, r->argv);

		if (n) {
			r->argc -= n;
			r->argv += n;
			return c;
		}
	}
	return NULL;
}

/* The command, if it was given as many arguments as it takes; NULL (said) if
 * not. */
static const struct command *
command_take(const struct command *table, struct command_run *r)
{
	const struct command *c = NULL;

	if (r->argc == 0)
		usage(table, stderr);
	else if (!(c = command_find(table, r)))
		refuse("there is no such command");
	else if (r->argc >= c->least && r->argc <= c->most)
		return c;
	else
		refuse("usage: dienstweg %s%s%s [FLAGS]", c->words,
		    *c->arguments ? " " : "", c->arguments);
	return NULL;
}

static bool
config_flag(struct command_run *r, const char *key, const char *value)
{
	const char *why;

	if (!value)
		return true;
	why = config_set(r->mem, &r->config, key, str_of(value));
	if (why)
		fprintf(stderr, "dienstweg: --%s %s\n", key, why);
	return !why;
}

static bool
config_read(struct command_run *r, const struct flags_read *f)
{
	struct complaints c;

	complaints_init(&c, r->mem, f->config ? f->config : "dienstweg");
	if (config_load(r->mem, f->config, &c, &r->config) != OK) {
		fputs(complaints_text(r->mem, &c).p, stderr);
		return false;
	}
	if (!config_flag(r, "database", f->database) ||
	    !config_flag(r, "listen", f->listen) ||
	    !config_flag(r, "demo_site", f->demo_site))
		return false;
	log_level_set(r->config.log_level);
	return calendar_zone_set(r->config.time_zone.p);
}

static enum err
house_begin(struct command_run *r, const struct clock *clock, struct str *why)
{
	enum err e = house_open(r->mem, &r->config, clock, &r->house, why);

	if (e != OK)
		return e;
	r->desk = (struct desk){
	    .cx = &r->cx,
	    .db = store_connect(r->house->store),
	    .house = r->house,
	    .actor = {.role = ROLE_ADMIN, .door = DOOR_COMMAND}};
	return house_load(&r->desk, why);
}

static int
command_run(const struct command *c, struct command_run *r)
{
	const struct clock *clock = config_clock(r->mem, &r->config);
	struct str why = STR("");
	int code = EXIT_NO;

	r->cx = (struct cx){.mem = r->mem, .lang = LANG_EN, .id = c->words,
	    .now_ms = clock_now_ms(clock)};
	if (!c->needs_house)
		return c->run(r);
	if (house_begin(r, clock, &why) == OK)
		code = c->run(r);
	else
		fprintf(stderr, "dienstweg: %s\n", why.p);
	if (r->desk.db)
		store_disconnect(r->desk.db);
	house_close(r->house);
	return code;
}

int
command_main(const struct command *table, int argc, char **argv)
{
	struct command_run r = {.mem = talloc_new(NULL)};
	struct flags_read f = {0};
	const struct command *c;
	int code = EXIT_USAGE;

	secret_init();
	if (!flags_parse(&r, argc, argv, &f)) {
		talloc_free(r.mem);
		return EXIT_USAGE;
	}
	if (f.help || f.version) {
		if (f.help)
			usage(table, stdout);
		else
			puts("dienstweg " DIENSTWEG_VERSION);
		code = EXIT_GOOD;
	} else if ((c = command_take(table, &r)) && config_read(&r, &f)) {
		code = command_run(c, &r);
	}
	talloc_free(r.mem);
	return code;
}

int
command_failed(struct command_run *r, enum err e)
{
	const struct fault *f = &r->cx.fault;

	for (size_t i = 0; i < f->n; i++)
		fprintf(stderr, "dienstweg: %s%s%s\n", f->item[i].field,
		    *f->item[i].field ? ": " : "", f->item[i].text);
	if (f->n == 0)
		fprintf(stderr, "dienstweg: %s: %s\n", err_name(e),
		    r->desk.db ? db_why(r->desk.db) : "");
	return EXIT_NO;
}

bool
command_read(struct command_run *r, const char *path, size_t max,
    struct str *out)
{
	enum err e;

	if (strcmp(path, "-") == 0)
		e = file_read_stream(r->mem, stdin, max, out);
	else
		e = file_read(r->mem, path, max, out);
	if (e != OK)
		fprintf(stderr, "dienstweg: %s: cannot be read (%s)\n", path,
		    strerror(errno));
	return e == OK;
}

struct str
command_words(struct command_run *r)
{
	struct str words = STR("");

	for (int i = 0; i < r->argc; i++)
		words = str_printf(r->mem, "%.*s%s%s", STR_FMT(words),
		    i ? " " : "", r->argv[i]);
	return words;
}
