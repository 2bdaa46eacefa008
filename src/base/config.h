#pragma once
/*
 * The configuration: a YAML file in which every key may be left out, then the
 * environment (DIENSTWEG_LISTEN, DIENSTWEG_DATABASE, DIENSTWEG_CLOCK), then
 * whatever main takes from the command line by config_set. Everything in it is
 * checked; texts are never NULL.
 */
#include <stdbool.h>
#include <stdint.h>

#include "base/clock.h"
#include "base/err.h"
#include "base/log.h"
#include "base/str.h"
#include "base/yaml.h"

struct config_listen {
	struct str host; /* "127.0.0.1", "::1" (without brackets), a name */
	int port;        /* 0: any free one */
};

struct config_list {
	struct str *v;
	size_t n;
};

struct config {
	struct config_listen listen;  /* listen: "127.0.0.1:8080" */
	struct str database;          /* database: "sqlite:var/dienstweg.db" */
	struct str time_zone;         /* time_zone: "Europe/Berlin" */
	struct str country_code;      /* country_code: "49" */
	struct str company;           /* company: "Dienstweg" */
	struct str public_url;        /* public_url: "", no slash at its end */
	int64_t workers;              /* workers: 0, let the program choose */
	struct str instruction_file;  /* instruction: "", the shipped one */
	struct str wording_file;      /* wording: "", the shipped one */
	struct str prices_file;       /* prices: "", the shipped list */
	struct str confidential_file; /* confidential: "", the shipped one */
	struct str synonyms_file;     /* synonyms: "", the shipped ones */
	int64_t session_ms;           /* session: "12h" */
	enum log_level log_level;     /* log_level: "info" */
	struct str clock_file;        /* clock: "", the machine's; for tests */
	struct config_list sites;     /* sites: [], where the crawl begins */
	struct config_list private_hosts; /* private_hosts: [], may be reached */
	int64_t crawl_every_ms;       /* crawl_every: "1d"; 0: only when asked */
	int64_t crawl_pause_ms;       /* crawl_pause: "500ms", for each host */
	int64_t crawl_wait_ms;        /* crawl_wait: "20s", for one address */
	int64_t crawl_time_ms;        /* crawl_time: "12h", for one crawl */
	int64_t crawl_pages;          /* crawl_pages: 20000, in one crawl */
	int64_t crawl_depth;          /* crawl_depth: 20, links from the start */
	int64_t crawl_megabytes;      /* crawl_megabytes: 10, for one address */
	struct str smtp;              /* smtp: "", no mail is sent;
	                                 "smtp://mail.example:587" */
	bool smtp_plain;              /* smtp_tls: "always" or "if-offered" */
	struct str smtp_ca;           /* smtp_ca: "", the system's */
	struct str smtp_user;         /* smtp_user: "", without signing in */
	struct str smtp_secret;       /* smtp_secret: the password's file */
	int64_t smtp_wait_ms;         /* smtp_wait: "60s", for one mail */
	struct str mail_from;         /* mail_from: "Name <a@house.example>" */
	struct config_listen demo_site; /* demo_site: "", shows the demo
	                                   company's website there */
};

/* What holds where nothing is said. The texts are literals. */
void config_defaults(struct config *config);

/* Reads the source over what `config` holds; values are owned by `mem`.
 * ERR_INVALID: `c` says where and why, `config` is half-read. */
MUST_CHECK enum err config_parse(void *mem, struct str source,
    struct complaints *c, struct config *config);

/* Defaults, then the file at `path` (NULL: none), then the environment. `c` has
 * been made for that file. ERR_NOT_FOUND if the file cannot be opened,
 * ERR_INVALID and the like otherwise; `c` says why each time. */
MUST_CHECK enum err config_load(void *mem, const char *path,
    struct complaints *c, struct config *out);

/* Sets one value by its key, as a flag of the command line does; a list's
 * values stand one a line. Returns NULL, or what the value must be ("must be
 * ..."), or "is not known". */
MUST_CHECK const char *config_set(void *mem, struct config *config,
    const char *name, struct str value);

/* The clock that the configuration asks for; warns in the log if it is not the
 * machine's. */
const struct clock *config_clock(void *mem, const struct config *config);
