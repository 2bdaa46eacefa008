/* The proof against brute force: random small instructions (seeded), each
 * walked in every way that walk_next allows, under all facts, with branches
 * and further matters. Both must find the same missing evidence, the same dead
 * ends, the same unreachable steps and the same seconds: src/instruction/
 * prove_evidence.c, prove_time.c, flow.c. */
#include "check.h"

#include "base/buf.h"
#include "instruction/prove.h"
#include "instruction/walk.h"
#include "load_instruction.h"

enum {
	FILES = 1200,
	STATES_MOST = 3000,
	STEPS_MOST = 6,
	FACTS_USED = BIT(FACT_CONTRACT_ACTIVE) | BIT(FACT_PHONE_KNOWN),
	SLIM = offsetof(struct walk, path),
};

static const char *const evidence_used[] = {"customer", "person", "question",
    "reason"};
static const char *const facts_used[] = {"contract-active", "phone-known"};

static uint32_t
draw(uint64_t *seed, uint32_t below)
{
	*seed = *seed * 6364136223846793005u + 1442695040888963407u;
	return (uint32_t)(*seed >> 33) % below;
}

/* Where something leads from main step `i` of `n`: on, or to an end. */
static void
put_target(struct buf *b, uint64_t *seed, int least, int n)
{
	static const char *const ends[] = {"refused", "ticket", "answered"};

	if (draw(seed, 2))
		buf_printf(b, "sets: %s, ", evidence_used[draw(seed, 4)]);
	if (least < n && draw(seed, 4))
		buf_printf(b, "next: s%d}\n",
		    least + (int)draw(seed, (uint32_t)(n - least)));
	else
		buf_printf(b, "end: %s}\n", ends[draw(seed, 5) ? 0 : draw(seed, 3)]);
}

static void
put_answers(struct buf *b, uint64_t *seed, int i, int n)
{
	int answers = 1 + (int)draw(seed, 3);

	buf_puts(b, "    answers:\n");
	for (int j = 0; j < answers; j++) {
		buf_printf(b, "      - {id: a%d, text: {de: A, en: A}, ", j);
		if (draw(seed, 4) == 0)
			buf_printf(b, "when: %s, ", facts_used[draw(seed, 2)]);
		if (j == 0 && i + 1 < n)
			buf_printf(b, "next: s%d}\n", i + 1);
		else
			put_target(b, seed, 0, n);
	}
}

/* The last of the main steps ends in every outcome, mostly with everything on
 * record. */
static void
put_last(struct buf *b, uint64_t *seed, int i)
{
	static const char *const ends[] = {"refused", "ticket", "answered"};

	buf_printf(b,
	    "  - id: s%d\n    say: {de: S, en: S}\n    seconds: 1\n"
	    "    answers:\n",
	    i);
	for (int j = 0; j < 3; j++)
		buf_printf(b,
		    "      - {id: e%d, text: {de: E, en: E}, sets: [%s], "
		    "end: %s}\n",
		    j,
		    draw(seed, 5) ? "customer, person, question, reason"
				  : evidence_used[draw(seed, 4)],
		    ends[j]);
}

/* Asking steps are bounded and may lead back; deciding ones lead on. */
static void
put_step(struct buf *b, uint64_t *seed, int i, int n, bool records)
{
	uint32_t side;

	buf_printf(b, "  - id: s%d\n", i);
	if (i == 0 || draw(seed, 3)) {
		buf_printf(b,
		    "    say: {de: S, en: S}\n    seconds: %u\n    max: %u\n",
		    1 + draw(seed, 9), 1 + draw(seed, 2));
		put_answers(b, seed, i, n);
		return;
	}
	if (records && draw(seed, 2))
		buf_puts(b, "    on-record: person\n");
	else
		buf_printf(b, "    decide: %s\n", facts_used[draw(seed, 2)]);
	side = draw(seed, 2);
	buf_printf(b, "    %s: s%d\n", side ? "yes" : "no", i + 1);
	buf_printf(b, "    %s: {", side ? "no" : "yes");
	put_target(b, seed, i + 1, n);
}

