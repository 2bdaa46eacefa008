/*
 * The intake's evidence, door by door and kind by kind: src/desk/intake.c. The
 * API's door is asked from outside as well, tests/http/api_tickets.test.mjs.
 */
#include "desk_fixture.h"

#include <semaphore.h>

#include "desk/contract.h"
#include "desk/customer.h"
#include "desk/event.h"
#include "desk/intake.h"
#include "desk/shipped.h"
#include "desk/ticket.h"
#include "store/queries.h"

static const char exact[] =
    "Beim Senden an gmx.de meldet der Server seit heute 8 Uhr den Fehler 550.";

/* What was told, perhaps by another thread. */
struct told {
	sem_t done;
	enum err e;
	int64_t id;
	bool again;
};

static void
tell(void *arg, enum err e, int64_t id, bool again)
{
	struct told *t = arg;

	t->e = e;
	t->id = id;
	t->again = again;
	sem_post(&t->done);
}

/* As a request that carries the nonce; waits for what comes of it. */
static enum err
intake_once(struct fixture *f, const struct intake *in, const char *nonce,
    int64_t *out_id, bool *again)
{
	struct told t = {.e = OK};
	enum err e;

	sem_init(&t.done, 0, 0);
	f->d.nonce = str_of(nonce);
	if ((e = intake_open(&f->d, in, (struct intake_told){tell, &t})) == OK)
		sem_wait(&t.done);
	sem_destroy(&t.done);
	*out_id = t.id;
	*again = t.again;
	return e == OK ? t.e : e;
}

static void
wording_give(struct fixture *f)
{
	struct complaints c;
	struct wording_rules *rules = NULL;

	complaints_init(&c, f->cx.mem, "wording.yaml");
	assert_int_equal(wording_load(f->cx.mem, shipped_wording(), &c,
			     &rules), OK);
	f->house.wording = rules;
}

static int64_t
customer_made(struct fixture *f, const char *starts_on)
{
	struct customer_form form = {.name = STR("Tischlerei Arndt GmbH")};
	struct contract_form contract = {.product = STR("DSL 100"),
	    .starts_on = str_of(starts_on)};
	int64_t id, contract_id;

	fixture_ok(f, customer_add(&f->d, &form, &id));
	if (starts_on)
		fixture_ok(f, contract_add(&f->d, id, &contract, &contract_id));
	return id;
}

/* What may be left out, as bits. */
enum {
	CUSTOMER = 1, PERSON = 2, QUESTION = 4, SEARCH = 8, REASON = 16,
	READ_BACK = 32, HINT = 64,
	TALK = SEARCH | REASON | READ_BACK | HINT,
	ALL = CUSTOMER | PERSON | QUESTION | TALK,
};

static const char *const names[] = {"customer", "person", "question",
    "search", "reason", "read_back", "internet_hint"};

static struct intake
intake_without(int64_t customer_id, unsigned gone)
{
	struct intake in = {.kind = KIND_SUPPORT,
	    .customer_id = gone & CUSTOMER ? 0 : customer_id,
	    .caller_name = gone & PERSON ? STR("") : STR("Petra Arndt"),
	    .caller_number = STR(""),
	    .question = gone & QUESTION ? STR("") : str_of(exact),
	    .search_words = gone & SEARCH ? STR("") : STR("fehler 550"),
	    .search_reason = gone & REASON ? STR("") : STR("keine Seite"),
	    .read_back = !(gone & READ_BACK),
	    .internet_hint = !(gone & HINT)};

	return in;
}

/* Fails unless exactly these were named as missing. */
static void
check_missing(struct fixture *f, enum err e, unsigned missing,
    const char *row)
{
	size_t n = 0;

	check_row(e == (missing ? ERR_EVIDENCE : OK), row);
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		bool named = fault_of(&f->cx.fault, names[i]) != NULL;

		check_row(named == !!(missing & 1u << i), names[i]);
		n += named;
	}
	check_row(f->cx.fault.n == n, row);
	fault_clear(&f->cx.fault);
}

