/*
 * The demo company's last ten working days. Time is counted twice: as a place
 * on one long axis of working hours without nights and weekends, on which calls
 * and answers are laid out, and as the moment which that is in the calendar.
 *
 * The last day is today where enough of it has passed, else the working day
 * before; nothing lies in the future.
 */
#include "doors/command/command_demo.h"

#include <time.h>

#include "base/clock.h"
#include "base/mem.h"
#include "desk/house.h"
#include "desk/ticket.h"
#include "doors/command/demo_files.h"

static const int64_t HOUR_MS = 3600000;

enum {
	DAYS = 10,
	OPENS = 8,            /* o'clock, local time */
	DAY_HOURS = 9,
	TODAY_LEAST_HOURS = 3,
	TODAY_LEFT_MS = 15 * MINUTE_MS, /* of quiet before the present */
	CALL_MOST_MS = 520000, /* no call of the script takes longer */
	GAP_MS = 5000,        /* between what two people do */
	QUIET_CALLS = 10,     /* at the end, without questions to be answered */
	WAITING_EVERY = 4,    /* calls between two that are still unanswered */
	LATERS_MOST = 5,      /* things done to one ticket */
	SEED = 20,
};

/* How many calls of a hundred come on each day. */
static const int share[DAYS] = {11, 9, 10, 11, 9, 12, 9, 10, 9, 10};

struct days {
	int64_t opens_ms[DAYS], length_ms[DAYS];
};

/* What is done to a ticket later. */
struct later {
	int64_t at; /* on the axis */
	enum message_kind kind;
	int64_t ticket;
	struct str body;
};

struct company {
	struct desk *d;
	struct demo_script script;
	struct demo_people people;
	struct demo_chance chance;
	struct days days;
	struct later *later;
	size_t laters;
	struct demo_made *made;
};

static int64_t
days_length(const struct days *days)
{
	int64_t sum = 0;

	for (int i = 0; i < DAYS; i++)
		sum += days->length_ms[i];
	return sum;
}

/* The moment of a place on the axis. */
static int64_t
days_moment(const struct days *days, int64_t at)
{
	int i = 0;

	while (i < DAYS - 1 && at >= days->length_ms[i])
		at -= days->length_ms[i++];
	if (at >= days->length_ms[i])
		at = days->length_ms[i] - 1;
	return days->opens_ms[i] + at;
}

/* Ten working days back from the present, the last one last. */
static void
days_find(struct days *days, int64_t now_ms)
{
	time_t now = (time_t)(now_ms / 1000);
	struct tm today;

	localtime_r(&now, &today);
	for (int i = DAYS - 1, back = 0; i >= 0; back++) {
		struct tm tm = {.tm_year = today.tm_year,
		    .tm_mon = today.tm_mon, .tm_mday = today.tm_mday - back,
		    .tm_hour = OPENS, .tm_isdst = -1};
		int64_t opens_ms = (int64_t)mktime(&tm) * 1000;
		int64_t left = now_ms - TODAY_LEFT_MS - opens_ms;

		if (tm.tm_wday == 0 || tm.tm_wday == 6 ||
		    left < TODAY_LEAST_HOURS * HOUR_MS)
			continue;
		days->opens_ms[i] = opens_ms;
		days->length_ms[i--] =
		    left < DAY_HOURS * HOUR_MS ? left : DAY_HOURS * HOUR_MS;
	}
}

/* The place on the axis where the call of that index begins. */
static int64_t
call_place(struct company *co, size_t index)
{
	size_t n = co->script.talks, from = 0, past = 0;
	int64_t begins = 0, slot, free_ms;
	int day = 0;

	for (int sum = share[0]; ; sum += share[day]) {
		past = n * (size_t)sum / 100;
		if (index < past || day == DAYS - 1)
			break;
		from = past;
		begins += co->days.length_ms[day++];
	}
	slot = co->days.length_ms[day] / (int64_t)(past - from);
	free_ms = slot - CALL_MOST_MS;
	return begins + slot * (int64_t)(index - from) +
	    (free_ms > 0 ? demo_chance(&co->chance, free_ms) : 0);
}

static void
shuffle(struct demo_chance *c, const struct demo_talk **v, size_t n)
{
	for (size_t i = n; i > 1; i--) {
		size_t j = (size_t)demo_chance(c, (int64_t)i);
		const struct demo_talk *t = v[i - 1];

		v[i - 1] = v[j];
		v[j] = t;
	}
}

