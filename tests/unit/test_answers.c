/* The index of answers and the search over it: src/answers. */
#include <ftw.h>

#include "answers/extract.h"
#include "answers/search.h"
#include "base/buf.h"
#include "base/file.h"
#include "base/mem.h"
#include "base/text.h"
#include "desk_fixture.h"
#include "store/queries.h"

static int64_t
put(struct fixture *f, struct answer_document doc)
{
	DB_TX tx = {0};
	int64_t id = 0;

	if (!doc.kind)
		doc.kind = ANSWER_PAGE;
	if (!doc.url.p)
		doc.url = STR("");
	if (!doc.clicks.p)
		doc.clicks = STR("");
	if (!doc.headings.p)
		doc.headings = STR("");
	if (!doc.body.p)
		doc.body = STR("");
	assert_int_equal(db_begin(f->d.db, &tx), OK);
	assert_int_equal(index_put(&f->cx, &tx, &doc, &id), OK);
	assert_int_equal(db_commit(&tx), OK);
	return id;
}

static struct answer_hits *
find(struct fixture *f, const char *words, bool typing)
{
	struct answer_hits *hits = mem_new(f->cx.mem, struct answer_hits);

	assert_int_equal(answers_search(&f->cx, f->d.db, f->house.synonyms,
	    str_of(words), typing, 8, hits), OK);
	return hits;
}

static void
first_is(struct fixture *f, const char *words, bool typing, const char *title)
{
	struct answer_hits *hits = find(f, words, typing);

	if (!title) {
		assert_int_equal(hits->n, 0);
		return;
	}
	if (hits->n == 0 || strcmp(hits->v[0].title.p, title) != 0)
		print_message("# \"%s\" does not find it first\n", words);
	assert_true(hits->n > 0);
	assert_string_equal(hits->v[0].title.p, title);
}

static void
words_meet(void **state)
{
	struct fixture *f = *state;
	static const struct {
		const char *words;
		bool typing;
		const char *title;
	} rows[] = {
	    {"Postfach einrichten", false, "Einrichten eines Postfachs"},
	    {"postfach", false, "Einrichten eines Postfachs"},
	    {"Passwort", false, "E-Mail-Passwort \xc3\xa4ndern"},
	    {"passwortaenderung", false, "E-Mail-Passwort \xc3\xa4ndern"},
	    {"M\xc3\xbcller", false, "Anfahrt zu M\xc3\xbcller"},
	    {"Mueller", false, "Anfahrt zu M\xc3\xbcller"},
	    {"muller", false, "Anfahrt zu M\xc3\xbcller"},
	    {"schl\xc3\xbcssel", false, "WLAN-Netzwerkschl\xc3\xbcssel"},
	    {"wlanschl\xc3\xbcssel", false, "WLAN-Netzwerkschl\xc3\xbcssel"},
	    {"w-lan", false, "WLAN-Netzwerkschl\xc3\xbcssel"},
	    {"einri", true, "Einrichten eines Postfachs"},
	    {"wie postf", true, "Einrichten eines Postfachs"},
	    {"psotfach", false, "Einrichten eines Postfachs"},
	    {"paswort", false, "E-Mail-Passwort \xc3\xa4ndern"},
	    {"Kennwort", false, "E-Mail-Passwort \xc3\xa4ndern"},
	    {"Passwort wurde ge\xc3\xa4ndert", false,
		"E-Mail-Passwort \xc3\xa4ndern"},
	    {"post fach", false, "Einrichten eines Postfachs"},
	    {"Postfachkatze", false, "Einrichten eines Postfachs"},
	    {"schl\xc3\xbcssel vergoldet silbern", false,
		"WLAN-Netzwerkschl\xc3\xbcssel"},
	    {"wie kann ich das", false, NULL},
	    {"zu", false, "Anfahrt zu M\xc3\xbcller"},
	    {"", false, NULL},
	    {"\" OR ( * ' & § : \\", false, NULL},
	    {"\xff\xfe", false, NULL},
	    {"quantenschaum", false, NULL},
	    {"wie halte ich das an", false, "Beenden"},
	    {"kundennr", false, "Kundennummer finden"},
	    {"Telefon geht nicht", false, "Aktuelle St\xc3\xb6rungen"},
	    {"postfachpasswort", false, "E-Mail-Passwort \xc3\xa4ndern"},
	    {"sitemap", false, "Seitenindex"},
	    {"host", false, NULL},
	};

	put(f, (struct answer_document){.source_id = 1,
	    .title = STR("Einrichten eines Postfachs"),
	    .body = STR("So legen Sie ein Postfach an.")});
	put(f, (struct answer_document){.source_id = 2,
	    .title = STR("E-Mail-Passwort \xc3\xa4ndern"),
	    .body = STR("Im Menue.")});
	put(f, (struct answer_document){.source_id = 3,
	    .title = STR("Anfahrt zu M\xc3\xbcller")});
	put(f, (struct answer_document){.source_id = 4,
	    .title = STR("WLAN-Netzwerkschl\xc3\xbcssel")});
	put(f, (struct answer_document){.source_id = 5,
	    .title = STR("Kundennummer finden")});
	put(f, (struct answer_document){.source_id = 6,
	    .title = STR("Aktuelle St\xc3\xb6rungen")});
	put(f, (struct answer_document){.source_id = 8, .title = STR("Beenden")});
	put(f, (struct answer_document){.source_id = 7,
	    .title = STR("Seitenindex"),
	    .url = STR("https://host.example/a/sitemap.html?b#c")});
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		first_is(f, rows[i].words, rows[i].typing, rows[i].title);
}