static void
every_door_owes_what_it_owes(void **state)
{
	static const struct {
		const char *name;
		enum door door;
		enum ticket_kind kind;
		unsigned owed;
	} rows[] = {
	    {"telephone", DOOR_TELEPHONE, KIND_SUPPORT, ALL},
	    {"api", DOOR_API, KIND_SUPPORT, ALL},
	    {"desk", DOOR_DESK, KIND_SUPPORT, ALL},
	    {"mail", DOOR_MAIL, KIND_SUPPORT, ALL},
	    {"import", DOOR_IMPORT, KIND_SUPPORT, ALL & ~TALK},
	    {"prospect", DOOR_API, KIND_PROSPECT, PERSON | QUESTION},
	    {"partner", DOOR_TELEPHONE, KIND_PARTNER, PERSON | QUESTION},
	    {"legal", DOOR_API, KIND_LEGAL, PERSON | QUESTION},
	    {"import", DOOR_IMPORT, KIND_LEGAL, PERSON | QUESTION},
	};
	struct fixture *f = *state;
	int64_t customer_id = customer_made(f, "2020-01-01"), id;

	wording_give(f);
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		f->d.actor.door = rows[i].door;
		for (unsigned gone = 1; gone <= ALL; gone++) {
			struct intake in = intake_without(customer_id, gone);
			unsigned missing = gone & rows[i].owed;
			bool again;

			if (!missing && gone != (ALL & ~rows[i].owed))
				continue; /* one that is good will do */
			in.kind = rows[i].kind;
			check_missing(f, intake_once(f, &in, "", &id,
			    &again), missing, rows[i].name);
		}
	}
	fixture_count(f, "SELECT count(*) FROM ticket", 5);
	fixture_count(f,
	    "SELECT count(*) FROM event WHERE kind = 'ticket.opened'", 5);
}

static void
support_needs_a_running_contract(void **state)
{
	static const struct {
		const char *starts_on;
		bool runs;
	} rows[] = {{NULL, false}, {"2026-11-25", false},
	    {"2026-11-24", true}};
	struct fixture *f = *state;

	wording_give(f);
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct intake in = intake_without(
		    customer_made(f, rows[i].starts_on), 0);
		int64_t id;
		bool again;
		enum err e = intake_once(f, &in, "", &id, &again);

		if (rows[i].runs)
			fixture_ok(f, e);
		else
			fixture_refused(f, e, ERR_EVIDENCE, "contract");
	}
	fixture_count(f, "SELECT count(*) FROM ticket", 1);
}

/* A nonce is its employee's own, and a day's. */
static void
asked_twice_is_opened_once(void **state)
{
	struct fixture *f = *state;
	struct intake in = intake_without(customer_made(f, "2020-01-01"), 0);
	int64_t first, second;
	bool again;

	wording_give(f);
	fixture_ok(f, intake_once(f, &in, "n1", &first, &again));
	assert_false(again);
	fixture_ok(f, intake_once(f, &in, "n1", &second, &again));
	assert_true(again);
	assert_int_equal(first, second);
	in.read_back = false;
	fixture_refused(f, intake_once(f, &in, "n1", &second, &again),
	    ERR_CONFLICT, "nonce");
	in.read_back = true;
	fixture_ok(f, intake_once(f, &in, "n2", &second, &again));
	assert_int_not_equal(first, second);
	fixture_ok(f, intake_once(f, &in, "", &second, &again));
	fixture_ok(f, intake_once(f, &in, "", &second, &again));
	fixture_count(f, "SELECT count(*) FROM ticket", 4);
}

/* One that shares the turn with a ticket. */
struct neighbour {
	struct db_unit unit;
	struct desk *d;
	sem_t *done;
	unsigned runs;
};

static enum err
do_nothing(struct db_tx *tx, void *arg)
{
	struct neighbour *n = arg;

	n->runs++;
	return OK;
}

/* Ends the only contract there is. */
static enum err
end_contract(struct db_tx *tx, void *arg)
{
	return q_contract_change(tx, 1, STR(""), STR("DSL 100"),
	    STR("2020-01-01"), STR("2026-01-01"), STR(""));
}

/* Writes an event and thinks better of it. */
static enum err
give_up(struct db_tx *tx, void *arg)
{
	struct neighbour *n = arg;
	struct event ev;
	enum err e;

	event_begin(n->d, &ev);
	e = event_add(n->d, tx, &ev, "test.given_up", 1);
	return e == OK ? ERR_BUSY : e;
}

static void
neighbour_done(void *arg, enum err e)
{
	struct neighbour *n = arg;

	(void)e;
	sem_post(n->done);
}

/* Done later on SQLite, at once on PostgreSQL. */
static void
neighbour_begins(struct neighbour *n,
    enum err (*work)(struct db_tx *tx, void *arg))
{
	enum err e;

	n->unit = (struct db_unit){.work = work, .done = neighbour_done,
	    .arg = n};
	if ((e = db_later(n->d->db, &n->unit)) != OK)
		neighbour_done(n, e);
}

/* The same of a request. */
static void
request_begins(struct fixture *f, const struct intake *in, struct told *t)
{
	enum err e = intake_open(&f->d, in, (struct intake_told){tell, t});

	if (e != OK)
		tell(t, e, 0, false);
}

/* Who has the turn, so that what begins meanwhile shares the next one. */
struct holder {
	struct db *db;
	struct db_tx tx;
};

static void
turn_hold(struct fixture *f, struct holder *h)
{
	*h = (struct holder){.db = store_connect(f->scratch->store)};
	assert_int_equal(db_begin(h->db, &h->tx), OK);
}

