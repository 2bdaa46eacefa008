/*
 * Pages: the versions of the instruction, one of them with its difference to
 * the one before and its signatures, and the page where a new one is proved and
 * brought into force. What a version must be is desk/instruction_version.c; the
 * instruction as it is read is instruction_page.c.
 */
#include "doors/web/web_versions.h"

#include "base/calendar.h"
#include "base/diff.h"
#include "base/mem.h"
#include "base/secret.h"
#include "doors/web/instruction_page.h"
#include "doors/web/page.h"
#include "doors/web/versions_view.h"
#include "staff_views.h"

enum { DIFF_SHOWN = 3000, ROWS_LEAST = 20, ROWS_SPARE = 2 };

static struct str
when(struct http_request *rq, int64_t at_ms)
{
	return calendar_when(rq->cx.mem, rq->cx.lang, rq->cx.now_ms, at_ms);
}

static struct str
exact(struct http_request *rq, int64_t at_ms)
{
	return calendar_exact(rq->cx.mem, rq->cx.lang, at_ms);
}

/* Who brought it into force, or how it came. */
static struct str
who(struct http_request *rq, const struct q_version_row *r)
{
	if (r->employee_name.n)
		return r->employee_name;
	switch (r->origin) {
	case VERSION_SHIPPED:
		return page_text(rq, N_("came with the program"));
	case VERSION_FILE:
		return page_text(rq, N_("from the configured file"));
	default:
		return page_text(rq, N_("by command"));
	}
}

static bool
may_load(struct http_request *rq)
{
	return door_desk(rq)->actor.role >= ROLE_SUPERVISOR;
}

static struct names_view
names_fill(struct http_request *rq, const struct q_employee_row_rows *rows)
{
	struct str *v = mem_array(rq->cx.mem, struct str, rows->n);

	for (size_t i = 0; i < rows->n; i++)
		v[i] = rows->v[i].name;
	return (struct names_view){v, rows->n};
}

/* ---- The list ------------------------------------------------------------ */

static void
rows_fill(struct http_request *rq, const struct version_list *list,
    struct versions_view *v)
{
	v->rows.n = list->rows.n;
	v->rows.v = mem_array(rq->cx.mem, struct version_row_view,
	    list->rows.n);
	for (size_t i = 0; i < list->rows.n; i++) {
		const struct q_version_row *r = &list->rows.v[i];

		v->rows.v[i] = (struct version_row_view){
		    .number = r->number,
		    .when = when(rq, r->active_ms),
		    .exact = exact(rq, r->active_ms),
		    .who = who(rq, r),
		    .note = r->note,
		    .signers = r->signers,
		    .in_force = r->number == v->current,
		};
	}
	if (list->more)
		v->next = list->rows.v[list->rows.n - 1].number;
}

enum err
web_versions(struct http_request *rq)
{
	struct desk *d = door_desk(rq);
	struct versions_view v = {.may_load = may_load(rq)};
	struct version_list list;
	struct version_full now;
	int64_t below = 0;
	enum err e;

	if (!str_to_i64(http_raw(rq, "below"), &below))
		below = 0;
	if ((e = version_list(d, below, &list)) != OK ||
	    (e = version_current(d, &v.current)) != OK ||
	    (e = version_get(d, v.current, &now)) != OK ||
	    (e = page_frame(rq, page_text(rq, N_("Versions")), &v.frame)) !=
		OK)
		return e;
	v.frame.area = STR("instruction");
	v.signers = list.signers;
	v.missing = names_fill(rq, &now.unsigned_by);
	v.due = !now.signed_by_me;
	rows_fill(rq, &list, &v);
	view_versions(&rq->response.body, rq->cx.lang, &v);
	return OK;
}

/* ---- One version --------------------------------------------------------- */

static void
diff_fill(struct http_request *rq, struct str before, struct str after,
    struct diff_view *v)
{
	struct diff d;
	size_t n;

