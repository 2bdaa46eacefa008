/* Any bytes as YAML: either a tree within its limits, or complaints. */
#include "base/text.h"
#include "base/yaml.h"
#include "fuzz.h"

static void
tree_check(const struct yaml *y, int depth)
{
	PROMISE(depth <= YAML_DEPTH_MAX);
	PROMISE(y->line >= 1 && y->column >= 1);
	PROMISE(text_valid(y->text) && y->text.p[y->text.n] == '\0');
	for (size_t i = 0; i < y->n; i++) {
		if (y->kind == YAML_MAP) {
			PROMISE(y->key[i]->kind == YAML_SCALAR);
			tree_check(y->key[i], depth + 1);
		}
		tree_check(y->item[i], depth + 1);
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	void *mem = talloc_new(NULL);
	struct complaints *c = talloc(mem, struct complaints);
	struct str source = str_copy(mem, (const char *)data, size);
	struct yaml *y;

	complaints_init(c, mem, "fuzz");
	if (yaml_parse(mem, source, c, &y) == OK) {
		PROMISE(c->n == 0);
		tree_check(y, 0);
	} else {
		PROMISE(c->n > 0);
		PROMISE(text_valid(complaints_text(mem, c)));
	}
	talloc_free(mem);
	return 0;
}
