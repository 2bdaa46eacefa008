/*
 * Orders after they were agreed: what is done to one, by whom, in which state.
 * How one comes into being is order_new.c; the lists, order_list.c; what is
 * invoiced, invoice.c; advice that runs in a call, consultation.c.
 */
#include "desk/order.h"

#include "base/clock.h"
#include "base/number.h"
#include "base/text.h"
#include "desk/check.h"
#include "desk/event.h"
#include "store/queries.h"

static const char *const states[] = {
    [ORDER_STATE_NONE] = "",
#define X(id, number, name) [id] = (name),
    ORDER_STATE_LIST(X)
#undef X
};

enum { STATES = sizeof states / sizeof states[0] };

const char *
order_state_name(enum order_state s)
{
	return states[s];
}

const char *
order_state_words(enum order_state s)
{
	static const char *const words[] = {
	    [ORDER_STATE_NONE] = "",
	    [ORDER_OFFERED] = N_("Offered"),
	    [ORDER_ACCEPTED] = N_("Accepted"),
	    [ORDER_DECLINED] = N_("Declined"),
	    [ORDER_IN_PROGRESS] = N_("In progress"),
	    [ORDER_DONE] = N_("Done"),
	    [ORDER_INVOICED] = N_("Invoiced"),
	    [ORDER_CANCELLED] = N_("Cancelled"),
	};

	return words[s];
}

enum order_state
order_state_of(struct str name)
{
	int s = 1;

	while (s < STATES && !str_is(name, states[s]))
		s++;
	return s < STATES ? (enum order_state)s : ORDER_STATE_NONE;
}

struct str
order_number(void *mem, int64_t id)
{
	return str_printf(mem, "A%s", number_checked(mem, id).p);
}

bool
order_number_read(void *mem, struct str typed, int64_t *out_id)
{
	struct str s = str_trim(typed);

	if (s.n && (s.p[0] == 'A' || s.p[0] == 'a'))
		s = (struct str){s.p + 1, s.n - 1};
	return number_read(mem, s, out_id);
}

enum err
order_row(struct desk *d, struct db *db, int64_t id, struct q_order *out)
{
	enum err e = q_order(db, d->cx->mem, id, out);

	if (e == ERR_NOT_FOUND)
		return fail(d->cx, e, "", N_("There is no such order."));
	return e;
}

/* Begins a change: the order as it is, seen as it is, in one of the states
 * (bits 1 << enum order_state). */
static enum err
change_begin(struct desk *d, struct db_tx *tx, const struct order_change *c,
    unsigned from, const char *refusal, struct q_order *out)
{
	enum err e;

	if ((e = desk_needs(d, ROLE_AGENT)) != OK ||
	    (e = db_begin(d->db, tx)) != OK ||
	    (e = order_row(d, tx->db, c->id, out)) != OK)
		return e;
	if (out->version != c->version)
		return fail(d->cx, ERR_STALE, "",
		    N_("A colleague has changed this order meanwhile. Please "
		       "read it again; your text is still here."));
	if (!(from & 1u << out->state))
		return fail(d->cx, ERR_CONFLICT, "", "%s",
		    tr(d->cx->lang, refusal));
	return OK;
}

static enum err
change_end(struct desk *d, struct db_tx *tx, struct event *ev,
    const char *kind, int64_t id)
{
	enum err e = event_add(d, tx, ev, kind, id);

	return e == OK ? db_commit(tx) : e;
}

enum err
order_reply(struct desk *d, const struct order_change *c,
    const struct order_reply *r)
{
	struct str words = r->words, name = r->name;
	struct q_order o;
	struct event ev;
	DB_TX tx = {0};
	enum err e;

	e = check_both(check_line(d->cx, "words", &words, ORDER_WORDS_MOST,
			   true),
	    check_line(d->cx, "name", &name, ORDER_WORDS_MOST, true));
	if (e != OK ||
	    (e = change_begin(d, &tx, c, 1u << ORDER_OFFERED,
		 N_("This offer was answered already."), &o)) != OK)
		return e;
	event_begin(d, &ev);
	event_text(&ev, "words", words);
	event_text(&ev, "name", name);
	if ((e = q_order_answer(&tx, c->id, c->version,
		 r->accepted ? ORDER_ACCEPTED : ORDER_DECLINED, words, name,
		 d->actor.employee_id, d->cx->now_ms)) != OK)
		return e;
	return change_end(d, &tx, &ev,
	    r->accepted ? "order.accepted" : "order.declined", c->id);
}

/* The employee of that login who may sign in; none for "". */
static enum err
employee_find(struct desk *d, struct db *db, struct str login,
    struct opt_i64 *out)
{
	struct q_employee_by_login row;
	enum err e;

	*out = (struct opt_i64){0};
	if (str_empty(login))
		return OK;
	e = q_employee_by_login(db, d->cx->mem, login, &row);
	if (e == ERR_NOT_FOUND || (e == OK && !row.active))
		return fail(d->cx, ERR_INVALID, "employee",
		    N_("Nobody of that name works here."));
	if (e == OK)
		*out = (struct opt_i64){true, row.id};
	return e;
}

