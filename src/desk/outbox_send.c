/*
 * Sending. A row goes from "waiting" to "sending" in a transaction of its own,
 * then the server is spoken to, then the row says how that ended. A row that is
 * found "sending" by whoever holds the lease was left so by a program that was
 * ended in between: nobody knows whether the server took the mail, so a person
 * is asked (docs/decisions/0010-a-mail-is-not-sent-twice.md). The lease outlasts
 * any mail, so no other node can be at it.
 */
#include <stdlib.h>

#include "base/file.h"
#include "base/log.h"
#include "base/secret.h"
#include "desk/house.h"
#include "desk/lease.h"
#include "desk/outbox.h"
#include "desk/outbox_event.h"
#include "net/mime.h"
#include "net/smtp.h"
#include "store/queries.h"

enum {
	AT_ONCE = 50,              /* rows that one run looks at */
	COMMITS = 5,               /* tries to say how it ended */
	SECRET_BYTES_MAX = 4096,
};

/* Minutes to the next try; after the last one it has failed. */
static const int64_t pauses[] = {1, 5, 15, 60, 180, 360, 720, 720, 720, 720};

enum { TRIES_MOST = sizeof pauses / sizeof pauses[0] };

enum err
outbox_event(struct desk *d, struct db_tx *tx, int64_t id,
    const struct q_outbox *o, const char *what, struct str reason)
{
	static const char *const names[] = {
	    [OUTBOX_TICKET] = "ticket", [OUTBOX_ORDER] = "order"};
	struct str kind =
	    str_printf(d->cx->mem, "%s.%s", names[o->kind], what);
	struct event ev;

	event_begin(d, &ev);
	event_int(&ev, "outbox", id);
	if (o->address.n)
		event_text(&ev, "address", o->address);
	if (reason.n)
		event_text(&ev, "reason", reason);
	return event_add(d, tx, &ev, kind.p, o->subject_id);
}

/* The password, read anew each time: it may be changed while we run. */
static enum err
secret_read(struct desk *d, struct str *out, struct str *why)
{
	struct str file = d->house->config->smtp_secret;
	enum err e = OK;

	*out = STR("");
	if (file.n &&
	    (e = file_read(d->cx->mem, file.p, SECRET_BYTES_MAX, out)) != OK)
		*why = STR("the file that smtp_secret names cannot be read");
	*out = str_trim(*out);
	*out = str_copy(d->cx->mem, out->p, out->n);
	return e;
}

static enum smtp_end
transmit(struct desk *d, const struct q_outbox *o, struct str before,
    const atomic_bool *stop, struct str *why)
{
	const struct config *c = d->house->config;
	void *mem = d->cx->mem;
	struct smtp_server server = {.url = c->smtp, .plain_ok = c->smtp_plain,
	    .ca_file = c->smtp_ca, .user = c->smtp_user,
	    .time_ms = (int)c->smtp_wait_ms};
	struct mime_mail mail = {.from = c->mail_from, .to_name = o->person,
	    .to = o->address, .subject = o->subject, .id = o->mail_id,
	    .reply_to = before, .at_ms = o->created_ms,
	    .automatic = o->automatic, .body = o->body};

	if (secret_read(d, &server.password, why) != OK)
		return SMTP_TEMPORARY;
	return smtp_send(mem, &server, mime_address(mem, c->mail_from),
	    o->address, mime_write(mem, &mail), stop, why);
}

/* ---- How it ended -------------------------------------------------------- */

struct ending {
	enum outbox_state state;
	int64_t tries, next_ms;
	struct str reason;
	const char *event; /* NULL: none */
};

static struct ending
ending_of(enum smtp_end end, const struct q_outbox *o, int64_t now_ms,
    struct str why)
{
	int64_t tries = o->tries + 1;

	switch (end) {
	case SMTP_SENT:
		return (struct ending){.state = OUTBOX_SENT,
		    .event = "mail_sent"};
	case SMTP_STOPPED:
		return (struct ending){OUTBOX_WAITING, o->tries, now_ms,
		    STR(""), NULL};
	case SMTP_UNCLEAR:
		return (struct ending){OUTBOX_UNCLEAR, tries, now_ms, why,
		    "mail_unclear"};
	case SMTP_TEMPORARY:
		if (tries < TRIES_MOST)
			return (struct ending){OUTBOX_WAITING, tries,
			    now_ms + pauses[tries - 1] * MINUTE_MS, why, NULL};
		break;
	case SMTP_PERMANENT:
		break;
	}
	return (struct ending){OUTBOX_FAILED, tries, now_ms, why,
	    "mail_failed"};
}

