/*
 * Differences between texts: by rows, and on random texts against the longest
 * common subsequence, which nothing shorter can beat.
 */
#include "check.h"

#include "base/buf.h"
#include "base/diff.h"
#include "base/mem.h"

enum { TEXTS = 400, LINES = 14, SHOWN_MOST = 1 << 20 };

/* As people read it: "=a -b +c", "~7" for seven lines left out. */
static const char *
shown(void *mem, const struct diff *d)
{
	struct buf b;

	buf_init(&b, mem, SHOWN_MOST);
	for (size_t i = 0; i < d->n; i++) {
		const struct diff_line *l = &d->v[i];

		if (i)
			buf_char(&b, ' ');
		buf_char(&b, "=-+~"[l->kind]);
		if (l->kind == DIFF_SKIP)
			buf_i64(&b, l->skipped);
		else
			buf_str(&b, l->text);
	}
	return buf_get(&b).p;
}

static void
rows(void **state)
{
	static const struct {
		const char *before, *after, *shown;
	} row[] = {
	    {"", "", ""},
	    {"", "a", "+a"},
	    {"a\nb\n", "", "-a -b"},
	    {"a\nb", "a\nb\n", "~2"},
	    {"a\n", "a\n\n", "=a +"},
	    {"a\nb\nc", "a\nx\nc", "=a -b +x =c"},
	    {"a\nb", "b\na", "-a =b +a"},
	    {"a\nb\nc", "x\na\nb\nc", "+x =a =b =c"},
	    {"1\n2\n3\n4\n5\n6\n7", "1\n2\n3\n4\n5\n6\nx",
		"~3 =4 =5 =6 -7 +x"},
	    {"1\n2\n3\n4\n5\n6\n7", "x\n2\n3\n4\n5\n6\ny",
		"-1 +x =2 =3 =4 =5 =6 -7 +y"},
	    {"1\n2\n3\n4\n5\n6\n7\n8\n9\n0", "x\n2\n3\n4\n5\n6\n7\n8\n9\ny",
		"-1 +x =2 =3 =4 ~2 =7 =8 =9 -0 +y"},
	    {"1\n2\n3\n4\n5", "1\n2\n3\n4\n5", "~5"},
	};
	void *mem = *state;

	for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
		struct diff d;

		diff_lines(mem, str_of(row[i].before), str_of(row[i].after),
		    &d);
		assert_string_equal(shown(mem, &d), row[i].shown);
	}
}

/* The numbers of lines count on through what is left out. */
static void
numbers(void **state)
{
	struct diff d;

	diff_lines(*state, STR("1\n2\n3\n4\n5\n6\n7\n"),
	    STR("1\n2\n3\n4\n5\n6\nnew\n7\n"), &d);
	assert_int_equal(d.gone, 0);
	assert_int_equal(d.added, 1);
	assert_int_equal(d.v[0].kind, DIFF_SKIP);
	assert_int_equal(d.v[1].old_line, 4);
	assert_int_equal(d.v[4].new_line, 7);
	assert_int_equal(d.v[4].old_line, 0);
	assert_int_equal(d.v[5].old_line, 7);
	assert_int_equal(d.v[5].new_line, 8);
}

static int
common_most(const char *a, int n, const char *b, int m)
{
	int best[LINES + 1][LINES + 1] = {{0}};

	for (int i = 1; i <= n; i++)
		for (int j = 1; j <= m; j++) {
			int most = best[i - 1][j] > best[i][j - 1]
			    ? best[i - 1][j]
			    : best[i][j - 1];

			best[i][j] = a[i - 1] == b[j - 1]
			    ? best[i - 1][j - 1] + 1
			    : most;
		}
	return best[n][m];
}

static struct str
text_random(void *mem, unsigned *seed, char *letters, int *n)
{
	struct buf b;

	buf_init(&b, mem, 2 * LINES + 1);
	*n = rand_r(seed) % (LINES + 1);
	for (int i = 0; i < *n; i++) {
		letters[i] = (char)('a' + rand_r(seed) % 4);
		buf_char(&b, letters[i]);
		buf_char(&b, '\n');
	}
	return buf_get(&b);
}

/* The difference is as short as can be, and leads from one to the other. */
static void
random_texts(void **state)
{
	char a[LINES], b[LINES];
	unsigned seed = 7;
	int n, m, common;

	for (int i = 0; i < TEXTS; i++) {
		struct str before = text_random(*state, &seed, a, &n);
		struct str after = text_random(*state, &seed, b, &m);
		struct diff d;

		diff_lines(*state, before, after, &d);
		common = common_most(a, n, b, m);
		assert_int_equal(d.gone, n - common);
		assert_int_equal(d.added, m - common);
		for (size_t j = 0; j < d.n; j++) {
			const struct diff_line *l = &d.v[j];

			if (l->old_line)
				assert_int_equal(l->text.p[0],
				    a[l->old_line - 1]);
			if (l->new_line)
				assert_int_equal(l->text.p[0],
				    b[l->new_line - 1]);
		}
	}
}

/* Two long texts without a line in common take no long time. */
static void
strangers(void **state)
{
	enum { MANY = 10000 };
	struct buf a, b;
	struct diff d;

	buf_init(&a, *state, SHOWN_MOST);
	buf_init(&b, *state, SHOWN_MOST);
	buf_puts(&a, "same\n");
	buf_puts(&b, "same\n");
	for (int i = 0; i < MANY; i++) {
		buf_printf(&a, "old %d\n", i);
		buf_printf(&b, "new %d\n", i);
	}
	diff_lines(*state, buf_get(&a), buf_get(&b), &d);
	assert_int_equal(d.gone, MANY);
	assert_int_equal(d.added, MANY);
	assert_int_equal(d.v[0].kind, DIFF_SAME);
}

static int
setup(void **state)
{
	*state = talloc_new(NULL);
	return 0;
}

static int
teardown(void **state)
{
	talloc_free(*state);
	return 0;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup_teardown(rows, setup, teardown),
	    cmocka_unit_test_setup_teardown(numbers, setup, teardown),
	    cmocka_unit_test_setup_teardown(random_texts, setup, teardown),
	    cmocka_unit_test_setup_teardown(strangers, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
