/* The shortest ways: src/answers/clicks.c; and links as bytes: pack.c. */
#include "check.h"

#include "answers/clicks.h"
#include "answers/pack.h"
#include "answers/region.h"
#include "base/mem.h"

/* Says which row it was, and fails. */
#define wrong(...) (print_error(__VA_ARGS__), _fail(__FILE__, __LINE__))

enum { M = REGION_MENU, B = REGION_BODY, A = REGION_ASIDE, F = REGION_FOOTER };

/* A link of the graph in tests; ends with text NULL. */
struct edge {
	uint32_t from, to;
	int region;
	const char *text;
};

static enum err
links(void *arg, void *mem, uint32_t page, struct clicks_link **out, size_t *n)
{
	*n = 0;
	*out = mem_array(mem, struct clicks_link, 100);
	for (const struct edge *e = arg; e->text; e++)
		if (e->from == page)
			(*out)[(*n)++] = (struct clicks_link){e->to, e->region,
			    str_of(e->text)};
	return OK;
}

/* The way to a page as "Hilfe > E-Mail"; "-" if there is none. */
static const char *
way(void *mem, const struct clicks *c, uint32_t page)
{
	const char *said = "";

	if (!c->page[page].reached)
		return "-";
	for (; c->page[page].parent != CLICKS_NOBODY;
	     page = c->page[page].parent) {
		const char *label = clicks_label(c, page);

		said = str_printf(mem, "%s%s%s", *label ? label : "?",
		    *said ? " > " : "", said).p;
	}
	return said;
}

static void
ways_are_the_shortest(void **state)
{
	static const struct {
		const char *what;
		struct edge edge[8];
		uint32_t page;
		const char *want;
	} rows[] = {
	    {"the start itself", {{0}}, 0, ""},
	    {"nobody leads there", {{0}}, 1, "-"},
	    {"one link", {{0, 1, B, "Hilfe"}}, 1, "Hilfe"},
	    {"two", {{0, 1, M, "Hilfe"}, {1, 2, M, "E-Mail"}}, 2,
		"Hilfe > E-Mail"},
	    {"two clicks in the menu before one in the footer",
		{{0, 1, M, "Hilfe"}, {1, 2, M, "E-Mail"}, {0, 2, F, "Post"}}, 2,
		"Hilfe > E-Mail"},
	    {"one click in the footer before four in the menu",
		{{0, 1, M, "A"}, {1, 2, M, "B"}, {2, 3, M, "C"}, {3, 4, M, "D"},
		    {0, 4, F, "Fuß"}}, 4, "Fuß"},
	    {"three clicks before an index in the footer",
		{{0, 1, F, "A-Z"}, {1, 4, B, "D"}, {0, 2, M, "B"},
		    {2, 3, B, "C"}, {3, 4, B, "D"}}, 4, "B > C > D"},
	    {"menu before text before footer",
		{{0, 1, F, "Fuß"}, {0, 1, B, "Text"}, {0, 1, M, "Menü"}}, 1,
		"Menü"},
	    {"text before footer", {{0, 1, F, "Fuß"}, {0, 1, B, "Text"}}, 1,
		"Text"},
	    {"the parent's way counts too",
		{{0, 1, F, "Fuß"}, {0, 2, M, "Menü"}, {1, 3, B, "A"},
		    {2, 3, B, "B"}}, 3, "Menü > B"},
	    {"words that say something",
		{{0, 1, B, "hier"}, {0, 2, M, "Hilfe"}, {0, 1, F, "Preise"}}, 1,
		"Preise"},
	    {"the first of two that are as good",
		{{0, 1, M, "A"}, {0, 1, M, "B"}}, 1, "A"},
	    {"a circle",
		{{0, 1, M, "A"}, {1, 0, M, "Start"}, {1, 1, M, "A"},
		    {1, 2, M, "B"}, {2, 1, M, "A"}}, 2, "A > B"},
	    {"only vague words: the title stands for them",
		{{0, 1, B, "mehr …"}}, 1, "?"},
	    {"a link to nowhere", {{0, 99, M, "X"}, {0, 1, M, "A"}}, 1, "A"},
	};

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		void *mem = talloc_new(NULL);
		struct clicks c = {.n = 5, .links = links,
		    .page = mem_array(mem, struct clicks_page, 5),
		    .arg = (void *)rows[i].edge};

		c.page[0].start = true;
		assert_int_equal(clicks_find(mem, &c), OK);
		if (strcmp(way(mem, &c, rows[i].page), rows[i].want) != 0)
			wrong("%s: %s\n", rows[i].what,
			    way(mem, &c, rows[i].page));
		talloc_free(mem);
	}
}

