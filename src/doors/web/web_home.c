/*
 * The first page of the day, the search of the top bar, signing in and out,
 * one's own settings.
 */
#include "doors/web/web_home.h"

#include "base/calendar.h"
#include "base/mem.h"
#include "desk/call.h"
#include "desk/demo.h"
#include "desk/employee.h"
#include "desk/house.h"
#include "desk/instruction_version.h"
#include "desk/ticket.h"
#include "doors/web/home_view.h"
#include "doors/web/page.h"
#include "doors/web/web_outbox.h"
#include "doors/web/web.h"
#include "doors/web/web_call.h"
#include "doors/web/web_order.h"
#include "doors/web/web_ticket.h"
#include "http/url.h"
#include "staff_views.h"

enum { WAITING_SHOWN = 5, CALLS_SHOWN = 8, NOON = 11, EVENING = 18,
	LANG_COOKIE_S = 365 * 24 * 3600 };

static struct str
greeting(struct http_request *rq)
{
	int hour = calendar_hour(rq->cx.now_ms);
	const char *text = hour < NOON ? N_("Good morning, %s")
	    : hour < EVENING	       ? N_("Good day, %s")
				       : N_("Good evening, %s");

	return str_printf(rq->cx.mem, tr(rq->cx.lang, text),
	    door_desk(rq)->actor.name.p);
}

enum err
web_home(struct http_request *rq)
{
	struct desk *d = door_desk(rq);
	struct q_ticket_row_rows waiting;
	struct q_call_row_rows calls;
	struct q_order_row_rows orders;
	struct home_view v = {0};
	enum err e;

	if ((e = ticket_oldest(d, WAITING_SHOWN, &waiting)) != OK ||
	    (e = call_mine(d, &calls)) != OK ||
	    (e = order_mine(d, &orders)) != OK ||
	    (e = version_due(d, &v.unsigned_version)) != OK ||
	    (e = untold_fill(rq, &v.untold, &v.held)) != OK ||
	    (e = page_frame(rq, page_text(rq, N_("My desk")), &v.frame)) != OK)
		return e;
	v.frame.area = STR("desk");
	if (calls.n > CALLS_SHOWN)
		calls.n = CALLS_SHOWN;
	ticket_rows_fill(rq, &waiting, &v.waiting);
	order_rows_fill(rq, &orders, &v.orders);
	v.calls.v = call_lines(rq, &calls);
	v.calls.n = calls.n;
	v.greeting = greeting(rq);
	v.day = calendar_day(rq->cx.mem, rq->cx.lang,
	    calendar_date(rq->cx.mem, rq->cx.now_ms));
	view_home(&rq->response.body, rq->cx.lang, &v);
	return OK;
}

/* A ticket's or an order's number leads there, anything else to customers. An
 * order's has its A; without one it is taken for a ticket's. */
enum err
web_search(struct http_request *rq)
{
	struct str q = http_raw(rq, "q");
	struct ticket_full t;
	struct order_full o;
	int64_t id;

	if (q.n && (q.p[0] == 'A' || q.p[0] == 'a') &&
	    order_number_read(rq->cx.mem, q, &id) &&
	    order_get(door_desk(rq), id, &o) == OK)
		return http_redirect(rq, "/orders/%lld", (long long)id);
	if (q.n && ticket_number_read(rq->cx.mem, q, &id) &&
	    ticket_get(door_desk(rq), id, &t) == OK)
		return http_redirect(rq, "/tickets/%lld", (long long)id);
	fault_clear(&rq->cx.fault);
	return http_redirect(rq, "/customers?q=%s",
	    url_encode(rq->cx.mem, q).p);
}

/* The page with what was typed; what is left of an ended session's form goes
 * along. */
/* What a seat is for, in the reader's words. */
static const char *
role_text(enum role role)
{
	switch (role) {
	case ROLE_SUPERVISOR:
		return N_("Supervisor");
	case ROLE_ADMIN:
		return N_("Administrator");
	default:
		return N_("On the telephone");
	}
}

/* Where the demo company works, anybody may take a seat. */
static void
seats_fill(struct http_request *rq, struct signin_view *v)
{
	struct demo_login *seat;

	if (!demo_is(door_desk(rq)))
		return;
	seat = mem_array(rq->cx.mem, struct demo_login, DEMO_SEATS);
	for (size_t i = 0; i < DEMO_SEATS; i++) {
		const struct demo_seat *s = &demo_seats[i];

		seat[i] = (struct demo_login){str_of(s->login),
		    str_of(s->name), page_text(rq, role_text(s->role)),
		    str_of(s->password)};
	}
	v->demo.v = seat;
	v->demo.n = DEMO_SEATS;
}

static enum err
signin_page(struct http_request *rq, const struct signin_form *f)
{
	struct signin_view v = {.login = f->login,
	    .next = page_own_path(f->next),
	    .resend_to = f->resend_to,
	    .resend = f->resend};
	enum err e;

	e = page_frame(rq, page_text(rq, N_("Sign in")), &v.frame);
	if (e != OK)
		return e;
	v.error = v.frame.flash_bad ? v.frame.flash : STR("");
	v.frame.flash = STR("");
	seats_fill(rq, &v);
	view_signin(&rq->response.body, rq->cx.lang, &v);
	return OK;
}

