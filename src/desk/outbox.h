#pragma once
/*
 * What must reach somebody outside: an answer, an offer. It stands in the
 * outbox from the transaction in which it was written until it was sent by mail
 * or told by telephone, so that nothing is silently lost. Mails are sent by a
 * job and never a second time by the program alone: where it cannot know
 * whether one was taken (the program was ended while the server had it), a
 * person decides.
 */
#include <stdatomic.h>

#include "base/config.h"
#include "desk/confidential.h"
#include "store/queries_rows.h"

/* Stored: never renumber. Their names begin the events: "ticket.mail_sent". */
enum outbox_kind {
	OUTBOX_TICKET = 1, /* a ticket's answer */
	OUTBOX_ORDER = 2,  /* an order's offer */
};

/* Stored: never renumber; up to OUTBOX_UNCLEAR it has not reached anybody. */
#define OUTBOX_STATE_LIST(X)                                                   \
	X(OUTBOX_WAITING, 1, "waiting")  /* for the job, to be sent */         \
	X(OUTBOX_SENDING, 2, "sending")                                        \
	X(OUTBOX_TO_TELL, 3, "to-tell")  /* by telephone */                    \
	X(OUTBOX_FAILED, 4, "failed")    /* refused, or tried in vain */       \
	X(OUTBOX_UNCLEAR, 5, "unclear")  /* may have been sent */              \
	X(OUTBOX_SENT, 6, "sent")                                              \
	X(OUTBOX_TOLD, 7, "told")

enum outbox_state {
#define X(id, number, name) id = number,
	OUTBOX_STATE_LIST(X)
#undef X
};

/* How it is to reach whom it is for. */
enum outbox_way {
	WAY_AS_FITS, /* by mail where there is an address and mail is set up,
	                else it is to be told */
	WAY_MAIL,
	WAY_TOLD,    /* was told by telephone just now, by the actor */
	WAY_TO_TELL, /* is to be told by telephone */
};

struct letter {
	enum outbox_kind kind;
	int64_t subject_id;       /* the ticket, the order */
	int64_t part_id;          /* its message; 0: none */
	enum outbox_way way;
	struct str person;        /* to whom */
	struct str address;       /* of e-mail; may be "" unless WAY_MAIL */
	struct str subject, body; /* the subject is one line */
	bool automatic;           /* no person wrote it (RFC 3834) */
};

enum { OUTBOX_PAGE = 25, OUTBOX_COUNTED = 100 };

/* "waiting", "to-tell", ... */
const char *outbox_state_name(enum outbox_state s);

/* Whether this house sends mail. */
static inline bool
mail_is_set_up(const struct config *c)
{
	return c->smtp.n && c->mail_from.n;
}

/* Within the transaction that writes what is to be sent. `text` is what somebody
 * wrote of it; it is screened here, and if it goes by mail its subject and whom
 * it is for too (confidential_pass; the event is "ticket.released"). ERR_INVALID
 * (field address; way: mail is not set up), ERR_CONFIDENTIAL. */
MUST_CHECK enum err outbox_put(struct desk *d, struct db_tx *tx,
    const struct letter *l, const struct leaving *text, int64_t *out_id);

/* One subject's, the newest first, 50 at most. */
MUST_CHECK enum err outbox_of(struct desk *d, enum outbox_kind kind,
    int64_t subject_id, struct q_outbox_row_rows *out);

/* What has not reached anybody, the oldest first, OUTBOX_PAGE behind the row
 * `after`; *more: there are further ones. And how many, to 100 at most. */
MUST_CHECK enum err outbox_open(struct desk *d, int64_t after,
    struct q_outbox_row_rows *out, bool *more);
MUST_CHECK enum err outbox_open_count(struct desk *d, int64_t *out);

/* It was told by telephone now, or a person knows that the mail has arrived.
 * ERR_CONFLICT: it has reached them, or is being sent. ERR_NOT_FOUND. */
MUST_CHECK enum err outbox_told(struct desk *d, int64_t id);

/* A mail that failed, or of which it is unclear whether it went, is sent (once
 * more). ERR_CONFLICT: it is neither. ERR_NOT_FOUND. */
MUST_CHECK enum err outbox_again(struct desk *d, int64_t id);

/* Sends what is due; the program's own. *stop ends it early. */
MUST_CHECK enum err outbox_job(struct desk *d, const atomic_bool *stop);