/* Oneself, or any colleague's orders as a supervisor. */
static enum err
may_assign(struct desk *d, const struct q_order *o, struct opt_i64 to)
{
	int64_t me = d->actor.employee_id;
	bool mine = o->employee_id.has && o->employee_id.v == me;
	bool takes = to.has && to.v == me && (mine || !o->employee_id.has);
	bool gives = !to.has && mine;

	if (takes || gives || d->actor.role >= ROLE_SUPERVISOR)
		return OK;
	return fail(d->cx, ERR_FORBIDDEN, "employee",
	    N_("Only a supervisor may put somebody else in charge."));
}

enum err
order_assign(struct desk *d, const struct order_change *c, struct str login)
{
	struct opt_i64 to;
	struct q_order o;
	struct event ev;
	DB_TX tx = {0};
	enum err e;

	if ((e = change_begin(d, &tx, c,
		 1u << ORDER_OFFERED | 1u << ORDER_ACCEPTED |
		     1u << ORDER_IN_PROGRESS,
		 N_("Nothing is to be done for this order any more."),
		 &o)) != OK ||
	    (e = employee_find(d, tx.db, login, &to)) != OK ||
	    (e = may_assign(d, &o, to)) != OK)
		return e;
	if (o.state == ORDER_IN_PROGRESS && !to.has)
		return fail(d->cx, ERR_CONFLICT, "employee",
		    N_("Somebody must be in charge of an order in progress."));
	event_begin(d, &ev);
	event_text(&ev, "employee", login);
	if ((e = q_order_assign(&tx, c->id, c->version, to)) != OK)
		return e;
	return change_end(d, &tx, &ev, "order.assigned", c->id);
}

bool
order_may_work(const struct desk *d, const struct q_order *o)
{
	return !o->employee_id.has ||
	    o->employee_id.v == d->actor.employee_id ||
	    d->actor.role >= ROLE_SUPERVISOR;
}

static enum err
work_check(struct desk *d, const struct q_order *o)
{
	if (order_may_work(d, o))
		return OK;
	return fail(d->cx, ERR_FORBIDDEN, "",
	    N_("Only whoever is in charge of this order, or a supervisor, "
	       "begins, finishes or cancels it."));
}

enum err
order_start(struct desk *d, const struct order_change *c)
{
	struct q_order o;
	struct event ev;
	int64_t by;
	DB_TX tx = {0};
	enum err e;

	if ((e = change_begin(d, &tx, c, 1u << ORDER_ACCEPTED,
		 N_("Work begins only when the customer has said yes."),
		 &o)) != OK ||
	    (e = work_check(d, &o)) != OK)
		return e;
	by = o.employee_id.has ? o.employee_id.v : d->actor.employee_id;
	event_begin(d, &ev);
	event_int(&ev, "employee", by);
	if ((e = q_order_start(&tx, c->id, c->version, by,
		 d->cx->now_ms)) != OK)
		return e;
	return change_end(d, &tx, &ev, "order.started", c->id);
}

static enum err
worked_check(struct desk *d, const struct q_order *o, int64_t minutes)
{
	if (o->kind == ORDER_CONSULTATION)
		return fail(d->cx, ERR_CONFLICT, "",
		    N_("Paid advice ends in its call."));
	if (o->unit_ms && (minutes < 1 || minutes > ORDER_WORKED_MOST))
		return fail(d->cx, ERR_INVALID, "minutes",
		    N_("Write how many minutes the work took, 1 to %d."),
		    ORDER_WORKED_MOST);
	return OK;
}

enum err
order_done(struct desk *d, const struct order_change *c, int64_t minutes)
{
	struct q_order o;
	struct event ev;
	int64_t worked;
	DB_TX tx = {0};
	enum err e;

	if ((e = change_begin(d, &tx, c, 1u << ORDER_IN_PROGRESS,
		 N_("Only an order in progress can be done."), &o)) != OK ||
	    (e = work_check(d, &o)) != OK ||
	    (e = worked_check(d, &o, minutes)) != OK)
		return e;
	worked = o.unit_ms ? minutes * MINUTE_MS : 0;
	event_begin(d, &ev);
	event_int(&ev, "minutes", worked / MINUTE_MS);
	if ((e = q_order_done(&tx, c->id, c->version, worked,
		 d->cx->now_ms)) != OK)
		return e;
	return change_end(d, &tx, &ev, "order.done", c->id);
}

enum err
order_cancel(struct desk *d, const struct order_change *c, struct str reason)
{
	struct q_order o;
	struct event ev;
	DB_TX tx = {0};
	enum err e;

	if ((e = check_line(d->cx, "reason", &reason, ORDER_WORDS_MOST,
		 true)) != OK ||
	    (e = change_begin(d, &tx, c,
		 1u << ORDER_OFFERED | 1u << ORDER_ACCEPTED |
		     1u << ORDER_IN_PROGRESS,
		 N_("What is done, declined or cancelled stays so."),
		 &o)) != OK ||
	    (e = work_check(d, &o)) != OK)
		return e;
	if (o.kind == ORDER_CONSULTATION && o.state == ORDER_IN_PROGRESS)
		return fail(d->cx, ERR_CONFLICT, "",
		    N_("Paid advice ends in its call."));
	event_begin(d, &ev);
	event_text(&ev, "reason", reason);
	if ((e = q_order_cancel(&tx, c->id, c->version, d->cx->now_ms)) != OK)
		return e;
	return change_end(d, &tx, &ev, "order.cancelled", c->id);
}
