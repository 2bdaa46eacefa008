#pragma once
#include "http/http.h"

struct price_rows_view;

/* The house's prices, in the reader's language; owned by the request. */
void price_rows_fill(struct http_request *rq, struct price_rows_view *v);

enum err web_prices(struct http_request *rq);
