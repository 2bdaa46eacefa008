/* Words that say the same, and what their file refuses: src/answers/kin.c. */
#include "check.h"

#include "answers/parts.h"
#include "base/mem.h"
#include "desk/shipped.h"

static const char small[] =
    "synonyms: 1\n"
    "same:\n"
    "  - [Passwort, Kennwort]\n"
    "  - [Kennwort, Losung]\n"
    "callers:\n"
    "  - said: [weg, geht nicht]\n"
    "    means: [Sicherung]\n";

static enum err
load(void *mem, const char *source, struct complaints *c, struct kin **out)
{
	enum err e;

	complaints_init(c, mem, "f");
	*out = NULL;
	e = kin_load(mem, str_of(source), c, out);
	assert_int_equal(e == OK, c->n == 0);
	assert_int_equal(e == OK, *out != NULL);
	return e;
}

static struct word
word(const char *s)
{
	struct word w = {.n = (unsigned char)strlen(s)};

	memcpy(w.p, s, w.n);
	return w;
}

/* The other words for one, blanks between. */
static struct str
kin_text(void *mem, const struct kin *kin, const char *s)
{
	struct word w = word(s), stem[STEMS_MOST], out[KIN_WORDS];
	size_t n = kin_of(kin, stem, terms_stems(&w, stem), out);
	struct buf b;

	buf_init(&b, mem, 4096);
	for (size_t i = 0; i < n; i++)
		buf_printf(&b, "%s%s", i ? " " : "", out[i].p);
	return buf_get(&b);
}

static void
words_lead_to_others(void **state)
{
	static const struct {
		const char *word, *others;
	} rows[] = {
	    {"passwort", "kennwort"},
	    {"passworter", "kennwort"},
	    {"kennwort", "passwort losung"},
	    {"losung", "kennwort"},
	    {"weg", "sicherung"},
	    {"sicherung", ""},
	    {"geht", ""},
	    {"haus", ""},
	};
	void *mem = talloc_new(NULL);
	struct complaints *c = mem_new(mem, struct complaints);
	struct kin *kin;

	(void)state;
	assert_int_equal(load(mem, small, c, &kin), OK);
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		check_str(kin_text(mem, kin, rows[i].word), rows[i].others);
	check_str(kin_text(mem, NULL, "passwort"), "");
	talloc_free(mem);
}

static void
sayings_hold_where_all_was_typed(void **state)
{
	const struct word typed[] = {word("mail"), word("nicht"), word("geht")};
	void *mem = talloc_new(NULL);
	struct complaints *c = mem_new(mem, struct complaints);
	const struct kin_group *g;
	uint32_t which;
	size_t at = 0;
	struct kin *kin;

	(void)state;
	assert_int_equal(load(mem, small, c, &kin), OK);
	g = kin_said(kin, &at, typed, 3, &which);
	assert_non_null(g);
	assert_int_equal(which, 6);
	assert_string_equal(g->v[0].p, "sicherung");
	assert_null(kin_said(kin, &at, typed, 3, &which));
	at = 0;
	assert_null(kin_said(kin, &at, typed, 2, &which));
	assert_null(kin_said(NULL, &at, typed, 3, &which));
	talloc_free(mem);
}

static void
the_shipped_file_loads(void **state)
{
	void *mem = talloc_new(NULL);
	struct complaints *c = mem_new(mem, struct complaints);
	struct kin *kin;

	(void)state;
	assert_int_equal(load(mem, shipped_synonyms().p, c, &kin), OK);
	check_str(kin_text(mem, kin, "kennworter"), "passwort zugangsdaten");
	talloc_free(mem);
}

static void
damage_is_named_with_its_place(void **state)
{
	static const struct {
		const char *source, *complaint;
	} rows[] = {
	    {"", "f:1:1: synonyms must be 1"},
	    {"- a", "f:1:1: synonyms must be 1"},
	    {"synonyms: 2", "f:1:1: synonyms must be 1"},
	    {"synonyms: 1\nmore: []", "f:2:1: unknown key \"more\""},
	    {"synonyms: 1\nsame: 5", "f:2:7: same must be a list of at most"},
	    {"synonyms: 1\nsame: [a]", "f:2:8: expected a list of 1 to 40"},
	    {"synonyms: 1\nsame: [[]]", "f:2:8: expected a list of 1 to 40"},
	    {"synonyms: 1\nsame: [[a b]]", "f:2:9: it must be a single word"},
	    {"synonyms: 1\nsame: [[a, [b]]]", "f:2:12: it must be a single"},
	    {"synonyms: 1\nsame: [[\"?\"]]", "f:2:10: it must be a single word"},
	    {"synonyms: 1\ncallers: [a]", "f:2:11: expected said and means"},
	    {"synonyms: 1\ncallers: [{said: [a]}]", "f:2:11: expected said"},
	    {"synonyms: 1\ncallers: [{said: [a], means: [b], x: 1}]",
		"f:2:11: expected said and means"},
	    {"synonyms: 1\ncallers: [{said: a, means: [b]}]",
		"f:2:18: expected a list of 1 to 40"},
	    {"synonyms: 1\ncallers: [{said: [a b c d e], means: [b]}]",
		"f:2:19: it must be 1 to 4 words"},
	    {"synonyms: 1\ncallers: [{said: [\"\"], means: [b]}]",
		"f:2:20: it must be 1 to 4 words"},
	    {"synonyms: 1\ncallers: [{said: [a], means: [b c]}]",
		"f:2:31: it must be a single word"},
	};
	void *mem = talloc_new(NULL);

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct complaints *c = mem_new(mem, struct complaints);
		struct kin *kin;

		assert_int_equal(load(mem, rows[i].source, c, &kin),
		    ERR_INVALID);
		check_row(str_starts(complaints_text(mem, c),
			      str_of(rows[i].complaint)), rows[i].source);
	}
	talloc_free(mem);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(words_lead_to_others),
	    cmocka_unit_test(sayings_hold_where_all_was_typed),
	    cmocka_unit_test(the_shipped_file_loads),
	    cmocka_unit_test(damage_is_named_with_its_place),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