	diff_lines(rq->cx.mem, before, after, &d);
	n = d.n > DIFF_SHOWN ? DIFF_SHOWN : d.n;
	v->gone = d.gone;
	v->added = d.added;
	v->left_out = d.n - n;
	v->lines.n = n;
	v->lines.v = mem_array(rq->cx.mem, struct diff_line_view, n);
	for (size_t i = 0; i < n; i++) {
		const struct diff_line *l = &d.v[i];

		v->lines.v[i] = (struct diff_line_view){
		    .gone = l->kind == DIFF_GONE,
		    .added = l->kind == DIFF_NEW,
		    .skip = l->kind == DIFF_SKIP,
		    .old_line = l->old_line,
		    .new_line = l->new_line,
		    .skipped = l->skipped,
		    .text = str_copy(rq->cx.mem, l->text.p, l->text.n)};
	}
}

/* The numbers of a text's lines, as many as are shown beside it. */
static void
numbers_fill(struct http_request *rq, struct str source,
    struct numbers_view *v)
{
	size_t n = 1;

	for (size_t i = 0; i + 1 < source.n; i++)
		n += source.p[i] == '\n';
	if (n > VERSION_LINES_MOST)
		n = VERSION_LINES_MOST;
	v->n = n;
	v->v = mem_array(rq->cx.mem, struct number_view, n);
	for (size_t i = 0; i < n; i++)
		v->v[i].n = (int)i + 1;
}

static void
signatures_fill(struct http_request *rq,
    const struct q_version_signatures_rows *rows, struct version_view *v)
{
	v->signatures.n = rows->n;
	v->signatures.v =
	    mem_array(rq->cx.mem, struct signature_view, rows->n);
	for (size_t i = 0; i < rows->n; i++)
		v->signatures.v[i] = (struct signature_view){
		    rows->v[i].employee_name, when(rq, rows->v[i].signed_ms),
		    exact(rq, rows->v[i].signed_ms)};
}

static enum err
version_page(struct http_request *rq)
{
	struct desk *d = door_desk(rq);
	struct version_view v = {.number = http_path_id(rq, "number"),
	    .may_load = may_load(rq)};
	struct version_full full;
	struct str title;
	enum err e;

	title = str_printf(rq->cx.mem, tr(rq->cx.lang, N_("Version %lld")),
	    (long long)v.number);
	if ((e = version_get(d, v.number, &full)) != OK ||
	    (e = version_current(d, &v.current)) != OK ||
	    (e = page_frame(rq, title, &v.frame)) != OK)
		return e;
	v.frame.area = STR("instruction");
	v.before = v.number - 1;
	v.when = when(rq, full.row.active_ms);
	v.exact = exact(rq, full.row.active_ms);
	v.who = who(rq, &full.row);
	v.note = full.row.note;
	v.in_force = full.in_force;
	v.signed_by_me = full.signed_by_me;
	v.source = full.source;
	v.missing = names_fill(rq, &full.unsigned_by);
	numbers_fill(rq, full.source, &v.numbers);
	signatures_fill(rq, &full.signatures, &v);
	v.readable = full.instruction != NULL;
	if (v.readable)
		instruction_view_fill(rq, full.instruction, &v.text);
	if (v.before)
		diff_fill(rq, full.before, full.source, &v.diff);
	view_version(&rq->response.body, rq->cx.lang, &v);
	return OK;
}

enum err
web_version(struct http_request *rq)
{
	return version_page(rq);
}

enum err
web_version_sign(struct http_request *rq)
{
	int64_t number = http_path_id(rq, "number");
	enum err e = version_sign(door_desk(rq), number);

	if (e == OK)
		return page_done(rq, "version-signed",
		    "/instruction/versions/%lld", (long long)number);
	return page_comes_back(rq, e) ? version_page(rq) : e;
}

/* ---- A new one ----------------------------------------------------------- */

static void
complaints_fill(struct http_request *rq, const struct complaints *c,
    struct version_new_view *v)
{
	size_t n = c->n > COMPLAINTS_MAX ? COMPLAINTS_MAX : c->n;