static void
titles_go_first(void **state)
{
	struct fixture *f = *state;
	struct answer_hits *hits;

	put(f, (struct answer_document){.source_id = 1, .title = STR("Anderes"),
	    .body = STR("Es geht um Rechnungen.")});
	put(f, (struct answer_document){.source_id = 2, .title = STR("Weiteres"),
	    .headings = STR("Ihre Rechnung")});
	put(f, (struct answer_document){.source_id = 3, .title = STR("Rechnung")});
	put(f, (struct answer_document){.source_id = 4, .title = STR("Oft"),
	    .body = STR("Rechnung Rechnungen rechnung. Rechnung!")});
	hits = find(f, "rechnungen", false);
	assert_int_equal(hits->n, 4);
	assert_int_equal(hits->v[0].source_id, 3);
	assert_int_equal(hits->v[1].source_id, 2);
	assert_int_equal(hits->v[2].source_id, 4);
	assert_int_equal(hits->v[3].source_id, 1);
}

/* What ends calls well rises; a document keeps its id while it changes. */
static void
documents_change(void **state)
{
	struct fixture *f = *state;
	struct answer_document a = {.source_id = 1, .title = STR("Router eins")};
	struct answer_document b = {.source_id = 2, .title = STR("Router zwei")};
	int64_t first = put(f, a), second = put(f, b);
	DB_TX tx = {0};

	first_is(f, "router", false, "Router eins");
	assert_int_equal(db_begin(f->d.db, &tx), OK);
	for (int i = 0; i < 3; i++)
		assert_int_equal(index_served(&f->cx, &tx, second), OK);
	assert_int_equal(db_commit(&tx), OK);
	first_is(f, "router", false, "Router zwei");

	a.title = STR("Drucker");
	assert_int_equal(put(f, a), first);
	first_is(f, "drucker", false, "Drucker");
	assert_int_equal(find(f, "router", false)->n, 1);
	assert_int_equal(find(f, "eins", false)->n, 0);
	fixture_count(f, "SELECT count(*) FROM answer_word WHERE word = 'eins'",
	    0);

	tx = (struct db_tx){0};
	assert_int_equal(db_begin(f->d.db, &tx), OK);
	assert_int_equal(index_drop(&f->cx, &tx, ANSWER_PAGE, 1), OK);
	assert_int_equal(index_drop(&f->cx, &tx, ANSWER_PAGE, 1), OK);
	assert_int_equal(index_drop(&f->cx, &tx, ANSWER_PAGE, 99), OK);
	assert_int_equal(db_commit(&tx), OK);
	first_is(f, "drucker", false, NULL);
	fixture_count(f, "SELECT count(*) FROM answer_rank", 1);
	assert_int_equal(put(f, a), first);
	first_is(f, "drucker", false, "Drucker");
}

static void
teach(struct fixture *f, int64_t id, const char *words, bool says)
{
	DB_TX tx = {0};

	assert_int_equal(db_begin(f->d.db, &tx), OK);
	assert_int_equal(index_teach(&f->cx, &tx, id, str_of(words), says), OK);
	assert_int_equal(db_commit(&tx), OK);
}

