/*
 * Leading a call through its instruction: one entry more in the transcript, and
 * what follows from it in the same transaction: the outcome of a matter (a
 * ticket goes through the intake), who was identified and how, the end.
 */
#include "desk/call.h"

#include "desk/call_state.h"
#include "desk/event.h"
#include "desk/gap.h"
#include "desk/intake.h"
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
		return NULL;
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

static enum contact_class
class_of(const struct matter *m)
{
	switch (m->outcome) {
	case OUTCOME_ORDER:
	case OUTCOME_CONSULTATION:
		return CLASS_ORDER;
	case OUTCOME_ANSWERED:
	case OUTCOME_REFERRED:
	case OUTCOME_KNOWN_FAULT:
	case OUTCOME_CUSTOMERS_FAULT:
	case OUTCOME_TICKET:
		return m->evidence & BIT(EVIDENCE_CONTRACT) ? CLASS_SUPPORT
							    : CLASS_NEITHER;
	default:
		return CLASS_NEITHER;
	}
}

static enum ticket_kind
kind_of(const struct matter *m)
{
	if (m->evidence & BIT(EVIDENCE_KIND_PROSPECT))
		return KIND_PROSPECT;
	if (m->evidence & BIT(EVIDENCE_KIND_PARTNER))
		return KIND_PARTNER;
	if (m->evidence & BIT(EVIDENCE_KIND_LEGAL))
		return KIND_LEGAL;
	return KIND_SUPPORT;
}

static enum reason_kind
reason_of(const struct matter *m)
{
	if (m->evidence & BIT(EVIDENCE_REASON_NOT_THERE))
		return REASON_NOT_THERE;
	if (m->evidence & BIT(EVIDENCE_REASON_NOT_CLEAR))
		return REASON_NOT_CLEAR;
	if (m->evidence & BIT(EVIDENCE_REASON_NOT_FOUND))
		return REASON_NOT_FOUND;
	return m->evidence & BIT(EVIDENCE_REASON) ? REASON_OTHER : REASON_NONE;
}

/* The ticket that the matter ended with, from what is on record. */
static enum err
matter_ticket(struct desk *d, struct db_tx *tx, const struct call *c,
    const struct matter *m, int64_t *out_id)
{
	const struct q_call *row = &c->row;
	struct intake in = {
	    .kind = kind_of(m),
	    .call_id = row->id,
	    .customer_id = row->customer_id.has ? row->customer_id.v : 0,
	    .person_id = row->person_id.has ? row->person_id.v : 0,
	    .caller_name = row->caller_name,
	    .caller_number = row->caller_number,
	    .question = call_typed(c, "question"),
	    .search_words = call_typed(c, "search"),
	    .search_reason = call_typed(c, "reason"),
	    .reason_kind = reason_of(m),
	    .searched = c->searched,
	    .read_back = m->evidence & BIT(EVIDENCE_READ_BACK),
	    .internet_hint = m->evidence & BIT(EVIDENCE_INTERNET_HINT),
	};

	return intake_write(d, tx, &in, out_id);
}

/* What the matter's searches were worth: an answer that ended it well counts,
 * words that found nothing although somebody knew the answer are a gap. Those
 * that led to a ticket are noted by the intake. */
static enum err
matter_searched(struct desk *d, struct db_tx *tx, const struct call *c,
    const struct matter *m, int64_t ticket)
{
	bool well = m->outcome == OUTCOME_ANSWERED ||
	    m->outcome == OUTCOME_REFERRED;
	struct gap_case gap = {.words = c->search.words};

	if (!c->searched)
		return OK;
	if (ticket)
		return q_search_ticket(tx, c->row.id, call_matter(c),
		    opt(ticket));
	if (well && c->search.taken_id.has)
		return index_served(d->cx, tx, c->search.taken_id.v);
	if (well && c->search.found == 0)
		return gap_note(d, tx, &gap);
	return OK;
}

/* Carries out the outcome of the matter that has just ended. */
static enum err
matter_end(struct desk *d, struct db_tx *tx, const struct call *c,
    const struct walk *w, int64_t *out_ticket)
{
	const struct matter *m = &w->matter[w->matters_n - 1];
	bool written = m->outcome == OUTCOME_TICKET ||
	    m->outcome == OUTCOME_RECORDED;
	struct event ev;
	enum err e;

	if ((written && (e = matter_ticket(d, tx, c, m, out_ticket)) != OK) ||
	    (e = matter_searched(d, tx, c, m, *out_ticket)) != OK)
		return e;
	event_begin(d, &ev);
	event_int(&ev, "matter", w->matters_n);
	event_text(&ev, "outcome", str_of(outcome_name(m->outcome)));
	if (*out_ticket)
		event_int(&ev, "ticket", *out_ticket);
	if ((e = q_call_matter_add(tx, c->row.id, w->matters_n, class_of(m),
		 str_of(outcome_name(m->outcome)), opt_id(*out_ticket),
		 d->cx->now_ms)) != OK)
		return e;
	return event_add(d, tx, &ev, "call.matter", c->row.id);
}

static enum err
entry_write(struct desk *d, struct db_tx *tx, const struct call *c,
    const struct call_move *m)
{
	const struct walk *w = &c->walk;
	struct str step = c->instruction->step[w->step].id;
	struct event ev;
	enum err e;

	if ((e = q_call_entry_add(tx, c->row.id, c->row.entries + 1,
		 str_of(entry_kind_name(m->kind)), step,
		 m->kind == ENTRY_BACK ? STR("") : m->answer,
		 facts_text(d->cx->mem, c->facts), d->actor.employee_id,
		 d->cx->now_ms)) != OK)
		return e;
	event_begin(d, &ev);
	event_text(&ev, "kind", str_of(entry_kind_name(m->kind)));
	event_text(&ev, "step", step);
	event_text(&ev, "answer", m->answer);
	return event_add(d, tx, &ev, "call.step", c->row.id);
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
    const struct walk *w)
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
	e = q_call_moved(tx, c->row.id, c->row.entries,
	    (struct opt_i64){w->over, d->cx->now_ms}, by, note,
	    str_of(outcome), &moved);
	return e == OK && moved != 1 ? ERR_STALE : e;
}

static enum err
must_stand(struct desk *d, const struct call *c, const struct call_move *m)
{
	if (m->seq == c->row.entries &&
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
	if (out->answer < 0 || m->kind == ENTRY_WAIVE)
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
	enum err e;

	if ((e = entry_write(d, tx, c, m)) != OK)
		return e;
	if (after->matters_n > c->walk.matters_n &&
	    (e = matter_end(d, tx, c, after, out_ticket)) != OK)
		return e;
	return row_write(d, tx, c, after);
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
	if ((e = entry_carry_out(d, &tx, &c, m, &after, &ticket)) != OK ||
	    (e = db_commit(&tx)) != OK)
		return e;
	*out_ticket = ticket;
	return OK;
}