static void
put_branch(struct buf *b, uint64_t *seed)
{
	static const char *const sets[] = {"[]", "question", "reason"};

	buf_puts(b, "  - id: b0\n    say: {de: B, en: B}\n    seconds: 1\n"
		    "    answers:\n");
	buf_printf(b,
	    "      - {id: r, text: {de: R, en: R}, sets: %s, next: return}\n",
	    sets[draw(seed, 3)]);
	buf_printf(b,
	    "      - {id: e, text: {de: E, en: E}, sets: %s, end: %s}\n",
	    sets[draw(seed, 3)], draw(seed, 4) ? "refused" : "ticket");
	buf_puts(b, "anytime:\n  - {id: b, key: B, text: {de: B, en: B}, "
		    "start: b0}\n");
}

static void
put_outcome(struct buf *b, uint64_t *seed, const char *name)
{
	buf_printf(b, "  %s: {then: more", name);
	if (draw(seed, 2))
		buf_printf(b, ", requires: [%s]", evidence_used[draw(seed, 4)]);
	if (draw(seed, 3) == 0)
		buf_printf(b, ", one-of: [%s, %s]",
		    evidence_used[draw(seed, 2)],
		    evidence_used[2 + draw(seed, 2)]);
	buf_puts(b, "}\n");
}

static struct str
random_file(void *mem, uint64_t seed, bool records)
{
	struct buf b;
	int n = 2 + (int)draw(&seed, STEPS_MOST - 1);

	buf_init(&b, mem, 1 << 16);
	buf_printf(&b,
	    "dienstweg: 1\nid: r\ntitle: {de: R, en: R}\n"
	    "limits: {call: %us, warn: 1s, grace: 1s, matters: %u}\n"
	    "rules:\n  - {id: R, text: {de: R, en: R}, kept-by: books}\n"
	    "outcomes:\n  refused: {}\n",
	    10 + draw(&seed, 40), 1 + draw(&seed, 2));
	put_outcome(&b, &seed, "ticket");
	put_outcome(&b, &seed, "answered");
	buf_puts(&b, "start: s0\nsteps:\n");
	for (int i = 0; i < n - 1; i++)
		put_step(&b, &seed, i, n, records);
	put_last(&b, &seed, n - 1);
	buf_printf(&b,
	    "  - id: more\n    say: {de: M, en: M}\n    seconds: 3\n"
	    "    answers:\n"
	    "      - {id: m, text: {de: M, en: M}, next: s%u}\n"
	    "      - {id: n, text: {de: N, en: N}, end: call}\n",
	    draw(&seed, (uint32_t)n));
	put_branch(&b, &seed);
	return buf_get(&b);
}

/* All states that walks come to. */
struct brute {
	const struct instruction *ins;
	bool first_only;  /* no branches, the first matter alone */
	int n, table_n;
	struct walk *now; /* a whole walk to work in */
	char *state;      /* SLIM bytes each */
	int *seconds;     /* the most that a walk there has taken */
	int *queue;
	int queue_n;
	int *table;
	int seconds_most;
	bool full;
	bool reached[INSTRUCTION_STEPS_MAX], dead[INSTRUCTION_STEPS_MAX];
	const struct complaints *c;
	bool lacking, untold;
};

static uint64_t
state_hash(const struct walk *w)
{
	uint64_t h = w->evidence * 31 + (uint64_t)w->step * 7 +
		     (uint64_t)w->matters_n * 3 + w->between * 5u +
		     (uint64_t)w->depth;

	for (int i = 0; i < STEPS_MOST + 3; i++)
		h = h * 11 + w->visits[i];
	if (w->depth)
		h = h * 13 + (uint64_t)w->frame[0].step;
	return h * 0x9e3779b97f4a7c15u;
}

static bool
state_same(const struct walk *a, const struct walk *b)
{
	return a->evidence == b->evidence && a->step == b->step &&
	       a->matters_n == b->matters_n && a->between == b->between &&
	       a->depth == b->depth &&
	       (!a->depth || a->frame[0].step == b->frame[0].step) &&
	       memcmp(a->visits, b->visits, sizeof a->visits) == 0;
}

static struct walk *
state_of(struct brute *t, int i)
{
	return (struct walk *)(void *)(t->state + (size_t)i * SLIM);
}

/* Takes a state on the list unless it is there with as many seconds. */
static void
state_add(struct brute *t, const struct walk *w, int seconds)
{
	size_t at = state_hash(w) % (size_t)t->table_n;
	int i;

	while ((i = t->table[at] - 1) >= 0 && !state_same(state_of(t, i), w))
		at = (at + 1) % (size_t)t->table_n;
	if (i >= 0 && t->seconds[i] >= seconds)
		return;
	if (i < 0) {
		if (t->n == STATES_MOST) {
			t->full = true;
			return;
		}
		i = t->n++;
		t->table[at] = i + 1;
		memcpy(state_of(t, i), w, SLIM);
		t->reached[w->step] = true;
	}
	t->seconds[i] = seconds;
	t->queue[t->queue_n++ % STATES_MOST] = i;
	if (t->first_only && seconds > t->seconds_most)
		t->seconds_most = seconds;
}