static enum err
ending_write(struct desk *d, int64_t id, const struct q_outbox *o,
    const struct ending *x)
{
	int64_t n;
	DB_TX tx = {0};
	enum err e;

	if ((e = db_begin(d->db, &tx)) != OK)
		return e;
	e = x->state == OUTBOX_SENT
	    ? q_outbox_done(&tx, id, OUTBOX_SENDING, x->state,
		  (struct opt_i64){0}, clock_now_ms(d->house->clock), &n)
	    : q_outbox_move(&tx, id, OUTBOX_SENDING, x->state, x->tries,
		  x->next_ms, x->reason, &n);
	if (e == OK && n && x->event)
		e = outbox_event(d, &tx, id, o, x->event, x->reason);
	return e == OK ? db_commit(&tx) : e;
}

/* What is known about the mail must not be lost to a busy database. */
static enum err
ending_keep(struct desk *d, int64_t id, const struct q_outbox *o,
    const struct ending *x)
{
	enum err e = ERR_BUSY;

	for (int i = 0; i < COMMITS && e == ERR_BUSY; i++)
		e = ending_write(d, id, o, x);
	if (e != OK)
		log_warn("outbox %lld: %s could not be written: %s",
		    (long long)id, outbox_state_name(x->state), err_name(e));
	return e;
}

/* ---- The job ------------------------------------------------------------- */

static enum err
claim(struct desk *d, int64_t id, const struct q_outbox *o, bool *ours)
{
	int64_t n;
	DB_TX tx = {0};
	enum err e;

	if ((e = db_begin(d->db, &tx)) != OK ||
	    (e = q_outbox_move(&tx, id, OUTBOX_WAITING, OUTBOX_SENDING,
		 o->tries, d->cx->now_ms, STR(""), &n)) != OK ||
	    (e = db_commit(&tx)) != OK)
		return e;
	*ours = n == 1;
	return OK;
}

static enum err
send_one(struct desk *d, int64_t id, const atomic_bool *stop)
{
	struct str before = STR(""), why = STR("");
	struct q_outbox o;
	struct ending x;
	enum smtp_end end;
	bool ours = false;
	enum err e;

	if ((e = q_outbox(d->db, d->cx->mem, id, &o)) != OK)
		return e;
	e = q_outbox_before(d->db, d->cx->mem, o.kind, o.subject_id, id,
	    &before);
	if ((e != OK && e != ERR_NOT_FOUND) ||
	    (e = claim(d, id, &o, &ours)) != OK || !ours)
		return e;
	end = transmit(d, &o, before, stop, &why);
	x = ending_of(end, &o, clock_now_ms(d->house->clock), why);
	if (end != SMTP_SENT && end != SMTP_STOPPED)
		log_warn("outbox %lld: %s: %.*s", (long long)id,
		    outbox_state_name(x.state), STR_FMT(why));
	return ending_keep(d, id, &o, &x);
}

/* One that was being sent when the program ended. */
static enum err
left_behind(struct desk *d, int64_t id)
{
	struct q_outbox o;
	struct ending x;
	enum err e = q_outbox(d->db, d->cx->mem, id, &o);

	if (e != OK)
		return e;
	x = ending_of(SMTP_UNCLEAR, &o, d->cx->now_ms,
	    STR("the program was ended while the mail was being sent"));
	return ending_keep(d, id, &o, &x);
}

static enum err
work(struct desk *d, const struct lease *lease, const atomic_bool *stop)
{
	struct q_outbox_due_rows due;
	bool ours = true;
	enum err e;

	/* Read with the lease: what another node was sending has ended. */
	if ((e = q_outbox_due(d->db, d->cx->mem, d->cx->now_ms, AT_ONCE,
		 &due)) != OK)
		return e;
	for (size_t i = 0; i < due.n && ours && !atomic_load(stop); i++) {
		if ((e = lease_take(d, lease, &ours)) != OK)
			return e;
		if (!ours)
			break;
		e = due.v[i].state == OUTBOX_SENDING
		    ? left_behind(d, due.v[i].id)
		    : send_one(d, due.v[i].id, stop);
		if (e != OK)
			return e;
	}
	return OK;
}

enum err
outbox_job(struct desk *d, const atomic_bool *stop)
{
	struct lease lease = {"mail",
	    d->house->config->smtp_wait_ms + MINUTE_MS,
	    secret_token(d->cx->mem)};
	struct q_outbox_due_rows due;
	enum err e, given;
	bool ours;

	if (!mail_is_set_up(d->house->config))
		return OK;
	if ((e = q_outbox_due(d->db, d->cx->mem, d->cx->now_ms, 1, &due)) !=
		OK ||
	    due.n == 0 || (e = lease_take(d, &lease, &ours)) != OK || !ours)
		return e;
	e = work(d, &lease, stop);
	given = lease_give(d, &lease);
	return e != OK ? e : given;
}
