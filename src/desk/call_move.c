/*
 * Leading a call through its instruction: one entry more in the transcript, and
 * in the same transaction who was identified and how, the end, and what follows
 * from it (call_effect.c).
 */
#include "desk/call.h"

#include "desk/call_effect.h"
#include "desk/call_state.h"
#include "desk/event.h"
#include "store/queries.h"

/* What the engine's refusals mean to the employee. */
static const char *const refusal_texts[REFUSAL__MAX] = {
    [REFUSAL_OVER] = N_("This call has ended."),
    [REFUSAL_STEP] = N_("The call stands at another step meanwhile."),
    [REFUSAL_ANSWER] = N_("There is no such answer here."),
    [REFUSAL_HIDDEN] = N_("This answer does not apply here."),
    [REFUSAL_NEEDS] = N_("Something is still missing for this answer."),
    [REFUSAL_EVIDENCE] = N_("The instruction asks for more before this end."),
    [REFUSAL_VISITS] = N_("This step was taken too often."),
    [REFUSAL_MATTERS] = N_("No further matter fits into this call."),
    [REFUSAL_NESTED] = N_("This branch is open already."),
    [REFUSAL_BACK] = N_("There is nothing to go back to."),
    [REFUSAL_PAID] = N_("The time of this call is paid for already."),
    [REFUSAL_FULL] = N_("This call has become too long."),
    [REFUSAL_KIND] = N_("This cannot be done in a call."),
};

/* What an input is missing, in the words of the person at the desk. */
static const char *const need_texts[INPUT__MAX] = {
    [INPUT_NUMBER] = N_("Type the whole customer number first."),
    [INPUT_CUSTOMER] = N_("Choose the customer first."),
    [INPUT_CONFIRMED] =
	N_("Choose the customer and write down what you checked instead."),
    [INPUT_PERSON] = N_("Choose or type who is calling first."),
    [INPUT_QUESTION] = N_("The question is not exact enough yet."),
    [INPUT_SEARCH] = N_("Search for the answer first."),
    [INPUT_TAKEN] = N_("Take one of the answers that were found first."),
    [INPUT_REASON] = N_("Write down why no answer served first."),
    [INPUT_TEXT] = N_("Write a short note first."),
    [INPUT_PRICE] = N_("Choose a price first."),
    [INPUT_WORDS] =
	N_("Write down what the caller answered, word for word, first."),
    [INPUT_ORDER] = N_("Choose the order first."),
};

/* The first input that an answer needs and the call has not. */
static enum input
input_lacking(const struct call *c, const struct answer *a)
{
	uint64_t lacks = a->needs & ~c->inputs;

	for (enum input i = INPUT_NONE; i < INPUT__MAX; i++)
		if (lacks & BIT(i) && need_texts[i])
			return i;
	return INPUT__MAX;
}

/* Whoever has named where it stands has taken an answer that says so. */
static bool
names_nothing(const struct call *c, const struct answer *a)
{
	return a->target.sets & BIT(EVIDENCE_PAGE_NAMED) && c->searched &&
	       c->search.taken_id.has && !c->search.leads;
}

static const char nothing_to_name[] =
    N_("This answer has neither an address nor clicks.");

static enum err
refused(struct desk *d, const struct call *c, const struct entry *entry,
    enum refusal why)
{
	const struct step *s = &c->instruction->step[entry->step];
	enum input lacking = INPUT__MAX;

	if (why == REFUSAL_NEEDS && entry->kind == ENTRY_ANSWER)
		lacking = input_lacking(c, &s->answer[entry->answer]);
	if (lacking != INPUT__MAX)
		return fail(d->cx, ERR_EVIDENCE, input_name(lacking),
		    "%s",
		    tr(d->cx->lang, need_texts[lacking]));
	return fail(d->cx, ERR_CONFLICT, "", "%s",
	    tr(d->cx->lang, refusal_texts[why]));
}

