#pragma once
/*
 * Handlers of the ticket pages, and the rows that other pages show too.
 */
#include "desk/ticket.h"
#include "doors/web/ticket_view.h"
#include "http/http.h"

struct ticket_form {
	int64_t version;
	struct str once; /* of a note */
	struct str body;
	bool next;       /* on to the next unanswered ticket */
	int way;         /* of an answer: index of ticket_ways */
	struct str address, release;
};

/* "", "mail", "told", "tell", NULL: enum outbox_way. */
extern const char *const ticket_ways[];

/* Kind and state in the reader's words. */
struct str ticket_kind_text(const struct http_request *rq,
    enum ticket_kind kind);
struct str ticket_state_text(const struct http_request *rq,
    enum ticket_state state);

/* A way in, in the reader's words: "by telephone". */
struct str deed_door_text(const struct http_request *rq, enum door door);

void ticket_rows_fill(struct http_request *rq,
    const struct q_ticket_row_rows *rows, struct ticket_rows_view *out);

enum err web_queue(struct http_request *rq);
enum err web_tickets(struct http_request *rq);
enum err web_ticket(struct http_request *rq);
enum err web_ticket_answer(struct http_request *rq);
enum err web_ticket_note(struct http_request *rq);
enum err web_ticket_close(struct http_request *rq);
enum err web_ticket_reopen(struct http_request *rq);
enum err web_ticket_draft(struct http_request *rq);
