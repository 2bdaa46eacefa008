#pragma once
/*
 * The API's handlers and forms, put into a table by api.c. Each makes one call
 * into the desk and writes what came of it.
 */
#include "http/http.h"

/* api_customer.c */
extern const struct http_form api_customers_form, api_customer_form;
enum err api_customers(struct http_request *rq);
enum err api_customer(struct http_request *rq);
enum err api_customer_add(struct http_request *rq);
enum err api_customer_edit(struct http_request *rq);

/* api_customer_parts.c */
extern const struct http_form api_person_form, api_phone_form,
    api_contract_form;
enum err api_person_add(struct http_request *rq);
enum err api_person_edit(struct http_request *rq);
enum err api_person_remove(struct http_request *rq);
enum err api_phone_add(struct http_request *rq);
enum err api_phone_remove(struct http_request *rq);
enum err api_contract(struct http_request *rq);
enum err api_contract_add(struct http_request *rq);
enum err api_contract_edit(struct http_request *rq);

/* api_import.c */
enum err api_import(struct http_request *rq);

/* api_call.c */
extern const struct http_form api_call_form, api_call_customer_form,
    api_call_person_form, api_call_input_form, api_call_move_form,
    api_call_reassign_form;
enum err api_calls(struct http_request *rq);
enum err api_call(struct http_request *rq);
enum err api_call_start(struct http_request *rq);
enum err api_call_customer(struct http_request *rq);
enum err api_call_person(struct http_request *rq);
enum err api_call_input(struct http_request *rq);
enum err api_call_move(struct http_request *rq);
enum err api_call_stop(struct http_request *rq);
enum err api_call_reassign(struct http_request *rq);

/* api_ticket.c */
extern const struct http_form api_tickets_form, api_intake_form,
    api_body_form, api_ticket_answer_form;
enum err api_tickets(struct http_request *rq);
enum err api_ticket(struct http_request *rq);
enum err api_ticket_open(struct http_request *rq);
enum err api_ticket_answer(struct http_request *rq);
enum err api_ticket_note(struct http_request *rq);
enum err api_ticket_close(struct http_request *rq);
enum err api_ticket_reopen(struct http_request *rq);

/* api_order.c */
extern const struct http_form api_orders_form, api_offer_form, api_reply_form,
    api_assign_form, api_done_form, api_cancel_form, api_invoice_form,
    api_send_form;
enum err api_orders(struct http_request *rq);
enum err api_order(struct http_request *rq);
enum err api_order_offer(struct http_request *rq);
enum err api_order_reply(struct http_request *rq);
enum err api_order_assign(struct http_request *rq);
enum err api_order_send(struct http_request *rq);
enum err api_order_start(struct http_request *rq);
enum err api_order_done(struct http_request *rq);
enum err api_order_cancel(struct http_request *rq);
enum err api_prices(struct http_request *rq);
enum err api_invoice(struct http_request *rq);
enum err api_invoice_csv(struct http_request *rq);
enum err api_invoice_mark(struct http_request *rq);
/* api_outbox.c */
extern const struct http_form api_outbox_form, api_screen_form;
enum err api_outbox(struct http_request *rq);
enum err api_outbox_told(struct http_request *rq);
enum err api_outbox_again(struct http_request *rq);
enum err api_screen(struct http_request *rq);

/* api_alert.c */
enum err api_alerts(struct http_request *rq);
enum err api_alert_seen(struct http_request *rq);

/* api_answer.c */
extern const struct http_form api_answers_form, api_answer_form;
enum err api_answers(struct http_request *rq);
enum err api_answer(struct http_request *rq);
enum err api_answer_add(struct http_request *rq);
enum err api_answer_edit(struct http_request *rq);
enum err api_answer_retire(struct http_request *rq);
enum err api_answer_restore(struct http_request *rq);

/* api_house.c */
extern const struct http_form api_wording_form;
enum err api_employees(struct http_request *rq);
enum err api_wording(struct http_request *rq);
enum err api_openapi(struct http_request *rq);
enum err api_health(struct http_request *rq);
enum err api_metrics(struct http_request *rq);
