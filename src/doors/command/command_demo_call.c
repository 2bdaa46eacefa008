/*
 * One call of the demo company, led as an employee leads it: look where the
 * guide stands, choose who is on the line, type what belongs there, take the
 * next answer. Which answer that is says the talk's way; where it is silent,
 * the usual one. The clock goes on by what a step usually takes, more or less.
 */
#include "doors/command/command_demo.h"

#include "base/log.h"
#include "desk/call.h"
#include "desk/house.h"

enum {
	ADVICE_S = 840,    /* what paid advice usually takes */
	JITTER_LEAST = 75, /* percent of a step's time */
	JITTER_SPAN = 50,
	HIDDEN_OF = 10,    /* one caller of so many shows no number, */
	BY_VOICE_OF = 12,  /* is known by the voice, */
	BY_CHECK_OF = 8,   /* has not the customer number at hand */
	STRANGERS_FROM = 700,
	STRANGERS = 300,
};

/* A call on its way. */
struct line {
	struct desk *d;
	const struct demo_script *s;
	const struct demo_talk *t;
	const struct demo_customer *customer; /* may be NULL */
	struct demo_chance *chance;
	size_t taken;           /* moves of the way */
	const char *identified; /* the answer to "number" */
	int64_t id;
	const struct q_customer_persons *person;
};

/* The answer that the way or, where it is silent, custom gives to a step. */
static struct demo_move
move_next(struct line *l, struct str step)
{
	const struct demo_moves *way = &l->t->way->moves;
	const struct demo_moves *usual = &l->s->usual;

	if (l->taken < way->n && str_eq(way->v[l->taken].step, step))
		return way->v[l->taken++];
	if (str_is(step, "number"))
		return (struct demo_move){step, str_of(l->identified), false};
	for (size_t i = 0; i < usual->n; i++)
		if (str_eq(usual->v[i].step, step))
			return usual->v[i];
	return (struct demo_move){step, STR(""), false};
}

/* Most people have their number at hand, few are known by their voice. */
static const char *
identified_how(struct line *l)
{
	if (demo_chance(l->chance, BY_VOICE_OF) == 0)
		return "voice";
	return demo_chance(l->chance, BY_CHECK_OF) == 0 ? "not-at-hand"
							: "number";
}

/* The number that the telephone shows. Strangers' numbers lie in the same free
 * ranges as everybody's, behind those that the table gives. */
static struct str
caller_number(struct line *l)
{
	static const char *const ranges[] = {"0221 4710", "030 23125",
	    "069 90009", "089 99998", "040 66969"};
	void *mem = l->d->cx->mem;
	const struct q_customer_phones_rows *phones;

	if (demo_chance(l->chance, HIDDEN_OF) == 0)
		return STR("");
	if (!l->customer)
		return str_printf(mem, "%s %d",
		    ranges[demo_chance(l->chance,
			sizeof ranges / sizeof *ranges)],
		    (int)(STRANGERS_FROM +
			demo_chance(l->chance, STRANGERS)));
	phones = &l->customer->full.phones;
	for (size_t i = 0; i < phones->n; i++)
		if (l->person && phones->v[i].person_id.has &&
		    phones->v[i].person_id.v == l->person->id)
			return str_printf(mem, "+%.*s",
			    STR_FMT(phones->v[i].e164));
	return STR("");
}

/* Who is on the line: as the step asks for it. */
static enum err
caller_choose(struct line *l, const struct call *c, enum input asked,
    const struct demo_move *m)
{
	const struct q_customer *customer;

	if (asked == INPUT_CUSTOMER && l->customer && !m->branch &&
	    !(c->walk.evidence & BIT(EVIDENCE_CUSTOMER))) {
		customer = &l->customer->full.customer;
		return call_customer(l->d, l->id, customer->id,
		    str_is(m->answer, "number") ? customer->number
						: customer->name);
	}
	if (asked != INPUT_PERSON || m->branch ||
	    c->walk.evidence & BIT(EVIDENCE_PERSON))
		return OK;
	return call_person(l->d, l->id, l->person ? l->person->id : 0,
	    l->person ? STR("") : l->t->caller);
}

