/*
 * The shortest edit between two texts by E. W. Myers, "An O(ND) Difference
 * Algorithm and Its Variations" (1986): for d = 0, 1, 2 … edits it keeps, for
 * every diagonal k = x - y, how far one can get; going back through what was
 * kept gives the edits. Common beginnings and ends are taken off first. Time
 * and memory are bounded by EDITS_MAX; past it the whole middle counts as
 * replaced, which is still true, only longer.
 */
#include "base/diff.h"

#include "base/mem.h"

enum { EDITS_MAX = 1000 };

struct lines {
	struct str *v;
	int n;
};

/* What is compared: the lines between the common beginning and end. */
struct middle {
	const struct str *old, *new;
	int old_n, new_n;
	int **reach;  /* for each d: how far on the diagonals -d to d */
	bool *gone, *added;
};

static struct lines
lines_of(void *mem, struct str s)
{
	struct lines l = {0};
	int n = 1;

	if (s.n == 0)
		return l;
	if (s.p[s.n - 1] == '\n')
		s.n--;
	for (size_t i = 0; i < s.n; i++)
		n += s.p[i] == '\n';
	l.v = mem_array(mem, struct str, n);
	while (l.n < n)
		str_take(&s, '\n', &l.v[l.n++]);
	return l;
}

static int
common_head(const struct lines *a, const struct lines *b)
{
	int n = 0;

	while (n < a->n && n < b->n && str_eq(a->v[n], b->v[n]))
		n++;
	return n;
}

static int
common_tail(const struct lines *a, const struct lines *b, int head)
{
	int n = 0;

	while (n < a->n - head && n < b->n - head &&
	    str_eq(a->v[a->n - 1 - n], b->v[b->n - 1 - n]))
		n++;
	return n;
}

/* Whether the furthest way with d edits to diagonal k comes from above (k + 1),
 * that is, takes a new line. */
static bool
from_above(const int *before, int d, int k)
{
	/* `before` holds the diagonals -(d - 1) to d - 1 */
	return k == -d ||
	    (k != d && before[k - 1 + d - 1] < before[k + 1 + d - 1]);
}

/* One round of d edits; true when both ends are reached. Diagonals outside the
 * table are followed too: they only run past the end of a text, and x and y
 * are held to it. */
static bool
round_run(struct middle *m, int d)
{
	int *reach = m->reach[d];

	for (int k = -d; k <= d; k += 2) {
		int x = 0, y;

		if (d > 0)
			x = from_above(m->reach[d - 1], d, k)
			    ? m->reach[d - 1][k + 1 + d - 1]
			    : m->reach[d - 1][k - 1 + d - 1] + 1;
		y = x - k;
		while (x >= 0 && y >= 0 && x < m->old_n && y < m->new_n &&
		    str_eq(m->old[x], m->new[y])) {
			x++;
			y++;
		}
		reach[k + d] = x;
		if (x >= m->old_n && y >= m->new_n)
			return true;
	}
	return false;
}

/* Goes back from the end and marks the lines that went and came. */
static void
way_back(struct middle *m, int d)
{
	int x = m->old_n, y = m->new_n;

	for (; d > 0; d--) {
		const int *before = m->reach[d - 1];
		int k = x - y;
		bool above = from_above(before, d, k);
		int from = above ? k + 1 : k - 1;

		x = before[from + d - 1];
		y = x - from;
		if (above && y >= 0 && y < m->new_n)
			m->added[y] = true;
		else if (!above && x >= 0 && x < m->old_n)
			m->gone[x] = true;
	}
}

static void
middle_compare(void *mem, struct middle *m)
{
	m->gone = mem_array(mem, bool, m->old_n + 1);
	m->added = mem_array(mem, bool, m->new_n + 1);
	m->reach = mem_array(mem, int *, EDITS_MAX + 1);
	for (int d = 0; d <= EDITS_MAX; d++) {
		m->reach[d] = mem_array(m->reach, int, 2 * d + 1);
		if (!round_run(m, d))
			continue;
		way_back(m, d);
		talloc_free(m->reach);
		return;
	}
	memset(m->gone, true, (size_t)m->old_n);
	memset(m->added, true, (size_t)m->new_n);
	talloc_free(m->reach);
}

static void
put(struct diff *d, enum diff_kind kind, int old_line, int new_line,
    struct str text)
{
	d->gone += kind == DIFF_GONE;
	d->added += kind == DIFF_NEW;
	d->v[d->n++] =
	    (struct diff_line){kind, old_line, new_line, 0, text};
}

/* Leaves of the lines in common those that stand near a difference. */
static void
fold(struct diff *d)
{
	struct diff_line *v = d->v;
	size_t n = 0, i = 0;

	while (i < d->n) {
		size_t end = i, head, tail, skipped;

		while (end < d->n && v[end].kind == DIFF_SAME)
			end++;
		head = i == 0 ? 0 : DIFF_AROUND;
		tail = end == d->n ? 0 : DIFF_AROUND;
		if (end - i > head + tail + 1) {
			skipped = end - i - head - tail;
			memmove(v + n, v + i, head * sizeof *v);
			n += head;
			v[n++] = (struct diff_line){.kind = DIFF_SKIP,
			    .skipped = (int)skipped};
			i = end - tail;
		}
		while (i < end || (i < d->n && v[i].kind != DIFF_SAME))
			v[n++] = v[i++];
	}
	d->n = n;
}

void
diff_lines(void *mem, struct str before, struct str after, struct diff *out)
{
	struct lines a = lines_of(mem, before), b = lines_of(mem, after);
	int head = common_head(&a, &b), tail = common_tail(&a, &b, head);
	struct middle m = {.old = a.v + head, .new = b.v + head,
	    .old_n = a.n - head - tail, .new_n = b.n - head - tail};
	int x = 0, y = 0;

	*out = (struct diff){.v = mem_array(mem, struct diff_line,
	    a.n + b.n + 1)};
	middle_compare(mem, &m);
	while (x < a.n || y < b.n) {
		int i = x - head, j = y - head;

		if (i >= 0 && i < m.old_n && m.gone[i]) {
			put(out, DIFF_GONE, x + 1, 0, a.v[x]);
			x++;
		} else if (j >= 0 && j < m.new_n && m.added[j]) {
			put(out, DIFF_NEW, 0, y + 1, b.v[y]);
			y++;
		} else {
			put(out, DIFF_SAME, x + 1, y + 1, b.v[y]);
			x++;
			y++;
		}
	}
	fold(out);
}
