/*
 * Versions of the instruction: what must be true of a text before it comes into
 * force, the one transaction in which it does, and signatures. The proof itself
 * is instruction/prove.c; which loaded version calls begin with is house.c; the
 * difference between two of them is base/diff.c.
 */
#include "desk/instruction_version.h"

#include "base/buf.h"
#include "base/secret.h"
#include "desk/check.h"
#include "desk/event.h"
#include "desk/house.h"
#include "instruction/prove.h"
#include "store/queries.h"

struct str
version_text(void *mem, struct str source)
{
	struct buf b;

	buf_init(&b, mem, source.n + 1);
	for (size_t i = 0; i < source.n; i++)
		if (source.p[i] != '\r' || source.p[i + 1] != '\n')
			buf_char(&b, source.p[i]);
	return buf_get(&b);
}

/* Whether a text may be used: read and proved. */
static enum err
accept(struct desk *d, struct str source, struct complaints *c,
    struct instruction **out)
{
	enum err e = instruction_load(d->cx->mem, source, c, out);

	return e == OK ? instruction_prove(*out, c, NULL) : e;
}

static size_t
line_count(struct str s)
{
	size_t n = s.n > 0;

	for (size_t i = 0; i + 1 < s.n; i++)
		n += s.p[i] == '\n';
	return n;
}

/* The same for what a person brings, with words for it. */
static enum err
propose(struct desk *d, struct str source, struct complaints *c,
    struct instruction **out)
{
	enum err e;

	if (source.n > VERSION_BYTES_MOST)
		return fail(d->cx, ERR_INVALID, "source",
		    N_("The instruction has %zu bytes; at most %d are "
		       "possible."), source.n, VERSION_BYTES_MOST);
	if (line_count(source) > VERSION_LINES_MOST)
		return fail(d->cx, ERR_INVALID, "source",
		    N_("The instruction has %zu lines; at most %d are "
		       "possible."), line_count(source), VERSION_LINES_MOST);
	if ((e = accept(d, source, c, out)) != ERR_INVALID)
		return e;
	return fail(d->cx, e, "source",
	    N_("The instruction is not proved; nothing was changed."));
}

enum err
version_propose(struct desk *d, struct str source, struct complaints *c)
{
	struct instruction *ins;
	enum err e;

	if ((e = desk_needs(d, ROLE_SUPERVISOR)) != OK)
		return e;
	return propose(d, version_text(d->cx->mem, source), c, &ins);
}

/* The row in force; zeroed if there is none yet. */
static enum err
in_force(struct desk *d, struct db *db, struct q_version_in_force *out)
{
	enum err e;

	*out = (struct q_version_in_force){0};
	e = q_version_in_force(db, d->cx->mem, out);
	return e == ERR_NOT_FOUND ? OK : e;
}

/* The id of a text, which is added if it is new. */
static enum err
text_keep(struct desk *d, struct db_tx *tx, struct str name, struct str source,
    int64_t *out_id)
{
	struct str digest = secret_digest(d->cx->mem, source);
	enum err e;

	e = q_instruction_find(tx->db, d->cx->mem, digest, out_id);
	if (e != ERR_NOT_FOUND)
		return e;
	return q_instruction_add(tx, d->cx->mem, name, digest, source,
	    d->cx->now_ms, out_id);
}

static const char *
origin_name(enum version_origin origin)
{
	static const char *const names[] = {
	    [VERSION_SHIPPED] = "shipped",
	    [VERSION_FILE] = "file",
	    [VERSION_PERSON] = "person",
	};

	return names[origin];
}

/* Writes the version after the one in force, with its event. Another one may
 * be writing the same number at this moment: ERR_BUSY. */
