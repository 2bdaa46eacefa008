/*
 * How an order comes into being: from a call, or written by an employee. One
 * check for both: who it is for, what exactly is to be done, and at which price
 * (mission rows M1, M3, M11, M16). A contract is not asked for, since nothing
 * here is free.
 */
#include "desk/order.h"

#include "base/text.h"
#include "desk/check.h"
#include "desk/customer_write.h"
#include "desk/event.h"
#include "desk/house.h"
#include "desk/once.h"
#include "desk/ticket.h"
#include "store/queries.h"

enum { SUMMARY_CHARACTERS = 120, NAME_MOST = 100 };

static void
lacks(struct desk *d, const char *evidence, const char *msgid)
{
	(void)fail(d->cx, ERR_EVIDENCE, evidence, "%s",
	    tr(d->cx->lang, msgid));
}

/* What is to be done must be as exact as a question (M16). Advice is bought on
 * the spot: what it is about may be short. */
static void
description_check(struct desk *d, const struct order_draft *o)
{
	struct wording_verdict verdict;

	if (str_empty(o->description))
		lacks(d, "description",
		    N_("What exactly is to be done is missing."));
	else if (text_length(o->description) > TICKET_TEXT_MOST)
		lacks(d, "description", N_("The description is too long."));
	else if (o->kind != ORDER_CONSULTATION &&
	    wording_judge(d->house->wording, o->description, &verdict) !=
		WORDING_EXACT)
		lacks(d, "description",
		    N_("The description is not exact enough: what exactly is "
		       "to be done, where, and how?"));
}

/* All that is missing, said at once. */
static enum err
draft_check(struct desk *d, const struct order_draft *o)
{
	if (!o->customer_id)
		lacks(d, "customer", N_("The customer is missing."));
	if (!o->person_id && str_empty(o->caller_name))
		lacks(d, "person", N_("The person who is calling is missing."));
	if (!o->price)
		lacks(d, "price", N_("The price is missing."));
	if (o->answered && str_empty(o->words))
		lacks(d, "words",
		    N_("What the caller answered, word for word, is missing."));
	description_check(d, o);
	return d->cx->fault.err;
}

static enum err
offer_write(struct desk *d, struct db_tx *tx, const struct order_draft *o,
    int64_t *out_id)
{
	const struct price *p = o->price;
	struct str text = p->text.in[d->cx->lang];
	struct str sentence = terms_sentence(d->cx->mem, d->cx->lang,
	    &p->terms);
	struct event ev;
	enum err e;

	event_begin(d, &ev);
	event_text(&ev, "kind", str_of(order_kind_name(o->kind)));
	event_int(&ev, "customer", o->customer_id);
	event_int(&ev, "call", o->call_id);
	event_text(&ev, "description", o->description);
	event_text(&ev, "price", sentence);
	if (!o->answered && o->words.n)
		event_text(&ev, "words", o->words);
	if ((e = q_order_add(tx, d->cx->mem, o->kind, ORDER_OFFERED,
		 o->customer_id, opt_id(o->person_id), o->caller_name,
		 opt_id(o->call_id),
		 o->call_id ? DOOR_TELEPHONE : d->actor.door,
		 text_excerpt(d->cx->mem, o->description, SUMMARY_CHARACTERS),
		 o->description, text, p->terms.net_cents, p->terms.unit_ms,
		 p->terms.units_least, p->terms.vat, sentence,
		 d->actor.employee_id, d->cx->now_ms, out_id)) != OK)
		return e;
	return event_add(d, tx, &ev, "order.offered", *out_id);
}

static enum err
answer_write(struct desk *d, struct db_tx *tx, const struct order_draft *o,
    int64_t id)
{
	struct event ev;
	enum err e;

	event_begin(d, &ev);
	event_text(&ev, "words", o->words);
	event_text(&ev, "name", o->caller_name);
	if ((e = q_order_answer(tx, id, 1,
		 o->accepted ? ORDER_ACCEPTED : ORDER_DECLINED, o->words,
		 o->caller_name, d->actor.employee_id, d->cx->now_ms)) != OK)
		return e;
	return event_add(d, tx, &ev,
	    o->accepted ? "order.accepted" : "order.declined", id);
}

