/*
 * What is wrong with a file, each complaint with its place: collected while it
 * is read and proved, printed at the end. The place comes from the nodes of
 * base/yaml.c; complaints about what a person typed into a form are faults
 * (base/cx.c).
 */
#include "base/buf.h"
#include "base/yaml.h"

void
complaints_init(struct complaints *c, void *mem, const char *file)
{
	*c = (struct complaints){.mem = mem, .file = file};
}

void
complain(struct complaints *c, const struct yaml *at, const char *format, ...)
{
	struct complaint *item;
	va_list ap;

	if (c->n++ >= COMPLAINTS_MAX)
		return;
	item = &c->item[c->n - 1];
	item->line = at ? at->line : 1;
	item->column = at ? at->column : 1;
	va_start(ap, format);
	item->text = str_vprintf(c->mem, format, ap);
	va_end(ap);
}

struct str
complaints_text(void *mem, const struct complaints *c)
{
	struct buf b;

	buf_init(&b, mem, SIZE_MAX / 4);
	for (size_t i = 0; i < c->n && i < COMPLAINTS_MAX; i++) {
		const struct complaint *item = &c->item[i];

		buf_puts(&b, c->file);
		if (item->line)
			buf_printf(&b, ":%d:%d", item->line, item->column);
		buf_printf(&b, ": %.*s\n", STR_FMT(item->text));
	}
	if (c->n > COMPLAINTS_MAX)
		buf_printf(&b, "%s: and %zu more\n", c->file,
		    c->n - COMPLAINTS_MAX);
	return buf_get(&b);
}
