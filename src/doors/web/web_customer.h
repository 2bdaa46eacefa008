#pragma once
/*
 * Handlers of the customers' pages, and the lines that the call page shows too.
 */
#include "desk/customer.h"
#include "doors/web/customer_view.h"
#include "http/http.h"

struct customer_post {
	struct str once, number, name, street, zip, city, email, note;
	int64_t version;
	bool another;  /* than those who seem to be the same */
};

struct contract_post {
	struct str once, number, product, starts_on, ends_on, note;
	int64_t version;
};

struct person_post {
	struct str once, name, position, email;
};

struct phone_post {
	struct str once, phone, label;
	int64_t person;
};

struct str entitlement_text(const struct http_request *rq,
    enum entitlement entitlement);

/* A customer's contracts and numbers as lines of a card. */
struct line_view *contract_lines(struct http_request *rq,
    const struct customer_full *full);
struct line_view *phone_lines(struct http_request *rq,
    const struct customer_full *full);

enum err web_customers(struct http_request *rq);
enum err web_customers_lookup(struct http_request *rq);
enum err web_customer(struct http_request *rq);
enum err web_customer_new(struct http_request *rq);
enum err web_customer_add(struct http_request *rq);
enum err web_customer_edit(struct http_request *rq);
enum err web_customer_save(struct http_request *rq);
enum err web_person_add(struct http_request *rq);
enum err web_person_remove(struct http_request *rq);
enum err web_phone_add(struct http_request *rq);
enum err web_phone_remove(struct http_request *rq);
enum err web_contract_new(struct http_request *rq);
enum err web_contract_add(struct http_request *rq);
enum err web_contract_edit(struct http_request *rq);
enum err web_contract_save(struct http_request *rq);
