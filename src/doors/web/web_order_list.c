/*
 * Pages: orders by state and customer, what is to be invoiced.
 */
#include "doors/web/web_order.h"

#include "base/calendar.h"
#include "base/clock.h"
#include "base/mem.h"
#include "desk/invoice.h"
#include "doors/web/page.h"
#include "http/url.h"
#include "staff_views.h"

struct str
order_state_text(const struct http_request *rq, enum order_state state)
{
	return page_text(rq, order_state_words(state));
}

struct str
order_kind_text(const struct http_request *rq, enum order_kind kind)
{
	return page_text(rq, order_kind_words(kind));
}

void
order_rows_fill(struct http_request *rq, const struct q_order_row_rows *rows,
    struct order_rows_view *out)
{
	void *mem = rq->cx.mem;

	out->n = rows->n;
	out->v = mem_array(mem, struct order_row_view, rows->n);
	for (size_t i = 0; i < rows->n; i++) {
		const struct q_order_row *r = &rows->v[i];

		out->v[i] = (struct order_row_view){
		    .id = r->id,
		    .number = order_number(mem, r->id),
		    .kind = order_kind_text(rq, (enum order_kind)r->kind),
		    .state = order_state_text(rq, (enum order_state)r->state),
		    .customer_number = r->customer_number,
		    .customer = r->customer_name,
		    .summary = r->summary,
		    .employee = r->employee_name,
		    .price = r->price_text,
		    .when = calendar_when(mem, rq->cx.lang, rq->cx.now_ms,
			r->changed_ms),
		    .exact = calendar_exact(mem, rq->cx.lang, r->changed_ms),
		    .good = r->state == ORDER_DONE ||
			r->state == ORDER_INVOICED,
		    .waits = r->state == ORDER_OFFERED ||
			r->state == ORDER_ACCEPTED,
		};
	}
}

void
amount_fill(struct http_request *rq, const struct terms *t, int64_t units,
    const struct amount *a, struct amount_view *out)
{
	void *mem = rq->cx.mem;
	enum lang lang = rq->cx.lang;
	struct str each = money_show(mem, lang, t->net_cents);

	*out = (struct amount_view){
	    .units = t->unit_ms
		? str_printf(mem, tr(lang, N_("%lld × %s for %d minutes")),
		      (long long)units, each.p, (int)(t->unit_ms / MINUTE_MS))
		: STR(""),
	    .net = money_show(mem, lang, a->net),
	    .vat_rate = money_percent(mem, lang, t->vat),
	    .vat = money_show(mem, lang, a->vat),
	    .gross = money_show(mem, lang, a->gross),
	};
}

/* ---- Lists --------------------------------------------------------------- */

static void
tabs_fill(struct http_request *rq, enum order_state here,
    struct orders_view *v)
{
	v->tabs.v =
	    mem_array(rq->cx.mem, struct order_tab_view, ORDER_CANCELLED);
	for (enum order_state s = ORDER_OFFERED; s <= ORDER_CANCELLED; s++)
		v->tabs.v[v->tabs.n++] = (struct order_tab_view){
		    str_of(order_state_name(s)), order_state_text(rq, s),
		    s == here};
}

static void
filter_read(struct http_request *rq, struct order_filter *f)
{
	struct str after = http_raw(rq, "after"), ms;

	f->customer = http_raw(rq, "customer");
	f->state = order_state_of(http_raw(rq, "state"));
	if (str_empty(f->customer) && f->state == ORDER_STATE_NONE)
		f->state = ORDER_IN_PROGRESS;
	if (!after.p || !str_take(&after, '.', &ms) ||
	    !str_to_i64(ms, &f->after_ms) || !str_to_i64(after, &f->after_id))
		f->after_ms = f->after_id = 0;
}

static struct str
next_path(struct http_request *rq, const struct order_filter *f,
    const struct q_order_row *last)
{
	void *mem = rq->cx.mem;

	return str_printf(mem, "/orders?state=%s&customer=%s&after=%lld.%lld",
	    order_state_name(f->state),
	    url_encode(mem, f->customer.p ? f->customer : STR("")).p,
	    (long long)last->changed_ms, (long long)last->id);
}