/* Waits until so many are done. */
static void
turn_give(struct holder *h, sem_t *done, int n)
{
	assert_int_equal(db_commit(&h->tx), OK);
	while (n--)
		sem_wait(done);
	store_disconnect(h->db);
}

/* So that the neighbours in the turn need not be done again. */
static void
what_is_refused_has_written_nothing(void **state)
{
	struct fixture *f = *state;
	struct intake in = intake_without(0, 0);
	struct told t = {.e = OK};
	struct neighbour idle = {.d = &f->d, .done = &t.done}, next = idle;
	struct holder holder;

	wording_give(f);
	sem_init(&t.done, 0, 0);
	in.customer_number = STR("99999");
	f->d.nonce = STR("n1");
	turn_hold(f, &holder);
	/* the first alone may be in the clerk's hand already */
	neighbour_begins(&idle, do_nothing);
	neighbour_begins(&next, do_nothing);
	request_begins(f, &in, &t);
	turn_give(&holder, &t.done, 3);
	fixture_refused(f, t.e, ERR_EVIDENCE, "customer");
	assert_int_equal(next.runs, 1);
	sem_destroy(&t.done);
}

/* The contract ends between the two. */
static void
asked_again_meanwhile_is_answered_alike(void **state)
{
	struct fixture *f = *state;
	struct intake in = intake_without(customer_made(f, "2020-01-01"), 0);
	struct told first = {.e = OK}, second = first;
	struct neighbour between = {.d = &f->d, .done = &first.done};
	struct holder holder;

	wording_give(f);
	sem_init(&first.done, 0, 0);
	sem_init(&second.done, 0, 0);
	f->d.nonce = STR("n1");
	turn_hold(f, &holder);
	request_begins(f, &in, &first);
	neighbour_begins(&between, end_contract);
	request_begins(f, &in, &second);
	turn_give(&holder, &first.done, 2);
	sem_wait(&second.done);
	fixture_ok(f, first.e);
	fixture_ok(f, second.e);
	assert_false(first.again);
	assert_true(second.again);
	assert_int_equal(first.id, second.id);
	assert_int_equal(f->cx.fault.n, 0);
	sem_destroy(&first.done);
	sem_destroy(&second.done);
}

/* A neighbour in the turn that fails late has all of it done again. */
static void
what_is_done_again_is_the_same(void **state)
{
	struct fixture *f = *state;
	struct intake in = intake_without(customer_made(f, "2020-01-01"), 0);
	struct told t = {.e = OK};
	struct neighbour idle = {.d = &f->d, .done = &t.done}, late = idle;
	struct holder holder;

	wording_give(f);
	sem_init(&t.done, 0, 0);
	turn_hold(f, &holder);
	/* the first alone may be in the clerk's hand already */
	neighbour_begins(&idle, do_nothing);
	fixture_ok(f, intake_open(&f->d, &in, (struct intake_told){tell, &t}));
	neighbour_begins(&late, give_up);
	turn_give(&holder, &t.done, 3);
	fixture_ok(f, t.e);
	sem_destroy(&t.done);
	fixture_count(f, "SELECT count(*) FROM ticket", 1);
	fixture_count(f,
	    "SELECT count(*) FROM event WHERE kind = 'ticket.opened' "
	    "AND payload LIKE '{\"kind\":%,\"customer\":1}' "
	    "AND payload NOT LIKE '%\"customer\":%\"customer\":%'", 1);
	fixture_count(f,
	    "SELECT count(*) FROM event WHERE kind = 'test.given_up'", 0);
}

/* The first page of the day shows a few. */
static void
the_oldest_are_as_many_as_asked_for(void **state)
{
	enum { OPENED = 4, ASKED = 3 };
	struct fixture *f = *state;
	struct intake in = intake_without(customer_made(f, "2020-01-01"), 0);
	struct q_ticket_row_rows rows;
	int64_t id[OPENED];
	bool again;

	wording_give(f);
	for (int i = 0; i < OPENED; i++)
		fixture_ok(f, intake_once(f, &in, "", &id[i], &again));
	fixture_ok(f, ticket_oldest(&f->d, ASKED, &rows));
	assert_int_equal(rows.n, ASKED);
	for (int i = 0; i < ASKED; i++)
		assert_int_equal(rows.v[i].id, id[i]);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    DESK_ON_BOTH(every_door_owes_what_it_owes),
	    DESK_ON_BOTH(support_needs_a_running_contract),
	    DESK_ON_BOTH(asked_twice_is_opened_once),
	    DESK_ON_BOTH(what_is_refused_has_written_nothing),
	    DESK_ON_BOTH(asked_again_meanwhile_is_answered_alike),
	    DESK_ON_BOTH(what_is_done_again_is_the_same),
	    DESK_ON_BOTH(the_oldest_are_as_many_as_asked_for),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
