/*
 * The configuration, as one table: key, what its value must be, who reads it,
 * where it goes, within which bounds. To add a key, add a field in config.h, a row
 * here, a line in the manual. Values never appear in complaints, since a database URL may hold
 * a password. What the instruction file says is not configuration: see the
 * instruction floor.
 */
#include "base/config.h"

#include <errno.h>
#include <stdlib.h>

#include "base/buf.h"
#include "base/calendar.h"
#include "base/duration.h"
#include "base/file.h"
#include "base/mem.h"
#include "base/text.h"

enum { TEXT_MAX = 200, PORT_MAX = 65535, LIST_MAX = 50 };

#define SECONDS(n) ((n) * 1000LL)
#define HOURS(n)   SECONDS((n) * 3600LL)
#define DAYS(n)    HOURS((n) * 24LL)

struct key {
	const char *name, *variable, *must;
	bool (*read)(const struct key *key, void *mem, struct str value,
	    void *field);
	size_t field;
	int64_t least, most; /* numbers and durations */
	bool list;           /* may be one in the file */
};

void
config_defaults(struct config *config)
{
	*config = (struct config){
	    .listen = {STR("127.0.0.1"), 8080},
	    .database = STR("sqlite:var/dienstweg.db"),
	    .time_zone = STR("Europe/Berlin"),
	    .country_code = STR("49"),
	    .company = STR("Dienstweg"),
	    .public_url = STR(""),
	    .instruction_file = STR(""),
	    .wording_file = STR(""),
	    .prices_file = STR(""),
	    .confidential_file = STR(""),
	    .synonyms_file = STR(""),
	    .session_ms = HOURS(12),
	    .log_level = LOG_INFO,
	    .clock_file = STR(""),
	    .crawl_every_ms = DAYS(1),
	    .crawl_pause_ms = 500,
	    .crawl_wait_ms = SECONDS(20),
	    .crawl_time_ms = HOURS(12),
	    .crawl_pages = 20000,
	    .crawl_depth = 20,
	    .crawl_megabytes = 10,
	    .smtp = STR(""),
	    .smtp_ca = STR(""),
	    .smtp_user = STR(""),
	    .smtp_secret = STR(""),
	    .smtp_wait_ms = SECONDS(60),
	    .mail_from = STR(""),
	    .demo_site = {STR(""), 0},
	};
}

/* Keeps a copy of a good value. */
static bool
keep(void *mem, struct str value, void *field)
{
	*(struct str *)field = str_copy(mem, value.p, value.n);
	return true;
}

/* Whether all bytes lie within one of the ranges, "azAZ09". */
static bool
is_made_of(struct str s, const char *ranges)
{
	for (size_t i = 0; i < s.n; i++) {
		const char *r = ranges;

		while (*r && (s.p[i] < r[0] || s.p[i] > r[1]))
			r += 2;
		if (!*r)
			return false;
	}
	return true;
}

static bool
listen_read(const struct key *key, void *mem, struct str value, void *field)
{
	const char *colon = value.n ? memrchr(value.p, ':', value.n) : NULL;
	struct config_listen *listen = field;
	struct str host, port;
	int64_t number;

	if (!colon)
		return false;
	host = (struct str){value.p, (size_t)(colon - value.p)};
	port = (struct str){colon + 1, value.n - host.n - 1};
	if (host.n > 2 && host.p[0] == '[' && host.p[host.n - 1] == ']')
		host = (struct str){host.p + 1, host.n - 2};
	else if (memchr(host.p, ':', host.n))
		return false;
	if (!host.n || !is_made_of(host, "azAZ09..--::") ||
	    !is_made_of(port, "09") || !str_to_i64(port, &number) ||
	    number > PORT_MAX)
		return false;
	listen->port = (int)number;
	return keep(mem, host, &listen->host);
}

static bool
database_read(const struct key *key, void *mem, struct str value, void *field)
{
	static const struct str heads[] = {{"sqlite:", 7},
	    {"postgresql://", 13}, {"postgres://", 11}};

	for (size_t i = 0; i < sizeof heads / sizeof *heads; i++)
		if (str_starts(value, heads[i]) && value.n > heads[i].n)
			return keep(mem, value, field);
	return false;
}

static bool
zone_read(const struct key *key, void *mem, struct str value, void *field)
{
	return calendar_zone_ok(value.p) && keep(mem, value, field);
}