/* What the caller says or the employee looks for, as it is written down. */
static struct str
text_for(const struct line *l, const struct call *c, enum input asked,
    const struct demo_move *m)
{
	switch (asked) {
	case INPUT_CONFIRMED:
		return l->customer ? STR("Nummer der letzten Rechnung stimmt")
				   : STR("");
	case INPUT_QUESTION:
		if (str_is(m->answer, "callback"))
			return STR("Bittet um Rückruf.");
		return str_is(m->answer, "vague") ? STR("Es geht nicht.")
						  : l->t->question;
	case INPUT_SEARCH:
		return l->t->search;
	case INPUT_REASON:
		return l->t->reason;
	case INPUT_PRICE:
		return price_of_kind(l->d->house->prices, call_offers(c))->id;
	case INPUT_WORDS:
		if (str_is(m->answer, "declines"))
			return STR("Nein, das ist mir zu teuer.");
		return str_is(m->answer, "thinks")
		    ? STR("Das muss ich erst besprechen.")
		    : STR("Ja, machen Sie das bitte.");
	default:
		return STR("");
	}
}

static enum err
text_type(struct line *l, const struct call *c, enum input asked,
    const struct demo_move *m)
{
	struct str text = text_for(l, c, asked, m);

	if (str_empty(text) || m->branch ||
	    str_eq(call_typed(c, input_name(asked)), text))
		return OK;
	return call_type(l->d, l->id, str_of(input_name(asked)), text);
}

/* What the employee takes of what was found: the best. 0 where nothing was. */
static enum err
answer_choose(struct line *l, int64_t *document)
{
	struct call c;
	struct str best;
	enum err e;

	if ((e = call_get(l->d, l->id, &c)) != OK)
		return e;
	best = c.searched ? c.search.shown : STR("");
	for (size_t i = 0; i < best.n; i++)
		if (best.p[i] == ' ')
			best.n = i;
	return str_to_i64(best, document) ? OK : ERR_EVIDENCE;
}

/* Whether this is the answer that needs one of those that were found. */
static bool
takes(const struct step *s, const struct demo_move *m)
{
	int i = m->branch ? -1 : step_answer(s, m->answer);

	return i >= 0 && s->input == INPUT_SEARCH &&
	    s->answer[i].needs & BIT(INPUT_TAKEN);
}

/* A step without a time of its own is advice, which is paid by time. */
static void
time_pass(struct line *l, const struct step *s)
{
	int64_t percent = JITTER_LEAST + demo_chance(l->chance, JITTER_SPAN);
	int seconds = s->seconds ? s->seconds : ADVICE_S;

	/* seconds, two percentages, milliseconds */
	l->d->cx->now_ms += seconds * percent * l->t->way->pace / 10;
}

/* One step on; *over tells that there is none any more. */
static enum err
step_on(struct line *l, int64_t *ticket, bool *over)
{
	const struct step *s;
	struct call_move move;
	struct demo_move m;
	struct call c;
	int64_t opened = 0;
	enum err e;

	if ((e = call_get(l->d, l->id, &c)) != OK)
		return e;
	*over = c.walk.over;
	if (*over)
		return OK;
	time_pass(l, &c.instruction->step[c.walk.step]);
	if ((e = call_get(l->d, l->id, &c)) != OK)
		return e; /* the limit may have come up meanwhile */
	s = &c.instruction->step[c.walk.step];
	m = move_next(l, s->id);
	move = (struct call_move){.id = l->id, .seq = call_seq(&c),
	    .kind = m.branch ? ENTRY_ANYTIME : ENTRY_ANSWER,
	    .step = s->id, .answer = m.answer};
	if ((e = caller_choose(l, &c, s->input, &m)) != OK ||
	    (e = text_type(l, &c, s->input, &m)) != OK ||
	    (takes(s, &m) && (e = answer_choose(l, &move.document)) != OK) ||
	    (e = call_move(l->d, &move, &opened)) != OK)
		log_warn("demo: way %.*s: step %.*s, answer %.*s (%.*s)",
		    STR_FMT(l->t->way->id), STR_FMT(s->id),
		    STR_FMT(m.answer), STR_FMT(l->t->search));
	if (opened)
		*ticket = opened;
	return e;
}

enum err
demo_call_lead(struct desk *d, const struct demo_script *s,
    const struct demo_talk *t, const struct demo_customer *customer,
    struct demo_chance *c, int64_t *out_ticket)
{
	struct line l = {.d = d, .s = s, .t = t, .customer = customer,
	    .chance = c};
	bool over = false;
	enum err e;

	if (customer && customer->full.persons.n)
		l.person = &customer->full.persons.v[demo_chance(c,
		    (int64_t)customer->full.persons.n)];
	l.identified = identified_how(&l);
	*out_ticket = 0;
	e = call_start(d, caller_number(&l), &l.id);
	while (e == OK && !over)
		e = step_on(&l, out_ticket, &over);
	return e;
}