enum err
web_signin_page(struct http_request *rq)
{
	if (door_desk(rq)->actor.employee_id)
		return http_redirect(rq, "/");
	return signin_page(rq,
	    &(struct signin_form){.next = http_raw(rq, "next")});
}

enum err
web_signin_resend(struct http_request *rq)
{
	struct http_pair *pairs;
	size_t n;

	if (rq->body.n == 0 || rq->body.n > RESEND_BYTES_MAX ||
	    !url_pairs(rq->cx.mem, rq->body, &pairs, &n, NULL) ||
	    str_is(rq->path, "/sign-out") ||
	    str_is(rq->path, "/password")) /* is put into no page */
		return ERR_INVALID;
	fault_clear(&rq->cx.fault);
	return signin_page(rq,
	    &(struct signin_form){.resend_to = rq->path, .resend = rq->body});
}

/* Shows the form that came without a session once more, to be sent now. */
static enum err
resend_page(struct http_request *rq, const struct signin_form *f)
{
	struct resend_view v = {.path = page_own_path(f->resend_to)};
	struct http_pair *pairs;
	size_t n;
	enum err e;

	if (!url_pairs(rq->cx.mem, f->resend, &pairs, &n, NULL))
		return http_redirect(rq, "/");
	v.fields.v = mem_array(rq->cx.mem, struct resend_field, n);
	for (; v.fields.n < n; v.fields.n++)
		v.fields.v[v.fields.n] = (struct resend_field){
		    pairs[v.fields.n].name, pairs[v.fields.n].value};
	e = page_frame(rq, page_text(rq, N_("What you had typed")), &v.frame);
	if (e == OK)
		view_resend(&rq->response.body, rq->cx.lang, &v);
	return e;
}

enum err
web_signin(struct http_request *rq)
{
	const struct signin_form *f = rq->form;
	struct desk *d = door_desk(rq);
	struct str token;
	enum err e = rq->cx.fault.err;

	/* The old session, if any, is not carried over. */
	d->actor.employee_id = 0;
	d->actor.role = ROLE_NONE;
	if (e == OK &&
	    (e = session_open(d, f->login, f->password, rq->remote,
		 &token)) == OK) {
		http_cookie_set(rq, web_cookie_name(rq), token, -1);
		if (!f->resend_to.n)
			return http_redirect(rq, "%s", page_own_path(f->next).p);
		e = session_resume(d, token, true);
		return e == OK ? resend_page(rq, f) : e;
	}
	if (e != ERR_UNAUTHENTICATED && !page_comes_back(rq, e))
		return e;
	d->actor.employee_id = 0;
	rq->response.status = err_status(e);
	return signin_page(rq, f);
}

enum err
web_signout(struct http_request *rq)
{
	enum err e = session_close(door_desk(rq));

	if (e != OK)
		return e;
	http_cookie_set(rq, web_cookie_name(rq), STR(""), 0);
	return http_redirect(rq, "/sign-in");
}

/* A setting that was not sent stays as it is. */
enum err
web_settings(struct http_request *rq)
{
	const struct settings_form *f = rq->form;
	struct desk *d = door_desk(rq);
	const struct actor *a = &d->actor;
	bool keys_off = f->keys > 0 ? f->keys == 2 : a->keys_off;
	enum lang lang;
	struct str theme = str_is(f->theme, "auto") ? STR("") : f->theme;
	enum err e = OK;

	if (lang_of(f->lang, &lang))
		http_cookie_set(rq, "lang", f->lang, LANG_COOKIE_S);
	if (a->employee_id)
		e = employee_settings(d,
		    http_raw(rq, "lang").p ? f->lang : a->lang,
		    http_raw(rq, "theme").p ? theme : a->theme, keys_off);
	return e == OK ? http_redirect(rq, "%s", page_own_path(f->back).p) : e;
}

static enum err
password_page(struct http_request *rq)
{
	struct password_view v = {
	    .current_fault = page_fault(rq, "current"),
	    .password_fault = page_fault(rq, "password"),
	    .again_fault = page_fault(rq, "again"),
	    .login = door_desk(rq)->actor.login,
	};
	enum err e;

	e = page_frame(rq, page_text(rq, N_("Change the password")), &v.frame);
	if (e == OK)
		view_password(&rq->response.body, rq->cx.lang, &v);
	return e;
}

enum err
web_password(struct http_request *rq)
{
	return password_page(rq);
}

enum err
web_password_change(struct http_request *rq)
{
	const struct password_form *f = rq->form;
	enum err e = rq->cx.fault.err;

	if (e == OK && !str_eq(f->password, f->again))
		e = fail(&rq->cx, ERR_INVALID, "again",
		    N_("The two do not agree."));
	if (e == OK && (e = password_change(door_desk(rq), f->current,
			    f->password, rq->remote)) == OK)
		return page_done(rq, "password", "/");
	return page_comes_back(rq, e) ? password_page(rq) : e;
}