enum err
order_write(struct desk *d, struct db_tx *tx, const struct order_draft *o,
    int64_t *out_id)
{
	enum err e;

	if ((e = draft_check(d, o)) != OK ||
	    (e = offer_write(d, tx, o, out_id)) != OK)
		return e;
	return o->answered ? answer_write(d, tx, o, *out_id) : OK;
}

/* The price from the list, or one made for this order alone. */
static enum err
price_choose(struct desk *d, const struct order_offer *o, struct price *own,
    const struct price **out)
{
	if (!str_empty(o->price)) {
		*out = price_find(d->house->prices, o->price);
		if (*out && (*out)->kind == o->kind)
			return OK;
		return fail(d->cx, ERR_INVALID, "price",
		    N_("The price list has no such price for this kind."));
	}
	if (o->net_cents < 1 || o->net_cents > MONEY_CENTS_MOST)
		return fail(d->cx, ERR_INVALID, "net",
		    N_("Choose a price, or write an amount such as 49,00."));
	*own = (struct price){.kind = o->kind,
	    .terms = {.net_cents = o->net_cents,
		.vat = d->house->prices->vat}};
	for (enum lang l = 0; l < LANG__MAX; l++)
		own->text.in[l] = str_of(tr(l, N_("Agreed price")));
	*out = own;
	return OK;
}

static enum err
offer_read(struct desk *d, const struct order_offer *o, struct price *own,
    struct order_draft *out)
{
	struct str name = o->caller_name;
	struct str text = o->description;
	enum err e;

	*out = (struct order_draft){.kind = o->kind,
	    .customer_id = o->customer_id, .person_id = o->person_id};
	if (o->kind == ORDER_KIND_NONE || o->kind == ORDER_CONSULTATION)
		return fail(d->cx, ERR_INVALID, "kind",
		    N_("Choose work, change or repair; advice is sold in the "
		       "call."));
	e = check_both(check_line(d->cx, "person", &name, NAME_MOST, false),
	    check_both(check_text(d->cx, "description", &text,
			   TICKET_TEXT_MOST, false),
		price_choose(d, o, own, &out->price)));
	out->caller_name = name;
	out->description = text;
	return e;
}

/* The customer by number, and the person by name. */
static enum err
offer_find(struct desk *d, struct db *db, const struct order_offer *o,
    struct order_draft *out)
{
	struct q_person person;
	struct q_customer customer;
	enum err e = OK;

	if (!out->customer_id &&
	    !str_empty(text_number_key(d->cx->mem, o->customer_number)))
		e = customer_by_number(d, db, o->customer_number,
		    &out->customer_id);
	if (e != OK || !out->customer_id)
		return e;
	if ((e = customer_read(d, db, out->customer_id, &customer)) != OK ||
	    !out->person_id)
		return e;
	e = person_of_customer(d, db, out->customer_id, out->person_id,
	    &person);
	if (e == OK)
		out->caller_name = person.name;
	return e;
}

static struct str
asked_text(struct desk *d, const struct order_offer *o)
{
	const struct str part[] = {o->customer_number, o->caller_name,
	    o->description, o->price};
	struct buf b;

	buf_init(&b, d->cx->mem, 1 << 20);
	buf_printf(&b, "order %lld %lld %d %lld", (long long)o->customer_id,
	    (long long)o->person_id, o->kind, (long long)o->net_cents);
	for (size_t i = 0; i < sizeof part / sizeof part[0]; i++) {
		buf_printf(&b, " %zu:", part[i].n);
		buf_str(&b, part[i]);
	}
	return buf_get(&b);
}

enum err
order_offer(struct desk *d, const struct order_offer *o, int64_t *out_id)
{
	struct order_draft draft;
	struct price own;
	struct once once;
	DB_TX tx = {0};
	enum err e;

	if ((e = desk_needs(d, ROLE_AGENT)) != OK ||
	    (e = once_make(d, asked_text(d, o), &once)) != OK ||
	    (e = offer_read(d, o, &own, &draft)) != OK ||
	    (e = db_begin(d->db, &tx)) != OK ||
	    (e = once_claim(d, &tx, &once, out_id)) != OK)
		return e;
	if (*out_id == 0 &&
	    ((e = offer_find(d, tx.db, o, &draft)) != OK ||
		(e = order_write(d, &tx, &draft, out_id)) != OK ||
		(e = once_keep(d, &tx, &once, *out_id)) != OK))
		return e;
	return db_commit(&tx);
}
