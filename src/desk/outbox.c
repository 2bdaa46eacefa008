/*
 * The outbox as people see it: what is put in, what has not reached anybody,
 * what was told. Sending is in outbox_send.c.
 */
#include "desk/outbox.h"

#include "base/secret.h"
#include "desk/check.h"
#include "desk/house.h"
#include "desk/outbox_event.h"
#include "store/queries.h"

enum { SUBJECT_MOST = 200 };

const char *
outbox_state_name(enum outbox_state s)
{
	switch (s) {
#define X(id, number, name)                                                    \
	case id:                                                               \
		return name;
		OUTBOX_STATE_LIST(X)
#undef X
	}
	return "";
}

/* Mail goes to addresses that every server knows how to read. */
static bool
is_ascii(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] <= ' ' || s.p[i] > '~')
			return false;
	return true;
}

static enum err
address_check(struct desk *d, struct letter *l)
{
	enum err e;

	if (l->way == WAY_AS_FITS)
		l->way = l->address.n && mail_is_set_up(d->house->config)
		    ? WAY_MAIL
		    : WAY_TO_TELL;
	if (l->way != WAY_MAIL) {
		l->address = STR("");
		return OK;
	}
	if (!mail_is_set_up(d->house->config))
		return fail(d->cx, ERR_INVALID, "way",
		    N_("Mail is not set up here; please tell it by "
		       "telephone."));
	if ((e = check_email(d->cx, "address", &l->address)) != OK)
		return e;
	if (l->address.n && is_ascii(l->address))
		return OK;
	return fail(d->cx, ERR_INVALID, "address",
	    l->address.n ? N_("Mail cannot be sent to an address with such "
			      "letters.")
			 : N_("To which address?"));
}

/* Names the mail for good: sent once more it is the same one. */
static struct str
mail_id_make(struct desk *d, const struct letter *l)
{
	struct str from = d->house->config->mail_from, token;
	const char *at;

	if (l->way != WAY_MAIL)
		return STR("");
	token = secret_token(d->cx->mem);
	at = memrchr(from.p, '@', from.n);
	return str_printf(d->cx->mem, "%.*s%.*s", STR_FMT(token),
	    (int)strcspn(at, ">"), at);
}

enum err
outbox_put(struct desk *d, struct db_tx *tx, const struct letter *letter,
    const struct leaving *text, int64_t *out_id)
{
	static const char *const released[] = {
	    [OUTBOX_TICKET] = "ticket.released",
	    [OUTBOX_ORDER] = "order.released",
	};
	static const enum outbox_state first[] = {
	    [WAY_MAIL] = OUTBOX_WAITING,
	    [WAY_TOLD] = OUTBOX_TOLD,
	    [WAY_TO_TELL] = OUTBOX_TO_TELL,
	};
	struct opt_i64 me = opt_id(d->actor.employee_id), none = {0};
	struct opt_i64 now = {true, d->cx->now_ms};
	struct leaving leaving = *text;
	struct letter l = *letter;
	bool told;
	enum err e;

	if ((e = check_line(d->cx, "subject", &l.subject, SUBJECT_MOST,
		 false)) != OK ||
	    (e = address_check(d, &l)) != OK)
		return e;
	if (l.way == WAY_MAIL) {
		leaving.subject = l.subject;
		leaving.person = l.person;
	}
	if ((e = confidential_pass(d, tx, &leaving, released[l.kind],
		 l.subject_id)) != OK)
		return e;
	told = l.way == WAY_TOLD;
	return q_outbox_add(tx, d->cx->mem, l.kind, l.subject_id, l.part_id,
	    first[l.way], l.person.p ? l.person : STR(""), l.address,
	    l.subject, l.body, l.automatic, mail_id_make(d, &l), me,
	    told ? me : none, told ? now : none, d->cx->now_ms, out_id);
}

enum err
outbox_of(struct desk *d, enum outbox_kind kind, int64_t subject_id,
    struct q_outbox_row_rows *out)
{
	enum err e;

	if ((e = desk_needs(d, ROLE_AGENT)) != OK)
		return e;
	return q_outbox_of(d->db, d->cx->mem, kind, subject_id, out);
}

enum err
outbox_open(struct desk *d, int64_t after, struct q_outbox_row_rows *out,
    bool *more)
{
	enum err e;

	if ((e = desk_needs(d, ROLE_AGENT)) != OK ||
	    (e = q_outbox_open(d->db, d->cx->mem, after, OUTBOX_PAGE + 1,
		 out)) != OK)
		return e;
	*more = out->n > OUTBOX_PAGE;
	if (*more)
		out->n = OUTBOX_PAGE;
	return OK;
}

enum err
outbox_open_count(struct desk *d, int64_t *out)
{
	enum err e;

	if ((e = desk_needs(d, ROLE_AGENT)) != OK)
		return e;
	return q_outbox_open_count(d->db, d->cx->mem, OUTBOX_COUNTED, out);
}

static enum err
outbox_read(struct desk *d, struct db *db, int64_t id, struct q_outbox *out)
{
	enum err e = q_outbox(db, d->cx->mem, id, out);

	if (e == ERR_NOT_FOUND)
		return fail(d->cx, e, "", N_("There is no such message."));
	return e;
}

/* Somebody else, or the job, was faster. */
static enum err
too_late(struct desk *d)
{
	return fail(d->cx, ERR_CONFLICT, "",
	    N_("This has been dealt with meanwhile, or is just being sent."));
}

enum err
outbox_told(struct desk *d, int64_t id)
{
	struct q_outbox o;
	int64_t n = 0;
	DB_TX tx = {0};
	enum err e;

	if ((e = desk_needs(d, ROLE_AGENT)) != OK ||
	    (e = db_begin(d->db, &tx)) != OK ||
	    (e = outbox_read(d, tx.db, id, &o)) != OK)
		return e;
	if (o.state == OUTBOX_SENDING || o.state >= OUTBOX_SENT)
		return too_late(d);
	if ((e = q_outbox_done(&tx, id, o.state, OUTBOX_TOLD,
		 opt_id(d->actor.employee_id), d->cx->now_ms, &n)) != OK)
		return e;
	if (n == 0)
		return too_late(d);
	if ((e = outbox_event(d, &tx, id, &o, "told", STR(""))) != OK)
		return e;
	return db_commit(&tx);
}

enum err
outbox_again(struct desk *d, int64_t id)
{
	struct q_outbox o;
	int64_t n = 0;
	DB_TX tx = {0};
	enum err e;

	if ((e = desk_needs(d, ROLE_AGENT)) != OK ||
	    (e = db_begin(d->db, &tx)) != OK ||
	    (e = outbox_read(d, tx.db, id, &o)) != OK)
		return e;
	if (o.state != OUTBOX_FAILED && o.state != OUTBOX_UNCLEAR)
		return too_late(d);
	if ((e = q_outbox_move(&tx, id, o.state, OUTBOX_WAITING, 0,
		 d->cx->now_ms, STR(""), &n)) != OK)
		return e;
	if (n == 0)
		return too_late(d);
	if ((e = outbox_event(d, &tx, id, &o, "mail_again", STR(""))) != OK)
		return e;
	return db_commit(&tx);
}
