#pragma once
/*
 * Handlers of the pages that show an instruction drawn or on paper.
 */
#include "http/http.h"

enum err web_version_chart(struct http_request *rq);
enum err web_version_sheet(struct http_request *rq);
enum err web_version_booklet(struct http_request *rq);
enum err web_call_chart(struct http_request *rq);