static bool
country_read(const struct key *key, void *mem, struct str value, void *field)
{
	return value.n >= 1 && value.n <= 3 && value.p[0] != '0' &&
	    is_made_of(value, "09") && keep(mem, value, field);
}

static bool
text_read(const struct key *key, void *mem, struct str value, void *field)
{
	return value.n && text_length(value) <= TEXT_MAX &&
	    str_eq(value, text_line(mem, value)) && keep(mem, value, field);
}

/* The next line of a list, trimmed; false at the end. */
static bool
list_next(struct str *rest, struct str *out)
{
	while (str_take(rest, '\n', out))
		if ((*out = str_trim(*out)).n)
			return true;
	return false;
}

/* Keeps the lines if `good` holds for each. */
static bool
list_read(void *mem, struct str value, void *field, bool (*good)(struct str))
{
	struct config_list list = {mem_array(mem, struct str, LIST_MAX), 0};
	struct str line;

	while (list_next(&value, &line)) {
		if (list.n == LIST_MAX || !good(line))
			return false;
		list.v[list.n++] = str_copy(mem, line.p, line.n);
	}
	*(struct config_list *)field = list;
	return true;
}

/* What stands behind http:// or https://; "" if it does not begin so. */
static struct str
behind_scheme(struct str s)
{
	const struct str heads[] = {STR("http://"), STR("https://")};

	for (size_t i = 0; i < sizeof heads / sizeof *heads; i++)
		if (str_starts(s, heads[i]))
			return (struct str){s.p + heads[i].n, s.n - heads[i].n};
	return STR("");
}

static bool
is_site(struct str s)
{
	return behind_scheme(s).n && s.n <= TEXT_MAX && is_made_of(s, "!~");
}

static bool
is_host(struct str s)
{
	return s.n <= TEXT_MAX && is_made_of(s, "azAZ09..--__::[[]]");
}

static bool
sites_read(const struct key *key, void *mem, struct str value, void *field)
{
	return list_read(mem, value, field, is_site);
}

static bool
hosts_read(const struct key *key, void *mem, struct str value, void *field)
{
	return list_read(mem, value, field, is_host);
}

static bool
number_read(const struct key *key, void *mem, struct str value, void *field)
{
	int64_t number;

	if (!str_to_i64(value, &number) || number < key->least ||
	    number > key->most)
		return false;
	*(int64_t *)field = number;
	return true;
}

static bool
duration_read(const struct key *key, void *mem, struct str value, void *field)
{
	int64_t ms;

	if (!duration_parse(value, &ms) || ms < key->least || ms > key->most)
		return false;
	*(int64_t *)field = ms;
	return true;
}

static bool
url_read(const struct key *key, void *mem, struct str value, void *field)
{
	struct str rest;

	if (value.n == 0)
		return keep(mem, value, field);
	if (value.p[value.n - 1] == '/')
		value.n--;
	rest = behind_scheme(value);
	return rest.n && value.n <= TEXT_MAX &&
	    is_made_of(rest, "azAZ09--..__~~//::[[]]") &&
	    keep(mem, value, field);
}

static bool
smtp_read(const struct key *key, void *mem, struct str value, void *field)
{
	const struct str heads[] = {STR("smtp://"), STR("smtps://")};

	for (size_t i = 0; i < sizeof heads / sizeof *heads; i++) {
		struct str rest = {value.p + heads[i].n,
		    value.n - heads[i].n};

		if (str_starts(value, heads[i]) && rest.n &&
		    value.n <= TEXT_MAX &&
		    is_made_of(rest, "azAZ09--..__::[[]]"))
			return keep(mem, value, field);
	}
	return value.n == 0 && keep(mem, value, field);
}

static bool
tls_read(const struct key *key, void *mem, struct str value, void *field)
{
	*(bool *)field = str_is(value, "if-offered");
	return *(bool *)field || str_is(value, "always");
}

/* "Name <address>" or the address alone. */
static bool
sender_read(const struct key *key, void *mem, struct str value, void *field)
{
	const char *open = memchr(value.p, '<', value.n);
	struct str address = value;

	if (open && value.p[value.n - 1] == '>')
		address = (struct str){open + 1,
		    value.n - (size_t)(open - value.p) - 2};
	return text_length(value) <= TEXT_MAX &&
	    str_eq(value, text_line(mem, value)) &&
	    memchr(address.p, '@', address.n) > (void *)address.p &&
	    is_made_of(address, "azAZ09@@++--..__") &&
	    keep(mem, value, field);
}

