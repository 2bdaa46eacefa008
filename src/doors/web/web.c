/*
 * The staff door's table: every page with who may see it and which fields it
 * takes. Below, what happens when something cannot be shown. A page is found by
 * its handler's name: web_ticket* in web_ticket.c, and so on.
 */
#include "doors/web/web.h"

#include "base/mem.h"
#include "desk/house.h"
#include "doors/web/page.h"
#include "doors/web/web_alert.h"
#include "doors/web/web_answer.h"
#include "doors/web/web_call.h"
#include "doors/web/web_chart.h"
#include "doors/web/web_customer.h"
#include "doors/web/web_home.h"
#include "doors/web/web_order.h"
#include "doors/web/web_outbox.h"
#include "doors/web/web_price.h"
#include "doors/web/web_reassign.h"
#include "doors/web/web_ticket.h"
#include "doors/web/web_versions.h"
#include "doors/web/web_website.h"
#include "http/url.h"
#include "staff_views.h"

#define LINE(type, name) {#name, FIELD_LINE, false, 0, offsetof(type, name), NULL}
#define TEXT(type, name) {#name, FIELD_TEXT, false, 0, offsetof(type, name), NULL}
#define SECRET(type, name)                                                     \
	{#name, FIELD_SECRET, false, 200, offsetof(type, name), NULL}
#define ID(type, name)   {#name, FIELD_ID, false, 0, offsetof(type, name), NULL}
#define INT(type, name)  {#name, FIELD_INT, false, 0, offsetof(type, name), NULL}
#define BOOL(type, name) {#name, FIELD_BOOL, false, 0, offsetof(type, name), NULL}

static const struct http_field signin_fields[] = {
    LINE(struct signin_form, login),
    SECRET(struct signin_form, password),
    LINE(struct signin_form, next),
    LINE(struct signin_form, resend_to),
    {"resend", FIELD_SECRET, false, RESEND_BYTES_MAX,
	offsetof(struct signin_form, resend), NULL},
};

static const char *const keys_choices[] = {"", "on", "off", NULL};
static const struct http_field settings_fields[] = {
    LINE(struct settings_form, lang),
    LINE(struct settings_form, theme),
    LINE(struct settings_form, back),
    {"keys", FIELD_CHOICE, false, 0, offsetof(struct settings_form, keys),
	keys_choices},
};

static const struct http_field password_fields[] = {
    SECRET(struct password_form, current),
    SECRET(struct password_form, password),
    SECRET(struct password_form, again),
};

static const struct http_field alert_fields[] = {
    LINE(struct alert_form, back),
};

static const struct http_field step_fields[] = {
    INT(struct step_form, seq),
    LINE(struct step_form, step),
    LINE(struct step_form, move),
    TEXT(struct step_form, question),
    LINE(struct step_form, search),
    LINE(struct step_form, reason),
    LINE(struct step_form, confirmed),
    TEXT(struct step_form, text),
    LINE(struct step_form, price),
    LINE(struct step_form, words),
    LINE(struct step_form, order),
    ID(struct step_form, person),
    LINE(struct step_form, name),
};

static const struct http_field choose_fields[] = {
    ID(struct choose_form, customer),
    LINE(struct choose_form, typed),
};

static const struct http_field reassign_fields[] = {
    ID(struct reassign_form, customer),
    LINE(struct reassign_form, typed),
    {"identified", FIELD_CHOICE, false, 0,
	offsetof(struct reassign_form, identified), reassign_ways},
    LINE(struct reassign_form, checked),
    INT(struct reassign_form, person),
    LINE(struct reassign_form, name),
    LINE(struct reassign_form, reason),
};

static const struct http_field ticket_fields[] = {
    INT(struct ticket_form, version),
    LINE(struct ticket_form, once),
    TEXT(struct ticket_form, body),
    BOOL(struct ticket_form, next),
    {"way", FIELD_CHOICE, false, 0, offsetof(struct ticket_form, way),
	ticket_ways},
    LINE(struct ticket_form, address),
    LINE(struct ticket_form, release),
};

static const struct http_field outbox_fields[] = {
    LINE(struct outbox_form, back),
};

static const struct http_field customer_fields[] = {
    LINE(struct customer_post, once),
    LINE(struct customer_post, number),
    LINE(struct customer_post, name),
    LINE(struct customer_post, street),
    LINE(struct customer_post, zip),
    LINE(struct customer_post, city),
    LINE(struct customer_post, email),
    TEXT(struct customer_post, note),
    INT(struct customer_post, version),
    BOOL(struct customer_post, another),
};

static const struct http_field contract_fields[] = {
    LINE(struct contract_post, once),
    LINE(struct contract_post, number),
    LINE(struct contract_post, product),
    LINE(struct contract_post, starts_on),
    LINE(struct contract_post, ends_on),
    TEXT(struct contract_post, note),
    INT(struct contract_post, version),
};

static const struct http_field person_fields[] = {
    LINE(struct person_post, once),
    LINE(struct person_post, name),
    LINE(struct person_post, position),
    LINE(struct person_post, email),
};

static const struct http_field phone_fields[] = {
    LINE(struct phone_post, once),
    LINE(struct phone_post, phone),
    LINE(struct phone_post, label),
    ID(struct phone_post, person),
};

static const struct http_field version_fields[] = {
    INT(struct version_post, base),
    LINE(struct version_post, proved),
    BOOL(struct version_post, activate),
    TEXT(struct version_post, note),
    {"source", FIELD_SECRET, false, VERSION_BYTES_MOST,
	offsetof(struct version_post, source), NULL},
};

static const struct http_field own_fields[] = {
    LINE(struct own_post, once),
    LINE(struct own_post, title),
    LINE(struct own_post, url),
    LINE(struct own_post, clicks),
    TEXT(struct own_post, body),
    INT(struct own_post, version),
    ID(struct own_post, ticket),
    ID(struct own_post, gap),
};

static const struct http_field gap_fields[] = {
    ID(struct gap_post, document),
};

static const struct http_field order_fields[] = {
    INT(struct order_form, version),
    LINE(struct order_form, words),
    LINE(struct order_form, name),
    BOOL(struct order_form, accepted),
    LINE(struct order_form, employee),
    LINE(struct order_form, reason),
    LINE(struct order_form, once),
    LINE(struct order_form, address),
    LINE(struct order_form, release),
    INT(struct order_form, minutes),
};

static const struct http_field offer_fields[] = {
    LINE(struct offer_form, once),
    ID(struct offer_form, person),
    LINE(struct offer_form, name),
    TEXT(struct offer_form, description),
    LINE(struct offer_form, price),
    LINE(struct offer_form, net),
    LINE(struct offer_form, kind),
};

static const struct http_field invoice_fields[] = {
    {"orders", FIELD_TEXT, false, ORDER_INVOICE_MOST * 12,
	offsetof(struct invoice_form, orders), NULL},
};

HTTP_FORM(signin_form, struct signin_form, signin_fields);
HTTP_FORM(settings_form, struct settings_form, settings_fields);
HTTP_FORM(password_form, struct password_form, password_fields);
HTTP_FORM(alert_form, struct alert_form, alert_fields);
HTTP_FORM(step_form, struct step_form, step_fields);
HTTP_FORM(choose_form, struct choose_form, choose_fields);
HTTP_FORM(reassign_form, struct reassign_form, reassign_fields);
HTTP_FORM(ticket_form, struct ticket_form, ticket_fields);
HTTP_FORM(outbox_form, struct outbox_form, outbox_fields);
HTTP_FORM(customer_form, struct customer_post, customer_fields);
HTTP_FORM(contract_form, struct contract_post, contract_fields);
HTTP_FORM(person_form, struct person_post, person_fields);
HTTP_FORM(phone_form, struct phone_post, phone_fields);
HTTP_FORM(own_form, struct own_post, own_fields);
HTTP_FORM(gap_form, struct gap_post, gap_fields);
HTTP_FORM(order_form, struct order_form, order_fields);
HTTP_FORM(offer_form, struct offer_form, offer_fields);
HTTP_FORM(invoice_form, struct invoice_form, invoice_fields);
HTTP_FORM(version_form, struct version_post, version_fields);

#define PAGE(path, handler) {HTTP_GET, path, ROLE_AGENT, NULL, handler, 0}
#define POST(path, form, handler)                                              \
	{HTTP_POST, path, ROLE_AGENT, form, handler, ROUTE_KEEPS_FORM}

const struct http_route web_routes[] = {
    {HTTP_GET, "/sign-in", ROLE_NONE, NULL, web_signin_page, 0},
    {HTTP_POST, "/sign-in", ROLE_NONE, &signin_form, web_signin,
	ROUTE_KEEPS_FORM},
    {HTTP_POST, "/settings", ROLE_NONE, &settings_form, web_settings, 0},
    POST("/sign-out", NULL, web_signout),
    PAGE("/password", web_password),
    POST("/password", &password_form, web_password_change),

    {HTTP_GET, "/alerts", ROLE_SUPERVISOR, NULL, web_alerts, ROUTE_LOOKS},
    {HTTP_POST, "/tickets/{id}/seen", ROLE_SUPERVISOR, &alert_form,
	web_alert_seen, 0},

    PAGE("/", web_home),
    PAGE("/search", web_search),

    POST("/calls/new", NULL, web_call_new),
    PAGE("/calls/{id}", web_call),
    POST("/calls/{id}/step", &step_form, web_call_step),
    POST("/calls/{id}/customer", &choose_form, web_call_choose),
    POST("/calls/{id}/stop", NULL, web_call_stop),
    PAGE("/calls/{id}/chart", web_call_chart),
    PAGE("/calls/{id}/lookup", web_call_lookup),
    {HTTP_POST, "/calls/{id}/type", ROLE_AGENT, &step_form, web_call_type, 0},

    PAGE("/calls/{id}/reassign", web_reassign),
    PAGE("/calls/{id}/reassign/lookup", web_reassign_lookup),
    POST("/calls/{id}/reassign", &reassign_form, web_reassign_save),

    PAGE("/queue", web_queue),
    PAGE("/tickets", web_tickets),
    PAGE("/tickets/{id}", web_ticket),
    POST("/tickets/{id}/answer", &ticket_form, web_ticket_answer),
    POST("/tickets/{id}/note", &ticket_form, web_ticket_note),
    POST("/tickets/{id}/close", &ticket_form, web_ticket_close),
    POST("/tickets/{id}/reopen", &ticket_form, web_ticket_reopen),
    {HTTP_POST, "/tickets/{id}/draft", ROLE_AGENT, &ticket_form,
	web_ticket_draft, 0},

    PAGE("/outbox", web_outbox),
    {HTTP_POST, "/outbox/{id}/told", ROLE_AGENT, &outbox_form,
	web_outbox_told, 0},
    {HTTP_POST, "/outbox/{id}/again", ROLE_AGENT, &outbox_form,
	web_outbox_again, 0},

    PAGE("/answers", web_answers),
    PAGE("/answers/new", web_answer_new),
    POST("/answers/new", &own_form, web_answer_add),
    PAGE("/answers/{id}", web_answer),
    POST("/answers/{id}", &own_form, web_answer_save),
    POST("/answers/{id}/retire", &own_form, web_answer_retire),
    POST("/answers/{id}/restore", &own_form, web_answer_restore),
    PAGE("/gaps", web_gaps),
    PAGE("/gaps/{id}", web_gap),
    POST("/gaps/{id}/close", &gap_form, web_gap_close),

    PAGE("/orders", web_orders),
    {HTTP_GET, "/orders/invoice", ROLE_SUPERVISOR, NULL, web_invoice, 0},
    {HTTP_GET, "/orders/invoice.csv", ROLE_SUPERVISOR, NULL, web_invoice_csv,
	0},
    {HTTP_POST, "/orders/invoice", ROLE_SUPERVISOR, &invoice_form,
	web_invoice_mark, ROUTE_KEEPS_FORM},
    PAGE("/orders/{id}", web_order),
    POST("/orders/{id}/reply", &order_form, web_order_reply),
    POST("/orders/{id}/assign", &order_form, web_order_assign),
    POST("/orders/{id}/take", &order_form, web_order_take),
    POST("/orders/{id}/leave", &order_form, web_order_leave),
    POST("/orders/{id}/send", &order_form, web_order_send),
    POST("/orders/{id}/start", &order_form, web_order_start),
    POST("/orders/{id}/done", &order_form, web_order_done),
    POST("/orders/{id}/cancel", &order_form, web_order_cancel),
    PAGE("/customers/{id}/orders/new", web_order_new),
    POST("/customers/{id}/orders/new", &offer_form, web_order_offer),
    {HTTP_POST, "/customers/{id}/orders/judge", ROLE_AGENT, &offer_form,
	web_order_judge, 0},
    PAGE("/prices", web_prices),

    PAGE("/customers", web_customers),
    PAGE("/customers/lookup", web_customers_lookup),
    PAGE("/customers/new", web_customer_new),
    POST("/customers/new", &customer_form, web_customer_add),
    PAGE("/customers/{id}", web_customer),
    PAGE("/customers/{id}/edit", web_customer_edit),
    POST("/customers/{id}/edit", &customer_form, web_customer_save),
    POST("/customers/{id}/persons", &person_form, web_person_add),
    POST("/customers/{id}/persons/{person}/remove", NULL, web_person_remove),
    POST("/customers/{id}/phones", &phone_form, web_phone_add),
    POST("/customers/{id}/phones/{phone}/remove", NULL, web_phone_remove),
    PAGE("/customers/{id}/contracts/new", web_contract_new),
    POST("/customers/{id}/contracts/new", &contract_form, web_contract_add),
    PAGE("/contracts/{id}/edit", web_contract_edit),
    POST("/contracts/{id}/edit", &contract_form, web_contract_save),

    PAGE("/website", web_website),
    PAGE("/website/progress", web_website_progress),
    {HTTP_POST, "/website/crawl", ROLE_SUPERVISOR, NULL, web_website_crawl,
	ROUTE_KEEPS_FORM},

    PAGE("/instruction/versions", web_versions),
    {HTTP_GET, "/instruction/versions/new", ROLE_SUPERVISOR, NULL,
	web_version_new, 0},
    {HTTP_POST, "/instruction/versions/new", ROLE_SUPERVISOR, &version_form,
	web_version_load, ROUTE_KEEPS_FORM},
    PAGE("/instruction/versions/{number}", web_version),
    PAGE("/instruction/versions/{number}/chart", web_version_chart),
    PAGE("/instruction/versions/{number}/chart.svg", web_version_sheet),
    PAGE("/instruction/versions/{number}/booklet", web_version_booklet),
    POST("/instruction/versions/{number}/sign", NULL, web_version_sign),
};
const size_t web_routes_n = sizeof web_routes / sizeof web_routes[0];

const char *
web_cookie_name(const struct http_request *rq)
{
	return rq->secure ? "__Host-dienstweg" : "dienstweg";
}

/* What happened, and what to do about it. */
static const struct {
	enum err e;
	const char *title, *text;
} error_texts[] = {
    {ERR_NOT_FOUND, N_("There is no such page"),
	N_("The address may be mistyped, or what stood here is gone.")},
    {ERR_METHOD, N_("That cannot be done here"),
	N_("Please go back and use the buttons of the page.")},
    {ERR_FORBIDDEN, N_("You may not do that"),
	N_("Ask a supervisor if you think that you should.")},
    {ERR_TOO_LARGE, N_("That is too much at once"),
	N_("Go back, shorten the text and send it again.")},
    {ERR_MALFORMED, N_("That could not be read"),
	N_("Please go back, reload the page and try again.")},
    {ERR_BUSY, N_("The desk is busy"),
	N_("Nothing was lost. Please try again in a moment.")},
    {ERR_STORE, N_("The database does not answer"),
	N_("Nothing was saved by this step. Please try again; if it stays so, "
	   "call whoever looks after the desk.")},
};

static void
error_words(struct http_request *rq, enum err e, struct error_view *v)
{
	v->title = page_text(rq, N_("Something went wrong"));
	v->text = page_text(rq, N_("Please go back and try again."));
	for (size_t i = 0; i < sizeof error_texts / sizeof error_texts[0]; i++)
		if (error_texts[i].e == e) {
			v->title = page_text(rq, error_texts[i].title);
			v->text = page_text(rq, error_texts[i].text);
		}
}

static void
error_items(struct http_request *rq, struct error_view *v)
{
	const struct fault *f = &rq->cx.fault;
	struct str *items = mem_array(rq->cx.mem, struct str, f->n);

	for (size_t i = 0; i < f->n; i++)
		items[i] = str_of(f->item[i].text);
	v->items.v = items;
	v->items.n = f->n;
}

void
web_failed(struct http_request *rq, enum err e)
{
	struct desk *d = door_desk(rq);
	struct error_view v = {.status = rq->response.status,
	    .request = str_of(rq->cx.id)};

	if (e == ERR_UNAUTHENTICATED && rq->method == HTTP_POST &&
	    web_signin_resend(rq) == OK)
		return;
	if (e == ERR_UNAUTHENTICATED && http_wants_part(rq)) {
		http_header_set(rq, "HX-Refresh", STR("true"));
		return; /* the page itself, loaded anew, leads to sign in */
	}
	if (e == ERR_UNAUTHENTICATED) {
		struct str back =
		    rq->method == HTTP_GET ? rq->target : STR("/");

		(void)http_redirect(rq, "/sign-in?next=%s",
		    url_encode(rq->cx.mem, back).p);
		return;
	}
	error_words(rq, e, &v);
	error_items(rq, &v);
	v.frame = (struct frame){.alerts = {.watches =
		d->actor.role >= ROLE_SUPERVISOR, .tag = STR("")},
	    .title = v.title,
	    .company = d->house ? d->house->config->company : STR("Dienstweg"),
	    .lang = rq->cx.lang,
	    .now_ms = rq->cx.now_ms,
	    .theme = page_theme(d),
	    .keys_off = d->actor.keys_off,
	    .path = STR("/"),
	    .employee = d->actor.name,
	    .signed_in = d->actor.employee_id != 0};
	view_error(&rq->response.body, rq->cx.lang, &v);
}