static enum err
orders_page(struct http_request *rq, struct orders_view *v)
{
	struct q_order_row_rows rows = {0};
	struct order_filter f = {0};
	enum err e;

	filter_read(rq, &f);
	tabs_fill(rq, f.state, v);
	v->state = str_of(order_state_name(f.state));
	v->customer = f.customer.p ? f.customer : STR("");
	e = order_list(door_desk(rq), &f, &rows, &v->more);
	if (e != OK && !page_comes_back(rq, e))
		return e;
	v->customer_fault = page_fault(rq, "customer");
	v->invoices = door_desk(rq)->actor.role >= ROLE_SUPERVISOR;
	if ((e = page_frame(rq, page_text(rq, N_("Orders")), &v->frame)) != OK)
		return e;
	v->frame.area = STR("orders");
	order_rows_fill(rq, &rows, &v->rows);
	if (v->more)
		v->next = next_path(rq, &f, &rows.v[rows.n - 1]);
	view_orders(&rq->response.body, rq->cx.lang, v);
	return OK;
}

/* An order's number leads to it; else the list that the filter asks for. */
enum err
web_orders(struct http_request *rq)
{
	struct orders_view v = {.number = http_raw(rq, "number")};
	struct order_full full;
	int64_t id;

	if (str_empty(v.number))
		v.number = STR("");
	else if (order_number_read(rq->cx.mem, v.number, &id) &&
	    order_get(door_desk(rq), id, &full) == OK)
		return http_redirect(rq, "/orders/%lld", (long long)id);
	else
		v.number_fault = page_text(rq, N_("There is no such order."));
	fault_clear(&rq->cx.fault);
	return orders_page(rq, &v);
}

/* ---- What is to be invoiced ------------------------------------------------ */

static struct invoice_row_view
invoice_row_fill(struct http_request *rq, const struct invoice_line *l)
{
	void *mem = rq->cx.mem;
	struct invoice_row_view v = {
	    .id = l->row.id,
	    .number = order_number(mem, l->row.id),
	    .customer = l->row.customer_name,
	    .customer_number = l->row.customer_number,
	    .text = l->row.price_text,
	    .done = l->row.done_ms.has
		? calendar_day(mem, rq->cx.lang,
		      calendar_date(mem, l->row.done_ms.v))
		: STR(""),
	};

	amount_fill(rq, &l->terms, l->units, &l->amount, &v.amount);
	return v;
}

enum err
web_invoice(struct http_request *rq)
{
	const struct terms none = {0};
	struct invoice_view v = {0};
	struct invoice list;
	enum err e;

	if ((e = invoice_list(door_desk(rq), &list)) != OK ||
	    (e = page_frame(rq, page_text(rq, N_("To be invoiced")),
		 &v.frame)) != OK)
		return e;
	v.frame.area = STR("orders");
	v.more = list.more;
	v.fault = page_fault(rq, "orders");
	v.orders = invoice_numbers(door_desk(rq), &list);
	v.rows.n = list.n;
	v.rows.v = mem_array(rq->cx.mem, struct invoice_row_view, list.n);
	for (size_t i = 0; i < list.n; i++)
		v.rows.v[i] = invoice_row_fill(rq, &list.v[i]);
	amount_fill(rq, &none, 0, &list.sum, &v.sum);
	view_invoice(&rq->response.body, rq->cx.lang, &v);
	return OK;
}

enum err
web_invoice_csv(struct http_request *rq)
{
	struct invoice list;
	struct str name;
	enum err e;

	if ((e = invoice_list(door_desk(rq), &list)) != OK)
		return e;
	buf_str(&rq->response.body, invoice_csv(door_desk(rq), &list));
	name = str_printf(rq->cx.mem, "attachment; filename=\"orders-%s.csv\"",
	    calendar_date(rq->cx.mem, rq->cx.now_ms).p);
	rq->response.type = "text/csv; charset=utf-8";
	http_header_set(rq, "Content-Disposition", name);
	return OK;
}

enum err
web_invoice_mark(struct http_request *rq)
{
	const struct invoice_form *f = rq->form;
	enum err e = rq->cx.fault.err;

	if (e == OK && (e = invoice_mark(door_desk(rq), f->orders)) == OK)
		return page_done(rq, "order-invoiced", "/orders/invoice");
	return page_comes_back(rq, e) ? web_invoice(rq) : e;
}
