#pragma once
/*
 * Handlers of the pages of orders, and the rows that other pages show too.
 */
#include "desk/order.h"
#include "doors/web/order_view.h"
#include "http/http.h"

/* What the forms of one order bring. */
struct order_form {
	int64_t version;
	struct str words, name, employee, reason, once, address, release;
	int64_t minutes;
	bool accepted;
};

struct offer_form {
	struct str once;
	int64_t person;
	struct str name, description, price, net, kind;
};

struct invoice_form {
	struct str orders;
};

void order_rows_fill(struct http_request *rq,
    const struct q_order_row_rows *rows, struct order_rows_view *out);
void amount_fill(struct http_request *rq, const struct terms *t,
    int64_t units, const struct amount *a, struct amount_view *out);
struct str order_state_text(const struct http_request *rq,
    enum order_state state);
struct str order_kind_text(const struct http_request *rq,
    enum order_kind kind);

/* The page of the order that the path names, with what is typed and wrong in
 * *v (web_order.c); of it, what belongs to mails (web_order_mail.c). */
enum err order_page(struct http_request *rq, struct order_view *v);
MUST_CHECK enum err order_mail_fill(struct http_request *rq,
    const struct q_order *o, struct order_view *v);

enum err web_orders(struct http_request *rq);
enum err web_invoice(struct http_request *rq);
enum err web_invoice_csv(struct http_request *rq);
enum err web_invoice_mark(struct http_request *rq);

enum err web_order(struct http_request *rq);
enum err web_order_reply(struct http_request *rq);
enum err web_order_assign(struct http_request *rq);
enum err web_order_take(struct http_request *rq);
enum err web_order_leave(struct http_request *rq);
enum err web_order_start(struct http_request *rq);
enum err web_order_send(struct http_request *rq);
enum err web_order_done(struct http_request *rq);
enum err web_order_cancel(struct http_request *rq);

enum err web_order_new(struct http_request *rq);
enum err web_order_offer(struct http_request *rq);
enum err web_order_judge(struct http_request *rq);
