/*
 * How the house is doing. What is counted here must be cheap: a monitoring
 * asks every few seconds.
 */
#include "desk/health.h"

#include "desk/house.h"
#include "desk/ticket.h"
#include "store/queries.h"

enum err
health_check(struct desk *d)
{
	int64_t one;

	return q_health(d->db, d->cx->mem, &one);
}

enum err
health_read(struct desk *d, struct health *out)
{
	out->engine = store_engine(d->house->store);
	return ticket_unanswered(d, &out->unanswered);
}
