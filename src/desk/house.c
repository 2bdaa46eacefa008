/*
 * The running house. The list of loaded instruction versions is the only thing
 * in it that changes, under its lock; a version is never unloaded, because a
 * running call may hold on to it. There are as many as people wrote, few.
 */
#include "desk/house.h"

#include <errno.h>
#include <pthread.h>

#include "base/file.h"
#include "base/log.h"
#include "base/mem.h"
#include "base/secret.h"
#include "desk/event.h"
#include "desk/shipped.h"
#include "instruction/prove.h"
#include "store/queries.h"

struct version {
	struct version *next;
	int64_t id;
	struct instruction *instruction;
};

struct versions {
	pthread_mutex_t lock;
	struct version *first;  /* the newest loaded first */
	const struct version *current;
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

/* Loads a version, and proves it where it is new (id 0): what the database
 * has was proved when it came. Loads outside the lock; if two threads do so at once, one copy is in vain.
 * Each version is a talloc tree of its own, so threads share no parent. */
static enum err
version_load(struct versions *v, int64_t id, const char *file,
    struct str source, struct str *why, void *why_mem, struct version **out)
{
	struct version *n = mem_new(NULL, struct version);
	struct complaints c;
	enum err e;

	complaints_init(&c, n, file);
	n->id = id;
	e = instruction_load(n, source, &c, &n->instruction);
	if (e == OK && id == 0)
		e = instruction_prove(n->instruction, &c, NULL);
	if (e != OK) {
		*why = complaints_text(why_mem, &c);
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
wording_read(struct house *h, void *mem, struct str *why)
{
	struct str file = h->config->wording_file;
	struct complaints c;
	struct wording_rules *rules;
	struct str source;
	enum err e;

	if ((e = source_read(mem, file, shipped_wording(), &source, why)) != OK)
		return e;
	complaints_init(&c, mem, source_name(file, "wording.yaml"));
	if ((e = wording_load(h, source, &c, &rules)) != OK)
		*why = complaints_text(mem, &c);
	else
		h->wording = rules;
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
	if ((e = wording_read(h, mem, why)) != OK ||
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
	if (h->store)
		store_close(h->store);
	talloc_free(h);
}

/* The id of this source in the database, added if it is new. */
static enum err
version_keep(struct desk *d, struct str name, struct str source,
    int64_t *out_id)
{
	struct str digest = secret_digest(d->cx->mem, source);
	struct event ev;
	DB_TX tx = {0};
	enum err e;

	if ((e = db_begin(d->db, &tx)) != OK)
		return e;
	e = q_instruction_find(tx.db, d->cx->mem, digest, out_id);
	if (e != ERR_NOT_FOUND)
		return e;
	event_begin(d, &ev);
	event_text(&ev, "name", name);
	if ((e = q_instruction_add(&tx, d->cx->mem, name, digest, source,
		 d->cx->now_ms, out_id)) != OK ||
	    (e = event_add(d, &tx, &ev, "instruction.loaded", *out_id)) != OK)
		return e;
	return db_commit(&tx);
}

enum err
house_load(struct desk *d, struct str *why)
{
	struct house *h = d->house;
	struct str file = h->config->instruction_file;
	struct version *v;
	struct str source;
	enum err e;

	if ((e = source_read(d->cx->mem, file, shipped_instruction(), &source,
		 why)) != OK ||
	    (e = version_load(h->versions, 0,
		 source_name(file, "phone-support.yaml"), source, why,
		 d->cx->mem, &v)) != OK)
		return e;
	if ((e = version_keep(d, v->instruction->id, source, &v->id)) != OK) {
		*why = STR("the instruction cannot be kept in the database");
		return e;
	}
	h->versions->current = v;
	return OK;
}

const struct instruction *
house_current(struct house *h, int64_t *out_id)
{
	*out_id = h->versions->current->id;
	return h->versions->current->instruction;
}

enum err
house_instruction(struct desk *d, int64_t id, const struct instruction **out)
{
	struct version *v = version_find(d->house->versions, id);
	struct str source, why;
	enum err e;

	if (!v) {
		if ((e = q_instruction_source(d->db, d->cx->mem, id,
			 &source)) != OK)
			return e;
		e = version_load(d->house->versions, id, "instruction", source,
		    &why, d->cx->mem, &v);
		if (e != OK)
			return fail(d->cx, ERR_INTERNAL, "",
			    N_("This version of the instruction cannot be "
			       "read any more."));
	}
	*out = v->instruction;
	return OK;
}
