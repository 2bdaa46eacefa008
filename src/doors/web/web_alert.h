#pragma once
/*
 * What is alarming, above every page of a supervisor's (M12).
 */
#include "doors/web/views.h"
#include "http/http.h"

struct alert_form {
	struct str back;
};

/* Fills the alerts of a page; nothing is read for agents. */
MUST_CHECK enum err alerts_fill(struct http_request *rq,
    struct alerts_view *out);

/* The fragment that open pages ask for, and the button "Seen". */
enum err web_alerts(struct http_request *rq);
enum err web_alert_seen(struct http_request *rq);