/* Words that a document lacks find it once it was taught them, first even where
 * others have some in their titles, and still after it was changed. */
static void
documents_are_taught(void **state)
{
	struct fixture *f = *state;
	struct answer_document page = {.source_id = 1,
	    .title = STR("Datenbestand"), .body = STR("Nachts wird kopiert.")};
	int64_t id = put(f, page);

	put(f, (struct answer_document){.source_id = 2,
	    .title = STR("Dackel im Postfach"), .worth = 100});
	put(f, (struct answer_document){.source_id = 3, .title = STR("Dackel"),
	    .body = STR("Das Postfach."), .worth = 100});
	first_is(f, "dackel frisst postfach", false, "Dackel im Postfach");
	teach(f, id, "Der Dackel frisst mein Postfach", true);
	first_is(f, "dackel frisst postfach", false, "Datenbestand");
	first_is(f, "Mein Postfach hat der Dackel gefressen, er frisst es", false,
	    "Datenbestand");
	first_is(f, "dackel postfach", false, "Dackel im Postfach");
	first_is(f, "dackel", false, "Dackel");
	first_is(f, "frisst", false, "Datenbestand");

	page.body = STR("Jede Nacht wird kopiert.");
	assert_int_equal(put(f, page), id);
	first_is(f, "dackel frisst postfach", false, "Datenbestand");
	teach(f, id, "Postfach, frisst: Dackel", false);
	first_is(f, "dackel frisst postfach", false, "Dackel im Postfach");
	fixture_count(f, "SELECT count(*) FROM answer_word "
	    "WHERE word = 'frisst'", 0);
}

/* The newest searches are kept; what says nothing teaches nothing. */
static void
what_is_taught_is_bounded(void **state)
{
	struct fixture *f = *state;
	int64_t id = put(f, (struct answer_document){.source_id = 1,
	    .title = STR("Datenbestand")});

	for (int i = 0; i < ANSWER_SAID_MOST + 1; i++)
		teach(f, id, str_printf(f->cx.mem, "gesagt%d ist", i).p, true);
	teach(f, id, "wie geht das", true);
	teach(f, id, "gesagt7", true);
	fixture_count(f, "SELECT count(*) FROM answer_word "
	    "WHERE word LIKE 'gesagt%'", ANSWER_SAID_MOST);
	fixture_count(f, "SELECT count(*) FROM answer_word "
	    "WHERE word = 'gesagt0'", 0);
	first_is(f, "gesagt1", false, "Datenbestand");
	teach(f, id, str_printf(f->cx.mem, "%0200d abgeschnitten", 1).p, true);
	first_is(f, "abgeschnitten", false, NULL);
}

/* A search too long to be kept whole is known again by what was kept of it. */
static void
what_is_taught_is_known_again(void **state)
{
	struct fixture *f = *state;
	int64_t id = put(f, (struct answer_document){.source_id = 1,
	    .title = STR("Datenbestand")});
	const char *words = str_printf(f->cx.mem, "dackel %0190d postfach", 1).p;

	teach(f, id, words, true);
	teach(f, id, words, true);
	fixture_count(f, "SELECT count(*) FROM answer_document "
	    "WHERE length(said) BETWEEN 1 AND 200", 1);
	teach(f, id, words, false);
	fixture_count(f, "SELECT count(*) FROM answer_document "
	    "WHERE said = ''", 1);
}

/* Words of three bytes a character, joined and cut where a word ends at most. */
static void
joined_words_stay_whole(void **state)
{
	struct fixture *f = *state;

	put(f, (struct answer_document){.source_id = 1,
	    .title = STR("中文中文中文中")});
	first_is(f, "中文中文中文中 "
	    "文中文中文中文中", false,
	    "中文中文中文中");
}

/* Sayings that mean the same ask for it once, so that it counts no more than what
 * was typed. */
