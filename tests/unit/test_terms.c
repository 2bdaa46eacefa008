/* Words and stems: src/answers/terms.c. */
#include "answers/terms.h"
#include "base/buf.h"
#include "base/mem.h"
#include "check.h"

/* "word:from-to=stem,stem" of each word; "+" before a part. */
static struct str
told(void *mem, const char *text)
{
	struct terms t;
	struct term term;
	struct buf b;

	buf_init(&b, mem, 4096);
	terms_begin(&t, mem, str_of(text));
	while (terms_next(&t, &term)) {
		struct word stem[STEMS_MOST];
		size_t n = terms_stems(&term.word, stem);

		buf_printf(&b, "%s%s%s", b.n ? " " : "", term.part ? "+" : "",
		    term.word.p);
		for (size_t i = 0; i < n; i++)
			if (strcmp(stem[i].p, term.word.p) != 0)
				buf_printf(&b, "=%s", stem[i].p);
	}
	return buf_get(&b);
}

static void
words(void **state)
{
	static const char *const rows[][2] = {
	    {"", ""},
	    {" – … „“", ""},
	    {"Postfachs", "postfachs=postfach"},
	    {"Einrichten Einrichtung", "einrichten=einricht einrichtung=einricht"},
	    {"Müller Mueller Muller MÜLLER", "muller=mull muller=mull muller=mull muller=mull"},
	    {"neue Quelle Feuer", "neue=neu quelle=quell feuer=feu"},
	    {"Straße STRASSE", "strasse=strass strasse=strass"},
	    {"E-Mail", "email +mail"},
	    {"E-Mail-Passwort", "email +mail passwort=passwor"},
	    {"e - mail a- b", "e mail a b"},
	    {"W-LAN", "wlan +lan"},
	    {"IPv4 10443-7", "ipv4 10443 7"},
	    {"settings", "settings=setting=set"},
	    {"ﬁx e\xcc\x81t\xc3\xa9", "fix ete"},
	};

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		void *mem = talloc_new(NULL);

		assert_string_equal(told(mem, rows[i][0]).p, rows[i][1]);
		talloc_free(mem);
	}
}

static void
places(void **state)
{
	void *mem = talloc_new(NULL);
	struct str text = str_of("Das E-Mail-Fach, größer!");
	struct terms t;
	struct term term;
	static const char *const spans[] = {"Das", "E-Mail", "E-Mail", "Fach",
	    "größer"};
	size_t n = 0;

	terms_begin(&t, mem, text);
	for (; terms_next(&t, &term); n++) {
		if (term.part)
			continue;
		assert_int_equal(strlen(spans[n]), term.to - term.from);
		assert_memory_equal(text.p + term.from, spans[n],
		    term.to - term.from);
	}
	assert_int_equal(n, 5);
	talloc_free(mem);
}

static struct word
word(const char *s)
{
	void *mem = talloc_new(NULL);
	struct terms t;
	struct term term;

	terms_begin(&t, mem, str_of(s));
	assert_true(terms_next(&t, &term));
	talloc_free(mem);
	return term.word;
}

/* Words of which one is made from the other share a stem, and only they. */
static void
derived(void **state)
{
	static const struct {
		const char *a, *b;
		bool alike;
	} rows[] = {
	    {"Meldung", "melden", true}, {"Störungen", "stören", true},
	    {"Änderung", "ändern", true}, {"geändert", "Änderung", true},
	    {"eingerichtet", "einrichten", true},
	    {"einzurichten", "Einrichtung", true},
	    {"gelöschte", "löschen", true}, {"gesperrtes", "sperren", true},
	    {"gekündigt", "Kündigung", true}, {"blinkt", "blinken", true},
	    {"öffnet", "öffnen", true}, {"meldet", "Meldung", true},
	    {"Kundennr", "Kundennummer", true}, {"MPMs", "MPM", true},
	    {"andere", "ändern", false}, {"Bus", "Bu", false},
	    {"ändern", "and", false}, {"sicher", "sich", false},
	    {"Internet", "intern", false}, {"Paket", "packen", false},
	    {"Verbindung", "Verein", false}, {"ung", "t", false},
	};

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct word a = word(rows[i].a), b = word(rows[i].b);
		struct word x[STEMS_MOST], y[STEMS_MOST];
		size_t n = terms_stems(&a, x), m = terms_stems(&b, y);
		bool alike = false;

		for (size_t k = 0; k < n * m; k++)
			alike |= strcmp(x[k / m].p, y[k % m].p) == 0;
		if (alike != rows[i].alike)
			print_message("# %s, %s\n", rows[i].a, rows[i].b);
		assert_int_equal(alike, rows[i].alike);
	}
}

static void
long_words(void **state)
{
	char p[401];
	struct word w;

	memset(p, 'a', 400);
	p[400] = '\0';
	w = word(p);
	assert_int_equal(w.n, TERM_BYTES);
	memset(p, 'x', 400);
	memcpy(p + 39, "\xd0\x96", 2); /* does not fit in whole */
	w = word(p);
	assert_int_equal(w.n, 39);
}

static void
distances(void **state)
{
	static const struct {
		const char *a, *b;
		int most, distance;
	} rows[] = {
	    {"postfach", "postfach", 1, 0}, {"postfach", "psotfach", 1, 1},
	    {"postfach", "postfac", 1, 1}, {"postfach", "posstfach", 1, 1},
	    {"postfach", "pastfach", 1, 1}, {"router", "rooter", 1, 1},
	    {"postfach", "pstfahc", 2, 2}, {"postfach", "brief", 2, 3},
	    {"a", "abcdefgh", 2, 3},
	};

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct word a = word(rows[i].a), b = word(rows[i].b);

		assert_int_equal(terms_distance(&a, &b, rows[i].most),
		    rows[i].distance);
		assert_int_equal(terms_distance(&b, &a, rows[i].most),
		    rows[i].distance);
	}
}

static void
stop_words(void **state)
{
	static const char *const stop[] = {"a", "wie", "für", "über", "the",
	    "noch", "not", "zur", "you", "könnte"};

	for (size_t i = 0; i + 1 < sizeof stop / sizeof *stop; i++) {
		struct word w = word(stop[i]);

		assert_true(terms_is_stop(&w));
	}
	struct word w = word("Postfach");

	assert_false(terms_is_stop(&w));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(words),
	    cmocka_unit_test(places),
	    cmocka_unit_test(derived),
	    cmocka_unit_test(long_words),
	    cmocka_unit_test(distances),
	    cmocka_unit_test(stop_words),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
