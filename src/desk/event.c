/*
 * Events as rows. The payload is JSON and may be erased when the law demands
 * it; its digest stays, so that what was sealed can still be proved.
 */
#include "desk/event.h"

#include "base/secret.h"
#include "store/queries.h"

enum { EVENT_PAYLOAD_MAX = 64 << 10 };

void
event_begin(struct desk *d, struct event *e)
{
	buf_init(&e->buf, d->cx->mem, EVENT_PAYLOAD_MAX);
	json_begin(&e->json, &e->buf);
	json_open(&e->json, '{');
}

void
event_text(struct event *e, const char *name, struct str value)
{
	json_name(&e->json, name);
	json_put_text(&e->json, value);
}

void
event_int(struct event *e, const char *name, int64_t value)
{
	json_name(&e->json, name);
	json_put_int(&e->json, value);
}

void
event_rewind(struct event *e, const struct event *mark)
{
	e->buf.n = mark->buf.n;
	e->buf.full = mark->buf.full;
	e->json.comma = mark->json.comma;
}

enum err
event_add(struct desk *d, struct db_tx *tx, struct event *e, const char *kind,
    int64_t subject_id)
{
	const struct actor *a = &d->actor;
	struct str payload;

	json_close(&e->json, '}');
	if (e->buf.full)
		return fail(d->cx, ERR_TOO_LARGE, "",
		    N_("This change is too large for one step."));
	payload = buf_get(&e->buf);
	return q_event_add(tx, d->cx->now_ms, opt_id(a->employee_id), a->door,
	    str_of(kind), subject_id, payload,
	    secret_digest(d->cx->mem, payload));
}