static void
sayings_are_asked_for_once(void **state)
{
	struct fixture *f = *state;
	struct complaints *c = mem_new(f->cx.mem, struct complaints);
	struct answer_hits *hits = mem_new(f->cx.mem, struct answer_hits);
	struct kin *kin;

	complaints_init(c, f->cx.mem, "f");
	assert_int_equal(kin_load(f->cx.mem, STR("synonyms: 1\ncallers:\n"
	    "  - {said: [geht nicht, geht gar nicht], means: [Leitungen]}\n"),
	    c, &kin), OK);
	put(f, (struct answer_document){.source_id = 1,
	    .title = STR("Telefon")});
	put(f, (struct answer_document){.source_id = 2,
	    .title = STR("Leitungen")});
	assert_int_equal(answers_search(&f->cx, f->d.db, kin,
	    STR("Telefon geht gar nicht"), false, 8, hits), OK);
	assert_int_equal(hits->n, 2);
	check_str(hits->v[0].title, "Telefon");
}

static void
steps(struct fixture *f,
    enum err (*step)(struct cx *cx, struct db *db, bool *more))
{
	bool more = true;

	for (int i = 0; i < 1000 && more; i++)
		assert_int_equal(step(&f->cx, f->d.db, &more), OK);
	assert_false(more);
}

/* Tier by tier or all at once: the same documents in the same order. */
static void
both_looks_agree(void **state)
{
	enum { DOCUMENTS = 60, MOST = 25 };
	struct fixture *f = *state;
	struct q_match_row_rows all, few;
	struct str match = STR("(\"router\" OR \"modem\") AND (\"blau\")");

	for (int i = 1; i <= DOCUMENTS; i++)
		put(f, (struct answer_document){.source_id = i,
		    .title = i % 3 ? STR("Router blau") : STR("Modem blau"),
		    .worth = i * 7 % 100});
	put(f, (struct answer_document){.source_id = DOCUMENTS + 1,
	    .title = STR("Router rot"), .worth = 100});
	assert_int_equal(q_answer_match(f->d.db, f->cx.mem, match, MOST, &all),
	    OK);
	assert_int_equal(q_answer_match_few(f->d.db, f->cx.mem, match, MOST,
	    &few), OK);
	assert_int_equal(all.n, MOST);
	assert_int_equal(few.n, MOST);
	for (size_t i = 0; i < MOST; i++)
		assert_int_equal(all.v[i].document_id, few.v[i].document_id);
}

/* The vocabulary has what a word is made from and the full-text index has not:
 * somebody emptied it. */
static void
parts_lost(void **state)
{
	struct fixture *f = *state;

	put(f, (struct answer_document){.source_id = 1,
	    .title = STR("Passwort")});
	put(f, (struct answer_document){.source_id = 2,
	    .title = STR("Ãnderung")});
	first_is(f, "passwortÃ¤nderung", false, "Ãnderung");
	scratch_script(f->scratch, "DELETE FROM answer_find;"
	    "UPDATE answer_index SET state = state + 1");
	first_is(f, "passwortÃ¤nderung", false, NULL);
}

/* The word that was meant comes after two thousand that begin like the one that
 * was typed. */
static void
errors_among_many_words(void **state)
{
	struct fixture *f = *state;
	struct buf b;

	buf_init(&b, f->cx.mem, 1 << 20);
	for (int i = 0; i < 3 * 26 * 26; i++)
		buf_printf(&b, "ko%c%c%c ", 'a' + i / 676, 'a' + i / 26 % 26,
		    'a' + i % 26);
	put(f, (struct answer_document){.source_id = 1,
	    .title = STR("Abstellraum"), .body = buf_get(&b)});
	put(f, (struct answer_document){.source_id = 2,
	    .title = STR("Konto")});
	first_is(f, "konto", false, "Konto");
	first_is(f, "konot", false, "Konto");
	first_is(f, "konnto", false, "Konto");
	first_is(f, "knto", false, "Konto");
	first_is(f, "konti", false, "Konto");
	first_is(f, "konta", true, "Konto");
}

/* An older program's tokenizer made other words and other stems. One document
 * is changed before the new one has begun the vocabulary. */