static void
links_to_a_page_are_counted(void **state)
{
	static const struct edge edges[] = {{0, 1, M, "A"}, {0, 2, M, "B"},
	    {2, 1, M, "A"}, {1, 0, M, "S"}, {0}};
	void *mem = talloc_new(NULL);
	struct clicks c = {.n = 3, .links = links, .arg = (void *)edges,
	    .page = mem_array(mem, struct clicks_page, 3)};

	c.page[0].start = true;
	assert_int_equal(clicks_find(mem, &c), OK);
	assert_int_equal(c.page[1].linked, 2);
	assert_int_equal(c.page[0].linked, 1);
	talloc_free(mem);
}

/* The last page is listed among very many, and two clicks away in the menu. */
static void
a_list_of_many_is_searched(void **state)
{
	enum { MANY = 90 };
	struct edge edges[MANY + 4] = {{0}};
	void *mem = talloc_new(NULL);
	struct clicks c = {.n = MANY + 2, .links = links, .arg = edges,
	    .page = mem_array(mem, struct clicks_page, MANY + 2)};

	for (uint32_t i = 0; i < MANY; i++)
		edges[i] = (struct edge){0, i + 2, B, "Stichwort"};
	edges[MANY] = (struct edge){0, 1, M, "Hilfe"};
	edges[MANY + 1] = (struct edge){1, MANY + 1, M, "E-Mail"};
	c.page[0].start = true;
	assert_int_equal(clicks_find(mem, &c), OK);
	assert_string_equal(way(mem, &c, MANY + 1), "Hilfe > E-Mail");
	assert_string_equal(way(mem, &c, 2), "Stichwort");
	talloc_free(mem);
}

static void
vague_words_are_known(void **state)
{
	static const char *const vague[] = {"", "hier", "HIER", "hier …",
	    "Mehr…", "» mehr", "mehr »", "weiterlesen...", "Read more →",
	    "Hier klicken!"};
	static const char *const clear[] = {"Hilfe", "Mehr Speicher",
	    "hierher ziehen", "Weiterbildung", "E-Mail"};

	for (size_t i = 0; i < sizeof vague / sizeof *vague; i++)
		if (!clicks_is_vague(str_of(vague[i])))
			wrong("%s\n", vague[i]);
	for (size_t i = 0; i < sizeof clear / sizeof *clear; i++)
		if (clicks_is_vague(str_of(clear[i])))
			wrong("%s\n", clear[i]);
}

static void
links_survive_packing(void **state)
{
	static const struct pack_link all[] = {
	    {1, M, {"Hilfe", 5}}, {INT64_MAX / 4, F, {"", 0}},
	    {128, B, {"Größe", 7}}};
	void *mem = talloc_new(NULL);
	struct pack_link l;
	struct str bytes;
	struct buf b;

	buf_init(&b, mem, PACK_BYTES_MAX);
	for (size_t i = 0; i < 3; i++)
		pack_put(&b, &all[i]);
	bytes = buf_get(&b);
	for (size_t i = 0; i < 3; i++) {
		assert_true(pack_next(&bytes, &l));
		assert_int_equal(l.to, all[i].to);
		assert_int_equal(l.region, all[i].region);
		assert_true(str_eq(l.text, all[i].text));
	}
	assert_false(pack_next(&bytes, &l));
	for (size_t n = 0; n < b.n; n++) { /* cut anywhere: no more than is there */
		bytes = (struct str){b.p, n};
		while (pack_next(&bytes, &l))
			assert_true(l.text.p + l.text.n <= b.p + n);
	}
	talloc_free(mem);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(ways_are_the_shortest),
	    cmocka_unit_test(links_to_a_page_are_counted),
	    cmocka_unit_test(a_list_of_many_is_searched),
	    cmocka_unit_test(vague_words_are_known),
	    cmocka_unit_test(links_survive_packing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
