#pragma once
/*
 * What the staff pages share: the frame around each, small conversions, and
 * the way back after a form was taken.
 */
#include "doors/door.h"
#include "doors/web/views.h"

enum { PAGE_BYTES_MAX = 4 << 20 };

/* Fills the frame; `title` is translated already. Reads the number of
 * unanswered tickets and the open call. */
MUST_CHECK enum err page_frame(struct http_request *rq, struct str title,
    struct frame *out);

/* A text in the request's language. */
struct str page_text(const struct http_request *rq, const char *msgid);

/* What was said of a field, "" if nothing. */
struct str page_fault(const struct http_request *rq, const char *field);

/* 303 to a path; the page there says what was done (a code of page.c's list,
 * for example "ticket-noted"). */
enum err page_done(struct http_request *rq, const char *done,
    const char *format, ...) PRINTF_LIKE(3, 4);

/* An error that belongs to the form that was sent: true if the form's page
 * shall come back with it (the status is set), false if it is another page's
 * matter. */
bool page_comes_back(struct http_request *rq, enum err e);

/* A new nonce for a form that must not be taken twice (desk/once.h). */
struct str page_nonce(struct http_request *rq);

/* Only a path of our own, as it is sent; anything else leads to the first
 * page. */
struct str page_own_path(struct str next);

/* "light", "dark" or "auto", as the frame wants it. */
struct str page_theme(const struct desk *d);