static void
made_anew(void **state)
{
	enum { DOCUMENTS = 40 };
	struct fixture *f = *state;

	steps(f, index_renew);
	for (int i = 1; i <= DOCUMENTS; i++)
		put(f, (struct answer_document){.source_id = i,
		    .title = str_printf(f->cx.mem, "Router nummer%d", i)});
	scratch_script(f->scratch,
	    "UPDATE answer_index SET version = 0;"
	    "UPDATE answer_document SET made = 0;"
	    "DELETE FROM answer_word WHERE word LIKE 'nummer%';"
	    "UPDATE answer_word SET word = 'roouter' WHERE word = 'router'");
	put(f, (struct answer_document){.source_id = 7,
	    .title = STR("Router geändert")});
	steps(f, index_renew);
	fixture_count(f, "SELECT count(*) FROM answer_word", DOCUMENTS + 2);
	fixture_count(f,
	    "SELECT documents FROM answer_word WHERE word = 'router'",
	    DOCUMENTS);
	fixture_count(f, "SELECT count(*) FROM answer_find", DOCUMENTS);
	fixture_count(f, "SELECT count(*) FROM answer_document "
	    "WHERE made = 0", 0);
	first_is(f, "nummer40", false, "Router nummer40");
	first_is(f, "router ändern", false, "Router geändert");

	steps(f, index_join);
	first_is(f, "nummer40", false, "Router nummer40");
	steps(f, index_join);
}

static struct str
marked(void *mem, const struct snippet *s)
{
	struct buf b;

	buf_init(&b, mem, 4096);
	for (size_t i = 0; i < s->n; i++)
		buf_printf(&b, s->v[i].match ? "[%s]" : "%s", s->v[i].text.p);
	return buf_get(&b);
}

static void
snippets(void **state)
{
	struct fixture *f = *state;
	struct answer_hits *hits;

	put(f, (struct answer_document){.source_id = 1, .title = STR("Eins"),
	    .body = STR("Im Men\xc3\xbc \xe2\x80\x9e"
			"E-Mail\xe2\x80\x9c das Postfach w\xc3\xa4hlen,\n"
			"dann die Postf\xc3\xa4"
			"cher.")});
	hits = find(f, "postfach e-mail", false);
	assert_string_equal(marked(f->cx.mem, &hits->v[0].snippet).p,
	    "Im Men\xc3\xbc \xe2\x80\x9e[E-Mail]\xe2\x80\x9c das [Postfach] "
	    "w\xc3\xa4hlen, dann die [Postf\xc3\xa4"
	    "cher].");
	hits = find(f, "eins", false);
	assert_string_equal(marked(f->cx.mem, &hits->v[0].snippet).p,
	    "Im Men\xc3\xbc \xe2\x80\x9e"
	    "E-Mail\xe2\x80\x9c das Postfach w\xc3\xa4hlen, dann die "
	    "Postf\xc3\xa4"
	    "cher.");
}

static void
stems_of_a_search(void **state)
{
	struct fixture *f = *state;
	void *mem = f->cx.mem;

	assert_string_equal(answers_stems(mem,
	    STR("Wie kann ich ein Postfach einrichten?")).p,
	    answers_stems(mem, STR("Einrichtung eines Postfachs")).p);
	assert_string_equal(answers_stems(mem, STR("wie")).p, "");
}

/* ---- Relevance: real questions over whole sites ----
 *
 * A line of a fixture is a part, a question, and its page or several that serve.
 * By the first part the ranking was made, and it may only get better; the second
 * and the third, which is harder, were written before anybody saw what they find,
 * the third as callers speak; so were the fourth, by somebody who did not know the
 * search, and the fifth, of pages that the others hardly ask for.
 * docs/performance.md says how each was judged at first. The pages go through the
 * extractor, without the ways that a crawl would know. */

enum { PAGE_BYTES = 4 << 20, PATH_MOST = 1024 };

/* nftw() takes no argument. */
static struct {
	struct fixture *f;
	size_t root, pages;
} site;

static int
page_put(const char *path, const struct stat *st, int kind, struct FTW *at)
{
	size_t n = strlen(path);
	struct extract page;
	struct weburl base;
	struct str bytes, name;
	void *mem = site.f->cx.mem;

	(void)st;
	if (kind != FTW_F || n < 5 || strcmp(path + n - 5, ".html") != 0)
		return 0;
	name = str_copy(mem, path + site.root, n - 5 - site.root);
	assert_int_equal(file_read(mem, path, PAGE_BYTES, &bytes), OK);
	assert_true(weburl_parse(mem, STR("http://www.example/"), &base));
	assert_true(extract_html(mem, &base, STR("text/html"), bytes, &page));
	if (page.has_refresh || page.noindex)
		return 0;
	put(site.f, (struct answer_document){.source_id =
		(int64_t)++site.pages, .title = text_excerpt(mem, page.title,
		ANSWER_TITLE_MOST), .url = name, .headings = page.headings,
	    .body = page.text, .worth = 100 - 15 * at->level});
	return 0;
}