const char *
call_lacks(const struct call *c, int answer)
{
	const struct step *s = &c->instruction->step[c->walk.step];
	enum refusal why = walk_answer(c->instruction, &c->walk, answer,
	    c->facts, c->inputs);
	enum input lacking;

	if (why == REFUSAL_NONE)
		return names_nothing(c, &s->answer[answer]) ? nothing_to_name
							   : NULL;
	if (why != REFUSAL_NEEDS)
		return refusal_texts[why];
	lacking = input_lacking(c, &s->answer[answer]);
	if (lacking == s->input && lacking != INPUT_NUMBER &&
	    lacking != INPUT_CUSTOMER)
		return NULL;
	return lacking == INPUT__MAX ? refusal_texts[why]
				     : need_texts[lacking];
}

static enum identified
identified_by(const struct walk *w)
{
	if (w->evidence & BIT(EVIDENCE_BY_NUMBER))
		return IDENTIFIED_NUMBER;
	if (w->evidence & BIT(EVIDENCE_BY_VOICE))
		return IDENTIFIED_VOICE;
	if (w->evidence & BIT(EVIDENCE_BY_CHECK))
		return IDENTIFIED_CHECK;
	return IDENTIFIED_NOT;
}

/* One row of the transcript, and its event. */
static enum err
entry_add(struct desk *d, struct db_tx *tx, const struct call *c, int64_t seq,
    enum entry_kind kind, struct str step, struct str answer)
{
	struct event ev;
	enum err e;

	if ((e = q_call_entry_add(tx, c->row.id, seq,
		 str_of(entry_kind_name(kind)), step, answer,
		 facts_text(d->cx->mem, c->facts), d->actor.employee_id,
		 d->cx->now_ms)) != OK)
		return e;
	event_begin(d, &ev);
	event_text(&ev, "kind", str_of(entry_kind_name(kind)));
	event_text(&ev, "step", step);
	event_text(&ev, "answer", answer);
	return event_add(d, tx, &ev, "call.step", c->row.id);
}

/* The entry, behind the limit's, if that has come up since the last one. */
static enum err
entry_write(struct desk *d, struct db_tx *tx, const struct call *c,
    const struct call_move *m)
{
	const struct instruction *ins = c->instruction;
	const struct walk *w = &c->walk;
	enum err e = OK;

	if (c->limit_due)
		e = entry_add(d, tx, c, c->row.entries + 1, ENTRY_LIMIT,
		    ins->step[w->frame[w->depth - 1].step].id,
		    ins->anytime[ins->limit].id);
	if (e != OK)
		return e;
	return entry_add(d, tx, c, call_seq(c) + 1, m->kind,
	    ins->step[w->step].id,
	    m->kind == ENTRY_BACK ? STR("") : m->answer);
}

/* Whether this entry changes what the transcript says of the identification. As
 * long as it does not, what the row says stays: the call may have been moved to
 * another customer, identified in another way (call_reassign.c). */
static bool
identifies(const struct walk *before, const struct walk *after)
{
	const uint64_t ways = BIT(EVIDENCE_BY_NUMBER) |
	    BIT(EVIDENCE_BY_VOICE) | BIT(EVIDENCE_BY_CHECK);

	return (before->evidence ^ after->evidence) & ways;
}

static enum err
row_write(struct desk *d, struct db_tx *tx, const struct call *c,
    const struct walk *w, const struct call_effects *effects)
{
	enum identified by = (enum identified)c->row.identified_by;
	struct str note = c->row.identified_note;
	const char *outcome = w->matters_n
	    ? outcome_name(w->matter[w->matters_n - 1].outcome)
	    : "";
	int64_t moved;
	enum err e;

	if (identifies(&c->walk, w)) {
		by = identified_by(w);
		note = by == IDENTIFIED_CHECK ? call_typed(c, "confirmed")
					      : STR("");
	}
	e = q_call_moved(tx, c->row.id, c->row.entries, call_seq(c) + 1,
	    (struct opt_i64){w->over, d->cx->now_ms}, effects->overrun_ms, by,
	    note, str_of(outcome), &moved);
	return e == OK && moved != 1 ? ERR_STALE : e;
}

static enum err
must_stand(struct desk *d, const struct call *c, const struct call_move *m)
{
	if (m->seq == call_seq(c) &&
	    instruction_step(c->instruction, m->step) == c->walk.step)
		return OK;
	return fail(d->cx, ERR_STALE, "",
	    N_("This call was led on in another tab; here is where it stands "
	       "now."));
}

static enum err
entry_make(struct desk *d, const struct call *c, const struct call_move *m,
    struct entry *out)
{
	const struct instruction *ins = c->instruction;
	int step = c->walk.step;