static enum err
version_add(struct desk *d, struct db_tx *tx, enum version_origin origin,
    const struct version_form *f, struct str name, int64_t number)
{
	int64_t id;
	struct event ev;
	enum err e;

	if ((e = text_keep(d, tx, name, f->source, &id)) != OK ||
	    (e = q_version_add(tx, number, id, origin,
		 opt_id(d->actor.employee_id), f->note, d->cx->now_ms)) != OK)
		return e == ERR_CONFLICT ? ERR_BUSY : e;
	event_begin(d, &ev);
	event_text(&ev, "name", name);
	event_text(&ev, "origin", str_of(origin_name(origin)));
	event_text(&ev, "note", f->note);
	event_int(&ev, "instruction", id);
	return event_add(d, tx, &ev, "instruction.activated", number);
}

enum err
version_install(struct desk *d, enum version_origin origin, struct str source,
    struct complaints *c, int64_t *out_number)
{
	const struct version_form f = {.source = source, .note = STR("")};
	struct q_version_in_force before;
	struct instruction *ins;
	DB_TX tx = {0};
	enum err e;

	if ((e = desk_needs(d, ROLE_ADMIN)) != OK ||
	    (e = accept(d, source, c, &ins)) != OK ||
	    (e = db_begin(d->db, &tx)) != OK ||
	    (e = in_force(d, tx.db, &before)) != OK ||
	    (e = version_add(d, &tx, origin, &f, ins->id,
		 before.number + 1)) != OK ||
	    (e = db_commit(&tx)) != OK)
		return e;
	*out_number = before.number + 1;
	return OK;
}

/* Whether it may follow what is in force: that is what it was compared with,
 * and not the same text. */
static enum err
succession_check(struct desk *d, struct db *db, const struct version_form *f,
    const struct q_version_in_force *now)
{
	struct str source;
	enum err e;

	if (now->number == 0)
		return OK;
	e = q_instruction_source(db, d->cx->mem, now->instruction_id, &source);
	if (e != OK)
		return e;
	if (str_eq(str_trim(source), str_trim(f->source)))
		return fail(d->cx, ERR_CONFLICT, "source",
		    N_("This text is in force already, as version %lld."),
		    (long long)now->number);
	if (f->base && f->base != now->number)
		return fail(d->cx, ERR_STALE, "",
		    N_("Version %lld has come into force meanwhile. The "
		       "difference is now shown against it; your text is "
		       "still here."), (long long)now->number);
	return OK;
}

enum err
version_activate(struct desk *d, const struct version_form *f,
    struct complaints *c, int64_t *out_number)
{
	struct version_form form = {.base = f->base,
	    .source = version_text(d->cx->mem, f->source),
	    .note = f->note};
	struct q_version_in_force now;
	struct instruction *ins;
	DB_TX tx = {0};
	enum err e;

	if ((e = desk_needs(d, ROLE_SUPERVISOR)) != OK ||
	    (e = check_both(check_text(d->cx, "note", &form.note,
				VERSION_NOTE_MOST, true),
		 propose(d, form.source, c, &ins))) != OK ||
	    (e = db_begin(d->db, &tx)) != OK ||
	    (e = in_force(d, tx.db, &now)) != OK ||
	    (e = succession_check(d, tx.db, &form, &now)) != OK ||
	    (e = version_add(d, &tx, VERSION_PERSON, &form, ins->id,
		 now.number + 1)) != OK ||
	    (e = db_commit(&tx)) != OK)
		return e;
	*out_number = now.number + 1;
	return OK;
}

enum err
version_current(struct desk *d, int64_t *out_number)
{
	struct q_version_in_force now;
	enum err e;

	if ((e = desk_needs(d, ROLE_AGENT)) != OK ||
	    (e = in_force(d, d->db, &now)) != OK)
		return e;
	*out_number = now.number;
	return OK;
}

enum err
version_list(struct desk *d, int64_t below, struct version_list *out)
{
	enum err e;

	if ((e = desk_needs(d, ROLE_AGENT)) != OK ||
	    (e = q_version_signers(d->db, d->cx->mem, &out->signers)) != OK ||
	    (e = q_version_list(d->db, d->cx->mem,
		 below > 0 ? below : INT64_MAX, VERSIONS_SHOWN + 1,
		 &out->rows)) != OK)
		return e;
	out->more = out->rows.n > VERSIONS_SHOWN;
	if (out->more)
		out->rows.n = VERSIONS_SHOWN;
	return OK;
}

