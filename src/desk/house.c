/*
 * The running house. The list of loaded instruction versions and the drawings
 * (chart.c) are all in it that changes, each under its lock; a version is never
 * unloaded, because a running call may hold on to it. There are as many as
 * people wrote, few.
 */
#include "desk/house.h"

#include <errno.h>
#include <pthread.h>

#include "base/file.h"
#include "base/log.h"
#include "base/mem.h"
#include "base/secret.h"
#include "desk/chart.h"
#include "desk/instruction_version.h"
#include "desk/shipped.h"
#include "instruction/prove.h"
#include "store/queries.h"

struct version {
	struct version *next;
	int64_t id;             /* of the text */
	struct instruction *instruction;
};

struct versions {
	pthread_mutex_t lock;
	struct version *first;  /* the newest loaded first */
};

static struct version *
version_find(struct versions *v, int64_t id)
{
	struct version *found;

	pthread_mutex_lock(&v->lock);
	for (found = v->first; found; found = found->next)
		if (found->id == id)
			break;
	pthread_mutex_unlock(&v->lock);
	return found;
}

/* Loads a version; what the database has was proved when it came. Loads outside
 * the lock; if two threads do so at once, one copy is in vain. Each version is a
 * talloc tree of its own, so threads share no parent. */
static enum err
version_load(struct versions *v, int64_t id, struct str source,
    struct version **out)
{
	struct version *n = mem_new(NULL, struct version);
	struct complaints c;
	enum err e;

	complaints_init(&c, n, "instruction");
	n->id = id;
	if ((e = instruction_load(n, source, &c, &n->instruction)) != OK) {
		talloc_free(n);
		return e;
	}
	pthread_mutex_lock(&v->lock);
	n->next = v->first;
	v->first = n;
	pthread_mutex_unlock(&v->lock);
	*out = n;
	return OK;
}

/* A configured file, or the one that ships with the program when none is. */
static enum err
source_read(void *mem, struct str file, struct str shipped, struct str *out,
    struct str *why)
{
	enum err e = OK;

	*out = shipped;
	if (!str_empty(file) &&
	    (e = file_read(mem, file.p, YAML_BYTES_MAX, out)) != OK)
		*why = str_printf(mem, "%s: %s", file.p,
		    e == ERR_TOO_LARGE ? "too large" : strerror(errno));
	return e;
}

static const char *
source_name(struct str file, const char *shipped)
{
	return str_empty(file) ? shipped : file.p;
}

static enum err
wording_take(struct house *h, struct str source, struct complaints *c)
{
	struct wording_rules *wording;
	enum err e = wording_load(h, source, c, &wording);

	if (e == OK)
		h->wording = wording;
	return e;
}

static enum err
prices_take(struct house *h, struct str source, struct complaints *c)
{
	struct prices *prices;
	enum err e = prices_load(h, source, c, &prices);

	if (e == OK)
		h->prices = prices;
	return e;
}

static enum err
screen_take(struct house *h, struct str source, struct complaints *c)
{
	struct screen_rules *screen;
	enum err e = screen_load(h, source, c, &screen);

	if (e == OK)
		h->screen = screen;
	return e;
}

static enum err
synonyms_take(struct house *h, struct str source, struct complaints *c)
{
	struct kin *synonyms;
	enum err e = kin_load(h, source, c, &synonyms);

	if (e == OK)
		h->synonyms = synonyms;
	return e;
}

/* Rules that are read once: from the configured file or the shipped one. */
struct rules {
	const char *shipped_name;
	struct str file, shipped;
	enum err (*take)(struct house *h, struct str source,
	    struct complaints *c);
};

static enum err
rules_read(struct house *h, void *mem, const struct rules *r, struct str *why)
{
	struct complaints c;
	struct str source;
	enum err e;

	if ((e = source_read(mem, r->file, r->shipped, &source, why)) != OK)
		return e;
	complaints_init(&c, mem, source_name(r->file, r->shipped_name));
	if ((e = r->take(h, source, &c)) != OK)
		*why = complaints_text(mem, &c);
	return e;
}

static enum err
rules_read_all(struct house *h, void *mem, struct str *why)
{
	const struct config *c = h->config;
	const struct rules rules[] = {
	    {"wording.yaml", c->wording_file, shipped_wording(), wording_take},
	    {"prices.yaml", c->prices_file, shipped_prices(), prices_take},
	    {"confidential.yaml", c->confidential_file,
		shipped_confidential(), screen_take},
	    {"synonyms.yaml", c->synonyms_file, shipped_synonyms(),
		synonyms_take},
	};
	enum err e = OK;

	for (size_t i = 0; e == OK && i < sizeof rules / sizeof *rules; i++)
		e = rules_read(h, mem, &rules[i], why);
	return e;
}

enum err
house_open(void *mem, const struct config *config, const struct clock *clock,
    struct house **out, struct str *why)
{
	const struct store_options options = {.busy_ms = 10000,
	    .may_create = true};
	struct house *h = mem_new(NULL, struct house);
	int applied;
	enum err e;

	h->config = config;
	h->clock = clock;
	h->versions = mem_new(h, struct versions);
	pthread_mutex_init(&h->versions->lock, NULL);
	h->charts = charts_new(h);
	if ((e = rules_read_all(h, mem, why)) != OK ||
	    (e = store_open(config->database.p, &options, &h->store, why,
		 mem)) != OK ||
	    (e = store_migrate(h->store, &applied, why, mem)) != OK) {
		house_close(h);
		return e;
	}
	if (applied)
		log_info("database: %d migrations applied", applied);
	*out = h;
	return OK;
}

