/*
 * An offer, or what was agreed, in writing: screened, and put into the outbox in
 * the same transaction. Sending changes nothing in the order itself.
 */
#include "desk/order.h"

#include "base/text.h"
#include "desk/confidential.h"
#include "desk/customer_write.h"
#include "desk/house.h"
#include "desk/once.h"
#include "desk/outbox.h"

enum { SUMMARY_CHARACTERS = 60 };

enum err
order_address(struct desk *d, const struct q_order *o, struct str *out)
{
	return caller_address(d, d->db, o->customer_id, o->person_id,
	    o->caller_name, out);
}

/* What stands between the description and the greeting. */
static const char *
closing_words(const struct q_order *o)
{
	return o->state == ORDER_OFFERED
	    ? N_("If you agree, please call us and name the number of this "
		 "offer. We begin only when you have said yes.")
	    : N_("You have ordered this. You will hear from us when it is "
		 "done.");
}

static struct letter
letter_make(struct desk *d, const struct q_order *o, struct str address)
{
	void *mem = d->cx->mem;
	enum lang lang = d->cx->lang;
	struct str number = order_number(mem, o->id);
	struct str summary =
	    text_excerpt(mem, o->description, SUMMARY_CHARACTERS);

	return (struct letter){.kind = OUTBOX_ORDER,
	    .subject_id = o->id,
	    .way = WAY_MAIL,
	    .person = o->caller_name,
	    .address = address,
	    .subject = str_printf(mem, "[%.*s] %.*s", STR_FMT(number),
		STR_FMT(summary)),
	    .body = str_printf(mem,
		"%.*s\n\n%s: %.*s.\n\n%s\n\n-- \n%.*s\n%s %.*s\n",
		STR_FMT(o->description), tr(lang, N_("Price")),
		STR_FMT(o->sentence), tr(lang, closing_words(o)),
		STR_FMT(d->house->config->company), tr(lang, N_("Order")),
		STR_FMT(number))};
}

static enum err
letter_put(struct desk *d, struct db_tx *tx, int64_t id,
    const struct order_sending *s)
{
	struct leaving text = {.release = s->release};
	struct letter letter;
	struct q_order o;
	int64_t put;
	enum err e;

	if ((e = order_row(d, tx->db, id, &o)) != OK)
		return e;
	if (o.state != ORDER_OFFERED && o.state != ORDER_ACCEPTED)
		return fail(d->cx, ERR_CONFLICT, "",
		    N_("Only an offer, or what was accepted, is sent."));
	letter = letter_make(d, &o, s->address);
	text.text = o.description;
	text.customer_id = o.customer_id;
	text.call_id = o.call_id.has ? o.call_id.v : 0;
	return outbox_put(d, tx, &letter, &text, &put);
}

static enum err
send(struct desk *d, int64_t id, const struct order_sending *s)
{
	struct str asked = str_printf(d->cx->mem, "order %lld to %.*s",
	    (long long)id, STR_FMT(s->address));
	struct once once;
	int64_t done;
	DB_TX tx = {0};
	enum err e;

	if ((e = desk_needs(d, ROLE_AGENT)) != OK ||
	    (e = once_make(d, asked, &once)) != OK ||
	    (e = db_begin(d->db, &tx)) != OK ||
	    (e = once_claim(d, &tx, &once, &done)) != OK)
		return e;
	if (done == 0 && ((e = letter_put(d, &tx, id, s)) != OK ||
			     (e = once_keep(d, &tx, &once, id)) != OK))
		return e;
	return db_commit(&tx);
}

static enum err
hold(struct desk *d)
{
	DB_TX tx = {0};
	enum err e;

	if ((e = db_begin(d->db, &tx)) != OK ||
	    (e = confidential_held(d, &tx)) != OK)
		return e;
	return db_commit(&tx);
}

enum err
order_send(struct desk *d, int64_t id, const struct order_sending *s)
{
	enum err e = send(d, id, s), held;

	if (e != ERR_CONFIDENTIAL)
		return e;
	held = hold(d);
	return held != OK ? held : e;
}