	*out = (struct entry){m->kind, step, 0, c->facts, d->cx->now_ms};
	if (m->kind == ENTRY_ANSWER)
		out->answer = step_answer(&ins->step[step], m->answer);
	else if (m->kind == ENTRY_ANYTIME)
		out->answer = instruction_anytime(ins, m->answer);
	if (out->answer < 0 || m->kind == ENTRY_WAIVE || m->kind == ENTRY_LIMIT)
		return refused(d, c, out, REFUSAL_ANSWER);
	return OK;
}

/* The answer by which a document that was taken is read out in a further step;
 * "" if it is read out in this one. */
static struct str
taking_answer(const struct call *c)
{
	const struct step *s = &c->instruction->step[c->walk.step];

	for (int i = 0; i < s->answers_n; i++)
		if (s->answer[i].needs & BIT(INPUT_TAKEN) &&
		    s->answer[i].target.kind == TARGET_STEP)
			return s->answer[i].id;
	return STR("");
}

/* Keeps what the form brought along; *c is the call with it. */
static enum err
typed_keep(struct desk *d, struct db_tx *tx, const struct call_move *m,
    struct call *c)
{
	enum err e;

	for (size_t i = 0; i < m->texts; i++)
		if ((e = call_type_write(d, tx, c, m->text[i].name,
			 m->text[i].value)) != OK)
			return e;
	if ((m->person_id || m->person.n) &&
	    (e = call_person_write(d, tx, c, m->person_id, m->person)) != OK)
		return e;
	if (m->texts || m->person_id || m->person.n)
		e = call_load_own(d, tx->db, m->id, c);
	else
		e = OK;
	if (e != OK || m->document == 0)
		return e;
	if ((e = call_take_write(d, tx, c, m->document)) != OK)
		return e;
	return call_load_own(d, tx->db, m->id, c);
}

/* One entry more, and what follows from it. */
static enum err
entry_carry_out(struct desk *d, struct db_tx *tx, const struct call *c,
    const struct call_move *m, const struct walk *after, int64_t *out_ticket)
{
	struct call_effects effects;
	enum err e;

	if ((e = entry_write(d, tx, c, m)) != OK ||
	    (e = call_carry_out(d, tx, c, after, &effects)) != OK)
		return e;
	*out_ticket = effects.ticket;
	return row_write(d, tx, c, after, &effects);
}

/* What was typed stays although the answer is refused. */
static enum err
typed_only(struct db_tx *tx, enum err refused)
{
	enum err e = db_commit(tx);

	return e != OK ? e : refused;
}

enum err
call_move(struct desk *d, const struct call_move *asked, int64_t *out_ticket)
{
	struct call_move move = *asked, *m = &move;
	int64_t ticket = 0;
	enum refusal why;
	struct entry entry;
	struct walk after;
	struct call c;
	DB_TX tx = {0};
	enum err e;

	if ((e = desk_needs(d, ROLE_AGENT)) != OK ||
	    (e = db_begin(d->db, &tx)) != OK ||
	    (e = call_load_own(d, tx.db, m->id, &c)) != OK ||
	    (e = must_stand(d, &c, m)) != OK ||
	    (e = typed_keep(d, &tx, m, &c)) != OK)
		return e;
	if (m->document)
		m->answer = taking_answer(&c);
	if (m->stay || (m->document && str_empty(m->answer)))
		return db_commit(&tx);
	if ((e = entry_make(d, &c, m, &entry)) != OK)
		return typed_only(&tx, e);
	after = c.walk;
	if ((why = walk_next(c.instruction, &after, &entry, c.inputs)) !=
	    REFUSAL_NONE)
		return typed_only(&tx, refused(d, &c, &entry, why));
	if (m->kind == ENTRY_ANSWER && names_nothing(&c,
		&c.instruction->step[entry.step].answer[entry.answer]))
		return typed_only(&tx, fail(d->cx, ERR_EVIDENCE, "taken", "%s",
		    tr(d->cx->lang, nothing_to_name)));
	if ((e = entry_carry_out(d, &tx, &c, m, &after, &ticket)) != OK ||
	    (e = db_commit(&tx)) != OK)
		return e;
	*out_ticket = ticket;
	return OK;
}
