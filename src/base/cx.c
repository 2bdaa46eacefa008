/*
 * Collects what is wrong with a unit of work, in words for the person who must
 * mend it. The first error decides what the unit answers; the texts are for
 * the fields. Opening a unit (memory, moment, language) is the business of
 * whoever starts one: the server, the command line, a job.
 */
#include "base/cx.h"

#include "base/mem.h"

enum err
fail(struct cx *cx, enum err e, const char *field, const char *msgid, ...)
{
	struct fault *f = &cx->fault;
	va_list ap;

	if (f->err == OK)
		f->err = e;
	if (f->n == FAULT_MAX)
		return e;
	va_start(ap, msgid);
	f->item[f->n++] = (struct fault_item){
	    .field = str_dup(cx->mem, str_of(field ? field : "")).p,
	    .text = str_vprintf(cx->mem, tr(cx->lang, msgid), ap).p,
	};
	va_end(ap);
	return e;
}

const char *
fault_of(const struct fault *f, const char *field)
{
	for (size_t i = 0; i < f->n; i++)
		if (!strcmp(f->item[i].field, field))
			return f->item[i].text;
	return NULL;
}

void
fault_clear(struct fault *f)
{
	f->err = OK;
	f->n = 0;
}