/* Memory for it, used for one file after another; all hangs on `now`. */
static struct brute
brute_room(void *mem)
{
	struct walk *now = mem_new(mem, struct walk);

	return (struct brute){.now = now,
	    .table_n = 4 * STATES_MOST,
	    .state =
		mem_array(now, char, STATES_MOST * SLIM + sizeof(struct walk)),
	    .seconds = mem_array(now, int, STATES_MOST),
	    .queue = mem_array(now, int, STATES_MOST),
	    .table = mem_array(now, int, 4 * STATES_MOST)};
}

/* Whether the proof has told of this missing evidence at this place. */
static bool
told(const struct brute *t, const struct target *end, const char *missing)
{
	for (size_t i = 0; i < t->c->n && i < COMPLAINTS_MAX; i++)
		if (t->c->item[i].line == end->at.line &&
		    strstr(t->c->item[i].text.p, missing))
			return true;
	return false;
}

/* The walk was refused for want of evidence: the proof must say so. */
static void
check_lacking(struct brute *t, const struct walk *w, const struct target *end,
    uint64_t facts)
{
	const struct outcome_rule *o;
	uint64_t evidence = w->evidence | end->sets;
	char text[200];

	while (end->kind == TARGET_STEP) {
		end = step_decision(&t->ins->step[end->step], evidence, facts);
		evidence |= end->sets;
	}
	o = &t->ins->outcome[end->outcome];
	t->lacking = true;
	for (enum evidence e = 0; e < EVIDENCE__MAX; e++) {
		if (!((o->requires & ~evidence) & BIT(e)))
			continue;
		snprintf(text, sizeof text, "is reached without \"%s\": ",
		    evidence_name(e));
		t->untold |= !told(t, end, text);
	}
	if (o->one_of && !(o->one_of & evidence))
		t->untold |= !told(t, end, "\" or \"");
}

static void
take(struct brute *t, int from, const struct entry *e)
{
	const struct step *s = &t->ins->step[e->step];
	struct walk *w = t->now;
	const struct target *end = e->kind == ENTRY_ANYTIME
				       ? &t->ins->anytime[e->answer].target
				       : &s->answer[e->answer].target;
	enum refusal why;

	memcpy(w, state_of(t, from), SLIM);
	w->entries_n = w->path_n = w->floor = 0;
	why = walk_next(t->ins, w, e, UINT64_MAX);
	if (why == REFUSAL_EVIDENCE)
		check_lacking(t, w, end, e->facts);
	if (why != REFUSAL_NONE || w->over ||
	    (t->first_only && w->matters_n > 0))
		return;
	for (int i = 0; i < t->ins->steps_n; i++)
		if (t->ins->step[i].visits_max == 0)
			w->visits[i] = 0;
	state_add(t, w,
	    t->first_only ? t->seconds[from] + t->ins->step[w->step].seconds
			  : 0);
}

/* Everything that can be done in a state under these facts. */
static void
take_all(struct brute *t, int from, uint64_t facts)
{
	const struct walk *w = state_of(t, from);
	const struct step *s = &t->ins->step[w->step];
	const int step = w->step;
	bool open = false;

	for (int i = 0; i < s->answers_n; i++) {
		enum refusal why =
		    walk_answer(t->ins, w, i, facts, UINT64_MAX);

		open |= why == REFUSAL_NONE || why == REFUSAL_EVIDENCE;
		take(t, from,
		    &(struct entry){ENTRY_ANSWER, step, i, facts, 0});
	}
	if (!open)
		t->dead[step] = true;
	for (int i = 0; i < t->ins->anytime_n && !t->first_only; i++)
		take(t, from,
		    &(struct entry){ENTRY_ANYTIME, step, i, facts, 0});
}

static void
brute_force(struct brute *t)
{
	int done = 0;

	memset(t->table, 0, (size_t)t->table_n * sizeof *t->table);
	walk_begin(t->ins, t->now);
	state_add(t, t->now, t->ins->step[t->ins->start].seconds);
	while (done < t->queue_n && !t->full) {
		int from = t->queue[done++ % STATES_MOST];
		uint64_t facts = 0;

		do {
			take_all(t, from, facts);
			facts = (facts - FACTS_USED) & FACTS_USED;
		} while (facts);
	}
}

