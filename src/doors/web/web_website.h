#pragma once
/*
 * Handlers of the page about the company's website.
 */
#include "http/http.h"

enum err web_website(struct http_request *rq);
enum err web_website_progress(struct http_request *rq);
enum err web_website_crawl(struct http_request *rq);
