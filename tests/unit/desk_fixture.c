/*
 * Makes the desk of desk_fixture.h. The house is only as large as the nouns
 * under test need it: without an instruction and without wording rules.
 */
#include "desk_fixture.h"

#include "base/calendar.h"
#include "base/mem.h"
#include "base/secret.h"
#include "desk/shipped.h"
#include "store/queries.h"

static const int64_t NOW_MS = 1795521600000;

/* The row that stands behind the actor. */
static int64_t
employee_make(struct fixture *f)
{
	DB_TX tx = {0};
	int64_t id;

	assert_int_equal(db_begin(f->d.db, &tx), OK);
	assert_int_equal(q_employee_add(&tx, f->cx.mem, STR("brandt"),
			     STR("S. Brandt"), ROLE_SUPERVISOR, STR(""),
			     f->now_ms, &id),
	    OK);
	assert_int_equal(db_commit(&tx), OK);
	return id;
}

static void
migrate(struct scratch *s)
{
	struct str why = {0};
	int applied;
	enum err e = store_migrate(s->store, &applied, &why, s->mem);

	if (e != OK)
		print_error("%s\n", why.p);
	assert_int_equal(e, OK);
	scratch_script(s, "CREATE TABLE expectation (n BIGINT CHECK (n = 0))");
}

static const struct kin *
synonyms_shipped(void *mem)
{
	struct complaints c;
	struct kin *kin;

	complaints_init(&c, mem, "synonyms.yaml");
	if (kin_load(mem, shipped_synonyms(), &c, &kin) != OK)
		print_error("%s", complaints_text(mem, &c).p);
	assert_int_equal(c.n, 0);
	return kin;
}

int
fixture_setup(void **state)
{
	struct fixture *f = mem_new(NULL, struct fixture);

	secret_init();
	assert_true(calendar_zone_set("Europe/Berlin"));
	f->scratch = scratch_open(*state);
	migrate(f->scratch);
	config_defaults(&f->config);
	f->now_ms = NOW_MS;
	f->house = (struct house){
	    .config = &f->config,
	    .clock = clock_fixed(f->scratch->mem, &f->now_ms),
	    .store = f->scratch->store,
	    .synonyms = synonyms_shipped(f->scratch->mem),
	};
	f->cx = (struct cx){.mem = f->scratch->mem, .now_ms = f->now_ms,
	    .lang = LANG_EN, .id = "test"};
	f->d = (struct desk){.cx = &f->cx, .db = f->scratch->db,
	    .house = &f->house,
	    .actor = {.role = ROLE_SUPERVISOR, .door = DOOR_DESK,
		.login = STR("brandt"), .name = STR("S. Brandt")}};
	f->d.actor.employee_id = employee_make(f);
	*state = f;
	return 0;
}

int
fixture_teardown(void **state)
{
	struct fixture *f = *state;

	scratch_close(f->scratch);
	talloc_free(f);
	return 0;
}

void
fixture_count(struct fixture *f, const char *select, int64_t n)
{
	struct str sql = str_printf(f->scratch->mem,
	    "INSERT INTO expectation SELECT (%s) - %lld", select,
	    (long long)n);

	scratch_script(f->scratch, sql.p);
}

static void
faults_print(const struct fault *f)
{
	for (size_t i = 0; i < f->n; i++)
		print_error("%s: %s\n", f->item[i].field, f->item[i].text);
}

void
fixture_refused(struct fixture *f, enum err e, enum err expected,
    const char *field)
{
	if (e != expected || (field && !fault_of(&f->cx.fault, field)))
		faults_print(&f->cx.fault);
	assert_string_equal(err_name(e), err_name(expected));
	if (field)
		assert_non_null(fault_of(&f->cx.fault, field));
	fault_clear(&f->cx.fault);
}

void
fixture_ok(struct fixture *f, enum err e)
{
	if (e != OK) {
		faults_print(&f->cx.fault);
		print_error("%s\n", db_why(f->d.db));
	}
	assert_string_equal(err_name(e), "ok");
}