static bool
talk_waits(const struct demo_talk *t)
{
	return !str_empty(t->question) && str_empty(t->answer);
}

/* Whether a talk may stand that many places before the end: what is still
 * unanswered came lately, but not all at once, and the last hours bring
 * nothing that would have been answered by now. */
static bool
talk_may(const struct demo_talk *t, size_t from_end, bool waiting_left)
{
	if (waiting_left && from_end % WAITING_EVERY == 1)
		return talk_waits(t);
	return from_end < QUIET_CALLS ? str_empty(t->question)
				      : !talk_waits(t);
}

/* The order of the calls. */
static const struct demo_talk **
talks_order(struct company *co)
{
	const struct demo_script *s = &co->script;
	const struct demo_talk **order =
	    mem_array(co->d->cx->mem, const struct demo_talk *, s->talks);
	size_t waiting = 0;

	for (size_t i = 0; i < s->talks; i++) {
		order[i] = &s->talk[i];
		waiting += talk_waits(order[i]);
	}
	shuffle(&co->chance, order, s->talks);
	for (size_t from_end = 0; from_end < s->talks; from_end++) {
		size_t to = s->talks - 1 - from_end, i = to;
		const struct demo_talk *t = order[to];

		while (i > 0 && !talk_may(order[i], from_end, waiting > 0))
			i--;
		waiting -= talk_waits(order[i]);
		order[to] = order[i];
		order[i] = t;
	}
	return order;
}

/* Does the rest of the unit's work as that employee. */
static void
act_as(struct company *co, size_t seat)
{
	const struct demo_seat *s = &demo_seats[seat];

	co->d->actor = (struct actor){
	    .employee_id = co->people.employee[seat],
	    .role = s->role,
	    .door = DOOR_DESK,
	    .login = str_of(s->login),
	    .name = str_of(s->name)};
}

/* The clock never goes back. */
static void
clock_to(struct company *co, int64_t at)
{
	int64_t ms = days_moment(&co->days, at);
	int64_t least = co->d->cx->now_ms + GAP_MS;

	co->d->cx->now_ms = ms > least ? ms : least;
}

static void
later_add(struct company *co, int64_t at, enum message_kind kind,
    int64_t ticket, struct str body)
{
	co->later[co->laters++] = (struct later){at, kind, ticket, body};
}

/* A length of working time between two numbers of minutes. */
static int64_t
minutes(struct company *co, int64_t least, int64_t most)
{
	return (least + demo_chance(&co->chance, most - least)) * MINUTE_MS;
}

/* Plans what becomes of a ticket opened at that place. An answer comes in any
 * case; what would lie behind the present is left out. */
static void
laters_plan(struct company *co, const struct demo_talk *t, int64_t ticket,
    int64_t at)
{
	int64_t end = days_length(&co->days);

	if (str_empty(t->answer))
		return;
	at += minutes(co, 20, 40);
	if (!str_empty(t->note))
		later_add(co, at, MESSAGE_NOTE, ticket, t->note);
	at += minutes(co, 5, 300);
	if (at >= end)
		at = end - 1;
	later_add(co, at, MESSAGE_ANSWER, ticket, t->answer);
	if (!str_empty(t->further)) {
		int64_t again = at + minutes(co, 200, 500);
		int64_t answered = again + minutes(co, 40, 240);

		if (answered >= end)
			return;
		later_add(co, again, MESSAGE_REOPENED, ticket, t->further);
		later_add(co, answered, MESSAGE_ANSWER, ticket,
		    t->further_answer);
		at = answered;
	}
	at += minutes(co, 500, 1400);
	if (at < end && demo_chance(&co->chance, 8))
		later_add(co, at, MESSAGE_CLOSED, ticket, STR(""));
}

static enum err
later_do(struct company *co, const struct later *l)
{
	struct ticket_change c = {
	    .id = l->ticket, .body = l->body, .way = WAY_TOLD};
	struct ticket_full t;
	enum err e;

	clock_to(co, l->at);
	act_as(co, demo_people_seat(&co->chance));
	if ((e = ticket_get(co->d, l->ticket, &t)) != OK)
		return e;
	c.version = t.ticket.version;
	switch (l->kind) {
	case MESSAGE_ANSWER:
		return ticket_answer(co->d, &c);
	case MESSAGE_NOTE:
		return ticket_note(co->d, l->ticket, l->body);
	case MESSAGE_CLOSED:
		return ticket_close(co->d, &c);
	case MESSAGE_REOPENED:
		return ticket_reopen(co->d, &c);
	}
	return ERR_INTERNAL;
}