/* Whether one of the pages, blanks between, is among the first three. */
static bool
is_found(const struct answer_hits *hits, char *pages)
{
	char *page;

	while ((page = strsep(&pages, " ")))
		for (size_t i = 0; i < hits->n && i < 3; i++)
			if (str_eq(hits->v[i].url, str_of(page)))
				return true;
	return false;
}

enum { PARTS = 6 };

/* Of so many in a hundred the page is among the first three. */
static const struct {
	const char *name;
	size_t least;
} parts[PARTS] = {{"first", 95}, {"second", 90}, {"third", 80}, {"fourth", 90},
    {"fifth", 90}, {"sixth", 90}};

struct score {
	size_t n, good;
};

static void
question_ask(struct fixture *f, char *line, struct score score[PARTS])
{
	char *name = strsep(&line, "\t"), *words = strsep(&line, "\t");
	struct answer_hits *hits;
	size_t p = 0;

	while (p < PARTS && strcmp(parts[p].name, name) != 0)
		p++;
	assert_true(p < PARTS);
	assert_non_null(line);
	hits = find(f, words, false);
	score[p].n++;
	if (is_found(hits, line)) {
		score[p].good++;
		return;
	}
	print_message("# %s part, not among the first three: %s (but", name,
	    words);
	for (size_t i = 0; i < hits->n && i < 4; i++)
		print_message(" %s", hits->v[i].url.p);
	print_message(")\n");
}

static void
site_ask(struct fixture *f, const char *folder, const char *questions,
    size_t least)
{
	struct score score[PARTS] = {{0}};
	struct str source;
	char path[PATH_MOST], *line, *rest;
	size_t n = 0;

	site.f = f;
	site.root = strlen(folder) + 1;
	site.pages = 0;
	assert_int_equal(nftw(folder, page_put, 16, FTW_PHYS), 0);
	snprintf(path, sizeof path, "%s/answers/%s", getenv("FIXTURES"),
	    questions);
	assert_int_equal(file_read(f->cx.mem, path, 1 << 20, &source), OK);
	rest = talloc_strndup(f->cx.mem, source.p, source.n);
	for (; (line = strsep(&rest, "\n")) && *line; n++)
		question_ask(f, line, score);
	for (size_t p = 0; p < PARTS; p++)
		print_message("# %s part: %zu of %zu among the first three of "
		    "%zu pages\n", parts[p].name, score[p].good, score[p].n,
		    site.pages);
	assert_true(n >= least);
	for (size_t p = 0; p < PARTS; p++)
		assert_true(score[p].good * 100 >= score[p].n * parts[p].least);
}

static void
right_pages_of_the_demo_site(void **state)
{
	char folder[PATH_MOST];

	snprintf(folder, sizeof folder, "%s/../../demo/site",
	    getenv("FIXTURES"));
	site_ask(*state, folder, "demo-site.tsv", 200);
}

/* Debian's apache2-doc in German; ./test brings it. */
static void
right_pages_of_a_manual(void **state)
{
	const char *folder = getenv("DIENSTWEG_TEST_MANUAL");

	if (!folder)
		skip();
	site_ask(*state, folder, "apache-manual.tsv", 100);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    DESK_ON_BOTH(words_meet),
	    DESK_ON_BOTH(titles_go_first),
	    DESK_ON_BOTH(documents_change),
	    DESK_ON_BOTH(documents_are_taught),
	    DESK_ON_BOTH(what_is_taught_is_bounded),
	    DESK_ON_BOTH(what_is_taught_is_known_again),
	    DESK_ON_BOTH(joined_words_stay_whole),
	    DESK_ON_BOTH(sayings_are_asked_for_once),
	    DESK_ON_BOTH(both_looks_agree),
	    DESK_ON_BOTH(parts_lost),
	    DESK_ON_BOTH(errors_among_many_words),
	    DESK_ON_BOTH(made_anew),
	    DESK_ON_BOTH(snippets),
	    DESK_ON_BOTH(stems_of_a_search),
	    DESK_ON_BOTH(right_pages_of_the_demo_site),
	    DESK_ON_BOTH(right_pages_of_a_manual),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
