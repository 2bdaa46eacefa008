/*
 * The API's table of routes. The handlers are in the file of each resource,
 * errors in api_problem.c; openapi.json describes it all to machines, and
 * tests/unit/test_openapi.c compares the two.
 */
#include "doors/api/api.h"

#include "desk/desk.h"
#include "doors/api/api_routes.h"

/* One line a route, by hand: clang-format would pull them apart. */
/* clang-format off */
#define PUBLIC(method, path, run)                                              \
	{HTTP_##method, path, ROLE_NONE, NULL, run, ROUTE_API}
#define AGENT(method, path, form, run)                                         \
	{HTTP_##method, "/api/v1" path, ROLE_AGENT, form, run, ROUTE_API}

const struct http_route api_routes[] = {
	AGENT(GET, "/customers", &api_customers_form, api_customers),
	AGENT(POST, "/customers", &api_customer_form, api_customer_add),
	AGENT(GET, "/customers/{id}", NULL, api_customer),
	AGENT(PUT, "/customers/{id}", &api_customer_form, api_customer_edit),
	AGENT(POST, "/customers/{id}/persons", &api_person_form,
	    api_person_add),
	AGENT(POST, "/customers/{id}/phones", &api_phone_form, api_phone_add),
	AGENT(POST, "/customers/{id}/contracts", &api_contract_form,
	    api_contract_add),
	{HTTP_POST, "/api/v1/customers/import", ROLE_SUPERVISOR, NULL,
	    api_import, ROUTE_API | ROUTE_RAW_BODY},
	AGENT(PUT, "/persons/{id}", &api_person_form, api_person_edit),
	AGENT(DELETE, "/persons/{id}", NULL, api_person_remove),
	AGENT(DELETE, "/phones/{id}", NULL, api_phone_remove),
	AGENT(GET, "/contracts/{id}", NULL, api_contract),
	AGENT(PUT, "/contracts/{id}", &api_contract_form, api_contract_edit),

	AGENT(GET, "/calls", NULL, api_calls),
	AGENT(POST, "/calls", &api_call_form, api_call_start),
	AGENT(GET, "/calls/{id}", NULL, api_call),
	AGENT(POST, "/calls/{id}/customer", &api_call_customer_form,
	    api_call_customer),
	AGENT(POST, "/calls/{id}/person", &api_call_person_form,
	    api_call_person),
	AGENT(PUT, "/calls/{id}/inputs/{name:text}", &api_call_input_form,
	    api_call_input),
	AGENT(POST, "/calls/{id}/moves", &api_call_move_form, api_call_move),
	AGENT(POST, "/calls/{id}/stop", NULL, api_call_stop),
	AGENT(POST, "/calls/{id}/reassign", &api_call_reassign_form,
	    api_call_reassign),

	AGENT(GET, "/tickets", &api_tickets_form, api_tickets),
	{HTTP_POST, "/api/v1/tickets", ROLE_AGENT, &api_intake_form,
	    api_ticket_open, ROUTE_API | ROUTE_LATER},
	AGENT(GET, "/tickets/{id}", NULL, api_ticket),
	AGENT(POST, "/tickets/{id}/answers", &api_ticket_answer_form,
	    api_ticket_answer),
	AGENT(POST, "/tickets/{id}/notes", &api_body_form, api_ticket_note),
	AGENT(POST, "/tickets/{id}/close", &api_body_form, api_ticket_close),
	AGENT(POST, "/tickets/{id}/reopen", &api_body_form, api_ticket_reopen),

	AGENT(GET, "/orders", &api_orders_form, api_orders),
	AGENT(POST, "/orders", &api_offer_form, api_order_offer),
	{HTTP_GET, "/api/v1/orders/invoice", ROLE_SUPERVISOR, NULL,
	    api_invoice, ROUTE_API},
	{HTTP_GET, "/api/v1/orders/invoice.csv", ROLE_SUPERVISOR, NULL,
	    api_invoice_csv, ROUTE_API},
	{HTTP_POST, "/api/v1/orders/invoice", ROLE_SUPERVISOR,
	    &api_invoice_form, api_invoice_mark, ROUTE_API},
	AGENT(GET, "/orders/{id}", NULL, api_order),
	AGENT(POST, "/orders/{id}/reply", &api_reply_form, api_order_reply),
	AGENT(POST, "/orders/{id}/assign", &api_assign_form, api_order_assign),
	AGENT(POST, "/orders/{id}/send", &api_send_form, api_order_send),
	AGENT(POST, "/orders/{id}/start", NULL, api_order_start),
	AGENT(POST, "/orders/{id}/done", &api_done_form, api_order_done),
	AGENT(POST, "/orders/{id}/cancel", &api_cancel_form, api_order_cancel),
	AGENT(GET, "/prices", NULL, api_prices),

	{HTTP_GET, "/api/v1/alerts", ROLE_SUPERVISOR, NULL, api_alerts,
	    ROUTE_API},
	{HTTP_POST, "/api/v1/tickets/{id}/seen", ROLE_SUPERVISOR, NULL,
	    api_alert_seen, ROUTE_API},

	AGENT(GET, "/outbox", &api_outbox_form, api_outbox),
	AGENT(POST, "/outbox/{id}/told", NULL, api_outbox_told),
	AGENT(POST, "/outbox/{id}/again", NULL, api_outbox_again),
	AGENT(GET, "/confidential", &api_screen_form, api_screen),

	AGENT(GET, "/answers", &api_answers_form, api_answers),
	AGENT(POST, "/answers", &api_answer_form, api_answer_add),
	AGENT(GET, "/answers/{id}", NULL, api_answer),
	AGENT(PUT, "/answers/{id}", &api_answer_form, api_answer_edit),
	AGENT(POST, "/answers/{id}/retire", NULL, api_answer_retire),
	AGENT(POST, "/answers/{id}/restore", NULL, api_answer_restore),

	AGENT(GET, "/employees", NULL, api_employees),
	AGENT(GET, "/wording", &api_wording_form, api_wording),
	PUBLIC(GET, "/api/v1/openapi.json", api_openapi),
	PUBLIC(GET, "/healthz", api_health),
	{HTTP_GET, "/metrics", ROLE_AGENT, NULL, api_metrics, ROUTE_API},
};
/* clang-format on */

const size_t api_routes_n = sizeof api_routes / sizeof api_routes[0];