	v->complaints.n = n;
	v->complaints.v = mem_array(rq->cx.mem, struct complaint_view, n);
	v->complaints_more = c->n - n;
	for (size_t i = 0; i < n; i++) {
		const struct complaint *item = &c->item[i];

		v->complaints.v[i] = (struct complaint_view){item->line,
		    item->column, item->text};
		if (item->line >= 1 && (size_t)item->line <= v->numbers.n)
			v->numbers.v[item->line - 1].wrong = true;
	}
}

static struct str
digest_text(struct http_request *rq, struct str source)
{
	return secret_hex(rq->cx.mem, secret_digest(rq->cx.mem, source));
}

/* The page with what was typed; once that is proved, with its difference to the
 * version in force. */
static enum err
new_page(struct http_request *rq, struct version_new_view *v,
    const struct complaints *c)
{
	struct version_full now;
	enum err e;

	if ((e = version_current(door_desk(rq), &v->base)) != OK ||
	    (e = version_get(door_desk(rq), v->base, &now)) != OK ||
	    (e = page_frame(rq, page_text(rq, N_("New version")),
		 &v->frame)) != OK)
		return e;
	v->frame.area = STR("instruction");
	v->source_fault = page_fault(rq, "source");
	v->note_fault = page_fault(rq, "note");
	numbers_fill(rq, v->source, &v->numbers);
	complaints_fill(rq, c, v);
	v->rows = (int)v->numbers.n + ROWS_SPARE;
	if (v->rows < ROWS_LEAST)
		v->rows = ROWS_LEAST;
	if (v->proved) {
		v->digest = digest_text(rq, v->source);
		diff_fill(rq, now.source, v->source, &v->diff);
	}
	view_version_new(&rq->response.body, rq->cx.lang, v);
	return OK;
}

/* Begins with the version in force, or with the one that ?from= names. */
enum err
web_version_new(struct http_request *rq)
{
	struct version_new_view v = {0};
	struct complaints c = {0};
	struct version_full from;
	int64_t number;
	enum err e;

	if ((e = version_current(door_desk(rq), &number)) != OK)
		return e;
	(void)str_to_i64(http_raw(rq, "from"), &number);
	if ((e = version_get(door_desk(rq), number, &from)) != OK)
		return e;
	v.source = from.source;
	return new_page(rq, &v, &c);
}

/* Into force only as it was proved and as its difference was seen. */
static enum err
version_try(struct http_request *rq, const struct version_post *f,
    struct version_new_view *v, struct complaints *c, int64_t *out_number)
{
	const struct version_form form = {.base = f->base,
	    .source = v->source,
	    .note = f->note};
	struct desk *d = door_desk(rq);
	enum err e;

	if (f->activate && str_eq(f->proved, digest_text(rq, v->source))) {
		e = version_activate(d, &form, c, out_number);
		v->proved = c->n == 0 && !fault_of(&rq->cx.fault, "source");
		return e;
	}
	if ((e = version_propose(d, v->source, c)) != OK)
		return e;
	v->proved = true;
	if (!f->activate)
		return OK;
	return fail(&rq->cx, ERR_CONFLICT, "",
	    N_("The text was changed after the proof. It is proved again; "
	       "this is the difference now."));
}

enum err
web_version_load(struct http_request *rq)
{
	const struct version_post *f = rq->form;
	struct version_new_view v = {.note = f->note,
	    .source = version_text(rq->cx.mem, f->source)};
	struct complaints c;
	int64_t number = 0;
	enum err e = rq->cx.fault.err;

	complaints_init(&c, rq->cx.mem, "");
	if (e == OK)
		e = version_try(rq, f, &v, &c, &number);
	if (number)
		return page_done(rq, "version-activated",
		    "/instruction/versions/%lld", (long long)number);
	if (e != OK && !page_comes_back(rq, e))
		return e;
	return new_page(rq, &v, &c);
}