/* The text of the version before, "" if there is none. */
static enum err
before_read(struct desk *d, int64_t number, struct str *out)
{
	struct q_version_row row;
	enum err e;

	*out = STR("");
	e = q_version(d->db, d->cx->mem, number - 1, &row);
	if (e == OK)
		e = q_instruction_source(d->db, d->cx->mem, row.instruction_id,
		    out);
	return e == ERR_NOT_FOUND ? OK : e;
}

static enum err
version_read(struct desk *d, int64_t number, struct q_version_row *out)
{
	enum err e;

	if ((e = desk_needs(d, ROLE_AGENT)) != OK)
		return e;
	if ((e = q_version(d->db, d->cx->mem, number, out)) == ERR_NOT_FOUND)
		return fail(d->cx, e, "", N_("There is no such version."));
	return e;
}

enum err
version_instruction(struct desk *d, int64_t number, struct q_version_row *row,
    const struct instruction **ins)
{
	enum err e = version_read(d, number, row);

	return e == OK ? house_instruction(d, row->instruction_id, ins) : e;
}

enum err
version_of_call(struct desk *d, const struct q_call *call, int64_t *out_number)
{
	enum err e;

	if ((e = desk_needs(d, ROLE_AGENT)) != OK)
		return e;
	return q_version_of_text(d->db, d->cx->mem, call->instruction_id,
	    call->started_ms, out_number);
}

enum err
version_get(struct desk *d, int64_t number, struct version_full *out)
{
	struct q_version_in_force now;
	void *mem = d->cx->mem;
	int64_t mine;
	enum err e;

	if ((e = version_read(d, number, &out->row)) != OK ||
	    (e = house_instruction_if_readable(d, out->row.instruction_id,
		 &out->instruction)) != OK ||
	    (e = q_instruction_source(d->db, mem, out->row.instruction_id,
		 &out->source)) != OK ||
	    (e = before_read(d, number, &out->before)) != OK ||
	    (e = in_force(d, d->db, &now)) != OK ||
	    (e = q_version_signed(d->db, mem, number, d->actor.employee_id,
		 &mine)) != OK ||
	    (e = q_version_signatures(d->db, mem, number, &out->signatures)) !=
		OK ||
	    (e = q_version_unsigned(d->db, mem, number, &out->unsigned_by)) !=
		OK)
		return e;
	out->in_force = now.number == number;
	out->signed_by_me = mine > 0;
	return OK;
}

enum err
version_sign(struct desk *d, int64_t number)
{
	struct q_version_in_force now;
	int64_t fresh;
	struct event ev;
	DB_TX tx = {0};
	enum err e;

	if ((e = desk_needs(d, ROLE_AGENT)) != OK)
		return e;
	if (d->actor.employee_id == 0)
		return fail(d->cx, ERR_FORBIDDEN, "",
		    N_("Only an employee can sign."));
	if ((e = db_begin(d->db, &tx)) != OK ||
	    (e = in_force(d, tx.db, &now)) != OK)
		return e;
	if (now.number != number)
		return fail(d->cx, ERR_CONFLICT, "",
		    N_("Version %lld is in force now; only that one can be "
		       "signed."), (long long)now.number);
	e = q_version_sign(&tx, number, d->actor.employee_id, d->cx->now_ms,
	    &fresh);
	if (e != OK || fresh == 0)
		return e;
	event_begin(d, &ev);
	if ((e = event_add(d, &tx, &ev, "instruction.signed", number)) != OK)
		return e;
	return db_commit(&tx);
}

enum err
version_due(struct desk *d, int64_t *out_number)
{
	enum err e;

	if ((e = desk_needs(d, ROLE_AGENT)) != OK)
		return e;
	*out_number = 0;
	e = q_version_due(d->db, d->cx->mem, d->actor.employee_id, out_number);
	return e == ERR_NOT_FOUND ? OK : e;
}