static bool
level_read(const struct key *key, void *mem, struct str value, void *field)
{
	static const char *const names[] = {
	    [LOG_DEBUG] = "debug", "info", "warn", "error"};

	for (int i = LOG_DEBUG; i <= LOG_ERROR; i++) {
		if (str_is(value, names[i])) {
			*(enum log_level *)field = (enum log_level)i;
			return true;
		}
	}
	return false;
}

static const struct key keys[] = {
#define FIELD(name) .field = offsetof(struct config, name)
    {"listen", "DIENSTWEG_LISTEN",
	"must be an address and a port like \"127.0.0.1:8080\"", listen_read,
	FIELD(listen)},
    {"database", "DIENSTWEG_DATABASE",
	"must begin with \"sqlite:\" or \"postgresql://\"", database_read,
	FIELD(database)},
    {"time_zone", NULL, "must be a time zone like \"Europe/Berlin\"",
	zone_read, FIELD(time_zone)},
    {"country_code", NULL, "must be a calling code like \"49\"", country_read,
	FIELD(country_code)},
    {"company", NULL, "must be one line of at most 200 characters", text_read,
	FIELD(company)},
    {"public_url", NULL, "must be an address like \"https://desk.example\"",
	url_read, FIELD(public_url)},
    {"workers", NULL, "must be a number from 0 to 256", number_read,
	FIELD(workers), 0, 256},
    {"instruction", NULL, "must be the path of a file", text_read,
	FIELD(instruction_file)},
    {"wording", NULL, "must be the path of a file", text_read,
	FIELD(wording_file)},
    {"prices", NULL, "must be the path of a file", text_read,
	FIELD(prices_file)},
    {"confidential", NULL, "must be the path of a file", text_read,
	FIELD(confidential_file)},
    {"synonyms", NULL, "must be the path of a file", text_read,
	FIELD(synonyms_file)},
    {"smtp", "DIENSTWEG_SMTP",
	"must be a mail server like \"smtp://mail.example:587\"", smtp_read,
	FIELD(smtp)},
    {"smtp_tls", NULL, "must be always or if-offered", tls_read,
	FIELD(smtp_plain)},
    {"smtp_ca", NULL, "must be the path of a file", text_read,
	FIELD(smtp_ca)},
    {"smtp_user", NULL, "must be one line of at most 200 characters",
	text_read, FIELD(smtp_user)},
    {"smtp_secret", NULL, "must be the path of a file", text_read,
	FIELD(smtp_secret)},
    {"smtp_wait", NULL, "must be a duration from \"1s\" to \"5m\"",
	duration_read, FIELD(smtp_wait_ms), SECONDS(1), SECONDS(300)},
    {"mail_from", NULL,
	"must be a sender like \"Support <support@house.example>\"",
	sender_read, FIELD(mail_from)},
    {"session", NULL, "must be a duration from \"1m\" to \"90d\"",
	duration_read, FIELD(session_ms), SECONDS(60), DAYS(90)},
    {"log_level", NULL, "must be debug, info, warn or error", level_read,
	FIELD(log_level)},
    {"clock", "DIENSTWEG_CLOCK", "must be the path of a file", text_read,
	FIELD(clock_file)},
    {"sites", "DIENSTWEG_SITES",
	"must be a list of at most 50 addresses like \"https://www.example.de/\"",
	sites_read, FIELD(sites), .list = true},
    {"private_hosts", "DIENSTWEG_PRIVATE_HOSTS",
	"must be a list of at most 50 hosts like \"intranet.example\"",
	hosts_read, FIELD(private_hosts), .list = true},
    {"crawl_every", NULL,
	"must be a duration up to \"90d\", or \"0s\" for never",
	duration_read, FIELD(crawl_every_ms), 0, DAYS(90)},
    {"crawl_pause", "DIENSTWEG_CRAWL_PAUSE",
	"must be a duration from \"0s\" to \"1m\"", duration_read,
	FIELD(crawl_pause_ms), 0, SECONDS(60)},
    {"crawl_wait", "DIENSTWEG_CRAWL_WAIT",
	"must be a duration up to \"1m\"", duration_read,
	FIELD(crawl_wait_ms), 1, SECONDS(60)},
    {"crawl_time", NULL, "must be a duration from \"1s\" to \"7d\"",
	duration_read, FIELD(crawl_time_ms), SECONDS(1), DAYS(7)},
    {"crawl_pages", "DIENSTWEG_CRAWL_PAGES",
	"must be a number from 1 to 1000000", number_read, FIELD(crawl_pages),
	1, 1000000},
    {"crawl_depth", NULL, "must be a number from 1 to 30", number_read,
	FIELD(crawl_depth), 1, 30},
    {"crawl_megabytes", NULL, "must be a number from 1 to 500", number_read,
	FIELD(crawl_megabytes), 1, 500},
    {"demo_site", NULL,
	"must be an address and a port like \"127.0.0.1:8081\"", listen_read,
	FIELD(demo_site)},
#undef FIELD
};