static bool
told_at(const struct complaints *c, int line, const char *text)
{
	for (size_t i = 0; i < c->n && i < COMPLAINTS_MAX; i++)
		if ((!line || c->item[i].line == line) &&
		    strstr(c->item[i].text.p, text))
			return true;
	return false;
}

/* Once a branch may end in an outcome without its evidence, what follows only
 * when another branch has set it first is not told too. */
static bool
branch_lacks(const struct instruction *ins, const struct complaints *c)
{
	const struct step *s = &ins->step[ins->anytime[0].target.step];

	return told_at(c, s->answer[1].target.at.line, "is reached without");
}

/* How often each thing was seen, so that agreeing means something. */
struct seen {
	int files, lacking, sound, dead, unreached, too_long;
};

static void
compare_steps(const struct brute *all, const struct complaints *c, bool exact,
    struct seen *seen)
{
	for (int i = 0; i < all->ins->steps_n; i++) {
		const struct step *s = &all->ins->step[i];
		bool dead = told_at(c, s->at.line, "be left without an open");
		bool unreached = told_at(c, s->at.line, "contradicts itself");

		assert_false(all->dead[i] && !dead);
		assert_false(all->reached[i] && unreached);
		if (!exact || s->decides)
			continue;
		assert_int_equal(dead, all->dead[i]);
		assert_int_equal(unreached, !all->reached[i]);
		seen->dead += dead;
		seen->unreached += unreached;
	}
}

static void
compare(void *mem, const struct brute *room, const struct instruction *ins,
    bool records, struct seen *seen)
{
	struct complaints *c = mem_new(mem, struct complaints);
	struct brute all = *room, first = *room;
	struct proof proof;
	bool lacking, too_long;

	all.ins = first.ins = ins;
	all.c = first.c = c;
	first.first_only = true;
	complaints_init(c, mem, "r");
	(void)!instruction_prove(ins, c, &proof);
	brute_force(&all);
	brute_force(&first);
	if (all.full || first.full)
		return;
	lacking = told_at(c, 0, "is reached without");
	too_long = told_at(c, 0, "the costliest way takes");
	assert_true(lacking || !all.lacking);
	assert_true(branch_lacks(ins, c) || !all.untold);
	assert_int_equal(first.seconds_most, proof.seconds_most);
	assert_int_equal(
	    too_long, first.seconds_most * 1000 > (int)ins->call_ms);
	assert_true(records || lacking == all.lacking);
	compare_steps(&all, c, !records && !lacking, seen);
	seen->files++;
	seen->lacking += lacking;
	seen->sound += !lacking;
	seen->too_long += too_long;
}

static void
run(bool records, struct seen *seen)
{
	struct brute room = brute_room(NULL);

	for (uint64_t seed = 0; seed < FILES; seed++) {
		void *mem = talloc_new(NULL);
		struct complaints *c = mem_new(mem, struct complaints);
		struct instruction *ins = NULL;

		complaints_init(c, mem, "r");
		if (instruction_load(mem,
			random_file(mem, seed * 2 + records, records), c,
			&ins) == OK)
			compare(mem, &room, ins, records, seen);
		talloc_free(mem);
	}
	talloc_free(room.now);
	print_message("# %d files: %d lack evidence, %d do not, %d dead ends, "
		      "%d steps unreached, %d too long\n",
	    seen->files, seen->lacking, seen->sound, seen->dead,
	    seen->unreached, seen->too_long);
}

static void
proof_and_walk_agree(void **state)
{
	struct seen seen = {0};

	run(false, &seen);
	assert_true(seen.files > 1000);
	assert_true(seen.lacking > 50 && seen.sound > 50);
	assert_true(seen.dead > 20 && seen.unreached > 2);
	assert_true(seen.too_long > 20);
}

static void
proof_never_passes_what_a_walk_can_break(void **state)
{
	struct seen seen = {0};

	run(true, &seen);
	assert_true(seen.files > 1000 && seen.sound > 50);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(proof_and_walk_agree),
	    cmocka_unit_test(proof_never_passes_what_a_walk_can_break),
	};

	return cmocka_run_group_tests_name("prove_random", tests, NULL, NULL);
}