/* Everything that is due before that place, earliest first; what was planned
 * first where two are due at once. */
static enum err
laters_do(struct company *co, int64_t before)
{
	enum err e = OK;

	while (e == OK) {
		struct later *first = NULL;

		for (size_t i = 0; i < co->laters; i++)
			if (co->later[i].at < before &&
			    (!first || co->later[i].at < first->at))
				first = &co->later[i];
		if (!first)
			break;
		e = later_do(co, first);
		first->at = INT64_MAX;
	}
	return e;
}

/* What is due for the orders, a moment before the call. */
static enum err
orders_do(struct company *co, int64_t at)
{
	clock_to(co, at);
	act_as(co, 0);
	return demo_orders_go_on(co->d);
}

static enum err
call_make(struct company *co, const struct demo_talk *t, int64_t at)
{
	const struct demo_customer *customer =
	    demo_people_pick(&co->people, &co->chance, t);
	int64_t ticket;
	enum err e;

	clock_to(co, at);
	act_as(co, demo_people_seat(&co->chance));
	if ((e = demo_call_lead(co->d, &co->script, t, customer, &co->chance,
		 &ticket)) != OK)
		return e;
	co->made->calls++;
	if (ticket) {
		co->made->tickets++;
		co->made->unanswered += talk_waits(t);
		laters_plan(co, t, ticket, at);
	}
	return OK;
}

/* A call with what is due before it, on memory of its own. */
static enum err
slot_make(struct company *co, const struct demo_talk *t, size_t index)
{
	struct cx *cx = co->d->cx;
	void *mem = cx->mem;
	int64_t at = call_place(co, index);
	enum err e;

	cx->mem = mem_sure(talloc_new(mem));
	if ((e = laters_do(co, at)) == OK && (e = orders_do(co, at)) == OK)
		e = call_make(co, t, at);
	if (e == OK) /* else what was said of it must live on */
		talloc_free(cx->mem);
	cx->mem = mem;
	return e;
}

static enum err
days_make(struct company *co)
{
	const struct demo_talk **order = talks_order(co);
	enum err e;

	co->later = mem_array(co->d->cx->mem, struct later,
	    co->script.talks * LATERS_MOST);
	co->d->cx->now_ms = co->days.opens_ms[0];
	for (size_t i = 0; i < co->script.talks; i++)
		if ((e = slot_make(co, order[i], i)) != OK)
			return e;
	return laters_do(co, INT64_MAX);
}

/* The script says by name where its ways lead; another instruction has other
 * names. */
static enum err
instruction_check(struct company *co)
{
	const struct instruction *ins;
	int64_t id;
	enum err e = house_in_force(co->d, &id, &ins);

	if (e != OK)
		return e;
	for (size_t i = 0; i < co->script.usual.n; i++) {
		const struct demo_move *m = &co->script.usual.v[i];
		int step = instruction_step(ins, m->step);

		if (step < 0 ||
		    step_answer(&ins->step[step], m->answer) < 0)
			return fail(co->d->cx, ERR_CONFLICT, "",
			    N_("The demo company works by the instruction that "
			       "ships with the program, not by another one."));
	}
	return OK;
}

/* Answers were there before the first call came. */
static enum err
answers_make(struct company *co)
{
	co->d->cx->now_ms = co->days.opens_ms[0];
	act_as(co, 0);
	return demo_answers_make(co->d);
}

enum err
demo_make(struct desk *d, struct demo_made *out)
{
	struct company co = {.d = d, .chance = {SEED}, .made = out};
	const struct actor program = d->actor;
	const enum lang lang = d->cx->lang;
	int64_t now_ms = d->cx->now_ms;
	enum err e;

	*out = (struct demo_made){0};
	d->cx->lang = LANG_DE; /* whatever the command speaks */
	days_find(&co.days, now_ms);
	if ((e = demo_script_read(d->cx->mem, demo_calls_yaml(),
		 &co.script)) == OK &&
	    (e = instruction_check(&co)) == OK &&
	    (e = demo_people_make(d, now_ms, &co.people)) == OK &&
	    (e = answers_make(&co)) == OK)
		e = days_make(&co);
	out->customers = co.people.n;
	d->actor = program;
	d->cx->now_ms = now_ms;
	d->cx->lang = lang;
	return e;
}