void
house_close(struct house *h)
{
	struct version *v;

	if (!h)
		return;
	while ((v = h->versions->first)) {
		h->versions->first = v->next;
		talloc_free(v);
	}
	pthread_mutex_destroy(&h->versions->lock);
	charts_free(h->charts);
	if (h->store)
		store_close(h->store);
	talloc_free(h);
}

/* Brings the configured file, or without one the shipped instruction, into
 * force. */
static enum err
outside_install(struct desk *d, struct str source, struct str *why)
{
	struct str file = d->house->config->instruction_file;
	struct complaints c;
	int64_t number;
	enum err e;

	complaints_init(&c, d->cx->mem,
	    source_name(file, "phone-support.yaml"));
	e = version_install(d,
	    str_empty(file) ? VERSION_SHIPPED : VERSION_FILE, source, &c,
	    &number);
	if (e == OK)
		log_info("instruction: version %lld is in force, from %s",
		    (long long)number, c.file);
	else if (e == ERR_INVALID)
		*why = complaints_text(d->cx->mem, &c);
	else
		*why = STR("the instruction cannot be kept in the database");
	return e;
}

/* Whether what stands outside has changed since it was in force. A file does
 * not come back by itself over what a person has brought into force after it,
 * and the shipped text never takes the place of a house's own. */
static enum err
outside_is_new(struct desk *d, struct str source, bool *out)
{
	bool shipped = str_empty(d->house->config->instruction_file);
	struct str last = {0};
	struct q_version_in_force now;
	enum err e;

	e = q_version_in_force(d->db, d->cx->mem, &now);
	*out = e == ERR_NOT_FOUND;
	if (e != OK)
		return e == ERR_NOT_FOUND ? OK : e;
	if (shipped && now.origin != VERSION_SHIPPED)
		return OK;
	e = q_version_digest_but(d->db, d->cx->mem, VERSION_PERSON, &last);
	if (e != OK && e != ERR_NOT_FOUND)
		return e;
	*out = !str_eq(last, secret_digest(d->cx->mem, source));
	return OK;
}

enum err
house_load(struct desk *d, struct str *why)
{
	struct q_version_in_force now;
	struct str source;
	enum err e;

	e = q_version_in_force(d->db, d->cx->mem, &now);
	if (e == ERR_NOT_FOUND &&
	    (e = source_read(d->cx->mem, d->house->config->instruction_file,
		 shipped_instruction(), &source, why)) == OK)
		return outside_install(d, source, why);
	if (e != OK && str_empty(*why))
		*why = STR("the instruction cannot be read from the database");
	return e;
}

/* The version in force can be read and is still proved: a newer program may
 * ask for more than the one that it was proved by. */
static enum err
in_force_prove(struct desk *d, struct str *why)
{
	const struct instruction *ins;
	struct complaints c;
	int64_t id;
	enum err e;

	complaints_init(&c, d->cx->mem, "the instruction in force");
	if ((e = house_in_force(d, &id, &ins)) != OK)
		*why = STR("the instruction in force cannot be read");
	else if ((e = instruction_prove(ins, &c, NULL)) != OK)
		*why = complaints_text(d->cx->mem, &c);
	return e;
}

enum err
house_renew(struct desk *d, struct str *why)
{
	struct str file = d->house->config->instruction_file, source;
	bool fresh = false;
	enum err e;

	if ((e = source_read(d->cx->mem, file, shipped_instruction(), &source,
		 why)) != OK)
		return e;
	for (int tries = 0; tries < 3; tries++) {
		if ((e = outside_is_new(d, source, &fresh)) == OK && fresh)
			e = outside_install(d, source, why);
		if (e != ERR_BUSY)
			break; /* another node was at it: look again */
	}
	if (e != OK) {
		if (str_empty(*why))
			*why = STR("the database does not answer");
		return e;
	}
	return in_force_prove(d, why);
}

enum err
house_in_force(struct desk *d, int64_t *out_id, const struct instruction **out)
{
	struct q_version_in_force now;
	enum err e;

	if ((e = q_version_in_force(d->db, d->cx->mem, &now)) != OK ||
	    (e = house_instruction(d, now.instruction_id, out)) != OK)
		return e;
	*out_id = now.instruction_id;
	return OK;
}

enum err
house_instruction_if_readable(struct desk *d, int64_t id,
    const struct instruction **out)
{
	struct version *v = version_find(d->house->versions, id);
	struct str source;
	enum err e;

	if (!v) {
		if ((e = q_instruction_source(d->db, d->cx->mem, id,
			 &source)) != OK)
			return e;
		if (version_load(d->house->versions, id, source, &v) != OK)
			v = NULL;
	}
	*out = v ? v->instruction : NULL;
	return OK;
}

enum err
house_instruction(struct desk *d, int64_t id, const struct instruction **out)
{
	enum err e = house_instruction_if_readable(d, id, out);

	if (e == OK && !*out)
		return fail(d->cx, ERR_INTERNAL, "",
		    N_("This version of the instruction cannot be read any "
		       "more."));
	return e;
}