enum { KEYS = sizeof keys / sizeof *keys };

static const struct key *
key_find(const char *name)
{
	for (size_t i = 0; i < KEYS; i++)
		if (strcmp(keys[i].name, name) == 0)
			return &keys[i];
	return NULL;
}

const char *
config_set(void *mem, struct config *config, const char *name,
    struct str value)
{
	const struct key *key = key_find(name);

	if (!key)
		return "is not known";
	return key->read(key, mem, value, (char *)config + key->field)
	    ? NULL
	    : key->must;
}

/* A list of single values as lines; NULL text if it is anything else. */
static struct str
list_lines(void *mem, const struct yaml *list)
{
	struct buf lines;

	buf_init(&lines, mem, YAML_BYTES_MAX);
	for (size_t i = 0; i < list->n; i++) {
		struct str item = list->item[i]->text;

		if (list->item[i]->kind != YAML_SCALAR ||
		    str_find(item, STR("\n")) >= 0)
			return (struct str){0};
		buf_str(&lines, item);
		buf_char(&lines, '\n');
	}
	return buf_get(&lines);
}

/* Reads one entry of the file; what the value must be, or NULL. */
static const char *
entry_read(void *mem, struct config *config, struct str name,
    const struct yaml *value)
{
	const struct key *key = key_find(name.p);
	struct str text = value->text;

	if (value->kind == YAML_LIST && key && key->list)
		text = list_lines(mem, value);
	else if (value->kind != YAML_SCALAR)
		text.p = NULL;
	return text.p ? config_set(mem, config, name.p, text)
		      : "must be a single value";
}

enum err
config_parse(void *mem, struct str source, struct complaints *c,
    struct config *config)
{
	size_t before = c->n;
	struct yaml *root;
	enum err e;

	if ((e = yaml_parse(mem, source, c, &root)) != OK)
		return e;
	if (root->kind == YAML_LIST || !str_empty(root->text))
		complain(c, root, "the file must be a list of \"key: value\"");
	for (size_t i = 0; root->kind == YAML_MAP && i < root->n; i++) {
		struct str key = root->key[i]->text;
		struct yaml *value = root->item[i];
		const char *must = entry_read(mem, config, key, value);

		if (must)
			complain(c, value, "%.*s: %s",
			    STR_FMT(text_excerpt(mem, key, 40)), must);
	}
	return c->n > before ? ERR_INVALID : OK;
}

/* The place of what no line of the file has said. */
static const struct yaml nowhere;

/* Takes over what the environment says. */
static void
environment_read(void *mem, struct complaints *c, struct config *config)
{
	for (size_t i = 0; i < KEYS; i++) {
		const char *variable = keys[i].variable;
		const char *value = variable ? getenv(variable) : NULL;
		const char *must = NULL;

		if (value && *value)
			must = config_set(
			    mem, config, keys[i].name, str_of(value));
		if (must)
			complain(c, &nowhere, "environment: %s %s",
			    variable, must);
	}
}

enum err
config_load(void *mem, const char *path, struct complaints *c,
    struct config *out)
{
	size_t before = c->n;
	struct str source;
	enum err e;

	config_defaults(out);
	if (path) {
		if ((e = file_read(mem, path, YAML_BYTES_MAX, &source)) != OK) {
			complain(c, &nowhere, "%s", strerror(errno));
			return e;
		}
		if ((e = config_parse(mem, source, c, out)) != OK)
			return e;
	}
	environment_read(mem, c, out);
	if (out->smtp.n && !out->mail_from.n)
		complain(c, &nowhere, "smtp: mail_from must say who writes");
	return c->n > before ? ERR_INVALID : OK;
}

const struct clock *
config_clock(void *mem, const struct config *config)
{
	if (str_empty(config->clock_file))
		return clock_system();
	log_warn("the clock is the file %s, which is for tests",
	    config->clock_file.p);
	return clock_file(mem, config->clock_file.p);
}
