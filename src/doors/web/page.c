/*
 * The frame around every staff page, and what happens after a form. The pages
 * themselves are one file each beside this one.
 */
#include "doors/web/page.h"

#include "base/secret.h"
#include "desk/call.h"
#include "desk/house.h"
#include "desk/ticket.h"
#include "doors/web/web_alert.h"

/* What a page may say after a form was taken. */
static const struct {
	const char *code, *text;
} done_texts[] = {
    {"customer-added", N_("The customer was added.")},
    {"customer-saved", N_("The customer was saved.")},
    {"contract-saved", N_("The contract was saved.")},
    {"person-saved", N_("The person was saved.")},
    {"person-removed", N_("The person was removed.")},
    {"phone-added", N_("The telephone number was added.")},
    {"phone-removed", N_("The telephone number was removed.")},
    {"ticket-answered", N_("The ticket was answered.")},
    {"ticket-next", N_("The ticket before was answered. This is the next "
		       "one.")},
    {"ticket-noted", N_("The note was added.")},
    {"ticket-closed", N_("The ticket was closed.")},
    {"ticket-reopened", N_("The ticket waits for an answer again.")},
    {"call-reassigned", N_("The call was moved.")},
    {"order-offered", N_("The offer was written.")},
    {"order-sent", N_("The mail is on its way.")},
    {"order-accepted", N_("The yes was written down.")},
    {"order-declined", N_("The no was written down.")},
    {"order-assigned", N_("Who is in charge was changed.")},
    {"order-started", N_("The order is in progress.")},
    {"order-done", N_("The order is done.")},
    {"order-cancelled", N_("The order was cancelled.")},
    {"order-invoiced", N_("The orders were marked as invoiced.")},
    {"call-open", N_("You have an open call; end it first.")},
    {"version-activated", N_("The version is in force. Everybody now has to "
			     "read and sign it.")},
    {"version-signed", N_("Your signature was written down.")},
    {"password", N_("Your password was changed. Sessions elsewhere have "
		    "ended.")},
    {"answer-added", N_("The answer was added; it is found from now on.")},
    {"answer-saved", N_("The answer was saved.")},
    {"answer-retired", N_("The answer is offered no more.")},
    {"answer-restored", N_("The answer is offered again.")},
    {"gap-closed", N_("The gap is closed, and its tickets were told.")},
    {"crawl-asked", N_("The website will be read in a moment.")},
    {"outbox-told", N_("Noted that it was told.")},
    {"outbox-again", N_("It will be sent in a moment.")},
    {"outbox-late", N_("This has been dealt with meanwhile, or is just being "
		       "sent.")},
    {"settings", N_("Your settings were saved.")},
};

struct str
page_nonce(struct http_request *rq)
{
	return secret_token(rq->cx.mem);
}

struct str
page_theme(const struct desk *d)
{
	return d->actor.theme.n ? d->actor.theme : STR("auto");
}

/* Browsers drop control characters and take \ for /. */
struct str
page_own_path(struct str next)
{
	for (size_t i = 0; i < next.n; i++)
		if (next.p[i] <= ' ' || next.p[i] > '~' || next.p[i] == '\\')
			return STR("/");
	if (next.n < 2 || next.p[0] != '/' || next.p[1] == '/' ||
	    str_find(next, STR("://")) >= 0)
		return STR("/");
	return next;
}

struct str
page_text(const struct http_request *rq, const char *msgid)
{
	return str_of(tr(rq->cx.lang, msgid));
}

static struct str
flash_text(const struct http_request *rq)
{
	struct str code = http_raw(rq, "done");

	for (size_t i = 0; i < sizeof done_texts / sizeof done_texts[0]; i++)
		if (str_is(code, done_texts[i].code))
			return page_text(rq, done_texts[i].text);
	return STR("");
}

/* What is wrong with a form as a whole; its fields say the rest. */
static struct str
flash_fault(const struct http_request *rq)
{
	if (fault_of(&rq->cx.fault, "nonce"))
		return page_text(rq, N_("This form was sent already. Sent once "
					"more, it makes a second entry."));
	return str_of(fault_of(&rq->cx.fault, ""));
}

enum err
page_frame(struct http_request *rq, struct str title, struct frame *out)
{
	struct desk *d = door_desk(rq);
	enum err e;

	*out = (struct frame){
	    .title = title,
	    .company = d->house->config->company,
	    .lang = rq->cx.lang,
	    .now_ms = rq->cx.now_ms,
	    .path = rq->target,
	    .theme = page_theme(d),
	    .keys_off = d->actor.keys_off,
	    .flash = flash_text(rq),
	};
	if (rq->cx.fault.n) {
		out->flash = flash_fault(rq);
		out->flash_bad = true;
	}
	if (d->actor.employee_id == 0)
		return OK;
	out->signed_in = true;
	out->employee = d->actor.name;
	if ((e = alerts_fill(rq, &out->alerts)) != OK ||
	    (e = ticket_unanswered(d, &out->unanswered)) != OK)
		return e;
	return call_open(d, &out->open_call);
}

struct str
page_fault(const struct http_request *rq, const char *field)
{
	const char *text = fault_of(&rq->cx.fault, field);

	return text ? str_of(text) : STR("");
}

enum err
page_done(struct http_request *rq, const char *done, const char *format, ...)
{
	struct str path;
	va_list ap;

	va_start(ap, format);
	path = str_vprintf(rq->cx.mem, format, ap);
	va_end(ap);
	return http_redirect(rq, "%.*s?done=%s", STR_FMT(path), done);
}

bool
page_comes_back(struct http_request *rq, enum err e)
{
	switch (e) {
	case ERR_INVALID:
	case ERR_EVIDENCE:
	case ERR_CONFIDENTIAL:
	case ERR_CONFLICT:
	case ERR_STALE:
	case ERR_LIMITED:
		rq->response.status = err_status(e);
		return true;
	default:
		return false;
	}
}
