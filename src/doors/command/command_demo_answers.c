/*
 * What the demo company's employees have written for their callers:
 * demo/answers.yaml, added before the first call by whoever leads the desk.
 */
#include "doors/command/command_demo.h"

#include "base/buf.h"
#include "base/log.h"
#include "base/yaml.h"
#include "desk/answer.h"
#include "doors/command/demo_files.h"

/* [Start, Hilfe] as people type it. */
static struct str
clicks_of(void *mem, const struct yaml *list)
{
	struct buf b;

	buf_init(&b, mem, 4096);
	for (size_t i = 0; list && i < list->n; i++)
		buf_printf(&b, "%s%s", i ? " > " : "", list->item[i]->text.p);
	return buf_get(&b);
}

enum err
demo_answers_make(struct desk *d)
{
	struct complaints c;
	struct yaml *y;
	int64_t id;
	enum err e;

	complaints_init(&c, d->cx->mem, "answers.yaml");
	if (yaml_parse(d->cx->mem, demo_answers_yaml(), &c, &y) != OK) {
		log_warn("%s", complaints_text(d->cx->mem, &c).p);
		return ERR_INVALID;
	}
	for (size_t i = 0; i < y->n; i++) {
		const struct yaml *a = y->item[i];
		struct answer_form f = {yaml_text(a, "title"),
		    yaml_text(a, "body"), yaml_text(a, "url"),
		    clicks_of(d->cx->mem, yaml_get(a, "clicks")), 0};

		if ((e = answer_add(d, &f, &id)) != OK)
			return e;
	}
	return OK;
}
